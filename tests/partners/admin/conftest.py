"""What every test of imports needs: a store of its own, and a city to speak of."""

import pytest

from tests.partners.factories import CityFactory, ThemeFactory


@pytest.fixture
def lviv():
    ThemeFactory(slug="culture", name_pl="kultura", name_en="culture")
    return CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv", country="UA")


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.VAR_DIR = tmp_path
