"""The staff's pages of the agreements, with their parties, signatories, fields, scans and links to earlier ones."""

from django.contrib import admin
from django.db.models import F
from django.urls import path
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin import CountryFilter, RecordStackedInline, RecordTabularInline
from krakow_intl.core.admin.forms import RowFormSet
from partners.admin.agreement_search import label_of, matching_agreements
from partners.admin.agreement_status import AgreementChangeList, StatusFilter, status_in_words
from partners.admin.computed import of_agreement
from partners.admin.documents import SCAN, Documents, scan
from partners.admin.prefilled import city_given, parties_of, values_of
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
                "classes": ("computed-below",),
            },
        ),
        (_("Content"), {"fields": (("summary_pl", "summary_en"), "internal_notes")}),
    )
    change_list_template = "admin/partners/agreement_list.html"
    inlines = (Parties, Signatories, FieldsCovered, Events, EarlierAgreements, Documents)
    list_display = ("signed_on", "status", "publication", "number", "title", "city", "kind", "establishes")
    list_display_links = ("number", "title")
    list_filter = (StatusFilter, "kind", "establishes", "level", "term", ("city__country", CountryFilter))
    list_select_related = ("city",)
    search_fields = ("title_pl", "title_en", "city__name_pl", "city__name_en", "city__names__name", "slug")
    autocomplete_fields = ("city",)
    near = "city"
    hint_of_search = _("by city, date, title or number")

    def get_changelist(self, request, **kwargs):
        return AgreementChangeList

    def get_ordering(self, request):
        """The latest first; those without a date stand at the end in every database."""
        return [F("starts_on").desc(nulls_last=True), "number"]

    @admin.display(description=_("status today"), ordering="status")
    def status(self, agreement):
        return status_in_words(agreement)

    def get_changeform_initial_data(self, request):
        given, city = super().get_changeform_initial_data(request), city_given(request)
        return values_of(city, given) | given if city else given

    def first_rows(self, request, obj, inline):
        """Of a new agreement with the city that a link names both parties."""
        city = city_given(request) if obj.pk is None and inline.model is Party else None
        return parties_of(city) if city else []

    def label_of_choice(self, record):
        return label_of(record)

    def get_search_results(self, request, queryset, search_term):
        find_text = super().get_search_results
        if not search_term.strip():
            return queryset, False
        return matching_agreements(queryset, search_term, lambda rows, text: find_text(request, rows, text)[0]), True

    def computed(self, request, form, formsets):
        return of_agreement(form, formsets)

    def get_urls(self):
        address = path("scan/<int:pk>/", self.admin_site.admin_view(scan), name=SCAN)
        return [address, *super().get_urls()]

    def sheet_response(self, request, records, kind):
        """A sheet that can be corrected and brought back."""
        return agreements_response(records.order_by("number"), kind, is_public=False, user=request.user)
