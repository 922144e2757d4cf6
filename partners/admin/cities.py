"""The staff's pages of the partner cities."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin import CountryFilter, RecordTabularInline
from partners.models import CityName, PartnerCity
from programme.sourced_admin import SourcedAdmin


class CityNames(RecordTabularInline):
    model = CityName
    fields = ("name", "language", "kind")


@admin.register(PartnerCity)
class PartnerCityAdmin(SourcedAdmin):
    fieldsets = (
        (None, {"fields": (("name_pl", "name_en"), "slug", ("name_own", "language_own"))}),
        (_("Place"), {"fields": ("country", ("region_pl", "region_en"), ("latitude", "longitude"))}),
        (_("The city"), {"fields": (("population", "wikidata"), "website")}),
        (
            _("Co-operation"),
            {"fields": ("department", ("lead_pl", "lead_en"), ("description_pl", "description_en"))},
        ),
    )
    inlines = (CityNames,)
    list_display = ("name", "country", "department", "verified_on")
    list_filter = (("country", CountryFilter), "department")
    list_select_related = ("department",)
    search_fields = ("name_pl", "name_en", "name_own", "names__name", "slug")
    autocomplete_fields = ("department",)
