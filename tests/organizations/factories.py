"""International organizations, memberships and involvements, made up."""

import factory

from organizations.models import Involvement, InvolvementGoal, Membership, Organization
from tests.programme.factories import NamedFactory, PublicFactory


class OrganizationFactory(NamedFactory):
    class Meta:
        model = Organization

    slug = factory.Sequence(lambda n: f"organization-{n}")


class MembershipFactory(PublicFactory):
    class Meta:
        model = Membership

    organization = factory.SubFactory(OrganizationFactory)
    since = "1995"


class InvolvementFactory(PublicFactory):
    """`goals` takes a list of goals."""

    class Meta:
        model = Involvement
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"involvement-{n}")
    organization = factory.SubFactory(OrganizationFactory)
    kind = Involvement.Kind.PRIZE
    title_pl = factory.LazyAttribute(lambda involvement: f"Nagroda {involvement.slug}")
    title_en = factory.LazyAttribute(lambda involvement: f"Prize {involvement.slug}")

    @factory.post_generation
    def goals(self, create, goals):
        for goal in goals or ():
            InvolvementGoal.objects.create(involvement=self, goal=goal)
