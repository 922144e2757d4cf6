"""The staff's pages of the acts, with their parties, signatories, fields, scans and links to earlier acts."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from krakow_intl.admin import CountryFilter, PublicRecordAdmin, Table, TranslatedStack
from krakow_intl.admin.forms import RecordForm
from partners.models import ActLink, Agreement, AgreementField, Document, Party, Signatory

LARGEST_SCAN = 20 * 1024 * 1024


class Parties(TranslatedStack):
    model = Party
    fields = (("side", "position"), ("name_pl", "name_en"), ("institution", "city"))
    autocomplete_fields = ("institution", "city")


class Signatories(TranslatedStack):
    model = Signatory
    fields = (("side", "position", "person"), ("office_pl", "office_en"))


class FieldsCovered(Table):
    model = AgreementField
    fields = ("field",)


class EarlierActs(Table):
    model = ActLink
    fk_name = "act"
    fields = ("verb", "earlier")
    autocomplete_fields = ("earlier",)
    verbose_name = _("link to an earlier act")
    verbose_name_plural = _("links to earlier acts")


class DocumentForm(RecordForm):
    def clean_file(self):
        """A PDF by what it begins with, whatever its name says."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        if file.size > LARGEST_SCAN:
            message = _("The file has %(size)s; the most is %(limit)s.")
            sizes = {"size": filesizeformat(file.size), "limit": filesizeformat(LARGEST_SCAN)}
            raise ValidationError(message, params=sizes)
        if file.read(5) != b"%PDF-" or not file.name.lower().endswith(".pdf"):
            raise ValidationError(_("This is no PDF file: save the scan as PDF."))
        file.seek(0)
        return file


class Documents(TranslatedStack):
    model = Document
    form = DocumentForm
    fields = (("language", "file"), ("title_pl", "title_en"))


@admin.register(Agreement)
class AgreementAdmin(PublicRecordAdmin):
    fieldsets = (
        (None, {"fields": (("title_pl", "title_en"), "city", ("kind", "level", "establishes"), ("slug", "number"))}),
        (_("Signing"), {"fields": ("signed_on", ("signed_at_pl", "signed_at_en"), "resolution")}),
        (
            _("Term"),
            {
                "fields": (
                    "term",
                    ("valid_from", "valid_until"),
                    ("term_months", "renewal_months", "notice_months"),
                ),
                "description": _(
                    "Record what was agreed. When the running term ends and by when notice must be given"
                    " the register computes itself."
                ),
            },
        ),
        (_("End"), {"fields": ("notice_given_on", ("ended_on", "end_reason"))}),
        (_("Content"), {"fields": (("summary_pl", "summary_en"), "internal_notes")}),
    )
    inlines = (Parties, Signatories, FieldsCovered, EarlierActs, Documents)
    list_display = ("number", "title", "city", "kind", "signed_on", "establishes", "term")
    list_display_links = ("number", "title")
    list_filter = ("kind", "establishes", "level", "term", ("city__country", CountryFilter))
    list_select_related = ("city",)
    search_fields = ("title_pl", "title_en", "city__name_pl", "city__name_en", "city__names__name", "slug")
    autocomplete_fields = ("city",)
