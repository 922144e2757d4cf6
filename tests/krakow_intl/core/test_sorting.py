from krakow_intl.core.sorting import sort_key


def test_names_sort_by_their_first_letter_whatever_stands_before_it():
    names = ["„Podaruj dzieciom lato”", "Rodziny z Kazachstanu", "(Ósme) spotkanie", "Żaki", "Osiem gwiazd"]
    assert sorted(names, key=sort_key) == [
        "Osiem gwiazd",
        "(Ósme) spotkanie",
        "„Podaruj dzieciom lato”",
        "Rodziny z Kazachstanu",
        "Żaki",
    ]


def test_a_name_without_a_letter_sorts_first():
    assert sort_key("–") == ""
