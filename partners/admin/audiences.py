"""The staff's pages of those whom the page for schools, firms and associations is for."""

from django.contrib import admin

from krakow_intl.core.admin import RecordAdmin, RecordTabularInline
from partners.models import Audience, AudienceGoal, AudienceKind, AudienceTheme


class AudienceKindInline(RecordTabularInline):
    model = AudienceKind
    fields = ("kind",)


class AudienceThemeInline(RecordTabularInline):
    model = AudienceTheme
    fields = ("theme",)


class AudienceGoalInline(RecordTabularInline):
    model = AudienceGoal
    fields = ("goal",)


@admin.register(Audience)
class AudienceAdmin(RecordAdmin):
    fieldsets = ((None, {"fields": (("name_pl", "name_en"), "slug", "position")}),)
    inlines = (AudienceKindInline, AudienceThemeInline, AudienceGoalInline)
    list_display = ("name", "position")
    search_fields = ("name_pl", "name_en", "slug")

    def get_ordering(self, request):
        return ["position", "slug"]
