"""The staff's pages of the parts of the public for whom the register says what exists."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin import RecordTabularInline
from krakow_intl.core.admin.public_records import PublicRecordAdmin
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
class AudienceAdmin(PublicRecordAdmin):
    fieldsets = (
        (None, {"fields": (("name_pl", "name_en"), "slug", "position", "department")}),
        (_("Text"), {"fields": (("lead_pl", "lead_en"), ("how_to_begin_pl", "how_to_begin_en"))}),
    )
    inlines = (AudienceKindInline, AudienceThemeInline, AudienceGoalInline)
    list_display = ("name", "position", "department")
    list_select_related = ("department",)
    search_fields = ("name_pl", "name_en", "slug")

    def get_ordering(self, request):
        return ["position", "slug"]
