import struct
import time
import zipfile

import pytest

from krakow_intl.sheets.messages import SheetError
from krakow_intl.sheets.safety import MAX_PARTS, kind_of, open_archive
from tests.spreadsheets.samples import LIST
from tests.spreadsheets.writers import archive, ods_parts, xlsx, xlsx_parts


def refusal_of(data):
    with pytest.raises(SheetError) as refusal:
        admit(data)
    return refusal.value


def admit(data):
    return open_archive(data) if kind_of(data) == "zip" else kind_of(data)


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [
        (b"%PDF-1.4", "pdf"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"GIF89a", "picture"),
        (b"{\\rtf1", "word"),
        (b"\x1f\x8b\x08", "archive"),
        (b"Rar!\x1a", "archive"),
        (b"7z\xbc\xaf\x27", "archive"),
        (b"<!DOCTYPE html><p>", "html"),
        (b" \r\n<HTML>", "html"),
        (b"\xef\xbb\xbf<table><tr>", "html"),
        (b'<?xml version="1.0"?><html>', "html"),
        (b'<?xml version="1.0"?><Workbook>', "flat-xml"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "exchange"),
        (b'TABLE\r\n0,1\r\n"EXCEL"\r\n', "exchange"),
        (b'[{"miasto":"Lipsk"}]', "json"),
        (b'\xef\xbb\xbf{\n "agreements": []}', "json"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "unknown"),
    ],
)
def test_a_file_is_known_by_its_content(beginning, kind):
    assert refusal_of(beginning).value == kind


@pytest.mark.parametrize(
    "data", [b"Miasto;Kraj", "Łódź".encode("utf-16"), b"<Lviv>;Ukraine", b"ID;Partner\r\n1;Lviv", b"[1];Lviv"]
)
def test_what_begins_like_nothing_else_is_text(data):
    assert kind_of(data) == "csv"


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty-file"), (b"\xff\xfe \0", "empty-file"), (bytes(500), "damaged")]
)
def test_nothing_but_zeros_is_a_damaged_file(data, code):
    assert refusal_of(data).code == code


def test_a_spreadsheet_without_the_name_of_its_kind_is_known_by_its_parts():
    parts = ods_parts(*LIST)
    del parts["mimetype"]
    assert open_archive(archive(parts))[1] == "ods"


def test_parts_that_together_describe_too_much_are_refused():
    relations = f"<Relationships>{''.join(f'<a{number:x}/>' for number in range(90_000))}</Relationships>"
    more = {f"xl/_rels/{number}.rels": relations for number in range(6)}
    assert refusal_of(xlsx(*LIST, more=more)).code == "too-much"


def test_as_many_parts_as_allowed_are_read_and_not_one_more():
    parts = xlsx_parts({"Umowy": "<worksheet/>"})
    more = {f"xl/{number}": "" for number in range(MAX_PARTS - len(parts))}
    assert open_archive(archive(parts | more))[1] == "xlsx"
    assert refusal_of(archive(parts | more | {"xl/more": ""})).code == "too-many-parts"


@pytest.mark.parametrize("name", ["../x", "xl/../../x", "/etc/passwd", "C:/x", "..\\x", "xl\\..\\..\\x", "a\x01b"])
def test_a_part_that_would_leave_the_archive_is_refused(name):
    assert refusal_of(xlsx(*LIST, more={name: "x"})).code == "unsafe-name"


def test_a_part_without_a_name_is_damaged():
    data = xlsx(*LIST, more={"nameless": "x"}).replace(b"nameless", b"\0ameless")
    assert refusal_of(data).code == "damaged"


def test_parts_may_be_written_with_backslashes():
    parts = {name.replace("/", "\\"): content for name, content in xlsx_parts({"Umowy": "<worksheet/>"}).items()}
    opened, kind = open_archive(archive(parts))
    assert (kind, "xl/workbook.xml" in opened) == ("xlsx", True)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_compression_is_refused(method):
    assert refusal_of(archive(xlsx_parts({"Umowy": "<worksheet/>"}), method)).code == "damaged"


@pytest.mark.parametrize("size", [10, 1_000_000_000])
def test_a_part_that_lies_about_its_size_is_damaged(size):
    data = xlsx(*LIST)
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/worksheets/sheet1.xml"))
    lying = data[: entry + 24] + struct.pack("<I", size) + data[entry + 28 :]
    assert refusal_of(lying).code == "damaged"


def test_a_part_that_unpacks_two_hundred_times_over_is_refused_before_it_is_unpacked():
    data = xlsx(*LIST, more={"xl/media/image1.bmp": bytes(60 << 20)})
    started = time.process_time()
    assert refusal_of(data).code == "zip-bomb"
    assert time.process_time() - started < 0.2


@pytest.mark.parametrize(
    "relation", ["attachedTemplate", "externalLinkPath", "image", "oleObject"], ids=lambda relation: relation
)
def test_a_relation_to_elsewhere_is_refused_by_its_target(relation):
    rel = f'<Relationship Id="r" Type="x/{relation}" Target="http://example.org/x" TargetMode="External"/>'
    refusal = refusal_of(xlsx(*LIST, more={"xl/_rels/styles.xml.rels": f"<Relationships>{rel}</Relationships>"}))
    assert (refusal.code, refusal.value) == ("external-links", "http://example.org/x")


def test_the_document_type_that_openoffice_gave_its_manifest_is_no_fault():
    manifest = '<!DOCTYPE m PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"><m/>'
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": manifest}
    assert open_archive(archive(parts))[1] == "ods"
    declared = manifest.replace('"Manifest.dtd"', '"Manifest.dtd" [<!ENTITY a "b">]')
    assert refusal_of(archive(parts | {"META-INF/manifest.xml": declared})).code == "entities"
