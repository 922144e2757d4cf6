"""The staff's pages of the pages about the register, and the files of facts it was filled with."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from krakow_intl.admin.public_records import PublicRecordAdmin
from krakow_intl.admin.records import RecordChangeList
from krakow_intl.models import LoadedFixture, Page


@admin.register(Page)
class PageAdmin(PublicRecordAdmin):
    fieldsets = (
        (None, {"fields": (("name_pl", "name_en"), "slug")}),
        (_("Text"), {"fields": (("lead_pl", "lead_en"), ("body_pl", "body_en"))}),
    )
    list_display = ("name", "slug")
    search_fields = ("name_pl", "name_en", "slug")


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
