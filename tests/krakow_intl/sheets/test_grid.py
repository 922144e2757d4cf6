import pytest

from krakow_intl.sheets.grid import MAX_CELL_ERRORS, ROWS_AROUND_THE_LIST, Grid
from krakow_intl.sheets.messages import SheetError
from krakow_intl.sheets.safety import MAX_COLUMNS, MAX_ROWS


def test_a_row_is_as_long_as_its_last_value():
    grid = Grid()
    grid.put(7, 3, "c")
    grid.put(7, 1, "a")
    assert grid.rows == {7: ["a", None, "c"]}


@pytest.mark.parametrize(
    ("place", "code"), [((1, MAX_COLUMNS + 1), "too-many-columns"), ((1, 0), "damaged"), ((0, 1), "damaged")]
)
def test_a_value_out_of_bounds_is_refused(place, code):
    with pytest.raises(SheetError, match=code):
        Grid().put(*place, "x")


def test_rows_beyond_the_limit_are_not_gathered():
    grid = Grid()
    for number in range(1, MAX_ROWS + ROWS_AROUND_THE_LIST + 1):
        grid.put(number, 1, "x")
    with pytest.raises(SheetError, match="too-many-rows"):
        grid.put(number + 1, 1, "x")


def test_faults_beyond_the_limit_are_not_gathered():
    grid = Grid()
    for _number in range(MAX_CELL_ERRORS):
        grid.add_error(1, 1, "error-value", "#REF!")
    with pytest.raises(SheetError, match="too-much"):
        grid.add_error(1, 1, "error-value", "#REF!")
