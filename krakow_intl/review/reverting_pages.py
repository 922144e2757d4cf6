"""The staff's page on which what was written at one time is taken back as a whole, perhaps once another agrees."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from krakow_intl.core.admin.history import user_name
from krakow_intl.core.admin.keys import KEY
from krakow_intl.core.admin.records import HANDED_IN
from krakow_intl.core.admin.site import pages
from krakow_intl.core.reviewing import CannotBeDone, NeedsReview, Proposal, desk, reviewed
from krakow_intl.review.effects import told_to
from krakow_intl.review.entries import can_be_taken_back
from krakow_intl.review.models import PendingChange
from krakow_intl.review.origins import wrote_as_a_whole
from krakow_intl.review.reverting import MAX_ROWS, may_take_back, plan_of, rows_written, take_back
from krakow_intl.review.what_changed import models_seen_by, rows_of, span_of, tracked_models

EFFECTS_ON_A_PAGE = 50
MAX_REASON = 100  # characters of a reason in history


def take_back_page(request):
    """What would be taken back, and what would be left; whoever may write it says why, and does it or hands it in."""
    command = _command(request)
    try:
        plan = plan_of(rows_written(command))
    except CannotBeDone as refused:
        messages.error(request, " ".join(refused.reasons))
        return redirect("admin:what_changed")
    _refuse(request.user, plan)
    reason = request.POST.get("change_reason", "").strip()[:MAX_REASON]
    if request.method == "POST" and not reason:
        messages.error(request, _("Say why it is taken back."))
    elif request.method == "POST":
        return _do(request, command, plan, reason)
    context = {
        **admin.site.each_context(request),
        "title": _("Take back: %s") % command["name"],
        "effects": Paginator(told_to(request.user, plan.effects()), EFFECTS_ON_A_PAGE).get_page(request.GET.get("p")),
        "plan": plan,
    }
    return TemplateResponse(request, "admin/review/take_back.html", context)


def _refuse(user, plan):
    seen = {*models_seen_by(user)}
    if not plan.models <= seen or not may_take_back(user, plan):
        raise PermissionDenied(_("You may not write all of what was written there."))


def _command(request):
    """The command that takes back what the address names: a change under review, or a saving by its mark."""
    key, mark = request.GET.get("change", ""), request.GET.get("saving", "")
    if KEY.fullmatch(key):
        return _of_change(int(key))
    if not (rows := _rows_of_saving(mark)):
        raise Http404
    if rows[0].change:
        return _of_change(rows[0].change)
    models, written = tracked_models(), {}
    if wrote_as_a_whole(rows[0].reason):
        raise Http404
    for row in rows:
        written.setdefault(models[row.place]._meta.label_lower, []).append(row.history_id)
    return {"name": _name(models[rows[0].place], rows[0]), "rows": written}


def _of_change(key):
    change = PendingChange.objects.filter(pk=key).first()
    if change is None or not can_be_taken_back(change):
        raise Http404
    return {"name": change.subject, "change": change.pk}


def _rows_of_saving(mark):
    try:
        condition = span_of(mark)
    except ValueError:
        return None
    if condition is None:
        return None
    return rows_of(tracked_models(), lambda history: condition, limit=MAX_ROWS + 1)


def _name(model, row):
    writer = model.history.filter(pk=row.history_id).select_related("history_user").get()
    return f"{date_format(localtime(row.at), 'j E Y, H:i')}, {user_name(writer.history_user)}"


def _do(request, command, plan, reason):
    try:
        with reviewed():
            told = take_back(plan, reason, request.user)
    except CannotBeDone as refused:
        messages.error(request, " ".join(refused.reasons))
        return redirect(request.get_full_path())
    except NeedsReview:
        return _hand_in(request, command, plan, reason)
    messages.success(request, _("It is taken back."))
    for sentence in [*(_("Left as it is: %s") % left for left in plan.told()), *told]:
        messages.warning(request, sentence)
    return redirect(reverse("admin:what_changed"))


def _hand_in(request, command, plan, reason):
    rows = tuple((span.model, span.key, getattr(span.now, "version", 0)) for span in plan.going)
    model = plan.going[0].model
    proposal = Proposal(PendingChange.Kind.REVERT, request.user, model, command, reason, records=rows)
    messages.success(request, HANDED_IN)
    return redirect(desk().hand_in(proposal).get_absolute_url())


@pages
def urls(view):
    return [path("changes/take-back/", view(take_back_page), name="take_back")]
