"""The address word that the register proposes for what has none."""

import pytest

from krakow_intl.core.address_words import proposed_slug
from partners.models import Agreement, PartnerCity
from polonia.models import Campaign, Community
from programme.models import Figure
from tests.partners.factories import CityFactory
from tests.polonia.factories import CampaignFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("record", "slug"),
    [
        (PartnerCity(name_pl="Łódź", name_en=""), "lodz"),
        (PartnerCity(name_pl="Lwów", name_en="Lviv"), "lviv"),
        (PartnerCity(name_pl="Львів", name_en=None), "partnercity"),
        (PartnerCity(name_pl="—", name_en="…"), "partnercity"),
        (PartnerCity(), "partnercity"),
        (Figure(label_pl="Mieszkańcy Zürychu"), "mieszkancy-zurychu"),
        (Agreement(title_pl="List intencyjny"), "list-intencyjny"),
    ],
    ids=str,
)
def test_it_is_made_of_the_english_name_or_else_of_the_polish_one(record, slug):
    assert proposed_slug(record) == slug


def test_that_of_an_agreement_is_made_of_city_kind_and_date():
    city = CityFactory(slug="kyiv")
    agreement = Agreement(city=city, kind="other", title_pl="Porozumienie")
    assert proposed_slug(agreement) == "kyiv-agreement-undated"
    agreement.kind, agreement.signed_on = "twinning", "1993-02-19"
    assert proposed_slug(agreement) == "kyiv-twinning-1993-02-19"


def test_of_the_same_name_each_has_a_number():
    for slug in ("brno", "brno-2", "brno-brno"):
        CityFactory(slug=slug)
    city = PartnerCity(name_pl="Brno", name_en="Brno")
    assert proposed_slug(city) == "brno-3"
    assert proposed_slug(city, {"brno-3"}) == "brno-4"
    assert not city.slug


def test_no_address_is_proposed_at_which_something_else_stands_or_once_stood():
    campaign = CampaignFactory(slug="summer")
    assert proposed_slug(Community(name_en="Summer")) == "summer-2"
    assert proposed_slug(Campaign(name_en="Summer")) == "summer-2"
    campaign.slug = "autumn"
    campaign.publication = "archived"
    campaign.save()
    assert proposed_slug(Community(name_en="Summer")) == "summer-2"


def test_a_long_name_is_cut():
    slug = proposed_slug(PartnerCity(name_pl="Długa nazwa " * 16))
    assert len(slug) <= 94
    assert not slug.endswith("-")
