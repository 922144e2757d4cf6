"""What becomes of a pending change: a second person publishes it, sends it back or takes it over."""

from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from krakow_intl.core.records import BEFORE_THE_PUBLIC, PublicRecord
from krakow_intl.core.reviewing import Approval, CannotBeDone, approved
from krakow_intl.review.commands import command_of
from krakow_intl.review.effects import parts_of
from krakow_intl.review.handing_in import back_to_draft
from krakow_intl.review.models import HURRY, REVIEW, PendingChange
from krakow_intl.review.noting import note
from krakow_intl.review.trial import digest_of, effects_of, rehearse

LONGEST_WAIT = timedelta(days=3653)


class Changed(Exception):
    """What would be written is not what the person saw who decided."""


def writers_of(change):
    """The keys of all whose words a change publishes: who handed it in, and who wrote what it publishes.

    They are the same before it is carried out, meanwhile and afterwards.
    """
    writers = change.writers() | command_of(change).writers()
    for row in change.records.select_related("content_type"):
        writers |= _writers_since_published(row.model, row.object_id, change)
    return writers - {None}


def _writers_of_drafts(change):
    """The keys of all who wrote the drafts that a change, which was carried out, brought before the public."""
    writers = set()
    for model in apps.get_models():
        if issubclass(model, PublicRecord):
            writers |= _writers_ever(model, _brought_before_the_public(model, change), change)
    return writers


def _brought_before_the_public(model, change):
    """The keys of the drafts of a model that a change brought before the public, by whatever command."""
    past = model.history.filter(id=OuterRef("id")).exclude(pending_change=change.pk).order_by("-history_id")
    rows = model.published_history().filter(pending_change=change.pk)
    rows = rows.annotate(before=Subquery(past.values("publication")[:1]))
    return {*rows.exclude(before__in=BEFORE_THE_PUBLIC).exclude(before=None).values_list("id", flat=True)}


def _writers_ever(model, keys, change):
    """Who wrote records and their rows until a change."""
    if not keys:
        return set()
    histories = [model.history.filter(id__in=keys)]
    histories += (part.history.filter(**{f"{owner}__in": keys}) for part, owner in parts_of(model))
    return {user for rows in histories for user in _writers_in(_until(change, rows))}


def _writers_in(history):
    return history.order_by().values_list("history_user_id", flat=True).distinct()


def _writers_since_published(model, key, change):
    """Who wrote a record and its rows, until a change, since it was last before the public, or ever."""
    if not issubclass(model, PublicRecord):
        return set()
    last = _until(change, model.published_history().filter(id=key)).order_by("-history_date").first()
    histories = [model.history.filter(id=key)]
    histories += (part.history.filter(**{owner: key}) for part, owner in parts_of(model))
    rows = [_until(change, history) for history in histories]
    rows = (history.filter(history_date__gt=last.history_date) if last else history for history in rows)
    return {user for found in rows for user in _writers_in(found)}


def _until(change, history):
    """The rows of history without those of a change, and without what was written after it was carried out."""
    others = history.exclude(pending_change=change.pk)
    is_done = change.state == PendingChange.State.PUBLISHED
    return others.filter(history_date__lt=change.decided_at) if is_done else others


def is_writer(user, change):
    return user.pk in writers_of(change)


def why_not(user, change, models=(), more=()):
    """Why a person may not publish a change that writes records of some models; "" if they may.

    `more` are keys of people whose words it turned out to publish besides.
    """
    if not user.has_perm(REVIEW):
        return _("You have no right to publish what others wrote.")
    for model in {*command_of(change).models(), *models}:
        if not may_publish(user, model):
            return _("You have no right to publish this: %s.") % model._meta.verbose_name_plural
    if (is_writer(user, change) or user.pk in more) and not settings.ONE_PERSON_REVIEWS:
        return _("You wrote this, or a part of it: another person has to look at it.")
    return ""


def may_publish(user, model):
    verb = "publish" if issubclass(model, PublicRecord) else "change"
    return user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")


def publish(change, user, digest, *, in_emergency=False, why=""):
    """Carries a change out as its author, for a person who saw what `digest` stands for; `Changed` if it is another.

    `PermissionDenied` if they may not. In an emergency they need the right to hurry, and say why.
    """
    with transaction.atomic():
        change = PendingChange.objects.select_for_update().get(pk=change.pk)
        if change.state not in (PendingChange.State.WAITING, PendingChange.State.SCHEDULED):
            raise Changed
        is_own = is_writer(user, change)
        approval = Approval.EMERGENCY if in_emergency else Approval.OWN if is_own else Approval.REVIEWED
        command = command_of(change)
        if not command.is_rehearsed and command.digest() != digest:
            raise Changed
        with approved(change, user, approval):
            command.carry_out()
        effects = effects_of(change) if command.is_rehearsed else []
        if command.is_rehearsed and digest_of(change, effects) != digest:
            raise Changed
        models = {*command.models(), *(effect.model for effect in effects)}
        drafts = set() if command.is_rehearsed else _writers_of_drafts(change)
        _refuse(user, change, models, drafts, in_emergency, why)
        change.state, change.approval, change.remark = PendingChange.State.PUBLISHED, approval, why or change.remark
        _decided(change, user)
    return change


def _refuse(user, change, models, writers_of_drafts, in_emergency, why):
    if in_emergency:
        reason, may = "", user.has_perm(HURRY) and why.strip() and all(may_publish(user, model) for model in models)
    else:
        may = not (reason := why_not(user, change, models, writers_of_drafts))
    if not may:
        note(change, user, "refused")
        raise PermissionDenied(reason)


def _decided(change, user):
    change.decided_by, change.decided_at = user, timezone.now()
    change.save()
    note(change, user, change.state)


@transaction.atomic
def schedule(change, user, digest, due_at):
    """Approves that what `digest` stands for be carried out at a moment to come, a datetime; as `publish` otherwise."""
    change = PendingChange.objects.select_for_update().get(pk=change.pk)
    if due_at <= timezone.now():
        raise CannotBeDone(_("This moment has passed: publish it now, or choose a later one."))
    if due_at > timezone.now() + LONGEST_WAIT:
        raise CannotBeDone(_("This moment is more than ten years away: choose an earlier one."))
    if change.state != PendingChange.State.WAITING or (trial := rehearse(change)).digest != digest:
        raise Changed
    if reason := why_not(user, change, {effect.model for effect in trial.effects}):
        raise PermissionDenied(reason)
    change.state, change.digest, change.due_at = PendingChange.State.SCHEDULED, digest, due_at
    _decided(change, user)


def carry_out_due(now):
    """Publishes what is due; what changed since it was approved waits again. Returns (published, waiting again)."""
    published, again = [], []
    for change in PendingChange.objects.filter(state=PendingChange.State.SCHEDULED, due_at__lte=now):
        try:
            published.append(publish(change, change.decided_by, change.digest))
        except (Changed, CannotBeDone, PermissionDenied) as why:
            again.append(_wait_again(change, why))
    return published, again


@transaction.atomic
def _wait_again(change, why):
    change = _open(change)
    said = " ".join(map(str, why.args)) or _("What it would write is not what was approved.")
    change.state, change.due_at, change.digest = PendingChange.State.WAITING, None, ""
    change.remark = _("Not carried out at its time: %s") % said
    change.save()
    note(change, change.decided_by, change.state)
    return change


@transaction.atomic
def send_back(change, user, remark):
    """Gives a change back to its author with a remark."""
    change = _open(change)
    if not user.has_perm(REVIEW):
        raise PermissionDenied
    change.state, change.remark = PendingChange.State.SENT_BACK, remark
    _decided(change, user)
    back_to_draft(change)


@transaction.atomic
def withdraw(change, user):
    """Its author takes a change back."""
    change = _open(change)
    if user.pk not in change.writers():
        raise PermissionDenied
    change.state = PendingChange.State.WITHDRAWN
    _decided(change, user)
    back_to_draft(change)


@transaction.atomic
def confirm(change, user):
    """A person who did not publish it says that an emergency publication was right."""
    change = PendingChange.objects.select_for_update().get(pk=change.pk)
    if not user.has_perm(REVIEW) or user.pk in {change.decided_by_id, *writers_of(change)}:
        raise PermissionDenied
    if change.confirmed_at is None:
        change.confirmed_by, change.confirmed_at = user, timezone.now()
        change.save()
        note(change, user, "confirmed")


def _open(change):
    change = PendingChange.objects.select_for_update().get(pk=change.pk)
    if not change.is_open:
        raise Changed
    return change
