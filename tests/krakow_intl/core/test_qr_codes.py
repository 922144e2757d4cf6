"""A text becomes a square of dots, drawn without anything from elsewhere."""

import re

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from krakow_intl.core.qr_codes import qr_code

# one stretch of dark dots: "M4 4h7v1h-7z"
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\d+z")


def test_the_path_has_a_dot_wherever_the_code_has_one():
    text = "otpauth://totp/anna?secret=JBSWY3DPEHPK3PXP&issuer=localhost"
    size, path = qr_code(text)
    expected = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    expected.add_data(text)
    expected.make(fit=True)
    drawn = [[False] * size for _ in range(size)]
    for x, y, width in (map(int, found) for found in RUN.findall(path)):
        drawn[y][x : x + width] = [True] * width
    assert drawn == [[bool(dot) for dot in row] for row in expected.get_matrix()]
    assert RUN.sub("", path) == ""
