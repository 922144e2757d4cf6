"""What stands in the columns of a file: a few of their values."""

from dataclasses import dataclass
from itertools import islice

from krakow_intl.imports.reading.cell_text import as_text

SAMPLES, MAX_SAMPLE_LENGTH = 5, 40


@dataclass(slots=True)
class ColumnSample:
    """A column of a file: `readable` of the first `tried` cells that hold anything can be read as `code`."""

    name: str
    values: list
    filled: int
    code: str = ""  # what it means, or likely means; "" where that is open
    tried: int = 0
    readable: int = 0


def sample_of(sheet, place, code=""):
    """The `ColumnSample` of a column of a `Sheet`, of which no cell was tried yet."""
    filled = [row.values[place] for row in sheet.rows if row.values[place] is not None]
    shown = [as_text(value)[:MAX_SAMPLE_LENGTH] for value in islice(dict.fromkeys(filled), SAMPLES)]
    return ColumnSample(sheet.headers[place], shown, len(filled), code)


def samples_of(sheet):
    """Those of all columns that have a name."""
    return [sample_of(sheet, place) for place, name in enumerate(sheet.headers) if name]
