"""An agreement is told from others, and found, by its city, its date, its title and its number."""

import pytest
from django.utils.translation import override

from partners.admin.agreement_search import label_of
from partners.models import Agreement
from tests.partners.factories import AgreementFactory, CityFactory
from tests.staff import page_of, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def vilnius(db):
    city = CityFactory(name_pl="Wilno", name_en="Vilnius")
    title = {"title_pl": "Umowa o współpracy", "title_en": "Co-operation agreement"}
    agreement = AgreementFactory(city=city, signed_on="1991-09-10", number=12, slug="vilnius-1991", **title)
    AgreementFactory(
        city=city,
        signed_on="2012-12-12",
        number=77,
        slug="vilnius-2012-12-12",
        title_en="Treaty of 2012",
        title_pl="Traktat",
    )
    AgreementFactory(city=CityFactory(name_en="Lviv"), signed_on="1991", number=5, title_en="Letter", title_pl="List")
    return agreement


def test_a_label_says_city_date_title_and_number(vilnius):
    with override("en"):
        assert label_of(vilnius) == "Vilnius · 1991-09-10 · Co-operation agreement · no. 12"
        undated = AgreementFactory(city=vilnius.city, signed_on=None, number=3, title_en="Note")
        assert label_of(undated) == "Vilnius · Note · no. 3"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Vilnius", {12, 77}),
        ("wilno 1991", {12}),
        ("1991", {5, 12}),
        ("1991-09", {12}),
        ("1991-09-10", {12}),
        ("10.09.1991", {12}),
        ("10 września 1991", {12}),
        ("Vilnius, 10 September 1991", {12}),
        ("12", {12}),
        ("no. 12", {12}),
        ("nr 12", {12}),
        ("No.12", {12}),
        ("#12", {12}),
        ("Co-operation 12", {12}),
        ("2012", {77}),
        ("Vilnius · 1991-09-10 · Co-operation agreement · no. 12", {12}),
        ("Vilnius no. 5", set()),
        ("1992", set()),
        ("31.02.1991", set()),
        ("no. 999999999999", set()),
        ("99999999999999999999", set()),
        ("", {5, 12, 77}),
    ],
)
def test_an_agreement_is_found_by_each_of_them(client, vilnius, text, numbers):
    sign_in(client, "reader")
    found = client.get(page_of(Agreement, "changelist"), {"q": text}).context["cl"].queryset
    assert {agreement.number for agreement in found} == numbers


def test_the_box_offers_labels_and_those_of_the_same_city_first(client, vilnius, django_assert_max_num_queries):
    sign_in(client, "editor")
    query = {"app_label": "partners", "model_name": "agreementlink", "field_name": "earlier", "term": ""}
    lviv = Agreement.objects.get(number=5)
    with django_assert_max_num_queries(10):
        first = client.get("/en/admin/autocomplete/", query | {"near": lviv.city_id}).json()["results"][0]
    assert first == {"id": str(lviv.pk), "text": "Lviv · 1991 · Letter · no. 5"}
    for near in ("x", "9" * 30, "-1", ""):
        assert len(client.get("/en/admin/autocomplete/", query | {"near": near}).json()["results"]) == 3
