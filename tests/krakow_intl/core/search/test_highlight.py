import pytest

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.search.highlight import date_matches, excerpt, highlight


def test_hits_are_marked_and_the_rest_is_escaped():
    assert highlight("<b>Lwów</b> i Kraków", ["lwow"]) == "&lt;b&gt;<mark>Lwów</mark>&lt;/b&gt; i Kraków"


def test_an_excerpt_stands_around_the_hit():
    text = "<p>" + "słowo " * 100 + "Norymberga " + "słowo " * 100 + "</p>"
    found = excerpt(text, ["norymberdze"])
    assert "<mark>Norymberga</mark>" in found
    assert found.startswith("… ")
    assert len(found) < 250


def test_an_excerpt_keeps_the_words_of_a_link_in_their_sentence():
    text = '<p>Kraków i <a data-ref="city:lviv">Lwów</a>, miasta.</p><p>Dalej</p>'
    assert excerpt(text, ["lwow"]) == "Kraków i <mark>Lwów</mark>, miasta. Dalej"


@pytest.mark.parametrize(("typed", "is_found"), [(["lipca", "lwow"], True), (["1973"], True), (["maj", "1974"], False)])
def test_a_date_is_marked_if_one_of_the_words_finds_it(typed, is_found):
    assert date_matches(PartialDate("1973-07-18"), typed) == is_found
