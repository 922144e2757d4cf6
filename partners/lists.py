"""The cities, what binds them, who takes part and what came of it, as lists that go out and come back."""

from django.utils.translation import gettext_lazy as _

from krakow_intl.imports.nouns import Noun, enter
from partners.models import (
    Activity,
    ActivityInstitution,
    Agreement,
    AgreementEvent,
    AgreementLink,
    Assessment,
    Audience,
    Benefit,
    CityName,
    Institution,
    PartnerCity,
    Party,
    Signatory,
    Theme,
)
from programme.lists import SOURCED

enter(
    Noun(name="themes", model=Theme, columns=("slug", "name")),
    Noun(
        name="cities",
        model=PartnerCity,
        columns=(
            *("slug", "name", "name_own", "language_own", "country", "region", "latitude", "longitude", "population"),
            *("website", "wikidata", "department", "lead", "description", *SOURCED),
        ),
    ),
    Noun(name="city-names", model=CityName, columns=("city", "name", "language", "kind")),
    Noun(
        name="institutions",
        model=Institution,
        columns=(
            *("slug", "name", "name_own", "language_own", "kind", "place", "country", "city", "parent", "website"),
            *("description", *SOURCED),
        ),
    ),
    Noun(
        name="agreements",
        model=Agreement,
        columns=(
            *("number", "slug", "city", "kind", "level", "establishes", "title", "signed_on", "signed_at"),
            *("valid_from", "valid_until", "term", "term_months", "renewal_months", "notice_months", "themes"),
            *("resolution", "summary", "internal_notes", *SOURCED),
        ),
    ),
    Noun(
        name="parties",
        model=Party,
        heading=_("parties to agreements"),
        columns=("agreement", "side", "position", "name", "institution", "city"),
    ),
    Noun(
        name="signatories",
        model=Signatory,
        columns=("agreement", "side", "position", "person", "office"),
    ),
    Noun(name="agreement-links", model=AgreementLink, columns=("agreement", "verb", "earlier")),
    Noun(
        name="agreement-events",
        model=AgreementEvent,
        columns=(
            *("agreement", "position", "kind", "side", "taken_on", "effective_on", "resolution", "reason"),
            *("source", "passage", "verified_on"),
        ),
        settle={"agreement": Agreement.keep_what_events_say},
    ),
    Noun(
        name="audiences",
        model=Audience,
        columns=(
            *("slug", "name", "position", ("kind_links", "kind"), "themes", "goals", "department", "lead"),
            *("how_to_begin", "publication"),
        ),
    ),
    Noun(
        name="activities",
        model=Activity,
        columns=(
            *("slug", "title", "kind", "state", "starts_on", "ends_on", "recurrence", "place", "cities"),
            *("institutions", "themes", "goals", "audiences", "description", *SOURCED),
        ),
    ),
    Noun(
        name="activity-institutions",
        model=ActivityInstitution,
        columns=("activity", "institution", "role"),
    ),
    Noun(
        name="benefits",
        model=Benefit,
        columns=(
            *("slug", "city", "activity", "what", "direction", "precision", "quantity", "unit", "amount", "currency"),
            *("given_on", "is_promised", "giver", "giver_institution", "recipient", "recipient_institution"),
            *("description", *SOURCED),
        ),
    ),
    Noun(
        name="assessments",
        model=Assessment,
        columns=("city", "assessed_on", "grade", "reason", "next_step", "source", "passage", "verified_on"),
    ),
)
