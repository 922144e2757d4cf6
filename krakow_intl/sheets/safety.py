"""What a file is, by its content, and whether it is safe to open: within limits, and free of what could do harm."""

import io
import re
import struct
import zipfile
import zlib

from krakow_intl.sheets import markup
from krakow_intl.sheets.messages import SheetError

MAX_BYTES = 10 << 20
MAX_ROWS = 10_000
MAX_COLUMNS = 60
MAX_TEXT = 32_767  # characters in a cell: no spreadsheet program writes more
MAX_PARTS = 1_000
MAX_UNPACKED = 64 << 20
MAX_RATIO = 200
MAX_DESCRIPTION = 2 * markup.MAX_ELEMENTS  # of all parts that are no sheets
PIECE = 1 << 16
BLANK = b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"  # white space and the marks of UTF-8 and UTF-16

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DIRECTORY_ENTRY, DIRECTORY_END = b"PK\x01\x02", b"PK\x05\x06"
SIGNATURES = [
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"{\\rtf", "word"),
    (b"MIME-Version:", "html"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\x09\x08", "old-excel"),
    (b"\x09\x04", "old-excel"),
    (b"\x09\x02", "old-excel"),
]
LISTS_OF_OTHER_PROGRAMS = [  # a list whose first column is "ID" begins like SYLK, but does not go on like it
    # SYLK: b"ID;PWXL;N;E\r\nB;Y5;X3"
    (re.compile(rb"ID;P[^\r\n]*\r?\n(?:[BCFOPW]|NN|NU);[A-Z]"), "exchange"),
    # DIF: b'TABLE\r\n0,1\r\n"EXCEL"'
    (re.compile(rb'TABLE\r?\n0,1\r?\n"'), "exchange"),
    # JSON: b'[{"Miasto": "Lwów"'
    (re.compile(rb'[\[{]\s*(?:[\[{]\s*)*"[^"]*"\s*[:,\]]'), "json"),
]
# the beginning of a web page: b"<!DOCTYPE html", b"<table"
PAGE = re.compile(rb"<(?:!doctype html|html|head|body|table)\b", re.I)
MANIFEST = "meta-inf/manifest.xml"
PACKINGS = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED
MIME_TYPES = {"spreadsheet": "ods", "spreadsheet-template": "ods", "presentation": "presentation", "text": "word"}
# the path of a part by which a kind of document is known, in small letters: "xl/workbook.bin", "index/document.iwa"
PATHS = [
    (r"xl/workbook\.bin", "binary-excel"),
    (r"xl/", "xlsx"),
    (r"word/", "word"),
    (r"ppt/", "presentation"),
    (r"content\.xml", "ods"),
    (r"index/.*\.iwa|index\.zip|index\.apxl", "numbers"),
]
OLE_STREAMS = [  # in this order: a protected workbook holds the streams of a plain one within it
    ("DRMEncrypted", "rights-protected"),
    ("DRMContent", "rights-protected"),
    ("EncryptedPackage", "encrypted"),
    ("_VBA_PROJECT_CUR", "macros"),
]
OLE_KINDS = {"WordDocument": "word", "PowerPoint Document": "presentation", "Workbook": "xls", "Book": "old-excel"}
ACTIVE_PARTS = [
    # "xl/vbaproject.bin", "xl/macrosheets/sheet1.xml", "basic/standard/module1.xml"
    (re.compile(r"vbaproject\.bin$|/macrosheets/|/dialogsheets/|^basic/|^scripts/"), "macros"),
    # "xl/externallinks/externallink1.xml", "xl/connections.xml"
    (re.compile(r"/externallinks/|/connections\.xml$|/querytables/"), "external-links"),
    # "xl/activex/activex1.xml", "xl/embeddings/oleobject1.bin"
    (re.compile(r"/activex/|/embeddings/"), "embedded-object"),
]


def kind_of(data):
    """What the bytes are: "zip", "xls" or "csv"; anything else is refused with the way to a file that can be read."""
    if not data.strip(BLANK):
        raise SheetError("empty-file") if data.strip(b"\x00") or not data else SheetError("damaged", "NUL")
    if data.startswith(ZIP):
        return "zip"
    if data.startswith(OLE):
        return _kind_of_ole(data)
    _refuse_two_in_one(data)
    kind = next((kind for signature, kind in SIGNATURES if data.startswith(signature)), None) or _kind_of_text(data)
    if kind:
        raise SheetError("unsupported-type", kind)
    return "csv"


def _kind_of_ole(data):
    def holds(stream):
        return stream.encode("utf-16-le") in data

    for stream, code in OLE_STREAMS:
        if holds(stream):
            raise SheetError(code, stream)
    kind = next((kind for stream, kind in OLE_KINDS.items() if holds(stream)), "unknown")
    (directory,) = struct.unpack_from("<I", data.ljust(52, b"\0"), 48)
    if kind == "unknown" and (directory + 2) * 512 > len(data):
        raise SheetError("damaged", "ole")
    if kind != "xls":
        raise SheetError("unsupported-type", kind)
    return kind


def _refuse_two_in_one(data):
    """A picture or a page with a workbook at its end is one thing to one program and another to the next."""
    if DIRECTORY_ENTRY in data and DIRECTORY_END in data:
        raise SheetError("damaged", "zip")


def _kind_of_text(data):
    head = data[:4096].replace(b"\x00", b"").lstrip(BLANK)
    if head.startswith(b"<") and PAGE.search(head):
        return "html"
    for pattern, kind in LISTS_OF_OTHER_PROGRAMS:
        if pattern.match(head):
            return kind
    return "flat-xml" if head.startswith(b"<?xml") else None


class Archive:
    """The parts of a workbook, none of them unpacked further than a list of agreements needs."""

    def __init__(self, data):
        if data.count(DIRECTORY_ENTRY) > MAX_PARTS:
            raise SheetError("too-many-parts", limit=MAX_PARTS)
        end = data.rfind(DIRECTORY_END)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise SheetError("damaged", "zip") from error
        if end + 22 + len(self._zip.comment) != len(data):
            raise SheetError("damaged", "zip")
        self._size, self._budget, self._parts = len(data), MAX_DESCRIPTION, {}
        for info in self._zip.infolist():
            self._admit(info)

    def __contains__(self, part):
        return part.casefold() in self._parts

    def pieces(self, part):
        """The unpacked bytes of a part; a part that is not what its header says is damaged."""
        info = self._parts.get(part.casefold())
        if info is None:
            raise SheetError("damaged", part)
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(PIECE):
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
            raise SheetError("damaged", part) from error

    def elements(self, part):
        found = markup.elements(self.pieces(part), part)
        self._budget -= len(found)
        if self._budget < 0:
            raise SheetError("too-much", part)
        return found

    def inspect(self):
        """Every part unpacked once, thrown away and measured: what the headers say of sizes is not believed."""
        total = 0
        for part, info in self._parts.items():
            size, head = 0, b""
            for piece in self.pieces(part):
                head = head or piece
                size += len(piece)
                if size > MAX_UNPACKED - total or _is_bomb(size, info.compress_size):
                    raise SheetError("zip-bomb", part)
            if size != info.file_size:
                raise SheetError("damaged", part)
            total += size
            if _is_bomb(total, self._size):
                raise SheetError("zip-bomb", part)
            self._inspect_content(part, head)

    def kind(self):
        """Either "xlsx" or "ods"; another kind of document is refused by its name."""
        if "mimetype" in self:
            mime = next(self.pieces("mimetype"), b"")[:100].decode("ascii", "replace").strip()
            kind = MIME_TYPES.get(mime.rpartition("opendocument.")[2], "unknown")
        else:
            kind = next((kind for path, kind in PATHS if any(re.match(path, part) for part in self._parts)), "archive")
        if kind not in ("xlsx", "ods"):
            raise SheetError("unsupported-type", kind)
        return kind

    def refuse_active_parts(self):
        """Macros, embedded objects and data from elsewhere are refused by where they lie, before anything is read."""
        for pattern, code in ACTIVE_PARTS:
            part = next(filter(pattern.search, self._parts), None)
            if part:
                raise SheetError(code, part)

    def refuse_what_the_parts_declare(self):
        """Encryption and parts that lie elsewhere are declared in small parts beside the others."""
        if MANIFEST in self and any(name == "encryption-data" for name, _ in self.elements(MANIFEST)):
            raise SheetError("encrypted")
        for part in self._parts:
            if part.endswith(".rels"):
                self._refuse_links(part)

    def _admit(self, info):
        name = info.filename.replace("\\", "/")
        # a drive, or a control character anywhere: "C:/list.xml", "list\x00.xml"
        if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:|.*[\x00-\x1f]", name):
            raise SheetError("unsafe-name", name[:80])
        if info.flag_bits & 1:
            raise SheetError("encrypted")
        if not name or name.casefold() in self._parts or info.compress_type not in PACKINGS:
            raise SheetError("damaged", name[:80] or "zip")
        if not name.endswith("/"):
            self._parts[name.casefold()] = info

    def _inspect_content(self, part, head):
        if head.startswith(ZIP):
            raise SheetError("nested-archive", part)
        if head.startswith(OLE) and not part.endswith("vbaproject.bin"):
            raise SheetError("embedded-object", part)
        if head.lstrip(BLANK).startswith(b"<"):
            markup.check_prologue(self.pieces(part), part)

    def _refuse_links(self, part):
        for _name, attributes in self.elements(part):
            is_page = attributes.get("Type", "").endswith("/hyperlink")
            if attributes.get("TargetMode", "").casefold() == "external" and not is_page:
                raise SheetError("external-links", attributes.get("Target", "")[:80])


def _is_bomb(size, packed):
    return size > 1 << 20 and size > MAX_RATIO * max(packed, 1)


def open_archive(data):
    """The archive and its kind, fit to be read."""
    archive = Archive(data)
    kind = archive.kind()
    archive.refuse_active_parts()
    archive.inspect()
    archive.refuse_what_the_parts_declare()
    return archive, kind
