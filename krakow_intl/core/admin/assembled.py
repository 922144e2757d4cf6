"""Records of many models in one list, asked with one statement, as the desk shows them."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.apps import apps
from django.db import connection
from django.db.models import CharField, F, IntegerField, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.utils.translation import get_language

from krakow_intl.core.admin.desk import form_at, kind_and_name, page_of
from krakow_intl.core.json_rows import localized_column
from krakow_intl.core.records import Named, PublicRecord

NOTHING = Value("", output_field=TextField())
COLUMNS = ("desk_kind", "desk_key", "desk_page", "desk_day", "desk_name", "desk_note")
ORDER = "ORDER BY desk_day, desk_kind, desk_key"  # the day, then as the apps and their records stand
# two arguments of a kind that stand for any, as `core.prepared` has them
STAND_INS = {
    date: (date(2345, 6, 7), date(2468, 7, 8)),
    str: ("stands-in", "stands-for"),
    int: (987_654_321, 876_543_219),
}


@dataclass(frozen=True)
class Found:
    """A record as the list knows it: `day` and `note` are texts."""

    model: type
    key: int
    page: int  # the key of the record on whose page it is written
    day: str
    name: str
    note: str

    @property
    def address(self):
        return form_at(page_of(self.model)[0], self.page)

    @property
    def title(self):
        return kind_and_name(self.model, self.name)


class Assembled:
    """What can be counted and cut as a list of `Found`.

    `build`, which knows no clock and no person, makes of a model and of the arguments (days, texts, numbers or None) a
    queryset, the day of a record and a note, as expressions. Django builds the statement once for all arguments, which
    for twenty models takes longer than asking it.
    """

    def __init__(self, build, models, *arguments):
        self.models, self.arguments = tuple(models), arguments
        kinds = tuple(map(type, arguments))
        made = _statement(build, self.models, kinds, connection.vendor, get_language()) if self.models else ("", ())
        self.sql, self.origins = made

    def count(self):
        return self._ask(f"SELECT COUNT(*) FROM ({self.sql}) found")[0][0] if self.models else 0

    __len__ = count

    def __getitem__(self, place):
        if not self.models:
            return []
        cut = "" if place.stop is None else f" LIMIT {place.stop - (place.start or 0)} OFFSET {place.start or 0}"
        return [
            self._found(*row) for row in self._ask(f"SELECT {', '.join(COLUMNS)} FROM ({self.sql}) found {ORDER}{cut}")
        ]

    def _ask(self, sql):
        with connection.cursor() as cursor:
            cursor.execute(sql, [origin(self.arguments) for origin in self.origins])
            return cursor.fetchall()

    def _found(self, kind, key, page, day, name, note):
        return Found(self.models[kind], key, page, day or "", name, note or "")


@lru_cache(maxsize=200)
def _statement(build, models, kinds, _vendor, _language):
    """(SQL, what tells each parameter from the arguments)."""
    stand_ins = [[STAND_INS[kind][place] if kind in STAND_INS else None for kind in kinds] for place in (0, 1)]
    (sql, first), (same, second) = (_compiled(build, models, arguments) for arguments in stand_ins)
    if sql != same:
        raise TypeError(f"{build.__qualname__} builds other SQL for other arguments")
    return sql, tuple(_origin(kinds, *pair) for pair in zip(first, second, strict=True))


def _compiled(build, models, arguments):
    parts = [_part(place, *build(model, *arguments)) for place, model in enumerate(models)]
    union = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return union.query.sql_with_params()


def _part(place, records, day, note):
    asked = records.order_by().annotate(
        desk_kind=Value(place, output_field=IntegerField()),
        desk_key=F("pk"),
        desk_page=F(page_of(records.model)[1] or "pk"),
        desk_day=day,
        desk_name=name_column(records.model),
        desk_note=note,
    )
    return asked.values_list(*COLUMNS)


def _origin(kinds, *values):
    """What tells a parameter: the same for all arguments, or one of them, perhaps as the database takes it."""
    if values[0] == values[1]:
        return lambda arguments: values[0]
    for place, kind in enumerate(kinds):
        if STAND_INS.get(kind) == values:
            return lambda arguments: arguments[place]
        if kind is date and tuple(day.isoformat() for day in STAND_INS[date]) == values:
            return lambda arguments: arguments[place].isoformat()
    raise TypeError(f"A statement of the desk makes of its arguments what is not known: {values}")


def name_column(model):
    """What a record is called in the language of the page, as an expression; its key where it has no name yet.

    What belongs to another record, and has no name of its own beyond it, is called by both.
    """
    owner, name = _name_of_owner(model), model.search_titles[0] if model.search_titles else ""
    if not name:
        return _named(owner) if owner else Cast("pk", TextField())
    if not owner or issubclass(model, Named):
        return _named(name)
    return Concat(_named(owner), Value(": ", output_field=TextField()), _named(name), output_field=TextField())


def _name_of_owner(model):
    """The path to the name of the record that records of a model belong to, or ""."""
    if not model.belongs_to:
        return ""
    owner = model._meta.get_field(model.belongs_to[0]).related_model
    return f"{model.belongs_to[0]}__{owner.search_titles[0]}" if owner.search_titles else ""


def _named(path):
    return Coalesce(NullIf(localized_column(path), Value("")), Cast("pk", TextField()), output_field=TextField())


def as_text(column):
    """A day, or "" for none, as text that sorts and counts alike in every database."""
    return Coalesce(Cast(column, CharField(max_length=40)), Value(""), output_field=CharField(max_length=40))


def public_models():
    """The models of public records that staff write on some page, in the order of their apps."""
    return [model for model in apps.get_models() if issubclass(model, PublicRecord) and page_of(model)[0]]
