"""What a file leaves open about itself is asked once, and read by the answer."""

import pytest

from krakow_intl.imports.writing.marked_copy import marked_copy
from krakow_intl.imports.writing.reporting import for_programs, report_of
from partners.imports.planning.planner import plan_import
from partners.models import CityName, PartnerCity
from tests.partners.imports.conftest import HEADER, actions, plan_of, said
from tests.spreadsheets.writers import archive, worksheet, xlsx_parts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cities")]
WITHOUT_NAMES = [["Lwów", "protokół", "2005"], ["Mediolan", "protokół", "2006"]]
MEANINGS = {"A": "city:en", "B": "kind:en", "C": "signed_on:en"}


def by_country():
    sheets = {"Ukraina": [HEADER, ["Lwów", "protokół", "2005"]], "Niemcy": [HEADER, ["Mediolan", "protokół", "2005"]]}
    return archive(xlsx_parts({name: worksheet(rows) for name, rows in sheets.items()}))


def test_a_list_without_names_is_read_by_the_letters_of_its_columns():
    plan = plan_of(*WITHOUT_NAMES)
    assert (said(plan), [*plan.questions]) == ([(0, "no-header")], ["header"])
    values = [value for value, _label in plan.questions["header"].choices]
    assert values == ["0:1-1", "0:2-2", "0:1-2", "0:turned", "0:0-0"]
    plan = plan_of(*WITHOUT_NAMES, decisions={"header": "0:0-0"})
    assert (plan.is_refused, [sample.code for sample in plan.samples]) == (True, ["city", "kind", "signed_on"])
    plan = plan_of(*WITHOUT_NAMES, decisions={"header": "0:0-0"}, mapping=MEANINGS)
    assert (actions(plan), plan.ledger.left_out) == (["new", "new"], [])


def test_a_turned_list_is_read_on_its_side_once_a_person_says_so():
    rows = [["Miasto", "Lwów", "Mediolan"], ["Rodzaj aktu", "protokół", "umwa"], ["Data podpisania", "2005", "2006"]]
    plan = plan_of(*rows)
    assert (said(plan), [*plan.questions]) == ([(0, "turned-list")], ["header"])
    assert plan.questions["header"].choices[0][0] == "0:turned"
    plan = plan_of(*rows, decisions={"header": "0:turned"})
    assert (actions(plan), plan.ledger.cells, plan.ledger.left_out) == (["new", "doubtful"], 9, [])
    told = for_programs(report_of(plan, ""), plan)
    assert ([row["row"] for row in told["plan"]], told["questions"][0]["rows"]) == (["B", "C"], ["C"])
    assert marked_copy(plan, {})


def test_a_column_that_very_likely_holds_it_is_not_asked_for_as_a_constant():
    plan = plan_of(["Ort", "Art"], ["Lwów", "x"], decisions={"header": "0:1-1"})
    assert {*plan.questions} == {"constant:kind", "constant:signed_on"}


def test_the_names_of_sheets_are_offered_as_what_they_seem_to_say():
    plan = plan_import(by_country(), sheet="*")
    assert (actions(plan), [*plan.questions]) == (["new", "new"], ["sheets"])
    plan = plan_import(by_country(), sheet="*", decisions={"sheets": "country"})
    assert (said(plan)[0][1], [row["row"] for row in for_programs(report_of(plan, ""), plan)["plan"]]) == (
        "other-country",
        ["Ukraina!2", "Niemcy!2"],
    )
    assert marked_copy(plan, {})
    plan = plan_import(by_country(), sheet="*", decisions={"sheets": "-"})
    assert plan.questions == {}


GERMAN = ["Kommune", "Bundesland", "Partnerkommune", "Land", "Art", "seit"]


def partnerships(count):
    """A German list, one row a link, as the bytes of a text file of Windows."""
    known = [("Lwów", "Ukraine"), ("Mailand", "Italien")]
    rows = [["Kommunale Partnerschaften"], GERMAN]
    for number in range(count):
        city = known[number % 2] if number % 100 < 2 else (f"Gemeinde Q{number:05}", "Österreich")
        rows.append([f"Bad Süßen {number}", "Bayern", *city, "Partnerschaft", str(1950 + number % 60)])
    return "\r\n".join(";".join([*row, *[""] * (6 - len(row))]) for row in rows).encode("cp1250")


def test_a_list_of_partnerships_of_another_country_goes_in_with_a_handful_of_answers():
    data = partnerships(2000)
    CityName.objects.create(city=PartnerCity.objects.get(slug="milan"), name="Mailand", language="de")
    plan = plan_import(data)
    assert (said(plan), [*plan.questions]) == ([(0, "no-header")], ["header"])
    decisions = {"header": "0:2-2"}
    plan = plan_import(data, decisions=decisions)
    assert {sample.name: sample.code for sample in plan.samples if sample.code} == {
        "Land": "country",
        "seit": "signed_on",
    }
    mapping = {"Partnerkommune": "city:en", "Land": "country:en", "seit": "signed_on:en"}
    plan = plan_import(data, decisions=decisions, mapping=mapping)
    assert [*plan.questions] == ["constant:kind"]
    decisions["constant:kind"] = "partnership"
    plan = plan_import(data, decisions=decisions | {"cities": "leave-out"}, mapping=mapping)
    assert (plan.is_clean, plan.counts["new"], plan.left_out) == (True, 6, 1960)
    plan = plan_import(data, decisions=decisions | {"cities": "drafts"}, mapping=mapping)
    assert (plan.is_clean, plan.counts["new"], len(plan.cities)) == (True, 1966, 1960)
