"""Every sample file gets the answer it must get, and no bytes whatever get another one than an answer."""

import subprocess
import sys
from datetime import date
from operator import itemgetter

import pytest
from django.utils.translation import override
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from krakow_intl.sheets import SheetError, clean, read
from krakow_intl.sheets.table import TOTAL
from tests.spreadsheets import build
from tests.spreadsheets.samples import AGREEMENTS, HEADER, LIST, SAMPLES, text
from tests.spreadsheets.writers import (
    archive,
    biff,
    compound,
    ods,
    ods_table,
    worksheet,
    xls,
    xlsx,
    xlsx_parts,
)

NAMES = {"miasto", "kraj", "kraj:", "rodzaj aktu", "data podpisania", "uwagi", "city", "kind", "signed on"}
TOLD_APART = ["wąski", "źródło", "świat", "Gdańsk", "Łódź", "żółć", "Kraków"]  # each file holds letters that differ
HEAVY = [
    *("bomb.xlsx", "bomb-of-cells.xlsx", "bomb-within-the-ratio.xlsx", "10000-parts.xlsx", "nested.xlsx"),
    *("far-cell.xlsx", "far-cell.ods", "far-cell.xls", "formatted-far-away.xlsx", "lying-dimension.xlsx"),
    *("5000-columns.xlsx", "5000-columns.csv", "10001-rows.xlsx", "11-megabytes.csv", "merged-everything.xlsx"),
    *("repeated-emptiness.ods", "repeated-rows-without-end.ods", "repeated-cells.ods", "one-text-everywhere.xlsx"),
    *("deep.xlsx", "long-tag.xlsx", "billion-laughs.xlsx"),
]
MEASURE = """
import sys, time
from krakow_intl.sheets import SheetError, read

def peak():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))

before, started, answer = peak(), time.process_time(), "read"
try:
    read(sys.argv[1], is_header=lambda texts: 5 * ("Miasto" in texts))
except SheetError as error:
    answer = error.code
print(answer, time.process_time() - started, (peak() - before) / 1024)
"""


def is_header(texts):
    return len(NAMES & {text.casefold() for text in texts})


def answer_to(data, **options):
    """The sheet or the refusal."""
    try:
        return read(data, is_header=is_header, **options)
    except SheetError as error:
        return error


def said(sheet):
    return sorted(f"{message.row or '-'} {message.code}" for message in sheet.messages)


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=list(SAMPLES))
def test_a_sample_gets_its_answer(sample):
    answer = answer_to(sample.make())
    if sample.refused:
        assert (answer.code, bool(str(answer.text))) == (sample.refused, True)
        return
    assert not isinstance(answer, SheetError), answer
    assert (len(answer.rows), said(answer)) == (sample.rows, sorted(sample.says))
    assert told(answer, sample) == sample.reads
    assert all(str(message.text) for message in answer.messages)


def told(sheet, sample):
    """What the sample asks of the sheet: attributes, the numbers of its rows, or (a column, its values)."""
    answers = {"numbers": [row.number for row in sheet.rows]}
    if "column" in sample.reads:
        index = sample.reads["column"][0]
        answers["column"] = (index, [row.values[index] for row in sheet.rows])
    return {name: answers[name] if name in answers else getattr(sheet, name) for name in sample.reads}


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_is_answered_within_a_second_and_100_mebibytes(name, tmp_path):
    code, seconds, mebibytes = measure(SAMPLES[name].make(), tmp_path / name, 1)
    assert code == (SAMPLES[name].refused or "read")
    assert (seconds < 1, mebibytes < 100) == (True, True), (seconds, mebibytes)


@pytest.mark.parametrize("write", [xlsx, ods, xls], ids=["xlsx", "ods", "xls"])
def test_the_longest_list_is_read_while_one_waits(write, tmp_path):
    rows = [[f"Lwów {number}", date(1995, 4, 20), number, *AGREEMENTS[0] * 4] for number in range(10_000)]
    data = write([*HEADER, *(f"{name} 2" for name in HEADER)], *rows)
    code, seconds, mebibytes = measure(data, tmp_path / "umowy", 3)
    assert (code, seconds < 3, mebibytes < 100) == ("read", True, True), (seconds, mebibytes)


def measure(data, file, limit):
    """(answer, seconds, mebibytes) of reading the bytes in a process of its own; beyond the limit it has a second try.

    Others may use the processor meanwhile.
    """
    file.write_bytes(data)
    found = measure_once(file)
    return found if found[1] < limit else min(found, measure_once(file), key=itemgetter(1))


def measure_once(file):
    run = subprocess.run([sys.executable, "-c", MEASURE, file], capture_output=True, text=True, check=True)
    code, seconds, mebibytes = run.stdout.split()
    return code, float(seconds), float(mebibytes)


def test_the_samples_are_built_into_a_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "SAMPLES", {name: SAMPLES[name] for name in ("plain.xlsx", "empty.csv")})
    build.build(tmp_path / "samples")
    assert sorted(path.name for path in (tmp_path / "samples").iterdir()) == ["empty.csv", "plain.xlsx"]


def test_a_file_is_read_from_its_path(tmp_path):
    (tmp_path / "umowy.csv").write_text(text(LIST))
    assert answer_to(tmp_path / "umowy.csv").headers == HEADER


def test_rows_are_read_as_they_stand():
    sheet = answer_to(xlsx(*LIST))
    assert [row.values for row in sheet.rows] == AGREEMENTS
    assert [row.number for row in sheet.rows] == [2, 3, 4, 5]


def test_a_sheet_is_chosen_by_its_name_whatever_its_case():
    data = SAMPLES["two-lists.xlsx"].make()
    assert answer_to(data).choices == ["Umowy 2005", "Umowy 2006"]
    assert answer_to(data, sheet="umowy 2006 ").name == "Umowy 2006"


def test_a_name_that_no_sheet_has_is_answered_with_those_there_are():
    refusal = answer_to(SAMPLES["two-lists.xlsx"].make(), sheet="Umowy")
    assert (refusal.code, refusal.choices) == ("no-such-sheet", ["Umowy 2005", "Umowy 2006"])
    with override("en"):
        assert "“Umowy 2005”, “Umowy 2006”" in str(refusal.text)
    with override("pl"):
        assert "„Umowy 2005”, „Umowy 2006”" in str(refusal.text)


def test_no_sheet_of_a_text_file_can_be_asked_for():
    assert answer_to(text([HEADER, AGREEMENTS[0]]).encode(), sheet="Umowy").code == "no-sheets"


def test_names_that_are_not_recognized_are_handed_back():
    refusal = answer_to(text([["Stadt", "Land", "Art"], ["Lemberg", "Ukraine", "Vertrag"]]).encode())
    assert (refusal.code, refusal.choices) == ("no-header", ["Stadt", "Land", "Art"])


def test_a_sheet_beyond_the_limits_is_no_hindrance_to_another():
    wide, tall = worksheet([range(100)]), worksheet([[1]] * 11_000)
    sheet = answer_to(archive(xlsx_parts({"Dane": wide, "Obroty": tall, "Umowy": worksheet(LIST)})))
    assert (sheet.name, len(sheet.rows)) == ("Umowy", 4)


def test_a_sheet_beyond_the_limits_is_refused_where_it_is_the_list():
    wide = worksheet([HEADER, [*AGREEMENTS[0], *range(100)]])
    assert answer_to(archive(xlsx_parts({"Umowy": wide, "Opis": worksheet([["x"]])}))).code == "too-many-columns"


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_more_sheets_than_anybody_keeps_are_refused(kind):
    names = [f"Umowy {number}" for number in range(201)]
    if kind == "xlsx":
        data = archive(xlsx_parts(dict.fromkeys(names, "<worksheet/>")))
    elif kind == "ods":
        data = ods(body="".join(ods_table([], name) for name in names))
    else:
        data = compound({"Workbook": biff({name: [] for name in names})})
    assert answer_to(data).code == "too-much"


def test_exactly_ten_thousand_rows_are_read():
    assert len(answer_to(text([["Wykaz"], HEADER, *[AGREEMENTS[0]] * 10_000]).encode()).rows) == 10_000


cells = st.text('abżółćŁ ;,|\t"\n(-–', max_size=12)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])


@given(st.lists(st.lists(cells, min_size=5, max_size=5), max_size=8), st.sampled_from(";,\t|"), encodings)
@settings(max_examples=150, deadline=None)
def test_a_text_file_is_read_as_it_was_written(rows, separator, encoding):
    assume(not any(TOTAL.fullmatch(cell) for row in rows for cell in row))
    written = text([HEADER, *rows], separator).encode(encoding)
    cleaned = [[clean(cell)[0] or None for cell in row] for row in rows]
    sheet = answer_to(written)
    assert [row.values for row in sheet.rows] == [row for row in cleaned if any(row)]


@given(st.lists(st.lists(st.sampled_from(TOLD_APART), min_size=5, max_size=5), min_size=1), st.sampled_from(";,\t|"))
@settings(max_examples=50, deadline=None)
@pytest.mark.parametrize("encoding", ["windows-1250", "iso-8859-2"])
def test_a_polish_encoding_is_recognized_by_its_letters(encoding, rows, separator):
    rows[0][:3] = TOLD_APART[:3]
    sheet = answer_to(text([HEADER, *rows], separator).encode(encoding))
    assert (sheet.encoding, [row.values for row in sheet.rows]) == (encoding, rows)


@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_get_an_answer(data, beginning):
    answer_to(beginning + data)


SOUND = {"xlsx": xlsx(*LIST), "ods": ods(*LIST), "xls": xls(*LIST), "csv": text(LIST).encode()}
changes = st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=6)


@given(changes, st.integers(0, 1 << 20))
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_file_with_some_bytes_changed_gets_an_answer(kind, changes, length):
    data = bytearray(SOUND[kind])
    for place, byte in changes:
        data[place % len(data)] = byte
    answer_to(bytes(data[: length % len(data)] if length % 3 == 0 else data))
