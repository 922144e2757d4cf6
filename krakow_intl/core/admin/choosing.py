"""How a record is picked in the form of another: by typing where scripts run, else from a list and by a search."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.helpers import AdminErrorList
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import Case, Value, When
from django.template.loader import get_template
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.keys import KEY

MAX_LISTED = 100
MAX_PAGE = 999
MAX_TEXT_LENGTH = 100
# how the names end of what a form without scripts sends to look for records; no field of a row is called so
FIND, PAGE = "-find-text", "-turn-page"
NO_CHOICE = "—"
FILES_NOT_KEPT = _("A browser keeps no files of a page that is shown again: choose them once more (%(names)s).")


def is_search(data):
    """Whether what a form sent looks for a record first, so that nothing of it is to be stored yet."""
    return any(name.endswith(PAGE) or (name.endswith(FIND) and data[name].strip()) for name in data)


def forget_unfinished(context):
    """What is not filled in yet is no mistake where somebody only looked for a record on the way."""
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    form = context["adminform"].form
    for each in (form, *(row for formset in formsets for row in formset.forms)):
        for name in {*each.errors} - {NON_FIELD_ERRORS}:
            del each.errors[name]
    context["errors"] = AdminErrorList(form, formsets)


def in_order_of_choices(pages, request, records, near):
    """Records to pick from, with what their labels say, those first that share a key, as of a city, with the form."""
    records = records.select_related(*(pages.list_select_related or ()))
    if not near:
        return records
    place = Case(When(**{pages.near: near}, then=Value(0)), default=Value(1))
    return records.order_by(place, *(pages.get_ordering(request) or pages.opts.ordering))


def near_key(model, request, name):
    """The key that the record of a form has, or is to have, in a foreign key of that `name`; None if none."""
    data = request.POST if request.method == "POST" else request.GET
    if name in data:
        return data[name] if KEY.fullmatch(data[name]) else None
    match = request.resolver_match
    key = match.kwargs.get("object_id", "") if match else ""
    return model._base_manager.filter(pk=key).values_list(name, flat=True).first() if KEY.fullmatch(key) else None


class RecordAutocompleteView(AutocompleteJsonView):
    """The records that a box offers to whoever types in it."""

    def get_queryset(self):
        near, pages = self.request.GET.get("near", ""), self.model_admin
        is_near = KEY.fullmatch(near) and getattr(pages, "near", "")
        return in_order_of_choices(pages, self.request, super().get_queryset(), near if is_near else None)

    def serialize_result(self, obj, to_field_name):
        label = getattr(self.model_admin, "label_of_choice", str)
        return super().serialize_result(obj, to_field_name) | {"text": label(obj)}


@dataclass
class Search:
    """What is listed in one field of a form: the page of what was found, if anything was looked for."""

    text: str
    number: int
    records: list
    is_cut: bool

    @property
    def only(self):
        """The one record that was found, which is the one that was meant."""
        return self.records[0] if self.text and self.number == 1 and len(self.records) == 1 else None


class Offer:
    """The records that a person may pick in the fields of a page that lead to one kind; each list is asked once."""

    def __init__(self, pages, request, limit, near):
        self.pages, self.request, self.limit, self.near = pages, request, limit, near
        self.searches = {}

    @cached_property
    def all(self):
        records = self.pages.get_queryset(self.request).complex_filter(self.limit)
        may_see = self.pages.has_view_permission(self.request)
        return self._in_order(records) if may_see else records.none()

    def _in_order(self, records):
        return in_order_of_choices(self.pages, self.request, records, self.near)

    def search_in(self, name):
        """What is listed in the field of that name, which may have asked for something, as a `Search`."""
        text, number = self._asked_in(name)
        if (text, number) not in self.searches:
            self.searches[text, number] = self._search(text, number)
        return self.searches[text, number]

    def _asked_in(self, name):
        """(text, number of the page): "2 Lviv 1991" turns to the second page of what was found before."""
        sent = self.request.POST
        if text := sent.get(f"{name}{FIND}", "").strip():
            return text[:MAX_TEXT_LENGTH], 1
        number, _space, text = sent.get(f"{name}{PAGE}", "").partition(" ")
        is_number = number.isdecimal() and number.isascii() and 1 <= len(number) <= len(str(MAX_PAGE))
        return (text[:MAX_TEXT_LENGTH], max(int(number), 1)) if is_number else ("", 1)

    def _search(self, text, number):
        found = self.all
        if text:
            found, has_many = self.pages.get_search_results(self.request, found, text)
            found = found.distinct() if has_many else found
        start = (number - 1) * MAX_LISTED
        records = [*found[start : start + MAX_LISTED + 1]]
        return Search(text, number, records[:MAX_LISTED], len(records) > MAX_LISTED)

    @cached_property
    def is_long(self):
        return self.search_in("").is_cut

    def named(self, keys):
        return [*self._in_order(self.pages.model._base_manager.filter(pk__in=keys))]


class RecordSelect(AutocompleteSelect):
    """A box to type in where scripts run; without them a list, and beside one that would be too long a search."""

    def __init__(self, field, admin_site, offer):
        super().__init__(field, admin_site)
        self.offer = offer

    def get_url(self):
        near = f"?{urlencode({'near': self.offer.near})}" if self.offer.near else ""
        return super().get_url() + near

    def optgroups(self, name, value, attrs=None):
        search = self.offer.search_in(name)
        picked = {str(search.only.pk)} if search.only else {key for key in map(str, value) if KEY.fullmatch(key)}
        listed = {str(record.pk): record for record in search.records}
        if missing := picked - listed.keys():
            listed = {str(record.pk): record for record in self.offer.named(missing)} | listed
        options = [self.create_option(name, "", NO_CHOICE, not picked, 0)]
        for index, (key, record) in enumerate(listed.items(), 1):
            label = self.offer.pages.label_of_choice(record)
            options.append(self.create_option(name, key, label, key in picked, index))
        return [(None, options, 0)]

    def render(self, name, value, attrs=None, renderer=None):
        select = super().render(name, value, attrs, renderer)
        if not self.offer.is_long:
            return select
        context = {"name": name, "id": (attrs or {}).get("id", name), "search": self.offer.search_in(name)}
        context |= {"find": f"{name}{FIND}", "turn": f"{name}{PAGE}", "address": self.offer.request.get_full_path()}
        context["hint"] = self.offer.pages.hint_of_search
        return select + get_template("admin/record_search.html").render(context)


class PickingMixin:
    """Mixin of pages and rows: their records are picked, and pick others, by all that tells them apart."""

    near = ""  # the foreign key that records have in common which are picked in the form of one another
    hint_of_search = ""  # what records of this kind are found by

    def label_of_choice(self, record):
        """What a record is called where it is picked in the form of another."""
        return str(record)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", RecordSelect(db_field, self.admin_site, self._offer(db_field, request)))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _offer(self, db_field, request):
        """What all fields of the page offer that lead to one kind of record."""
        model, limit = db_field.remote_field.model, db_field.get_limit_choices_to()
        pages = self.admin_site.get_model_admin(model)
        near = near_key(getattr(self, "parent_model", self.model), request, pages.near) if pages.near else None
        offers = request.__dict__.setdefault("offers", {})
        return offers.setdefault((model, str(limit), near), Offer(pages, request, limit, near))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What is half written is shown again, with what was looked for in one of its fields; nothing is stored."""
        if request.method == "POST" and is_search(request.POST):
            request.is_only_shown = request.is_search = True
            if names := ", ".join(file.name for file in request.FILES.values()):
                messages.warning(request, FILES_NOT_KEPT % {"names": names})
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, **kwargs):
        if getattr(request, "is_search", False):
            forget_unfinished(context)
        return super().render_change_form(request, context, *args, **kwargs)
