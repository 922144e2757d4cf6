"""The international organizations and Kraków's membership for programs that read them."""

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.public_data import Collection, Fact, Part, enter
from organizations.models import Membership, Organization

BASIS = _("how it is known that it counts on that day or has ended: on-record, by-its-terms or presumed")

enter(
    Collection(
        name="organizations",
        model=Organization,
        with_facts=lambda organizations, day: organizations.with_membership(day).with_beginnings(day),
        parts=(Part(name="involvements", noun="involvements"),),
    ),
    Collection(
        name="memberships",
        model=Membership,
        with_facts=lambda memberships, day: memberships.with_basis(day),
        facts=(Fact(name="basis", read=lambda membership: membership.basis, meaning=BASIS),),
    ),
)
