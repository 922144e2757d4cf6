import pytest

from krakow_intl.core.search.index import search_words
from krakow_intl.core.search.query import beginnings, finds, query_words


def is_found(typed, text):
    keys = search_words([], [text]).split()
    return all(any(finds(word, key) for key in keys) for word in query_words(typed))


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
    assert is_found(typed, text)
    for word in query_words(typed):
        held = [key for key in search_words([], [text]).split() if finds(word, key)]
        assert all(word.isdecimal() or key.startswith(tuple(beginnings(word))) for key in held)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("sport", "transport"),
        ("umów", "umiejętności"),
        ("Lwów", "Lipsk"),
        ("Wiedeń", "Wilno"),
        ("Pope", "population"),
        ("szkoły", "szkolenia"),
        ("szkolna", "szkolenia"),
        ("szkolna", "szkoleń"),
        ("szkolenia", "szkolna"),
        ("szkoleń", "szkolna"),
        ("prezydent", "Prezydium"),
        ("ran out", "outside"),
        ("1", "1997"),
        ("198", "1985"),
    ],
)
def test_other_words_are_not_found(typed, text):
    assert not is_found(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ło\u0301dz\u0301", "Łódź"),
        ("Kra\u00adków", "Kraków"),
        ("Kra\u200bków", "Kraków"),
        ("Kr\u0430k\u043ew", "Krakow"),
        ("Kraków", "Kr\u0430ków"),
        ("Льві\u0301в", "Львів"),
        ("\u202eLwów", "Lwów"),
        ("Ｌｖｉｖ", "Lviv"),
    ],
    ids=ascii,
)
def test_a_word_is_the_same_in_whatever_characters_it_is_typed(typed, text):
    assert len(query_words(typed)) == 1
    assert is_found(typed, text)


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
