"""The staff's pages of the Polish communities abroad and the campaigns for them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin import CountryFilter, RecordStackedInline, RecordTabularInline
from polonia.models import (
    Campaign,
    CampaignCity,
    CampaignGoal,
    CampaignInstitution,
    Community,
    CommunityAssociation,
    Edition,
)
from programme.goal_links_admin import GoalLinkInline
from programme.sourced_admin import NOT_WRITTEN, SOURCE, SourcedAdmin


class Associations(RecordTabularInline):
    model = CommunityAssociation
    fields = ("institution",)
    autocomplete_fields = ("institution",)


@admin.register(Community)
class CommunityAdmin(SourcedAdmin):
    fieldsets = (
        (None, {"fields": (("name_pl", "name_en"), "slug")}),
        (_("Place"), {"fields": (("place_pl", "place_en"), "country", "city")}),
        (_("Description"), {"fields": (("lead_pl", "lead_en"), ("description_pl", "description_en"))}),
    )
    inlines = (Associations,)
    list_display = ("name", "place", "country", "city")
    list_filter = (("country", CountryFilter),)
    list_select_related = ("city",)
    search_fields = ("name_pl", "name_en", "place_pl", "place_en", "slug")
    autocomplete_fields = ("city",)


class Editions(RecordStackedInline):
    model = Edition
    fields = (
        ("period", "number"),
        ("precision", "people"),
        ("people_unit_pl", "people_unit_en"),
        ("description_pl", "description_en"),
        "publication",
        *SOURCE,
    )
    readonly_fields = NOT_WRITTEN


class Cities(RecordTabularInline):
    model = CampaignCity
    fields = ("city",)
    autocomplete_fields = ("city",)


class Institutions(RecordTabularInline):
    model = CampaignInstitution
    fields = ("institution", "role")
    autocomplete_fields = ("institution",)


class Goals(GoalLinkInline):
    model = CampaignGoal


@admin.register(Campaign)
class CampaignAdmin(SourcedAdmin):
    fieldsets = (
        (None, {"fields": (("name_pl", "name_en"), "slug")}),
        (
            _("When and for whom"),
            {"fields": (("since", "until"), ("recurrence_pl", "recurrence_en"), ("origin_pl", "origin_en"))},
        ),
        (_("Description"), {"fields": (("lead_pl", "lead_en"), ("description_pl", "description_en"))}),
    )
    inlines = (Editions, Cities, Institutions, Goals)
    list_display = ("since", "until", "publication", "name", "recurrence")
    list_filter = ("goals",)
    search_fields = ("name_pl", "name_en", "origin_pl", "origin_en", "slug")
