"""The staff's pages of the international organizations, Kraków's membership and what it did in them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin import CountryFilter, RecordStackedInline
from organizations.computed import of_memberships
from organizations.models import Involvement, InvolvementGoal, Membership, Organization
from programme.goal_links_admin import GoalLinkInline
from programme.sourced_admin import NOT_WRITTEN, SOURCE, SourcedAdmin


class Memberships(RecordStackedInline):
    model = Membership
    fields = (
        ("since", "until"),
        ("role_pl", "role_en"),
        ("fee", "currency"),
        ("fee_note_pl", "fee_note_en"),
        ("department", "resolution"),
        "publication",
        *SOURCE,
    )
    readonly_fields = NOT_WRITTEN
    autocomplete_fields = ("department",)


class Involvements(RecordStackedInline):
    model = Involvement
    fields = (
        ("title_pl", "title_en"),
        ("slug", "kind"),
        ("starts_on", "ends_on"),
        ("recurrence_pl", "recurrence_en"),
        ("place_pl", "place_en"),
        "institution",
        ("description_pl", "description_en"),
        "publication",
        *SOURCE,
    )
    readonly_fields = NOT_WRITTEN
    autocomplete_fields = ("institution",)
    show_change_link = True


@admin.register(Organization)
class OrganizationAdmin(SourcedAdmin):
    fieldsets = (
        (
            None,
            {"fields": (("name_pl", "name_en"), "slug", ("abbreviation_pl", "abbreviation_en"), "name_own")},
        ),
        (_("Seat"), {"fields": ("founded_on", ("seat_pl", "seat_en"), "country", "website")}),
        (
            _("Description"),
            {"fields": (("lead_pl", "lead_en"), ("description_pl", "description_en")), "classes": ("computed-below",)},
        ),
    )
    inlines = (Memberships, Involvements)
    list_display = ("founded_on", "publication", "name", "abbreviation", "seat", "country")
    list_filter = (("country", CountryFilter),)
    search_fields = ("name_pl", "name_en", "name_own", "abbreviation_pl", "abbreviation_en", "slug")

    def computed(self, request, form, formsets):
        return of_memberships(form.instance, formsets)


class Goals(GoalLinkInline):
    model = InvolvementGoal


@admin.register(Involvement)
class InvolvementAdmin(SourcedAdmin):
    fieldsets = (
        (None, {"fields": (("title_pl", "title_en"), "slug", "organization", "kind", "institution")}),
        (
            _("When and where"),
            {"fields": (("starts_on", "ends_on"), ("recurrence_pl", "recurrence_en"), ("place_pl", "place_en"))},
        ),
        (_("Description"), {"fields": (("description_pl", "description_en"),)}),
    )
    inlines = (Goals,)
    list_display = ("starts_on", "ends_on", "publication", "title", "organization", "kind")
    list_filter = ("kind", "organization")
    list_select_related = ("organization",)
    search_fields = ("title_pl", "title_en", "organization__name_pl", "organization__name_en", "slug")
    autocomplete_fields = ("organization", "institution")
