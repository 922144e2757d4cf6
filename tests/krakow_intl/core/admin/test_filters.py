"""Lists are narrowed down to what needs somebody's hand."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core.admin.filters import texts_without_english
from partners.models import Benefit, PartnerCity
from tests.partners.factories import BenefitFactory, CityFactory
from tests.staff import page_of, sign_in

pytestmark = pytest.mark.django_db


def slugs(client, query):
    return [city.slug for city in client.get(page_of(PartnerCity, "changelist") + query).context["cl"].result_list]


@pytest.mark.parametrize(("value", "found"), [("lately", "fresh"), ("long-ago", "stale"), ("never", "unseen")])
def test_by_when_a_record_was_verified(client, value, found):
    today = timezone.localdate()
    CityFactory(slug="fresh", verified_on=today - timedelta(days=364))
    CityFactory(slug="stale", verified_on=today - timedelta(days=366))
    CityFactory(slug="unseen", verified_on=None)
    sign_in(client, "reader")
    assert slugs(client, f"?verified={value}") == [found]


@pytest.mark.parametrize("empty", ["", None])
def test_by_a_text_that_lacks_english(client, empty):
    half = CityFactory(slug="half", lead_pl="Lead", lead_en=empty)
    whole = CityFactory(slug="whole", lead_pl="Lead", lead_en="Lead", description_pl="")
    sign_in(client, "reader")
    assert slugs(client, "?english=missing") == ["half"]
    assert (texts_without_english(half), texts_without_english(whole)) == (["lead"], [])


@pytest.mark.parametrize(("language", "names"), [("pl", ["Łotwa", "Ukraina"]), ("en", ["Latvia", "Ukraine"])])
def test_by_country_in_the_alphabet_of_the_page(client, language, names):
    CityFactory(slug="lviv", country="UA")
    CityFactory(slug="riga", country="LV")
    sign_in(client, "reader")
    changelist = client.get(page_of(PartnerCity, "changelist", language) + "?country=UA").context["cl"]
    with override(language):
        choices = [*changelist.filter_specs[0].choices(changelist)]
    assert [choice["display"] for choice in choices][1:] == names
    assert [city.slug for city in changelist.result_list] == ["lviv"]


@pytest.mark.parametrize(
    ("query", "names"), [("", ["not recorded", "EUR"]), ("?_facets=True", ["not recorded (1)", "EUR (1)"])]
)
def test_a_value_that_is_not_recorded_has_a_name_with_and_without_counts(client, query, names):
    BenefitFactory(amount=None, currency="")
    BenefitFactory(amount=5, currency="EUR")
    sign_in(client, "reader")
    changelist = client.get(page_of(Benefit, "changelist") + query).context["cl"]
    by_currency = next(each for each in changelist.filter_specs if getattr(each, "field_path", "") == "currency")
    with override("en"):
        assert [str(choice["display"]) for choice in by_currency.choices(changelist)][1:] == names


def test_countries_keep_their_names_when_they_are_counted(client):
    CityFactory(country="UA")
    sign_in(client, "reader")
    changelist = client.get(page_of(PartnerCity, "changelist") + "?_facets=True").context["cl"]
    with override("en"):
        assert [choice["display"] for choice in changelist.filter_specs[0].choices(changelist)][1:] == ["Ukraine (1)"]
