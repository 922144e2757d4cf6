"""The staff's pages of the words that sheets use."""

from django.contrib import admin

from krakow_intl.core.admin import Exports, PlainRecordAdmin
from partners.models import SheetAlias


@admin.register(SheetAlias)
class SheetAliasAdmin(Exports, PlainRecordAdmin):
    fieldsets = ((None, {"fields": ("about", "text", ("meaning", "language"))}),)
    list_display = ("text", "about", "meaning", "language")
    list_filter = ("about", "language")
    search_fields = ("text", "meaning")
