import pytest
from django.utils.translation import override

from polonia.countries import campaigns_from, communities_reached, countries_besides, countries_of, polonia_by_country
from tests.partners.factories import CityFactory
from tests.polonia.factories import CampaignFactory, CommunityFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        ({}, ""),
        ({"origin_en": "Lithuania and Kazakhstan"}, "KZ LT"),
        ({"origin_pl": "Litwa i Kazachstan"}, "KZ LT"),
        ({"origin_pl": "Bośnia i Hercegowina, Niger"}, "BA NE"),
        ({"origin_en": "Belarus, Ukraine, Romania, Kaliningrad"}, "BY RO UA"),
        ({"origin_en": "Romania, Russia (Kaliningrad)"}, "RO RU"),
        ({"origin_en": "eastern siberia"}, "RU"),
        ({"origin_en": "Atlantis"}, ""),
        ({"cities": ["LT"]}, "LT"),
    ],
    ids=str,
)
def test_a_campaign_is_for_the_countries_that_are_named_or_in_which_its_cities_lie(origin, expected):
    siberia = CommunityFactory(place_en="Eastern Siberia", country="RU")
    cities = [CityFactory(country=country) for country in origin.get("cities", [])]
    campaign = CampaignFactory(**origin | {"cities": cities})
    assert countries_of(campaign, [siberia]) == {*expected.split()}


def test_what_is_done_for_the_poles_of_a_country_stands_with_their_community():
    kazakhstan, brazil, nowhere = (CommunityFactory(country=country) for country in ("KZ", "BR", ""))
    families = CampaignFactory(origin_en="Kazakhstan and Romania")
    books = CampaignFactory()
    everyone, campaigns = [kazakhstan, brazil, nowhere], [families, books]
    with override("en"):
        assert polonia_by_country(everyone, campaigns, everyone) == [
            ("BR", [brazil], []),
            ("KZ", [kazakhstan], [families]),
            ("", [nowhere], []),
        ]
        assert countries_besides(campaigns, everyone) == [("RO", [], [families])]
    assert campaigns_from("", campaigns) == []
    assert communities_reached(families, everyone) == [kazakhstan]
