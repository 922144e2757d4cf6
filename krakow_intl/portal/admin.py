"""The staff's pages of the pages about the register, of what visitors report and of the files it was filled with."""

import re
from datetime import timedelta

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import Max
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from simple_history.utils import bulk_update_with_history

from krakow_intl.core.addressed import page_at, records_named
from krakow_intl.core.admin.keys import KEY
from krakow_intl.core.admin.public_records import PublicRecordAdmin
from krakow_intl.core.admin.records import PlainRecordAdmin, RecordAdmin, RecordChangeList
from krakow_intl.core.dates import format_partial_date
from krakow_intl.core.display import name_of
from krakow_intl.models import AccessibilityStatement, LoadedFixture, Page, VisitorReport


@admin.register(Page)
class PageAdmin(PublicRecordAdmin):
    fieldsets = (
        (None, {"fields": (("name_pl", "name_en"), "slug")}),
        (_("Text"), {"fields": (("lead_pl", "lead_en"), ("body_pl", "body_en"))}),
    )
    list_display = ("name", "slug")
    search_fields = ("name_pl", "name_en", "slug")


@admin.register(AccessibilityStatement)
class AccessibilityStatementAdmin(RecordAdmin):
    """The page of the statement keeps its form; here stands what changes in it."""

    fieldsets = (
        (_("Conformity"), {"fields": ("status", ("shortcomings_pl", "shortcomings_en"), ("basis_pl", "basis_en"))}),
        (_("Dates"), {"fields": (("published_on", "updated_on"), ("drawn_up_on", "reviewed_on"))}),
        (_("Contact"), {"fields": (("contact_pl", "contact_en"), ("email", "phone"))}),
        (
            _("Beyond the website"),
            {"fields": (("architecture_pl", "architecture_en"), ("communication_pl", "communication_en"))},
        ),
    )
    list_display = ("reviewed_on", "status", "__str__")
    list_display_links = ("__str__",)

    def view_on_site(self, statement):
        return statement.get_absolute_url()

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not AccessibilityStatement.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


# the number of a report, its year and its key: "2026-00017"
NUMBER = re.compile(r"([0-9]{4})-([0-9]{5,18})")


class SetApartFilter(admin.SimpleListFilter):
    """What was set apart is a list of its own, and not in the way of the others."""

    title = _("set apart")
    parameter_name = "set_apart"

    def lookups(self, request, model_admin):
        return [("yes", _("set apart")), ("all", _("all"))]

    def choices(self, changelist):
        others, *rest = super().choices(changelist)
        return [others | {"display": _("not set apart")}, *rest]

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        return queryset.set_apart() if self.value() == "yes" else queryset.not_set_apart()


class DueFilter(admin.SimpleListFilter):
    """What should have been answered, and what is to be answered soon."""

    title = _("answer due")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("overdue", _("overdue")), ("week", _("within seven days"))]

    def queryset(self, request, queryset):
        today = localdate()
        if self.value() == "overdue":
            return queryset.overdue(today)
        if self.value() == "week":
            return queryset.open().filter(due_on__range=(today, today + timedelta(days=7)))
        return queryset


class ReportChangeList(RecordChangeList):
    """Knows the records that its reports are about: one query for each kind of them."""

    def get_results(self, request):
        super().get_results(request)
        records = records_named({report.about for report in self.result_list if report.about})
        for report in self.result_list:
            report.record = records.get(report.about)


@admin.register(VisitorReport)
class VisitorReportAdmin(PlainRecordAdmin):
    """More may lie set apart than a form can name one by one: then all that a list holds are moved or deleted."""

    change_list_template = "admin/report_list.html"
    actions = ("move_back", "delete_selected")
    fieldsets = (
        (
            _("What was reported"),
            {"fields": (("number", "received_at", "due"), "text", ("subject", "where"), ("email", "language"))},
        ),
        (_("What became of it"), {"fields": ("status", "answer", "handled_by", "is_set_apart")}),
    )
    readonly_fields = ("number", "text", "subject", "where", "email", "language", "received_at", "due", "handled_by")
    list_display = ("received_at", "due", "status", "number", "__str__", "subject", "handled_by")
    list_display_links = ("number", "__str__")
    list_filter = (SetApartFilter, "status", DueFilter, "language")
    list_select_related = ("handled_by",)
    search_fields = ("text", "page", "about", "answer")

    @admin.display(description=pgettext_lazy("report", "number"), ordering="pk")
    def number(self, report):
        return report.number

    @admin.display(description=pgettext_lazy("report", "about"), ordering="about")
    def subject(self, report):
        """The record it is about, as a link to its form; one that is gone as it was called, and else the page."""
        record = report.record if hasattr(report, "record") else records_named([report.about]).get(report.about)
        if record is None:
            return report.about or self.where(report)
        address = reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
        return format_html('<a href="{}">{}</a>', address, name_of(record))

    @admin.display(description=_("page"), ordering="page")
    def where(self, report):
        path = page_at(report.page)
        return format_html('<a href="{}">{}</a>', path, report.page) if path else report.page

    @admin.display(description=_("answer due on"), ordering="due_on")
    def due(self, report):
        day = format_partial_date(report.due_on) if report.due_on else None
        if not report.is_overdue(localdate()):
            return day
        return format_html('{} <span class="overdue">{}</span>', day, _("overdue"))

    def get_changelist(self, request, **kwargs):
        return ReportChangeList

    def get_search_results(self, request, queryset, search_term):
        """Whoever asks about a report names its number."""
        if number := NUMBER.fullmatch(search_term.strip()):
            year, key = map(int, number.groups())
            return queryset.filter(pk=key, received_at__year=year), False
        return super().get_search_results(request, queryset, search_term)

    def has_add_permission(self, request):
        return False

    def changelist_view(self, request, extra_context=None):
        waiting = 0 if request.GET.get(SetApartFilter.parameter_name) else VisitorReport.objects.set_apart().count()
        return super().changelist_view(request, {"waiting_apart": waiting} | (extra_context or {}))

    @admin.action(description=_("Move selected reports to the others"), permissions=["change"])
    def move_back(self, request, queryset):
        count = _move_back(queryset.set_apart())
        message = ngettext("%(count)s report was moved.", "%(count)s reports were moved.", count)
        messages.success(request, message % {"count": count})

    @admin.action(description=_("Delete selected reports"), permissions=["delete"])
    def delete_selected(self, request, queryset):
        """Asks once more; what came in after it asked stays."""
        newest = request.POST.get("newest", "")
        if not KEY.fullmatch(newest):
            return self._ask_before_deleting(request, queryset)
        count, _rows = VisitorReport.objects.filter(pk__in=queryset.filter(pk__lte=int(newest)).values("pk")).delete()
        message = ngettext("%(count)s report was deleted.", "%(count)s reports were deleted.", count)
        return messages.success(request, message % {"count": count})

    def _ask_before_deleting(self, request, queryset):
        context = {
            **self.admin_site.each_context(request),
            "title": _("Delete selected reports"),
            "opts": self.opts,
            "count": queryset.count(),
            "newest": queryset.aggregate(newest=Max("pk"))["newest"],
            "keys": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/report_delete_selected.html", context)

    def save_model(self, request, obj, form, change):
        if "status" in form.changed_data:
            obj.handled_by = request.user if obj.status == VisitorReport.Status.ANSWERED else None
        super().save_model(request, obj, form, change)


@transaction.atomic
def _move_back(queryset):
    reports = [*VisitorReport.objects.select_for_update().filter(pk__in=queryset.values("pk"))]
    _begin_history(reports)
    for report in reports:
        report.is_set_apart = False
        report.version += 1
    return bulk_update_with_history(reports, VisitorReport, ["is_set_apart", "version"], batch_size=500)


def _begin_history(reports):
    """Writes down how those came in with which no person had to do yet, so that they can be put back so."""
    known = {*VisitorReport.history.filter(id__in=[report.pk for report in reports]).values_list("id", flat=True)}
    untouched = [report for report in reports if report.pk not in known]
    for report in untouched:
        report._history_user, report._history_date = None, report.received_at
    VisitorReport.history.bulk_history_create(untouched, batch_size=500)
    for report in untouched:
        del report._history_user, report._history_date


@admin.register(LoadedFixture)
class LoadedFixtureAdmin(admin.ModelAdmin):
    list_display = ("loaded_at", "name", "digest")
    list_display_links = ("name",)
    ordering = ("-loaded_at", "name")

    def get_changelist(self, request, **kwargs):
        return RecordChangeList

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
