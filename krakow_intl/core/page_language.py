"""The language of the page that is being rendered, which each of its thousand words asks for."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils.translation import get_language

_page = ContextVar("the language of the page that is being rendered", default=None)


@contextmanager
def rendering_in(language):
    """While a page is rendered, which is in one language from end to end."""
    token = _page.set(language)
    try:
        yield
    finally:
        _page.reset(token)


def page_language():
    """The language of the page, "pl" or "en"; where none is being rendered, that of the request or of the register."""
    return _page.get() or (get_language() or settings.LANGUAGE_CODE)[:2]
