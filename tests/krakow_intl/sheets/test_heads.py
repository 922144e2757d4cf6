"""The rows among which a person says where the names of the columns stand."""

import pytest

from krakow_intl.sheets import SheetError, read
from krakow_intl.sheets.heads import as_said, said, said_turned


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0:3-4", (0, 3, 4)), ("2:0-0", (2, 0, 0)), ("", None), ("0:3", None), ("a:b-c", None), (None, None), ({}, None)],
)
def test_what_was_said_is_kept_as_a_text(text, expected):
    assert as_said(text) == expected
    assert expected is None or said(*expected) == text


def test_that_a_list_is_turned_is_kept_as_a_text():
    assert (said_turned(2), as_said("2:turned"), as_said("x:turned")) == ("2:turned", (2,), None)


def names_of(data, header):
    return read(data, is_header=lambda texts: 0, header=header).headers


def test_the_names_stand_where_a_person_says():
    data = b"List\r\nOrt;Datum;Datum\r\nName;am;am\r\nLviv;2005;2006\r\n"
    assert names_of(data, (0, 2, 2)) == ["Ort", "Datum", "Datum (2)"]
    assert names_of(data, (0, 2, 3)) == ["Ort Name", "Datum am", "Datum am (2)"]
    assert names_of(data, (0, 0, 0)) == ["A", "B", "C"]


@pytest.mark.parametrize("header", [None, (0, 9, 9), (3, 1, 1), (0, 2, 1), (0, 1, 4)])
def test_a_place_that_the_file_lacks_is_asked_for_again(header):
    with pytest.raises(SheetError) as refusal:
        names_of(b"Ort;Datum\r\nLviv;2005\r\n", header)
    assert [(head.value, head.texts) for head in refusal.value.heads] == [
        ("0:1-1", ("Ort", "Datum")),
        ("0:2-2", ("Lviv", "2005")),
    ]


def test_a_list_whose_names_stand_one_below_the_other_is_told_of():
    data = b"City;Lviv;Milan\r\nDate;2005;2006\r\n"
    with pytest.raises(SheetError) as refusal:
        read(data, is_header=lambda texts: len({"City", "Date"}.intersection(texts)))
    assert refusal.value.code == "turned-list"
