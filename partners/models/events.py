"""What happened to agreements after their signing: who did what, taken on which day and effective on which."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.fields import ComputedDateField, PartialDateField, is_to_come, refuse_a_day_to_come
from krakow_intl.core.records import Record, RecordQuerySet, public_condition
from partners.events import RESTS, EventKind, Impossible, event_of
from partners.models.institutions import Side
from partners.models.parties import Document
from programme.sourced import Sourced

WHY_IMPOSSIBLE = {
    Impossible.WITHOUT_A_DAY: _("Say when: give the day on which it was decided, or the day it takes effect."),
    Impossible.BEFORE_THE_START: _("This day lies before the agreement comes into force."),
    Impossible.AFTER_THE_END: _("The agreement had ended by this day. Correct one of the days."),
    Impossible.ENDED_TWICE: _("Another event ended the agreement before. Delete one of the two."),
    Impossible.SUSPENDED_TWICE: _("The agreement was suspended already. Record first when it was resumed."),
    Impossible.RESUMED_BUT_NOT_SUSPENDED: _(
        "The agreement was not suspended on this day. Record first when it was suspended."
    ),
}


class AgreementEventQuerySet(RecordQuerySet):
    def public(self):
        return self.filter(public_condition(self.model, "agreement"))

    def in_order_of_time(self):
        return self.order_by("counts_from", "pk")


class AgreementEvent(Sourced, Record):
    """One thing that happened to an agreement; what follows for its terms is kept with the agreement."""

    class Kind(models.TextChoices):
        NOTICE_GIVEN = EventKind.NOTICE_GIVEN.value, _("notice given")
        WILL_TO_END = EventKind.WILL_TO_END.value, _("will to end it declared")
        SUSPENDED = EventKind.SUSPENDED.value, _("suspended")
        RESUMED = EventKind.RESUMED.value, _("resumed")
        TERMINATED = EventKind.TERMINATED.value, _("terminated by notice")
        WITHDRAWN = EventKind.WITHDRAWN.value, _("withdrawn by agreement")
        PARTY_CEASED = EventKind.PARTY_CEASED.value, _("a party ceased to exist")
        RATIFIED = EventKind.RATIFIED.value, _("ratified")
        REGISTERED = EventKind.REGISTERED.value, _("registered")

    agreement = models.ForeignKey(
        "partners.Agreement", models.CASCADE, related_name="events", verbose_name=_("agreement")
    )
    position = models.PositiveSmallIntegerField(_("number"), blank=True)
    kind = models.CharField(_("what happened"), max_length=12, choices=Kind)
    side = models.CharField(_("by which side"), max_length=8, choices=Side, blank=True)
    taken_on = PartialDateField(
        _("taken on"),
        validators=[refuse_a_day_to_come],
        help_text=_("The day on which it was decided or declared."),
    )
    effective_on = PartialDateField(
        _("effective on"),
        help_text=_("The day it takes effect, if that is another; of an end: the last day in force."),
    )
    resolution = models.CharField(_("council resolution"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="events", verbose_name=_("document")
    )
    counts_from = ComputedDateField(null=True, computed_by="day", db_index=True)

    objects = AgreementEventQuerySet.as_manager()
    belongs_to = ("agreement",)
    dates = ("taken_on", "effective_on")
    natural_key_fields = ("agreement", "position")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["agreement", "counts_from", "position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="an_event_has_its_number_in_the_agreement")
        ]

    def __str__(self):
        return self.get_kind_display()

    def save(self, *args, **kwargs):
        with transaction.atomic():
            if self.position is None:
                last = self.agreement.events.aggregate(last=models.Max("position"))["last"]
                self.position = (last or 0) + 1
            super().save(*args, **kwargs)
            self.agreement.keep_what_events_say()

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            self.agreement.keep_what_events_say()
        return deleted

    def day(self):
        """The day from which it counts, or None."""
        return self.as_event().day

    def as_event(self):
        return event_of(EventKind(self.kind), self.taken_on, self.effective_on)

    @property
    def is_rest_on_an_inexact_day(self):
        """Whether it suspended or resumed the agreement in a month or a year of which the day is not recorded."""
        day = self.effective_on or self.taken_on
        return self.kind in RESTS and bool(day) and day.precision != "day"

    def latest_recorded_day(self):
        """The day on which it was taken; that of its effect tells of nothing that happened before it has come."""
        day = self.taken_on or self.effective_on
        return None if not day or is_to_come(day) else day.first_day
