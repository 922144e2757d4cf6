"""A list of records as a sheet that staff take away: what its forms hold, in their order and words."""

from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from import_export.fields import Field
from import_export.resources import modelresource_factory
from import_export.widgets import Widget

from krakow_intl.core import audit
from krakow_intl.core.admin.history import in_words, label_of
from krakow_intl.core.dates import PartialDate
from krakow_intl.core.internal import columns_for
from krakow_intl.core.resources import LISTS
from krakow_intl.core.sorting import fold, sort_key
from krakow_intl.core.workbooks import FORMATS, Page, book_response

MAX_RECORDS = 10_000
LISTED = "; "
COUNTABLE = (int, Decimal, date, PartialDate)
READ = "{}_read".format  # where a record keeps rows that were read along with it: half the time and the memory
WIDTH = 30  # of a column, in characters


class Cell(Widget):
    """A value as staff read it; numbers and days stay what a spreadsheet can reckon with."""

    def __init__(self, column):
        super().__init__()
        self.column = column

    def render(self, value, **kwargs):
        if value in (None, ""):
            return ""
        is_countable = isinstance(value, COUNTABLE) and not isinstance(value, bool)
        return value if is_countable else in_words(self.column, value)


class Rows(Widget):
    """The rows of a record in one cell."""

    def render(self, value, **kwargs):
        return LISTED.join(sorted(map(str, value), key=sort_key))


class Exports:
    """Mixin: the list, as its filters and its search narrow it down, as XLSX, ODS or CSV."""

    change_list_template = "admin/record_list.html"

    def get_urls(self):
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("sheet/<slug:kind>/", view(require_safe(self.sheet_view)), name=f"{name}_sheet"),
            path("list/<slug:kind>/", view(require_safe(self.list_view)), name=f"{name}_list"),
            *super().get_urls(),
        ]

    def sheet_view(self, request, kind):
        """The list to read, as a person says what its forms hold."""
        return self._download(request, kind, self.sheet_response)

    def list_view(self, request, kind):
        """The list to correct and to bring back."""
        if self.model not in LISTS:
            raise Http404
        return self._download(request, kind, self.list_response)

    def _download(self, request, kind, respond):
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in FORMATS:
            raise Http404
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        try:
            changelist = self.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(address)
        if changelist.result_count > MAX_RECORDS:
            message = _("A sheet holds at most %(number)s records: narrow the list down first.")
            messages.error(request, message % {"number": MAX_RECORDS})
            return redirect(address + changelist.get_query_string())
        about = {"rows": changelist.result_count, "filter": changelist.get_query_string()}
        audit.note("export", "handed-out", what=self.opts.label_lower, format=kind, **about)
        return respond(request, changelist.queryset, kind)

    def changelist_view(self, request, extra_context=None):
        noun = LISTS.get(self.model)
        lists = {"list_to_correct": noun, "list_to_bring_in": noun and noun.may_bring_in(request.user) and noun.name}
        return super().changelist_view(request, lists | (extra_context or {}))

    def list_response(self, request, records, kind):
        noun = LISTS[self.model]
        return book_response([noun.page(records, request.user)], kind, slugify(fold(noun.title())))

    def sheet_response(self, request, records, kind):
        name = str(capfirst(self.opts.verbose_name_plural))
        sheet = self._sheet(request, records)
        page = Page(name, [sheet.headers, *sheet], [WIDTH] * sheet.width)
        return book_response([page], kind, slugify(fold(name)))

    def _sheet(self, request, records):
        """The texts, numbers and days of `records`; the number of queries is the same for any number of them."""
        names = flatten_fieldsets([*self.fieldsets, *self.common_fieldsets])
        columns = columns_for(request.user, self.model, map(self.opts.get_field, names))
        seen = {inline.model for inline in self.get_inline_instances(request)}
        relations = [relation for relation in self.opts.related_objects if relation.related_model in seen]
        return resource(self.model, columns, relations).export(records.prefetch_related(*_paths(columns, relations)))


def resource(model, columns, relations):
    """What stands in each column of a sheet: a field of the record, or its rows on the other side of a relation."""
    fields = {column.name: Field(column.name, capfirst(label_of(column)), Cell(column)) for column in columns}
    for relation in relations:
        name, rows = relation.get_accessor_name(), relation.related_model._meta.verbose_name_plural
        fields[name] = Field(READ(name), capfirst(rows), Rows())
    options = {"fields": [*fields], "chunk_size": MAX_RECORDS}
    return modelresource_factory(model, custom_fields=fields, meta_options=options)()


def _paths(columns, relations):
    """The names of what the cells of a record speak of, to be read along with it."""
    yield from (column.name for column in columns if column.is_relation)
    for relation in relations:
        name, rows = relation.get_accessor_name(), relation.related_model._meta.concrete_fields
        yield Prefetch(name, to_attr=READ(name))
        yield from (f"{READ(name)}__{field.name}" for field in rows if field.is_relation and field != relation.field)
