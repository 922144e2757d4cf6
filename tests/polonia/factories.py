"""Polish communities abroad, campaigns and their editions, made up."""

import factory

from polonia.models import (
    Campaign,
    CampaignCity,
    CampaignGoal,
    CampaignInstitution,
    Community,
    CommunityAssociation,
    Edition,
)
from tests.programme.factories import NamedFactory, PublicFactory


class CommunityFactory(NamedFactory):
    """`associations` takes a list of institutions."""

    class Meta:
        model = Community
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"community-{n}")
    country = "UA"

    @factory.post_generation
    def associations(self, create, associations):
        for institution in associations or ():
            CommunityAssociation.objects.create(community=self, institution=institution)


class CampaignFactory(NamedFactory):
    """`cities`, `institutions` and `goals` take lists of records."""

    class Meta:
        model = Campaign
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"campaign-{n}")

    @factory.post_generation
    def cities(self, create, cities):
        for city in cities or ():
            CampaignCity.objects.create(campaign=self, city=city)

    @factory.post_generation
    def institutions(self, create, institutions):
        for institution in institutions or ():
            CampaignInstitution.objects.create(campaign=self, institution=institution)

    @factory.post_generation
    def goals(self, create, goals):
        for goal in goals or ():
            CampaignGoal.objects.create(campaign=self, goal=goal)


class EditionFactory(PublicFactory):
    class Meta:
        model = Edition

    campaign = factory.SubFactory(CampaignFactory)
    period = factory.Sequence(lambda n: f"{1990 + n % 1000}")
    people = 25
