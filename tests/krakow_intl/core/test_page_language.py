import pytest
from django.utils.translation import deactivate_all, override

from krakow_intl.core.page_language import page_language, rendering_in

pytestmark = pytest.mark.once


def test_a_page_is_in_its_language_from_end_to_end():
    with override("pl"), rendering_in("en"):
        assert page_language() == "en"
    with override("pl"):
        assert page_language() == "pl"


def test_without_a_language_it_is_that_of_the_register():
    with override(None):
        deactivate_all()
        assert page_language() == "pl"
