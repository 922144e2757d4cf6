import pytest

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.search.index import TITLE, search_words, search_words_of
from krakow_intl.core.search.query import finds, query_words
from partners.models import Agreement


def test_each_word_stands_there_once_those_of_a_title_behind_a_caret():
    words = search_words(["Lwów"], ["Kraków, Lwów", "Krakow"]).split(" ")
    assert words == ["", TITLE + "lwow", "krakow", ""]


def test_a_record_is_looked_into_in_both_languages():
    agreement = Agreement(title_pl="Umowa", title_en="Treaty", summary_en="<p>On <b>sport</b></p>", signed_on="1995-10")
    words = search_words_of(agreement).split(" ")
    assert {TITLE + "umowa", TITLE + "treaty", "sport", "1995", "october", "pazdziernik"} <= {*words}
    assert {"open", "ended", "bezterminowo"} <= {*search_words_of(Agreement(term="open-ended")).split(" ")}
    assert TITLE + "sport" not in words


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
    keys = search_words([], ["Umowa"], [PartialDate(date)]).split()
    assert all(any(finds(word, key) for key in keys) for word in query_words(typed)) == is_found
