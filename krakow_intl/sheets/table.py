"""The list within a worksheet: where its column names stand, which rows belong to it, what is odd in them."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache

from krakow_intl.sheets.cells import clean
from krakow_intl.sheets.forms import fill_down
from krakow_intl.sheets.ledger import SheetCells, TableCells
from krakow_intl.sheets.messages import Message, Row, SheetError, column_letters, ranges
from krakow_intl.sheets.safety import MAX_COLUMNS, MAX_ROWS

MAX_UNKNOWN_FIRST = 3  # columns at the head of a row of names, one of which at least is known
HEAD = 60  # rows with anything in them among which the column names are looked for
MIN_RECOGNIZED = 2
MAX_MERGES, MAX_MERGED_ROWS = 20_000, 100_000
MAX_LETTERS = 10_000_000  # in all cells of the list: cells that share a text can hold gigabytes
# what a sum counts: the " umów" of "razem umów"
COUNTED = r"\s+(?:umów|aktów|porozumień|pozycji|wierszy|miast|acts|agreements|rows|cities)"
# a word for a sum: "razem", "suma końcowa", "grand total"
SUM = r"(?:razem|suma(?: końcowa)?|ogółem|łącznie|w sumie|podsumowanie|(?:grand )?total|sum)"
# a total of all: "Razem: 12", "Ogółem umów", "Łączna liczba umów: 12", "Total"
TOTAL = re.compile(rf"(?:{SUM}(?:{COUNTED})?|(?:(?:łączna )?liczba|number of){COUNTED})[\s:.0-9]*", re.I)
# a sum of something: "Razem Ukraina", "Ukraina razem:"
SUBTOTAL = re.compile(rf"{SUM}\b.*|.*\b{SUM}[\s:]*", re.I)  # of some country, say; figures alone may stand beside it
MAX_SUBTOTAL_LENGTH = 80
# figures alone: "1 234,50", "12 %"
FIGURE = re.compile(r"[\d\s.,%]+")
READABLE_ERRORS = ("mojibake",)


@dataclass(slots=True)
class Header:
    first: int  # its rows in the sheet
    last: int
    names: list
    recognized: int  # how many of the names are those of known columns


class Table:
    """One worksheet, cleaned, and the messages about it."""

    def __init__(self, grid):
        self.grid = grid
        self.cell_errors = list(grid.cell_errors)
        self.rows = self._clean_rows()
        self.errors_at = defaultdict(list)  # by place
        for number, column, code, value in self.cell_errors:
            self.errors_at[number, column].append((code, value))
        self.rows_with_errors = {number for number, _column in self.errors_at}
        self.messages = []
        self.cells = SheetCells(
            grid.name, dict(self.rows), {*self.errors_at}, forms=grid.forms, is_turned=grid.is_turned
        )

    @property
    def first_column(self):
        """The first that holds anything, counted from 1."""
        filled = (
            (place for place, value in enumerate(values, 1) if value is not None) for values in self.rows.values()
        )
        return min((next(places, MAX_COLUMNS) for places in filled), default=1)

    def find_header(self, is_header):
        """The row, or the two rows, in which most column names are recognized; None if there are too few."""
        head = [(number, _texts(values)) for number, values in list(self.rows.items())[:HEAD]]
        best = Header(0, 0, [], MIN_RECOGNIZED - 1)
        for (number, texts), (below, lower) in zip(head, [*head, (0, [])][1:], strict=True):
            found = [Header(number, number, texts, is_header(texts))]
            if below == number + 1:
                names = _join(texts, lower, is_header)
                found.append(Header(number, below, names, is_header(names)))
            best = max([best, *found], key=lambda header: (header.recognized, header.first == header.last))
        return best if best.last else None

    def find_headers(self, is_header, said=None):
        """The header as `find_header` has it, and those of tables above and below it, in the order of the sheet.

        `said` are the first and the last row of the only header, where a person said them; 0 where there is none.
        """
        if said and (header := self._header_said(*said, is_header)):
            return [header]
        main = self.find_header(is_header) or self._header_of_a_turned_list(is_header)
        if main is None:
            return []
        found = [Header(number, number, texts, count) for number, texts, count in self._further_headers(is_header)]
        found = [header for header in found if not main.first <= header.first <= main.last]
        headers = sorted([main, *found], key=lambda header: header.first)
        repeats = [self.rows[main.first], self.rows[main.last]] if main.last > main.first else []
        return [
            header
            for header, before in zip(headers, [None, *headers], strict=False)
            if header is main
            or (self.rows[header.first] not in repeats and not (before and header.names == before.names))
        ]

    def _header_of_a_turned_list(self, is_header):
        """A list is turned where a person said so: then its names are known to stand in the first column."""
        first = next(iter(self.rows), None) if self.grid.is_turned else None
        return first and self._header_said(first, first, is_header)

    def _header_said(self, first, last, is_header):
        if first and not (first in self.rows and first <= last <= first + 1 and (last == first or last in self.rows)):
            return None
        if first:
            names = _texts(self.rows[first])
            names = _join(names, _texts(self.rows[last]), is_header) if last > first else names
        else:
            names = [column_letters(place) for place in range(1, max(map(len, self.rows.values()), default=0) + 1)]
        return Header(first, last, _told_apart(names), len(names))

    def _further_headers(self, is_header):
        """(number, texts, how many are names of columns) of each row of names: half of its texts at least are known."""
        is_known = cache(lambda text: is_header([text]) > 0)
        for number, values in self.rows.items():
            given = [value for value in values if value is not None]
            if len(given) < MIN_RECOGNIZED or not all(type(value) is str for value in given):
                continue
            if any(map(is_known, given[:MAX_UNKNOWN_FIRST])):
                texts = _texts(values)
                count = is_header(texts)
                if count >= MIN_RECOGNIZED and 2 * count >= len(given):
                    yield number, texts, count

    def likeliest_names(self):
        """What stands in the row with the most texts, to be offered where no column name is recognized."""
        head = [[text for text in _texts(values) if text] for values in list(self.rows.values())[:HEAD]]
        return max(head, key=len, default=[])

    def read(self, header, end=None):
        """(rows, messages) of the list below `header`, down to the row before `end`."""
        self.header, self.width = header, len(header.names)
        last = end or max(self.rows) + 1
        below = {number: values for number, values in self.rows.items() if header.last < number < last}
        self.kept = {number: values for number, values in below.items() if self._is_kept(number, values)}
        if len(self.kept) > MAX_ROWS:
            raise SheetError("too-many-rows", limit=MAX_ROWS)
        self.numbers = list(self.kept)
        self._check_lengths()
        self._resolve_merges()
        if sum(len(value) for values in self.kept.values() for value in values if type(value) is str) > MAX_LETTERS:
            raise SheetError("too-much", self.grid.name)
        self._add_cell_errors()
        self._check_display()
        if self.grid.is_turned:
            self._add("list-turned", row=next(iter(self.kept), header.last + 1))
        self.cells.tables.append(TableCells(header.first, last, dict(enumerate(range(self.width), 1)), self._unnamed()))
        blank = [None] * self.width
        rows = [Row(number, (values + blank)[: self.width]) for number, values in self.kept.items()]
        return rows, sorted(self.messages, key=lambda message: message.row or 0)

    def _clean_rows(self):
        plain, rows = {}, {}
        for number in sorted(self.grid.rows):
            rows[number] = values = list(self.grid.rows[number])
            for index, value in enumerate(values):
                if type(value) is str:
                    text = plain.get(value)
                    values[index] = text or self._clean_cell(value, number, index + 1, plain)
        return rows

    def _clean_cell(self, value, number, column, plain):
        text, code = clean(value)
        if not code:
            plain[value] = text
            return text or None
        self.cell_errors.append((number, column, code, text))
        return text if code in READABLE_ERRORS else None

    def _is_kept(self, number, values):
        first = next((value for value in values if value is not None), None)
        if first is None:
            return number in self.rows_with_errors
        if code := self._code_to_leave_out(number, first, values):
            self._add(code, row=number, **({"value": first} if code == "total-row" else {}))
            self.cells.left_out_rows[number] = code
        return not code

    def _code_to_leave_out(self, number, first, values):
        if type(first) is str and _is_total(*(value for value in values if value is not None)):
            return "total-row"
        if self.header.first and values in (self.rows[self.header.first], self.rows[self.header.last]):
            return "repeated-header"
        return "numbered-columns" if number == self.header.last + 1 and _numbers_columns(values) else ""

    def _name(self, column):
        return self.header.names[column - 1] if column <= self.width else ""

    def _unnamed(self):
        """{column: code} of those that have no name."""
        return {column: "column-without-name" for column in range(1, MAX_COLUMNS + 1) if not self._name(column)}

    def _kept_between(self, first, last):
        return self.numbers[bisect_left(self.numbers, first) : bisect_right(self.numbers, last)]

    def _add(self, code, **details):
        self.messages.append(Message.of(code, **details))

    def _check_lengths(self):
        """Rows with more or fewer cells than the header, and columns that have no name."""
        short, unnamed = [], {}
        columns = self.grid.widths.get(self.header.first) or self.width
        gaps = [column for column in range(1, MAX_COLUMNS + 1) if not self._name(column)]
        for number, values in self.kept.items():
            count = self.grid.widths.get(number)
            if count and count > columns and any(value is not None for value in values[columns:]):
                self._add("long-row", row=number, count=count, columns=columns)
                continue
            if count and count < columns:
                short.append(number)
            for column in gaps:
                if column > len(values):
                    break
                if values[column - 1] is not None:
                    unnamed.setdefault(column, []).append(number)
        if short:
            self._add("short-rows", row=short[0], rows=ranges(short))
        for column, numbers in unnamed.items():
            self._add_unnamed(column_letters(column), numbers)

    def _add_unnamed(self, letters, numbers):
        rows = ranges(numbers)
        self._add("column-without-name", row=numbers[0], column=letters, rows=rows, header=self.header.last)

    def _resolve_merges(self):
        """Merged cells: down a column the value counts for each row, across columns nobody knows where it belongs."""
        budget = MAX_MERGED_ROWS
        if len(self.grid.merges) > MAX_MERGES:
            raise SheetError("too-much", self.grid.name)
        for top, left, bottom, right in self.grid.merges:
            if _at(self.rows.get(top, []), left) is None and (top, left) not in self.errors_at:
                continue
            columns = [column for column in range(left, min(right, self.width) + 1) if self._name(column)]
            numbers = self._kept_between(max(top, self.header.last + 1), bottom) if columns else []
            budget -= len(numbers)
            if budget < 0:
                raise SheetError("too-much", self.grid.name)
            area = f"{self.cells.cell_name(top, left)}:{self.cells.cell_name(bottom, right)}"
            if top <= self.header.last or len(columns) > 1:
                code = "merged-header" if top <= self.header.last else "merged-across"
                for number in numbers if code == "merged-header" else self._with_more_than_one_value(numbers):
                    self._add(code, row=number, column=self._name(columns[0]), value=area, range=area)
            elif numbers and numbers != [top]:
                self._fill_down(top, columns[0], numbers)
                self._add("merged-down", row=top, column=self._name(columns[0]), value=area, range=area)

    def _with_more_than_one_value(self, numbers):
        """Rows in which a merged cell is not alone, as a heading of rows or a note is."""
        return [number for number in numbers if sum(value is not None for value in self.kept[number]) > 1]

    def _fill_down(self, top, column, numbers):
        value = _at(self.rows.get(top, []), column)
        fill_down(self.grid.forms, top, column, numbers)
        for number in numbers:
            values = self.kept[number]
            if number != top and _at(values, column) is None:
                values = [*values, *[None] * (column - len(values))]  # the ledger has the row as it stands in the file
                values[column - 1] = value
                self.rows[number] = self.kept[number] = values
                self.cell_errors.extend((number, column, *error) for error in self.errors_at.get((top, column), ()))

    def _add_cell_errors(self):
        for number, column, code, value in self.cell_errors:
            name = self._name(column)
            if name and number in self.kept:
                shown = escape_control(value)
                self._add(code, row=number, column=name, value=shown, cell=self.cells.cell_name(number, column))

    def _check_display(self):
        """What the sheet shows otherwise than it is read: formulas, partial dates, hidden rows, columns, sheets."""
        for code, cells in (("formula-values", self.grid.formulas), ("coarse-dates", self.grid.partial_dates)):
            for column in sorted(cells):
                plain = [number for number in cells[column] if (number, column) not in self.errors_at]
                numbers = [number for number in plain if number in self.kept]
                if numbers and self._name(column):
                    self._add(code, row=numbers[0], column=self._name(column), rows=ranges(numbers))
        hidden = [number for number in self.numbers if number in self.grid.hidden_rows]
        if hidden:
            self._add("hidden-rows", row=hidden[0], rows=ranges(hidden))
        for column, name in enumerate(self.header.names, 1):
            if name and any(first <= column <= last for first, last in self.grid.hidden_columns):
                self._add("hidden-column", column=name)
        if self.grid.is_hidden:
            self._add("hidden-sheet", value=self.grid.name)


def escape_control(value):
    """A text in which control characters can be seen: "a\\x07" -> "a\\\\x07"."""
    return value and "".join(c if c.isprintable() else repr(c)[1:-1] for c in value)


def _at(values, column):
    return values[column - 1] if column <= len(values) else None


def _is_total(text, *others):
    """Whether a row sums up others; a city of such a name has more than figures beside it."""
    is_subtotal = len(text) <= MAX_SUBTOTAL_LENGTH and SUBTOTAL.fullmatch(text)
    return TOTAL.fullmatch(text) or (is_subtotal and others and all(map(_is_figure, others)))


def _is_figure(value):
    return type(value) in (int, float) or bool(FIGURE.fullmatch(str(value)))


def _texts(values):
    texts = ["" if value is None else " ".join(str(value).split()) for value in values]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _told_apart(names):
    """Names of which none stands twice: "Name", "Name" -> "Name", "Name (2)"."""
    seen = Counter()
    for place, name in enumerate(names):
        seen[name] += 1
        names[place] = f"{name} ({seen[name]})" if name and seen[name] > 1 else name
    return names


def _join(upper, lower, is_header):
    """The names of a header of two rows; a name above several columns counts for each of them."""
    names, above = [], ""
    for index in range(max(len(upper), len(lower))):
        own, below = _at(upper, index + 1) or "", _at(lower, index + 1) or ""
        above = own or above
        joined = f"{above} {below}".strip() if below else own
        is_plain = below and not is_header([joined]) and (not own or is_header([below]))
        names.append(below if is_plain else joined)
    return names


def _numbers_columns(values):
    """Whether a row says 1, 2, 3 ... under the column names, as official tables do."""
    figures = [str(value).strip("().") for value in values if value is not None]
    return len(figures) > 2 and figures == [str(number) for number in range(1, len(figures) + 1)]
