"""A page of a list has what the whole list would have there, and a list of many is paged."""

import pytest
from django.test import RequestFactory

from partners import views
from partners.models import PartnerCity
from partners.public_lists import page_of
from tests.partners.factories import CityFactory

pytestmark = pytest.mark.django_db
TOTAL = 5


def named(page):
    return [city.name_en for city in page]


def page(number, on_a_page):
    cities = PartnerCity.objects.order_by("-country")
    return page_of(cities, RequestFactory().get("/", {"page": number}), on_a_page, TOTAL)


def test_no_record_stands_on_two_pages_or_on_none(django_assert_num_queries):
    for country in ("DE", "FR", "DE", "FR", "DE"):  # as many as the total
        CityFactory(country=country)
    whole = list(PartnerCity.objects.order_by("-country", "pk"))
    with django_assert_num_queries(1):
        assert {*page(1, 5)} == {*whole}
    pages = [page(number, 2) for number in (1, 2, 3)]
    assert [city for each in pages for city in each] == whole
    assert [each.has_next() for each in pages] == [True, True, False]


def test_the_cities_of_a_long_list_stand_on_pages_and_are_not_counted_as_if_they_were_all(client, monkeypatch):
    monkeypatch.setattr(views, "CITIES_ON_A_PAGE", 2)
    for name in ("Ely", "Bonn", "Dijon"):
        CityFactory(name_en=name)
    first, second = (client.get(f"/en/partner-cities/?page={number}") for number in (1, 2))
    assert [named(each.context["cities"]) for each in (first, second)] == [["Bonn", "Dijon"], ["Ely"]]
    text = first.content.decode()
    assert "3 cities" in text
    assert 'rel="next"' in text
    assert '<span class="count">' not in text.split('<div class="section__head">')[1].split("</h2>")[0]
    monkeypatch.undo()
    assert '<span class="count">3</span>' in client.get("/en/partner-cities/").content.decode()
