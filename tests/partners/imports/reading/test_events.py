"""All that the register records of the life of agreements leaves in one sheet, and an emptied register gets it back."""

from random import Random

import pytest
from django.utils.translation import override

from krakow_intl.core.workbooks import write_book
from partners.exports import agreements_page, with_what_sheets_tell
from partners.imports.planning.planner import plan_import
from partners.imports.planning.states import AS_TOLD, PUBLICATION
from partners.imports.writing.applying import apply_import, preview, store_upload
from partners.models import Agreement, AgreementEvent, AgreementLink, Signatory
from tests.facts import load_facts
from tests.partners.factories import (
    AgreementEventFactory,
    AgreementFactory,
    CityFactory,
    PartyFactory,
    SignatoryFactory,
)
from tests.partners.imports.conftest import HEADER, applied, plan_of, said
from tests.programme.factories import SourceFactory
from tests.staff import WRITERS, account

KINDS, LANGUAGES = ["xlsx", "ods", "csv"], ["pl", "en"]
SEPARATORS = {"pl": ";", "en": ","}
TEXTS = (
    *(
        "",
        "wojna",
        "Zerwanie; brak kontaktów",
        'tytuł "Miasto"',
        '"',
        "—",
        "brak",
        "j.w.",
        "-5",
        "=1+1",
        "(w nawiasie)",
    ),
    *("powód: nieznany, reason: none", "dwa\nwiersze; i trzeci", "nr 5, § 2", "2022-03-02", "a, (b); c", "'", "„tak”"),
)
NAMES = ("", "Jan Nowak", "Maria Skłodowska-Curie", "Nowak, Jan", 'Jan "Janek" Nowak', "dr hab. J. Nowak (UJ); prof.")
SEQUENCES = (
    [],
    [("ratified", "1992", None), ("ratified", "1992", None)],
    [("registered", None, "1992-03-04"), ("suspended", "2005-02", "2006-05"), ("resumed", "2007-05-06", None)],
    [("suspended", "2001-02-03", None), ("will-to-end", "2002", None), ("terminated", "2003-04-05", "2007")],
    [("notice-given", "2010-03", "2011-12-31"), ("terminated", None, "2011-12-31")],
    [("withdrawn", "2001-02-03", None)],
    [("party-ceased", None, "1999")],
)
OF_EVENTS = (
    "kind",
    "side",
    "taken_on",
    "effective_on",
    "resolution",
    "reason_pl",
    "reason_en",
    "passage",
    "verified_on",
)
OF_AGREEMENTS = (
    *(
        "number",
        "kind",
        "signed_on",
        "title_pl",
        "title_en",
        "summary_pl",
        "summary_en",
        "signed_at_pl",
        "signed_at_en",
    ),
    *("internal_notes", "verified_on", "publication", "passage", "source_id", "ended_on", "end_reason", "suspensions"),
)


def one_line(text):
    return " ".join(text.split())


def made(seed):
    """Agreements whose life is made up at random."""
    random = Random(seed)
    labels = {"label_pl": "List; 2", "label_en": "Letter"}
    letter = SourceFactory(slug="letter", known_to="2022-12-31", held_back=True, **labels)
    sources = [None, SourceFactory(), letter]
    city = CityFactory()
    for number, happened in enumerate([*SEQUENCES, *random.choices(SEQUENCES, k=5)], 1):
        agreement = AgreementFactory(
            number=number,
            city=city,
            signed_on=f"19{70 + number}",
            term="not-recorded",
            summary_pl=random.choice(TEXTS),
            summary_en=random.choice(TEXTS),
            signed_at_pl=random.choice(("", "Kraków")),
            internal_notes=random.choice(TEXTS),
            source=random.choice(sources),
            passage=random.choice(("", "I.2, s. 4")),
            verified_on=random.choice((None, "2020-02-03")),
            publication=random.choice(("draft", "in-review", "published", "archived")),
        )
        for place, (kind, taken, effective) in enumerate(happened):
            make_event(random, agreement, kind, taken, effective, ("home", "partner")[place % 2], sources)
        for side in ("home", "partner"):
            for pl, en in random.sample([("Rada", "Council"), ("Urząd", ""), ("", "Office")], random.randrange(4)):
                PartyFactory(agreement=agreement, side=side, name_pl=pl, name_en=en)
            for _place in range(random.randrange(3)):
                person, pl, en = random.choice(NAMES), *map(one_line, random.choices(TEXTS, k=2))
                SignatoryFactory(agreement=agreement, side=side, person=person, office_pl=pl, office_en=en)


def make_event(random, agreement, kind, taken, effective, side, sources):
    reasons = dict(zip(("reason_pl", "reason_en"), random.choices(TEXTS, k=2), strict=True))
    given = {"resolution": one_line(random.choice(TEXTS)), "passage": one_line(random.choice(TEXTS))}
    given |= {"source": random.choice(sources), "verified_on": random.choice((None, "2019-12-31"))}
    event = {"kind": kind, "taken_on": taken, "effective_on": effective, "side": side}
    AgreementEventFactory(agreement=agreement, **event, **given, **reasons)


def sheet(kind, language, is_public=False):
    with override(language):
        agreements = with_what_sheets_tell(Agreement.objects.order_by("number"), is_public)
        return write_book([agreements_page(agreements, language, is_public)], kind, SEPARATORS[language])


def told(agreement):
    """All that is recorded of the life of an agreement."""
    signed = agreement.signatories.order_by("side", "position")
    events = [
        [*(getattr(event, name) or "" for name in OF_EVENTS), event.source and event.source.slug]
        for event in agreement.events.in_order_of_time().order_by("counts_from", "kind", "side")
    ]
    values = [getattr(agreement, name) or "" for name in OF_AGREEMENTS]
    parties = agreement.parties.order_by("side", "position")
    values += [(party.side, party.name_pl or "", party.name_en or "") for party in parties]
    return [*values, [(each.side, each.person, each.office_pl or "", each.office_en or "") for each in signed], events]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_of_any_life_comes_back_without_a_change(kind, language):
    made(f"{kind} {language}")
    for is_public in (False, True):
        with override(language):
            plan = plan_import(sheet(kind, language, is_public))
        assert [(each.number, each.changes, each.events, each.signatories) for each in plan.written] == []
        assert ([message.code for message in plan.messages], plan.questions) == ([], {})


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_an_emptied_register_gets_all_of_it_back(kind, language):
    made(f"{kind}, {language}")
    before = [told(agreement) for agreement in Agreement.objects.order_by("number")]
    data = sheet(kind, language)
    for model in (AgreementEvent, Signatory, AgreementLink, Agreement):
        model.objects.all().delete()
    record = store_upload(data, "umowy", None)
    record.decisions = {PUBLICATION: AS_TOLD}
    preview(record)
    assert apply_import(record, None).result == "applied", record.report["messages"]
    after = [told(agreement) for agreement in Agreement.objects.order_by("number")]
    assert after == before
    with override(language):
        assert plan_import(data).counts["changed"] == 0


@pytest.mark.slow
@pytest.mark.django_db
def test_the_facts_leave_and_come_back_without_a_change():
    load_facts()
    for language in LANGUAGES:
        for kind in KINDS:
            for is_public in (False, True):
                with override(language):
                    plan = plan_import(sheet(kind, language, is_public))
                assert (plan.counts["unchanged"], plan.questions) == (plan.counts["rows"], {})
                assert plan.messages == []


@pytest.mark.parametrize(
    ("cell", "codes", "day"),
    [
        ("4.05.2020", [], "2020-05-04"),
        ("4 maja 2020 r.", [], "2020-05-04"),
        ("—", [], None),
        ("2020", ["not-a-full-day"], None),
        ("5.2020", ["not-a-full-day"], None),
        ("dawno", ["not-a-date"], None),
        ("1.01.2100", ["check-to-come"], None),
    ],
)
@pytest.mark.parametrize("is_event", [False, True])
def test_a_check_is_a_full_day_that_has_come_and_is_that_of_the_person(cities, cell, codes, day, is_event):
    agreement = AgreementFactory(city=cities["lviv"], signed_on="1991", term="not-recorded")
    record = AgreementEventFactory(agreement=agreement, kind="suspended", taken_on="2000") if is_event else agreement
    cells = f"zawieszono 2000, sprawdzono: {cell}" if is_event else cell
    sheet = [
        [*HEADER, "Zdarzenia" if is_event else "Data weryfikacji"],
        ["Lwów", "umowa o partnerstwie", "1991", cells],
    ]
    assert [code for _row, code in said(plan_of(*sheet))] == codes
    user = account(WRITERS)
    applied(*sheet, user=user)
    record = type(record).objects.get(pk=record.pk)
    assert (record.verified_on and str(record.verified_on), record.verified_by) == (day, user if day else None)


@pytest.mark.parametrize(
    ("told", "before", "after"),
    [
        ("przyczyna: wojna; ratyfikacja 1992", {}, {"reason_pl": "wojna"}),
        (
            'przyczyna: "wojna; głód", reason: war',
            {"reason_pl": "wojna"},
            {"reason_pl": "wojna; głód", "reason_en": "war"},
        ),
        ("reason: war", {"reason_pl": "wojna"}, {"reason_pl": "wojna", "reason_en": "war"}),
        ("uchwała: I/2/93 (strona krakowska)", {}, {"resolution": "I/2/93 (strona krakowska)"}),
        ("przyczyna: —", {"reason_pl": "wojna"}, {"reason_pl": ""}),
        ("przyczyna: ?", {"reason_pl": "wojna"}, {"reason_pl": "wojna"}),
        ("źródło: list, s. 4", {}, {"passage": "list, s. 4"}),
    ],
)
def test_what_is_told_of_a_known_event_is_written_into_it(cities, told, before, after):
    agreement = AgreementFactory(city=cities["lviv"], signed_on="1991", term="not-recorded")
    event = AgreementEventFactory(agreement=agreement, kind="suspended", taken_on="2000", **before)
    sheet = [[*HEADER, "Zdarzenia"], ["Lwów", "umowa o partnerstwie", "1991", f"zawieszono 2000, {told}"]]
    applied(*sheet)
    event = AgreementEvent.objects.get(pk=event.pk)
    assert {name: getattr(event, name) for name in after} == after
    assert plan_of(*sheet).counts["unchanged"] == 1


def test_a_body_renamed_in_one_language_keeps_the_name_that_the_sheet_tells_in_the_other(cities):
    agreement = AgreementFactory(city=cities["lviv"], signed_on="1991", term="not-recorded")
    PartyFactory(agreement=agreement, name_pl="Rada Lwowa", name_en="Council")
    header = [*HEADER, "Strona partnerska", "Partner party"]
    applied(header, ["Lwów", "umowa o partnerstwie", "1991", "Rada Lwowa", "City Council"])
    party = agreement.parties.get()
    assert (party.name_pl, party.name_en) == ("Rada Lwowa", "City Council")
