import pytest
from django import urls
from django.urls import NoReverseMatch
from django.utils.translation import override

from krakow_intl.core.address_plan import _address, reverse

pytestmark = pytest.mark.once


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize(("name", "args"), [("home", []), ("partners:city_detail", ["lviv"])])
def test_a_page_stands_where_django_says_in_the_language_and_in_the_other(name, args, language):
    with override(language):
        address = urls.reverse(name, args=args)
        assert reverse(name, args) == address
    with override("pl" if language == "en" else "en"):
        assert reverse(name, args, language=language) == address


def test_what_the_plan_does_not_know_is_refused_each_time():
    for _time in range(2):
        with pytest.raises(NoReverseMatch):
            reverse("no_such_page")


def test_the_addresses_that_are_kept_have_a_bound():
    assert _address.cache_info().maxsize
