"""What somebody changed in the register since a sheet was made of it: never overwritten without being asked."""

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.history import in_words
from krakow_intl.imports.planning.messages import remark

KEEP, TAKE = "keep", "take"
KEEP_OR_TAKE = [(KEEP, _("keep what the register says")), (TAKE, _("take what the sheet says"))]
lazily = lazy(in_words, str)


class Conflicts:
    """Knows how records stood at the version that a row of an exported sheet names."""

    def __init__(self, at_version, name_of, decisions, ask):
        """`at_version({pk: version})` gives {pk: the record as it was}; `name_of` a record names it for programs."""
        self.at_version, self.name_of = at_version, name_of
        self.decisions, self.ask = decisions, ask
        self.past = {}

    def look_up(self, pairs):
        """Finds the records of (row, record) pairs as they were when the sheet was made, if changed since."""
        versions = {record.pk: row.version for row, record in pairs if self.is_stale(row, record)}
        self.past = self.at_version(versions)

    @staticmethod
    def is_stale(row, record):
        return record.pk is not None and row.version is not None and row.version != record.version

    def allows(self, row, record, name, column, known, value):
        """Whether `value` may take the place of `known`; about relations of a stale record it always asks."""
        if not self.is_stale(row, record):
            return True
        past = self.past.get(record.pk)
        if past is not None and hasattr(past, name) and getattr(past, name) == getattr(record, name):
            return True
        key = f"conflict:{self.name_of(record)}:{name}"
        answer = self.decisions.get(key)
        if answer == TAKE:
            return True
        code = "kept" if answer == KEEP else "conflict"
        told, known = _display_value(record, name, value), _display_value(record, name, known)
        message = remark(code, row=row.number, column=column, value=value or "—", told=told, known=known)
        row.messages.append(message)
        if answer != KEEP:
            self.ask(row, key, message.text, lambda: KEEP_OR_TAKE)
        return False


def _display_value(record, name, value):
    """What a column holds as a person says it, in the language in which it will be read; relations come as texts."""
    return lazily(record._meta.get_field(name), value) if hasattr(record, name) else value or "—"
