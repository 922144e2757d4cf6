import pytest

from krakow_intl.sheets.markup import MAX_DEPTH, MAX_ELEMENTS, MAX_TOKEN, check_prologue, elements
from krakow_intl.sheets.messages import SheetError


def pieces(text, size=1 << 16):
    data = text if isinstance(text, bytes) else text.encode()
    return (data[start : start + size] for start in range(0, len(data), size))


def code_of(text):
    with pytest.raises(SheetError) as refusal:
        elements(pieces(text), "part")
    return refusal.value.code


def test_elements_are_listed_without_their_prefixes():
    found = elements(pieces('<x:a xmlns:x="y"><x:b r:id="1"/>text</x:a>', size=3), "part")
    assert found == [("a", {"x": "y"}), ("b", {"id": "1"})]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<a>", "damaged"),
        ('<?xml version="1.0" encoding="bogus"?><a/>', "unknown-encoding"),
        ('<?xml version="1.0" encoding="hex"?><a/>', "unknown-encoding"),
        ('<?xml version="1.0" encoding="shift_jis"?><a/>', "damaged"),
        ("", "damaged"),
        ("<a></b>", "damaged"),
        ("<a>&b;</a>", "damaged"),
        ('<!DOCTYPE a SYSTEM "http://example.org"><a/>', "entities"),
        ("<!DOCTYPE a><a/>", "entities"),
        ("<a>" + "<b>" * 30_000, "too-much"),
        ("<a>" + "<b/>" * (MAX_ELEMENTS + 20_000) + "</a>", "too-much"),
        (f"<a>{'<!-- ' + 'x' * (MAX_TOKEN + (1 << 17))}--></a>", "too-much"),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_broken_or_out_of_bounds_is_refused(text, code):
    assert code_of(text) == code


def test_depth_within_bounds_is_read():
    assert len(elements(pieces("<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH), "part")) == MAX_DEPTH


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_noticed_in_any_encoding(encoding):
    declared = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'
    with pytest.raises(SheetError, match="entities"):
        check_prologue(pieces(declared.encode(encoding)), "part")


def test_what_is_no_xml_has_no_document_type():
    assert check_prologue(pieces("<not <xml"), "part") is None
