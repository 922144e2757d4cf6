"""Faults of filters and of the search, named as the catalogue of faults names them."""

import time
from itertools import cycle

import pytest
from django.forms import IntegerField
from django.utils.html import escape
from django.utils.translation import gettext, override

from krakow_intl.core.as_of import as_of
from krakow_intl.core.typography import NBSP
from krakow_intl.sheets import open_book
from partners.activity_filters import ActivityFilter
from partners.benefit_filters import BenefitFilter
from partners.filters import UNKNOWN, AgreementFilter, CityFilter, InstitutionFilter, SingleChoiceFilter, YearFilter
from partners.models import PartnerCity
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    BenefitFactory,
    CityFactory,
    CityNameFactory,
    InstitutionFactory,
)
from tests.test_public_pages import address

pytestmark = pytest.mark.django_db
once = pytest.mark.once
LANGUAGES = ("pl", "en")
LISTS = {
    "partners:city_list": CityFilter,
    "partners:agreement_list": AgreementFilter,
    "partners:agreement_timeline": AgreementFilter,
    "partners:activity_list": ActivityFilter,
    "partners:benefit_list": BenefitFilter,
    "partners:institution_list": InstitutionFilter,
}
FILES = {
    "partners:city_csv": "partners:city_list",
    "partners:agreement_csv": "partners:agreement_list",
    "partners:agreement_sheet": "partners:agreement_list",
    "partners:agreement_xlsx": "partners:agreement_list",
    "partners:agreement_ods": "partners:agreement_list",
    "partners:activity_csv": "partners:activity_list",
    "partners:benefit_csv": "partners:benefit_list",
}
QUICK = 0.2  # seconds of the processor,
USUAL = 0.06  # where a usual search takes so many


IN_TURN = [(name, LANGUAGES[place % 2]) for place, name in enumerate(LISTS)]


def fields(name, kind):
    return [field for field, found in LISTS[name].base_filters.items() if type(found) is kind]


@pytest.fixture
def lviv():
    """A city with a record of each list."""
    city = CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv", country="UA")
    AgreementFactory(city=city, signed_on="1995-10-23")
    school = InstitutionFactory(city=city)
    activity = ActivityFactory(cities=[city], institutions=[school], starts_on="1998-05-03")
    BenefitFactory(city=city, activity=activity, given_on="1998")
    return city


def asked(client, name, language, **values):
    """The list as it is answered, what it could not read, and how many records it holds."""
    response = client.get(address(language, name), values)
    assert response.status_code == 200
    filters = response.context["filters"]
    return response.content.decode(), dict(filters.errors), filters.qs.count()


def says(page, words, language):
    with override(language):
        return escape(gettext(str(words)).replace(NBSP, " ")) in page.replace(NBSP, " ")


NO_YEARS = ["abc", "2020 OR 1=1", "1e3", "2020.5", "0x7E4", "' OR ''='", "2020-01-01", "--", "19 95", "roku 2020"]
NO_YEARS += ["0", "-1", "1256", "2201", "99999", "9" * 30, "9" * 5000]


@once
@pytest.mark.parametrize(("name", "language"), IN_TURN)
def test_f01_what_is_no_year_is_told_at_its_field_and_asks_for_nothing(client, lviv, name, language):
    wrong = dict(zip(fields(name, YearFilter), ("2020 OR 1=1", "99999"), strict=False))
    page, errors, count = asked(client, name, language, **wrong)
    assert (errors.keys(), count) == (wrong.keys(), 1)
    for year, words in zip(wrong.values(), (NO_YEAR, RANGE), strict=False):
        assert says(page, words, language)
        assert f'value="{year}"' in page


NO_YEAR = "This is no year. Write it in four digits, such as 1995."
RANGE = "Write a year from 1257 to 2200."


@once
def test_f01_no_text_is_taken_for_a_year(rf):
    for kind in {*LISTS.values()}:
        records = kind._meta.model.objects.public()
        years = {field for field, found in kind.base_filters.items() if type(found) is YearFilter}
        for year in NO_YEARS:
            assert kind(dict.fromkeys(years, year), records, request=rf.get("/")).errors.keys() == years


@once
@pytest.mark.parametrize(("name", "language"), IN_TURN)
def test_f02_years_that_end_before_they_begin_are_told_and_leave_nothing_out(client, lviv, name, language):
    if len(fields(name, YearFilter)) == 2:
        page, errors, count = asked(client, name, language, year_from="2000", year_to="1990")
        assert (list(errors), count) == (["year_to"], 1)
        assert says(page, "The years end before they begin.", language)


NO_DAYS = [
    "31.02.2020",
    "2020-13-01",
    "2021-02-29",
    "0000-00-00",
    "10000-01-01",
    "2020-1-1",
    "1257",
    "2020-02-30T00:00",
]
FAR_DAYS = ["9999-12-31", "1256-12-31", "0001-01-01"]


@once
def test_f03_a_day_that_is_none_is_named_and_today_is_shown(client):
    names = cycle(["home", "search", "partners:agreement_list", "programme:goal_list", "partners:compare"])
    for day, name, language in zip([*NO_DAYS, *FAR_DAYS], names, cycle(LANGUAGES), strict=False):
        page = client.get(address(language, name), {"on": day})
        told = as_of(page.wsgi_request)
        assert (page.status_code, told.is_today) == (200, True)
        assert day in told.error or "1257" in told.error
        assert says(page.content.decode(), told.error, language)


@once
@pytest.mark.parametrize("name", FILES)
def test_f03_a_file_as_of_a_day_that_is_none_is_refused_in_words(client, name):
    for language, day in zip(LANGUAGES, ("31.02.2020", "10000-01-01"), strict=True):
        response = client.get(address(language, name), {"on": day})
        assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")
        assert day in response.content.decode()


@once
@pytest.mark.parametrize("text", [*NO_DAYS[:3], "9999-99", "31.04", "0", "99999999999"])
def test_f03_a_date_that_is_none_is_told_at_its_field_and_nothing_is_computed(client, text):
    for language in LANGUAGES:
        response = client.get(address(language, "partners:term_rules"), {"start": text, "term": "fixed", "months": "6"})
        assert (list(response.context["form"].errors), response.context["answer"]) == (["start"], None)
        assert 'id="id_start_error"' in response.content.decode()


@once
@pytest.mark.parametrize(("name", "language"), IN_TURN)
def test_f04_a_value_that_the_register_does_not_know_is_told_and_left_out(client, lviv, name, language):
    wrong = dict.fromkeys(fields(name, SingleChoiceFilter), "%'\"<b>")
    page, errors, count = asked(client, name, language, **wrong)
    assert (errors.keys(), count) == (wrong.keys(), 1)
    assert says(page, UNKNOWN, language)
    assert "<b>" not in page


NO_COUNTRIES = ["ZZ", "ua", "UKR", "U", "X" * 300, "UA,DE", "U\u0410", "*", "%", "null"]


@once
@pytest.mark.parametrize("name", ["partners:agreement_list", "partners:city_list"])
def test_f04_a_country_that_is_none_is_told_and_left_out(rf, lviv, name):
    kind = LISTS[name]
    every = kind._meta.model.objects.public()
    for country in NO_COUNTRIES:
        filters = kind({"country": country}, every, request=rf.get("/"))
        assert (list(filters.errors), filters.qs.count()) == (["country"], 1)
        assert len(str(filters.errors["country"])) < 200


# --- words


SIGNS = {
    "percent": "%",
    "underscore": "_",
    "backslash": "\\",
    "apostrophe": "'",
    "quote": '"',
    "comment": "';-- DROP TABLE",
    "star": "*",
    "bracket": "(",
    "operators": "a & | !",
    "prefix": ":*",
    "html": "<script>alert(1)</script>",
    "template": "{{7*7}} {% load x %} ${x} %s",
    "lookalikes": "\u202e\u200b\ufeff\u0301",
    "picture": "\U0001f600 \U000e0041",
    "small words": "w i o the of",
    "blanks": " \t\n\r ",
    "long": "a" * 100_000,
    "many words": "ab " * 33_000,
    "many signs": "%_\\" * 33_000,
}
BOMBS = {
    "groups": "(a+)+$",
    "groups, filled": "(a+)+$" + "a" * 50_000 + "!",
    "quotes": '"' * 10_000,
    "apostrophes": "a'" * 5_000,
    "brackets": "(" * 10_000 + ")" * 10_000,
    "figures": "1." * 20_000,
    "almost dates": "1/1/199 " * 5_000,
    "accents": "a\u0301" * 20_000,
}
ASKED_FOR_WORDS = (CityFilter, ActivityFilter, BenefitFilter, InstitutionFilter)


@pytest.fixture
def look_for(client, rf, lviv):
    """Looks for a text wherever words are typed; tells how long the processor worked at most, beside a usual search."""

    def look(text):
        found = [timed(client.get, path, {"q": text}) for path in ("/pl/szukaj/", "/en/search/names.json")]
        assert [response.status_code for response, _seconds in found] == [200, 200]
        assert b"<script>alert" not in found[0][0].content
        for kind in ASKED_FOR_WORDS:
            filters = kind({"q": text}, kind._meta.model.objects.public(), request=rf.get("/"))
            found.append(timed(lambda filters: [*filters.qs], filters))
        return max(seconds for _found, seconds in found)

    look("lviv")
    usual = look("lviv agreement nothing")
    return lambda text: look(text) / max(1, usual / USUAL)


def timed(work, *arguments):
    start = time.process_time()
    return work(*arguments), time.process_time() - start


def test_f05_signs_are_looked_for_as_they_stand_and_at_once(look_for):
    assert {name: seconds for name, text in SIGNS.items() if (seconds := look_for(text)) >= QUICK} == {}


def test_f05_no_sign_stands_for_other_letters(client, lviv):
    for text in ("%", "_", "\\", "*", ":*", "%viv", "_viv", "?viv", "[l]viv"):
        sections = client.get("/en/search/", {"q": text}).context["search"].sections
        assert not [section for section in sections if section.is_whole]


@pytest.mark.parametrize("typed", ["Lwów", "Lviv", "L'viv", "L’viv", "Львів", "Lwow", "Lemberg", "LWÓW"])
def test_f07_the_list_of_cities_knows_each_by_any_of_its_names(lviv, rf, typed):
    """As `test_views` of the portal has it of the search."""
    for name, language in (("Lemberg", "de"), ("Львів", "uk")):
        CityNameFactory(city=lviv, name=name, language=language)
    CityFactory(name_pl="Lipsk", name_en="Leipzig")
    assert [*CityFilter({"q": typed}, PartnerCity.objects.public(), request=rf.get("/")).qs] == [lviv]


def test_f09_what_is_made_to_be_slow_is_not(look_for):
    assert {name: seconds for name, text in BOMBS.items() if (seconds := look_for(text)) >= QUICK} == {}


# --- all and nothing


@once
@pytest.mark.parametrize(("name", "language"), IN_TURN)
def test_f11_all_filters_at_once_that_no_record_fits_lead_back_to_all(client, lviv, name, language):
    path, kind = address(language, name), LISTS[name]
    form = kind({}, kind._meta.model.objects.public()).form
    values = {name: value for name, field in form.fields.items() if (value := last_choice(field))}
    response = client.get(path, values | {"on": "2010-01-01"})
    filters = response.context["filters"]
    assert (response.status_code, dict(filters.errors), [*filters.qs]) == (200, {}, [])
    assert f'href="{path}?on=2010-01-01"' in response.content.decode().partition("<main")[2]


def last_choice(field):
    """A value that the field offers or takes; nothing where the register has none."""
    if hasattr(field, "choices"):
        return [value for value, _label in field.choices][-1]
    return "1300" if isinstance(field, IntegerField) else "nothing"


NOTHING = {"q": "nothing", "year_from": "2100", "nothing_since": "1257"}


@once
@pytest.mark.parametrize("name", FILES)
def test_f12_a_file_of_nothing_has_its_headings_and_one_of_all_every_row(client, lviv, name):
    kind = LISTS[FILES[name]]
    nothing = {field: value for field, value in NOTHING.items() if field in kind.base_filters}
    language = LANGUAGES[[*FILES].index(name) % 2]
    path = address(language, name)
    empty, whole = (rows_of(client.get(path, query), name) for query in (nothing, {}))
    assert (len(empty), len(whole)) == (1, 1 + kind._meta.model.objects.public().count())
    assert empty[0] == whole[0]


def rows_of(response, name):
    """The rows of a file, its headings first."""
    assert (response.status_code, response.streaming or not name.endswith("_csv")) == (200, True)
    file = b"".join(response)
    if file[:2] != b"PK":
        return file.decode("utf-8-sig").splitlines()
    return [*open_book(file, is_header=len).grids[0].rows.values()]
