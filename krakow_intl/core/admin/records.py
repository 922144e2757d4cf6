"""What the staff's pages of all records have in common: two languages, versions, history, search."""

from contextlib import nullcontext

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import DataError, IntegrityError, models, transaction
from django.forms import Script
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline
from modeltranslation.fields import TranslationField

from krakow_intl.core.admin import forms
from krakow_intl.core.admin.choosing import PickingMixin, is_search
from krakow_intl.core.admin.columns import display_columns
from krakow_intl.core.admin.computed import SHOW, ComputedMixin
from krakow_intl.core.admin.confirming import Unconfirmed
from krakow_intl.core.admin.exports import Exports
from krakow_intl.core.admin.history import label_of, revisions, tracked_fields
from krakow_intl.core.admin.holders import holders_of
from krakow_intl.core.admin.keys import ChosenByKeyMixin
from krakow_intl.core.admin.prefilling import rows_given
from krakow_intl.core.admin.publication import follow_move, publication_before, refuse_unlawful_move
from krakow_intl.core.admin.reminders import record_reminders
from krakow_intl.core.admin.search import matching
from krakow_intl.core.admin.submission import content_of, content_of_file, shown_again
from krakow_intl.core.content_version import unseen
from krakow_intl.core.fields import ProseField
from krakow_intl.core.internal import columns_for, may_look_along
from krakow_intl.core.records import Named, PublicRecord
from krakow_intl.core.reviewing import NeedsReview, Proposal, desk, reviewed
from krakow_intl.core.sorting import sort_column
from krakow_intl.core.storage import files_discarded

REVISIONS_PER_PAGE = 25
NAMES = ("name_pl", "title_pl", "what_pl", "name_en", "title_en")  # of a new record, as a form calls it
ONE_BY_ONE = _("The public may see some of it, and nothing was done: do it on the page of each, and say why.")
HANDED_IN = _("Handed in. The public sees it once another person has looked at it.")


class BilingualFormMixin(PickingMixin):
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

    def seen_by(self, user, fieldsets):
        """The fieldsets without what is internal and not for this person."""
        seen = [(title, rest | {"fields": columns_for(user, self.model, rest["fields"])}) for title, rest in fieldsets]
        return [(title, rest) for title, rest in seen if rest["fields"]]

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
        fieldsets = self.seen_by(request.user, super().get_fieldsets(request, obj))
        return fieldsets if self.may_write(request, obj) else self.for_reading(fieldsets)

    def get_formset(self, request, obj=None, **kwargs):
        limits = {"absolute_max": forms.MAX_ROWS, "validate_max": True, "fields": self.columns(request, obj)}
        formset = super().get_formset(request, obj, **limits | kwargs)
        formset.form.user, formset.form.is_row = request.user, True
        return formset


class RecordTabularInline(RecordInline, admin.TabularInline):
    """Rows of few columns."""

    template = "admin/record_table.html"
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


class RecordPages(ComputedMixin, BilingualFormMixin, ChosenByKeyMixin):
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

    def changelist_view(self, request, extra_context=None):
        gone = {"deleted_address": desk().deleted_address(self.model)}
        return super().changelist_view(request, gone | (extra_context or {}))

    def get_list_display(self, request):
        return [*display_columns(self.model, columns_for(request.user, self.model, self.list_display))]

    def lookup_allowed(self, lookup, value, request=None):
        """What a person may not see they do not find out by filters in an address either."""
        return super().lookup_allowed(lookup, value, request) and may_look_along(request.user, self.model, lookup)

    def get_list_display_links(self, request, list_display):
        """By the names of the columns, whatever has taken their place in the list."""
        links = super().get_list_display_links(request, list_display)
        named = {getattr(column, "__name__", column): column for column in list_display}
        return links and [named.get(name, name) for name in links]

    def get_search_results(self, request, queryset, search_term):
        fields = [field for field in self.search_fields if may_look_along(request.user, self.model, field)]
        return matching(queryset, fields, search_term), False

    def response_action(self, request, queryset):
        try:
            with reviewed():
                return super().response_action(request, queryset)
        except NeedsReview:
            get_messages(request)._queued_messages.clear()
            return messages.error(request, ONE_BY_ONE)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """A link may fill in new rows of a form: "events-0-kind" names a field of one. Nothing is stored by that."""
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method != "GET":
            return given
        fields = {*flatten_fieldsets(inline.get_fieldsets(request, obj))}
        rows = rows_given(request.GET, prefix, fields) or self.first_rows(request, obj, inline)
        return given | {"initial": rows} if rows else given

    def first_rows(self, request, obj, inline):
        """What the new rows of a form begin with, each as {field: value}."""
        return []

    def get_fieldsets(self, request, obj=None):
        fieldsets = self.seen_by(request.user, [*super().get_fieldsets(request, obj), *self.common_fieldsets])
        if not self.may_write(request, obj):
            return self.for_reading(fieldsets)
        return [*fieldsets, (_("This change"), {"fields": self.form.about_the_change})]

    def get_prepopulated_fields(self, request, obj=None):
        return {"slug": ("name_en",)} if obj is None and issubclass(self.model, Named) else {}

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs | {"fields": self.columns(request, obj)})
        form.user = request.user
        form.is_only_shown = getattr(request, "is_only_shown", False)
        form.asks_for_reason = getattr(request, "asks_for_reason", False)
        return form

    def get_object(self, request, object_id, from_field=None):
        """Locked while it is being changed, so that of two editors the second sees what the first wrote."""
        record = super().get_object(request, object_id, from_field)
        if record is None or request.method != "POST":
            return record
        return self.model.objects.select_for_update().filter(pk=record.pk).first()

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        pending = desk().opened(request, self.model, object_id)
        extra_context = (extra_context or {}) | ({"pending": pending} if pending else {})
        if request.method == "POST" and not (SHOW in request.POST or is_search(request.POST)):
            return self._store_or_hand_in(request, object_id, form_url, extra_context)
        request.is_only_shown = request.method == "POST"
        if pending and request.method == "GET":
            request = shown_again(request, pending.command["content"])
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _store_or_hand_in(self, request, *args):
        request.asks_what_is_odd = True
        try:
            with files_discarded(unless_done=True), reviewed():
                return self._store(request, *args)
        except Unconfirmed as odd:
            return self.ask_to_confirm(request, odd.asked, *args)
        except NeedsReview:
            return self._hand_in(request, *args)

    def _store(self, request, *args):
        try:
            return super().changeform_view(request, *args)
        except (IntegrityError, ValidationError):
            # the same was saved by another at this very moment: the second look finds and tells it
            return super().changeform_view(request, *args)

    def _hand_in(self, request, object_id, *args):
        """What was valid, and was rolled back for the public would see it, waits for another person."""
        get_messages(request)._queued_messages.clear()
        if not (reason := request.POST.get("change_reason", "").strip()):
            request.asks_for_reason = True
            return self._store(request, object_id, *args)
        with transaction.atomic():
            record = self.get_object(request, unquote(object_id)) if object_id else None
            change = desk().hand_in(self.proposal(request, record, reason))
        messages.success(request, HANDED_IN)
        return redirect(change.get_absolute_url())

    def delete_view(self, request, object_id, extra_context=None):
        """What the public may have read in a list is removed once another person agrees."""
        extra_context = (extra_context or {}) | {"is_content": self.model.is_content}
        try:
            with reviewed():
                return super().delete_view(request, object_id, extra_context)
        except NeedsReview:
            return self._hand_in_removal(request, object_id)

    def _hand_in_removal(self, request, object_id):
        get_messages(request)._queued_messages.clear()
        record = self.model._base_manager.get(pk=unquote(object_id))
        reason = request.POST.get("change_reason", "").strip()
        if not reason:
            messages.error(request, _("Say why: another person has to agree, for the public may see it."))
            return redirect(request.get_full_path())
        rows = ((self.model, record.pk, record.version),)
        proposal = Proposal("delete", request.user, self.model, {"name": str(record)}, reason, records=rows)
        messages.success(request, HANDED_IN)
        return redirect(desk().hand_in(proposal).get_absolute_url())

    def get_deleted_objects(self, objs, request):
        """Where something rests on them, that is said, by name and with links, before any right is asked for."""
        deleted, counts, missing, protected = super().get_deleted_objects(objs, request)
        holders = holders_of([*objs], self.admin_site, request.user) if protected else []
        return deleted, counts, set() if holders else missing, holders

    def delete_queryset(self, request, queryset):
        """One by one, each with its history; what the public may have read is removed on its own page."""
        for record in queryset:
            record.delete()

    def proposal(self, request, record, reason):
        pending = desk().opened(request, self.model, record and record.pk)
        content = content_of(request)
        name = next((" ".join(values) for column, values in content if column in NAMES and any(values)), "")
        command = {"content": content, "language": get_language(), "name": name}
        command |= {"version": record.version} if record else {}
        files = [
            (field, file.name, content_of_file(file), file.content_type or "")
            for field, several in request.FILES.lists()
            for file in several
        ]
        pk = record and record.pk
        return Proposal("form", request.user, self.model, command, reason, pk, files=files, replaces=pending)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        name = self.opts.verbose_name  # never inflected: in Polish a sentence would ask for another case
        context["title"] = _("New record: %(kind)s") % {"kind": name} if add else capfirst(name)
        if obj and request.method == "GET":
            context["waiting"] = record_reminders(request.user, obj)
            context["review_tools"] = [*self.tools(request, obj), *desk().tools(request.user, obj)]
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context |= self.computed_context(request, form, formsets, obj) | {"is_unsaved": form.is_bound}
        context |= self.confirming_context(request, form, formsets)
        if getattr(form, "stale_version", None) is not None:
            context["others_wrote"] = self.revisions(request, form.instance, form.stale_version)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def tools(self, request, record):
        """[(words, address, language or "")] of what a person may look at beside the form of a record."""
        return []

    def confirming_context(self, request, form, formsets):
        """What is to be confirmed, said at its fields once all else has read them."""
        return {}

    def save_model(self, request, obj, form, change):
        if change and not form.has_changed():
            return
        before = publication_before(obj)
        refuse_unlawful_move(obj, before)
        obj._change_reason = form.cleaned_data.get("change_reason") or None
        super().save_model(request, obj, form, change)
        follow_move(request.user, obj, before, obj._change_reason or "")

    def save_related(self, request, form, formsets, change):
        """A record counts the changes of its rows as its own; its own row of history comes first."""
        record, changed = form.instance, [formset for formset in formsets if formset.has_changed()]
        if change and changed and not form.has_changed():
            record._change_reason = form.cleaned_data.get("change_reason") or None
            with unseen() if all(issubclass(formset.model, PublicRecord) for formset in changed) else nullcontext():
                record.save()  # what rows with a publication of their own say of the public, they say themselves
        super().save_related(request, form, formsets, change)

    def save_formset(self, request, form, formset, change):
        rows = formset.save(commit=False)
        for row in [*formset.deleted_objects, *rows]:
            row._change_reason = form.cleaned_data.get("change_reason") or None
        for row in formset.deleted_objects:
            row.delete()
        for row in rows:
            before = publication_before(row)
            refuse_unlawful_move(row, before)
            row.save()
            follow_move(request.user, row, before, row._change_reason or "")
        formset.save_m2m()

    def revisions(self, request, record, since_version=None):
        """What became of a record and its rows, since the first version later than `since_version` if one is given."""
        inlines = self.get_inline_instances(request, record)
        rows = [(inline.model, inline.get_formset(request, record).fk.name) for inline in inlines]
        if since_version is None:
            return revisions(record, rows, user=request.user)
        later = record.history.filter(version__gt=since_version).order_by("version").first()
        return revisions(record, rows, later.history_date, user=request.user) if later else []

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Whoever was writing in a record that is gone is shown what they wrote."""
        if request.method != "POST":
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        fields = [field for field in tracked_fields(self.model, request.user) if request.POST.get(field.name)]
        context = {
            **self.admin_site.each_context(request),
            "title": _("This record was deleted while you were writing"),
            "opts": opts,
            "typed": [(capfirst(label_of(field)), request.POST[field.name]) for field in fields],
        }
        return TemplateResponse(request, "admin/record_gone.html", context, status=410)

    @method_decorator(require_safe)
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
            "states_address": desk().states_address(record),
            "changes_addresses": desk().changes_addresses(record),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/record_history.html", context)


class RecordAdmin(Exports, RecordPages, TranslationAdmin):
    pass


class PlainRecordAdmin(RecordPages, admin.ModelAdmin):
    """Of records that have no texts in two languages."""
