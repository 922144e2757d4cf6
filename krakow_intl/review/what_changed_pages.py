"""The staff's page of what changed in the register: by whom, by which import, of which kind and city, and when."""

from datetime import datetime, time, timedelta

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from krakow_intl.core.admin.desk import WAYS, page_of
from krakow_intl.core.admin.history import user_name
from krakow_intl.core.admin.site import pages
from krakow_intl.core.sorting import sort_column
from krakow_intl.review.belonging import condition_on
from krakow_intl.review.entries import entries_of
from krakow_intl.review.origins import ORIGINS
from krakow_intl.review.verifiable import WALKS
from krakow_intl.review.what_changed import (
    ROWS_ON_A_PAGE,
    SAVINGS_ON_A_PAGE,
    models_seen_by,
    place_before,
    rows_of,
    savings_of,
    span_of,
)

NOBODY = "0"  # in the place of a person: the register itself
ROWS_OF_A_WHOLE = 100
EARLIEST, LATEST = 1900, 2999  # years


def _within_time(day):
    """A day that a calendar of the database can reckon with."""
    if not EARLIEST <= day.year <= LATEST:
        words = _("Choose a year between %(first)s and %(last)s.")
        raise forms.ValidationError(words % {"first": EARLIEST, "last": LATEST})


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class WhatChangedForm(forms.Form):
    """What of all that changed a person wants to see; an empty choice is no restriction."""

    person = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of record"), required=False)
    since = forms.DateField(
        label=gettext_lazy("From day"), required=False, widget=DayInput(), validators=[_within_time]
    )
    until = forms.DateField(label=gettext_lazy("To day"), required=False, widget=DayInput(), validators=[_within_time])
    change = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput())
    whole = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput())

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.models = models_seen_by(user)
        self.user, self.origins = user, {name: each for name, each in ORIGINS.items() if each.is_for(user)}
        self.walks = {each.name: each for each in WALKS.values() if each.is_by_way}
        self.fields["person"].choices = [("", _("anybody")), *_people()]
        self.fields["kind"].choices = [("", _("all")), *self._kinds()]
        for name, each in self.origins.items():
            choices = [("", _("whatever it came by")), *each.choices(user)]
            self.fields[name] = forms.ChoiceField(label=each.label, required=False, choices=choices)
        for name, walk in self.walks.items():
            if walk.model in self.models:
                label = capfirst(walk.label)
                self.fields[name] = forms.ChoiceField(label=label, required=False, choices=_records(walk.model))
        self.order_fields(["person", "kind", *self.walks, *self.origins, "since", "until"])

    def _kinds(self):
        """The kinds of record that have a page, in the alphabet; rows stand with what they are rows of."""
        wholes = dict.fromkeys(page_of(model)[0] or model for model in self.models)
        kinds = ContentType.objects.get_for_models(*wholes)
        names = ((str(kind.pk), capfirst(model._meta.verbose_name_plural)) for model, kind in kinds.items())
        return sorted(names, key=lambda pair: pair[1])

    def clean_whole(self):
        if not (mark := self.cleaned_data["whole"]):
            return None
        try:
            condition = span_of(mark)
        except ValueError:
            condition = None
        if condition is None:
            raise forms.ValidationError(_("Nothing was written then."))
        return condition

    def clean(self):
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the first one."))
        return self.cleaned_data

    def chosen_models(self):
        """Those whose history is looked through."""
        kind = self.cleaned_data["kind"]
        if not kind:
            return self.models
        whole = ContentType.objects.get_for_id(int(kind)).model_class()
        return [model for model in self.models if (page_of(model)[0] or model) is whole]

    def condition_on(self, history):
        """The condition on rows of a table of history; None where none of them can meet it."""
        given = self.cleaned_data
        condition = self._of_whom_and_when() & (given["whole"] or Q())
        for name, walk in self.walks.items():
            if key := given.get(name):
                belongs = condition_on(history, walk, int(key))
                condition = condition & belongs if condition is not None and belongs is not None else None
        return condition

    def _of_whom_and_when(self):
        given, condition = self.cleaned_data, Q()
        if given["person"]:
            condition &= Q(history_user=None if given["person"] == NOBODY else int(given["person"]))
        if given["since"]:
            condition &= Q(history_date__gte=_midnight(given["since"]))
        if given["until"]:
            condition &= Q(history_date__lt=_midnight(given["until"]) + timedelta(days=1))
        if given["change"]:
            condition &= Q(pending_change=given["change"])
        for name, each in self.origins.items():
            if given[name]:
                condition &= Q(history_change_reason__in=each.reasons(self.user, given[name]))
        return condition

    @property
    def is_narrowed(self):
        return any(self.data.get(name) for name in self.fields)


def _midnight(day):
    return make_aware(datetime.combine(day, time.min))


def _people():
    users = get_user_model().objects.order_by("last_name", "first_name", "username")
    return [(NOBODY, _("the register itself")), *((str(user.pk), user_name(user)) for user in users)]


def _records(model):
    records = model._base_manager.order_by(sort_column())
    return [("", _("all")), *((str(record.pk), str(record)) for record in records)]


@require_safe
def what_changed(request):
    """What history tells of all kinds of record that the person may see, saving by saving."""
    form = WhatChangedForm(request.user, request.GET)
    if not form.models:
        raise PermissionDenied
    entries, following = _page(form, request) if form.is_valid() else ([], "")
    context = {
        **admin.site.each_context(request),
        "title": _("What changed"),
        "form": form,
        "entries": entries,
        "following": following,
        "is_first": not request.GET.get("before"),
        "is_whole": bool(form.is_valid() and form.cleaned_data["whole"]),
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/review/what_changed.html", context)


def _page(form, request):
    """(entries, the mark after which the next page begins or "")."""
    is_whole = bool(form.cleaned_data["whole"])
    limit = ROWS_OF_A_WHOLE if is_whole else ROWS_ON_A_PAGE
    rows = rows_of(form.chosen_models(), form.condition_on, _before(request), limit + 1)
    savings, count = savings_of(rows[:limit], SAVINGS_ON_A_PAGE)
    entries = entries_of(request.user, savings, *([ROWS_OF_A_WHOLE] if is_whole else []))
    return entries, rows[count - 1].mark if count < len(rows) else ""


def _before(request):
    try:
        return place_before(request.GET.get("before", ""))
    except ValueError:
        return None


def way_to_what_changed(user):
    if models_seen_by(user):
        yield _("What changed"), reverse("admin:what_changed")


WAYS.append(way_to_what_changed)


@pages
def urls(view):
    return [path("changes/", view(what_changed), name="what_changed")]
