"""A city's co-operation as one history: what was signed, done, given, planned and ended, in the order of time."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.sorting import sort_key
from partners.models import Activity
from programme.sourced import as_read

AGREEMENT, ACTIVITY, EVENT, GIFT = "agreement", "activity", "event", "gift"
SHORT = 3  # entries that are shown without being folded
KINDS = {
    EVENT: _("what happened to an agreement"),
    **dict(Activity.Kind.choices),
    GIFT: _("gift or benefit"),
}


@dataclass
class Entry:
    """One thing of the history; `benefits` are what it gave, if it is an activity."""

    kind: str  # "agreement", "event", "activity" or "benefit"
    record: object
    date: PartialDate | None
    kinds: set
    state: str = Activity.State.DONE
    themes: dict = field(default_factory=dict)  # names by slug
    goals: dict = field(default_factory=dict)
    benefits: list = field(default_factory=list)
    dates: list = field(default_factory=list)  # all that say when it was, of its gifts too

    @property
    def year(self):
        return self.date and self.date.year

    @property
    def is_planned(self):
        return self.state == Activity.State.PLANNED

    @property
    def source(self):
        return self.record.source

    def is_later(self, day):
        return self.record.is_later(day)

    def is_undated(self, day):
        return self.record.is_undated(day)


class History:
    """Entries in the order of time, as a page groups them."""

    def __init__(self, entries):
        self.entries = entries

    @property
    def records(self):
        return [entry.record for entry in self.entries]

    def __len__(self):
        return len(self.entries)

    @property
    def deeds(self):
        """The history without the agreements themselves, which a page shows apart."""
        return History([entry for entry in self.entries if entry.kind != AGREEMENT])

    @property
    def is_short(self):
        return len(self) <= SHORT

    def last_event(self, day):
        """(date, entry) of the latest dated fact up to a day, as `with_last_event` tells it; None if there is none."""
        happened = [entry for entry in self.entries if not entry.is_planned]
        dated = ((date, place) for place, entry in enumerate(happened) for date in entry.dates if date)
        latest = max((each for each in dated if each[0] <= day.isoformat()), default=None)
        return latest and (latest[0], happened[latest[1]])

    def only(self, kind="", theme="", goal=""):
        """The history of what is of that kind, belongs to that theme and serves that goal; "" asks for nothing."""
        return History(
            [
                entry
                for entry in self.entries
                if (not kind or kind in entry.kinds)
                and (not theme or theme in entry.themes)
                and (not goal or goal in entry.goals)
            ]
        )

    def counts(self, name):
        """How many entries there are of each of the "kinds", "themes" or "goals"."""
        return Counter(value for entry in self.entries for value in getattr(entry, name))

    def names(self, name):
        """The "themes" or "goals" of all entries as (slug, name, count), in the alphabet of the language."""
        counts, language = self.counts(name), get_language()[:2]
        names = {slug: label for entry in self.entries for slug, label in getattr(entry, name).items()}
        by_name = sorted(names.items(), key=lambda item: sort_key(item[1], language))
        return [(slug, label, counts[slug]) for slug, label in by_name]

    @cached_property
    def themes(self):
        return self.names("themes")

    @cached_property
    def goals(self):
        return self.names("goals")

    @property
    def kinds(self):
        """(kind, name, count) in the order of the vocabulary."""
        counts = self.counts("kinds")
        return [(kind, label, counts[kind]) for kind, label in KINDS.items() if counts[kind]]

    def up_to(self, day):
        """The history as far as it had happened, or was planned, on a day; what has no date stays."""
        return History([entry for entry in self.entries if not entry.is_later(day)])

    def after(self, day):
        return History([entry for entry in self.entries if entry.is_later(day)])

    def counted(self, day):
        """What counts as of a day: all that had happened, without that of which only a later source tells undated."""
        return History(as_read(self.entries, day).records)

    @property
    def years(self):
        """What has a date, as (year, entries)."""
        happened = [entry for entry in self.entries if entry.date and not entry.is_planned]
        return [(year, list(entries)) for year, entries in groupby(happened, key=lambda entry: entry.year)]

    @property
    def numbers_by_year(self):
        return {year: len(entries) for year, entries in self.years}

    @property
    def decades(self):
        """The same as (first year, last year, years with their entries, all these entries)."""
        decades = [(first, list(years)) for first, years in groupby(self.years, key=lambda year: year[0] // 10 * 10)]
        return [(first, first + 9, years, [each for _year, some in years for each in some]) for first, years in decades]

    @property
    def undated(self):
        """What has none: it stands behind what has one."""
        return [entry for entry in self.entries if not entry.date and not entry.is_planned]

    @property
    def noted_in(self):
        """The year up to which the source of all that is undated reports, or None where there are several."""
        years = {entry.source and entry.source.known_to.year for entry in self.undated}
        return years.pop() if len(years) == 1 else None

    @property
    def planned(self):
        return [entry for entry in self.entries if entry.is_planned]


def history_of(agreements, activities, benefits):
    """The `History` of agreements `with_events`, of activities with their benefits, and of dated benefits of none."""
    gifts = {}
    for benefit in benefits:
        gifts.setdefault(benefit.activity_id, []).append(benefit)
    done = [_activity(activity, gifts.pop(activity.pk, [])) for activity in activities]
    left = [benefit for group in gifts.values() for benefit in group if benefit.given_on]
    events = [event for agreement in agreements for event in agreement.events.all()]
    entries = [*map(_agreement, agreements), *map(_event, events), *done, *map(_benefit, left)]
    return History(sorted(entries, key=lambda entry: entry.date or "~"))


def _agreement(agreement):
    dates = [agreement.signed_on, agreement.valid_from]
    return Entry(AGREEMENT, agreement, agreement.start, {AGREEMENT}, themes=_names(agreement.theme_rows), dates=dates)


def _event(event):
    return Entry(EVENT, event, event.happened_on, {EVENT}, dates=[event.taken_on, event.effective_on])


def _activity(activity, benefits):
    return Entry(
        ACTIVITY,
        activity,
        activity.starts_on or activity.ends_on,
        {activity.kind, GIFT} if benefits else {activity.kind},
        activity.state,
        _names(activity.theme_rows),
        _names(activity.goal_rows),
        _one_of_a_name(benefits),
        [activity.starts_on, activity.ends_on, *(gift.given_on for gift in benefits if not gift.is_promised)],
    )


def _one_of_a_name(benefits):
    """Of benefits that one side received, or was promised, under one name only the first."""
    first = {}
    for benefit in benefits:
        first.setdefault((benefit.part, benefit.what), benefit)
    return list(first.values())


def _benefit(benefit):
    state = Activity.State.PLANNED if benefit.is_promised else Activity.State.DONE
    return Entry("benefit", benefit, benefit.given_on, {GIFT}, state, dates=[benefit.given_on])


def _names(rows):
    return {row["slug"]: row["name"] for row in rows}
