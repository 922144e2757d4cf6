"""The staff's pages of the pages about the register, of what visitors report and of the files it was filled with."""

from django.contrib import admin
from django.urls import Resolver404, resolve
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from krakow_intl.admin.public_records import PublicRecordAdmin
from krakow_intl.admin.records import PlainRecordAdmin, RecordAdmin, RecordChangeList
from krakow_intl.models import AccessibilityStatement, LoadedFixture, Page, Report


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
    list_display = ("__str__", "status", "reviewed_on")

    def view_on_site(self, statement):
        return statement.get_absolute_url()

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not AccessibilityStatement.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Report)
class ReportAdmin(PlainRecordAdmin):
    fieldsets = (
        (_("What was reported"), {"fields": ("text", "where", ("email", "language", "received_at"))}),
        (_("What became of it"), {"fields": ("status", "answer", "handled_by")}),
    )
    readonly_fields = ("text", "where", "email", "language", "received_at", "handled_by")
    list_display = ("__str__", "where", "received_at", "status", "handled_by")
    list_filter = ("status", "language")
    list_select_related = ("handled_by",)
    search_fields = ("text", "page", "answer")

    @admin.display(description=_("page"), ordering="page")
    def where(self, report):
        return format_html('<a href="{0}">{0}</a>', report.page) if _is_of_the_register(report.page) else report.page

    def has_add_permission(self, request):
        return False

    def save_model(self, request, obj, form, change):
        if "status" in form.changed_data:
            obj.handled_by = request.user if obj.status == Report.Status.ANSWERED else None
        super().save_model(request, obj, form, change)


def _is_of_the_register(page):
    try:
        return bool(resolve(page.partition("?")[0]))
    except Resolver404:
        return False


@admin.register(LoadedFixture)
class LoadedFixtureAdmin(admin.ModelAdmin):
    list_display = ("name", "loaded_at", "digest")
    ordering = ("-loaded_at", "name")

    def get_changelist(self, request, **kwargs):
        return RecordChangeList

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
