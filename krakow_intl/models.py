"""What every record of the register is: versioned, perhaps published, with a source; and the pages about it."""

from contextlib import nullcontext

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krakow_intl.content_version import is_seen, unseen
from krakow_intl.fields import KeyCharField, KeyTextField, ProseField
from krakow_intl.former_addresses import has_address, refuse_address
from krakow_intl.keys import sort_column, sort_key
from krakow_intl.search import words_of


class Publication(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("publication", "draft")
    IN_REVIEW = "in-review", pgettext_lazy("publication", "in review")
    PUBLISHED = "published", pgettext_lazy("publication", "published")
    ARCHIVED = "archived", pgettext_lazy("publication", "archived")


class Precision(models.TextChoices):
    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    OVER = "over", _("over")


def writing(records):
    """A context in which records of one model are written; pages are renewed only if the public sees one of them."""
    is_unseen = records and type(records[0]).is_content and not is_seen(records)
    return unseen() if is_unseen else nullcontext()


class RecordQuerySet(models.QuerySet):
    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        with writing([] if kwargs.get("update_conflicts") else objs):
            return super().bulk_create(objs, *args, **kwargs)

    def get_by_natural_key(self, *key):
        """The record of that natural key; the names of the key's fields stand in the model's `natural_key_fields`."""
        lookups = {}
        for name in self.model.natural_key_fields:
            size = _key_size(self.model._meta.get_field(name))
            head, key = key[:size], key[size:]
            lookups |= _natural_lookup(self.model._meta.get_field(name), head)
        return self.get(**lookups)

    def by_name(self):
        """Named records in the alphabet of the active language."""
        return self.order_by(sort_column())


def _key_size(field):
    if not field.is_relation:
        return 1
    return sum(_key_size(field.related_model._meta.get_field(name)) for name in field.related_model.natural_key_fields)


def _natural_lookup(field, key):
    return {field.name: field.related_model.objects.get_by_natural_key(*key) if field.is_relation else key[0]}


class Record(models.Model):
    """A row that people edit: it counts its versions, so that nobody overwrites what he has not seen."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = RecordQuerySet.as_manager()
    natural_key_fields = ("slug",)
    is_content = True  # whether the public may come to see such records

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        with writing([self]):
            if not self._state.adding:
                self.version += 1
                if kwargs.get("update_fields") is not None:
                    kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
            super().save(*args, **kwargs)

    def natural_key(self):
        key = ()
        for name in self.natural_key_fields:
            value = getattr(self, name)
            key += value.natural_key() if isinstance(value, models.Model) else (value,)
        return key


class PublicQuerySet(RecordQuerySet):
    def get_by_natural_key(self, *key):
        """As ever; a file of facts may still call a record by a slug under which it was published before."""
        try:
            return super().get_by_natural_key(*key)
        except self.model.DoesNotExist:
            if self.model.natural_key_fields != ("slug",):
                raise
            past = self.model.history.filter(slug=key[0], publication="published").order_by()
            if (record := self.filter(pk__in=past.values("id")).order_by("pk").last()) is None:
                raise
            return record

    def published(self):
        return self.filter(publication=Publication.PUBLISHED)

    def in_order_of_time(self, column="starts_on"):
        """From the first to the last; those without a date stand at the end in every database."""
        return self.order_by(models.F(column).asc(nulls_last=True), "pk")


class PublicRecord(Record):
    """A record of the register that residents may see once it is published."""

    publication = models.CharField(
        _("publication"),
        max_length=10,
        choices=Publication.choices,
        default=Publication.DRAFT,
        db_index=True,
        help_text=_("Only what is published can be seen by the public."),
    )
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("Document and section, such as “Programme 2006, I.2.1 d”.")
    )
    verified_on = models.DateField(
        _("verified on"), null=True, blank=True, help_text=_("The day somebody last checked this against the files.")
    )
    search_words = KeyTextField(computed_by="words_to_find_it_by")

    objects = PublicQuerySet.as_manager()
    titles_to_find = ("name",)  # the texts the public search looks into, in every language they have
    texts_to_find = ()
    dates_to_find = ()

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")

    def save(self, *args, **kwargs):
        if has_address(type(self)) and self._has_a_new_slug():
            refuse_address(self)
        super().save(*args, **kwargs)

    @property
    def is_published(self):
        return self.publication == Publication.PUBLISHED

    def words_to_find_it_by(self):
        return words_of(self, type(self))

    def clean(self):
        super().clean()
        self._refuse_to_move_a_published_page()

    def validate_unique(self, exclude=None):
        super().validate_unique(exclude)
        if has_address(type(self)) and "slug" not in (exclude or ()):
            refuse_address(self)

    def _has_a_new_slug(self):
        return self._state.adding or type(self)._base_manager.filter(pk=self.pk).exclude(slug=self.slug).exists()

    def _refuse_to_move_a_published_page(self):
        if not self.pk or not hasattr(self, "slug"):
            return
        before = type(self).objects.published().filter(pk=self.pk).values_list("slug", flat=True).first()
        if before and before != self.slug:
            message = _("This page is published at “%(slug)s”: its address can no longer change.")
            raise ValidationError({"slug": message % {"slug": before}})


class Named(models.Model):
    """Mixin: a name in both languages, an address word frozen at publication, and the keys to sort by."""

    slug = models.SlugField(
        _("address word"),
        max_length=100,
        unique=True,
        help_text=_("Part of the page’s address, the same in both languages. It is frozen at publication."),
    )
    name = models.CharField(_("name"), max_length=200)
    sort_key_pl = KeyCharField(max_length=400, computed_by="polish_sort_key", db_index=True)
    sort_key_en = KeyCharField(max_length=400, computed_by="english_sort_key", db_index=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name or self.slug

    def polish_sort_key(self):
        return sort_key(self.name_pl or self.slug, "pl")

    def english_sort_key(self):
        return sort_key(self.name_en or self.name_pl or self.slug, "en")


class Page(Named, PublicRecord):
    """A page about the register itself that staff write: about, data, privacy, contact."""

    lead = models.TextField(_("lead"), blank=True)
    body = ProseField(_("text"), blank=True)

    texts_to_find = ("lead", "body")

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
        return self.filter(status=Report.Status.OPEN)


class Report(Record):
    """What a visitor wrote about a mistake, and what became of it; once it is answered, nothing tells who wrote."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("report", "open")
        ANSWERED = "answered", pgettext_lazy("report", "answered")

    page = models.CharField(_("page"), max_length=300, blank=True)
    text = models.TextField(_("what was written"))
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="pl")
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
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


class StoredVersion(models.Model):
    """Which version of something computed stands in this database."""

    name = models.CharField(_("name"), max_length=50, unique=True)
    version = models.CharField(_("version"), max_length=64)

    class Meta:
        verbose_name = _("stored version")
        verbose_name_plural = _("stored versions")

    def __str__(self):
        return f"{self.name}: {self.version}"
