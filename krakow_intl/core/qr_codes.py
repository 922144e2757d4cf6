"""A text as a square of dots that a telephone reads."""

from itertools import groupby

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M


def qr_code(text):
    """(size, path): the side of the square in dots, its white margin included, and its dark dots as an SVG path."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    return len(rows), "".join(_run(*run) for y, row in enumerate(rows) for run in _runs(row, y))


def _runs(row, y):
    """(x, y, width) of the dark stretches of a row."""
    x = 0
    for is_dark, dots in groupby(row):
        width = len([*dots])
        if is_dark:
            yield x, y, width
        x += width


def _run(x, y, width):
    return f"M{x} {y}h{width}v1h-{width}z"
