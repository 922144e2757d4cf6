"""What can be verified record after record: every list of sourced facts that the public sees, by what it belongs to."""

from dataclasses import dataclass, field

from django.db.models import F

from krakow_intl.core.admin.desk import may_change
from krakow_intl.core.records import PublicRecord

WALKS = {}  # name: Walk
VERIFIABLE = {}  # model: Verifiable, in the order in which a round goes through them


@dataclass(frozen=True)
class Walk:
    """What a round may be of: the records of one city, of one department."""

    name: str
    label: str
    model: type
    narrow: object  # (records, record of `model`) -> those of them that belong to it
    is_by_way: bool = True  # whether the `ways` of what can be verified lead there


@dataclass(frozen=True)
class Verifiable:
    model: type
    ways: dict = field(default_factory=dict)  # name of a walk: path to the record it is of

    def records(self):
        """What is published of it, that which was checked longest ago first."""
        model = self.model
        records = model.objects.published() if issubclass(model, PublicRecord) else model.objects.public()
        return records.order_by(F("verified_on").asc(nulls_first=True), "pk")


def walk(name, label, model, narrow=None):
    """Enters what rounds can be of."""
    WALKS[name] = Walk(name, label, model, narrow or _by_way(name), narrow is None)


def _by_way(name):
    def narrow(records, record):
        way = VERIFIABLE[records.model].ways.get(name)
        if way is None:
            return records.none()
        keys = records.model._base_manager.filter(**{way: record.pk}).order_by().values("pk")
        return records.filter(pk__in=keys)

    return narrow


def verifiable(model, **ways):
    """Enters a model of sourced facts; `ways` lead from it to what rounds can be of.

    None of it is internal, for all staff may look at what is handed in.
    """
    VERIFIABLE[model] = Verifiable(model, ways)


def lists_for(user):
    """What a person may verify."""
    return [each for model, each in VERIFIABLE.items() if may_change(user, model)]
