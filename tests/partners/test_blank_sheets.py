"""An empty sheet, once filled in, is read without a question, whatever its explanations say."""

from io import BytesIO

import openpyxl
import pytest
from django.utils.translation import override

from krakow_intl.sheets import SheetError, read
from partners.blank_sheets import blank_pages, blank_response, explained_columns, explanations_response
from partners.imports.planning.planner import plan_import
from partners.imports.reading.columns import COLUMNS
from tests.partners.factories import CityFactory, ThemeFactory

pytestmark = pytest.mark.django_db
LANGUAGES = ["pl", "en"]
FILLED_IN = [column for column in COLUMNS if column.code not in ("known_to", "version")]


@pytest.fixture(autouse=True)
def _register():
    CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv", country="UA")
    ThemeFactory(slug="culture", name_pl="kultura", name_en="culture")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_an_empty_sheet_is_taken_for_one(kind, language):
    with override(language):
        plan = plan_import(blank_response(kind).content)
    assert [message.code for message in plan.messages] == ["no-rows"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_of_the_allowed_values_make_a_new_agreement(language):
    with override(language):
        book = openpyxl.load_workbook(BytesIO(blank_response("xlsx").content))
        values = {column.code: allowed[0] for column, _name, _about, allowed in explained_columns() if allowed}
        values |= {"city": "Lviv", "signed_on": "1995", "link": None, "events": None, "how_ended": None}
        book.worksheets[0].append([values.get(column.code) for column in FILLED_IN])
        file = BytesIO()
        book.save(file)
        plan = plan_import(file.getvalue())
    assert (plan.counts["new"], [m.level for m in plan.messages]) == (1, ["warning"])
    assert plan.rows[0].row.values["themes"] == ["culture"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_explained_and_offers_its_values(language):
    with override(language):
        blank, explanations = blank_pages()
    assert blank.rows == [[column.name(language) for column in FILLED_IN]]
    named = [row[0] for row in explanations.rows[1:] if row[0]]
    assert named == [f"{number}. {name}" for number, name in enumerate(blank.rows[0], 1)]
    for index, cells in blank.choices.items():
        first, last = (int(place.rpartition("$")[2]) for place in cells.split("!")[1].split(":"))
        values = [row[2] for row in explanations.rows[first - 1 : last]]
        assert (values[0] is not None, explanations.rows[first - 2][0]) == (True, named[index])
        assert len(explanations.rows) == last or explanations.rows[last][0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_explanations_leave_as_csv_too(language):
    with override(language):
        data = explanations_response("csv").content
        with pytest.raises(SheetError):
            read(data, is_header=lambda names: 0)
        assert str(next(explained_columns())[2]) in data.decode()
