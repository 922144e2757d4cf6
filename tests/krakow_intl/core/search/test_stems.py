import pytest

from krakow_intl.core.search.stems import is_same_word, stems


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("Norymberdze", {"norymberdze", "norymberg"}),
        ("Wiedniu", {"wiedniu", "wieden"}),
        ("książek", {"ksiazek", "ksiazk"}),
        ("agreements", {"agreements", "agreement"}),
        ("007", {"7"}),
    ],
)
def test_a_word_is_kept_under_its_stems(word, found):
    assert found <= stems(word)


def test_the_stems_of_a_name_are_kept_without_what_its_consonants_may_have_been():
    assert "norymberg" in stems("Norymberdze") - stems("Norymberdze", shifted=False)


@pytest.mark.parametrize(
    ("word", "other", "is_same"),
    [
        ("Lwowie", "Lwów", True),
        ("Belgią", "Belgia", True),
        ("per", "per", True),
        ("per", "peru", False),
        ("Wiedeń", "Wilno", False),
    ],
)
def test_forms_of_one_word_are_told_from_other_words(word, other, is_same):
    assert is_same_word(word, other) == is_same
