import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.fields import (
    ComputedCharField,
    CountryField,
    PartialDateField,
    WebsiteField,
    country_choices,
    country_name,
    currency_code,
    to_partial_date,
)
from partners.models import SheetImport


@pytest.mark.parametrize(
    ("value", "date"), [(None, None), ("", None), ("1996", "1996"), ("9.07.2001", "2001-07-09"), (1996, "1996")]
)
def test_what_a_form_a_fixture_or_a_database_holds_is_a_partial_date(value, date):
    assert to_partial_date(value) == date


def test_a_partial_date_is_itself():
    date = PartialDate("1996")
    assert to_partial_date(date) is date


def test_what_is_no_date_is_refused_in_a_form():
    with pytest.raises(ValidationError) as refusal:
        PartialDateField().formfield().clean("31.02.1979")
    assert refusal.value.code == "impossible"


def test_a_date_can_be_typed_again_as_it_is_shown():
    field = PartialDateField().formfield()
    with override("pl"):
        shown = field.widget.format_value(PartialDate("2001-07-09"))
        assert (shown, field.clean(shown)) == ("9 lipca 2001", "2001-07-09")
        assert field.has_changed("2001-07-09", shown) is False


def test_a_date_is_stored_as_text():
    assert PartialDateField().get_prep_value("9.07.2001") == "2001-07-09"
    assert PartialDateField().get_prep_value("") is None


def test_a_country_has_its_name_in_both_languages():
    assert (country_name("DE", "pl"), country_name("DE", "en"), country_name("??", "en")) == ("Niemcy", "Germany", "??")


@pytest.mark.parametrize("language", ["pl", "en"])
def test_countries_to_choose_from_are_countries(language):
    codes = [code for code, _name in country_choices(language)]
    assert {"PL", "UA", "XK"} <= {*codes}
    assert {"EU", "UN", "ZZ"}.isdisjoint(codes)


def test_a_country_is_one_that_there_is():
    with pytest.raises(ValidationError):
        CountryField().validate("XX", None)


def test_an_address_in_the_web_is_taken_as_https():
    assert WebsiteField().formfield().clean("krakow.pl") == "https://krakow.pl"


@pytest.mark.parametrize(
    ("field", "implied", "told"),
    [
        (PartialDateField(), {"max_length", "null", "blank"}, {"help_text"}),
        (CountryField(), {"max_length"}, set()),
        (ComputedCharField(max_length=9, computed_by="key"), {"editable"}, {"computed_by", "max_length"}),
    ],
    ids=["date", "country", "computed"],
)
def test_a_migration_says_of_a_column_what_its_kind_does_not_imply(field, implied, told):
    *_others, options = field.deconstruct()
    assert implied.isdisjoint(options)
    assert told <= options.keys()


def test_a_computed_column_is_computed_when_its_record_is_saved():
    field = ComputedCharField(max_length=9, computed_by="folded")
    field.set_attributes_from_name("key")

    class Record:
        key = ""

        def folded(self):
            return "lodz"

    record = Record()
    assert (field.pre_save(record, add=True), record.key) == ("lodz", "lodz")


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "is_packed"), [(0, False), (3, False), (2000, True)])
def test_json_is_read_as_it_was_written_whether_it_is_short_or_kept_packed(count, is_packed):
    said = {
        "plan": [{"row": n, "title": "Łódź “1”"} for n in range(count)],
        "questions": [{"key": "a"}],
        "ledger": None,
    }
    record = SheetImport.objects.create(report=said)
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(report AS text) FROM partners_sheetimport")
        assert ("packed" in cursor.fetchone()[0]) == is_packed
    assert SheetImport.objects.get(pk=record.pk).report == said
    assert not SheetImport.objects.exclude(report__questions=said["questions"]).exists()


@pytest.mark.parametrize(("text", "code"), [("", ""), ("eur", "EUR"), (" CHF ", "CHF"), ("PLN", "PLN")])
def test_a_currency_is_told_by_its_code(text, code):
    assert currency_code(text) == code


@pytest.mark.parametrize("text", ["zł", "$", "???", "EURO"])
def test_what_is_no_code_of_a_currency_is_refused(text):
    with pytest.raises(ValidationError):
        currency_code(text)
