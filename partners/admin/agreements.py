"""The staff's pages of the agreements, with their parties, signatories, fields, scans and links to earlier ones."""

from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin import CountryFilter, RecordStackedInline, RecordTabularInline
from krakow_intl.core.admin.forms import RowFormSet
from partners.admin.documents import SCAN, Documents, scan
from partners.events import what_cannot_be
from partners.exports import agreements_response
from partners.models import Agreement, AgreementEvent, AgreementLink, AgreementTheme, Party, Signatory
from partners.models.events import WHY_IMPOSSIBLE
from programme.sourced_admin import NOT_WRITTEN, SOURCE, SourcedAdmin


class Parties(RecordStackedInline):
    model = Party
    fields = (("side", "position"), ("name_pl", "name_en"), ("institution", "city"))
    autocomplete_fields = ("institution", "city")


class Signatories(RecordStackedInline):
    model = Signatory
    fields = (("side", "position", "person"), ("office_pl", "office_en"))


class FieldsCovered(RecordTabularInline):
    model = AgreementTheme
    fields = ("theme",)


class EventFormSet(RowFormSet):
    """The events of an agreement in an order that can have been."""

    def clean(self):
        super().clean()
        rows = [form for form in self.forms if form.has_changed() or form.instance.pk]
        rows = [form for form in rows if not (form.errors or form.cleaned_data.get("DELETE"))]
        events = [row.instance.as_event() for row in rows]
        for number, reason in what_cannot_be(self.instance.first_day(), events):
            rows[number].add_error("taken_on", WHY_IMPOSSIBLE[reason])


class Events(RecordStackedInline):
    model = AgreementEvent
    formset = EventFormSet
    fields = (
        ("kind", "side"),
        ("taken_on", "effective_on"),
        "resolution",
        ("reason_pl", "reason_en"),
        "document",
        *SOURCE,
    )
    readonly_fields = NOT_WRITTEN


class EarlierAgreements(RecordTabularInline):
    model = AgreementLink
    fk_name = "agreement"
    fields = ("verb", "earlier")
    autocomplete_fields = ("earlier",)
    verbose_name = _("link to an earlier agreement")
    verbose_name_plural = _("links to earlier agreements")


@admin.register(Agreement)
class AgreementAdmin(SourcedAdmin):
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
                    "Record what was agreed. The register itself works out when the running term ends"
                    " and by when notice must be given."
                ),
            },
        ),
        (_("Content"), {"fields": (("summary_pl", "summary_en"), "internal_notes")}),
    )
    change_list_template = "admin/partners/agreement_list.html"
    inlines = (Parties, Signatories, FieldsCovered, Events, EarlierAgreements, Documents)
    list_display = ("number", "title", "city", "kind", "signed_on", "establishes")
    list_display_links = ("number", "title")
    list_filter = ("kind", "establishes", "level", "term", ("city__country", CountryFilter))
    list_select_related = ("city",)
    search_fields = ("title_pl", "title_en", "city__name_pl", "city__name_en", "city__names__name", "slug")
    autocomplete_fields = ("city",)

    def get_urls(self):
        address = path("scan/<int:pk>/", self.admin_site.admin_view(scan), name=SCAN)
        return [address, *super().get_urls()]

    def sheet_response(self, request, records, kind):
        """A sheet that can be corrected and brought back."""
        return agreements_response(records.order_by("number"), kind, is_public=False)
