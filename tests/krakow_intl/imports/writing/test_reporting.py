"""The answer to each sample, in the words of the contract."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.translation import override

from krakow_intl.imports.writing.reporting import kept_report, report_of
from partners.imports.planning.planner import plan_import
from partners.models import Agreement, PartnerCity, SheetImport
from tests.partners.factories import AgreementFactory
from tests.partners.imports.conftest import HEADER, plan_of
from tests.spreadsheets import build
from tests.spreadsheets.lists import SCRIPT
from tests.spreadsheets.samples import LIST, SAMPLES, text

REPORTS = json.loads(Path(build.__file__).with_name("reports.json").read_text())
ACTIONS = ("new", "changed", "unchanged", "doubtful", "refused")
HEAD = ["file", "sheet", "encoding", "delimiter", "header_row", "rows", *ACTIONS, "applied", "import_id"]
LEVELS = {"error", "warning", "decision"}


@pytest.fixture
def report(register_without_agreements, tmp_path):
    """(exit status, report) of the command for a file; standard output holds nothing else."""

    def run(name, data, language="en", **options):
        (tmp_path / Path(name).name).write_bytes(data)
        output, status = StringIO(), 0
        try:
            with override(language):
                call_command("import_agreements", str(tmp_path / name), report="json", stdout=output, **options)
        except SystemExit as exit:
            status = exit.code
        return status, json.loads(output.getvalue())

    return run


def test_every_sample_has_its_report():
    assert set(REPORTS) == set(SAMPLES)


@pytest.mark.once
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_gets_its_report(name, report):
    status, found = report(name, SAMPLES[name].make())
    assert summary(status, found, REPORTS[name].get("plan", {})) == REPORTS[name]
    assert not Agreement.objects.exists()
    assert (found["file"], found["applied"], found["import_id"]) == (name, False, None)
    keeps_to_the_contract(status, found)


def keeps_to_the_contract(status, found):
    assert list(found) == [*HEAD, "plan", "messages", "questions", "lists", "ledger"]
    assert [list(row) for row in found["plan"]] == [["row", "action", "agreement", "values"]] * found["rows"]
    assert {action: [row["action"] for row in found["plan"]].count(action) for action in ACTIONS} == {
        action: found[action] for action in ACTIONS
    }
    numbers = [row["row"] for row in found["plan"]]
    assert numbers == sorted(set(numbers))
    for message in found["messages"]:
        assert list(message) == ["row", "column", "value", "level", "code", "text"]
        assert message["level"] in LEVELS
        assert message["text"].strip()
    told = {message["row"]: message["level"] for message in found["messages"] if message["level"] != "warning"}
    assert set(told) == {row["row"] for row in found["plan"] if row["action"] in ("doubtful", "refused")} | (
        {None} if status == 2 else set()
    )


def summary(status, report, rows):
    """A report in the short form in which the expected ones are kept; `rows` are the numbers of those looked at."""
    says = {}
    for message in report["messages"]:
        place = message["code"] if message["column"] is None else f"{message['code']} {message['column']}"
        says.setdefault(place, []).append(message["row"])
    found = {"status": status, "says": {place: spans(numbers) for place, numbers in says.items()}}
    if status == 2:
        return found
    found |= {name: report[name] for name in ("sheet", "encoding", "delimiter") if report[name]}
    found |= {"header_row": report["header_row"]} if report["header_row"] > 1 else {}
    found["counts"] = {action: report[action] for action in ACTIONS if report[action]}
    planned = {str(row["row"]): [row["action"], row["agreement"], row["values"]] for row in report["plan"]}
    return found | {"plan": {number: planned[number] for number in rows}}


def spans(numbers):
    if numbers[0] is None:
        return "file"
    found = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found)


def test_texts_follow_the_language_and_codes_do_not(report):
    data = text([*LIST, ["Lwów", "Ukraina", "umowa", "31.02.2001"]]).encode()
    (_, polish), (_, english) = report("a.csv", data, "pl"), report("a.csv", data, "en")
    assert [m["code"] for m in polish["messages"]] == [m["code"] for m in english["messages"]]
    assert "31 February 2001 does not exist" in english["messages"][-1]["text"].replace("\xa0", " ")
    assert "31 lutego 2001" in polish["messages"][-1]["text"].replace("\xa0", " ")


def test_an_applied_import_tells_its_number(report):
    status, found = report("umowy.csv", text(LIST).encode(), apply=True)
    record = SheetImport.objects.get()
    assert (status, found["applied"], found["import_id"]) == (0, True, record.pk)
    assert Agreement.objects.count() == 4


def test_the_kept_report_speaks_both_languages_and_gives_the_bad_rows_back(register_without_agreements):
    plan = plan_of(HEADER, ["Nigdzie", "umowa o partnerstwie", "1991"], ["Lwów", "umowa o partnerstwie", "1992"])
    kept = json.loads(json.dumps(kept_report(plan, "umowy.csv")))
    assert set(kept["messages"][0]["text"]) == {"pl", "en"}
    assert [row["cells"] for row in kept["plan"]] == [["Nigdzie", "umowa o partnerstwie", "1991"], []]
    [question] = kept["questions"]
    assert (question["key"], question["rows"]) == ("city:nigdzie", [2])
    assert {"new-city", "leave-out", "lviv"} <= {value for value, _label in kept["lists"][question["list"]]["pl"]}
    assert kept["headers"] == HEADER


def test_a_kept_report_of_scripts_is_plain_data(register_without_agreements):
    plan = plan_import(text([HEADER, [SCRIPT, SCRIPT, SCRIPT]]).encode())
    assert json.loads(json.dumps(kept_report(plan, SCRIPT)))["plan"][0]["cells"] == [SCRIPT] * 3


def test_a_kept_report_tells_changes_field_by_field(register_without_agreements):
    AgreementFactory(
        city=PartnerCity.objects.get(slug="lviv"), number=1, signed_on="1991", kind="partnership", resolution="I/1"
    )
    plan = plan_of([*HEADER, "Uchwała"], ["Lwów", "umowa o partnerstwie", "1991", "II/2"])
    assert kept_report(plan, "x")["plan"][0]["changes"] == [["resolution", "I/1", "II/2"]]
    assert report_of(plan, "x")["changed"] == 1


def test_a_kept_report_tells_each_event_as_programs_read_it(register_without_agreements):
    events = [{"kind": "ratified", "taken_on": "1992"}]
    AgreementFactory(city=PartnerCity.objects.get(slug="lviv"), signed_on="1991", kind="partnership", events=events)
    cell = "ratyfikacja 1992 (Kraków); zawieszono 2002-03, ze skutkiem od 2002-04-01"
    row = kept_report(plan_of([*HEADER, "Zdarzenia"], ["Lwów", "umowa o partnerstwie", "1991", cell]), "x")["plan"][0]
    assert row["values"]["events"] == ["ratified 1992 home", "suspended 2002-03/2002-04-01"]
    assert row["changes"] == [
        ["events", "ratified 1992", "ratified 1992 home"],
        ["events", None, "suspended 2002-03/2002-04-01"],
    ]
