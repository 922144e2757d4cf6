"""Which texts about international organizations exist in both languages."""

from krakow_intl.translation import translate
from organizations.models import Involvement, InvolvementGoal, Membership, Organization

translate(Organization, "name", "abbreviation", "seat", "lead", "description", required=("name",))
translate(Membership, "role", "fee_note")
translate(Involvement, "title", "description", "recurrence", "place", required=("title",))
translate(InvolvementGoal)
