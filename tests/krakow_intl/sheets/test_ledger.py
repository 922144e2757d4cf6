from krakow_intl.sheets.ledger import LeftOut, SheetCells, TableCells, ledger_of

ROWS = {1: ["Wykaz"], 3: ["Miasto", "Data", "Inne"], 4: ["Lwów", None, "x"], 5: ["Razem", 1], 6: ["Wilno", 2, "y"]}


def cells(**given):
    table = TableCells(3, 7, {1: 0, 2: 1, 3: 2}, {3: "unknown-column"})
    return SheetCells("Umowy", ROWS, left_out_rows={5: "total-row"}, tables=[table], **given)


def told(ledger):
    return [(some.code, some.column, [*some.rows], some.cells, some.samples()) for some in ledger.left_out]


def test_every_cell_is_read_or_left_out_by_its_row_or_its_column():
    ledger = ledger_of([cells()])
    assert (ledger.cells, ledger.read) == (11, 5)
    assert told(ledger) == [
        ("above-the-list", None, [1], 1, ["Wykaz"]),
        ("unknown-column", 3, [3, 4, 6], 3, ["Inne", "x", "y"]),
        ("total-row", None, [5], 2, ["Razem", "1"]),
    ]


def test_a_sheet_may_be_left_out_as_a_whole():
    ledger = ledger_of([cells(), SheetCells("Inny", {1: ["a", None, "b"]}, left_out="other-sheet")])
    assert ledger.cells == 13
    assert ledger.left_out[-1] == LeftOut("Inny", "other-sheet", None, 2, {1: True}, {"a": True, "b": True})


def test_a_cell_that_cannot_be_read_is_a_cell():
    ledger = ledger_of([cells(faults={(4, 2), (1, 1)})])
    assert (ledger.cells, ledger.read) == (12, 6)
