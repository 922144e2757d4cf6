"""An import, or the undoing of one, that another person looks at as a whole before the public sees it."""

import hashlib
import json

from django.contrib import admin
from django.utils.translation import gettext as _

from krakow_intl.core.reviewing import CannotBeDone, Proposal, desk
from krakow_intl.imports.books import ALL
from krakow_intl.review.commands import Command, command
from krakow_intl.review.models import PendingChange
from partners.admin.import_publishing import UNFOLDED, published_by
from partners.admin.import_report import model_of_right
from partners.admin.list_report import report_view_of
from partners.imports.writing.applying import IMPORT, apply_book, apply_import, is_read
from partners.imports.writing.undo import plan_undo, undo_import
from partners.models import SheetImport

SAMPLE = 20  # rows of each outcome


def hand_in_import(record, user, *, publish, only_good):
    """Hands in that an import be applied as it was previewed."""
    said = {"publish": publish, "only_good": only_good, "plan": record.plan_digest, "name": record.name}
    return _hand_in(PendingChange.Kind.IMPORT, record, user, said)


def hand_in_undo(record, user, *, also, keep):
    said = {"also": sorted(also), "keep": sorted(keep), "name": record.name}
    return _hand_in(PendingChange.Kind.UNDO, record, user, said)


def pending_of(record):
    """The change under review that would apply an import or take it back, or None."""
    kinds = (PendingChange.Kind.IMPORT, PendingChange.Kind.UNDO)
    return PendingChange.objects.open().about(record).filter(kind__in=kinds).last()


def _hand_in(kind, record, user, said):
    proposal = Proposal(kind, user, SheetImport, said, record.reason, record.pk, replaces=pending_of(record))
    return desk().hand_in(proposal)


class OfImports(Command):
    """What is done with an import; it is told by its report, not row by row of the history."""

    is_rehearsed = False
    template = "admin/partners/import_review.html"

    @property
    def record(self):
        return self.change.record

    def models(self):
        """Of what its plan writes, as the rights say that it takes."""
        rights = {*self.record.report.get("rights", ())} - {IMPORT}
        return {*filter(None, map(model_of_right, rights))}

    def context(self, request):
        """What is told of the import: its rows only to those who may see the list that it brings in."""
        view, pages = report_view_of(self.record), admin.site.get_model_admin(SheetImport)
        may_see = pages.has_view_permission(request) and pages.may_see(request.user, self.record)
        samples = [*_samples(view)] if may_see else []
        return {"report_view": view, "import": self.record, "may_see_import": may_see, "samples": samples}


def _samples(view):
    """(outcome in a word, how many rows have it, the first of them as they are told)."""
    for outcome, word, count in view.counted():
        if count:
            yield word, count, [*view.display_rows(view.rows(outcome)[:SAMPLE])]


@command(PendingChange.Kind.IMPORT)
class ImportCommand(OfImports):
    def context(self, request):
        """What waits is told with the whole text of all that it would bring before the public."""
        context = super().context(request)
        if not (self.change.is_open and context["may_see_import"]):
            return context
        page = published_by(context["report_view"], self.change.command, request.user, request.GET.get("text"))
        return context | {"published": page, "is_folded": len(page.object_list) > UNFOLDED}

    def writers(self):
        """Whoever sent the sheet or answered what was asked of it, although another applied it."""
        return {self.record.uploaded_by_id, *self.record.answered_by.values_list("pk", flat=True)} - {None}

    def is_stale(self):
        return self.record.plan_digest != self.change.command["plan"]

    def digest(self):
        return self.change.command["plan"]

    def errors(self):
        if not self.record.is_open:
            return [_("The import is not open any more.")]
        if self.is_stale() or not is_read(self.record):
            return [_("The register, or what was said of the sheet, changed since it was handed in: hand it in anew.")]
        return []

    def carry_out(self):
        said = self.change.command
        if errors := self.errors():
            raise CannotBeDone(*errors)
        if self.record.noun == ALL:
            is_done = apply_book(self.record, self.change.author).digest() == said["plan"]
        else:
            given = {"publish": said["publish"], "only_good": said["only_good"]}
            is_done = apply_import(self.record, self.change.author, **given).result == "applied"
        if not is_done:
            raise CannotBeDone(_("The register changed since it was handed in: look at the import again."))


@command(PendingChange.Kind.UNDO)
class UndoCommand(OfImports):
    def is_stale(self):
        return False

    def digest(self):
        plan = plan_undo(self.record, self.change.command["also"])
        units = sorted([str(unit.key), str(unit.fingerprint)] for unit in [*plan.going, *plan.staying])
        return hashlib.sha256(json.dumps(units).encode()).hexdigest()

    def errors(self):
        return [] if self.record.state == SheetImport.State.APPLIED else [_("The import is not applied any more.")]

    def carry_out(self):
        if errors := self.errors():
            raise CannotBeDone(*errors)
        undo_import(self.record, self.change.author, self.change.command["also"], self.change.command["keep"])
