"""The staff's rows of the goals something serves: only thematic ones are offered."""

from krakow_intl.core.admin import RecordTabularInline
from programme.goal_links import BY_COUNTRY
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
