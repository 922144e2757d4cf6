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
    broken = [constraint for constraint, rule in RULES if rule(agreement) is False]
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


def rule_of(condition):
    """A function that says of a record what the database would say of a condition: True, False, or None for unknown."""
    if not isinstance(condition, Q):
        return _comparison(condition)
    rules, decisive, is_negated = [*map(rule_of, condition.children)], condition.connector == Q.OR, condition.negated

    def rule(record):
        answer = not decisive
        for part in rules:
            found = part(record)
            if found is decisive:
                answer = decisive
                break
            answer = None if found is None else answer
        return not answer if is_negated and answer is not None else answer

    return rule


def _comparison(comparison):
    name, lookup, expected = _split(comparison)
    if expected is None and lookup == "exact":
        return lambda record: getattr(record, name) is None
    compare, other = LOOKUPS[lookup], expected.name if isinstance(expected, F) else None

    def rule(record):
        value, known = getattr(record, name), getattr(record, other) if other else expected
        return None if value is None or known is None else compare(value, known)

    return rule


RULES = [(constraint, rule_of(constraint.condition)) for constraint in CONSTRAINTS]
