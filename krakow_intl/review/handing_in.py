"""Keeps what a person would do until another has looked at it."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from krakow_intl.core.admin.history import user_name
from krakow_intl.core.admin.keys import KEY
from krakow_intl.core.admin.reminders import record_reminder
from krakow_intl.core.records import Publication
from krakow_intl.core.reviewing import Desk, enter_desk
from krakow_intl.review.models import REVIEW, PendingChange, PendingFile, PendingRecord
from krakow_intl.review.noting import note
from krakow_intl.review.previews import shown_on
from krakow_intl.review.verifiable import WALKS

OPENED = "pending"  # the name in an address, and in a form, of the change a person goes on writing


class ReviewDesk(Desk):
    @transaction.atomic
    def hand_in(self, proposal):
        said = {
            "kind": proposal.kind,
            "content_type": ContentType.objects.get_for_model(proposal.model),
            "object_id": proposal.pk,
            "reason": proposal.reason,
            "author": proposal.user,
        }
        if twin := _twin(proposal, said):
            return twin
        change = PendingChange.objects.create(**said, command=proposal.command, replaces=proposal.replaces)
        for model, pk, version in proposal.records:
            kind = ContentType.objects.get_for_model(model)
            PendingRecord.objects.create(change=change, content_type=kind, object_id=pk, version=version)
        for field, name, content, content_type in proposal.files:
            _keep_file(change, field, name, content, content_type)
        if proposal.replaces:
            _put_aside(proposal.replaces, change)
        note(change, proposal.user, "handed-in")
        return change

    @transaction.atomic
    def take_back(self, user, record):
        found = PendingChange.objects.open().about(record).filter(kind=PendingChange.Kind.PUBLISH)
        for change in _locked(found):
            change.state, change.decided_by = PendingChange.State.WITHDRAWN, user
            change.save()
            note(change, user, change.state)

    def tools(self, user, record):
        is_public = getattr(record, "is_published", True) and not PendingChange.objects.open().about(record).exists()
        if is_public or shown_on(record) is None:
            return []
        kind = ContentType.objects.get_for_model(record)
        preview = [
            (
                _("Preview (%s)") % name,
                reverse("admin:review_preview", args=[kind.pk, record.pk, code]),
                code,
            )
            for code, name in settings.LANGUAGES
        ]
        return [*preview, (_("Links to the preview"), reverse("admin:review_links", args=[kind.pk, record.pk]), "")]

    def states_address(self, record):
        kind = ContentType.objects.get_for_model(record)
        return reverse("admin:review_compare", args=[kind.pk, record.pk])

    def changes_addresses(self, record):
        kind = ContentType.objects.get_for_model(record)
        of_it = [walk.name for walk in WALKS.values() if walk.is_by_way and walk.model is type(record)]
        address = reverse("admin:what_changed")
        whole = [(_("All that changed in what belongs to it"), f"{address}?{name}={record.pk}") for name in of_it]
        return [*whole, (_("What changed in all records of this kind"), f"{address}?kind={kind.pk}")]

    def deleted_address(self, model):
        return reverse("admin:review_deleted", args=[ContentType.objects.get_for_model(model).pk])

    def opened(self, request, model, pk):
        key = request.POST.get(OPENED) or request.GET.get(OPENED, "")
        if not KEY.fullmatch(key):
            return None
        kind = ContentType.objects.get_for_model(model)
        changes = PendingChange.objects.open().filter(kind=PendingChange.Kind.FORM, content_type=kind, object_id=pk)
        change = changes.filter(pk=int(key)).first()
        return change if change and may_go_on(request.user, change) else None


@record_reminder("review.view_pendingchange")
def of_open_changes(record):
    """What others, or the reader, have handed in of a record."""
    changes = [*PendingChange.objects.open().about(record).select_related("author")]
    if not changes:
        return None
    message = ngettext(
        "%(count)s change of this is under review", "%(count)s changes of this are under review", len(changes)
    )
    links = [
        (f"{user_name(change.author)}: {change.reason or change.get_kind_display()}", change.get_absolute_url())
        for change in changes
    ]
    return {
        "message": message % {"count": len(changes)},
        "address": reverse("admin:review_pendingchange_changelist"),
        "links": links,
    }


def may_go_on(user, change):
    """Whether a person may go on writing a change: one of theirs, or one they look at and take over."""
    return user.pk in change.writers() or user.has_perm(REVIEW)


def _locked(changes):
    """Those of some changes that are still open once nobody else decides about them, which they wait for."""
    keys = [*changes.values_list("pk", flat=True)]
    return [*PendingChange.objects.open().filter(pk__in=keys).order_by("pk").select_for_update()]


def _twin(proposal, said):
    """The same, which waits already: a form that was sent twice is one change."""
    waiting = PendingChange.objects.waiting().filter(**said).prefetch_related("records", "files")
    rows = sorted((pk, version) for _model, pk, version in proposal.records)
    files = sorted((field, content) for field, _name, content, _type in proposal.files)
    for change in waiting:
        is_same = change.command == proposal.command and change != proposal.replaces
        are_same = sorted((row.object_id, row.version) for row in change.records.all()) == rows
        if is_same and are_same and sorted((file.field, file.content()) for file in change.files.all()) == files:
            return change
    return None


def _keep_file(change, field, name, content, content_type):
    file = PendingFile(change=change, field=field, name=name, content_type=content_type)
    file.file.save("file", ContentFile(content), save=False)
    file.save()


def _put_aside(old, new):
    """The later state of a change has the writers of the earlier one too, and the files that came with it.

    The earlier one stays as it is if it was decided meanwhile.
    """
    new.others.set(old.writers() - {new.author_id})
    sent = {file.field for file in new.files.all()}
    for file in old.files.exclude(field__in=sent):
        _keep_file(new, file.field, file.name, file.content(), file.content_type)
    is_own = old.author_id == new.author_id
    for change in _locked(PendingChange.objects.filter(pk=old.pk)):
        change.state = PendingChange.State.WITHDRAWN if is_own else PendingChange.State.TAKEN_OVER
        change.decided_by = new.author
        change.save()
        note(change, new.author, change.state)


def back_to_draft(change):
    """What was handed in for publication is a draft again."""
    if change.kind != PendingChange.Kind.PUBLISH:
        return
    for row in change.records.select_related("content_type"):
        record = row.stored()
        if getattr(record, "publication", None) == Publication.IN_REVIEW:
            record.publication = Publication.DRAFT
            record.save()


enter_desk(ReviewDesk())
