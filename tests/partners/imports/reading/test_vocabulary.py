import pytest
from django.utils.translation import override

from krakow_intl.imports.reading.words import MAX_WORD_LENGTH, closest, key_of
from partners.imports.reading.vocabulary import Vocabulary, meanings_of
from partners.models import SheetAlias
from tests.partners.factories import InstitutionFactory, PartyFactory, ThemeFactory


@pytest.mark.parametrize(
    ("about", "word", "code"),
    [
        ("kind", "Umowa o partnerstwie", "partnership"),
        ("kind", "PARTNERSHIP  AGREEMENT", "partnership"),
        ("kind", "letter-of-intent", "letter-of-intent"),
        ("level", "rady miast", "legislative"),
        ("term", "bezterminowy", None),
        ("country", "Niemcy", "DE"),
        ("country", "de", "DE"),
        ("country", "RUS", "RU"),
        ("country", "deu", "DE"),
        ("country", "SUN", None),
        ("term", "∞", "open-ended"),
        ("term", "✓", "yes"),
        ("link", "zastępuje", "replaces"),
        ("kind", "traktat", None),
    ],
)
def test_a_word_is_known_by_its_label_in_both_languages_and_its_code(db, about, word, code):
    assert Vocabulary.load().meaning(about, word) == code


def test_a_word_that_staff_entered_is_known(db):
    SheetAlias.objects.create(about="kind", text="Traktat", meaning="other")
    SheetAlias.objects.create(about="column", text="Kiedy", meaning="signed_on", language="pl")
    vocabulary = Vocabulary.load()
    assert vocabulary.meaning("kind", "TRAKTAT") == "other"
    assert vocabulary.columns["kiedy"] == ("signed_on", "pl")


def test_a_city_is_known_under_all_its_names(cities):
    cities["lviv"].names.create(name="Lemberg", language="de")
    names = Vocabulary.load().names
    assert {pk for name in ("lwow", "lviv", "lemberg") for pk in names[name]} == {cities["lviv"].pk}


@pytest.mark.parametrize(
    ("key", "likeliest"),
    [
        ("umowa partnesrka", "umowa partnerska"),
        ("umowa o wspolpracy kulturalnej", "umowa o wspolpracy"),
        ("umowa o wspolpracy i przyjazni", "umowa o przyjazni i wspolpracy"),
        ("traktat", None),
        ("umwoa", "umowa"),
        ("pax", None),
        ("atk", None),
        ("", None),
    ],
)
def test_a_word_is_most_like_one_of_the_same_words_or_letters(key, likeliest):
    known = ["tak", "pakt", "umowa", "umowa partnerska", "umowa o wspolpracy", "umowa o przyjazni i wspolpracy"]
    assert closest(key, [*known, "program wspolpracy kulturalnej"]) == likeliest


def test_the_likeliest_word_is_looked_for_once(db, monkeypatch):
    vocabulary = Vocabulary.load()
    assert vocabulary.likely("kind", "umowa partnesrka") == "partnership"
    monkeypatch.setattr("krakow_intl.imports.reading.words.get_close_matches", lambda *args, **options: 1 / 0)
    assert vocabulary.likely("kind", "umowa partnesrka") == "partnership"


def test_labels_are_read_in_the_language_of_the_reader(db):
    ThemeFactory(slug="culture", name_pl="kultura", name_en="culture")
    label = Vocabulary.load().label("theme", "culture")
    with override("en"):
        assert str(label) == "culture"
    with override("pl"):
        assert str(label) == "kultura"


@pytest.mark.parametrize("text", ["", "-", "—", "  ", "...", "?", "-/-"])
def test_a_dash_says_nothing(db, text):
    assert Vocabulary.load().says_nothing(text)


@pytest.mark.parametrize("text", ["+", "✓", "∞", "„", "→", "x"])
def test_any_other_sign_says_something(db, text):
    assert not Vocabulary.load().says_nothing(text)


def test_two_letters_that_changed_places_weigh_less_than_others():
    assert closest("itlaia", ["islandia", "italia", "wlochy"]) == "italia"


def test_no_word_is_longer_than_the_longest():
    assert key_of("x" * 40_000) == "x" * MAX_WORD_LENGTH


def test_a_body_brings_its_other_name_and_its_page(db):
    body = InstitutionFactory(name_pl="Rada", name_en="Council")
    PartyFactory(name_pl="Magistrat", name_en="")
    institutions = Vocabulary.load().institutions
    assert institutions["council"] == (body.pk, {"pl": "Rada", "en": "Council"})
    assert institutions["magistrat"] == (None, {"pl": "Magistrat", "en": ""})


@pytest.mark.parametrize("about", SheetAlias.About.values)
def test_staff_may_give_a_word_a_meaning_that_is_known(db, about):
    ThemeFactory(slug="culture")
    known = meanings_of(about)
    assert known
    assert "culture" in known or about != "theme"


@pytest.mark.parametrize("about", ["kind", "level", "country"])
def test_a_word_that_its_author_doubts_is_only_likely(db, about):
    vocabulary, word = Vocabulary.load(), {"kind": "protocol", "level": "cities", "country": "Ukraine"}[about]
    assert vocabulary.meaning(about, word) is not None
    assert vocabulary.meaning(about, f"{word}?") is None
    assert vocabulary.likely(about, f"{word}?") == vocabulary.meaning(about, word)
