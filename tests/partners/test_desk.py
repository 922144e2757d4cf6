"""What waits about agreements: ends and notice days with the sentence that says why, suspensions, what is presumed."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core.admin.desk import Desk
from krakow_intl.core.typography import NBSP
from partners.models import AgreementLink, SheetImport
from tests.partners.factories import AgreementFactory, AgreementLinkFactory, CityFactory
from tests.programme.factories import SourceFactory
from tests.staff import account, page_of, sign_in, typed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *moment: TODAY)


def lines_of(name, role="editor", language="en"):
    desk = Desk(account(role), TODAY)
    with override(language):
        section = desk.section(name)
        return [*section.lines([*section.rows(desk)[:]], desk)]


def plain(text):
    return text.replace(NBSP, " ")


def whys(name, **given):
    return [plain(line.why) for line in lines_of(name, **given)]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (
            {"tacit": True, "signed_on": "1972-06-01"},
            "Notice can be given until 30 November 2026; without it, it renews itself for 5 years after 31 May 2027.",
        ),
        (
            {"tacit": True, "signed_on": "1972-05-01"},
            "It renews itself for 5 years after 30 April 2027: notice for this term cannot be given any more.",
        ),
        (
            {"tacit": True, "signed_on": "1972-05-01", "notice_months": None},
            "It renews itself for 5 years after 30 April 2027, unless notice is given; by when is not recorded.",
        ),
        ({"term": "fixed", "valid_until": "2027-11-30"}, "Its fixed term ends on 30 November 2027."),
        ({"term": "fixed", "valid_until": "2027"}, None),
        ({"term": "fixed", "valid_until": "2027-12-01"}, None),
        ({"term": "fixed", "valid_until": "2026-11-29"}, None),
        ({"term": "fixed", "valid_until": "2027-05-01", "publication": "draft"}, None),
        ({"tacit": True}, None),
        ({}, None),
        (
            {"events": [{"kind": "notice-given", "taken_on": "2026-10-01", "effective_on": "2027-03-31"}]},
            "Its end is decided: it is in force until 31 March 2027.",
        ),
    ],
    ids=str,
)
def test_ends_and_notice_days_within_a_year_say_why(given, why):
    AgreementFactory(**given)
    assert whys("deadlines") == ([why] if why else [])


def test_what_comes_first_stands_first():
    for until in ("2027-05-01", "2027-01-01", "2027-09-01"):
        AgreementFactory(term="fixed", valid_until=until, city__name_en="Lviv", title_en=until)
    assert [line.text for line in lines_of("deadlines")] == [
        f"Lviv: {day}" for day in ("2027-01-01", "2027-05-01", "2027-09-01")
    ]


def test_an_agreement_that_was_replaced_is_past_all_that():
    earlier = AgreementFactory(term="fixed", valid_until="2027-05-01")
    later = AgreementFactory(city=earlier.city, signed_on="2020-01-01")
    AgreementLinkFactory(agreement=later, earlier=earlier, verb=AgreementLink.Verb.REPLACES)
    assert lines_of("deadlines") == []


def test_an_agreement_that_rests_has_its_notice_day_all_the_same():
    AgreementFactory(tacit=True, signed_on="1972-06-01", events=[{"kind": "suspended", "taken_on": "2022-03-02"}])
    assert len(lines_of("deadlines")) == 1


def test_its_buttons_open_forms_that_are_filled_in_and_store_nothing(client):
    agreement = AgreementFactory(term="fixed", valid_until="2027-05-01", kind="sectoral")
    (line,) = lines_of("deadlines", role="reviewer")
    renew, ended = [address for _words, address in line.links]
    assert [words for words, _address in line.links] == ["Renew it", "Record its end"]
    sign_in(client, "editor")
    form = typed(client.get(renew))
    told = form["city"], form["kind"], form["links-0-verb"], form["links-0-earlier"]
    assert told == (str(agreement.city_id), "sectoral", "renews", str(agreement.pk))
    form = typed(client.get(ended))
    assert (form["events-0-kind"], form["events-0-effective_on"]) == ("terminated", "1 May 2027")
    agreement.refresh_from_db()
    assert (agreement.version, agreement.events.count(), agreement.later_links.count()) == (1, 0, 0)


def test_notice_is_given_on_the_form_of_the_agreement():
    agreement = AgreementFactory(tacit=True, signed_on="1972-06-01")
    (line,) = lines_of("deadlines")
    ((words, address),) = line.links
    assert words == "Give notice"
    assert urlsplit(address).path == page_of(agreement, "change")
    assert parse_qs(urlsplit(address).query) == {
        "events-0-kind": ["notice-given"],
        "events-0-taken_on": ["2026-11-30"],
    }


def test_what_rests_or_is_to_end_says_since_when():
    AgreementFactory(events=[{"kind": "suspended", "taken_on": "2022-03-02"}])
    AgreementFactory(events=[{"kind": "will-to-end", "taken_on": "2026-03-02", "effective_on": "2028-12-31"}])
    AgreementFactory(
        events=[{"kind": "suspended", "taken_on": "2022-03-02"}, {"kind": "resumed", "taken_on": "2023-03-02"}]
    )
    AgreementFactory()
    assert sorted(whys("ending")) == [
        "One side declared on 2 March 2026 that it would end it. In force until 31 December 2028.",
        "Suspended since 2 March 2022.",
    ]


def test_what_is_only_presumed_says_up_to_when_it_is_known():
    source = SourceFactory(known_to=date(2006, 4, 20))
    AgreementFactory(term="not-recorded", source=source, verified_on=None)
    AgreementFactory(term="open-ended", source=source, verified_on=None)
    AgreementFactory(term="not-recorded", source=source, verified_on=TODAY)
    assert whys("presumed") == ["Known up to 20 April 2006."]


@pytest.mark.parametrize("name", ["deadlines", "ending", "presumed"])
def test_a_reader_has_no_such_section(name):
    assert Desk(account("reader"), TODAY).section(name) is None


def test_imports_that_ask_something_wait_for_an_answer():
    user = account("importer", "ewa")
    asked = {"questions": [{"key": "a"}, {"key": "b"}]}
    SheetImport.objects.create(name="asks.xlsx", file="x", digest="1", uploaded_by=user, report=asked)
    SheetImport.objects.create(name="asks-nothing.xlsx", file="x", digest="2", report={"questions": []})
    SheetImport.objects.create(name="not-read.xlsx", file="x", digest="3")
    SheetImport.objects.create(name="applied.xlsx", file="x", digest="4", report=asked, state="applied")
    (line,) = lines_of("imports", role="importer")
    assert (line.text, plain(line.why).split(";")[0]) == ("asks.xlsx", "2 questions")


def test_odd_agreements_are_told_with_their_cities():
    city = CityFactory(name_en="Lviv")
    AgreementFactory(city=city, title_en="Same", title_pl="To samo", number=7)
    AgreementFactory(city=city, title_en="Same", title_pl="To samo", number=8)
    AgreementFactory(city=city)
    told = [(line.text, plain(line.why)) for line in lines_of("odd") if line.text.startswith("Agreement")]
    assert told == [
        ("Agreement: Lviv: Same", "Agreement no. 8 with this city has the same title."),
        ("Agreement: Lviv: Same", "Agreement no. 7 with this city has the same title."),
    ]
