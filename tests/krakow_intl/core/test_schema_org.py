import pytest
from django.utils.translation import override

from krakow_intl.core.schema_org import place, publisher


@pytest.mark.parametrize(("language", "name"), [("pl", "Urząd Miasta Krakowa"), ("en", "Kraków City Hall")])
def test_the_publisher_is_named_in_the_language_of_the_page(language, name):
    with override(language):
        assert publisher()["name"] == name


def test_a_place_has_a_name_or_is_none():
    assert place("Lwów") == {"@type": "Place", "name": "Lwów", "address": "Lwów"}
    assert place("") == ""
