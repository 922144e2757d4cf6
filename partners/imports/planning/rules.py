"""The rules that every agreement obeys, asked in memory: thousands of rows cannot ask the database each."""

from operator import eq, ge, le

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import CheckConstraint, F, Q

from partners.models import Agreement

CONSTRAINTS = [c for c in Agreement._meta.constraints if isinstance(c, CheckConstraint)]
LOOKUPS = {"exact": eq, "gte": ge, "lte": le, "in": lambda value, values: value in values}


def refuse_unknown_lookups(constraints, model):
    """Raises ImproperlyConfigured for a constraint on `model` that cannot be asked in memory."""
    names = {field.name for field in model._meta.concrete_fields}
    for constraint in constraints:
        if not _is_known(constraint.condition, names):
            raise ImproperlyConfigured(f"{constraint.name} cannot be asked in memory: {constraint.condition}")


def _is_known(condition, names):
    if isinstance(condition, Q):
        return condition.connector != Q.XOR and all(_is_known(child, names) for child in condition.children)
    if not isinstance(condition, tuple):
        return False
    name, lookup, expected = _split(condition)
    is_plain = expected.name in names if isinstance(expected, F) else not hasattr(expected, "resolve_expression")
    return name in names and lookup in LOOKUPS and is_plain


def _split(comparison):
    """(name, lookup, expected value) of a comparison: ("ends_on__gte", 5) -> ("ends_on", "gte", 5)."""
    path, expected = comparison
    name, _separator, lookup = path.partition("__")
    return name, lookup or "exact", expected


def _named_in(condition):
    for child in condition.children:
        yield from _named_in(child) if isinstance(child, Q) else [_split(child)[0]]


refuse_unknown_lookups(CONSTRAINTS, Agreement)
NAMED = {name for constraint in CONSTRAINTS for name in _named_in(constraint.condition)}
COMPUTED = [f for f in Agreement._meta.concrete_fields if f.name in NAMED and hasattr(f, "computed_by")]
NAMES_OF_COMPUTED = {field.name for field in COMPUTED}  # what is wrong with these the model says in plainer words


def faults_of(agreement):
    """(the attributes it is about, message) for each rule of the model that an agreement in memory breaks."""
    for field in COMPUTED:
        setattr(agreement, field.attname, getattr(agreement, field.computed_by)())
    found = _said_by_the_model(agreement)
    broken = [constraint for constraint in CONSTRAINTS if holds(constraint.condition, agreement) is False]
    broken = [(list(_named_in(constraint.condition)), constraint.violation_error_message) for constraint in broken]
    return [*found, *((names, text) for names, text in broken if not (found and NAMES_OF_COMPUTED.issuperset(names)))]


def _said_by_the_model(agreement):
    key, agreement.pk = agreement.pk, None  # whose rules about stored agreements would ask the database
    try:
        agreement.clean()
    except ValidationError as error:
        return [([name], text) for name, texts in error.message_dict.items() for text in texts]
    finally:
        agreement.pk = key
    return []


def holds(condition, record):
    """Whether a condition is true of a record as the database would say it: True, False, or None for unknown."""
    if not isinstance(condition, Q):
        return _compare(condition, record)
    found = [holds(child, record) for child in condition.children]
    decisive = condition.connector == Q.OR
    answer = decisive if decisive in found else None if None in found else not decisive
    return answer if answer is None or not condition.negated else not answer


def _compare(comparison, record):
    name, lookup, expected = _split(comparison)
    value = getattr(record, name)
    if isinstance(expected, F):
        expected = getattr(record, expected.name)
    if expected is None and lookup == "exact":
        return value is None
    return None if value is None or expected is None else LOOKUPS[lookup](value, expected)
