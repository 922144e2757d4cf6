"""The staff's pages of the words that sheets use, and of the sheets that were brought in."""

from django.contrib import admin

from krakow_intl.admin import PlainRecordAdmin
from krakow_intl.admin.records import RecordChangeList
from partners.models import SheetAlias, SheetImport


@admin.register(SheetAlias)
class SheetAliasAdmin(PlainRecordAdmin):
    fieldsets = ((None, {"fields": ("about", "text", ("meaning", "language"))}),)
    list_display = ("text", "about", "meaning", "language")
    list_filter = ("about", "language")
    search_fields = ("text", "meaning")


@admin.register(SheetImport)
class SheetImportAdmin(admin.ModelAdmin):
    """To be read only: what an import does it does on its own pages."""

    fields = ("name", "state", ("uploaded_at", "uploaded_by"), ("applied_at", "applied_by"), ("undone_at", "undone_by"))
    list_display = ("name", "state", "uploaded_at", "uploaded_by", "applied_at", "applied_by")
    list_filter = ("state",)
    list_select_related = ("uploaded_by", "applied_by")

    def get_changelist(self, request, **kwargs):
        return RecordChangeList

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("partners.import_agreements")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
