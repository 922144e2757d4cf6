"""The staff's pages of the sources and of the programme with its chapters, goals, tasks, figures and departments."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin import PublicRecordAdmin
from krakow_intl.core.admin.scans import ScanForm
from programme.models import Chapter, Department, Figure, Goal, Programme, Source, Task
from programme.sourced_admin import SourcedAdmin


@admin.register(Source)
class SourceAdmin(PublicRecordAdmin):
    fieldsets = (
        (None, {"fields": (("name_pl", "name_en"), ("label_pl", "label_en"), "slug", "kind")}),
        (_("Origin"), {"fields": (("issuer_pl", "issuer_en"), "issued_on")}),
        (_("What it knows"), {"fields": ("known_to", ("note_pl", "note_en"))}),
        (_("The document itself"), {"fields": ("website", "scan")}),
    )
    form = ScanForm
    list_display = ("issued_on", "known_to", "publication", "name", "kind", "issuer")
    list_filter = ("kind",)
    search_fields = ("name_pl", "name_en", "issuer_pl", "issuer_en", "slug")


@admin.register(Programme)
class ProgrammeAdmin(SourcedAdmin):
    fieldsets = (
        (None, {"fields": (("name_pl", "name_en"), "slug", ("starts_in", "ends_in"))}),
        (_("Adoption"), {"fields": ("adopted_on", ("adopted_by_pl", "adopted_by_en"))}),
        (
            _("Content"),
            {
                "fields": (
                    ("strategy_pl", "strategy_en"),
                    ("predecessor_pl", "predecessor_en"),
                    ("summary_pl", "summary_en"),
                )
            },
        ),
    )
    list_display = ("adopted_on", "publication", "name", "starts_in", "ends_in")
    search_fields = ("name_pl", "name_en", "slug")


@admin.register(Chapter)
class ChapterAdmin(SourcedAdmin):
    fieldsets = (
        (None, {"fields": (("name_pl", "name_en"), "slug", ("programme", "parent"), ("number", "position"))}),
        (_("Text"), {"fields": (("lead_pl", "lead_en"), ("body_pl", "body_en"))}),
    )
    list_display = ("number", "name", "programme", "position")
    list_display_links = ("number", "name")
    list_filter = ("programme",)
    list_select_related = ("programme",)
    search_fields = ("name_pl", "name_en", "number", "slug")
    autocomplete_fields = ("programme", "parent")

    def get_ordering(self, request):
        return ["programme", "position"]


@admin.register(Goal)
class GoalAdmin(SourcedAdmin):
    fieldsets = (
        (None, {"fields": (("name_pl", "name_en"), "slug", "programme", ("kind", "letter"), "area")}),
        (_("Description"), {"fields": (("description_pl", "description_en"),)}),
        (_("Adopted wording"), {"fields": (("adopted_wording_pl", "adopted_wording_en"),)}),
    )
    list_display = ("letter", "name", "kind", "programme")
    list_display_links = ("letter", "name")
    list_filter = ("kind", "programme")
    list_select_related = ("programme",)
    search_fields = ("name_pl", "name_en", "slug")
    autocomplete_fields = ("programme",)

    def get_ordering(self, request):
        return ["programme", "-kind", "letter"]


@admin.register(Task)
class TaskAdmin(SourcedAdmin):
    fieldsets = (
        (None, {"fields": (("name_pl", "name_en"), "slug", "goal", "department")}),
        (
            _("Plan"),
            {"fields": (("starts_on", "ends_on"), "state", ("planned_result_pl", "planned_result_en"))},
        ),
    )
    list_display = ("starts_on", "ends_on", "state", "publication", "name", "goal", "department")
    list_filter = ("state", "goal", "department")
    list_select_related = ("goal", "department")
    search_fields = ("name_pl", "name_en", "goal__name_pl", "goal__name_en", "slug")
    autocomplete_fields = ("goal", "department")


@admin.register(Figure)
class FigureAdmin(SourcedAdmin):
    fieldsets = (
        (None, {"fields": (("label_pl", "label_en"), "slug")}),
        (_("Figure"), {"fields": (("precision", "value"), ("unit_pl", "unit_en"), "year")}),
        (_("Where it belongs"), {"fields": ("chapter", "about", "part_of", "position")}),
    )
    list_display = ("year", "publication", "label", "precision", "value", "unit", "chapter")
    list_filter = ("chapter", "precision")
    list_select_related = ("chapter",)
    search_fields = ("label_pl", "label_en", "about", "slug")
    autocomplete_fields = ("chapter", "part_of")


@admin.register(Department)
class DepartmentAdmin(SourcedAdmin):
    fieldsets = (
        (None, {"fields": (("name_pl", "name_en"), "slug", "is_general")}),
        (_("Contact"), {"fields": (("email", "phone"), "website", ("address_pl", "address_en"), "delivery_address")}),
    )
    list_display = ("name", "is_general", "email", "phone", "delivery_address")
    search_fields = ("name_pl", "name_en", "email", "phone", "delivery_address", "slug")
