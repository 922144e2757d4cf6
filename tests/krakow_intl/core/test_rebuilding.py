import pytest
from django.core.management import call_command

from krakow_intl.core import rebuilding
from krakow_intl.core.rebuilding import computed_columns, keys_are_current, rebuild_keys
from krakow_intl.core.sorting import sort_key
from partners.models import Agreement, SheetAlias
from polonia.models import Campaign
from tests.partners.factories import AgreementFactory
from tests.polonia.factories import CampaignFactory

pytestmark = pytest.mark.django_db


def test_every_key_of_records_that_stand_already_is_computed_anew():
    agreement = AgreementFactory(signed_on="1995-10-23")
    campaign = CampaignFactory(name_pl="„Lato”", name_en=None)
    words = agreement.search_words
    Agreement.objects.update(search_words="", starts_on=None)
    Campaign.objects.update(sort_key_pl="stale", sort_key_en="stale")
    assert rebuild_keys() == 2
    agreement.refresh_from_db()
    campaign.refresh_from_db()
    assert (agreement.search_words, str(agreement.starts_on)) == (words, "1995-10-23")
    assert " 1995 " in words
    assert (campaign.sort_key_pl, campaign.sort_key_en) == (sort_key("Lato”"), sort_key("Lato”", "en"))
    assert rebuild_keys() == 0


def test_nobody_edited_anything():
    agreement = AgreementFactory()
    Agreement.objects.update(search_words="")
    rebuild_keys()
    agreement.refresh_from_db()
    assert agreement.version == 1
    assert agreement.history.count() == 1


def test_rules_that_changed_are_noticed_once(monkeypatch):
    rebuild_keys()
    assert keys_are_current()
    monkeypatch.setattr(rebuilding, "version_of_keys", lambda: "of tomorrow")
    assert not keys_are_current()
    call_command("rebuild_keys", verbosity=0)
    assert keys_are_current()


def test_preparing_rebuilds_what_older_rules_computed(settings, tmp_path):
    settings.FIXTURES_DIR = tmp_path
    agreement = AgreementFactory()
    Agreement.objects.update(search_words="poisoned")
    call_command("prepare", verbosity=0)
    agreement.refresh_from_db()
    assert "poisoned" not in agreement.search_words


def test_what_is_current_is_left_alone():
    rebuild_keys()
    AgreementFactory()
    Agreement.objects.update(search_words="left")
    call_command("rebuild_keys", verbosity=0)
    assert Agreement.objects.get().search_words == "left"
    call_command("rebuild_keys", all=True, verbosity=0)
    assert Agreement.objects.get().search_words != "left"


def test_no_computed_column_is_forgotten():
    found = {(model, column.name) for model, columns in computed_columns().items() for column in columns}
    assert {(Agreement, "ends_as"), (SheetAlias, "key"), (Campaign, "sort_key_en")} <= found
