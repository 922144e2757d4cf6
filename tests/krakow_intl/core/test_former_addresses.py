"""What was public once answers for ever: it moved, or it is gone; and no other record takes its place."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from krakow_intl.core.facts import load_file
from krakow_intl.core.former_addresses import public_spans, slugs_once_public
from krakow_intl.core.kinds import KINDS
from krakow_intl.models import Page
from partners.models import Agreement, PartnerCity
from programme.models import Programme
from tests.factories import FACTORIES
from tests.krakow_intl.factories import PageFactory
from tests.organizations.factories import OrganizationFactory
from tests.partners.factories import AgreementFactory, CityFactory, DocumentFactory, InstitutionFactory
from tests.polonia.factories import CampaignFactory, CommunityFactory
from tests.programme.factories import ChapterFactory, GoalFactory

PARENTS = [("agreement", "city"), ("goal", "programme"), ("chapter", "programme")]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def change(record, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


def rename(record, slug):
    """As staff do it: the page is withdrawn, called otherwise and published again."""
    change(record, publication="draft")
    change(record, slug=slug)
    change(record, publication="published")


def page_of(record, language="en"):
    with override(language):
        return record.get_absolute_url()


def picture_of(kind, slug):
    return f"/en/share/{kind}/{slug}.png"


def answer(client, address):
    """The status of an address and where it leads, after a look at what stands there."""
    response = client.get(address)
    if response.status_code == 301:
        assert client.head(response["Location"]).status_code == 200
    assert client.head(address).status_code == response.status_code
    return response.status_code, response.headers.get("Location")


@pytest.mark.once  # how the databases answer is asked of cities, below
@pytest.mark.parametrize("kind", FACTORIES)
def test_a_page_that_was_renamed_is_found_at_its_old_address(client, kind):
    record = FACTORIES[kind](slug="old")
    old = {language: page_of(record, language) for language in ("pl", "en")}
    rename(record, "new")
    new = {language: page_of(record, language) for language in old}
    assert {language: answer(client, old[language]) for language in old} == {
        language: (301, new[language]) for language in old
    }
    assert answer(client, f"{old['en']}?on=2006-04-30") == (301, f"{new['en']}?on=2006-04-30")
    assert answer(client, picture_of(kind, "old")) == (301, picture_of(kind, "new"))


@pytest.mark.once
@pytest.mark.parametrize("publication", ["draft", "in-review", "archived"])
@pytest.mark.parametrize("kind", FACTORIES)
def test_a_page_that_was_withdrawn_is_gone(client, kind, publication):
    record = FACTORIES[kind](slug="old")
    change(record, publication=publication)
    assert answer(client, page_of(record)) == (410, None)
    assert answer(client, picture_of(kind, "old")) == (410, None)


@pytest.mark.once
@pytest.mark.parametrize("kind", FACTORIES)
def test_a_page_that_was_deleted_is_gone(client, kind):
    record = FACTORIES[kind](slug="old")
    address = page_of(record)
    record.delete()
    assert answer(client, address) == (410, None)


@pytest.mark.once
@pytest.mark.parametrize("kind", FACTORIES)
def test_a_draft_that_never_was_public_is_not_found_under_any_name(client, kind):
    record = FACTORIES[kind](slug="old", held_back=True)
    old = page_of(record)
    change(record, slug="new")
    found = {answer(client, address) for address in (old, page_of(record), picture_of(kind, "old"))}
    record.delete()
    assert found | {answer(client, page_of(record))} == {(404, None)}


@pytest.mark.parametrize(("kind", "parent"), PARENTS)
def test_a_page_goes_and_comes_with_what_it_belongs_to(client, kind, parent):
    record = FACTORIES[kind](slug="old")
    change(getattr(record, parent), publication="draft")
    assert answer(client, page_of(record)) == (410, None)
    change(getattr(record, parent), publication="published")
    assert answer(client, page_of(record)) == (200, None)


@pytest.mark.parametrize(("kind", "parent"), PARENTS)
def test_a_page_of_what_never_was_public_itself_is_not_found(client, kind, parent):
    record = FACTORIES[kind](slug="old", **{f"{parent}__held_back": True})
    change(record, publication="draft")
    change(getattr(record, parent), publication="published")
    assert answer(client, page_of(record)) == (404, None)


def test_an_agreement_was_public_while_the_city_it_was_filed_under_was(client):
    hidden, shown = CityFactory(held_back=True), CityFactory()
    agreement = AgreementFactory(slug="agreement", city=hidden)
    assert public_spans(KINDS["agreement"], agreement.pk) == []
    change(agreement, city=shown)
    change(agreement, city=hidden)
    assert answer(client, page_of(agreement)) == (410, None)
    assert len(public_spans(KINDS["agreement"], agreement.pk)) == 1


def test_three_names_lead_to_the_fourth_at_once(client):
    city = CityFactory(slug="first")
    addresses = []
    for slug in ("second", "third", "fourth"):
        addresses.append(page_of(city))
        rename(city, slug)
    assert {answer(client, address) for address in addresses} == {(301, page_of(city))}


def test_a_renamed_page_that_is_withdrawn_is_gone_under_each_name(client):
    city = CityFactory(slug="first")
    old = page_of(city)
    rename(city, "second")
    change(city, publication="draft")
    change(city, slug="third")
    assert [answer(client, address) for address in (old, page_of(CityFactory.build(slug="second")))] == [
        (410, None)
    ] * 2
    assert answer(client, page_of(city)) == (404, None)


def test_a_page_may_go_back_to_a_name_of_its_own(client):
    city = CityFactory(slug="first")
    first = page_of(city)
    rename(city, "second")
    second = page_of(city)
    rename(city, "first")
    city.full_clean()
    assert answer(client, first) == (200, None)
    assert answer(client, second) == (301, first)


def test_no_cache_keeps_for_ever_what_became_of_a_page(client):
    city = CityFactory(slug="first")
    old = page_of(city)
    rename(city, "second")
    assert client.get(old)["Cache-Control"] == "no-cache"
    city.delete()
    assert client.get(old)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("language", "words"), [("pl", "/pl/miasta-partnerskie/"), ("en", "/en/partner-cities/")])
def test_a_page_that_is_gone_says_so_in_its_language_and_leads_on(client, language, words):
    city = CityFactory(held_back=False)
    address = page_of(city, language)
    city.delete()
    response = client.get(address)
    page = response.content.decode()
    assert (response.status_code, response["Content-Language"]) == (410, language)
    assert f'<html lang="{language}">' in page
    assert f'<li><a href="{words}">' in page
    assert str(city) not in page


def test_cities_do_not_swap_their_addresses():
    one, other = CityFactory(slug="one"), CityFactory(slug="other")
    change(one, publication="draft")
    change(one, slug="between")
    change(other, publication="draft")
    other.slug = "one"
    with pytest.raises(ValidationError, match="once stood there") as refusal:
        other.full_clean()
    assert list(refusal.value.message_dict) == ["slug"]
    assert str(one) in str(refusal.value)
    with pytest.raises(ValidationError):
        other.save()


@pytest.mark.parametrize("kind", FACTORIES)
def test_nobody_takes_the_address_of_what_was_deleted(kind):
    FACTORIES[kind](slug="old").delete()
    with pytest.raises(ValidationError, match="once stood there"):
        FACTORIES[kind](slug="old")


def test_the_address_of_a_draft_may_be_taken():
    CityFactory(slug="old", held_back=True).delete()
    AgreementFactory(slug="old", city__held_back=True).delete()
    AgreementFactory(slug="old", city=CityFactory(slug="old"))


@pytest.mark.parametrize(
    ("first", "second"), [(CampaignFactory, CommunityFactory), (CommunityFactory, CampaignFactory)]
)
@pytest.mark.parametrize("happened", ["stands", "is a draft", "was renamed"])
def test_a_campaign_and_a_community_share_no_address(client, first, second, happened):
    record = first(slug="chicago", held_back=happened == "is a draft")
    if happened == "was renamed":
        rename(record, "chicago-illinois")
    with pytest.raises(ValidationError, match="once stood there"):
        second(slug="chicago")


def test_an_address_may_be_one_of_another_kind():
    for factory in (CityFactory, InstitutionFactory, OrganizationFactory, CampaignFactory, ChapterFactory):
        factory(slug="kyiv")


RESERVED = [
    (AgreementFactory, "timeline"),
    (AgreementFactory, "os-czasu"),
    (PageFactory, "search"),
    (PageFactory, "home"),
    (PageFactory, "accessibility"),
]


@pytest.mark.parametrize(("factory", "slug"), RESERVED, ids=[slug for _factory, slug in RESERVED])
def test_a_word_of_the_address_plan_is_no_slug(factory, slug):
    with pytest.raises(ValidationError, match="The register itself uses"):
        factory(slug=slug)
    record = factory(slug="privacy")
    record.slug, record.publication = slug, "draft"
    Page.objects.update(publication="draft")
    Agreement.objects.update(publication="draft")
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    assert "slug" in refusal.value.message_dict


@pytest.mark.parametrize("slug", ["documents", "dokumenty", "agreements", "en", "timeline-of-1991"])
def test_a_word_that_stands_elsewhere_in_the_address_plan_is_a_slug_like_others(client, slug):
    assert answer(client, page_of(AgreementFactory(slug=slug))) == (200, None)


def test_a_page_without_an_address_may_have_any_slug():
    PageFactory(slug="a-page-of-tomorrow")


def test_a_record_whose_slug_is_no_longer_lawful_may_still_be_corrected():
    agreement = AgreementFactory(slug="agreement")
    Agreement.objects.update(slug="timeline")
    agreement.refresh_from_db()
    change(agreement, title_pl="Nowy tytuł")


def test_only_a_new_slug_is_asked_about():
    city = CityFactory()
    with CaptureQueriesContext(connection) as queries:
        city.save()
    assert not any("historicalpartnercity" in query["sql"] and "SELECT" in query["sql"] for query in queries)


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("slug", ["about", "data", "privacy", "contact"])
def test_a_withdrawn_page_about_the_register_is_gone(client, slug, language):
    page = PageFactory(slug=slug, held_back=True)
    assert answer(client, page_of(page, language)) == (404, None)
    change(page, publication="published")
    assert answer(client, page_of(page, language)) == (200, None)
    change(page, publication="archived")
    assert answer(client, page_of(page, language)) == (410, None)


def test_a_page_about_the_register_that_was_renamed_is_found_or_gone(client):
    page = PageFactory(slug="about")
    old = page_of(page)
    rename(page, "data")
    assert answer(client, old) == (301, page_of(page))
    rename(page, "a-page-of-yesterday")
    assert answer(client, old) == (410, None)


def test_a_programme_that_was_withdrawn_is_gone(client):
    assert answer(client, "/en/programme/") == (404, None)
    GoalFactory()
    Programme.objects.get().save()
    change(Programme.objects.get(), publication="draft")
    assert answer(client, "/en/programme/") == (410, None)


def test_a_scan_moves_with_its_agreement_and_its_language(client):
    document = DocumentFactory(agreement__slug="old", language="de", stored=True)
    addresses = [page_of(document)]
    rename(document.agreement, "new")
    addresses.append(page_of(document))
    change(document, language="fr")
    assert {answer(client, address) for address in addresses} == {(301, page_of(document))}
    change(document.agreement, publication="draft")
    assert {answer(client, address) for address in [*addresses, page_of(document)]} >= {(410, None)}
    change(document.agreement, publication="published")
    document.delete()
    assert {answer(client, address) for address in addresses} == {(410, None)}


def test_a_scan_that_never_was_public_is_not_found(client):
    late = DocumentFactory(agreement__held_back=True, language="de", stored=True)
    change(late, language="fr")
    change(late.agreement, publication="published")
    late.language = "de"
    assert answer(client, page_of(late)) == (404, None)
    late.language = "it"
    assert answer(client, page_of(late)) == (404, None)


def test_no_address_leads_to_a_scan_that_is_lost(client):
    document = DocumentFactory(agreement__slug="old")
    old = page_of(document)
    rename(document.agreement, "new")
    assert answer(client, old) == answer(client, page_of(document)) == (404, None)


CITY = {
    "model": "partners.partnercity",
    "fields": {"slug": "lviv", "name_pl": "Lwów", "name_en": "Lviv", "country": "UA", "publication": "published"}
    | {"latitude": "49.84", "longitude": "24.03"},
}


def load(population, name="10-cities.json"):
    """Loads a version of a file that gives a city so many people."""
    entry = CITY | {"fields": CITY["fields"] | {"population": population}}
    return load_file(name, json.dumps([entry]).encode())


def test_what_the_loading_brings_back_stands_where_it_stood(client):
    load(1)
    city = PartnerCity.objects.get()
    key, city._change_reason = city.pk, "fixture 10-cities.json"
    city.delete()
    assert answer(client, "/en/partner-cities/lviv/") == (410, None)
    assert load(2)["new"] == 1
    assert answer(client, "/en/partner-cities/lviv/") == (200, None)
    assert PartnerCity.objects.get().pk == key


def test_the_loading_knows_what_staff_renamed_and_never_brings_back_what_they_removed(client):
    load(1)
    rename(PartnerCity.objects.get(), "lwow")
    assert load(2)["kept as staff left them"] == 1
    assert list(PartnerCity.objects.values_list("slug", flat=True)) == ["lwow"]
    PartnerCity.objects.get().delete()
    assert load(3)["kept as staff left them"] == 1
    assert answer(client, "/en/partner-cities/lviv/") == (410, None)


def test_slugs_once_public_are_those_of_what_was_published():
    rename(AgreementFactory(slug="old"), "new")
    AgreementFactory(slug="draft", held_back=True)
    assert slugs_once_public(KINDS["agreement"]) == {"old", "new"}


def test_an_address_that_leads_on_takes_few_queries(client):
    agreement = AgreementFactory(slug="old")
    for number in range(30):
        change(agreement, internal_notes=str(number))
        change(agreement.city, population=number)
    old = page_of(agreement)
    rename(agreement, "new")
    with CaptureQueriesContext(connection) as queries:
        client.get(old)
    assert len(queries) <= 10
