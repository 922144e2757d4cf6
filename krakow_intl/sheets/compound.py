"""The compound file of older office programs: named streams in sectors that a table chains, as on a floppy disk."""

import struct

from krakow_intl.sheets.messages import SheetError

NO_SECTOR = 0xFFFFFFFA  # this and above: the end of a chain, or none
MINI_SECTOR = 64
IN_HEADER = 109  # places in the header for sectors of the table


def read_streams(data, wanted):
    """The first of the `wanted` streams, and the names of all; SheetError where the chains do not hold."""
    try:
        return _Compound(data).read(wanted)
    except struct.error as error:
        raise SheetError("damaged", "xls") from error


class _Compound:
    def __init__(self, data):
        self.data = data
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise SheetError("damaged", "xls")
        self.size = 1 << shift
        self.directory, _sign, self.cutoff, self.mini, _count, self.extra = struct.unpack_from("<6I", data, 48)
        self.table = _numbers(b"".join(map(self._sector, self._table_sectors())))

    def read(self, wanted):
        directory = self._chain(self.directory)
        entries = [directory[start : start + 128] for start in range(0, len(directory) - 127, 128)]
        streams = {name: struct.unpack_from("<2I", entry, 116) for entry in entries if (name := _entry_name(entry))}
        if wanted not in streams or "Root Entry" not in streams:
            raise SheetError("damaged", "xls")
        start, size = streams[wanted]
        if size >= self.cutoff:
            return self._chain(start)[:size], list(streams)
        small = self._chain(streams["Root Entry"][0])
        table = _numbers(self._chain(self.mini))
        starts = (number * MINI_SECTOR for number in _numbers_of_chain(start, table))
        return b"".join(small[start : start + MINI_SECTOR] for start in starts)[:size], list(streams)

    def _sector(self, number):
        return self.data[(number + 1) * self.size : (number + 2) * self.size]

    def _chain(self, start):
        return b"".join(map(self._sector, _numbers_of_chain(start, self.table)))

    def _table_sectors(self):
        """The sectors that hold the table itself: some are listed in the header, more in sectors of their own."""
        listed = list(struct.unpack_from(f"<{IN_HEADER}I", self.data, 76))
        following, budget = self.extra, len(self.data) // self.size
        while following < NO_SECTOR and budget:
            *numbers, following = _numbers(self._sector(following)) or [NO_SECTOR]
            listed += numbers
            budget -= 1
        return [number for number in listed if number < NO_SECTOR][: len(self.data) // self.size]


def _numbers(data):
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _numbers_of_chain(start, table):
    seen = 0
    while start < NO_SECTOR:
        if start >= len(table) or seen > len(table):
            raise SheetError("damaged", "xls")
        yield start
        start, seen = table[start], seen + 1


def _entry_name(entry):
    (length,) = struct.unpack_from("<H", entry, 64)
    return entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
