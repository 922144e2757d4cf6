"""The public page as it would look: made in a transaction that is rolled back, and kept nowhere."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.http import Http404
from django.test import RequestFactory
from django.urls import NoReverseMatch, resolve
from django.utils.translation import override

from krakow_intl.core.kinds import kind_of
from krakow_intl.core.records import Publication, PublicRecord
from krakow_intl.core.reviewing import CannotBeDone, rehearsal
from krakow_intl.review.commands import command_of
from krakow_intl.review.trial import carried_out

_is_preview = ContextVar("whether a page is made as it would look", default=False)


def is_preview():
    """Whether the page that is being made shows what is not public yet."""
    return _is_preview.get()


def preview_of_change(change, language):
    """The page (`HttpResponse`) of the record of a change as it would look; None if it has none, or cannot be made."""
    if not (command := command_of(change)).is_rehearsed:
        return None
    try:
        with carried_out(command) as record:
            return _page(record or change.first_record(), language)
    except CannotBeDone:
        return None


def preview_of_record(record, language):
    """The page of a record, and of what it belongs to, as if it were published today."""
    with rehearsal():
        return _page(record, language)


def shown_on(record):
    """The record, or the one it belongs to, that has a public page; None if there is none."""
    if record is None:
        return None
    kind = kind_of(type(record))
    if kind and kind.has_address:
        return record
    parents = [getattr(record, name) for name in getattr(record, "belongs_to", ())]
    keys = [field.name for field in record._meta.concrete_fields if field.is_relation]
    owners = [getattr(record, name) for name in keys if name not in NOT_OWNERS]
    found = (shown_on(parent) for parent in [*parents, *owners] if isinstance(parent, PublicRecord))
    return next(filter(None, found), None)


NOT_OWNERS = {"source", "verified_by", "department"}


def _page(record, language):
    record = shown_on(record)
    if record is None:
        return None
    _publish_with_parents(record)
    with override(language), _as_preview():
        try:
            address = record.get_absolute_url()
            request = RequestFactory(SERVER_NAME="localhost").get(address)
            request.LANGUAGE_CODE = language
            request.resolver_match = match = resolve(address)
            response = match.func(request, *match.args, **match.kwargs)
        except (NoReverseMatch, Http404):
            return None
        if hasattr(response, "render"):
            response.render()
    response["Cache-Control"], response["X-Robots-Tag"] = "private, no-store", "noindex, nofollow"
    return response


def _publish_with_parents(record):
    if not record.is_published:
        record.publication = Publication.PUBLISHED
        record.save()
    for name in record.belongs_to:
        if parent := getattr(record, name):
            _publish_with_parents(parent)


@contextmanager
def _as_preview():
    token = _is_preview.set(True)
    try:
        yield
    finally:
        _is_preview.reset(token)


FUNCTIONS = (is_preview,)
