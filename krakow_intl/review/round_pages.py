"""The pages of a verification round: choosing it, walking through it, handing it in."""

from functools import wraps

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.desk import form_of, full_name
from krakow_intl.core.admin.site import pages
from krakow_intl.core.internal import columns_for
from krakow_intl.core.reviewing import CannotBeDone
from krakow_intl.review import rounds
from krakow_intl.review.models import RoundItem, VerificationRound
from krakow_intl.review.verifiable import WALKS, lists_for

CHANGED = _("This record changed while you looked at it. Look again.")
ANSWERS = (RoundItem.Answer.TRUE, RoundItem.Answer.CORRECTED, RoundItem.Answer.SKIPPED, RoundItem.Answer.ASKED)


class ChoiceForm(forms.Form):
    """What a round is of; an empty choice is no restriction."""

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.models = {each.model._meta.label_lower: each.model for each in lists_for(user)}
        names = [(label, capfirst(model._meta.verbose_name_plural)) for label, model in self.models.items()]
        for each in WALKS.values():
            self.fields[each.name] = forms.ModelChoiceField(
                each.model.objects.published().by_name(),
                required=False,
                label=capfirst(each.label),
                empty_label=_("all"),
            )
        self.fields["list"] = forms.ChoiceField(
            choices=[("", _("all")), *names], required=False, label=capfirst(_("list"))
        )

    def clean(self):
        if not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Choose at least one of these: all records at once are too many."))
        return super().clean()

    def begin(self, user):
        chosen = {name: self.cleaned_data[name] for name in WALKS}
        model = self.models.get(self.cleaned_data["list"])
        return rounds.begin(user, (model,) if model else (), **chosen)


def may_verify(view):
    """`view`, for those who may write in something that can be verified."""

    @wraps(view)
    def inner(request, **arguments):
        if not lists_for(request.user):
            raise PermissionDenied
        return view(request, **arguments)

    return inner


def shown(request, template, title, **context):
    everywhere = admin.site.each_context(request) | {"title": title}
    return TemplateResponse(request, template, everywhere | context)


def own_round(request, pk):
    return get_object_or_404(VerificationRound.objects.with_progress(), pk=pk, author=request.user)


def choose(request):
    form = ChoiceForm(request.user, request.POST if request.method == "POST" else None, initial=request.GET.dict())
    if form.is_bound and form.is_valid():
        try:
            return redirect(form.begin(request.user))
        except CannotBeDone as refused:
            form.add_error(None, refused.reasons[0])
    begun = VerificationRound.objects.open_of(request.user).with_progress()
    return shown(request, "admin/review/round_choice.html", _("Verification round"), form=form, begun=begun)


def walk_round(request, pk):
    """The next record, or the one at a place; after the last one what was said of all."""
    current = own_round(request, pk)
    if current.closed_at:
        return _summary(request, current)
    if request.method == "POST":
        return _answered(request, current)
    item = _item_at(current, request.GET.get("at", "")) or rounds.next_item(current)
    if item is None or "end" in request.GET:
        return _summary(request, current)
    return _one(request, current, item)


def _item_at(current, place):
    is_place = place.isascii() and place.isdecimal() and len(place) < 7
    return current.items.filter(position=int(place)).first() if is_place else None


def _one(request, current, item):
    record = item.stored()
    if record is None:
        item.delete()
        return redirect(current)
    context = {
        "round": current,
        "item": item,
        "record": record,
        "kind": capfirst(record._meta.verbose_name),
        "name": full_name(record),
        "facts": [*rounds.facts_of(record, _columns_of_its_page(request, record))],
        "before": current.items.filter(position__lt=item.position).last(),
    }
    return shown(request, "admin/review/round.html", current.title, **context)


def _columns_of_its_page(request, record):
    """The names of what the person sees on the page of a record, or may see where it has no page of its own."""
    if not admin.site.is_registered(type(record)):
        return {column.name for column in columns_for(request.user, type(record))}
    return {*flatten_fieldsets(admin.site.get_model_admin(type(record)).get_fieldsets(request, record))}


def _answered(request, current):
    item = _item_at(current, request.POST.get("at", ""))
    said, remark = request.POST.get("answer", ""), request.POST.get("remark", "").strip()[:500]
    if item is None or said not in ANSWERS:
        return redirect(current)
    place = f"{current.get_absolute_url()}?at={item.position}"
    if said == RoundItem.Answer.ASKED and not remark:
        messages.error(request, _("Write what you ask."))
        return redirect(place)
    if not rounds.answer(item, said, remark, request.POST.get("version", "")):
        messages.warning(request, CHANGED)
        return redirect(place)
    if said == RoundItem.Answer.CORRECTED:
        return redirect(form_of(item.stored()))
    following = rounds.next_item(current, item.position)
    return redirect(f"{current.get_absolute_url()}?at={following.position}" if following else current)


def _summary(request, current):
    counts = rounds.counts_of(current)
    items = current.items.exclude(answer__in=["", RoundItem.Answer.TRUE]).select_related("content_type")
    context = {
        "round": current,
        "counts": [(answer.label, counts.get(answer, 0)) for answer in RoundItem.Answer if counts.get(answer)],
        "true": counts.get(RoundItem.Answer.TRUE, 0),
        "left": rounds.left_of(current),
        "others": [(item, _name(item)) for item in items],
    }
    return shown(request, "admin/review/round_end.html", current.title, **context)


def _name(item):
    record = item.stored()
    return full_name(record) if record else str(item)


def hand_in(request, pk):
    current = own_round(request, pk)
    if request.method != "POST":
        return redirect(current)
    change = rounds.hand_in(current, request.user)
    if change is None:
        messages.success(request, _("The round is closed; nothing of it was to be handed in."))
        return redirect("admin:index")
    messages.success(request, _("Handed in. The records count as verified once another person has agreed."))
    return redirect(change.get_absolute_url())


def drop(request, pk):
    current = own_round(request, pk)
    if request.method == "POST" and not current.closed_at:
        current.delete()
        messages.success(request, _("The round was given up; nothing of it is kept."))
        return redirect("admin:index")
    return redirect(current)


@pages
def urls(view):
    return [
        path("verification/", view(may_verify(choose)), name="verification_choice"),
        path("verification/<int:pk>/", view(may_verify(walk_round)), name="verification_round"),
        path("verification/<int:pk>/hand-in/", view(may_verify(hand_in)), name="verification_hand_in"),
        path("verification/<int:pk>/drop/", view(may_verify(drop)), name="verification_drop"),
    ]
