"""How the cells of a workbook of Excel 97 to 2003 look, and what is noted beside them."""

import struct
from itertools import pairwise

from krakow_intl.sheets.colours import INDEXED, normal
from krakow_intl.sheets.forms import PLAIN, Form

FONT, PALETTE, NOTE, OBJ, TXO, CONTINUE = 0x31, 0x92, 0x1C, 0x5D, 0x1B6, 0x3C
FIRST_OF_THE_PALETTE = 8
NO_FONT = 4  # the number that Excel leaves out as it counts fonts


class Styles:
    """The fonts, colours and styles of a workbook; a style is told by its number among the XF records."""

    def __init__(self):
        self.struck, self.palette, self.cells, self.forms = [], INDEXED, [], {}

    def note(self, kind, body):
        if kind == FONT:
            self.struck.append(bool(body[2:3] and body[2] & 8))
        elif kind == PALETTE:
            (count,) = struct.unpack_from("<H", body.ljust(2, b"\0"))
            own = [body[place : place + 3].hex() for place in range(2, 2 + 4 * min(count, 56), 4)]
            last = FIRST_OF_THE_PALETTE + len(own)
            self.palette = [*INDEXED[:FIRST_OF_THE_PALETTE], *own, *INDEXED[last:]]

    def note_style(self, body):
        """An XF record: which font, whether it is filled and with which of the colours."""
        (font,) = struct.unpack_from("<H", body)
        borders, colours = struct.unpack_from("<IH", body.ljust(20, b"\0"), 14)
        self.cells.append((font, colours & 0x7F if borders >> 26 else None))

    def say_anything(self):
        return any(self.struck) or any(colour is not None for _font, colour in self.cells)

    def is_struck(self, font):
        place = font - (font > NO_FONT)
        return place < len(self.struck) and self.struck[place]

    def look(self, number):
        """The `Form` of a style, `PLAIN` where it says nothing."""
        if number not in self.forms:
            font, colour = self.cells[number] if number < len(self.cells) else (0, None)
            fill = normal(self.palette[colour]) if colour is not None and colour < len(self.palette) else ""
            form = Form(is_struck=self.is_struck(font), fill=fill)
            self.forms[number] = PLAIN if form == PLAIN else form
        return self.forms[number]

    def pieces(self, text, runs):
        """[(text, whether it is struck)] of a text whose `runs` are (place, font); what comes first is as its cell."""
        places = [(0, None), *((place, self.is_struck(font)) for place, font in runs), (len(text), None)]
        return [(text[start:end], is_struck) for (start, is_struck), (end, _next) in pairwise(places) if start < end]


class Notes:
    """The notes of a sheet: where each stands comes in one record, what it says in those of its object."""

    def __init__(self):
        self.object, self.texts, self.places = None, {}, {}
        self.missing, self.parts = 0, []  # characters that are still to come, and those that came

    def note(self, kind, body):
        if kind == OBJ:
            self.object = struct.unpack_from("<3H", body, 4)[1] if len(body) >= 10 else None
        elif kind == TXO:
            (self.missing,), self.parts = struct.unpack_from("<H", body.ljust(12, b"\0"), 10), []
        elif kind == CONTINUE and self.missing:
            self.take(body)
        elif kind == NOTE:
            row, column, _flags, number, length, is_wide = struct.unpack_from("<5HB", body.ljust(11, b"\0"))
            author = body[11 : 11 + length * (1 + is_wide)].decode("utf-16-le" if is_wide else "latin-1", "replace")
            self.places[row + 1, column + 1] = number, author

    def take(self, body):
        width = 1 + (body[0] & 1) if body else 1
        count = min(self.missing, (len(body) - 1) // width)
        piece = body[1 : 1 + count * width]
        self.parts.append(piece.decode("utf-16-le" if width == 2 else "latin-1", "replace"))
        self.missing = max(self.missing - count, 0) if count > 0 else 0
        if not self.missing and self.object is not None:
            self.texts[self.object] = "".join(self.parts)

    def told(self):
        """{(row, column): (text, author)}"""
        return {
            place: (self.texts.get(number, "").removeprefix(f"{author}:").strip(), author)
            for place, (number, author) in self.places.items()
        }
