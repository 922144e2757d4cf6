"""The staff's pages of changes that wait for a second person."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from krakow_intl.core import audit
from krakow_intl.core.admin.desk import form_at
from krakow_intl.core.admin.history import user_name
from krakow_intl.core.admin.keys import ChosenByKeyMixin
from krakow_intl.core.admin.records import RecordChangeList
from krakow_intl.core.reviewing import CannotBeDone
from krakow_intl.review import decisions, history_pages, preview_pages
from krakow_intl.review.commands import command_of
from krakow_intl.review.effects import told_to
from krakow_intl.review.entries import can_be_taken_back
from krakow_intl.review.handing_in import OPENED
from krakow_intl.review.models import PendingChange
from krakow_intl.review.previews import preview_of_change, shown_on
from krakow_intl.review.trial import rehearse

EFFECTS_ON_A_PAGE = 50
MAX_AT_ONCE = 50
CHANGED = _("What would be written changed since you looked, or it was decided meanwhile. Look again.")
ON_ITS_OWN_PAGE = _("What it brings before the public stands on its own page: look at it there.")


class DueForm(forms.Form):
    """When something is to be published."""

    due_at = forms.SplitDateTimeField(
        label=_("Day and time"),
        widget=forms.SplitDateTimeWidget(
            date_attrs={"type": "date", "aria-label": _("Day")},
            time_attrs={"type": "time", "aria-label": _("Time")},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        ),
    )


class RemarkForm(forms.Form):
    """Why something is sent back, or published at once."""

    remark = forms.CharField(
        label=_("Remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    )


class MineFilter(admin.SimpleListFilter):
    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("mine", _("written by me")), ("others", _("written by others"))]

    def queryset(self, request, queryset):
        mine = PendingChange.objects.written_by(request.user).values("pk")
        if self.value() == "mine":
            return queryset.filter(pk__in=mine)
        return queryset.exclude(pk__in=mine) if self.value() == "others" else queryset


class StateFilter(admin.SimpleListFilter):
    """What is decided is a list of its own, and not in the way of what waits."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*PendingChange.State.choices, ("all", _("all"))]

    def choices(self, changelist):
        waiting, *rest = super().choices(changelist)
        return [waiting | {"display": _("open")}, *rest]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        return queryset.filter(state=self.value()) if self.value() else queryset.open()


@admin.register(PendingChange)
class PendingChangeAdmin(ChosenByKeyMixin, admin.ModelAdmin):
    """Nothing is edited here: a change is looked at, and published, sent back, taken over or withdrawn."""

    list_display = ("created_at", "state", "subject", "kind", "content_type", "author_name", "reason")
    list_display_links = ("subject",)
    list_filter = (StateFilter, MineFilter, "kind")
    list_select_related = ("author", "content_type")
    ordering = ("created_at", "pk")
    actions = ("publish_selected",)

    def get_changelist(self, request, **kwargs):
        return RecordChangeList

    @admin.display(description=_("what it is about"))
    def subject(self, change):
        return change.subject

    @admin.display(description=_("author"), ordering="author__last_name")
    def author_name(self, change):
        return user_name(change.author)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_review_permission(self, request):
        return request.user.has_perm(decisions.REVIEW)

    def get_urls(self):
        steps = {
            "publish": self.publish_view,
            "schedule": self.schedule_view,
            "send_back": self.send_back_view,
            "withdraw": self.withdraw_view,
            "confirm": self.confirm_view,
        }
        view, name = self.admin_site.admin_view, "review_pendingchange_{}".format
        return [
            *(path(f"<int:pk>/{step}/", view(page), name=name(step)) for step, page in steps.items()),
            path("<int:pk>/preview/<slug:language>/", view(require_safe(self.preview_view)), name=name("preview")),
            path(
                "of/<int:kind>/<int:pk>/<slug:language>/",
                view(require_safe(preview_pages.preview)),
                name="review_preview",
            ),
            path("links/<int:kind>/<int:pk>/", view(preview_pages.links), name="review_links"),
            path("states/<int:kind>/<int:pk>/", view(history_pages.compare), name="review_compare"),
            path("deleted/<int:kind>/", view(require_safe(history_pages.gone)), name="review_deleted"),
            *super().get_urls(),
        ]

    def change_for(self, request, pk):
        change = get_object_or_404(PendingChange.objects.select_related("author", "content_type"), pk=pk)
        if not (self.has_view_permission(request) or request.user.pk in change.writers()):
            raise PermissionDenied
        return change

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self.review_page(request, self.change_for(request, object_id))

    def review_page(self, request, change, status=200, **given):
        is_live = change.state in (PendingChange.State.WAITING, PendingChange.State.SENT_BACK)
        trial = rehearse(change) if is_live else None
        models = {effect.model for effect in trial.effects} if trial else set()
        command = command_of(change)
        effects = (
            Paginator(told_to(request.user, trial.effects), EFFECTS_ON_A_PAGE).get_page(request.GET.get("p"))
            if trial
            else None
        )
        is_waiting = change.state == PendingChange.State.WAITING
        context = {
            **self.admin_site.each_context(request),
            "title": change.subject,
            "opts": self.opts,
            "original": change,
            "author": user_name(change.author),
            "others": [user_name(user) for user in change.others.all()],
            "decided_by": user_name(change.decided_by) if change.decided_by else "",
            "confirmed_by": user_name(change.confirmed_by) if change.confirmed_by else "",
            "trial": trial,
            "effects": effects,
            "is_waiting": is_waiting,
            "may_send_back": is_waiting or change.state == PendingChange.State.SCHEDULED,
            "is_stale": is_live and command.is_stale(),
            "why_not": decisions.why_not(request.user, change, models),
            "is_mine": request.user.pk in change.writers(),
            "one_person": settings.ONE_PERSON_REVIEWS,
            "may_review": self.has_review_permission(request),
            "may_hurry": request.user.has_perm(decisions.HURRY),
            "may_confirm": self._may_confirm(request.user, change),
            "form_address": self._form_address(change),
            "record_address": self._record_address(change),
            "languages_of_page": settings.LANGUAGES if is_live and shown_on(change.first_record()) else (),
            "due_form": DueForm(),
            "more": command.template,
            "may_be_taken_back": can_be_taken_back(change),
            "taking_back": PendingChange.objects.taking_back(change),
        }
        context |= command.context(request)
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/review/change.html", context | given, status=status)

    @staticmethod
    def _may_confirm(user, change):
        is_open = change.approval == "emergency" and change.confirmed_at is None
        return is_open and user.has_perm(decisions.REVIEW) and user.pk not in {change.decided_by_id, *change.writers()}

    @staticmethod
    def _form_address(change):
        """Where a person goes on writing what was sent."""
        if change.kind != PendingChange.Kind.FORM:
            return ""
        return f"{form_at(change.model, change.object_id)}?{OPENED}={change.pk}"

    @staticmethod
    def _record_address(change):
        record = change.first_record()
        if record is None or type(record) not in admin.site._registry:
            return ""
        return form_at(type(record), record.pk)

    # --- decisions ---------------------------------------------------------------------------------------------------

    def _decide(self, request, pk, decide, told, rights=()):
        """Does what a person decided who has one of these rights, or says why it cannot be done."""
        change = self.change_for(request, pk)
        if rights and not any(map(request.user.has_perm, rights)):
            raise PermissionDenied
        if request.method == "POST":
            try:
                decide(change)
                messages.success(request, told)
            except decisions.Changed:
                messages.warning(request, CHANGED)
            except CannotBeDone as refused:
                messages.error(request, " ".join(refused.reasons))
        return redirect(change.get_absolute_url())

    def publish_view(self, request, pk):
        in_emergency, why = bool(request.POST.get("emergency")), request.POST.get("remark", "").strip()
        digest = request.POST.get("digest", "")

        def decide(change):
            if in_emergency and not why:
                raise CannotBeDone(_("Say why it cannot wait for another person."))
            decisions.publish(change, request.user, digest, in_emergency=in_emergency, why=why)

        told = _("It is done: the public sees it now.")
        return self._decide(request, pk, decide, told, (decisions.REVIEW, decisions.HURRY))

    def schedule_view(self, request, pk):
        form = DueForm(request.POST)

        def decide(change):
            if not form.is_valid():
                raise CannotBeDone(_("Write a day and a time, such as 2026-12-24 and 08:00."))
            decisions.schedule(change, request.user, request.POST.get("digest", ""), form.cleaned_data["due_at"])

        return self._decide(request, pk, decide, _("It will be published then."), (decisions.REVIEW,))

    def send_back_view(self, request, pk):
        form = RemarkForm(request.POST)

        def decide(change):
            if not form.is_valid():
                raise CannotBeDone(_("Say in the remark what is to be corrected."))
            decisions.send_back(change, request.user, form.cleaned_data["remark"])

        return self._decide(request, pk, decide, _("It was sent back to its author."), (decisions.REVIEW,))

    def withdraw_view(self, request, pk):
        return self._decide(request, pk, lambda change: decisions.withdraw(change, request.user), _("It is withdrawn."))

    def confirm_view(self, request, pk):
        def decide(change):
            decisions.confirm(change, request.user)

        return self._decide(request, pk, decide, _("It is confirmed."), (decisions.REVIEW,))

    def preview_view(self, request, pk, language):
        change = self.change_for(request, pk)
        if language not in dict(settings.LANGUAGES):
            raise Http404
        response = preview_of_change(change, language)
        if response is None:
            raise Http404
        audit.note("preview", "shown", what=audit.name_of(change), language=language)
        return response

    @admin.action(description=_("Publish what is selected"), permissions=["review"])
    def publish_selected(self, request, queryset):
        """Shows all of it on one page, and publishes what was shown."""
        changes = [*queryset.waiting().select_related("author", "content_type")[: MAX_AT_ONCE + 1]]
        if len(changes) > MAX_AT_ONCE:
            message = _("Publish at most %(number)s changes at once; nothing was published.")
            return messages.error(request, message % {"number": MAX_AT_ONCE})
        if request.POST.get("confirmed"):
            return self._publish_all(request, changes)
        looked_at = [self._looked_at(request.user, change) for change in changes]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publish what is selected"),
            "opts": self.opts,
            "looked_at": looked_at,
            "is_any": any(not why_not for _change, _trial, why_not in looked_at),
        }
        return TemplateResponse(request, "admin/review/publish_selected.html", context)

    @staticmethod
    def _looked_at(user, change):
        trial = rehearse(change)
        why_not = decisions.why_not(user, change, {effect.model for effect in trial.effects})
        why_not = why_not or ("" if command_of(change).is_rehearsed else ON_ITS_OWN_PAGE)
        trial.effects = told_to(user, trial.effects)
        return change, trial, why_not or " ".join(trial.errors)

    def _publish_all(self, request, changes):
        done, others = 0, []
        for change in changes:
            try:
                if not command_of(change).is_rehearsed:
                    raise CannotBeDone(ON_ITS_OWN_PAGE)
                decisions.publish(change, request.user, request.POST.get(f"digest-{change.pk}", ""))
                done += 1
            except (decisions.Changed, CannotBeDone, PermissionDenied):
                others.append(str(change))
        if done:
            messages.success(request, _("Published: %(number)s.") % {"number": done})
        if others:
            messages.warning(request, _("Not published: %(names)s.") % {"names": "; ".join(others)})
