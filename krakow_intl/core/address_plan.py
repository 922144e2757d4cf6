"""The addresses of named pages, each of which Django works out once: a page leads to a hundred others."""

from functools import lru_cache

from django import urls
from django.utils.translation import override

from krakow_intl.core.page_language import page_language

MAX_KEPT = 10_000  # addresses, of some hundred bytes each


def reverse(name, args=(), kwargs=None, language=None):
    """The address of a named page, as `django.urls.reverse` tells it, in the active language or in another."""
    return _address(
        language or page_language(), urls.get_script_prefix(), name, tuple(args), tuple((kwargs or {}).items())
    )


@lru_cache(maxsize=MAX_KEPT)
def _address(language, _prefix, name, args, kwargs):
    with override(language):
        return urls.reverse(name, args=args, kwargs=dict(kwargs))
