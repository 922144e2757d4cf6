"""The pages on which two states of a record are compared, an earlier one is put back, and what is gone comes again."""

from datetime import datetime

from django import forms
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.desk import form_at
from krakow_intl.core.admin.history import name_of_row, revisions, user_name
from krakow_intl.core.admin.records import HANDED_IN
from krakow_intl.core.reviewing import CannotBeDone, NeedsReview, Proposal, desk, reviewed
from krakow_intl.review.effects import row_models, told_to
from krakow_intl.review.restoring import deleted, differences, restore, state_of

DELETED_ON_A_PAGE = 50
NOW = ""


def pages_of(request, kind):
    """The admin of a kind of record whose history a person may see."""
    model = get_object_or_404(ContentType, pk=kind).model_class()
    if model is None or not hasattr(model, "history") or not admin.site.is_registered(model):
        raise Http404
    pages = admin.site.get_model_admin(model)
    if not pages.has_view_permission(request):
        raise PermissionDenied
    return pages


class StatesForm(forms.Form):
    """Which two states of a record are compared."""

    before = forms.ChoiceField(label=_("This state"), required=False)
    after = forms.ChoiceField(label=_("beside this one"), required=False)

    def __init__(self, moments, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = moments


def compare(request, kind, pk):
    """Two states of a record side by side; an earlier one is put back from here."""
    pages = pages_of(request, kind)
    moments = _moments(pages.model, pk)
    if not moments:
        raise Http404
    if request.method == "POST":
        return _restore(request, pages, pk, moments)
    stands = pages.model._base_manager.filter(pk=pk).exists()
    choices = [*([(NOW, _("as it stands now"))] if stands else []), *moments]
    given = {"before": request.GET.get("before", choices[0][0]), "after": request.GET.get("after", choices[-1][0])}
    form = StatesForm(choices, given)
    if not form.is_valid():
        raise Http404
    states = [state_of(pages.model, pk, _moment(form.cleaned_data[name])) for name in ("before", "after")]
    context = {
        **admin.site.each_context(request),
        "title": _("Two states of it: %s") % name_of_row(pages.model.history.filter(id=pk).first()),
        "opts": pages.opts,
        "key": pk,
        "stands": stands,
        "form": form,
        "moment": form.cleaned_data["after"],
        "words": dict(choices)[form.cleaned_data["after"]],
        "effects": [effect for effect in told_to(request.user, differences(*states)) if effect.changes],
        "may_restore": _may_restore(request, pages, pk),
    }
    return TemplateResponse(request, "admin/review/compare.html", context)


def _moments(model, pk):
    """[(moment, words)] of the savings of a record and its rows, the latest first."""
    parts = [(part, owner.removesuffix("_id")) for part, owner in row_models(model)]
    savings = revisions(model(pk=pk), parts)
    return [(saving.at.isoformat(), f"{_day(saving.at)}, {saving.user_name}") for saving in savings]


def _day(moment):
    return date_format(localtime(moment), "j E Y, H:i:s")


def _moment(text):
    return datetime.fromisoformat(text) if text else None


def _restore(request, pages, pk, moments):
    moment, reason = request.POST.get("moment", ""), request.POST.get("change_reason", "").strip()[:100]
    if not _may_restore(request, pages, pk) or moment not in dict(moments):
        raise PermissionDenied
    if not reason:
        messages.error(request, _("Say why it is put back."))
        return redirect(request.get_full_path())
    try:
        with reviewed():
            record, told = restore(pages.model, pk, _moment(moment), reason, user=request.user)
            pages.log_change(request, record, reason)
    except CannotBeDone as refused:
        messages.error(request, " ".join(refused.reasons))
        return redirect(request.get_full_path())
    except NeedsReview:
        return _hand_in(request, pages.model, pk, moment, reason)
    messages.success(request, _("It stands again as it stood then."))
    for sentence in told:
        messages.warning(request, sentence)
    return redirect(form_at(pages.model, pk))


def _may_restore(request, pages, pk):
    stands = pages.model._base_manager.filter(pk=pk).exists()
    return pages.has_change_permission(request) and (stands or pages.has_add_permission(request))


def _hand_in(request, model, pk, moment, reason):
    record = model._base_manager.filter(pk=pk).first()
    said = {"moment": moment, "version": getattr(record, "version", None)}
    change = desk().hand_in(Proposal("restore", request.user, model, said, reason, pk))
    messages.success(request, HANDED_IN)
    return redirect(change.get_absolute_url())


def gone(request, kind):
    """The records of a kind that were deleted: each can be put back."""
    pages = pages_of(request, kind)
    page = Paginator(deleted(pages.model).select_related("history_user"), DELETED_ON_A_PAGE).get_page(
        request.GET.get("p")
    )
    context = {
        **admin.site.each_context(request),
        "title": _("Deleted: %s") % pages.opts.verbose_name_plural,
        "opts": pages.opts,
        "page": page,
        "rows": [_told(kind, row) for row in page.object_list],
    }
    return TemplateResponse(request, "admin/review/deleted.html", context)


def _told(kind, row):
    return {
        "name": name_of_row(row),
        "at": row.history_date,
        "by": user_name(row.history_user),
        "reason": row.history_change_reason or "",
        "address": reverse("admin:review_compare", args=[kind, row.id]),
    }
