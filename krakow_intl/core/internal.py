"""What is internal within the register: columns that reach only people with the right that their model names for it."""

from django.conf import settings
from django.contrib.auth import get_permission_codename
from django.core.exceptions import FieldDoesNotExist
from django.db.models.constants import LOOKUP_SEP


def hidden_columns(user, model):
    """The names of the columns of `model` that a person may not see; none where no person is asked."""
    if user is None:
        return set()
    return {column for column, right in internal_columns(model).items() if not user.has_perm(right)}


def internal_columns(model):
    """{name of a column of `model` that not all of the staff may see: the right it takes}."""
    internal = getattr(model, "internal_fields", {})
    return {column: right for name, right in internal.items() for column in _columns_of(name)}


def columns_for(user, model, columns=None):
    """Those of `columns`, fields of `model` or their names, that a person may see; of all it has if none are given.

    Names may stand in groups, as in a form; a group of which nothing is left is left out.
    """
    hidden = hidden_columns(user, model)
    return [*_seen(model._meta.concrete_fields if columns is None else columns, hidden)]


def may_see(user, model):
    """Whether a person may see records of `model` at all."""
    if user is None:
        return True
    verbs = (get_permission_codename(verb, model._meta) for verb in ("view", "change"))
    return any(user.has_perm(f"{model._meta.app_label}.{codename}") for codename in verbs)


def may_look_along(user, model, path):
    """Whether a person may search along a path such as "city__name_pl__contains": all on it is for them to see."""
    for name in path.split(LOOKUP_SEP):
        try:
            field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        except FieldDoesNotExist:  # the rest is a lookup
            return True
        if not columns_for(user, model, [field.name]):
            return False
        if not field.is_relation:
            return True
        model = field.related_model
        if model is None or not may_see(user, model):
            return False
    return True


def _columns_of(name):
    """A field and, of a text in both languages, the columns that hold it."""
    return (name, *(f"{name}_{language}" for language in dict(settings.LANGUAGES)))


def _seen(columns, hidden):
    for column in columns:
        if isinstance(column, (list, tuple)):
            if group := [*_seen(column, hidden)]:
                yield type(column)(group)
        elif getattr(column, "name", column) not in hidden:
            yield column
