from types import SimpleNamespace

import pytest

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.search import did_you_mean, excerpt, highlight, holds, key_of, match_names, query_words


def finds(typed, text, dates=()):
    record = SimpleNamespace(search_words=key_of([], [text], map(PartialDate, dates)))
    return all(holds(record, word) for word in query_words(typed))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("umów", "Umowa o współpracy"),
        ("umowami", "umowy"),
        ("współpracę", "współpraca miast"),
        ("wspolprace", "współpraca miast"),
        ("Norymberdze", "Norymberga"),
        ("Norymberga", "Dom Krakowski w Norymberdze"),
        ("we Lwowie", "we Lwów"),
        ("lwow", "Prezentacja Krakowa we Lwowie"),
        ("Wiedniu", "Wiedeń"),
        ("Solurze", "Solura"),
        ("Budapeszcie", "Budapeszt"),
        ("książek", "książki poetów"),
        ("Lodz", "Łódź"),
        ("twinned", "twinning agreements"),
        ("agreement", "agreements"),
        ("norym", "Norymberga"),
        ("L’viv", "Lviv"),
        ("Orléans", "orleans"),
        ("Львів", "Львів"),
        ("1991", "9 grudnia 1991"),
        ("09", "9 grudnia 1991"),
        ("programach", "programami"),
        ("Hiszpanii", "Hiszpania"),
        ("funduszy", "fundusz"),
        ("zabytkach", "zabytek"),
        ("szkół", "szkoły"),
        ("kultura", "współpraca kulturalna"),
    ],
)
def test_a_word_is_found_in_any_form(typed, text):
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("sport", "transport"),
        ("umów", "umiejętności"),
        ("Lwów", "Lipsk"),
        ("Wiedeń", "Wilno"),
        ("Pope", "population"),
        ("szkoły", "szkolenia"),
        ("prezydent", "Prezydium"),
        ("ran out", "outside"),
        ("1", "1997"),
        ("198", "1985"),
    ],
)
def test_other_words_are_not_found(typed, text):
    assert not finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "date", "is_found"),
    [
        ("1973", "1973-07-18", True),
        ("18 lipca 1973", "1973-07-18", True),
        ("18 July 1973", "1973-07-18", True),
        ("1973-07-18", "1973-07-18", True),
        ("18.07.1973", "1973-07-18", True),
        ("lipiec 1973", "1973-07-18", True),
        ("w lipcu 1973", "1973-07-18", True),
        ("July", "1973-07-18", True),
        ("7 lipca 1973", "1973-07-18", False),
        ("18 lipca 1974", "1973-07-18", False),
        ("2005-09", "2005-09", True),
        ("września 2005", "2005-09", True),
        ("1 września 2005", "2005-09", False),
        ("1996", "1996", True),
        ("31.02.1996", "1996", False),
    ],
)
def test_a_record_is_found_by_its_dates_however_they_are_written(typed, date, is_found):
    assert finds(typed, "Umowa", [date]) == is_found


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("agreement with Lviv", ["agreement", "lviv"]),
        ("what is in force", ["force"]),
        ("granty dla NGO", ["granty", "ngo"]),
        ("Frankfurt nad Menem", ["frankfurt", "menem"]),
        ("1 z 12", ["1", "12"]),
        ("co to jest", ["co", "to", "jest"]),
    ],
)
def test_small_words_are_looked_for_only_if_nothing_else_is_typed(typed, words):
    assert query_words(typed) == words


@pytest.mark.parametrize("typed", ["", "%", "_", "\\", "'\";--", "*(&|!:*", "(a+)+$", "\x00", "’"])
def test_what_holds_no_word_looks_for_nothing(typed):
    assert len(query_words(typed)) <= 1


def test_a_query_has_few_and_short_words():
    typed = query_words("słowo" * 20_000 + " " + " ".join(str(n) for n in range(100)))
    assert len(typed) <= 8
    assert max(map(len, typed)) <= 40


def test_hits_are_marked_and_the_rest_is_escaped():
    assert highlight("<b>Lwów</b> i Kraków", ["lwow"]) == "&lt;b&gt;<mark>Lwów</mark>&lt;/b&gt; i Kraków"


def test_an_excerpt_stands_around_the_hit():
    text = "<p>" + "słowo " * 100 + "Norymberga " + "słowo " * 100 + "</p>"
    found = excerpt(text, ["norymberdze"])
    assert "<mark>Norymberga</mark>" in found
    assert found.startswith("… ")
    assert len(found) < 250


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("norynberga", "Norymberga"), ("budapest", "Budapeszt"), ("lwów", ""), ("xyzxyz", "")],
)
def test_a_near_name_is_proposed(typed, meant):
    assert did_you_mean([typed], ["Norymberga", "Budapeszt", "Lwów"]) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["crackow"], "Kraków"),
        (["geteborg"], "Göteborg"),
        (["lwow", "wimiana"], "Lwów wymiana"),
        (["wimiana", "pope", "1985"], "wymiana pope 1985"),
        (["eksport", "wymiana"], ""),
        (["wxmiana"], ""),
    ],
)
def test_names_are_proposed_as_they_are_written_and_before_other_words(typed, meant):
    texts = ["Göteborgi", "Wymiana", "open", "import 1995 sportu"]
    assert did_you_mean(typed, ["Kraków", "Göteborg", "Lwów"], texts, found=["wxmiana"]) == meant


def test_an_excerpt_keeps_the_words_of_a_link_in_their_sentence():
    text = '<p>Kraków i <a data-ref="city:lviv">Lwów</a>, miasta.</p><p>Dalej</p>'
    assert excerpt(text, ["lwow"]) == "Kraków i <mark>Lwów</mark>, miasta. Dalej"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["belgii"], [{"BE"}]),
        (["belgia", "umowa"], [{"BE"}, set()]),
        (["united", "states"], [{"US"}, {"US"}]),
        (["united", "nations"], [set(), set()]),
        (["per"], [set()]),
        (["uk"], [{"GB"}]),
    ],
)
def test_words_name_what_all_the_words_of_its_name_were_typed_of(typed, meant):
    names = [("BE", ["belgia"]), ("US", ["united", "states"]), ("GB", ["united", "kingdom"]), ("GB", ["uk"])]
    assert [*match_names(typed, [*names, ("PE", ["peru"])]).values()] == meant
