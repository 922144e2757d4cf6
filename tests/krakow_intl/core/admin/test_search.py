"""Names are found however they are typed."""

import unicodedata
from time import perf_counter

import pytest
from django.contrib.admin import site

from krakow_intl.core.admin.search import matching
from krakow_intl.core.records import PublicRecord
from krakow_intl.models import AccessibilityStatement
from partners.models import Agreement, Institution, PartnerCity
from tests.partners.factories import AgreementFactory, CityFactory, CityNameFactory, InstitutionFactory
from tests.staff import page_of, sign_in

pytestmark = pytest.mark.django_db
TITLE = "Umowa o współpracy w kulturze, oświacie, sporcie, gospodarce i ochronie środowiska"


@pytest.mark.parametrize("text", ["lodz", "ŁÓDŹ", "Łód", "odz lod", "lodz  ", "LodZ"])
def test_a_name_is_found_without_its_diacritics(text):
    city = CityFactory(name_pl="Łódź", name_en="Lodz")
    CityFactory(name_pl="Gdynia", name_en="Gdynia")
    assert list(matching(PartnerCity.objects, ["name_pl"], text)) == [city]


@pytest.mark.parametrize("text", ["львів", "ЛЬВІВ"])
def test_other_alphabets_are_found_in_any_case(text):
    city = CityFactory(name_own="Львів")
    assert list(matching(PartnerCity.objects, ["name_own"], text)) == [city]


@pytest.mark.parametrize(
    "text", ["(zz+)+$", "[", "\\", "%", "_", "'; --", "*", ".", "a{2}", "😀", "a" * 10_000, "^", "$"]
)
def test_signs_are_taken_as_they_are(text):
    InstitutionFactory(name_pl="Uniwersytet Jagielloński", name_en="Jagiellonian University")
    assert list(matching(Institution.objects, ["name_pl"], text)) == []


def test_every_word_must_occur_but_in_any_field():
    found = InstitutionFactory(name_pl="Uniwersytet Jagielloński", place_pl="Kraków")
    InstitutionFactory(name_pl="Uniwersytet Wileński", place_pl="Wilno")
    assert list(matching(Institution.objects, ["name_pl", "place_pl"], "krakow uniw")) == [found]


def test_the_list_and_the_choice_of_relations_find_a_city_once_by_any_of_its_names(client):
    city = CityFactory(name_pl="Lwów", name_en="Lviv")
    for name in ("Lemberg", "Lembergo"):
        CityNameFactory(city=city, name=name)
    sign_in(client, "reader")
    found = client.get(page_of(PartnerCity, "changelist") + "?q=lemberg").context["cl"].result_list
    assert list(found) == [city]
    query = {"app_label": "partners", "model_name": "agreement", "field_name": "city", "term": "lemberg"}
    results = client.get("/en/admin/autocomplete/", query).json()["results"]
    assert [result["id"] for result in results] == [str(city.pk)]


def test_a_list_without_anything_to_search_is_shown_whole(client):
    sign_in(client, "administrator")
    assert client.get(page_of(AccessibilityStatement, "changelist") + "?q=x").status_code == 200


AGREEMENT = [
    "title_pl",
    "title_en",
    "city__name_pl",
    "city__name_en",
    "city__names__name",
    "slug",
    "number",
    "signed_on",
]


def numbers(text, fields=AGREEMENT):
    return {*matching(Agreement.objects, fields, text).values_list("number", flat=True)}


@pytest.fixture
def agreements():
    lodz, lviv = CityFactory(name_pl="Łódź", name_en="Lodz"), CityFactory(name_pl="Lwów", name_en="Lviv")
    CityNameFactory(city=lviv, name="Lemberg")
    CityNameFactory(city=lviv, name="Lembergo")
    AgreementFactory(city=lodz, number=12, signed_on="1991-09-10", title_pl="Umowa o teatrach", slug="lodz-1991")
    AgreementFactory(
        city=lviv, number=112, signed_on="1995", title_pl="Protokół", slug="lviv-1995", publication="draft"
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lodz", {12}),
        (unicodedata.normalize("NFD", "Łódź"), {12}),
        ("ODZ", {12}),
        ("Lwowa", {112}),
        ("lemberg protok", {112}),
        ("atrach", {12}),
        ("teatry", {12}),
        ("lodz-1991", {12}),
        ("12", {12}),
        ("1991", {12}),
        ("10.09.1991", {12}),
        ("09.1991", {12}),
        ("1991-09-10", {12}),
        ("10 września 1991", {12}),
        ("lodz 10.09.1991", {12}),
        ("11.09.1991", set()),
        ("lodz 1995", set()),
        ("٣", set()),
        ("99999999999999999999", set()),
    ],
)
def test_an_agreement_is_found_by_city_title_number_and_date(agreements, text, found):
    assert numbers(text) == found


def test_drafts_are_found_by_staff_and_by_nobody_else(agreements, client):
    sign_in(client, "reader")
    page = client.get(page_of(Agreement, "changelist") + "?q=lemberg")
    assert [agreement.number for agreement in page.context["cl"].result_list] == [112]
    client.logout()
    assert "lviv-1995" not in client.get("/en/search/?q=lemberg").content.decode()


def test_a_record_that_has_another_name_is_found_by_that_alone(agreements):
    city = PartnerCity.objects.get(name_en="Lodz")
    city.name_pl = city.name_en = city.name_own = "Gdynia"
    city.save()
    assert (numbers("gdynia"), numbers("lodz", AGREEMENT[2:4])) == ({12}, set())


@pytest.mark.parametrize(
    "pages", [pages for pages in site._registry.values() if issubclass(pages.model, PublicRecord)], ids=str
)
def test_titles_are_looked_for_in_what_is_kept_and_not_by_regular_expressions(pages):
    titles = {f"{name}_{language}" for name in pages.model.search_titles for language in ("pl", "en")}
    fields = [name for name in pages.search_fields if name in {*titles, "slug"}]
    assert fields
    assert "title_words" in str(matching(pages.model.objects.all(), fields, "lodz").query)
    assert "REGEX" not in str(matching(pages.model.objects.all(), fields, "lodz").query).upper()


@pytest.mark.slow
def test_ten_thousand_agreements_are_searched_in_one_statement_without_regular_expressions(
    client, django_assert_num_queries
):
    cities = [CityFactory(name_pl=f"Miasto {number}") for number in range(5)]
    many = [
        Agreement(number=number, slug=f"umowa-{number}", city=cities[number % 5], kind="partnership", title_pl=TITLE)
        for number in range(10_000)
    ]
    many[77].title_pl = "Umowa o kąpieliskach"
    Agreement.objects.bulk_create(many)
    pages = site.get_model_admin(Agreement)
    found = matching(Agreement.objects.all(), pages.search_fields, "kapiel")
    assert "REGEX" not in str(found.query).upper()
    times = []
    for _attempt in range(5):
        begin = perf_counter()
        with django_assert_num_queries(1):
            assert [agreement.slug for agreement in found.all()] == ["umowa-77"]
        times.append(perf_counter() - begin)
    assert min(times) < 0.3


@pytest.mark.once
def test_the_search_of_a_list_is_named_in_the_language_of_the_page(client):
    sign_in(client, "reader")
    page = client.get(page_of(Agreement, "changelist", "pl")).content.decode()
    assert ('alt="Szukaj"' in page, 'alt="Search"' in page) == (True, False)
