"""What stands in the lists of agreements and of cities: each column with its names, its meaning and its cells."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.resources import Column, Data, ListResource
from krakow_intl.sheets.messages import fill
from partners import cells
from partners.event_words import EXAMPLE, FULL_EXAMPLE
from partners.models import Side
from partners.term_resource import NARROW, WIDEST, AgreementTermResource

WIDE = 30
SIGNATORIES = _(
    "Who signed, several divided by “;”: a person, a comma and the office: “Jan Nowak, Mayor of Kraków”. "
    "“—” stands for a person whose name is not known. The cell lists them all."
)


class AgreementResource(AgreementTermResource):
    """Agreements with their city; with what `exports.with_what_sheets_tell` reads along, or `with_status` for data."""

    home_party = Column(
        "Strona krakowska",
        "Kraków party",
        "names",
        meaning=_("The bodies of Kraków that concluded the agreement, divided by “;”."),
        write=cells.parties(Side.HOME),
        width=WIDE,
        is_translated=True,
    )
    partner_party = Column(
        "Strona partnerska",
        "Partner party",
        "names",
        meaning=_("The bodies of the other side, divided by “;”."),
        write=cells.parties(Side.PARTNER),
        width=WIDE,
        is_translated=True,
    )
    home_signatories = Column(
        "Podpisali za Kraków",
        "Signed for Kraków by",
        "signatories",
        meaning=SIGNATORIES,
        write=cells.signatories(Side.HOME),
        width=WIDE,
        is_translated=True,
    )
    partner_signatories = Column(
        "Podpisali za partnera",
        "Signed for the partner by",
        "signatories",
        meaning=SIGNATORIES,
        write=cells.signatories(Side.PARTNER),
        width=WIDE,
        is_translated=True,
    )
    themes = Column(
        "Dziedziny współpracy",
        "Fields",
        "themes",
        meaning=_("What the co-operation is about, several fields divided by “;”."),
        choices="theme",
        write=cells.themes,
        data=Data(
            "themes", cells.theme_slugs, _("fields of co-operation it covers: their address words, divided by spaces")
        ),
        width=WIDE,
    )
    summary = Column(
        "Czego dotyczy",
        "What it covers",
        "text",
        "summary",
        meaning=_("What the agreement is about, in a few sentences."),
        width=WIDEST,
        is_translated=True,
    )
    resolution = Column(
        "Uchwała",
        "Resolution",
        "text",
        "resolution",
        meaning=_("The number and day of the council’s resolution."),
    )
    earlier_agreement = Column(
        "Poprzedni akt",
        "Earlier agreement",
        "agreements",
        meaning=_("The number, or the day of signing, of an earlier agreement that this one speaks of."),
        write=cells.earlier_agreements,
    )
    link = Column(
        "Związek",
        "Link",
        "links",
        meaning=_("What this agreement does to the earlier one."),
        choices="link",
        write=cells.links,
    )
    replaces = Column(data=Data("replaces", cells.replaced, _("numbers of the agreements it replaces")))
    events = Column(
        "Zdarzenia",
        "Events",
        "events",
        meaning=fill(
            _(
                "What happened to the agreement, several events divided by “;”: what, when it was decided, when it "
                "takes effect and by which side, as far as it is known: “%(example)s”. Of a notice and of an end the "
                "day of effect is the last day in force. Events that are not listed stay. Resolution, reason, source "
                "and passage may stand behind, in quotes where they hold a semicolon: “%(full)s”."
            ),
            example=EXAMPLE,
            full=FULL_EXAMPLE,
        ),
        choices="event",
        write=cells.events,
        data=Data(
            "events",
            cells.event_codes,
            _(
                "what happened to it up to the day asked about, in the order of time, divided by semicolons; each is "
                "a kind, the day on which it was decided, a slash and the day of effect (of a notice and of an end "
                "the last day in force), and the side, home or partner, as far as these are known: "
                "suspended 2022-03-02/2022-04 home"
            ),
        ),
        width=WIDEST,
    )
    notice_given_on = Column(
        "Wypowiedziana dnia",
        "Notice given on",
        "event_day",
        meaning=_("The day on which notice was given, as the events may say it too."),
        is_written=False,
    )
    suspended_from = Column(
        "Zawieszona od",
        "Suspended from",
        "event_day",
        meaning=_("The day from which the agreement was suspended, as the events may say it too."),
        is_written=False,
    )
    resumed_on = Column(
        "Wznowiona",
        "Resumed",
        "event_day",
        meaning=_("The day from which it counted again, as the events may say it too."),
        is_written=False,
    )
    ended_on = Column(
        "Zakończona dnia",
        "Ended on",
        "event_day",
        meaning=_("The last day in force, where something ended the agreement, as the events may say it too."),
        is_written=False,
    )
    how_ended = Column(
        "Sposób zakończenia",
        "How it ended",
        "end",
        meaning=_("What ended the agreement. It is asked where the sheet does not say it."),
        choices="end",
        is_written=False,
    )
    reason = Column(
        "Przyczyna",
        "Reason",
        "reason",
        meaning=_("Why the agreement ended, or else was suspended or resumed, or notice was given."),
        width=WIDE,
        is_translated=True,
        is_written=False,
    )
    notes = Column(
        "Uwagi",
        "Notes",
        "text",
        "internal_notes",
        meaning=_("For the office only; never shown to the public."),
        width=40,
        is_internal=True,
    )
    source = Column(
        "Źródło",
        "Source",
        "source",
        "source",
        meaning=_("The document in which this is written, by its key or its name in the list of sources."),
        choices="source",
        write=cells.source,
        data=Data("source", cells.public_source, _("document the facts are taken from: its address word")),
    )
    passage = Column(
        "Miejsce w źródle",
        "Passage",
        "text",
        "passage",
        meaning=_("The place in that document, such as “I.2.1 d”."),
        data=Data("passage", attrgetter("passage"), _("where in that document; several places divided by commas")),
    )
    verified_on = Column(
        "Data weryfikacji",
        "Verified on",
        "check",
        "verified_on",
        meaning=_("The day somebody last checked this against the files."),
    )
    publication = Column(
        "Publikacja",
        "Publication",
        "publication",
        meaning=_("Whether the public may see it. To publish, and to take back, needs the right to publish."),
        choices="publication",
        write=lambda agreement, _language: agreement.get_publication_display(),
        is_internal=True,
    )
    known_to = Column(
        "Znane do",
        "Known to",
        "computed",
        write=lambda agreement, _language: cells.known_to(agreement),
        data=Data("known_to", cells.known_to, _("last day up to which the register knows of it")),
    )
    url = Column(data=Data("url", cells.address, _("address of the page of the agreement")))
    version = Column(
        "Wersja",
        "Version",
        "number",
        write=lambda agreement, _language: agreement.version,
        width=NARROW,
    )


class CityResource(ListResource):
    """Partner cities `with_relation`, `with_beginnings` and `with_agreements`; `relation_on` is the day of both."""

    slug = Column(data=Data("slug", attrgetter("slug"), _("address word of the city; it never changes")))
    name = Column(data=Data("name", attrgetter("name"), _("name, in the language of the file")))
    name_own = Column(data=Data("name_own", attrgetter("name_own"), _("name as the city writes itself")))
    country = Column(data=Data("country", attrgetter("country"), _("country, two letters of ISO 3166-1")))
    latitude = Column(data=Data("latitude", attrgetter("latitude"), _("degrees north, WGS 84")))
    longitude = Column(data=Data("longitude", attrgetter("longitude"), _("degrees east, WGS 84")))
    wikidata = Column(data=Data("wikidata", attrgetter("wikidata"), _("identifier in Wikidata")))
    relation = Column(
        data=Data(
            "relation",
            attrgetter("display_relation"),
            _(
                "relation on the day asked about: twin, honorary-twin, partner; not-yet: nothing is recorded up to "
                "that day; empty: co-operation without an agreement"
            ),
        )
    )
    relation_basis = Column(
        data=Data(
            "relation_basis",
            cells.relation_basis,
            _("how the relation is known: on-record, by-its-terms or presumed; empty: without an agreement"),
        )
    )
    relation_on = Column(data=Data("relation_on", attrgetter("relation_on"), _("the day asked about")))
    first_agreement_on = Column(
        data=Data("first_agreement_on", attrgetter("first_agreement_on"), _("date of the first agreement"))
    )
    agreements_in_force = Column(
        data=Data(
            "agreements_in_force",
            attrgetter("agreements_in_force"),
            _("number of agreements between the cities in force on that day"),
        )
    )
    last_event_on = Column(
        data=Data("last_event_on", attrgetter("last_event_on"), _("date of the last recorded event, up to that day"))
    )
    has_undated = Column(
        data=Data(
            "has_undated",
            cells.has_undated,
            _("1: something that has no date is recorded besides; 0: nothing is"),
        )
    )
    source = Column(data=Data("source", cells.public_source, _("document the facts are taken from: its address word")))
    passage = Column(
        data=Data("passage", attrgetter("passage"), _("where in that document; several places divided by commas"))
    )
    known_to = Column(data=Data("known_to", cells.known_to, _("last day up to which the register knows of it")))
    url = Column(data=Data("url", cells.address, _("address of the page of the city")))
