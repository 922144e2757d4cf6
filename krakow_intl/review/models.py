"""Changes of what the public sees that wait for a second person."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krakow_intl.core.reviewing import Approval
from krakow_intl.core.storage import PrivateStorage, generated_name

REVIEW, HURRY = "review.review_pendingchange", "review.hurry_pendingchange"  # the rights to publish what others wrote


class NamesARecord(models.Model):
    """Mixin of rows that name a record by its kind, `content_type`, and its key, `object_id`."""

    class Meta:
        abstract = True

    @property
    def model(self):
        return self.content_type.model_class()

    def stored(self, *, lock=False):
        """The record, or None where it is gone; locked, in a transaction, if asked for."""
        records = self.model._base_manager.all()
        return (records.select_for_update() if lock else records).filter(pk=self.object_id).first()


class PendingStorage(PrivateStorage):
    folder = "pending"


class PendingChangeQuerySet(models.QuerySet):
    def taking_back(self, change):
        """Those that would take back, or took back, what a change wrote."""
        return self.filter(kind=PendingChange.Kind.REVERT, command__change=change.pk)

    def waiting(self):
        return self.filter(state=PendingChange.State.WAITING)

    def open(self):
        """What may still come before the public: it waits, was sent back, or has its day."""
        return self.filter(state__in=OPEN)

    def written_by(self, user):
        return self.filter(Q(author=user) | Q(others=user)).distinct()

    def about(self, record):
        kind = ContentType.objects.get_for_model(record)
        among_many = Q(records__content_type=kind, records__object_id=record.pk)
        return self.filter(Q(content_type=kind, object_id=record.pk) | among_many).distinct()

    def to_confirm(self):
        """What was published at once in an emergency, and nobody else has looked at yet."""
        return self.filter(state=PendingChange.State.PUBLISHED, approval=Approval.EMERGENCY, confirmed_at=None)


class PendingChange(NamesARecord):
    """What a person would do to what the public sees: a command, the reason for it, and what became of it."""

    class Kind(models.TextChoices):
        FORM = "form", pgettext_lazy("pending change", "change of a record")
        PUBLISH = "publish", pgettext_lazy("pending change", "publication")
        DELETE = "delete", pgettext_lazy("pending change", "removal")
        RESTORE = "restore", pgettext_lazy("pending change", "return to an earlier state")
        IMPORT = "import", pgettext_lazy("pending change", "import")
        UNDO = "undo", pgettext_lazy("pending change", "undoing of an import")
        VERIFY = "verify", pgettext_lazy("pending change", "verification round")
        REVERT = "revert", pgettext_lazy("pending change", "taking back of what was written")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("pending change", "waits for review")
        SENT_BACK = "sent-back", pgettext_lazy("pending change", "sent back")
        SCHEDULED = "scheduled", pgettext_lazy("pending change", "approved for a day to come")
        PUBLISHED = "published", pgettext_lazy("pending change", "carried out")
        TAKEN_OVER = "taken-over", pgettext_lazy("pending change", "taken over")
        WITHDRAWN = "withdrawn", pgettext_lazy("pending change", "withdrawn")

    kind = models.CharField(_("what it is"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING, db_index=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name=_("list"))
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    command = models.JSONField(default=dict)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="pending_changes", verbose_name=_("author")
    )
    others = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", blank=True, verbose_name=_("others who wrote it")
    )
    created_at = models.DateTimeField(_("handed in"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    remark = models.TextField(_("remark"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    approval = models.CharField(_("approval"), max_length=9, choices=Approval, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of what the person saw who approved it for a day to come
    due_at = models.DateTimeField(_("to be carried out at"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("takes the place of")
    )

    objects = PendingChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change under review")
        verbose_name_plural = _("changes under review")
        ordering = ["created_at", "pk"]
        default_permissions = ("view",)
        permissions = [
            ("review_pendingchange", _("Can publish what others wrote, or send it back")),
            ("hurry_pendingchange", _("Can publish at once in an emergency")),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.subject}"

    def get_absolute_url(self):
        """Where staff look at it."""
        return reverse("admin:review_pendingchange_change", args=[self.pk])

    @cached_property
    def record(self):
        """The record it is about; None for a new one, for many, or where it is gone."""
        return self.stored() if self.object_id else None

    def first_record(self):
        """The record it is about, or the first of many."""
        row = None if self.record else self.records.select_related("content_type").first()
        return row.stored() if row else self.record

    @property
    def subject(self):
        """What it is about, as a list names it."""
        if self.record:
            return str(self.record)
        return self.command.get("name") or self.content_type.name

    @property
    def is_open(self):
        return self.state in OPEN

    def writers(self):
        """The keys of all who wrote it."""
        return {self.author_id, *self.others.values_list("pk", flat=True)}


OPEN = (PendingChange.State.WAITING, PendingChange.State.SENT_BACK, PendingChange.State.SCHEDULED)


class PendingRecord(NamesARecord):
    """One of the records that a change of many is about, in the version its author saw."""

    change = models.ForeignKey(PendingChange, models.CASCADE, related_name="records")
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    version = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        verbose_name = _("record under review")
        verbose_name_plural = _("records under review")
        indexes = [models.Index(fields=["content_type", "object_id"], name="records_under_review")]

    def __str__(self):
        return f"{self.content_type} {self.object_id}"


class PreviewLinkQuerySet(models.QuerySet):
    def valid(self, now):
        return self.filter(revoked_at=None, expires_at__gt=now)


class PreviewLink(NamesARecord):
    """An address at which people without an account see one record as it would look, for a week."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    change = models.ForeignKey(PendingChange, models.CASCADE, null=True, blank=True, related_name="links")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("link to a preview")
        verbose_name_plural = _("links to previews")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="links_to_previews")]

    def __str__(self):
        return f"{self.content_type} {self.object_id}"


class PendingFile(models.Model):
    """A file that came with a form."""

    change = models.ForeignKey(PendingChange, models.CASCADE, related_name="files")
    field = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100, blank=True)
    file = models.FileField(storage=PendingStorage, upload_to=generated_name)

    class Meta:
        default_permissions = ()
        verbose_name = _("file under review")
        verbose_name_plural = _("files under review")

    def __str__(self):
        return self.name

    def content(self):
        with self.file.open("rb") as file:
            return file.read()


class VerificationRoundQuerySet(models.QuerySet):
    def open_of(self, user):
        """The rounds of a person that are not handed in yet, the oldest first."""
        return self.filter(author=user, closed_at=None).order_by("created_at", "pk")

    def with_progress(self):
        """Annotates `total` and `done`: how many records there are, and how many were looked at."""
        looked_at = ~Q(items__answer=RoundItem.Answer.NONE)
        return self.annotate(total=models.Count("items"), done=models.Count("items", filter=looked_at))


class VerificationRound(models.Model):
    """A walk of one person through records that are to be checked against the files, one after the other."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="verification_rounds", verbose_name=_("author")
    )
    title = models.CharField(_("what is looked at"), max_length=300)
    choice = models.CharField(max_length=300)  # what was chosen, in no language
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    change = models.OneToOneField(
        PendingChange, models.PROTECT, null=True, blank=True, related_name="verification_round"
    )

    objects = VerificationRoundQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("verification round")
        verbose_name_plural = _("verification rounds")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("admin:verification_round", args=[self.pk])


class RoundItem(NamesARecord):
    """A record of a round, and what its author said of it."""

    class Answer(models.TextChoices):
        NONE = "", pgettext_lazy("verification", "not looked at yet")
        TRUE = "true", pgettext_lazy("verification", "still true")
        CORRECTED = "corrected", pgettext_lazy("verification", "to be corrected")
        SKIPPED = "skipped", pgettext_lazy("verification", "skipped")
        ASKED = "asked", pgettext_lazy("verification", "asked")

    round = models.ForeignKey(VerificationRound, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    answer = models.CharField(max_length=9, choices=Answer, default=Answer.NONE, blank=True)
    remark = models.CharField(_("question"), max_length=500, blank=True)
    version = models.PositiveIntegerField(null=True)  # of the record, as its author saw it
    checked_on = models.DateField(null=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("record of a verification round")
        verbose_name_plural = _("records of verification rounds")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["round", "position"], name="a_round_has_one_record_at_a_place")]

    def __str__(self):
        return f"{self.content_type} {self.object_id}"
