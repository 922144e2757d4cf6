"""What waits on the desk about pending changes: sent back, to review, to confirm, approved for a day to come."""

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krakow_intl.core.admin.desk import WAYS, Group, Line, Section, section
from krakow_intl.core.admin.history import user_name
from krakow_intl.core.dates import format_partial_date
from krakow_intl.review.models import REVIEW, PendingChange, VerificationRound
from krakow_intl.review.verifiable import lists_for

State = PendingChange.State


class OfChanges(Section):
    """A section of pending changes, each with its author and why it is here."""

    group = Group.PEOPLE
    permission = REVIEW

    def changes(self, user):
        raise NotImplementedError

    def rows(self, desk):
        return self.changes(desk.user).select_related("author", "decided_by", "content_type")

    def lines(self, rows, desk):
        names = _names(rows)
        return [Line(self._title(change, names), change.get_absolute_url(), self.why(change)) for change in rows]

    @staticmethod
    def _title(change, names):
        name = names.get((change.content_type_id, change.object_id)) or change.command.get("name")
        return f"{change.get_kind_display()}: {name or change.content_type.name}".replace("\n", " ")

    def why(self, change):
        words = _("Handed in by %(name)s on %(day)s: %(reason)s")
        return words % {
            "name": user_name(change.author),
            "day": _day(change.created_at),
            "reason": change.reason or "—",
        }


def _names(changes):
    """{(kind, key): name} of the records that changes are about: a query for each kind of them."""
    keys = {}
    for change in changes:
        if change.object_id:
            keys.setdefault(change.content_type, set()).add(change.object_id)
    return {
        (kind.pk, record.pk): str(record)
        for kind, wanted in keys.items()
        for record in kind.model_class()._base_manager.filter(pk__in=wanted)
    }


def _day(moment):
    return format_partial_date(localtime(moment).date())


@section
class SentBack(OfChanges):
    name, title = "sent-back", gettext_lazy("Sent back to me")

    def is_for(self, user):
        return True

    def changes(self, user):
        return PendingChange.objects.written_by(user).filter(state=State.SENT_BACK).order_by("decided_at", "pk")

    def why(self, change):
        name = user_name(change.decided_by)
        return f"{name}: {change.remark}" if change.remark else _("Sent back by %s.") % name


@section
class Rounds(Section):
    name, title, group = "rounds", gettext_lazy("My verification rounds"), Group.PEOPLE

    def is_for(self, user):
        return True

    def rows(self, desk):
        return VerificationRound.objects.open_of(desk.user).with_progress()

    def lines(self, rows, desk):
        for each in rows:
            progress = _("%(done)s of %(all)s looked at") % {"done": each.done, "all": each.total}
            yield Line(each.title, each.get_absolute_url(), progress)


@section
class ToReview(OfChanges):
    name, title = "to-review", gettext_lazy("To review")
    about = gettext_lazy("What others wrote for the public to see.")

    def changes(self, user):
        mine = PendingChange.objects.written_by(user).values("pk")
        return PendingChange.objects.waiting().exclude(pk__in=mine)


@section
class ToConfirm(OfChanges):
    name, title = "to-confirm", gettext_lazy("Published in an emergency, to be confirmed")

    def changes(self, user):
        own = Q(author=user) | Q(decided_by=user) | Q(others=user)
        theirs = PendingChange.objects.filter(own).values("pk")
        return PendingChange.objects.to_confirm().exclude(pk__in=theirs).order_by("decided_at", "pk")

    def why(self, change):
        words = _("Published by %(name)s on %(day)s: %(remark)s")
        name = user_name(change.decided_by)
        return words % {"name": name, "day": _day(change.decided_at), "remark": change.remark or "—"}


@section
class Scheduled(OfChanges):
    name, title, group = "scheduled", gettext_lazy("Approved for a day to come"), Group.CALENDAR

    def is_for(self, user):
        return True

    def changes(self, user):
        changes = PendingChange.objects.filter(state=State.SCHEDULED).order_by("due_at", "pk")
        return changes if user.has_perm(REVIEW) else changes.written_by(user)

    def why(self, change):
        if not change.due_at:
            return ""
        moment = localtime(change.due_at)
        return _("To be carried out on %s.") % f"{_day(moment)}, {date_format(moment, 'H:i')}"


def way_to_a_round(user):
    if lists_for(user):
        yield _("Begin a verification round"), reverse("admin:verification_choice")


WAYS.append(way_to_a_round)
