import pytest
from django.utils.translation import override

from partners.definitions import CODED, VOCABULARIES, coded_values, glossary
from partners.display import data_columns
from partners.terms import Status
from tests.partners.factories import AgreementFactory, CityFactory
from tests.templates import render_macro


@pytest.mark.parametrize("sort", VOCABULARIES)
def test_every_word_has_a_meaning_that_is_one_sentence_in_either_language(sort):
    _heading, words, meanings = VOCABULARIES[sort]
    assert set(words) == set(meanings)
    for language in ("pl", "en"):
        with override(language):
            assert all(str(meaning).endswith(".") for meaning in meanings.values())


def test_a_glossary_tells_the_words_that_occur_each_once_in_their_order():
    found = glossary(status=["expired", "in-force", "expired"], mark=[None], basis=["presumed"])
    assert [(sort, [word.code for word in words]) for sort, _heading, words in found] == [
        ("status", ["in-force", "expired"]),
        ("basis", ["presumed"]),
    ]
    [(_sort, _heading, every)] = glossary(status=None)
    assert [word.code for word in every] == list(map(str, VOCABULARIES["status"].meanings))
    assert len(every) == len(Status)


def test_every_column_of_the_data_that_holds_codes_says_what_they_mean():
    for noun, columns in CODED.items():
        assert set(columns) <= {column.name for column in data_columns(noun)}
        assert all(coded_values(noun, column) for column in columns)
    assert coded_values("agreements", "title") == []
    assert [word.code for word in coded_values("agreements", "establishes")] == ["twin", "honorary-twin", "partner"]
    assert "" in [word.code for word in coded_values("cities", "relation")]


def test_what_words_mean_is_folded_away_and_shows_them_as_the_page_does():
    found = glossary(relation=["twin"], kind=["protocol"], membership=["presumed"])
    html = render_macro("components/definitions.html", "what_words_mean(found)", "en", found=found)
    assert html.count("<dt>") == 3
    assert "<details" in html
    assert " open" not in html
    assert "badge--twin" in html
    assert "<dt>Protocol</dt>" in html
    assert render_macro("components/definitions.html", "what_words_mean([])", "en").strip() == ""


@pytest.mark.django_db
def test_pages_say_what_their_own_words_mean_and_no_others(client):
    city = CityFactory(slug="lviv", name_en="Lviv")
    AgreementFactory(city=city, slug="lviv-1995", kind="protocol", establishes="", signed_on="1995")
    for path, told, untold in (
        ("/en/agreements/", "It writes down what both sides have settled", "The two cities agree to be partners"),
        ("/en/agreements/lviv-1995/", "It writes down what both sides have settled", "A later agreement has replaced"),
        ("/en/partner-cities/", "no agreement in force makes them twins or partners", "highest form of partnership"),
    ):
        page = client.get(path).content.decode()
        assert (told in page, untold in page) == (True, False), path
    page = client.get("/en/agreements/rules/").content.decode()
    with override("en"):
        every = [str(meaning) for name in CODED["agreements"] for meaning in VOCABULARIES[name].meanings.values()]
    assert [meaning for meaning in every if meaning not in page] == []
