"""The staff's pages of the partner cities."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.template.loader import get_template
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from krakow_intl.core.admin import CountryFilter, RecordTabularInline
from partners.admin.city_glance import CityGlance
from partners.admin.computed import of_city
from partners.models import CityName, PartnerCity
from programme.models import Department
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
            {
                "fields": ("department", ("lead_pl", "lead_en"), ("description_pl", "description_en")),
                "classes": ("computed-below",),
            },
        ),
    )
    inlines = (CityNames,)
    list_display = ("name", "glance", "country", "department", "verified_on")
    list_filter = (("country", CountryFilter), "department")
    list_select_related = ("department",)
    search_fields = ("name_pl", "name_en", "name_own", "names__name", "slug")
    autocomplete_fields = ("department",)

    def get_changeform_initial_data(self, request):
        """A new city begins with the general department, until one is chosen."""
        general = Department.objects.published().filter(is_general=True).values_list("pk", flat=True).first()
        return ({"department": general} if general else {}) | super().get_changeform_initial_data(request)

    def computed(self, request, form, formsets):
        return of_city(form.instance)

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.glance_view))
        return [path("<int:pk>/glance/", view, name="partners_partnercity_glance"), *super().get_urls()]

    @admin.display(description=_("overview"))
    def glance(self, city):
        words = _("At a glance")
        return format_html('<a href="{}">{}<span class="visually-hidden">: {}</span></a>', glance_of(city), words, city)

    def tools(self, request, record):
        return [(_("At a glance"), glance_of(record), "")]

    def glance_view(self, request, pk):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        cities = PartnerCity.objects.with_relation(localdate()).with_beginnings(localdate())
        city = get_object_or_404(cities.select_related("department", "source"), pk=pk)
        context = CityGlance(city, request, self.admin_site).context()
        if drawn := context["timeline"]:
            context["drawing"] = get_template("partners/staff_timeline.html").render({"drawn": drawn})
        context |= self.admin_site.each_context(request) | {"title": str(city), "opts": self.opts, "original": city}
        return TemplateResponse(request, "admin/partners/city_glance.html", context)


def glance_of(city):
    """The address of the page that shows a city at a glance."""
    return reverse("admin:partners_partnercity_glance", args=[city.pk])
