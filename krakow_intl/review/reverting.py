"""What one change or one person wrote at one time is taken back as a whole, as far as nobody wrote there since.

What came before the public is withdrawn by that, and not deleted; what a later hand has changed is left as it is.
"""

from collections import defaultdict
from copy import copy
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.db.models import CASCADE, Max, Q
from django.utils.translation import gettext as _

from krakow_intl.core.admin.desk import kind_and_name, page_of
from krakow_intl.core.admin.history import is_written_by, name_of_row, stored_value, tracked_fields, with_previous
from krakow_intl.core.admin.publication import was_public
from krakow_intl.core.content_version import is_seen
from krakow_intl.core.records import BEFORE_THE_PUBLIC, Publication, PublicRecord
from krakow_intl.core.reviewing import CannotBeDone
from krakow_intl.review.effects import Effect
from krakow_intl.review.putting_back import PuttingBack, Step
from krakow_intl.review.what_changed import tracked_models

MAX_ROWS = 2000  # of history, which can be taken back at once


@dataclass
class Span:
    """A record as it stood before something was written, after it, and now: rows of history, None where it was gone."""

    before: object
    after: object
    now: object
    last: object  # the last row of the writing, which may tell of an end
    is_known: bool = True  # whether history tells how it stood before

    @property
    def model(self):
        return self.last.instance_type

    @property
    def key(self):
        return self.last.id

    @property
    def has_changed(self):
        """Whether anything but its version was written."""
        return not _alike(self.before, self.after)

    @property
    def is_as_written(self):
        return _alike(self.after, self.now)

    @property
    def is_back(self):
        return _alike(self.before, self.now)

    @property
    def verb(self):
        """The right that taking it back needs."""
        return "delete" if self.before is None else "add" if self.now is None else "change"

    def step(self):
        """How it is taken back."""
        row, values = self.before, {}
        if not self.has_changed:
            row = self.now
        elif row is None and was_public(self.now.instance):
            row, values = self.now, {"publication": Publication.ARCHIVED}
        elif row and issubclass(self.model, PublicRecord):
            values = {"publication": _publication(self)}
        return Step(self.model, self.key, row, values, not self.has_changed, getattr(self.now, "version", None))

    def effect(self):
        """What would become of it."""
        step = self.step()
        row = copy(step.row)
        for name, value in step.values.items():
            setattr(row, name, value)
        return Effect(self.now, row)


def _alike(one, other):
    if one is None or other is None:
        return one is other
    columns = tracked_fields(one.instance_type)
    return all(stored_value(one, column) == stored_value(other, column) for column in columns)


def _publication(span):
    """What was public is withdrawn where it was not public before; what waited for review waits no more."""
    before, now = span.before.publication, getattr(span.now, "publication", None)
    if before in BEFORE_THE_PUBLIC:
        return before
    if now in BEFORE_THE_PUBLIC:
        return Publication.ARCHIVED
    return Publication.DRAFT if before == Publication.IN_REVIEW and now != before else before


@dataclass
class Plan:
    """The spans that would be taken back, and what is left as it is: [(what, why)]."""

    going: list = field(default_factory=list)
    left: list = field(default_factory=list)
    models: set = field(default_factory=set)  # of all that was written, whether it goes or not

    @property
    def withdraws(self):
        """Whether something leaves the public that came before it."""
        return any(_is_withdrawn(span.effect()) for span in self.going)

    @property
    def is_seen(self):
        """Whether the public sees any of it, so that another person is asked first."""
        records = defaultdict(list)
        for span in self.going:
            records[span.model].append(span.effect().row.instance)
        return any(is_seen(some) for some in records.values())

    def effects(self):
        return [span.effect() for span in self.going if span.has_changed]

    def told(self):
        return [f"{name}: {why}" for name, why in self.left]


def _is_withdrawn(effect):
    old, new = (getattr(row, "publication", None) for row in (effect.old, effect.new))
    return new == Publication.ARCHIVED != old


def rows_written(command):
    """{model: condition on its rows of history} of what a command would take back."""
    if key := command.get("change"):
        return {model: Q(pending_change=key) for model in tracked_models()}
    return {apps.get_model(label): Q(pk__in=keys) for label, keys in command["rows"].items()}


def plan_of(conditions):
    """The `Plan` of taking back the rows of history that meet conditions, {model: Q}, with what belongs together."""
    units, number = defaultdict(list), 0
    for model, condition in conditions.items():
        for span in _spans(model, condition):
            units[_unit(span.last)].append(span)
            number += 1
            if number > MAX_ROWS:
                raise CannotBeDone(_("This is too much to be taken back at once: at most %s records are.") % MAX_ROWS)
    written = {(span.model, span.key) for spans in units.values() for span in spans}
    plan = Plan(models={model for model, _key in written})
    for unit, spans in units.items():
        if any(span.has_changed for span in spans):
            _divide(plan, unit, spans, written)
    return plan


def _spans(model, condition):
    rows = model.history.filter(condition)
    if not rows.exists():
        return
    rows = with_previous(rows).order_by("history_id")
    written = defaultdict(list)
    for row in rows[: MAX_ROWS * 2]:
        written[row.id].append(row)
    latest = model.history.filter(id__in=rows.values("id")).order_by().values("id").annotate(last=Max("history_id"))
    keys = {row["last"] for row in latest} | {some[0].previous for some in written.values()} - {None}
    found = model.history.in_bulk([*keys], field_name="history_id")
    now = {row["id"]: found[row["last"]] for row in latest}
    for key, (first, *_more) in written.items():
        last = written[key][-1]
        before = None if first.history_type == "+" else found.get(first.previous)
        is_known = first.history_type == "+" or before is not None
        yield Span(_standing(before), _standing(last), _standing(now[key]), last, is_known)


def _standing(row):
    return None if row is None or row.history_type == "-" else row


def _unit(row):
    """(model, key) of the record with its rows that is taken back together or not at all."""
    model, owner = page_of(row.instance_type)
    return (model, getattr(row, f"{owner}_id")) if owner else (row.instance_type, row.id)


def _divide(plan, unit, spans, written):
    changed = [span for span in spans if span.has_changed]
    if not all(span.is_known for span in changed):
        why = _("how it stood before is not recorded.")
    elif all(span.is_back for span in changed):
        why = _("it stands as it stood before.")
    elif not all(span.is_as_written for span in changed):
        why = _("somebody wrote there since.")
    else:
        why = _held(changed, written)
    if why:
        plan.left.append((_name(unit, spans), why))
    else:
        plan.going += [span for span in spans if span.has_changed or span.now]


def _name(unit, spans):
    model, key = unit
    row = next((span.last for span in spans if (span.model, span.key) == unit), None)
    row = row or model.history.filter(id=key).first()
    return kind_and_name(model, name_of_row(row) if row else f"#{key}")


def _held(spans, written):
    """Why what was added cannot go: others rest on it by now."""
    added = [span for span in spans if span.before is None and not was_public(span.now.instance)]
    for span in added:
        record = span.model._base_manager.filter(pk=span.key).first()
        others = [each for each in _resting_on(record) if (type(each), each.pk) not in written]
        if others:
            names = sorted({kind_and_name(type(each), str(each)) for each in others})
            return _("others rest on it by now: %s.") % "; ".join(names)
    return ""


def _resting_on(record):
    """The records that would go with one, or keep it from going."""
    if record is None:
        return
    collector = NestedObjects(using=router.db_for_write(type(record)), origin=[record])
    collector.collect([record])
    yield from collector.protected
    for model, instances in collector.model_objs.items():
        yield from (each for each in instances if model is not type(record) or each.pk != record.pk)


def may_take_back(user, plan):
    """Whether a person may write all of it; what they alone wrote they may take away as they may change it."""
    return all(_may(user, span) for span in plan.going)


def _may(user, span):
    verbs = [span.verb, *(["change"] if span.verb == "delete" and is_written_by(user, span.model, span.key) else [])]
    return any(user.has_perm(f"{span.model._meta.app_label}.{verb}_{span.model._meta.model_name}") for verb in verbs)


def take_back(plan, reason, user=None):
    """Carries a plan out, in a transaction; returns sentences about what could not stand as it did."""
    if not plan.going:
        raise CannotBeDone(*(plan.told() or [_("There is nothing to take back.")]))
    putting_back = PuttingBack(reason, user)
    putting_back.take(sorted((span.step() for span in plan.going), key=_turn))
    return putting_back.told


def _turn(step):
    """What stands again comes before its rows, and what goes after them."""
    depth = _depth(step.model)
    return (1, -depth) if step.row is None else (0, depth)


def _depth(model):
    """How many wholes a record of a model is a part of."""
    keys = (f for f in model._meta.concrete_fields if f.is_relation and f.remote_field.on_delete is CASCADE)
    return max((1 + _depth(key.related_model) for key in keys if key.related_model is not model), default=0)
