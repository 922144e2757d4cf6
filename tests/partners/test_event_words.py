"""What a cell says of an event is read as it was written, in either language and for programs."""

from itertools import product

import pytest
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.sorting import name_key
from partners.event_words import EXAMPLE, OTHER_WORDS, ListedEvent, code_of, of_code, taken_apart, words_of
from partners.events import EventKind
from partners.imports.reading.vocabulary import Vocabulary
from tests.partners.factories import AgreementEventFactory

LANGUAGES = ["pl", "en"]
DAYS = [None, *map(PartialDate, ("2022", "2022-03", "2022-03-02"))]
SIDES = ["", "home", "partner"]
EVENTS = [
    ListedEvent(kind.value, taken, effective, side)
    for kind, taken, effective, side in product(EventKind, DAYS, DAYS, SIDES)
]


@pytest.fixture(scope="module")
def meaning():
    vocabulary = Vocabulary()
    vocabulary._load_choices()
    return vocabulary.meaning


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", LANGUAGES)
def test_every_event_is_read_as_it_was_written_in_whatever_language(meaning, language, reader):
    for event in EVENTS:
        with override(language):
            text = words_of(event)
        with override(reader):
            told = taken_apart(text.upper(), meaning)
        days = [day.upper() if day else "" for day in (event.taken_on, event.effective_on)]
        assert (told.kind, [*told.days], told.side) == (event.kind, days, event.side), text


def test_every_event_is_read_by_programs_as_it_was_written():
    assert [of_code(code_of(event)) for event in EVENTS] == EVENTS
    assert len({*map(code_of, EVENTS)}) == len(EVENTS)


@pytest.mark.parametrize(
    ("kind", "days", "side", "code", "words"),
    [
        (
            "suspended",
            ("2022-03-02", "2022-04"),
            "home",
            "suspended 2022-03-02/2022-04 home",
            "suspended 2022-03-02, effective from 2022-04 (Kraków side)",
        ),
        (
            "notice-given",
            ("2022-03-02", "2022-09-30"),
            "",
            "notice-given 2022-03-02/2022-09-30",
            "notice given 2022-03-02, in force until 2022-09-30",
        ),
        ("ratified", ("1993", None), "", "ratified 1993", "ratified 1993"),
        (
            "withdrawn",
            (None, "2001-12-31"),
            "",
            "withdrawn /2001-12-31",
            "withdrawn by agreement, in force until 2001-12-31",
        ),
        ("registered", (None, None), "partner", "registered partner", "registered (partner side)"),
    ],
)
def test_an_event_is_written_for_programs_and_for_people(kind, days, side, code, words):
    taken, effective = (day and PartialDate(day) for day in days)
    event = AgreementEventFactory.build(kind=kind, taken_on=taken, effective_on=effective, side=side)
    with override("en"):
        assert (code_of(event), words_of(event)) == (code, words)


@pytest.mark.parametrize(
    ("text", "code", "days", "side"),
    [
        ("Zawieszona 2 marca 2022 r. (Strona krakowska)", "suspended", ("2 marca 2022 r.", ""), "home"),
        ("ZAWIESZENIE 03.2022, Kraków", "suspended", ("03.2022", ""), "home"),
        ("zawieszono: 2022", "suspended", ("2022", ""), ""),
        ("zawieszono:2022", "suspended", ("2022", ""), ""),
        ("2.03.2022 – zawieszona", "suspended", ("2.03.2022", ""), ""),
        ("wznowiona (partner) w marcu 2023", "resumed", ("w marcu 2023", ""), "partner"),
        ("wypowiedziana 2022-03-02 ze skutkiem na dzień 2022-09-30", "notice-given", ("2022-03-02", "2022-09-30"), ""),
        ("wypowiedzenie, 2022-03-02, ze skutkiem od 2022-09-30", "notice-given", ("2022-03-02", "2022-09-30"), ""),
        ("rozwiazana, ostatni dzien: 2022-09-30", "terminated", ("", "2022-09-30"), ""),
        ("odstąpiono 2001", "withdrawn", ("2001", ""), ""),
        ("rozwiązano za porozumieniem stron 2001", "withdrawn", ("2001", ""), ""),
        (
            "suspended on March 2, 2022, effective from April 1, 2022",
            "suspended",
            ("on March 2, 2022", "April 1, 2022"),
            "",
        ),
        ("resumed with effect from 1 April 2022 (partner side)", "resumed", ("", "1 April 2022"), "partner"),
        ("A party ceased to exist in 1991", "party-ceased", ("in 1991", ""), ""),
        ("notice-given 2022", "notice-given", ("2022", ""), ""),
    ],
)
def test_other_ways_to_write_an_event_are_read(meaning, text, code, days, side):
    told = taken_apart(text, meaning)
    assert (told.kind, told.days, told.side) == (code, days, side)


@pytest.mark.parametrize(
    ("text", "part", "left"),
    [
        ("opublikowano 2022", "kind", "opublikowano"),
        ("2022", "kind", "2022"),
        ("", "kind", ""),
        ("zawieszono 2022 (na wniosek)", "side", "na wniosek"),
        ("zawieszono (Kraków) 2022 (partner)", "side", "Kraków; partner"),
    ],
)
def test_a_word_that_is_not_known_is_handed_back(meaning, text, part, left):
    told = taken_apart(text, meaning)
    assert getattr(told, part) is None
    assert left in (told.named, told.by)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("zawieszono z powodu wojny 2022", ("z powodu wojny 2022", "")),
        ("zawieszono 2022, w mocy do 2022-03", ("2022, w mocy do 2022-03", "")),
        ("zawieszono 2022, ze skutkiem od", ("2022", ", ze skutkiem od")),
        ("zawieszono 2022-03-", ("2022-03-", "")),
        ("zawieszono 2022, wznowiono 2023", ("2022, wznowiono 2023", "")),
    ],
)
def test_what_is_left_beside_the_event_stands_with_its_days_where_it_is_no_date(meaning, text, days):
    assert taken_apart(text, meaning).days == days


def test_a_cell_full_of_words_is_read_in_no_time(meaning):
    for text in ("zawieszono " * 3000, "(" * 30_000, ", " * 15_000, "ze skutkiem " * 3000):
        taken_apart(text, meaning)


def test_no_word_means_two_events():
    words = [name_key(word) for texts in OTHER_WORDS.values() for text in texts.values() for word in text.split(",")]
    assert len(words) == len({*words})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_that_is_shown_can_be_read(meaning, language):
    with override(language):
        assert taken_apart(str(EXAMPLE), meaning).days == ("2022-03-02", "2022-04-01")
