import pytest

from krakow_intl.core.search.index import search_words
from krakow_intl.core.search.query import holds, matching, query_words
from partners.models import Institution
from tests.partners.factories import InstitutionFactory


def finds(typed, text):
    return all(holds(search_words([], [text]), word) for word in query_words(typed))


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


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "in_text", "in_title"), [("muzeum", 2, 1), ("szkoła", 1, 0), ("teatr", 0, 0)])
def test_the_database_finds_what_holds_a_word_or_has_it_in_its_title(typed, in_text, in_title):
    InstitutionFactory(name_pl="Muzeum", name_en="Museum")
    InstitutionFactory(name_pl="Instytut", name_en="Institute", description_pl="<p>Ma muzeum i szkołę.</p>")
    assert Institution.objects.filter(matching(typed)).count() == in_text
    assert Institution.objects.filter(matching(typed, in_title=True)).count() == in_title
