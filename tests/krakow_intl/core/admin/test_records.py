"""The staff's lists and forms: odd requests, numbers of queries, what a reader sees, what a clerk is told."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User

from krakow_intl.models import Page
from partners.models import Agreement, Assessment
from tests.partners.factories import AgreementFactory, CityFactory
from tests.records import make_published, make_world, models_of_the_house
from tests.staff import page_of, sign_in, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OURS = [model for model in models_of_the_house() if model in admin.site._registry and hasattr(model, "history")]
BIG = "9" * 30


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%00%01%ff%fe",
        "q=%ED%A0%80",
        "q=%5B%5E(*+%5C",
        "q=" + "a" * 5000,
        "q=%F0%9F%8C%8D&p=%00",
        "p=abc",
        f"p={BIG}",
        "p=-1",
        f"o={BIG}.-{BIG}.abc",
        f"id__in={BIG}",
        f"id__exact={BIG}",
        "id__exact=abc",
        "id__gt=%00",
        "publication__exact=%00",
        "publication__exact=nonsense",
        "verified=nonsense",
        "english=missing",
        "country=ZZZ",
        "all=",
        "e=1",
        "_popup=1",
        "_to_field=password",
        "_changelist_filters=%00",
        "nonsense=1",
        "version__regex=(a%2B)%2B%24",
    ],
    ids=lambda query: query[:30],
)
@pytest.mark.parametrize("model", [Agreement, Assessment, Page, User], ids=lambda model: model._meta.label)
def test_odd_parameters_never_break_a_list(client, model, query):
    sign_in(client, "superuser")
    client.raise_request_exception = False
    assert client.get(page_of(model, "changelist"), QUERY_STRING=query).status_code < 500


@pytest.mark.parametrize("key", ["0", "-1", BIG, "abc", "_00", "%00", "1%00", "%ED%A0%80", "_5F", "1/../2", "ż"])
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_odd_keys_never_break_a_page(client, page, key):
    sign_in(client, "superuser")
    client.raise_request_exception = False
    assert client.get(f"/en/admin/partners/agreement/{key}/{page}/").status_code < 500


@pytest.mark.parametrize(
    "query",
    [
        "",
        "term=%00",
        "app_label=%00&model_name=agreement&field_name=city",
        "app_label=partners&model_name=agreement&field_name=city&page=abc",
        f"app_label=partners&model_name=agreement&field_name=city&page={BIG}",
        "app_label=partners&model_name=agreement&field_name=city&term=%5B%28*",
        "app_label=partners&model_name=agreement&field_name=slug",
        "app_label=auth&model_name=user&field_name=groups",
    ],
)
def test_odd_parameters_never_break_the_search_for_relations(client, query):
    sign_in(client, "superuser")
    client.raise_request_exception = False
    assert client.get("/en/admin/autocomplete/", QUERY_STRING=query).status_code < 500


@pytest.mark.parametrize("key", ["abc", BIG, "\x00", "-1", ""])
@pytest.mark.parametrize("action", ["publish", "delete_selected", "nonsense"])
def test_odd_keys_never_break_an_action(client, action, key):
    sign_in(client, "superuser")
    client.raise_request_exception = False
    data = {"action": action, "_selected_action": key, "index": "abc"}
    assert client.post(page_of(Agreement, "changelist"), data).status_code < 500


def test_a_list_asks_the_same_number_of_questions_however_long_it_is(client, django_assert_max_num_queries):
    sign_in(client, "superuser")
    world = make_world()
    for model in OURS:
        address = page_of(model, "changelist")
        with django_assert_max_num_queries(16, info=model._meta.label) as short:
            client.get(address)
        for number in range(5):
            make_published(model, world, text=f"Jawne {number}")
        with django_assert_max_num_queries(len(short), info=model._meta.label):
            client.get(address)


def test_a_reader_reads_dates_countries_and_prose_in_words(client):
    description = '<p>Zob. <a data-ref="city:lviv">Lwów</a></p>'
    city = CityFactory(country="DE", description_pl=description)
    sign_in(client, "reader")
    page = client.get(page_of(city, "change", "pl")).content.decode()
    assert "Niemcy" in page
    assert "Zob. Lwów" in page
    assert "data-ref" not in page
    agreement = AgreementFactory(signed_on="1976-12-12")
    assert (
        "12\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}1976"
        in client.get(page_of(agreement, "change")).content.decode()
    )


def test_a_list_tells_dates_and_countries_in_words(client):
    AgreementFactory(signed_on="2005-09")
    sign_in(client, "reader")
    assert "September\N{NO-BREAK SPACE}2005" in client.get(page_of(Agreement, "changelist")).content.decode()


@pytest.mark.parametrize(("language", "first"), [("pl", "Łódź"), ("en", "Żory")])
def test_names_stand_in_the_order_of_the_alphabet_of_the_page(client, language, first):
    CityFactory(name_pl="Żory", name_en="Aachen")
    CityFactory(name_pl="Łódź", name_en="Lodz")
    sign_in(client, "reader")
    for query in ("", "?o=1"):
        found = client.get(page_of(CityFactory._meta.model, "changelist", language) + query).context["cl"].result_list
        assert found[0].name_pl == first


def test_the_two_languages_are_named_and_marked(client):
    sign_in(client, "editor")
    page = client.get(page_of(Agreement, "add", "en")).content.decode()
    assert "Title (Polish):" in page
    assert "Title (English):" in page
    # the field of the English title: '<input type="text" name="title_en" lang="en"'
    assert re.search(r'<input[^>]*name="title_en"[^>]*lang="en"', page)


def test_the_address_word_of_a_published_record_is_frozen(client):
    agreement = AgreementFactory(slug="kyiv-twinning-1993-02-19")
    sign_in(client, "reviewer")
    client.post(page_of(agreement, "change"), typed(client.get(page_of(agreement, "change"))) | {"slug": "other"})
    agreement.refresh_from_db()
    assert agreement.slug == "kyiv-twinning-1993-02-19"


@pytest.mark.parametrize(("publication", "shown"), [("published", True), ("draft", False), ("archived", False)])
def test_only_what_is_published_has_a_link_to_its_public_page(client, publication, shown):
    city = CityFactory(slug="lviv", publication=publication)
    sign_in(client, "reader")
    assert ("/en/partner-cities/lviv/" in client.get(page_of(city, "change")).content.decode()) is shown


def test_a_page_the_address_plan_does_not_know_still_opens(client):
    page = Page.objects.create(slug="press", name_pl="Prasa", name_en="Press", publication="published")
    sign_in(client, "reader")
    assert client.get(page_of(page, "change")).status_code == 200


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"term": "open-ended", "valid_until": "2001"}, "fixed or a tacitly renewed term"),
        ({"signed_on": "31 lutego 2001"}, "does not exist"),
        ({"term": "fixed", "valid_until": "1990"}, "before the agreement comes into force"),
        ({"term_months": "30000"}, "1200 months"),
    ],
    ids=["an end without a term", "no such day", "the end before the start", "a long term"],
)
def test_what_cannot_be_is_refused_with_a_message(client, given, message):
    agreement = AgreementFactory(signed_on="1991-12-06")
    sign_in(client, "editor")
    response = client.post(page_of(agreement, "change"), typed(client.get(page_of(agreement, "change"))) | given)
    assert response.status_code == 200
    assert message in response.content.decode()


def test_a_city_with_agreements_is_protected_and_they_are_listed(client):
    agreement = AgreementFactory(title_en="Twinning agreement of 1995", city__publication="draft")
    sign_in(client, "reviewer")
    response = client.post(page_of(agreement.city, "delete"), {"post": "yes"})
    assert response.status_code == 403 or "Twinning agreement of 1995" in response.content.decode()
    assert CityFactory._meta.model.objects.filter(pk=agreement.city.pk).exists()
    assert "Twinning agreement of 1995" in client.get(page_of(agreement.city, "delete")).content.decode()
