"""Which texts about cities, agreements and activities exist in both languages."""

from krakow_intl.translation import translate
from partners.models import (
    Activity,
    ActivityAudience,
    ActivityCity,
    ActivityGoal,
    ActivityInstitution,
    ActivityTheme,
    Agreement,
    AgreementEvent,
    AgreementLink,
    AgreementTheme,
    Assessment,
    Audience,
    AudienceGoal,
    AudienceKind,
    AudienceTheme,
    Benefit,
    CityName,
    Document,
    Institution,
    PartnerCity,
    Party,
    SheetAlias,
    Signatory,
    Theme,
)

translate(Theme, "name", required=("name",))
translate(PartnerCity, "name", "region", "lead", "description", required=("name",))
translate(CityName)
translate(Assessment, "reason", "next_step")
translate(Institution, "name", "place", "description", required=("name",))
OF_EVENTS = ("notice_given_on", "notice_ends_on", "will_to_end_on", "ended_on", "end_reason", "suspensions")

translate(Agreement, "title", "summary", "signed_at", required=("title",), forgets=OF_EVENTS)
translate(AgreementEvent, "reason")
translate(AgreementTheme)
translate(SheetAlias)
translate(Party, "name", required=("name",))
translate(Signatory, "office")
translate(AgreementLink)
translate(Document, "title")
translate(Activity, "title", "description", "recurrence", "place", required=("title",))
translate(ActivityCity)
translate(ActivityInstitution, "role")
translate(ActivityTheme)
translate(ActivityAudience)
translate(ActivityGoal)
translate(Audience, "name", "lead", "how_to_begin", required=("name",))
translate(AudienceKind)
translate(AudienceTheme)
translate(AudienceGoal)
translate(Benefit, "what", "description", "unit", "giver", "recipient", required=("what",))
