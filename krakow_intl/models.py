"""The tables that belong to no app: pages about the register, what visitors report, what the house notes of itself."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.fields import KeyField, ProseField
from krakow_intl.core.records import Named, PublicRecord, Record, RecordQuerySet


class Page(Named, PublicRecord):
    """A page about the register itself that staff write: about, data, privacy, contact."""

    lead = models.TextField(_("lead"), blank=True)
    body = ProseField(_("text"), blank=True)

    search_texts = ("lead", "body")

    class Meta(PublicRecord.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["slug"]

    def get_absolute_url(self):
        return reverse(self.slug)


class AccessibilityStatement(Record):
    """What the act of 4 April 2019 has a public body say of its website; there is one."""

    class Status(models.TextChoices):
        FULL = "full", _("conforms with the act")
        PARTIAL = "partial", _("conforms with the act in part")
        NONE = "none", _("does not conform with the act")

    status = models.CharField(_("conformity"), max_length=7, choices=Status, default=Status.PARTIAL)
    shortcomings = ProseField(_("what is not accessible"), blank=True)
    basis = ProseField(_("basis of the statement"), blank=True, help_text=_("Who examined the site, how and when."))
    published_on = models.DateField(_("site published on"))
    updated_on = models.DateField(_("site last changed in essence on"))
    drawn_up_on = models.DateField(_("statement drawn up on"))
    reviewed_on = models.DateField(
        _("statement reviewed on"), help_text=_("The law asks for a review by 31 March of every year.")
    )
    contact = models.CharField(_("who answers"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    architecture = ProseField(_("access to the buildings"), blank=True)
    communication = ProseField(_("access to communication"), blank=True)

    natural_key_fields = ()
    done_on = ("published_on", "updated_on", "drawn_up_on", "reviewed_on")

    class Meta:
        verbose_name = _("accessibility statement")
        verbose_name_plural = _("accessibility statement")
        constraints = [
            models.CheckConstraint(
                condition=Q(updated_on__gte=F("published_on")),
                name="a_site_changes_after_it_is_published",
                violation_error_message=_("The site was changed before it was published."),
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on__gte=F("drawn_up_on")),
                name="a_statement_is_reviewed_after_it_is_drawn_up",
                violation_error_message=_("The statement was reviewed before it was drawn up."),
            ),
        ]

    def __str__(self):
        return str(capfirst(self._meta.verbose_name))

    def get_absolute_url(self):
        return reverse("accessibility")

    def awaits_review(self, on):
        return self.reviewed_on.year < on.year


class ReportQuerySet(RecordQuerySet):
    def set_apart(self):
        """What came in beyond what staff can read in a day, or seems to be written by a program."""
        return self.filter(is_set_apart=True)

    def not_set_apart(self):
        return self.filter(is_set_apart=False)

    def open(self):
        return self.filter(status=VisitorReport.Status.OPEN)

    def overdue(self, on):
        """What staff were to have answered before a day."""
        return self.open().not_set_apart().filter(due_on__lt=on)

    def about_record(self, name, record):
        """What came from the page of a record of the kind of that name, under whichever address that was public."""
        history = type(record).published_history().filter(id=record.pk)
        former = history.values(reference=Concat(Value(f"{name}:"), "slug", output_field=models.CharField()))
        return self.filter(Q(about=f"{name}:{record.slug}") | Q(about__in=former))


class VisitorReport(Record):
    """What a visitor wrote about a mistake, and what became of it; once it is answered, nothing tells who wrote."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("report", "open")
        ANSWERED = "answered", pgettext_lazy("report", "answered")

    page = models.CharField(_("page"), max_length=300, blank=True)
    about = models.CharField(
        _("about"), max_length=140, blank=True, db_index=True, editable=False, help_text=_("Such as “city:lviv”.")
    )
    text = models.TextField(_("what was written"))
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="pl")
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    due_on = models.DateField(_("answer due on"), null=True, blank=True, editable=False)
    status = models.CharField(pgettext_lazy("report", "status"), max_length=8, choices=Status, default=Status.OPEN)
    answer = models.TextField(_("what was done"), blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, verbose_name=_("handled by")
    )
    is_set_apart = models.BooleanField(
        _("set apart"),
        default=False,
        help_text=_("It came in with very many others, or a program seems to have written it."),
    )
    sender = models.CharField(max_length=64, blank=True, editable=False)  # a hash of the network; too many are refused
    provider = models.CharField(max_length=64, blank=True, editable=False)  # a hash of the wider network
    digest = models.CharField(max_length=64, null=True, unique=True, editable=False)  # of the form, which serves once

    objects = ReportQuerySet.as_manager()
    natural_key_fields = ("digest",)
    is_content = False

    class Meta:
        verbose_name = _("report of a mistake")
        verbose_name_plural = _("reports of mistakes")
        ordering = ["-received_at"]
        indexes = [
            models.Index(fields=["received_at"], name="reports_by_time"),
            models.Index(fields=["is_set_apart", "received_at"], name="reports_set_apart_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open") | Q(email="", sender="", provider=""),
                name="an_answered_report_names_no_sender",
            )
        ]

    def __str__(self):
        return self.text if len(self.text) <= 60 else f"{self.text[:59]}…"

    @property
    def number(self):
        """What visitors and staff call it by: "2026-00017", of the year it came in."""
        return f"{timezone.localtime(self.received_at).year}-{self.pk:05}"

    def is_overdue(self, on):
        return self.status == self.Status.OPEN and self.due_on is not None and self.due_on < on

    def save(self, *args, **kwargs):
        self._settle_what_is_answered()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self._settle_what_is_answered()

    def _settle_what_is_answered(self):
        """Nothing tells any more who sent it, and it does not give way as what is set apart does."""
        if self.status == self.Status.ANSWERED:
            self.email = self.sender = self.provider = ""
            self.is_set_apart = False


class SignInBrake(models.Model):
    """How often signing in failed of late: for an account from a network, for a network, or for an account."""

    key = models.CharField(max_length=64, unique=True, editable=False)  # a hash of what is counted
    failures = models.PositiveIntegerField(default=0)
    last_attempt_at = models.DateTimeField(default=timezone.now, db_index=True)
    succeeded_at = models.DateTimeField(null=True)  # when this account last signed in from this network

    class Meta:
        default_permissions = ()
        verbose_name = _("brake on signing in")
        verbose_name_plural = _("brakes on signing in")

    def __str__(self):
        return self.key


class StaffSession(AbstractBaseSession):
    """One sign-in that lasts, or one that has begun: whose it is, since when, from where and with which browser."""

    expire_date = models.DateTimeField(db_index=True, default=timezone.now)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    network = models.CharField(max_length=50, blank=True)  # such as "81.2.69.0/24"; none where it is not public
    browser = models.CharField(max_length=60, blank=True)  # such as "Firefox, Windows"

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()
        verbose_name = _("session of a member of the staff")
        verbose_name_plural = _("sessions of the staff")

    @classmethod
    def get_session_store_class(cls):
        from krakow_intl.core.sessions import SessionStore  # the store stands on this table

        return SessionStore


class StaffDesk(models.Model):
    """How a person wants their desk, the first page of the staff, and the secret address of their calendar."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="desk")
    department = models.SlugField(_("my department"), max_length=100, blank=True)  # its address word
    is_of_department = models.BooleanField(default=False)  # whether the desk shows only what is the department's
    dormant_years = models.PositiveSmallIntegerField(
        _("years without anything recorded"), default=5, validators=[MinValueValidator(1), MaxValueValidator(99)]
    )
    wants_mail = models.BooleanField(_("a summary by e-mail every day"), default=False)
    language = models.CharField(_("language of the e-mail"), max_length=2, choices=settings.LANGUAGES, default="pl")
    calendar_digest = models.CharField(max_length=64, null=True, unique=True)  # SHA-256 of the word in its address
    calendar_made_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("desk of a person")
        verbose_name_plural = _("desks of people")

    def __str__(self):
        return str(self.user)


class SettledQuestion(models.Model):
    """What a person said of a record on the desk: it is not asked again until what it hangs on is another."""

    topic = models.CharField(max_length=20)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    field = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=64)  # what it hangs on: a year, the SHA-256 of a text
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("question settled on the desk")
        verbose_name_plural = _("questions settled on the desk")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "content_type", "object_id", "field", "state"], name="a_question_is_settled_once"
            )
        ]

    def __str__(self):
        return f"{self.topic}: {self.content_type} {self.object_id}"


class LoadedFixture(models.Model):
    """One version of a file of facts that was read into this database."""

    name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(_("SHA-256"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("loaded file of facts")
        verbose_name_plural = _("loaded files of facts")
        constraints = [
            models.UniqueConstraint(fields=["name", "digest"], name="each_version_of_a_fixture_is_loaded_once")
        ]

    def __str__(self):
        return self.name


class ContentChange(models.Model):
    """One transaction that changed public content, by which other machines learn of it."""

    machine = models.CharField(_("machine"), max_length=200)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of public content")
        verbose_name_plural = _("changes of public content")

    def __str__(self):
        return f"{self.machine} {self.at}"


class ScheduledJob(models.Model):
    """When something was last done that nobody asks for, so that it is done once though several may do it."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    done_at = models.DateTimeField(_("done at"), null=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("scheduled job")
        verbose_name_plural = _("scheduled jobs")

    def __str__(self):
        return self.name


class StoredVersion(models.Model):
    """Which version of something computed stands in this database."""

    name = models.CharField(_("name"), max_length=50, unique=True)
    version = models.CharField(_("version"), max_length=64)

    class Meta:
        verbose_name = _("stored version")
        verbose_name_plural = _("stored versions")

    def __str__(self):
        return f"{self.name}: {self.version}"


class SearchPosting(models.Model):
    """That a word stands in a record, and whether in its title; triggers write it (`core/search/triggers.py`)."""

    pk = models.CompositePrimaryKey("word", "kind", "in_title", "record")  # the one index there is, for there are many
    word = KeyField(max_length=40)
    kind = KeyField(max_length=30)  # the name of its model
    in_title = models.BooleanField(default=False)
    record = models.PositiveBigIntegerField()

    class Meta:
        default_permissions = ()
        verbose_name = _("word of the search index")
        verbose_name_plural = _("words of the search index")

    def __str__(self):
        return f"{self.word}: {self.kind} {self.record}"
