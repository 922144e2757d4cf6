"""What the staff's pages of all records have in common: two languages, versions, history, search."""

import re
from functools import cache

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import flatten_fieldsets, lookup_spawns_duplicates, unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import DataError, IntegrityError, models
from django.forms import Script
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline
from modeltranslation.fields import TranslationField

from krakow_intl.core.admin import forms
from krakow_intl.core.admin.exports import Exports
from krakow_intl.core.admin.history import in_words, label_of, revisions, tracked_fields
from krakow_intl.core.admin.publication import refuse_unlawful_move
from krakow_intl.core.admin.search import matching
from krakow_intl.core.fields import CountryField, PartialDateField, ProseField
from krakow_intl.core.records import Named
from krakow_intl.core.sorting import sort_column

REVISIONS_PER_PAGE = 25
# a key of a record: "42"
KEY = re.compile(r"[0-9]{1,18}")
DISPLAYED_IN_WORDS = (PartialDateField, CountryField, ProseField, TranslationField, models.DateField, models.FileField)


@cache
def display_column(model, name):
    """A column of lists and of pages that are only read, which tells a field as a person says it."""
    field = model._meta.get_field(name)

    @admin.display(description=label_of(field), ordering=name)
    def column(record):
        return in_words(field, getattr(record, name))

    column.__name__ = name
    return column


def display_columns(model, names):
    """`names` of fields, perhaps in groups, with those whose stored form is not for people replaced by columns."""
    for name in names:
        if isinstance(name, (list, tuple)):
            yield tuple(display_columns(model, name))
        elif isinstance(_field(model, name), DISPLAYED_IN_WORDS):
            yield display_column(model, name)
        else:
            yield name


def _field(model, name):
    return next((field for field in model._meta.concrete_fields if field.name == name), None)


class BilingualFormMixin:
    """Mixin of pages and rows: names both languages, limits texts, tells in words what one may only read."""

    formfield_overrides = {
        ProseField: {"max_length": forms.MAX_TEXT_LENGTH},
        models.TextField: {
            "form_class": forms.LinesField,
            "max_length": forms.MAX_TEXT_LENGTH,
            "widget": AdminTextareaWidget({"rows": 4}),
        },
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if not field:
            return field
        field.label = capfirst(label_of(db_field))
        if isinstance(db_field, TranslationField):
            field.widget.attrs["lang"] = db_field.language
        if isinstance(field.widget, RelatedFieldWidgetWrapper):  # elsewhere records are changed and deleted on purpose
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field

    def may_write(self, request, obj):
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def columns(self, request, obj):
        """The names of the columns of a form, without what is only told in words."""
        return [name for name in flatten_fieldsets(self.get_fieldsets(request, obj)) if isinstance(name, str)]

    def for_reading(self, fieldsets):
        return [(title, rest | {"fields": [*display_columns(self.model, rest["fields"])]}) for title, rest in fieldsets]


class RecordInline(BilingualFormMixin):
    """Mixin of inlines: rows that belong to a record and have no page of their own."""

    form, formset = forms.RecordForm, forms.RowFormSet
    view_on_site = False
    extra = 1  # so that a row can be added in a browser without scripts
    max_num = forms.MAX_ROWS

    def may_write(self, request, obj):
        return self.has_change_permission(request, obj)

    def get_fields(self, request, obj=None):
        return (*self.fields, "opened_version") if self.may_write(request, obj) else self.fields

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if self.may_write(request, obj) else self.for_reading(fieldsets)

    def get_formset(self, request, obj=None, **kwargs):
        limits = {"absolute_max": forms.MAX_ROWS, "validate_max": True, "fields": self.columns(request, obj)}
        formset = super().get_formset(request, obj, **limits | kwargs)
        formset.form.user = request.user
        return formset


class RecordTabularInline(RecordInline, admin.TabularInline):
    """Rows of few columns."""

    formset = forms.TableFormSet


class RecordStackedInline(RecordInline, TranslationStackedInline):
    """Rows of many fields, with texts in both languages."""


class RecordChangeList(ChangeList):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = capfirst(self.opts.verbose_name_plural)

    def get_ordering_field(self, field_name):
        """Names stand in the order of the alphabet of the page's language."""
        if field_name == "name" and issubclass(self.model, Named):
            return sort_column()
        return super().get_ordering_field(field_name)

    def get_results(self, request):
        try:
            super().get_results(request)
        except (OverflowError, DataError) as error:  # a number no column holds, such as ?id__in=99999999999999999999
            raise IncorrectLookupParameters from error


class RecordPages(BilingualFormMixin):
    """Mixin: the list, the form and the history of a kind of record."""

    form = forms.PageForm
    common_fieldsets = ()
    list_per_page = 50
    list_max_show_all = 500
    save_on_top = True

    class Media:
        js = (Script("js/admin-autocomplete.js", type="module"),)

    def get_changelist(self, request, **kwargs):
        return RecordChangeList

    def get_ordering(self, request):
        return [sort_column()] if issubclass(self.model, Named) else super().get_ordering(request)

    def get_list_display(self, request):
        return [*display_columns(self.model, self.list_display)]

    def get_search_results(self, request, queryset, search_term):
        has_many = any(lookup_spawns_duplicates(self.opts, field) for field in self.search_fields)
        return matching(queryset, self.search_fields, search_term), has_many

    def response_action(self, request, queryset):
        if all(KEY.fullmatch(key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return super().response_action(request, queryset)
        messages.error(request, _("What was selected is no record of this list; nothing was done."))
        return None

    def get_fieldsets(self, request, obj=None):
        fieldsets = [*super().get_fieldsets(request, obj), *self.common_fieldsets]
        if not self.may_write(request, obj):
            return self.for_reading(fieldsets)
        return [*fieldsets, (_("This change"), {"fields": self.form.about_the_change})]

    def get_prepopulated_fields(self, request, obj=None):
        return {"slug": ("name_en",)} if obj is None and issubclass(self.model, Named) else {}

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs | {"fields": self.columns(request, obj)})
        form.user = request.user
        return form

    def get_object(self, request, object_id, from_field=None):
        """Locked while it is being changed, so that of two editors the second sees what the first wrote."""
        record = super().get_object(request, object_id, from_field)
        if record is None or request.method != "POST":
            return record
        return self.model.objects.select_for_update().filter(pk=record.pk).first()

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (
            IntegrityError,
            ValidationError,
        ):  # the same was saved by another at this very moment: the second look finds and tells it
            return super().changeform_view(request, *args, **kwargs)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        name = self.opts.verbose_name  # never inflected: in Polish a sentence would ask for another case
        context["title"] = _("New record: %(kind)s") % {"kind": name} if add else capfirst(name)
        form = context["adminform"].form
        if getattr(form, "stale_version", None) is not None:
            context["others_wrote"] = self.revisions(request, form.instance, form.stale_version)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if change and not form.has_changed():
            return
        refuse_unlawful_move(request.user, obj)
        obj._change_reason = form.cleaned_data.get("change_reason") or None
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """A record counts the changes of its rows as its own; its own row of history comes first."""
        record = form.instance
        if change and not form.has_changed() and any(formset.has_changed() for formset in formsets):
            record._change_reason = form.cleaned_data.get("change_reason") or None
            record.save()
        super().save_related(request, form, formsets, change)

    def save_formset(self, request, form, formset, change):
        rows = formset.save(commit=False)
        for row in [*formset.deleted_objects, *rows]:
            row._change_reason = form.cleaned_data.get("change_reason") or None
        for row in formset.deleted_objects:
            row.delete()
        for row in rows:
            refuse_unlawful_move(request.user, row)
            row.save()
        formset.save_m2m()

    def revisions(self, request, record, since_version=None):
        """What became of a record and its rows, since the first version later than `since_version` if one is given."""
        inlines = self.get_inline_instances(request, record)
        rows = [(inline.model, inline.get_formset(request, record).fk.name) for inline in inlines]
        if since_version is None:
            return revisions(record, rows)
        later = record.history.filter(version__gt=since_version).order_by("version").first()
        return revisions(record, rows, later.history_date) if later else []

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Whoever was writing in a record that is gone is shown what they wrote."""
        if request.method != "POST":
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        fields = [field for field in tracked_fields(self.model) if request.POST.get(field.name)]
        context = {
            **self.admin_site.each_context(request),
            "title": _("This record was deleted while you were writing"),
            "opts": opts,
            "typed": [(capfirst(label_of(field)), request.POST[field.name]) for field in fields],
        }
        return TemplateResponse(request, "admin/record_gone.html", context, status=410)

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        page = Paginator(self.revisions(request, record), REVISIONS_PER_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %s") % record,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": record,
            "opts": self.opts,
            "page": page,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/record_history.html", context)


class RecordAdmin(Exports, RecordPages, TranslationAdmin):
    pass


class PlainRecordAdmin(RecordPages, admin.ModelAdmin):
    """Of records that have no texts in two languages."""
