import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate
from django.utils.translation import override

from krakow_intl.core.dates import format_partial_date
from partners.models import Agreement, SheetImport
from tests.partners.factories import AgreementFactory, CityFactory
from tests.partners.imports.conftest import load_words
from tests.spreadsheets.samples import text
from tests.spreadsheets.writers import xlsx
from tests.staff import anna

HEADER = ["Miasto", "Kraj", "Rodzaj aktu", "Data podpisania", "Tytuł"]
GOOD = ["Norymberga", "Niemcy", "umowa o partnerstwie", "9 lipca 2001", "Umowa o partnerstwie"]
BAD = ["Norymberga", "Niemcy", "umowa o partnerstwie", "31.02.2002", "Umowa"]

SAID_ALREADY = "Nothing was written: the register already says what the good rows say."


@pytest.fixture(autouse=True)
def nuremberg(db, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    load_words()
    return CityFactory(slug="nuremberg", name_pl="Norymberga", name_en="Nuremberg", country="DE")


@pytest.fixture
def run(tmp_path):
    """Runs the command on rows, as a file of some kind; returns its exit status and its output."""

    def command(*rows, name="umowy.csv", **options):
        data = xlsx(*rows) if name.endswith("xlsx") else text(list(rows)).encode("cp1250")
        (tmp_path / name).write_bytes(data)
        output, status = StringIO(), 0
        try:
            with override(options.pop("language", "en")):
                call_command("import_agreements", str(tmp_path / name), stdout=output, user=anna(), **options)
        except SystemExit as exit:
            status = exit.code
        return status, output.getvalue()

    return command


@pytest.mark.parametrize("name", ["umowy.csv", "umowy.xlsx"])
def test_a_preview_writes_nothing(run, name):
    status, output = run(HEADER, GOOD, name=name)
    assert (status, Agreement.objects.count(), SheetImport.objects.count()) == (0, 0, 0)
    assert "new: 1" in output
    assert "Nothing was written" in output


@pytest.mark.parametrize("name", ["umowy.csv", "umowy.xlsx"])
def test_apply_writes_drafts_with_history(run, name, nuremberg):
    assert run(HEADER, GOOD, name=name, apply=True)[0] == 0
    agreement = Agreement.objects.get()
    assert (agreement.city, agreement.kind, agreement.signed_on, agreement.title_pl) == (
        nuremberg,
        "partnership",
        "2001-07-09",
        GOOD[4],
    )
    assert (agreement.slug, agreement.publication, agreement.number) == ("nuremberg-partnership-2001-07-09", "draft", 1)
    assert agreement.history.get().history_change_reason == f"import {SheetImport.objects.get().pk}"


def test_nothing_is_written_when_a_row_fails(run):
    status, output = run(HEADER, GOOD, BAD, apply=True)
    assert (status, Agreement.objects.count()) == (1, 0)
    assert "row 3, Data podpisania: 31 February 2002 does not exist" in output.replace("\xa0", " ")
    assert output.rstrip().endswith(
        "Nothing was written, because 1 row is refused or doubtful. Correct it, or add --only-good to write the good "
        "rows."
    )


def test_the_good_rows_are_written_when_that_is_asked(run):
    assert run(HEADER, GOOD, BAD, apply=True, only_good=True)[0] == 1
    assert Agreement.objects.count() == 1


def test_the_same_good_rows_again_make_no_import(run):
    for _time in range(3):
        _status, output = run(HEADER, GOOD, BAD, apply=True, only_good=True)
    first = SheetImport.objects.get()
    assert f"(import {first.pk})" in output
    assert output.rstrip().endswith(SAID_ALREADY)


def test_the_rows_that_were_given_back_are_read_without_a_word_on_their_last_column(run):
    _status, output = run([*HEADER, "Co poprawić"], [*GOOD, "Data podpisania: …"])
    assert "Co poprawić" not in output


def test_a_sheet_of_a_text_file_is_refused(run):
    status, output = run(HEADER, GOOD, sheet="Umowy", apply=True, report="json")
    assert (status, json.loads(output)["messages"][0]["code"]) == (2, "no-sheets")


def test_the_same_file_again_changes_nothing_and_says_so(run):
    run(HEADER, GOOD, apply=True)
    status, output = run(HEADER, GOOD, apply=True)
    assert status == 0
    assert "unchanged: 1" in output
    assert f"This file was read already on {format_partial_date(localdate(), 'en')}" in output
    assert output.rstrip().endswith(SAID_ALREADY)
    assert (Agreement.history.count(), SheetImport.objects.count()) == (1, 1)


def test_the_report_stands_alone_on_standard_output(run):
    status, output = run(HEADER, GOOD, BAD, report="json")
    report = json.loads(output)
    counts = {"rows": 2, "new": 1, "changed": 0, "unchanged": 0, "doubtful": 0, "refused": 1}
    assert status == 1
    assert {name: report[name] for name in counts} == counts
    head = ["file", "sheet", "encoding", "delimiter", "header_row", *counts, "applied", "import_id"]
    head += ["plan", "messages", "questions", "lists", "ledger"]
    assert list(report) == head
    assert (report["file"], report["encoding"], report["delimiter"], report["header_row"]) == (
        "umowy.csv",
        "windows-1250",
        ";",
        1,
    )
    values = {"city": "nuremberg", "country": "DE", "kind": "partnership", "signed_on": "2001-07-09", "title": GOOD[4]}
    assert report["plan"][0] == {
        "row": 2,
        "action": "new",
        "agreement": "nuremberg-partnership-2001-07-09",
        "values": values,
    }
    error = next(message for message in report["messages"] if message["level"] == "error")
    assert (error["row"], error["column"], error["value"], error["code"]) == (
        3,
        "Data podpisania",
        "31.02.2002",
        "impossible-date",
    )
    assert list(error) == ["row", "column", "value", "level", "code", "text"]


def test_answers_come_with_the_sheet_and_are_kept_with_its_import(run, tmp_path):
    rows = [[*GOOD[:2], "p", "12.12.76", "Umowa A"], [*GOOD[:2], "p", "3.04.81", "Umowa B"]]
    report = json.loads(run(HEADER, *rows, report="json")[1])
    [dates, word] = [(question["key"], question["rows"]) for question in report["questions"]]
    assert (dates, word) == (("shape:signed_on:99.99.99", [2, 3]), ("word:kind:p", [2, 3]))
    choices = [value for value, _label in report["lists"][report["questions"][1]["list"]]]
    assert {"partnership", "leave-out"} < {*choices}
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"word:kind:p": "partnership", "shape:signed_on:99.99.99": "day-19", "city:x": "y"}))
    status, output = run(HEADER, *rows, apply=True, answers=answers)
    assert (status, "Nothing asks “city:x”" in output) == (0, True)
    assert {*Agreement.objects.values_list("kind", "signed_on")} == {
        ("partnership", "1976-12-12"),
        ("partnership", "1981-04-03"),
    }
    assert SheetImport.objects.get().decisions["asked"]["word:kind:p"]["rows"] == "2–3"


def test_a_new_city_is_described_among_the_answers(run, tmp_path):
    city = {"name_pl": "Nowy Gród", "name_en": "New Castle", "country": "GB", "latitude": 54.97, "longitude": -1.61}
    row, answers = ["Nowy Gród", "", *GOOD[2:]], tmp_path / "answers.json"
    answers.write_text(json.dumps({"city:nowy grod": city | {"latitude": "north"}}))
    with pytest.raises(CommandError, match="latitude"):
        run(HEADER, row, answers=answers)
    answers.write_text(json.dumps({"city:nowy grod": city}))
    assert run(HEADER, row, apply=True, answers=answers)[0] == 0
    assert Agreement.objects.get().city.slug == "new-castle"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('{"word:kind:p": "marriage"}', "“marriage” is no answer to “word:kind:p”. Answers are: twinning, "),
        ("[]", "holds no answers"),
        ("{", "cannot be read"),
    ],
)
def test_an_answer_that_is_none_is_refused_by_name(run, tmp_path, content, told):
    (tmp_path / "answers.json").write_text(content)
    with pytest.raises(CommandError) as refused:
        run(HEADER, [*GOOD[:2], "p", *GOOD[3:]], answers=tmp_path / "answers.json")
    assert (told in str(refused.value), refused.value.returncode) == (True, 2)


def test_a_file_refused_as_a_whole_still_gets_its_report(run):
    status, output = run(["Miasto", "Rodzaj aktu", "Tytuł"], GOOD[:3], report="json", apply=True)
    report = json.loads(output)
    assert (status, report["rows"], report["applied"]) == (2, 0, False)
    assert [(m["row"], m["code"]) for m in report["messages"]] == [(None, "missing-columns")]
    assert "Data podpisania / Signed on" in report["messages"][0]["text"]


def test_a_file_that_is_too_large_is_not_even_read(run, tmp_path):
    status, output = run(HEADER, [*GOOD[:4], "x" * (11 << 20)], report="json")
    assert (status, json.loads(output)["messages"][0]["code"]) == (2, "too-large")


@pytest.mark.parametrize(("name", "code"), [("nothing.xlsx", "no-such-file"), ("", "unreadable-file")])
def test_a_file_that_cannot_be_read_gets_its_report(name, code, tmp_path, capsys):
    with pytest.raises(SystemExit) as refused:
        call_command("import_agreements", str(tmp_path / name), report="json")
    [message] = json.loads(capsys.readouterr().out)["messages"]
    assert (refused.value.code, message["row"], message["code"]) == (2, None, code)


def test_a_preview_lists_new_agreements_and_what_changes_in_words(run, nuremberg):
    AgreementFactory(city=nuremberg, kind="partnership", signed_on="2001-07-09", title_pl=GOOD[4], valid_from=None)
    new = ["Norymberga", "Niemcy", "deklaracja", "1996", "Deklaracja"]
    _status, output = run([*HEADER, "Obowiązuje od"], [*GOOD, "1.08.2001"], [*new, None], language="pl")
    lines = output.replace("\xa0", " ").splitlines()
    assert "~ wiersz 2: Norymberga · 9 lipca 2001 · Umowa o partnerstwie" in lines
    assert "→ 1 sierpnia 2001" in lines[lines.index("+ wiersz 3: Norymberga · 1996 · Deklaracja") - 1]


def test_a_preview_names_each_new_event(run, nuremberg):
    events = [{"kind": "suspended", "taken_on": "2002", "side": ""}]
    AgreementFactory(city=nuremberg, kind="partnership", signed_on="2001-07-09", title_pl=GOOD[4], events=events)
    told = "suspended 2002 (Kraków side); resumed 1 May 2003"
    new = ["Norymberga", "Niemcy", "deklaracja", "1996", "Deklaracja", "registered 1997"]
    _status, output = run([*HEADER, "Events"], [*GOOD, told], new, language="en")
    lines = output.splitlines()
    assert "    Events: suspended 2002 → suspended 2002 (Kraków side)" in lines
    assert "    Events: — → resumed 2003-05-01" in lines


def test_a_bar_shows_on_a_terminal_how_far_it_is(run, tmp_path):
    class Terminal(StringIO):
        def isatty(self):
            return True

    screen = Terminal()
    run(HEADER, GOOD, stderr=screen)
    assert "100%" in screen.getvalue()
    report = Terminal()
    run(HEADER, GOOD, stderr=report, report="json")
    assert report.getvalue() == ""
