"""The staff's pages of what rests on a source: where it is written, and who checked it last."""

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin import PublicRecordAdmin
from krakow_intl.core.admin.filters import VerifiedFilter

SOURCE = (("source", "passage"), ("verified_on", "verified_by"))  # rows of fields
NOT_WRITTEN = ("verified_by",)  # by hand


class NoteWhoVerifiedMixin:
    """Whoever enters the day of a check is the one who made it."""

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *NOT_WRITTEN)

    def save_model(self, request, obj, form, change):
        _note_who_verified(form, request.user)
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        for row in formset.forms:
            _note_who_verified(row, request.user)
        super().save_formset(request, form, formset, change)


class SourcedAdmin(NoteWhoVerifiedMixin, PublicRecordAdmin):
    common_fieldsets = ((_("Publication and source"), {"fields": ("publication", *SOURCE)}),)

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), VerifiedFilter]


def _note_who_verified(form, user):
    if "verified_on" in form.changed_data:
        form.instance.verified_by = user if form.instance.verified_on else None
