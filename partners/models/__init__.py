"""The cities Kraków works with, what binds them, who takes part, what was done and what it gave."""

from partners.models.activities import (
    Activity,
    ActivityCity,
    ActivityField,
    ActivityGoal,
    ActivityInstitution,
    Benefit,
)
from partners.models.agreements import ActLink, Agreement, AgreementField, Document, Party, Signatory
from partners.models.cities import Assessment, CityName, Field, PartnerCity, Relation
from partners.models.institutions import Institution, Side

__all__ = [
    "ActLink",
    "Activity",
    "ActivityCity",
    "ActivityField",
    "ActivityGoal",
    "ActivityInstitution",
    "Agreement",
    "AgreementField",
    "Assessment",
    "Benefit",
    "CityName",
    "Document",
    "Field",
    "Institution",
    "PartnerCity",
    "Party",
    "Relation",
    "Side",
    "Signatory",
]
