"""Lists are narrowed down to what needs somebody's hand."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core.admin.filters import texts_without_english
from partners.models import PartnerCity
from tests.partners.factories import CityFactory
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
