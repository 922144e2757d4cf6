import struct

import pytest

from krakow_intl.sheets.compound import read_streams
from krakow_intl.sheets.messages import SheetError
from tests.spreadsheets.writers import compound


@pytest.mark.parametrize("size", [1, 63, 64, 65, 4095, 4096, 5000, 70_000, 7_500_000])
def test_a_stream_is_read_wherever_it_lies(size):
    content = bytes(index % 251 for index in range(size))
    stream, names = read_streams(compound({"Other": bytes(100), "Workbook": content}), "Workbook")
    assert (stream == content, names) == (True, ["Root Entry", "Other", "Workbook"])


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:600],
        lambda data: data[:40],
        lambda data: data[:30] + b"\x20\x00" + data[32:],
        lambda data: data[:48] + struct.pack("<I", 0x00FFFFFF) + data[52:],
    ],
    ids=["cut", "cut within the header", "sectors of four gigabytes", "directory beyond the end"],
)
def test_a_file_whose_chains_do_not_hold_is_damaged(change):
    with pytest.raises(SheetError, match="damaged"):
        read_streams(change(compound({"Workbook": bytes(5000)})), "Workbook")


def test_a_stream_that_is_not_there_is_damage():
    with pytest.raises(SheetError, match="damaged"):
        read_streams(compound({"Other": bytes(5000)}), "Workbook")
