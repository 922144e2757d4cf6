"""Two pairs of eyes: what a person writes where the public sees it is noticed, and undone until another agrees."""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.content_version import unseen, watched

_acting = ContextVar("who acts", default=None)


class Approval(models.TextChoices):
    """How what a person wrote came before the public."""

    REVIEWED = "reviewed", _("published by another person")
    OWN = "own", _("published by its author, as this office allows")
    EMERGENCY = "emergency", _("published at once, in an emergency")


class NeedsReview(Exception):
    """What was done would change what the public sees; it was rolled back."""


class CannotBeDone(Exception):
    """What somebody proposed cannot be done any more: `reasons`, a list of sentences, say why."""

    def __init__(self, *reasons):
        super().__init__(*reasons)
        self.reasons = [str(reason) for reason in reasons]


@dataclass
class Acting:
    """A person who does something, or the change of theirs that another has approved."""

    user: object
    change: object = None
    approver: object = None
    approval: str = ""
    is_reviewed: bool = False  # whether what is written now can be handed in
    has_touched: bool = False  # something the public sees

    def note(self):
        """Told of each write that the public may see; returns whether it will be undone, to be handed in.

        One that could not be undone is refused at once.
        """
        if not (self.change or self.is_reviewed):
            raise NeedsReview
        self.has_touched = True
        return self.change is None


@dataclass
class Proposal:
    """What a person would do, as `kind` of command does it, with the records it is about."""

    kind: str
    user: object
    model: type
    command: dict
    reason: str = ""
    pk: int | None = None
    records: tuple = ()  # (model, key, version) of the many it is about
    files: tuple = ()  # (name of the field, name, bytes, type)
    replaces: object = None  # a pending change, of which this is a later state


@contextmanager
def acting(user):
    """What is written meanwhile a person writes: without approval the public sees nothing of it."""
    with _as(Acting(user)):
        yield


@contextmanager
def approved(change, approver=None, approval=""):
    """What is written meanwhile is a pending change, which a second person carries out for its author."""
    with _as(Acting(change.author, change, approver, approval)):
        yield


@contextmanager
def _as(acting):
    token = _acting.set(acting)
    try:
        with watched(acting.note):
            yield
    finally:
        _acting.reset(token)


def will_be_kept():
    """Whether what was written in `reviewed` stays, and is not handed in instead."""
    acting = _acting.get()
    return acting is None or acting.change is not None or not acting.has_touched


def current_user():
    """The person who acts, or for whom an approved change is carried out; None where none does, as in commands."""
    acting = _acting.get()
    return acting.user if acting else None


def current_change():
    """The key of the pending change that is being carried out; None if none is."""
    acting = _acting.get()
    return acting.change.pk if acting and acting.change else None


def current_approver():
    """The key of the person who has approved what is being written, or None."""
    acting = _acting.get()
    return acting.approver.pk if acting and acting.approver else None


def current_approval():
    acting = _acting.get()
    return acting.approval if acting else ""


@contextmanager
def reviewed():
    """A transaction that is rolled back, with `NeedsReview`, if a person wrote what the public sees."""
    acting = _acting.get()
    if acting is None or acting.change:
        with transaction.atomic():
            yield
        return
    before = acting.is_reviewed, acting.has_touched
    acting.is_reviewed, acting.has_touched = True, False
    try:
        with transaction.atomic():
            yield
            if acting.has_touched:
                raise NeedsReview
    finally:
        acting.is_reviewed, acting.has_touched = before


@contextmanager
def rehearsal():
    """A transaction in which something is tried: what is written is rolled back, and no page is made anew for it."""
    with unseen(), transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


class Desk:
    """Where proposals are kept until another person has looked at them; the app that keeps them takes its place."""

    def hand_in(self, proposal):
        """Keeps a `Proposal`; returns the pending change."""
        raise NotImplementedError

    def take_back(self, user, record):
        """The publication of a record is not proposed any more."""
        raise NotImplementedError

    def tools(self, user, record):
        """[(words, address, language or "")] of what a person may look at beside the form of a record."""
        raise NotImplementedError

    def states_address(self, record):
        """Where the states of a record are compared, and an earlier one put back."""
        raise NotImplementedError

    def changes_addresses(self, record):
        """[(words, address)] of where else is told what changed, beside the history of a record."""
        raise NotImplementedError

    def deleted_address(self, model):
        """Where the deleted records of a model are listed."""
        raise NotImplementedError

    def opened(self, request, model, pk):
        """The pending change of a record that a person goes on writing, as the request names it, or None."""
        raise NotImplementedError


_desk = []


def enter_desk(desk):
    _desk[:] = [desk]


def desk():
    return _desk[0]
