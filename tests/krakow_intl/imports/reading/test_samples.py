"""What stands in a column is told by a few of its values."""

from krakow_intl.imports.reading.samples import ColumnSample, samples_of
from krakow_intl.sheets.messages import Row, Sheet


def test_a_sample_holds_the_first_different_values_and_how_many_cells_are_filled():
    values = ["a", None, "a", "b" * 50, 7.0, "c", "d", "e"]
    rows = [Row(number, [value, "x"]) for number, value in enumerate(values, 2)]
    assert samples_of(Sheet("csv", ["Letter", ""], rows, 1)) == [
        ColumnSample("Letter", ["a", "b" * 40, "7", "c", "d"], 7)
    ]
