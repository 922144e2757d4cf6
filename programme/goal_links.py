"""The links by which editors read something as serving a thematic goal, each with its day and its maker."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.records import Record

READ_ON = date(2026, 11, 29)  # the day on which every link of the fixtures was read against docs/goals.md
BY_COUNTRY = _("What serves a geographic goal follows from the countries; nobody links it by hand.")


class GoalLink(Record):
    """That something serves a thematic goal, as docs/goals.md has it; the public learns the day, never the maker."""

    linked_on = models.DateField(_("linked on"), null=True, editable=False)
    linked_by = models.CharField(_("linked by"), max_length=150, blank=True, editable=False)

    loaded_with = {"linked_on": READ_ON, "linked_by": "fixtures"}

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.goal)

    def save(self, *args, **kwargs):
        if self._state.adding and self.linked_on is None:
            self.linked_on = timezone.localdate()
        super().save(*args, **kwargs)

    def note_who(self, user, names):
        """Whoever links something to a goal reads it so."""
        super().note_who(user, names)
        if "goal" in names:
            self.linked_on, self.linked_by = timezone.localdate(), user.get_username() if user else ""

    def clean(self):
        super().clean()
        if self.goal_id and self.goal.kind == self.goal.Kind.GEOGRAPHIC:
            raise ValidationError({"goal": BY_COUNTRY})
