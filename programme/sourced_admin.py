"""The staff's pages of what rests on a source: where it is written, and who checked or linked it."""

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin import PublicRecordAdmin
from krakow_intl.core.admin.filters import VerifiedFilter

SOURCE = (("source", "passage"), ("verified_on", "verified_by"))  # rows of fields
NOT_WRITTEN = ("verified_by",)  # by hand


class NoteWhoMixin:
    """Whoever enters the day of a check is the one who made it; whoever links something to a goal reads it so."""

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *NOT_WRITTEN)

    def save_model(self, request, obj, form, change):
        form.instance.note_who(request.user, {*form.changed_data})
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for row in formset.forms:
            row.instance.note_who(request.user, {*row.changed_data})
        super().save_formset(request, form, formset, change)


class SourcedAdmin(NoteWhoMixin, PublicRecordAdmin):
    common_fieldsets = ((_("Publication and source"), {"fields": ("publication", *SOURCE)}),)

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), VerifiedFilter]
