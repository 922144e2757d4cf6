"""The first page of the staff, the page of a whole section, and what a person may wish of their desk."""

import hashlib
import secrets

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.desk import LINES_ON_A_PAGE, Desk, Shown
from krakow_intl.core.admin.settling import settle
from krakow_intl.core.admin.site import pages
from krakow_intl.core.site_url import absolute
from krakow_intl.models import StaffDesk

BYTES_OF_A_TOKEN = 32
SETTLED = _("Noted.")
NOT_SETTLED = _("What you saw has changed meanwhile. Look again.")


class WishesForm(forms.ModelForm):
    """How a person wants their desk."""

    class Meta:
        model = StaffDesk
        fields = ("department", "wants_mail")

    def __init__(self, desk, *args, **kwargs):
        super().__init__(*args, instance=desk.wishes, label_suffix="", **kwargs)
        choices = [("", _("none")), *desk.departments.items()]
        label = self.fields["department"].label
        self.fields["department"] = forms.ChoiceField(choices=choices, required=False, label=label)
        if not (settings.EMAIL_HOST and desk.user.email):
            del self.fields["wants_mail"]

    def save(self, commit=True):
        self.instance.language = get_language()[:2]
        self.instance.is_of_department = self.instance.is_of_department and bool(self.instance.department)
        return super().save(commit)


class YearsForm(forms.ModelForm):
    class Meta:
        model = StaffDesk
        fields = ("dormant_years",)


def desk_context(request):
    """What the first page shows."""
    desk = Desk(request.user)
    return {
        "title": _("My desk"),
        "desk": desk,
        "groups": desk.shown(),
        "department": desk.departments.get(desk.wishes.department, ""),
    }


def section_page(request, name):
    desk = Desk(request.user)
    if (section := desk.section(name)) is None:
        raise Http404
    page = Paginator(section.rows(desk), LINES_ON_A_PAGE).get_page(request.GET.get("p"))
    shown = Shown(section, desk, page)
    context = admin.site.each_context(request) | {
        "title": section.title,
        "shown": shown,
        "page": page,
        "numbers": page.paginator.get_elided_page_range(page.number),
        "ellipsis": Paginator.ELLIPSIS,
    }
    return TemplateResponse(request, "admin/desk_section.html", context)


def _back(request):
    """To the page of the section from which something was sent, else to the desk."""
    name = request.POST.get("section", "")
    known = name if Desk(request.user).section(name) else ""
    return redirect("admin:desk_section", known) if known and request.POST.get("whole") else redirect("admin:index")


def settle_view(request):
    if request.method == "POST":
        is_done = settle(request.user, request.POST)
        (messages.success if is_done else messages.warning)(request, SETTLED if is_done else NOT_SETTLED)
    return _back(request)


def years_view(request):
    desk = Desk(request.user)
    if request.method == "POST":
        form = YearsForm(request.POST, instance=desk.wishes)
        if form.is_valid():
            form.save()
        else:
            messages.error(request, _("Write a number of years from 1 to 99."))
    return _back(request)


def scope_view(request):
    """Shows what is the department's, or all."""
    desk = Desk(request.user)
    if request.method == "POST" and desk.wishes.department in desk.departments:
        desk.wishes.is_of_department = request.POST.get("of") == "department"
        desk.wishes.save()
    return redirect("admin:index")


def wishes_view(request):
    desk = Desk(request.user)
    form = WishesForm(desk, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        form.save()
        messages.success(request, _("Your desk is as you want it."))
        return redirect("admin:index")
    return _wishes_page(request, desk, form)


def _wishes_page(request, desk, form, calendar_address=""):
    context = admin.site.each_context(request) | {
        "title": _("How I want my desk"),
        "desk": desk,
        "form": form,
        "calendar_address": calendar_address,
        "has_mail": bool(settings.EMAIL_HOST),
    }
    return TemplateResponse(request, "admin/desk_wishes.html", context)


def calendar_view(request):
    """Makes a new secret address of the calendar, which is shown this once, or takes the old one back."""
    desk = Desk(request.user)
    if request.method != "POST":
        return redirect("admin:desk_wishes")
    if "revoke" in request.POST:
        desk.wishes.calendar_digest = desk.wishes.calendar_made_at = None
        desk.wishes.save()
        messages.success(request, _("The address of your calendar answers no more."))
        return redirect("admin:desk_wishes")
    token = secrets.token_urlsafe(BYTES_OF_A_TOKEN)
    desk.wishes.calendar_digest, desk.wishes.calendar_made_at = digest_of(token), timezone.now()
    desk.wishes.save()
    return _wishes_page(request, desk, WishesForm(desk), absolute(reverse("private_calendar", args=[token])))


def digest_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


@pages
def urls(view):
    return [
        path("desk/wishes/", view(wishes_view), name="desk_wishes"),
        path("desk/calendar/", view(calendar_view), name="desk_calendar"),
        path("desk/scope/", view(scope_view), name="desk_scope"),
        path("desk/years/", view(years_view), name="desk_years"),
        path("desk/settle/", view(settle_view), name="desk_settle"),
        path("desk/<slug:name>/", view(section_page), name="desk_section"),
    ]
