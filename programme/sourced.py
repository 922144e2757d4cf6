"""What every fact of the register carries: the document it was taken from, the place in it, and its last check."""

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, Min, Q, When
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.fields import ComputedDateField, refuse_a_day_to_come
from krakow_intl.core.formulas import Formula
from krakow_intl.core.records import in_one_row, published_condition


class Sourced(models.Model):
    """A fact with the document and the passage it rests on; its horizon is the last day up to which it is known."""

    source = models.ForeignKey(
        "programme.Source", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    passage = models.CharField(
        _("passage"),
        max_length=200,
        blank=True,
        help_text=_("The place in the source, such as “I.2.1 d”; several are divided by commas."),
    )
    verified_on = models.DateField(
        _("verified on"),
        null=True,
        blank=True,
        validators=[refuse_a_day_to_come],
        help_text=_("The day somebody last checked this against the files."),
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("verified by"),
    )
    is_dated = False  # by anything but its own dates
    recorded_to = ComputedDateField(null=True, computed_by="latest_recorded_day")

    class Meta:
        abstract = True

    def note_who(self, user, names):
        """Whoever enters the day of a check is the one who made it."""
        super().note_who(user, names)
        if "verified_on" in names:
            self.verified_by = user if self.verified_on else None

    def latest_recorded_day(self):
        """The latest day of something that happened, by the record's own dates; None if it has none."""

    @property
    def horizon(self):
        """The last day up to which this is known: a date, or None where neither source nor date says so."""
        is_told = self.source and self.source.is_published
        known = [is_told and self.source.known_to, self.verified_on]
        return max(filter(None, known), default=None) or self.recorded_to

    @property
    def is_verified(self):
        """Whether it was checked after its source was written."""
        return bool(self.verified_on) and (self.source is None or self.verified_on > self.source.known_to)

    def is_undated(self, day):
        """Whether no date is known, and all that can be said is that a source tells of it which is later than a day."""
        return not (self.is_dated or self.happened_on) and bool(self.source) and self.source.known_to > day

    @property
    def passages(self):
        return [passage.strip() for passage in self.passage.split(",") if passage.strip()]


def known_to(path=""):
    """The horizon of a record, or of the one to which a path such as "city__" leads, as an expression of a query.

    A source that is held back tells the public nothing, not even up to when it knows.
    """
    return Formula(
        "CASE WHEN {verified} > {source} OR {source} IS NULL THEN COALESCE({verified}, {recorded}) ELSE {source} END",
        models.DateField(),
        verified=F(f"{path}verified_on"),
        recorded=F(f"{path}recorded_to"),
        source=Case(
            When(published_condition(f"{path}source__"), then=F(f"{path}source__known_to")),
            output_field=models.DateField(),
        ),
    )


class AsRead(NamedTuple):
    """Records as they are read on a day: those that had happened, those without a date, and those that came later."""

    records: list
    undated: list
    later: list
    noted_in: int | None = None  # the year up to which the source of all that is undated reports, if it is one

    def __bool__(self):
        return bool(self.all)

    @property
    def all(self):
        return self.records + self.undated + self.later


def as_read(records, day):
    """Sourced records divided by a day; what a source up to that day tells without a date had happened by then."""
    happened, undated, later = [], [], []
    for record in records:
        place = later if record.is_later(day) else undated if record.is_undated(day) else happened
        place.append(record)
    years = {record.source.known_to.year for record in undated}
    return AsRead(happened, undated, later, years.pop() if len(years) == 1 else None)


class Knowledge(NamedTuple):
    """Up to which day a set of records is known: to the earliest horizon among them; no check speaks for others."""

    known_to: date | None
    verified: int  # how many were checked after their source was written
    total: int
    latest: date | None = None  # the day up to which the longest known of them is, where that was asked

    @property
    def is_partly_longer(self):
        """Whether some of the records are known up to a later day than the others."""
        return bool(self.latest) and self.latest > self.known_to


def knowledge_of(records):
    """The `Knowledge` of a queryset with `known_to`."""
    return knowledge_in(horizons_of(records))


def knowledge_in(horizons):
    """The same of what `horizons_of` asks."""
    return Knowledge(*next(iter(horizons)))


def horizons_of(records):
    """What asks for the earliest horizon of a queryset with `known_to`, how many were checked, and of how many."""
    counted = in_one_row(
        records, earliest=Min("known_to"), verified=Count("pk", filter=is_verified()), total=Count("pk")
    )
    return counted.values_list("earliest", "verified", "total")


def knowledge_among(records):
    """The `Knowledge` of records in memory, of any kinds, which were asked with their sources."""
    records = list(records)
    known = [day for record in records if (day := getattr(record, "known_to", None) or record.horizon)]
    verified = sum(record.is_verified for record in records)
    return Knowledge(min(known, default=None), verified, len(records), max(known, default=None))


def is_verified(path=""):
    """Whether a record was checked after its source was written, as a condition of a query."""
    verified, known = f"{path}verified_on", f"{path}source__known_to"
    return Q(**{f"{verified}__isnull": False}) & (Q(**{f"{path}source": None}) | Q(**{f"{verified}__gt": F(known)}))
