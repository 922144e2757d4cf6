"""What an import wrote, divided into what only goes back together, and what was done to it since."""

from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256

from django.db.models import CASCADE, Max

from krakow_intl.core.former_addresses import TAKEN_BACK
from krakow_intl.imports.writing import bulk

WHOLE = "id"  # instead of the column that names the record it is a part of


@dataclass(slots=True, eq=False)
class Unit:
    """A record with its parts: `rows` are the rows of history that the import wrote."""

    model: type
    pk: int
    rows: dict = field(default_factory=lambda: defaultdict(list))  # by model
    touched: list = field(default_factory=list)  # records, or their rows of history, of which more was written since
    parts_since: list = field(default_factory=list)  # records that came to it since, and go if it goes
    holders: list = field(default_factory=list)  # records that rest on it, and keep it from going

    @property
    def key(self):
        return f"{self.model._meta.model_name}:{self.pk}"

    @property
    def fingerprint(self):
        """Another one whenever more was done to it."""
        seen = [
            [row.history_id for row in self.touched],
            *([r.pk for r in some] for some in (self.parts_since, self.holders)),
        ]
        return sha256(repr(list(map(sorted, seen))).encode()).hexdigest()[:12]

    @property
    def is_as_written(self):
        return not (self.touched or self.parts_since or self.holders)

    def created(self, model):
        """The keys of the records that the import made."""
        return {row.id for row in self.rows[model] if row.history_type == "+"}


def whole_of(model, parts):
    """The model of the records of which those of `model` are parts; itself where they are wholes."""
    column = parts[model]
    return model if column == WHOLE else model._meta.get_field(column.removesuffix("_id")).related_model


def units_of(parts, reason, at):
    """{key: Unit} of what was written for a reason at a moment, as far as it still stands.

    `parts` is {model: the column that names the record it is a part of, or WHOLE}, each after those it points to.
    """
    units = {}
    for model in parts:
        rows = _still_standing(model, reason, at)
        later = _later(model, rows)
        for row in rows:
            unit = _unit_of(units, parts, model, row)
            newest = later.get(row.id)
            if newest is not None and newest.history_type == "-" and row.history_type == "+":
                continue  # it is gone as the undoing would have it
            unit.rows[model].append(row)
            if newest is not None and not _says_the_same(newest, row):
                unit.touched.append(newest)
    _note_parts_since(units, parts, at)
    _note_holders(units, parts)
    return {key: unit for key, unit in units.items() if any(unit.rows.values())}


def _unit_of(units, parts, model, row):
    unit = Unit(whole_of(model, parts), getattr(row, parts[model]))
    return units.setdefault(unit.key, unit)


def _still_standing(model, reason, at):
    """The rows of history written then, each record once, without those that an undoing took back."""
    rows = model.history.filter(history_change_reason=reason, history_date=at)
    undone = model.history.filter(history_change_reason=f"{TAKEN_BACK} {reason}").values_list("id", flat=True)
    undone = set(undone)
    return [row for row in rows.order_by("history_id") if row.id not in undone]


def _later(model, rows):
    """{pk: the last row of history} of the records of which more was written since."""
    last, written = [], {row.history_id for row in rows}
    for some in bulk.in_parts(sorted({row.id for row in rows})):
        found = model.history.filter(id__in=some).order_by().values("id").annotate(last=Max("history_id"))
        last += [row["last"] for row in found if row["last"] not in written]
    return {row.id: row for some in bulk.in_parts(last) for row in model.history.filter(history_id__in=some)}


def _says_the_same(later, row):
    """Whether a record stands again as it stood then, to the last column: a later import was undone, say.

    Such an undoing gave it a version of its own, which says nothing.
    """
    is_given_back = (later.history_change_reason or "").startswith(TAKEN_BACK)
    names = [column.attname for column in row.tracked_fields if not (is_given_back and column.name == "version")]
    is_there = [one.history_type != "-" for one in (later, row)]
    return is_there[0] == is_there[1] and all(getattr(later, name) == getattr(row, name) for name in names)


def _note_parts_since(units, parts, at):
    """Parts that people gave to a record since the import wrote it, whether it made that record or changed it."""
    for model, column in parts.items():
        wholes = {unit.pk: unit for unit in units.values() if unit.model is whole_of(model, parts)}
        if column == WHOLE or not wholes:
            continue
        for some in bulk.in_parts(sorted(wholes)):
            added = model.history.filter(**{f"{column}__in": some}, history_type="+", history_date__gt=at)
            ours = {row.id for pk in some for row in wholes[pk].rows[model]}
            keys = set(added.values_list("id", flat=True)) - ours
            for part in model._default_manager.filter(pk__in=keys):
                wholes[getattr(part, column)].parts_since.append(part)


def _note_holders(units, parts):
    """Records that point to what the import made and are not its own: parts of it go with it, others hold it."""
    ours = _keys_written(units.values())
    for unit, relation, user in _users(units.values(), parts):
        if user.pk not in ours[relation.related_model]:
            noted = unit.parts_since if relation.on_delete is CASCADE else unit.holders
            noted += [] if user in unit.parts_since else [user]


def hold_for_others(units, staying, parts):
    """Enters into units that may go what of `staying` ones rests on them; returns whether any was found."""
    theirs, found = _keys_written(staying), False
    for unit, relation, user in _users(units, parts):
        if user.pk in theirs[relation.related_model] and user not in unit.holders:
            unit.holders.append(user)
            found = True
    return found


def _keys_written(units):
    """{model: the keys of the records that the import wrote} of some units."""
    found = defaultdict(set)
    for unit in units:
        for model, rows in unit.rows.items():
            found[model] |= {row.id for row in rows}
    return found


def _users(units, parts):
    """(unit, relation, record) of each record that points to what the import made of a unit."""
    for model in parts:
        makers = {pk: unit for unit in units for pk in unit.created(model)}
        for relation in _relations_to(model):
            for some in bulk.in_parts(sorted(makers)):
                users = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": some})
                yield from ((makers[getattr(user, relation.field.attname)], relation, user) for user in users)


def _relations_to(model):
    relations = model._meta.related_objects
    return [one for one in relations if hasattr(one.related_model, "history") and not one.many_to_many]
