"""What every record of the register is: versioned, perhaps published."""

from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, Exists, F, Q, Value, When
from django.db.models.base import ModelState
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from krakow_intl.core.address_words import stem_of_name
from krakow_intl.core.content_version import in_parts, is_announced, is_seen, is_watched, unseen
from krakow_intl.core.fields import ComputedCharField, ComputedField, ComputedTextField
from krakow_intl.core.former_addresses import has_address, refuse_address
from krakow_intl.core.impossible import PossibleMixin
from krakow_intl.core.page_language import page_language
from krakow_intl.core.prepared import prepared
from krakow_intl.core.search.index import search_words_of, title_words_of
from krakow_intl.core.sorting import sort_column, sort_key

_known_by_natural_key = ContextVar("the records that were looked for by their natural keys", default=None)


class Publication(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("publication", "draft")
    IN_REVIEW = "in-review", pgettext_lazy("publication", "in review")
    PUBLISHED = "published", pgettext_lazy("publication", "published")
    ARCHIVED = "archived", pgettext_lazy("publication", "archived")


BEFORE_THE_PUBLIC = {Publication.PUBLISHED, Publication.ARCHIVED}  # what stands there was, or is, seen by everybody


class Precision(models.TextChoices):
    EXACT = "exact", _("exactly")
    ABOUT = "about", _("about")
    OVER = "over", _("over")


def writing(records):
    """A context in which records of one model are written; pages are renewed only if the public may see one of them."""
    if not records or (is_announced() and not is_watched()):
        return nullcontext()
    return nullcontext() if is_seen(records) else unseen()


@contextmanager
def natural_keys_remembered():
    """A context in which a record is looked for by its natural key once: natural keys may not change meanwhile."""
    token = _known_by_natural_key.set({})
    try:
        yield
    finally:
        _known_by_natural_key.reset(token)


class RecordQuerySet(models.QuerySet):
    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        with writing(objs):
            return super().bulk_create(objs, *args, **kwargs)

    def get_by_natural_key(self, *key):
        """The record of that natural key; the names of the key's fields stand in the model's `natural_key_fields`."""
        known = _known_by_natural_key.get()
        if known is None:
            return self._named_by(*key)
        if (self.model, key) not in known:
            known[self.model, key] = self._named_by(*key)
        return known[self.model, key]

    def _named_by(self, *key):
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


class Record(PossibleMixin, models.Model):
    """A row that people edit: it counts its versions, so that nobody overwrites what they have not seen."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    objects = RecordQuerySet.as_manager()
    natural_key_fields = ("slug",)
    # the columns that say when it was or began: the first that is known counts; with those of another record, such as
    # "activity__starts_on", the record has a `happened_on` of its own
    dates = ()
    loaded_with = {}  # what a row that joins two records holds besides them if files of facts made it
    internal_fields = {}  # name of a column that not all of the staff may see: the right it takes
    folded_columns = {}  # name of a column: that which holds the same without case and diacritics
    is_content = True  # whether the public may come to see such records
    indexed_column = ""  # that of the words by which the search finds it

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        with writing([self]):
            if not self._state.adding:
                self.version += 1
                if kwargs.get("update_fields") is not None:
                    kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
            super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        with writing([self]):
            self._leave_what_names_it()
            return super().delete(*args, **kwargs)

    @classmethod
    def from_db(cls, db, field_names, values):
        """A row as Django makes it, which sets column by column and tells signals of each: a page reads hundreds.

        A dictionary that is made at once takes half of the memory of one that is filled.
        """
        record = cls.__new__(cls)
        record.__dict__ = dict(zip(field_names, values, strict=True))
        record._state = ModelState()
        record._state.adding, record._state.db = False, db
        return record

    def _leave_what_names_it(self):
        """What stays without it names nothing then, and its own history tells so."""
        for relation in self._meta.related_objects:
            if relation.on_delete is models.SET_NULL and hasattr(relation.related_model, "history"):
                for record in relation.related_model._base_manager.filter(**{relation.field.name: self.pk}):
                    setattr(record, relation.field.name, None)
                    record._change_reason = getattr(self, "_change_reason", None)
                    record.save()

    def _get_FIELD_display(self, field):
        """As Django tells it, which writes the table of all choices anew for each word of a page."""
        value = getattr(self, field.attname)
        return force_str(_words_of_choices(field, page_language()).get(value, value), strings_only=True)

    @property
    def happened_on(self):
        """When it was or began, as far as its own dates say: a `PartialDate` or None."""
        return next(filter(None, (getattr(self, column) for column in self.dates)), None)

    def is_later(self, day):
        """Whether it lies after a day for certain."""
        return bool(self.happened_on) and self.happened_on.first_day > day

    def address_stem(self):
        """What the address word that the register proposes begins with."""
        return stem_of_name(self)

    def note_who(self, user, names):
        """Told who wrote which fields, in a form or in a sheet: what is kept beside them follows."""

    def note_rows(self):
        """Told once its rows were put back as they stood: what is kept of them beside it follows."""

    def natural_key(self):
        key = ()
        for name in self.natural_key_fields:
            value = getattr(self, name)
            key += value.natural_key() if isinstance(value, models.Model) else (value,)
        return key


def compute_anew(records):
    """Computes the columns of records that are computed from others."""
    columns = [field.attname for field in records.model._meta.concrete_fields if isinstance(field, ComputedField)]
    records.model._base_manager.using(records.db).bulk_update([_computed(each, columns) for each in records], columns)


def _computed(record, columns):
    for column in columns:
        record._meta.get_field(column).pre_save(record, False)
    return record


@cache
def _looked_into(model):
    names = (*model.search_titles, *model.search_texts, *model.search_dates, *model.search_choices)
    return frozenset(
        column for name in names for column in (name, *(f"{name}_{code}" for code in dict(settings.LANGUAGES)))
    )


@cache
def _words_of_choices(field, language):
    with override(language):
        return {value: force_str(words, strings_only=True) for value, words in field.flatchoices}


def related(model, path):
    """The model to which a `path` of relations such as "parties__agreement" leads from `model`."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def public_condition(model, path=""):
    """A condition on records of `model`: the public sees them, or what a `path` of relations leads to from there."""
    end, prefix = (related(model, path), f"{path}__") if path else (model, "")
    condition = published_condition(prefix)
    for parent in end.belongs_to:
        condition &= public_condition(model, f"{prefix}{parent}")
    return condition


def public_records(model):
    """What the public sees of a model; of one whose records are not published one by one, all there are."""
    return model.objects.public() if hasattr(model.objects, "public") else model.objects.all()


def published_condition(prefix=""):
    """The condition that a record itself is published, or the one to which a `prefix` such as "source__" leads."""
    return Q(**{f"{prefix}publication": Publication.PUBLISHED})


def slug_if_public(model, path):
    """The slug of the record to which a `path` of relations leads; None if the public does not see it."""
    return Case(When(public_condition(model, path), then=F(f"{path}__slug")))


def in_one_row(records, **counted):
    """What `aggregate` answers of a queryset, as a queryset of one row, so that its SQL can be built before."""
    return records.order_by().annotate(all_of_them=Value(1)).values("all_of_them").annotate(**counted).values(*counted)


def _texts(model, path):
    """(prefix, name) of each column of long texts: of search words, of prose."""
    model = model._meta.get_field(path).related_model if path else model
    prefix = f"{path}__" if path else ""
    return [(prefix, field.name) for field in model._meta.concrete_fields if isinstance(field, models.TextField)]


class PublicQuerySet(RecordQuerySet):
    def get_by_natural_key(self, *key):
        """As ever; a file of facts may still call a record by a slug under which it was published before."""
        try:
            return super().get_by_natural_key(*key)
        except self.model.DoesNotExist:
            if self.model.natural_key_fields != ("slug",):
                raise
            past = self.model.published_history().filter(slug=key[0])
            if (record := self.filter(pk__in=past.values("id")).order_by("pk").last()) is None:
                raise
            return record

    def update(self, **values):
        """As ever; where it writes what the search looks into, what is computed from that follows."""
        if self.model.looked_into().isdisjoint(values):
            return super().update(**values)
        with transaction.atomic(using=self.db):
            keys = list(self.values_list("pk", flat=True))
            count = super().update(**values)
            for some in in_parts(keys):
                compute_anew(self.model._base_manager.using(self.db).filter(pk__in=some))
        return count

    update.alters_data = True

    def public(self):
        """What the public sees: published, and so is what it belongs to."""
        return self.filter(public_condition(self.model))

    def published(self):
        """What is published, wherever it belongs: for staff."""
        return self.filter(publication=Publication.PUBLISHED)

    def held_back(self):
        return self.exclude(publication=Publication.PUBLISHED)

    def without_texts(self, *paths):
        """Leaves the long texts of these records (""), or of those to which a path such as "city" leads, unread."""
        return self.defer(*(f"{prefix}{name}" for path in paths for prefix, name in _texts(self.model, path)))

    def up_to(self, on):
        """What had happened or begun by a day; what has no date stays."""
        return self.exclude(self.later(on))

    def after(self, on):
        """What lies after a day for certain."""
        return self.filter(self.later(on))

    def later(self, on, path=""):
        """A condition: the record, or that to which a path leads, lies after a day as `Record.is_later` has it."""
        later, before = Q(pk__in=[]), Q()
        for column in self.model.dates:
            is_told = _is_told(column, path)
            later |= before & is_told & Q(**{f"{path}{column}__gt": on.isoformat()})
            before &= ~is_told
        return later

    def dated(self):
        """What has a date."""
        return self.filter(_is_dated(self.model))

    def begun(self, on):
        """What has a date, and not one that lies after a day, planned or not."""
        return self.dated().exclude(PublicQuerySet.later(self, on))

    def in_order_of_time(self, column="starts_on"):
        """From the first to the last; those without a date stand at the end in every database."""
        return self.order_by(F(column).asc(nulls_last=True), "pk")


class TracedQuerySet(PublicQuerySet):
    """Records that began with the first dated trace of them, if any is dated."""

    def traces(self):
        """The dated records that tell of one of these, as querysets for its subqueries."""
        raise NotImplementedError

    @prepared
    def with_beginnings(self, on):
        """Annotates `is_dated`, whether any trace is, and `has_history`: one of them by the day, or none at all."""
        dated = _is_dated(self.model)
        begun = dated & ~super().later(on)
        for trace in self.traces():
            begun |= Q(Exists(trace.begun(on)))
            dated |= Q(Exists(trace.dated()))
        return self.annotate(is_dated=_truth(dated), has_history=_truth(begun | ~dated))

    def begun(self, on):
        return self.with_beginnings(on).filter(is_dated=True, has_history=True)

    def up_to(self, on):
        return self.with_beginnings(on).filter(has_history=True)

    def after(self, on):
        return self.with_beginnings(on).filter(has_history=False)


def _is_dated(model):
    """The condition that a record has a date of its own."""
    dated = Q(pk__in=[])
    for column in model.dates:
        dated |= _is_told(column)
    return dated


def _is_told(column, path=""):
    """The condition that a date is known; that of another record, "activity__starts_on", only if it is published."""
    owner, divided, _name = column.rpartition("__")
    is_known = Q(**{f"{path}{column}__isnull": False})
    return is_known & published_condition(f"{path}{owner}{divided}") if owner else is_known


def _truth(condition):
    return Case(When(condition, then=True), default=False)


class Traced(models.Model):
    """Mixin of records of a `TracedQuerySet`; of those that were not asked `with_beginnings` nothing is later."""

    is_dated, has_history = True, True

    class Meta:
        abstract = True

    def is_later(self, day):
        return not self.has_history


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
    search_words = ComputedTextField(computed_by="search_text")
    title_words = ComputedTextField(computed_by="title_text", default="", db_default="")

    objects = PublicQuerySet.as_manager()
    search_titles = ("name",)  # the texts the public search looks into, in every language they have
    search_texts = ()
    search_dates = ()
    search_choices = ()  # the choices that say what it is, by whose labels it is found
    indexed_column = "search_words"
    belongs_to = ()  # the foreign keys to the records that must be public so that this one is

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

    @classmethod
    def published_history(cls):
        """The rows of history in which a record was published, in no order."""
        return cls.history.filter(publication=Publication.PUBLISHED).order_by()

    @property
    def is_before_the_public(self):
        """Whether it is published, or was and is withdrawn: what it says then may come back by a single word."""
        return self.publication in BEFORE_THE_PUBLIC

    @classmethod
    def keys_before_the_public(cls, keys):
        """Those of the primary keys whose records are, or were, before the public."""
        stand = cls._base_manager.filter(pk__in=keys, publication__in=BEFORE_THE_PUBLIC)
        return set(stand.values_list("pk", flat=True))

    @classmethod
    def looked_into(cls):
        """The names of the columns from which its search words are made."""
        return _looked_into(cls)

    def search_text(self):
        return search_words_of(self)

    def title_text(self):
        return title_words_of(self)

    def warnings(self):
        """Sentences about what is odd although real registers hold such things; they keep nobody from saving."""
        return [sentence for _place, sentence in self.warned()]

    def warned(self):
        """[(`Place` of what is odd, sentence)]."""
        return []

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
    sort_key_pl = ComputedCharField(max_length=400, computed_by="polish_sort_key", db_index=True)
    sort_key_en = ComputedCharField(max_length=400, computed_by="english_sort_key", db_index=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name or self.slug

    def polish_sort_key(self):
        return sort_key(self.name_pl or self.slug, "pl")

    def english_sort_key(self):
        return sort_key(self.name_en or self.name_pl or self.slug, "en")
