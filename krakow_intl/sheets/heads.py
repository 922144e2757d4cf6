"""The first rows of the worksheets of a file, among which a person says where the names of the columns stand."""

from dataclasses import dataclass

from krakow_intl.sheets.safety import MAX_COLUMNS

TURNED = "turned"
MAX_SHEETS, MAX_ROWS, MAX_CELLS, MAX_LENGTH = 3, 8, 6, 24


@dataclass(frozen=True, slots=True)
class HeadRow:
    place: int  # of its worksheet in the file, from 0
    sheet: str
    number: int
    texts: tuple
    may_be_turned: bool = False  # whether its sheet has no more rows than a list has columns

    @property
    def value(self):
        """What stands for it as a choice."""
        return said(self.place, self.number)


def head_rows(tables):
    """The first `HeadRow`s of each of the first tables that hold anything."""
    filled = [(place, table) for place, table in enumerate(tables) if table.rows][:MAX_SHEETS]
    return [
        HeadRow(place, table.grid.name, number, _texts(values), max(table.rows) <= MAX_COLUMNS)
        for place, table in filled
        for number, values in [*table.rows.items()][:MAX_ROWS]
        if any(value is not None for value in values)
    ]


def said(place, first, last=None):
    """How it is kept in which rows of which worksheet the names stand: "0:3-4", or "0:0-0" if nowhere."""
    return f"{place}:{first}-{last or first}"


def said_turned(place):
    """How it is kept that the names stand one below the other in the first column of a worksheet."""
    return f"{place}:{TURNED}"


def as_said(text):
    """(place of the worksheet, first row, last row) of what was kept, (place,) of a list that is turned, else None."""
    if not isinstance(text, str):
        return None
    place, _colon, rows = text.partition(":")
    if rows == TURNED and place.isdecimal():
        return (int(place),)
    numbers = [place, *rows.split("-")]
    return tuple(map(int, numbers)) if len(numbers) == 3 and all(map(str.isdecimal, numbers)) else None


def _texts(values):
    texts = [" ".join(str(value).split())[:MAX_LENGTH] for value in values if value is not None]
    return tuple(texts[:MAX_CELLS])
