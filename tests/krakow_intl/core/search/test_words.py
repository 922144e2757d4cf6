import pytest

from krakow_intl.core.search.words import plain_text, words_in


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Kraków i <b>Lwów</b>.</p><p>Dalej</p>", "Kraków i Lwów. Dalej"),
        ("<ul><li>jeden</li><li>dwa</li></ul>", "jeden dwa"),
        ("a<br>b\n  c", "a b c"),
        (None, ""),
    ],
)
def test_blocks_of_a_text_do_not_run_together(text, plain):
    assert plain_text(text) == plain


def test_words_are_letters_and_figures_of_any_alphabet():
    assert words_in("<p>L’viv, Львів – Kraków_1973 (I.2)</p>") == ["Lviv", "Львів", "Kraków", "1973", "I", "2"]
