"""The staff's rows of the goals something serves: only thematic ones are offered, and each row notes who made it."""

from django.utils import timezone

from krakow_intl.core.admin import RecordTabularInline
from programme.goal_links import BY_COUNTRY, GoalLink
from programme.models import Goal


class GoalLinkInline(RecordTabularInline):
    """The model of a subclass is a `GoalLink`."""

    fields = ("goal", "linked_on", "linked_by")
    readonly_fields = ("linked_on", "linked_by")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name != "goal":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs | {"queryset": Goal.objects.thematic()})
        field.error_messages["invalid_choice"] = BY_COUNTRY
        return field


class NoteWhoLinkedMixin:
    """Whoever links something to a goal, or to another one, is the one who reads it so."""

    def save_formset(self, request, form, formset, change):
        for row in formset.forms:
            if isinstance(row.instance, GoalLink) and "goal" in row.changed_data:
                row.instance.linked_on = timezone.localdate()
                row.instance.linked_by = request.user.get_username()
        super().save_formset(request, form, formset, change)
