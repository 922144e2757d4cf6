"""What somebody changed in the register since a sheet was made of it: never overwritten without being asked."""

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.history import in_words
from partners.imports.planning.messages import remark

KEEP, TAKE = "keep", "take"
KEEP_OR_TAKE = [(KEEP, _("keep what the register says")), (TAKE, _("take what the sheet says"))]
lazily = lazy(in_words, str)


class Conflicts:
    """Knows how agreements stood at the version that a row of an exported sheet names."""

    def __init__(self, register, decisions, ask):
        self.register, self.decisions, self.ask = register, decisions, ask
        self.past = {}

    def look_up(self, pairs):
        """Finds the agreements of (row, agreement) pairs as they were when the sheet was made, if changed since."""
        versions = {agreement.pk: row.version for row, agreement in pairs if self.is_stale(row, agreement)}
        self.past = self.register.at_version(versions)

    @staticmethod
    def is_stale(row, agreement):
        return agreement.pk is not None and row.version is not None and row.version != agreement.version

    def allows(self, row, agreement, name, column, known, value):
        """Whether `value` may take the place of `known`; about relations of a stale agreement it always asks."""
        if not self.is_stale(row, agreement):
            return True
        past = self.past.get(agreement.pk)
        if past is not None and hasattr(past, name) and getattr(past, name) == getattr(agreement, name):
            return True
        key = f"conflict:{agreement.number}:{name}"
        answer = self.decisions.get(key)
        if answer == TAKE:
            return True
        code = "kept" if answer == KEEP else "conflict"
        told, known = _display_value(agreement, name, value), _display_value(agreement, name, known)
        message = remark(code, row=row.number, column=column, value=value or "—", told=told, known=known)
        row.messages.append(message)
        if answer != KEEP:
            self.ask(row, key, message.text, lambda: KEEP_OR_TAKE)
        return False


def _display_value(agreement, name, value):
    """What a column holds as a person says it, in the language in which it will be read; relations come as texts."""
    return lazily(agreement._meta.get_field(name), value) if hasattr(agreement, name) else value or "—"
