"""The sheets of fixtures/spreadsheets, with which one tries the import: python -m tests.spreadsheets.demo writes them.

What they say stands in demo.txt: a line with the name of each file, its title, and its list, cells divided by "|".
"""

from contextlib import suppress
from pathlib import Path

from krakow_intl.core.dates import PartialDate
from tests.spreadsheets.office_layout import WRITERS, Sheet

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "spreadsheets"
TEXTS = Path(__file__).with_name("demo.txt")
BEFORE_A_NAME = "# "


def sheets():
    """{name of a file: Sheet}."""
    blocks = TEXTS.read_text().strip().removeprefix(BEFORE_A_NAME).split(f"\n\n{BEFORE_A_NAME}")
    return dict(map(_sheet, blocks))


def _sheet(block):
    name, text = block.split("\n", 1)
    titles, rows = text.split("\n\n", 1)
    return name, Sheet(titles.splitlines(), [[*map(_value, line.split("|"))] for line in rows.splitlines()])


def _value(text):
    """What a cell holds: "12" a number, "2009-10-02" a day, "2009-10" a month, "" nothing, anything else a text."""
    for kind in (int, PartialDate):
        with suppress(ValueError):
            return kind(text)
    return text or None


def files():
    """{name: bytes} of all files."""
    return {name: WRITERS[Path(name).suffix](sheet) for name, sheet in sheets().items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, data in files().items():
        (FOLDER / name).write_bytes(data)
