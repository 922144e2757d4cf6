"""All that history tells, of every kind of record, the latest first: the savings of people, imports and commands."""

from bisect import bisect
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import IntegerField, Q, Value

from krakow_intl.core.admin.desk import page_of
from krakow_intl.core.admin.history import OF_A_SAVING, PAUSE
from krakow_intl.core.admin.holders import site_shows

SAVINGS_ON_A_PAGE = 20
ROWS_ON_A_PAGE = 2000  # rows of history that one page goes through; one saving may have more
COLUMNS = ("history_id", "id", "history_date", "history_type", *OF_A_SAVING)
ORDER = "ORDER BY history_date DESC, place_of_model, history_id DESC"
A_DAY = timedelta(days=1)  # no saving lasts longer
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def tracked_models():
    """The models that have a history, in the order of the apps."""
    return [model for model in apps.get_models() if hasattr(model, "history")]


def models_seen_by(user):
    """Those whose history a person may see: what they may see itself, and so what it is a row of."""
    return [m for m in tracked_models() if site_shows(m, user) and site_shows(page_of(m)[0] or m, user)]


@dataclass(frozen=True, slots=True)
class Written:
    """A row of history as a list of many kinds knows it."""

    place: int  # of its model among all that have a history
    history_id: int
    id: int
    at: datetime
    history_type: str
    user: int | None
    reason: str | None
    change: int | None

    @property
    def saving(self):
        return self.user, self.reason, self.change

    @property
    def mark(self):
        """What stands for it in an address: "1796075427123456.3.42"."""
        return f"{(self.at - EPOCH) // MICROSECOND}.{self.place}.{self.history_id}"


@dataclass
class Saving:
    """What one person wrote at one time for one reason, or what a list shows of it."""

    rows: list = field(default_factory=list)  # the latest first

    @property
    def first(self):
        return self.rows[0]

    def takes_in(self, row):
        return self.rows[-1].at - row.at < PAUSE

    def counts(self):
        """Counter of (place of the model, type of the row)."""
        return Counter((row.place, row.history_type) for row in self.rows)


def place_before(mark):
    """(moment, place, key) that a mark stands for; ValueError if it is none."""
    moment, place, key = (int(number) for number in mark.split("."))
    try:
        return EPOCH + moment * MICROSECOND, place, key
    except OverflowError as error:
        raise ValueError(mark) from error


def rows_of(models, condition_on=lambda history: Q(), before=None, limit=ROWS_ON_A_PAGE):
    """The latest rows of history of some models that meet a condition, `Written`, before a place if one is given.

    Each table gives as many as the page could take at most, by the index of its dates; one statement merges them.
    """
    places = {model: place for place, model in enumerate(tracked_models())}
    parts = [part for model in models for part in _part(model, places[model], condition_on, before, limit)]
    if not parts:
        return []
    union = " UNION ALL ".join(f"SELECT * FROM ({sql}) part{number}" for number, (sql, _values) in enumerate(parts))
    values = [value for _sql, some in parts for value in some]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM ({union}) found {ORDER} LIMIT {int(limit)}", values)
        return [_written(*row) for row in cursor.fetchall()]


def _part(model, place, condition_on, before, limit):
    condition = condition_on(model.history.model)
    if condition is None:
        return
    rows = model.history.filter(condition, _before(place, before))
    rows = rows.annotate(place_of_model=Value(place, output_field=IntegerField()))
    rows = rows.order_by("-history_date", "-history_id")
    try:
        yield rows.values_list("place_of_model", *COLUMNS)[:limit].query.sql_with_params()
    except EmptyResultSet:
        return


def _before(place, before):
    if before is None:
        return Q()
    moment, last_place, key = before
    if place > last_place:
        return Q(history_date__lte=moment)
    same = Q(history_date=moment, history_id__lt=key) if place == last_place else Q(pk__in=[])
    return Q(history_date__lt=moment) | same


def _written(place, history_id, key, at, *rest):
    at = datetime.fromisoformat(at) if isinstance(at, str) else at  # as SQLite keeps it, without its zone
    return Written(place, history_id, key, at if at.tzinfo else at.replace(tzinfo=UTC), *rest)


def savings_of(rows, number=SAVINGS_ON_A_PAGE):
    """(the latest savings, how many of the rows they are); those of two people at one time do not divide each other."""
    savings, last = [], {}
    for count, row in enumerate(rows):
        saving = last.get(row.saving)
        if saving is None or not saving.takes_in(row):
            if len(savings) == number:
                return savings, count
            saving = last[row.saving] = Saving()
            savings.append(saving)
        saving.rows.append(row)
    return savings, len(rows)


def span_of(mark):
    """The condition on rows of history to be of the same saving as that of a mark; None if there is no such row."""
    moment, place, key = place_before(mark)
    models = tracked_models()
    model = models[place] if 0 <= place < len(models) else None
    row = model.history.filter(pk=key, history_date=moment).values(*OF_A_SAVING).first() if model else None
    if row is None:
        return None
    alike = Q(**{f"{name}__isnull" if value is None else name: value is None or value for name, value in row.items()})
    start, end = _around(moment, _moments(models, alike & Q(history_date__range=(moment - A_DAY, moment + A_DAY))))
    return alike & Q(history_date__range=(start, end))


def _around(moment, moments):
    """The first and the last of the sorted moments that lie around one without a pause."""
    start = end = moment
    for later in moments[bisect(moments, moment) :]:
        if later - end >= PAUSE:
            break
        end = later
    for earlier in reversed(moments[: bisect(moments, moment)]):
        if start - earlier >= PAUSE:
            break
        start = earlier
    return start, end


def _moments(models, condition):
    found = set()
    for model in models:
        found |= {*model.history.filter(condition).order_by().values_list("history_date", flat=True).distinct()}
    return sorted(found)
