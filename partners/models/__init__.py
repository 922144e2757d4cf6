"""The cities Kraków works with, what binds them, who takes part, what was done and what it gave."""

from partners.models.activities import (
    Activity,
    ActivityCity,
    ActivityGoal,
    ActivityInstitution,
    ActivityTheme,
)
from partners.models.agreements import Agreement, AgreementTheme
from partners.models.audiences import ActivityAudience, Audience, AudienceGoal, AudienceKind, AudienceTheme
from partners.models.benefits import Benefit
from partners.models.cities import Assessment, CityName, PartnerCity, Relation, Theme
from partners.models.events import AgreementEvent
from partners.models.imports import Recipe, SheetAlias, SheetImport
from partners.models.institutions import Institution, Side
from partners.models.parties import AgreementLink, Document, Party, Signatory

__all__ = [
    "Activity",
    "ActivityAudience",
    "ActivityCity",
    "ActivityGoal",
    "ActivityInstitution",
    "ActivityTheme",
    "Agreement",
    "AgreementEvent",
    "AgreementLink",
    "AgreementTheme",
    "Assessment",
    "Audience",
    "AudienceGoal",
    "AudienceKind",
    "AudienceTheme",
    "Benefit",
    "CityName",
    "Document",
    "Institution",
    "PartnerCity",
    "Party",
    "Recipe",
    "Relation",
    "SheetAlias",
    "SheetImport",
    "Side",
    "Signatory",
    "Theme",
]
