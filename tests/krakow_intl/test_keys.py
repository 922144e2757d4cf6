import pytest
from django.apps import apps

from krakow_intl.keys import sort_key, sort_names_anew
from polonia.models import Campaign
from tests.polonia.factories import CampaignFactory


def test_names_sort_by_their_first_letter_whatever_stands_before_it():
    names = ["„Podaruj dzieciom lato”", "Rodziny z Kazachstanu", "(Ósme) spotkanie", "Żaki", "Osiem gwiazd"]
    assert sorted(names, key=sort_key) == [
        "Osiem gwiazd",
        "(Ósme) spotkanie",
        "„Podaruj dzieciom lato”",
        "Rodziny z Kazachstanu",
        "Żaki",
    ]


def test_a_name_without_a_letter_sorts_first():
    assert sort_key("–") == ""


@pytest.mark.django_db
def test_a_migration_sorts_stored_names_anew():
    campaign = CampaignFactory(name_pl="„Lato”", name_en=None)
    Campaign.objects.filter(pk=campaign.pk).update(sort_key_pl="stale", sort_key_en="stale")
    sort_names_anew("polonia")(apps, None)
    campaign.refresh_from_db()
    assert (campaign.sort_key_pl, campaign.sort_key_en) == (sort_key("Lato”"), sort_key("Lato”", "en"))
