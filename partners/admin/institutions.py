"""The staff's pages of the bodies that take part."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin import CountryFilter
from partners.models import Institution
from programme.sourced_admin import SourcedAdmin


@admin.register(Institution)
class InstitutionAdmin(SourcedAdmin):
    fieldsets = (
        (None, {"fields": (("name_pl", "name_en"), "slug", ("name_own", "language_own"), ("kind", "parent"))}),
        (_("Seat"), {"fields": (("place_pl", "place_en"), "country", "city", "website")}),
        (_("Description"), {"fields": (("description_pl", "description_en"),)}),
    )
    list_display = ("name", "kind", "place", "country", "city")
    list_filter = ("kind", ("country", CountryFilter))
    list_select_related = ("city",)
    search_fields = ("name_pl", "name_en", "name_own", "place_pl", "place_en", "slug")
    autocomplete_fields = ("city", "parent")
