"""International organizations, for pages that speak of every kind of record."""

from operator import attrgetter

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krakow_intl.core.dates import format_period
from krakow_intl.core.display import name_of, plain
from krakow_intl.core.kinds import Kind, enter
from krakow_intl.core.schema_org import place
from krakow_intl.core.search.groups import SearchGroup
from organizations.models import Involvement, Organization


def picture(organization):
    since = min((membership.since for membership in organization.memberships.all() if membership.since), default=None)
    joined = f"{_('Kraków is a member')}: {format_period(since, None)}" if since and organization.is_joined else ""
    return _("international organization"), joined


def involvement_title_match(meaning, word):
    """Something Kraków did in the organization is called so."""
    titled = meaning.postings.titled(word, Involvement)
    return titled and Q(pk__in=Involvement.objects.public().filter(pk__in=titled).values("organization"))


def schema(organization):
    return {
        "type_": "Organization",
        "name": name_of(organization),
        "alternateName": [name for name in (organization.abbreviation, organization.name_own) if name],
        "description": plain(organization, "lead"),
        "foundingDate": organization.founded_on and str(organization.founded_on),
        "location": place(plain(organization, "seat")),
        "sameAs": organization.website,
    }


enter(
    Kind(
        name="organization",
        model=Organization,
        page="organizations:organization_detail",
        with_facts=lambda organizations, day: organizations.with_membership(day),
        picture=picture,
        schema=schema,
        is_suggested=True,
        search=SearchGroup(
            "organizations",
            gettext_lazy("Organizations"),
            lambda _day: Organization.objects.public(),
            title_match=involvement_title_match,
            country=attrgetter("country"),
        ),
    )
)
