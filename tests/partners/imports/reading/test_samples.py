"""Each column of a file shows some of its values, and how many of its cells can be read."""

import pytest

from tests.partners.imports.conftest import plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cities")]
ROWS = [["Lwów", "2005", "x", "DE"], ["Mediolan", "wiosna", "y", ""], ["Atlantyda", "12.5.2006", "z", "Włochy"]]


@pytest.mark.parametrize(
    "head",
    [["Miasto", "Data podpisania", "Coś", "Kraj"], ["A", "B", "C", "Uwagi"]],
    ids=["by its name", "by what stands in it"],
)
def test_the_cells_of_a_column_that_can_be_read_are_counted(head):
    head = [*head, "Rodzaj aktu"]
    plan = plan_of(head, *([*row, "protokół"] for row in ROWS), mapping={"Uwagi": "country"})
    found = {sample.name: (sample.code, sample.tried, sample.readable) for sample in plan.samples}
    assert found[head[0]] == ("city", 3, 2)
    assert found[head[1]] == ("signed_on", 3, 2)
    assert found[head[2]] == ("", 0, 0)
    assert found[head[3]] == ("country", 2, 2)


def test_different_values_are_shown():
    rows = [["Lwów", "protokół", str(2000 + number // 2)] for number in range(20)]
    plan = plan_of(["Miasto", "Rodzaj aktu", "Data podpisania"], *rows)
    assert [sample.values for sample in plan.samples] == [
        ["Lwów"],
        ["protokół"],
        ["2000", "2001", "2002", "2003", "2004"],
    ]
