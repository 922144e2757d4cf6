import pytest

from krakow_intl.search import did_you_mean, excerpt, forms, key_of, marked, named, query_words


def finds(typed, text):
    key = key_of([], [text])
    return all(any(f" {form}" in key for form in forms(word)) for word in query_words(typed))


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
    ],
)
def test_a_word_is_found_in_any_form(typed, text):
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("sport", "transport"), ("umów", "umiejętności"), ("Lwów", "Lipsk"), ("Wiedeń", "Wilno")],
)
def test_other_words_are_not_found(typed, text):
    assert not finds(typed, text)


@pytest.mark.parametrize("typed", ["", "%", "_", "\\", "'\";--", "*(&|!:*", "(a+)+$", "\x00", "’"])
def test_what_holds_no_word_looks_for_nothing(typed):
    assert len(query_words(typed)) <= 1


def test_a_query_has_few_and_short_words():
    typed = query_words("słowo" * 20_000 + " " + " ".join(str(n) for n in range(100)))
    assert len(typed) <= 8
    assert max(map(len, typed)) <= 40


def test_hits_are_marked_and_the_rest_is_escaped():
    assert marked("<b>Lwów</b> i Kraków", ["lwow"]) == "&lt;b&gt;<mark>Lwów</mark>&lt;/b&gt; i Kraków"


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
    assert [*named(typed, [*names, ("PE", ["peru"])]).values()] == meant
