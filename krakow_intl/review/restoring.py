"""Any state a record ever had: told beside another one, and put back, with its rows as they were then."""

from django.utils.translation import gettext as _

from krakow_intl.core.records import Publication, PublicRecord
from krakow_intl.core.reviewing import CannotBeDone
from krakow_intl.review.effects import Effect, row_models
from krakow_intl.review.putting_back import PuttingBack, Step


def state_of(model, key, moment=None, *, internal=False):
    """{(model, key): row of history} of a record and its rows as they stood at a moment, or now."""
    found = _standing(model, {"id": key}, moment)
    for rows, owner in row_models(model, internal=internal):
        found |= _standing(rows, {owner: key}, moment)
    return found


def _standing(model, condition, moment):
    """Rows of history that were the last of their records by then, and told of no end."""
    history = model.history.filter(**condition).order_by("history_date", "history_id")
    keys = {row.id for row in history}
    everything = model.history.filter(id__in=keys).order_by("history_date", "history_id")
    last = {row.id: row for row in everything if moment is None or row.history_date <= moment}
    (owner, value), *_more = condition.items()
    return {(model, key): row for key, row in last.items() if row.history_type != "-" and getattr(row, owner) == value}


def differences(before, after):
    """The `Effect`s of going from one state to another."""
    for place in dict.fromkeys([*before, *after]):
        effect = Effect(before.get(place), after.get(place))
        if effect.changes:
            yield effect


def restore(model, key, moment, reason=None, *, user=None):
    """Puts a record and its rows back as they stood at a moment; to be called in a transaction.

    Returns the record, and sentences about what could not stand as it did. Columns that `user` may not see stay as
    they are.
    """
    now = state_of(model, key)
    then = state_of(model, key, moment, internal=not now)
    if (model, key) not in then:
        raise CannotBeDone(_("At that moment there was no such record."))
    putting_back = PuttingBack(reason, user)
    putting_back.take([*_steps(model, key, now, then)])
    return model._base_manager.get(pk=key), putting_back.told


def _steps(model, key, now, then):
    stored = model._base_manager.filter(pk=key).first()
    publication = getattr(stored, "publication", Publication.DRAFT)
    values = {"publication": publication} if issubclass(model, PublicRecord) else {}
    seen = {place: row.version for place, row in now.items()}
    yield Step(model, key, then.pop((model, key)), values, True, seen.get((model, key)))
    gone = now.keys() - then.keys() - {(model, key)}
    yield from (Step(*place, None, version=seen[place]) for place in gone)
    yield from (Step(*place, row, version=seen.get(place)) for place, row in then.items())


def deleted(model):
    """The last row of history of each record that is gone, the latest first."""
    ends = model.history.filter(history_type="-").exclude(id__in=model._base_manager.values("pk"))
    return ends.order_by("-history_date", "-history_id")
