"""The cities Kraków works with, what binds them, who takes part, what was done and what it gave."""

from partners.models.activities import (
    Activity,
    ActivityCity,
    ActivityField,
    ActivityGoal,
    ActivityInstitution,
    Benefit,
)
from partners.models.agreements import Agreement, AgreementField
from partners.models.cities import Assessment, CityName, Field, PartnerCity, Relation
from partners.models.imports import SheetAlias, SheetImport
from partners.models.institutions import Institution, Side
from partners.models.parties import AgreementLink, Document, Party, Signatory

__all__ = [
    "Activity",
    "ActivityCity",
    "ActivityField",
    "ActivityGoal",
    "ActivityInstitution",
    "Agreement",
    "AgreementField",
    "AgreementLink",
    "Assessment",
    "Benefit",
    "CityName",
    "Document",
    "Field",
    "Institution",
    "PartnerCity",
    "Party",
    "Relation",
    "SheetAlias",
    "SheetImport",
    "Side",
    "Signatory",
]
