"""The staff's pages of how alive each relation is, and of the fields of co-operation."""

from django.contrib import admin

from krakow_intl.core.admin import RecordAdmin
from partners.models import Assessment, Theme
from programme.sourced_admin import SOURCE, NoteWhoMixin


@admin.register(Assessment)
class AssessmentAdmin(NoteWhoMixin, RecordAdmin):
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "city",
                    ("assessed_on", "grade"),
                    ("reason_pl", "reason_en"),
                    ("next_step_pl", "next_step_en"),
                    *SOURCE,
                )
            },
        ),
    )
    list_display = ("assessed_on", "grade", "city", "next_step")
    list_display_links = ("city", "assessed_on")
    list_filter = ("grade",)
    list_select_related = ("city",)
    search_fields = ("city__name_pl", "city__name_en", "reason_pl", "reason_en")
    autocomplete_fields = ("city",)
    date_hierarchy = "assessed_on"


@admin.register(Theme)
class ThemeAdmin(RecordAdmin):
    fieldsets = ((None, {"fields": (("name_pl", "name_en"), "slug")}),)
    list_display = ("name", "slug")
    search_fields = ("name_pl", "name_en", "slug")
