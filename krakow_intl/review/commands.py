"""What a pending change would do: each kind of command carries itself out, and says whether it is still up to date."""

from contextlib import contextmanager
from datetime import date, datetime

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from krakow_intl.core.admin.desk import may_change
from krakow_intl.core.admin.history import label_of
from krakow_intl.core.admin.submission import Submission, request_of
from krakow_intl.core.english import english_texts
from krakow_intl.core.records import BEFORE_THE_PUBLIC, Publication
from krakow_intl.core.reviewing import CannotBeDone
from krakow_intl.review.models import PendingChange
from krakow_intl.review.restoring import restore
from krakow_intl.review.reverting import may_take_back, plan_of, rows_written, take_back

COMMANDS = {}


def command(kind):
    """Enters the class that carries out changes of a kind."""

    def enter(made):
        COMMANDS[kind] = made
        return made

    return enter


def command_of(change):
    return COMMANDS[change.kind](change)


class Command:
    """A pending change and what it does."""

    is_rehearsed = True  # whether it is carried out, and rolled back, to tell what it would write
    template = ""  # of what its page shows besides

    def __init__(self, change):
        self.change, self.told = change, []

    def models(self):
        """The models whose records it is about; what it writes may belong to others too."""
        return {self.change.model}

    def writers(self):
        """The keys of people whose words it would publish, besides those who handed it in."""
        return set()

    def digest(self):
        """What stands for what a person sees of it, where it is not rehearsed."""
        raise NotImplementedError

    def errors(self):
        """Sentences that say why it cannot be carried out, where it is not rehearsed."""
        return []

    def context(self, request):
        """What its page shows besides."""
        return {}

    def is_stale(self):
        """Whether what it is about changed since its author saw it."""
        raise NotImplementedError

    def carry_out(self):
        """Does it, in a transaction and as its author, with approval; returns a record or None."""
        raise NotImplementedError


@command(PendingChange.Kind.FORM)
class FormCommand(Command):
    """A form as it was sent: bound again, checked by the same rules, merged with what others wrote since."""

    @property
    def pages(self):
        if not admin.site.is_registered(self.change.model):
            raise CannotBeDone(_("Such records have no page any more."))
        return admin.site.get_model_admin(self.change.model)

    def request(self):
        change = self.change
        files = [(file.field, file.name, file.content(), file.content_type) for file in change.files.all()]
        return request_of(change.author, change.command.get("content", []), files)

    def is_stale(self):
        record = self.change.record
        return record is not None and record.version != self.change.command.get("version")

    def carry_out(self):
        request = self.request()
        with _written_by(request), translation.override(self.change.command.get("language")):
            submission = Submission(self.pages, request, self.change.object_id)
            record = submission.store()
        self.told = request._messages.sentences
        return record


@contextmanager
def _written_by(request):
    """What is written meanwhile history tells of the person of that request."""
    before = getattr(HistoricalRecords.context, "request", None)
    HistoricalRecords.context.request = request
    try:
        yield
    finally:
        if before is None:
            del HistoricalRecords.context.request
        else:
            HistoricalRecords.context.request = before


class OfRecords(Command):
    """What is done to many records at once."""

    def models(self):
        return {row.model for row in self.change.records.select_related("content_type")}

    def stored(self, *, lock=False):
        """The records that stand, each with the version that was seen of it; locked, in a transaction, if asked for."""
        for row in self.change.records.select_related("content_type"):
            yield row.stored(lock=lock), row.version

    def is_stale(self):
        return any(record is None or record.version != version for record, version in self.stored())

    def carry_out(self):
        with _written_by(request_of(self.change.author, [])):
            records = [record for record, _version in self.stored(lock=True)]
            if None in records:
                raise CannotBeDone(_("A record it is about is gone."))
            for record in records:
                record._change_reason = self.change.reason or None
                self.do(record)
        return records[0] if len(records) == 1 else None


@command(PendingChange.Kind.PUBLISH)
class PublishCommand(OfRecords):
    """Puts records before the public, as they stand."""

    def do(self, record):
        if record.publication in BEFORE_THE_PUBLIC:
            raise CannotBeDone(_("It was published, or withdrawn, meanwhile: %s") % record)
        if lacking := [name for name in english_texts(type(record)) if not getattr(record, name)]:
            labels = (str(label_of(type(record)._meta.get_field(name))) for name in lacking)
            message = _("%(record)s cannot be published before it has: %(texts)s.")
            raise CannotBeDone(message % {"record": record, "texts": ", ".join(labels)})
        record.publication = Publication.PUBLISHED
        try:
            record.full_clean()
        except ValidationError as error:
            raise CannotBeDone(*(f"{record}: {message}" for message in error.messages)) from error
        record.save()


@command(PendingChange.Kind.DELETE)
class DeleteCommand(OfRecords):
    """Removes records that stand in lists the public reads and have no page that was published."""

    def do(self, record):
        record.delete()


@command(PendingChange.Kind.RESTORE)
class RestoreCommand(Command):
    """Puts a record back as it stood at a moment, with its rows."""

    def is_stale(self):
        record = self.change.record
        return record is not None and record.version != self.change.command.get("version")

    def carry_out(self):
        moment = datetime.fromisoformat(self.change.command["moment"])
        with _written_by(request_of(self.change.author, [])):
            change = self.change
            record, self.told = restore(change.model, change.object_id, moment, change.reason, user=change.author)
        return record


@command(PendingChange.Kind.REVERT)
class RevertCommand(OfRecords):
    """Takes back what was written at one time; what somebody wrote in since is left out, and named."""

    template = "admin/review/reverted.html"

    def is_stale(self):
        return False

    def context(self, request):
        key = self.change.command.get("change")
        return {"taken_back": PendingChange.objects.filter(pk=key).first() if key else None}

    def carry_out(self):
        plan = plan_of(rows_written(self.change.command))
        if not may_take_back(self.change.author, plan):
            raise CannotBeDone(_("Its author may no longer write here."))
        with _written_by(request_of(self.change.author, [])):
            told = take_back(plan, self.change.reason, self.change.author)
        self.told = [*(_("Left as it is: %s") % sentence for sentence in plan.told()), *told]


@command(PendingChange.Kind.VERIFY)
class VerifyCommand(OfRecords):
    """Notes of records that their author found them still true; one that changed since is left out, and named."""

    template = "admin/review/round_remarks.html"

    def is_stale(self):
        return False

    def context(self, request):
        return {"remarks": self.change.command.get("remarks", []), "left": self.change.command.get("left", [])}

    def carry_out(self):
        days, author = self.change.command["checked"], self.change.author
        if not all(may_change(author, model) for model in self.models()):
            raise CannotBeDone(_("Its author may no longer write here."))
        with _written_by(request_of(self.change.author, [])):
            for row in self.change.records.select_related("content_type"):
                self._verify(row, date.fromisoformat(days[f"{row.content_type_id}:{row.object_id}"]))

    def _verify(self, row, day):
        record = row.stored(lock=True)
        if record is None or record.version != row.version:
            name = record or f"{row.model._meta.verbose_name} #{row.object_id}"
            self.told.append(_("It changed since it was checked, and is left out: %s.") % name)
            return
        record.verified_on, record.verified_by = day, self.change.author
        record._change_reason = self.change.reason or None
        record.save()
