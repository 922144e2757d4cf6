import io

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from partners.admin.import_ledger import REASONS, forms, in_one_sentence, left_out
from tests.partners.admin.sheets import GOOD, HEAD, address, csv, send
from tests.spreadsheets.forms import GREEN, book, comments, filled
from tests.staff import sign_in

CODES = [
    *("above-the-list", "unknown-column", "column-without-name", "numbering", "to-correct", "total-row"),
    *("repeated-header", "numbered-columns", "beside-the-list", "one-cell", "legend-row", "left-out"),
    *("other-sheet", "hidden-sheet", "other-list", "hidden-list", "explanations", "sheet-name"),
]


@pytest.mark.parametrize(
    ("language", "cells", "text"),
    [
        ("en", 1, "1 cell: 1 read, 0 left out"),
        ("en", 1412, "1,412 cells: 1,398 read, 14 left out"),
        ("pl", 22, "22 komórki: wczytano 8, pominięto 14"),
        ("pl", 25, "25 komórek: wczytano 11, pominięto 14"),
    ],
)
def test_the_account_is_one_sentence(language, cells, text):
    with override(language):
        read = cells if cells == 1 else cells - 14
        assert in_one_sentence({"cells": cells, "read": read}) == text


def test_every_reason_has_its_words():
    assert set(REASONS) == set(CODES)


@pytest.mark.parametrize(
    ("sheet", "column", "where"),
    [
        ("Umowy", "C", "sheet “Umowy”, column C"),
        ("Umowy", None, "sheet “Umowy”, rows 2–3"),
        (None, "C", "column C"),
        (None, None, "rows 2–3"),
    ],
)
def test_it_says_where_what_was_left_out_stands(sheet, column, where):
    one = {"sheet": sheet, "code": "total-row", "column": column, "rows": "2–3", "cells": 4, "values": ["Razem", "2"]}
    with override("en"):
        assert [(str(w), str(r), *rest) for w, r, *rest in left_out({"left_out": [one]})] == [
            (where, "a total", 4, "Razem, 2")
        ]


@pytest.mark.parametrize(("sheet", "where"), [("Umowy", "arkusz „Umowy”, wiersz 7"), (None, "wiersz 7")])
def test_one_row_is_told_as_one(sheet, where):
    one = {"sheet": sheet, "code": "total-row", "column": None, "rows": "7", "cells": 1, "values": []}
    with override("pl"):
        assert [str(found) for found, *_rest in left_out({"left_out": [one]})] == [where]


@pytest.mark.django_db
@pytest.mark.usefixtures("lviv")
def test_a_preview_tells_its_account_and_hands_out_the_marked_sheet(client):
    importer = sign_in(client, "importer")
    record, _page = send(importer, csv([*GOOD, "A/7"], head=[*HEAD, "Segregator"]))
    page = importer.get(address("change", record.pk)).content.decode()
    assert "<summary>10 cells: 8 read, 2 left out</summary>" in page
    assert "A/7" in page
    response = importer.get(address("marked", record.pk))
    assert response["Content-Disposition"].endswith('.xlsx"')
    assert load_workbook(io.BytesIO(response.content)).worksheets[0]["A1"].value == HEAD[0]
    record.file.delete()
    assert importer.get(address("marked", record.pk)).status_code == 302


@pytest.mark.django_db
@pytest.mark.usefixtures("lviv")
def test_a_file_of_which_no_row_was_read_has_no_account(client):
    importer = sign_in(client, "importer")
    record, _page = send(importer, csv(["c", "d"], head=["a", "b"]))
    assert "<summary>0" not in importer.get(address("change", record.pk)).content.decode()
    assert importer.get(address("marked", record.pk)).status_code == 404


@pytest.mark.parametrize(
    ("code", "value", "what"),
    [
        ("fill", "FFFF00", "a colour that nothing explains (yellow)"),
        ("fills", None, "other colours that nothing explains"),
        ("struck", None, "struck through"),
        ("comment", None, "a comment"),
    ],
)
def test_a_form_that_was_not_understood_has_its_words(code, value, what):
    seen = {"sheet": "Umowy", "code": code, "value": value, "rows": "3", "cells": 2}
    with override("en"):
        assert [(str(where), str(told), cells) for where, told, cells in forms({"forms": [seen]})] == [
            ("sheet “Umowy”, row 3", what, 2)
        ]
    assert list(forms({})) == []  # as reports were kept before


@pytest.mark.django_db
@pytest.mark.usefixtures("lviv")
def test_the_account_lists_the_form_that_was_not_understood(client):
    importer = sign_in(client, "importer")
    data = book(HEAD, filled(GOOD, GREEN), [*GOOD[:3], "2006"], more=comments({"A2": "sprawdzić"}))
    _record, page = send(importer, data, name="umowy.xlsx")
    html = page.content.decode()
    assert "Form that was seen but not understood:" in html
    assert "a colour that nothing explains (green) (4)" in html
    assert "a comment (1)" in html
