"""Every cell of a file that holds anything is in the ledger of its import, counted by readers that are not ours."""

import csv
import os
import unicodedata
from itertools import zip_longest
from random import Random

import pytest

from partners.imports.planning.planner import plan_import
from tests.partners.imports.conftest import make_cities
from tests.spreadsheets import build, calamine
from tests.spreadsheets.samples import LIST, text
from tests.spreadsheets.writers import archive, ods, worksheet, xlsx_parts

MUTATED = int(os.environ.get("MUTATED", 100))  # files
UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}  # categories of characters that show nothing
WORDS = ["", "Razem", "Mediolan", "Segregator", "Uwagi", "Miasto", "2006", "x", "\u00a0", "Rodzaj aktu", "1", "Kraj"]

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def _cities():
    make_cities()


def holds_anything(value):
    if isinstance(value, str):
        return any(unicodedata.category(sign) not in UNSEEN for sign in value)
    return value is not None


def cells_by_another_reader(data, plan):
    """How many cells of a file hold anything, as calamine has it, or Python's own reader of text files."""
    if plan.sheet.kind != "csv":
        return sum(holds_anything(value) for rows in calamine.read(data).values() for row in rows for value in row)
    lines = data.decode(plan.sheet.encoding, "replace").removeprefix("\ufeff").splitlines(keepends=True)
    lines = lines[1:] if lines[0].startswith("sep=") else lines
    rows = csv.reader(lines, delimiter=plan.sheet.delimiter or "\x1f")
    return sum(holds_anything(value) for row in rows for value in row)


def accounts_for(data, sheet=None):
    """Whether the file was read; if so, that each cell of it is accounted for, and each row of what was read."""
    plan = plan_import(data, sheet=sheet)
    if plan.ledger is None:
        return False
    unreadable = sum(len(sheet.faults) for sheet in plan.sheet.cells)  # errors, which some readers pass over
    assert plan.ledger.cells - unreadable <= cells_by_another_reader(data, plan) <= plan.ledger.cells
    assert all(some.cells > 0 for some in plan.ledger.left_out)
    assert 0 <= plan.ledger.read <= plan.ledger.cells
    assert "unaccounted" not in {message.code for message in plan.messages}
    return True


@pytest.mark.parametrize("name", [name for name, sample in build.SAMPLES.items() if not sample.refused])
def test_every_cell_of_a_sample_is_accounted_for(name):
    accounts_for(build.SAMPLES[name].make())


def mutated(seed):
    """A list to which happened what happens to lists, as a file of some kind."""
    chance = Random(seed)
    rows = [[*row] for row in LIST]
    for _time in range(chance.randint(1, 6)):
        chance.choice([_insert_row, _insert_column, _set_cell, _clear_cell, _repeat_row, _append_table])(rows, chance)
    return chance.choice([_as_xlsx, _as_ods, _as_csv])(rows, chance)


def _insert_row(rows, chance):
    rows.insert(chance.randrange(len(rows) + 1), [chance.choice([None, *WORDS]) for _ in range(chance.randint(0, 6))])


def _insert_column(rows, chance):
    place = chance.randrange(6)
    for row in rows:
        row.insert(place, chance.choice([None, *WORDS]))


def _set_cell(rows, chance):
    row = chance.choice(rows)
    row += [None] * 3
    row[chance.randrange(len(row))] = chance.choice(WORDS)


def _clear_cell(rows, chance):
    row = chance.choice(rows)
    if row:
        row[chance.randrange(len(row))] = None


def _repeat_row(rows, chance):
    rows.insert(chance.randrange(len(rows) + 1), [*chance.choice(rows)])


def _append_table(rows, chance):
    order = chance.sample(range(5), 5)
    rows += [[], *([row[place] for place in order] for row in LIST[: chance.randint(1, 5)])]


def _as_xlsx(rows, chance):
    sheets = {
        "Umowy": worksheet(rows),
        "Inne": worksheet([[chance.choice(WORDS)] for _ in range(chance.randint(0, 4))]),
    }
    return archive(xlsx_parts(sheets, states={"Inne": chance.choice(["visible", "hidden"])}))


def _as_ods(rows, _chance):
    return ods(*rows)


def _as_csv(rows, chance):
    separator = chance.choice([";", ",", "\t"])
    width = max(map(len, rows))
    return text([row + [None] * (width - len(row)) for row in rows], separator).encode()


@pytest.mark.parametrize("first", range(0, MUTATED, 50))
def test_every_cell_of_a_list_that_was_changed_at_random_is_accounted_for(first):
    assert sum(accounts_for(mutated(seed)) for seed in range(first, first + 50)) > 10


def test_every_cell_of_a_list_in_several_parts_is_accounted_for():
    assert sum(accounts_for(in_parts(seed), sheet="*") for seed in range(60)) > 20


def in_parts(seed):
    """Lists that were changed at random, in two sheets or beside each other."""
    chance = Random(seed)
    one, other = [[*row] for row in LIST], [[*row] for row in LIST]
    for rows in (one, other, one):
        chance.choice([_insert_row, _set_cell, _clear_cell, _repeat_row])(rows, chance)
    if seed % 2:
        return archive(xlsx_parts({"Ukraina": worksheet(one), "Niemcy": worksheet(other)}))
    width = max(map(len, one))
    rows = zip_longest(one, other, fillvalue=[])
    return archive(
        xlsx_parts({"Umowy": worksheet([[*left, *[None] * (width + 1 - len(left)), *right] for left, right in rows])})
    )
