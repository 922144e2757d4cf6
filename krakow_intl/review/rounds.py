"""A verification round: begun of chosen records, walked one by one, handed in as one list."""

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from krakow_intl.core.admin.desk import full_name, kind_and_name
from krakow_intl.core.admin.history import in_words, label_of, stored_value, tracked_fields
from krakow_intl.core.reviewing import CannotBeDone, Proposal, desk
from krakow_intl.review.models import PendingChange, RoundItem, VerificationRound
from krakow_intl.review.verifiable import WALKS, lists_for

MAX_RECORDS = 300
MAX_REASON = 100  # characters of a reason in history
NOT_CHECKED = {  # what nobody finds in the files, and what a page of a round tells apart
    *("publication", "slug", "verified_on", "verified_by", "source", "passage"),
    *("sort_key_pl", "sort_key_en", "position"),
}
Answer = RoundItem.Answer


def chosen(user, models=(), **walks):
    """[(Verifiable, its records)] that a person chose: of some models or all, by a walk or whole."""
    for each in lists_for(user):
        if models and each.model not in models:
            continue
        records = each.records()
        for name, record in walks.items():
            records = WALKS[name].narrow(records, record) if record else records
        yield each, records


@transaction.atomic
def begin(user, models=(), **walks):
    """Begins a round of what a person chose, or goes on with theirs of the same; CannotBeDone if there is nothing."""
    choice = _choice(models, walks)
    if begun := VerificationRound.objects.open_of(user).filter(choice=choice).first():
        return begun
    found = []
    for each, records in chosen(user, models, **walks):
        kind = ContentType.objects.get_for_model(each.model)
        found += [(kind, key) for key in records.values_list("pk", flat=True)[:MAX_RECORDS]]
    if not found:
        raise CannotBeDone(_("Nothing that is published belongs to this choice."))
    made = VerificationRound.objects.create(author=user, title=_title(models, walks), choice=choice)
    items = (
        RoundItem(round=made, position=place, content_type=kind, object_id=key)
        for place, (kind, key) in enumerate(found[:MAX_RECORDS], 1)
    )
    RoundItem.objects.bulk_create(items)
    return made


def _choice(models, walks):
    """What was chosen, the same in both languages: "city:12 partners.agreement"."""
    return " ".join(
        [*(f"{name}:{record.pk}" for name, record in walks.items() if record), *(m._meta.label_lower for m in models)]
    )


def _title(models, walks):
    names = [str(record) for record in walks.values() if record]
    names += [str(capfirst(model._meta.verbose_name_plural)) for model in models]
    return ", ".join(names)[:300] or _("All lists")


def next_item(current, after=0):
    """The next record nobody looked at, behind a place and then from the beginning; None if there is none."""
    left = current.items.filter(answer=Answer.NONE)
    return left.filter(position__gt=after).first() or left.first()


def facts_of(record, names=None):
    """[(name of a column, what it holds in words)] of what is recorded and can be checked, of columns of some names."""
    for column in tracked_fields(type(record)):
        value = stored_value(record, column)
        is_left_out = column.name in NOT_CHECKED or (names is not None and column.name not in names)
        if value is None or is_left_out or isinstance(column, models.FileField):
            continue
        words = str(getattr(record, column.name)) if column.is_relation else in_words(column, value)
        yield capfirst(str(label_of(column))), words


def answer(item, said, remark, version):
    """Keeps what was said of a record as it was in a version; False if that is not how it stands any more."""
    record = item.stored()
    if record is None or str(record.version) != version:
        return False
    item.answer, item.remark, item.version = said, remark if said == Answer.ASKED else "", record.version
    item.checked_on = timezone.localdate() if said == Answer.TRUE else None
    item.save()
    return True


@transaction.atomic
def hand_in(current, user):
    """Hands in all that was found still true, with what was asked; returns the pending change, or None for nothing."""
    current = VerificationRound.objects.select_for_update().get(pk=current.pk)
    if current.closed_at:
        return current.change
    items = [*current.items.exclude(answer=Answer.NONE).select_related("content_type")]
    true = [item for item in items if item.answer == Answer.TRUE]
    if true:
        current.change = desk().hand_in(_proposal(current, user, true, items))
    current.closed_at = timezone.now()
    current.save()
    return current.change


def _proposal(current, user, true, items):
    command = {
        "name": current.title,
        "checked": {f"{item.content_type_id}:{item.object_id}": item.checked_on.isoformat() for item in true},
        "remarks": [[_name(item), item.remark] for item in items if item.answer == Answer.ASKED],
        "left": [_name(item) for item in items if item.answer in (Answer.SKIPPED, Answer.CORRECTED)],
    }
    rows = tuple((item.model, item.object_id, item.version) for item in true)
    reason = _("verification round: %s") % current.title
    return Proposal(PendingChange.Kind.VERIFY, user, true[0].model, command, reason[:MAX_REASON], records=rows)


def _name(item):
    record = item.stored()
    return kind_and_name(item.model, full_name(record) if record else item.object_id)


def left_of(current):
    return current.items.filter(answer=Answer.NONE).count()


def counts_of(current):
    """{answer: how many records were given it}."""
    rows = current.items.order_by().values_list("answer").annotate(count=models.Count("pk"))
    return dict(rows)
