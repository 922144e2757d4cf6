"""What becomes of a record from one state to another, told column by column."""

from dataclasses import dataclass, field, replace

from django.db.models import CASCADE
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from krakow_intl.core.admin.history import changes_between, last_rows, name_of_row
from krakow_intl.core.internal import may_see
from krakow_intl.core.records import PublicRecord
from krakow_intl.core.reviewing import current_user


@dataclass(frozen=True)
class Effect:
    """What a change does to a record or to a row of one: the rows of history before and after, None for none.

    What comes before the public for the first time is told whole, with its rows as they stand.
    """

    old: object
    new: object
    is_whole: bool = False
    reader: object = field(default_factory=current_user)  # the person who is told of it; None: all there is

    @property
    def row(self):
        return self.new or self.old

    @property
    def model(self):
        return self.row.instance_type

    @property
    def what(self):
        if self.is_whole:
            return _("published")
        return _("added") if self.old is None else _("removed") if self.new is None else _("changed")

    @property
    def name(self):
        return f"{capfirst(self.model._meta.verbose_name)}: {name_of_row(self.row)}"

    @property
    def changes(self):
        return [*changes_between(self.new, self.before, self.reader)]

    @property
    def before(self):
        """What the public knew of it, as a row of history, or None."""
        return None if self.is_whole else self.old


def wholes(model, keys):
    """{key: the `Effect`s that tell a record of `model` whole, with its rows, as it stands}.

    The number of queries grows with the kinds of rows alone.
    """
    found = {row.id: [Effect(None, row, is_whole=True)] for row in last_rows(model, id__in=keys)}
    for rows, owner in row_models(model):
        standing = rows._base_manager.filter(**{f"{owner}__in": found}).values("pk")
        for row in last_rows(rows, id__in=standing).order_by("id"):
            found[getattr(row, owner)].append(Effect(None, row, is_whole=True))
    return found


def told_to(user, effects):
    """Those of some effects that a person may know of, without what is internal and not for them."""
    return [replace(effect, reader=user) for effect in effects if may_see(user, effect.model)]


def parts_of(model):
    """(model, name of the key) of what goes with a record of `model` and has a history, in whatever state."""
    for relation in model._meta.related_objects:
        if relation.on_delete is CASCADE and hasattr(relation.related_model, "history"):
            yield relation.related_model, relation.field.attname


def row_models(model, *, internal=False):
    """(model, name of the key) of the rows that belong to a record of `model` and have no publication of their own.

    What is internal, as assessments are, goes and comes with the record alone.
    """
    for rows, owner in parts_of(model):
        if not issubclass(rows, PublicRecord) and (internal or rows.is_content):
            yield rows, owner
