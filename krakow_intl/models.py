"""What every record of the register is: versioned, perhaps published, with a source; and the editable pages."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.fields import KeyCharField, KeyTextField, ProseField
from krakow_intl.keys import sort_key
from krakow_intl.search import key_of


class Publication(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("publication", "draft")
    IN_REVIEW = "in-review", pgettext_lazy("publication", "in review")
    PUBLISHED = "published", pgettext_lazy("publication", "published")
    ARCHIVED = "archived", pgettext_lazy("publication", "archived")


class Precision(models.TextChoices):
    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    OVER = "over", _("over")


class RecordQuerySet(models.QuerySet):
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
        return self.order_by(f"sort_key_{get_language()[:2]}")


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

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
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

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")

    @property
    def is_published(self):
        return self.publication == Publication.PUBLISHED

    def words_to_find_it_by(self):
        return key_of(self._texts(self.titles_to_find), self._texts(self.texts_to_find))

    def _texts(self, names):
        columns = (f"{name}{suffix}" for name in names for suffix in self._suffixes(name))
        return [text for column in columns if (text := getattr(self, column))]

    def _suffixes(self, name):
        return ("_pl", "_en") if hasattr(self, f"{name}_pl") else ("",)

    def clean(self):
        super().clean()
        self._refuse_to_move_a_published_page()

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
    """A page about the register itself that staff write: about, accessibility, privacy, contact."""

    lead = models.TextField(_("lead"), blank=True)
    body = ProseField(_("text"), blank=True)

    texts_to_find = ("lead", "body")

    class Meta(PublicRecord.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["slug"]

    def get_absolute_url(self):
        return reverse(self.slug)


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
