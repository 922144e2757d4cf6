"""The international organizations and Kraków's membership as lists that go out and come back."""

from krakow_intl.imports.nouns import Noun, enter
from organizations.models import Involvement, Membership, Organization
from programme.lists import SOURCED

enter(
    Noun(
        name="organizations",
        model=Organization,
        columns=(
            *("slug", "name", "abbreviation", "name_own", "founded_on", "seat", "country", "website", "lead"),
            *("description", *SOURCED),
        ),
    ),
    Noun(
        name="memberships",
        model=Membership,
        columns=(
            *("organization", "since", "until", "role", "fee", "currency", "fee_note", "department", "resolution"),
            *SOURCED,
        ),
    ),
    Noun(
        name="involvements",
        model=Involvement,
        columns=(
            *("slug", "organization", "kind", "title", "starts_on", "ends_on", "recurrence", "place", "institution"),
            *("goals", "description", *SOURCED),
        ),
    ),
)
