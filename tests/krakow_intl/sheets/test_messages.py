import pytest
from django.utils.functional import Promise

from krakow_intl.sheets.messages import FILE_ERRORS, KINDS, Message, SheetError, cell_name, ranges


@pytest.mark.parametrize(
    ("numbers", "named"),
    [
        ([], ""),
        ([5], "5"),
        ([5, 6], "5–6"),
        ([8, 5, 9, 10], "5, 8–10"),
        (range(1, 40, 2), "1, 3, 5, 7, 9, 11, 13, 15, 17, 19 …"),
    ],
)
def test_row_numbers_are_named_as_a_person_lists_them(numbers, named):
    assert ranges(numbers) == named


@pytest.mark.parametrize(("place", "name"), [((1, 1), "A1"), ((7, 26), "Z7"), ((9, 28), "AB9"), ((1, 16384), "XFD1")])
def test_a_cell_has_the_name_it_has_in_a_spreadsheet(place, name):
    assert cell_name(*place) == name


@pytest.mark.parametrize("code", FILE_ERRORS)
def test_a_refusal_says_in_words_what_its_code_says(code):
    refusal = SheetError(code, "x", choices=["Umowy"], limit=1, cell="A1", row=1)
    assert isinstance(refusal.text, Promise)
    assert "%" not in str(refusal.text)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_spreadsheet_is_called_by_its_name_and_shown_the_way(kind):
    refusal = SheetError("unsupported-type", kind)
    assert (refusal.value, str(refusal.text).count(". ") > 0) == (kind, True)


def test_a_message_shows_no_more_than_the_beginning_of_a_long_value():
    message = Message.of("mojibake", row=3, column="Miasto", value="Ã³" * 1_000, cell="A3")
    assert (message.level, len(message.value), "A3" in str(message.text)) == ("decision", 200, True)
