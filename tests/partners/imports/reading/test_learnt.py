"""What staff say of an unknown column of a list is known of the next file, until it is taken back."""

import pytest
from django.core.exceptions import ValidationError

from krakow_intl.core.workbooks import Page, write_book
from krakow_intl.imports.books import plan_book
from krakow_intl.imports.nouns import NOUNS
from partners.imports.lists import plan_noun
from partners.imports.reading.learnt import learnt_names
from partners.imports.writing.applying import apply_import, preview, store_upload
from partners.imports.writing.undo import undo_import
from partners.models import PartnerCity, SheetAlias
from tests.lists import stamp
from tests.partners.imports.conftest import plan_of, said, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cities")]
ROWS = [["slug", "country", "Einwohner"], ["lviv", "UA", "700000"]]
MAPPING = {"Einwohner": "population:en"}


def applied(**given):
    record = store_upload(sheet(*ROWS), "miasta.csv", None, "cities")
    record.mapping = given
    preview(record)
    return apply_import(record, None)


def test_a_column_that_was_explained_is_known_of_the_next_file_of_that_list_alone():
    assert (0, "unknown-column") in said(plan_noun("cities", sheet(*ROWS)))
    assert applied(**MAPPING).result == "applied"
    word = SheetAlias.objects.get()
    assert (word.text, word.meaning, word.language) == ("cities: Einwohner", "cities.population", "en")
    assert learnt_names(NOUNS["cities"]) == {"einwohner": ("population", "en")}
    plan = plan_noun("cities", sheet(*ROWS))
    assert (said(plan), plan.counts["unchanged"]) == ([], 1)
    assert learnt_names(NOUNS["institutions"]) == {}
    assert "Einwohner" not in [heading.name for heading in plan_of(["Miasto", "Einwohner"], ["Lwów", "7"]).headings]


def test_the_lists_of_a_workbook_know_it_too():
    applied(**MAPPING)
    book = write_book([Page("cities", ROWS)], "xlsx")
    assert said(plan_book(book, stamp(), learnt=learnt_names)) == []
    assert (0, "unknown-column") in said(plan_book(book, stamp()))


def test_what_was_learnt_of_a_column_is_taken_back_with_the_import():
    record = applied(**MAPPING).record
    undo_import(record, None)
    assert (SheetAlias.objects.count(), PartnerCity.objects.get(slug="lviv").population) == (0, None)


def test_staff_may_enter_such_a_word_themselves_but_no_column_that_the_list_lacks():
    SheetAlias(about="column", text="cities: Inhabitants", meaning="cities.population").full_clean()
    for text, meaning in (("cities: Inhabitants", "cities.inhabitants"), ("Inhabitants", "cities.population")):
        with pytest.raises(ValidationError):
            SheetAlias(about="column", text=text, meaning=meaning).full_clean()
