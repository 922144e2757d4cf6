"""Which fills of a list say something, and what the legend beside the list says of them."""

from collections import defaultdict

from krakow_intl.sheets.colours import WORDS, colour_key
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, ROWS_OF_A_PART

MIN_ROWS_OF_A_COLUMN = 3  # that are all filled alike before the fill is taken for an ornament
MAX_BAND = 6  # rows after which bands of colour come again
MIN_BANDS = 3
MAX_LEGEND_LENGTH = 100  # characters of what one line of a legend says
MAX_LEGEND_ROWS = 50  # of a sheet that holds a legend alone
MAX_VALUES = 2  # in a line of a legend
MAX_SWATCHES = 3  # cells of one colour in it
MAX_WORDS = 3  # of one colour
FRAME = {"total-row", "repeated-header", "numbered-columns"}


def telling_fills(rows, explained=()):
    """{fill: places of rows} of those that say something; `rows` are {column: fill} of each row of a list, in order.

    What a whole column bears is an ornament, and so are bands of rows, unless the fill is `explained`.
    """
    found, columns = defaultdict(list), _ornaments(rows)
    for place, fills in enumerate(rows):
        for fill in {fill for column, fill in fills.items() if columns.get(column) != fill}:
            found[fill].append(place)
    return {fill: places for fill, places in found.items() if fill in explained or not _are_bands({*places}, len(rows))}


def _ornaments(rows):
    """{column: the fill of all its cells}"""
    if len(rows) < MIN_ROWS_OF_A_COLUMN:
        return {}
    common = {*rows[0].items()}
    for fills in rows[1:]:
        common &= fills.items()
    return dict(common)


def _are_bands(places, count):
    """Whether rows are filled in turns, one or several at a time."""
    return len(places) >= count // MAX_BAND and any(
        count >= MIN_BANDS * turn and all((place in places) == (place % turn in places) for place in range(count))
        for turn in range(2, MAX_BAND + 1)
    )


def legend_rows(sheets, numbers):
    """The numbers of those rows that are lines of a legend: a text in or beside a colour that fuller rows bear too."""
    parts = {cells.part: cells for cells in sheets if not cells.left_out and cells.forms}
    places = [divmod(number, ROWS_OF_A_PART) for number in numbers] if parts else []
    return {
        cells.number(row)
        for part, cells in parts.items()
        for row in _legend_rows(cells, [row for other, row in places if other == part])
    }


def _legend_rows(cells, numbers):
    values = {number: _filled(cells.rows.get(number, [])) for number in numbers if number in cells.forms}
    fills = {number: {form.fill for form in cells.forms[number].values()} - {""} for number in values}
    of_the_list = {fill for number, found in values.items() if len(found) > MAX_VALUES for fill in fills[number]}
    return {number for number, found in values.items() if _is_line(found, cells.forms[number], of_the_list)}


def _filled(values):
    return {column: value for column, value in enumerate(values, 1) if value is not None}


def _is_line(values, forms, fills):
    """One text that is filled or stands beside a swatch, or the name of a colour and what it means."""
    swatches = {column for column, form in forms.items() if form.fill in fills}
    if not values or len(values) > MAX_VALUES or not swatches or not all(map(_is_legend, values.values())):
        return False
    first, *others = values
    beside = {first - 1, first, first + 1} & swatches
    names_a_colour = any(_names(values[first], words) for words in WORDS.values())
    return bool(beside) and len(swatches) <= MAX_SWATCHES and (not others or names_a_colour)


def legend_of(sheets, is_listed):
    """{fill: words} of the coloured cells with a text in them or next to them, outside the list.

    `is_listed(sheet, row, column, form)` says which cells belong to the list.
    """
    found = defaultdict(dict)
    for sheet in _holders(sheets):
        for row, forms in sheet.forms.items():
            for column, form in forms.items():
                is_outside = not is_listed(sheet, row, column, form) and not _is_frame(sheet, row)
                if form.fill and is_outside and (words := _words(sheet, row, column)):
                    found[form.fill][words] = True
    return {fill: "; ".join([*words][:MAX_WORDS])[:MAX_VALUE_LENGTH] for fill, words in found.items()}


def legend_in_words(sheets, is_listed, fills):
    """{fill: words} of those fills whose colour a text outside the list names: "żółte: wygasłe"."""
    found = {}
    for fill in fills:
        colour = WORDS.get(colour_key(fill), ())
        texts = (text for sheet in _holders(sheets) for text in _texts_outside(sheet, is_listed))
        if said := next((text for text in texts if _names(text, colour)), None):
            found[fill] = said
    return found


def _names(text, colour):
    """Whether one of the words of a text is a word for a colour, or begins like one: "żółt-"."""
    words = [word.strip("().,:;=–-") for word in text.casefold().split()]
    begin = tuple(word[:-1] for word in colour if word.endswith("-"))
    return any(word in colour or word.startswith(begin) for word in words) if colour else False


def _texts_outside(sheet, is_listed):
    for row, values in sheet.rows.items():
        for column, value in enumerate(values, 1):
            is_outside = not is_listed(sheet, row, column, None) and not _is_frame(sheet, row)
            if is_outside and _is_legend(value):
                yield value


def _holders(sheets):
    """The sheets of the list, and those others that are small."""
    return [sheet for sheet in sheets if not sheet.left_out or len(sheet.rows) <= MAX_LEGEND_ROWS]


def _is_frame(sheet, row):
    return sheet.left_out_rows.get(row) in FRAME


def _words(sheet, row, column):
    """What a coloured cell says, with what stands to its right; of an empty one what stands next to it."""
    values, forms = sheet.rows.get(row, []), sheet.forms[row]

    def is_filled(place):
        return place in forms and bool(forms[place].fill)

    def text_at(place):
        value = values[place - 1] if 0 < place <= len(values) else None
        return " ".join(value.split()) if _is_legend(value) else ""

    own, right = text_at(column), "" if is_filled(column + 1) else text_at(column + 1)
    if own or is_filled(column + 1):
        return " – ".join(filter(None, [own, right]))
    others = (text_at(place) for place in (column + 2, column - 1) if not is_filled(place))
    return right or next(filter(None, others), "")


def _is_legend(value):
    return isinstance(value, str) and len(value) <= MAX_LEGEND_LENGTH and any(map(str.isalpha, value))
