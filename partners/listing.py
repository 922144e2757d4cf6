"""Texts that one cell lists, divided by semicolons or lines; one that holds such a sign itself stands in quotes."""

import re

# a text in quotes, in which a quote is doubled: the "a; ""b""" of `reason: "a; ""b"""`, not the quote of `5" x`
QUOTED = re.compile(r'(?<![^\s:;,(])"(?:[^"]|"")*"(?![^\s:;,.)])')
# what divides texts that are listed: the ";" of "Rada; Urząd"
DIVIDES = re.compile(r"[;\n]")
NONE = "—"  # stands for a text that is known not to be there
SIGN = "; "


def quote(text):
    return '"{}"'.format(text.replace('"', '""'))


def unquote(text):
    return text[1:-1].replace('""', '"') if QUOTED.fullmatch(text) else text


def masked(text):
    """`text` with signs that say nothing in place of what stands in quotes, sign for sign."""
    return QUOTED.sub(lambda match: "\0" * len(match[0]), text) if '"' in text else text


def divided(text):
    """The texts that a cell lists, without the spaces around them and with the quotes that they stand in."""
    pieces, start = [], 0
    for match in DIVIDES.finditer(masked(text)):
        pieces.append(text[start : match.start()])
        start = match.end()
    return [piece.strip() for piece in [*pieces, text[start:]] if piece.strip()]
