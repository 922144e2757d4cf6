"""The sheets that were brought in, and what the words in sheets mean."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from krakow_intl.core.fields import ComputedCharField, LongJSONField
from krakow_intl.core.records import Record
from krakow_intl.core.sorting import name_key
from krakow_intl.core.storage import PrivateStorage, generated_name


class ImportStorage(PrivateStorage):
    folder = "imports"


class SheetImportQuerySet(models.QuerySet):
    def applied(self):
        return self.filter(state=SheetImport.State.APPLIED)

    def forgettable(self, before):
        """The imports whose files were taken in before that moment and never applied."""
        return self.filter(state=SheetImport.State.PREVIEWED, uploaded_at__lt=before)


class SheetImport(models.Model):
    """A file that holds a list, the plan that was shown for it, and what became of it; `noun` says of what."""

    class State(models.TextChoices):
        PREVIEWED = "previewed", pgettext_lazy("import", "previewed")
        APPLIED = "applied", pgettext_lazy("import", "applied")
        UNDONE = "undone", pgettext_lazy("import", "undone")
        FORGOTTEN = "forgotten", pgettext_lazy("import", "deleted unapplied")

    file = models.FileField(_("file"), storage=ImportStorage, upload_to=generated_name, blank=True)
    name = models.CharField(_("file name"), max_length=200)
    digest = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PREVIEWED)
    uploaded_at = models.DateTimeField(_("taken in at"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken in by"),
    )
    answered_by = models.ManyToManyField(  # whoever else said something of the sheet
        settings.AUTH_USER_MODEL, related_name="+", editable=False, verbose_name=_("answered by")
    )
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("applied by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("undone by")
    )
    noun = models.CharField(_("list"), max_length=40, default="agreements", db_default="agreements")
    sheet = models.CharField(_("sheet"), max_length=200, blank=True)
    mapping = models.JSONField(_("meaning of the columns"), default=dict, blank=True)
    decisions = models.JSONField(_("decisions"), default=dict, blank=True)
    plan_digest = models.CharField(_("SHA-256 of the plan"), max_length=64, blank=True)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    report = LongJSONField(_("report"), default=dict, blank=True, queried=["questions"])

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a sheet")
        verbose_name_plural = _("imports of sheets")
        ordering = ["-uploaded_at", "-pk"]
        default_permissions = ()
        permissions = [("import_agreements", _("Can import sheets of agreements"))]

    def __str__(self):
        return self.name

    @property
    def reason(self):
        """The reason that history gives for everything this import wrote."""
        return f"import {self.pk}"

    @property
    def is_open(self):
        return self.state == self.State.PREVIEWED and bool(self.file)


class SheetAlias(Record):
    """A word as it stands in sheets, as the name of a column or in a cell, and what it means there."""

    class About(models.TextChoices):
        COLUMN = "column", _("name of a column")
        KIND = "kind", _("kind of agreement")
        LEVEL = "level", _("level")
        ESTABLISHES = "establishes", _("relation it establishes")
        TERM = "term", _("term and renewal")
        THEME = "theme", _("field of co-operation")
        LINK = "link", _("link to an earlier agreement")
        EVENT = "event", _("what happened to an agreement")
        COUNTRY = "country", _("country")
        NOTHING = "nothing", _("nothing recorded")

    about = models.CharField(_("what it names"), max_length=12, choices=About)
    text = models.CharField(_("as it stands in sheets"), max_length=200)
    key = ComputedCharField(max_length=300, computed_by="folded", db_index=True)
    meaning = models.CharField(
        _("what it means"),
        max_length=60,
        blank=True,
        help_text=_("The code of a column or of a value, such as “signed_on”, “twinning” or “culture”."),
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("Of the texts in a column of this name."),
    )

    natural_key_fields = ("about", "text")
    is_content = False

    class Meta:
        verbose_name = _("word in sheets")
        verbose_name_plural = _("words in sheets")
        ordering = ["about", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "key"],
                name="a_word_in_sheets_means_one_thing",
                violation_error_message=_("This word has a meaning already."),
            )
        ]

    def __str__(self):
        return self.text

    def clean(self):
        super().clean()
        from partners.imports.reading.learnt import is_of_a_list
        from partners.imports.reading.vocabulary import meanings_of

        if self.about == self.About.COLUMN and is_of_a_list(self.text, self.meaning):
            return
        if self.about and self.meaning not in (known := meanings_of(self.about)):
            message = _("The register knows no such meaning here. It knows: %(known)s.")
            raise ValidationError({"meaning": message % {"known": ", ".join(filter(None, known)) or "—"}})

    def folded(self):
        return name_key(self.text)


class Recipe(models.Model):
    """What was said of a file, kept under the name of its source, to be said of the next one with the same columns."""

    name = models.CharField(_("name"), max_length=100, unique=True, help_text=_("Such as the source of the list."))
    columns = models.CharField(_("SHA-256 of the columns"), max_length=64, db_index=True)
    sheet = models.CharField(_("sheet"), max_length=200, blank=True)
    mapping = models.JSONField(_("meaning of the columns"), default=dict, blank=True)
    decisions = models.JSONField(_("decisions"), default=dict, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("made by")
    )

    class Meta:
        verbose_name = _("recipe of an import")
        verbose_name_plural = _("recipes of imports")
        ordering = ["name"]
        default_permissions = ()

    def __str__(self):
        return self.name
