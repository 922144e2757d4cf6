"""The staff's pages of what was done with the cities, and of what it gave."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin import RecordStackedInline, RecordTabularInline
from krakow_intl.core.admin.filters import ValuesFilter
from partners.models import (
    Activity,
    ActivityAudience,
    ActivityCity,
    ActivityGoal,
    ActivityInstitution,
    ActivityTheme,
    Benefit,
)
from programme.goal_links_admin import GoalLinkInline
from programme.sourced_admin import SourcedAdmin


class Cities(RecordTabularInline):
    model = ActivityCity
    fields = ("city",)
    autocomplete_fields = ("city",)


class Institutions(RecordStackedInline):
    model = ActivityInstitution
    fields = ("institution", ("role_pl", "role_en"))
    autocomplete_fields = ("institution",)


class Fields(RecordTabularInline):
    model = ActivityTheme
    fields = ("theme",)


class Audiences(RecordTabularInline):
    model = ActivityAudience
    fields = ("audience",)


class Goals(GoalLinkInline):
    model = ActivityGoal


@admin.register(Activity)
class ActivityAdmin(SourcedAdmin):
    fieldsets = (
        (None, {"fields": (("title_pl", "title_en"), "slug", ("kind", "state"))}),
        (
            _("When and where"),
            {"fields": (("starts_on", "ends_on"), ("recurrence_pl", "recurrence_en"), ("place_pl", "place_en"))},
        ),
        (_("Description"), {"fields": (("description_pl", "description_en"),)}),
    )
    inlines = (Cities, Institutions, Fields, Audiences, Goals)
    list_display = ("starts_on", "ends_on", "state", "publication", "title", "kind")
    list_filter = ("kind", "state", "themes", "audiences", "goals")
    search_fields = ("title_pl", "title_en", "city_links__city__name_pl", "city_links__city__name_en", "slug")


@admin.register(Benefit)
class BenefitAdmin(SourcedAdmin):
    fieldsets = (
        (None, {"fields": (("what_pl", "what_en"), "slug", "city", "activity", "direction")}),
        (
            _("How much"),
            {
                "fields": ("precision", ("quantity", "unit_pl", "unit_en"), ("amount", "currency")),
                "description": _("A quantity of something or an amount of money, as the source gives it."),
            },
        ),
        (_("When"), {"fields": ("given_on", "is_promised")}),
        (
            _("From whom to whom"),
            {
                "fields": (
                    ("giver_pl", "giver_en"),
                    "giver_institution",
                    ("recipient_pl", "recipient_en"),
                    "recipient_institution",
                )
            },
        ),
        (_("Description"), {"fields": (("description_pl", "description_en"),)}),
    )
    list_display = (
        *("given_on", "is_promised", "publication", "what", "city"),
        *("direction", "quantity", "amount", "currency"),
    )
    list_filter = ("direction", "is_promised", ("currency", ValuesFilter))
    list_select_related = ("city",)
    search_fields = ("what_pl", "what_en", "city__name_pl", "city__name_en", "slug")
    autocomplete_fields = ("city", "activity", "giver_institution", "recipient_institution")
