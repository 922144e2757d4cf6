"""The page that tells people how programs read the register."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from krakow_intl.api.serializers import serializer_of
from krakow_intl.core.public_data import COLLECTIONS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["pl", "en"])
def test_it_names_every_field_of_every_collection_with_what_it_means(client, language):
    with override(language):
        page = client.get(reverse("documentation")).content.decode()
    for name, collection in COLLECTIONS.items():
        section = page.partition(f'<h2 id="{name}">')[2].partition("</section>")[0]
        missing = [field for field in serializer_of(collection)._declared_fields if f"<dt>{field}</dt>" not in section]
        assert missing == [], name
