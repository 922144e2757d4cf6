"""What was said of one file is said of the next one with the same columns."""

import pytest
from django.core.management import CommandError, call_command

from partners.imports.writing.applying import preview, store_upload
from partners.imports.writing.recipes import columns_of, is_worth_keeping, keep_recipe, recipes_for, use_recipe
from partners.models import Agreement, Recipe
from tests.partners.imports.conftest import record_of, sheet
from tests.spreadsheets.writers import archive, worksheet, xlsx_parts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cities")]
HEAD = ["Partnerkommune", "Bemerkung"]
SAID = {
    "mapping": {"Partnerkommune": "city:en"},
    "decisions": {"constant:kind": "partnership", "constant:signed_on": "not-recorded", "agreement:2": "new"},
}


def test_a_recipe_keeps_what_does_not_hold_for_one_row_alone():
    recipe = keep_recipe(record_of(HEAD, ["Lwów", "x"], **SAID), "Destatis", None)
    assert {*recipe.decisions} == {"constant:kind", "constant:signed_on", "asked"}
    again = keep_recipe(record_of(HEAD, ["Lwów", "x"], mapping={"Partnerkommune": "city:pl"}), "Destatis", None)
    assert (again.pk, Recipe.objects.get().mapping) == (recipe.pk, {"Partnerkommune": "city:pl"})


@pytest.mark.parametrize(("header", "is_kept"), [("0:1-1", False), ("0:0-0", True)])
def test_names_that_were_explained_may_stand_elsewhere_in_the_next_file(header, is_kept):
    record = record_of(HEAD, ["Lwów", "x"], mapping=SAID["mapping"], decisions={"header": header, "asked": {}})
    assert ("header" in keep_recipe(record, "Destatis", None).decisions) == is_kept


def test_it_is_found_by_the_columns_and_read_by():
    keep_recipe(record_of(["Ort", "Zeit"], ["x", "y"]), "another", None)
    keep_recipe(record_of(HEAD, ["Lwów", "x"], **SAID), "Destatis", None)
    record = record_of([*reversed(HEAD)], ["x", "Mediolan"])
    assert (record.counts["rows"], is_worth_keeping(record)) == (0, False)
    recipe, other = recipes_for(record)
    assert (recipe.name, columns_of(record) == recipe.columns, other.columns == recipe.columns) == (
        "Destatis",
        True,
        False,
    )
    use_recipe(record, recipe)
    preview(record)
    assert record.counts["new"] == 1


def test_it_is_found_before_one_of_several_sheets_is_chosen():
    rows = [[["Miasto", "Rodzaj aktu", "Data podpisania"], ["Lwów", "protokół", year]] for year in ("2005", "2006")]
    data = archive(xlsx_parts({name: worksheet(some) for name, some in zip(("Ukraina", "Niemcy"), rows, strict=True)}))
    record = store_upload(data, "umowy.xlsx", None)
    record.sheet = "*"
    preview(record)
    recipe = keep_recipe(record, "Wykaz", None)
    record.sheet = ""
    preview(record)
    assert (record.report["messages"][0]["code"], columns_of(record)) == ("choose-sheet", recipe.columns)


def test_the_command_reads_a_file_by_a_recipe(tmp_path, capsys):
    keep_recipe(record_of(HEAD, ["Lwów", "x"], **SAID), "Destatis", None)
    file = tmp_path / "list.csv"
    file.write_bytes(sheet(HEAD, ["Mediolan", "x"]))
    call_command("import_agreements", file, recipe="Destatis", apply=True)
    assert Agreement.objects.get().city.slug == "milan"
    with pytest.raises(CommandError, match="Destatis"):
        call_command("import_agreements", file, recipe="unknown")
