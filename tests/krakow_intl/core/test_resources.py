from decimal import Decimal

import pytest
from django.utils.translation import gettext, override

from krakow_intl.core.resources import Data, csv_lines, csv_response, safe_cell


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"], ids=["equals", "plus", "minus", "at", "tab", "cr"])
def test_a_text_that_would_run_as_a_formula_stands_behind_an_apostrophe(start):
    assert safe_cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize("value", [-5, -33.5, Decimal("-70.25"), 0], ids=str)
def test_a_number_is_left_alone(value):
    assert safe_cell(value) == value


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), ("", ""), ("Umowa", "Umowa"), ("a=b", "a=b"), ("'=x", "'=x")], ids=str
)
def test_any_other_value_stays_as_it_is(value, cell):
    assert safe_cell(value) == cell


def test_lines_start_with_the_byte_order_mark_and_end_with_cr_lf():
    lines = list(csv_lines(["id", "title"], [[1, 'Umowa "o współpracy", druga'], [2, "a\nb"]]))
    assert lines == ["\ufeffid,title\r\n", '1,"Umowa ""o współpracy"", druga"\r\n', '2,"a\nb"\r\n']


def test_a_download_of_nothing_is_its_header():
    response = csv_response("agreements.csv", [Data("id", int, "")], [])
    assert b"".join(response).decode("utf-8-sig") == "id\r\n"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="agreements.csv"'


def test_a_download_speaks_the_language_in_which_it_was_asked_for():
    with override("pl"):
        response = csv_response("agreements.csv", [Data("word", gettext, "")], ["Monday"])
    with override("en"):
        assert "Poniedziałek" in b"".join(response).decode()
