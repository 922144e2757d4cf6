"""To what the rows of history belong: to a city, say, if they are of it, point to it, or are of what belongs to it."""

from django.db.models import CASCADE, Q

from krakow_intl.review.verifiable import VERIFIABLE


def condition_on(history, walk, key):
    """The condition on rows of a table of history that they belong to a record of `walk`, given by its key.

    What is deleted, and what stood elsewhere once, belongs to it as history tells: no row has to stand. The condition
    is None if no way leads there from such records.
    """
    return _condition(history.instance_type, walk, key, ())


def _condition(model, walk, key, on_the_way):
    if model is walk.model:
        return Q(id=key)
    ways = [*_direct(model, walk, key), *_declared(model, walk, key), *_of_wholes(model, walk, key, on_the_way)]
    condition = None
    for way in ways:
        condition = way if condition is None else condition | way
    return condition


def _keys(model):
    return [field for field in model._meta.concrete_fields if field.is_relation and hasattr(model, "history")]


def _direct(model, walk, key):
    return [Q(**{field.attname: key}) for field in _keys(model) if field.related_model is walk.model]


def _declared(model, walk, key):
    """By the way that a round goes, "links__place", if it is more than a column."""
    way = VERIFIABLE[model].ways.get(walk.name, "") if model in VERIFIABLE else ""
    return [_along(model, way.split("__"), key)] if "__" in way else []


def _along(model, way, key):
    """The condition that a way, names of relations in either direction, leads from the rows of a model to a record."""
    relation, *rest = model._meta.get_field(way[0]), *way[1:]
    other = relation.related_model
    if relation.concrete:
        return (
            Q(**{f"{relation.attname}__in": _past(other, _along(other, rest, key), "id")})
            if rest
            else _at(relation, key)
        )
    there = _along(other, rest, key) if rest else Q(id=key)
    return Q(id__in=_past(other, there, relation.field.attname))


def _at(field, key):
    return Q(**{field.attname: key})


def _past(model, condition, column):
    """A column of the rows of history of a model that meet a condition, for a subquery."""
    return model.history.filter(condition).order_by().values(column)


def _of_wholes(model, walk, key, on_the_way):
    """As a row of what belongs there: a party of an agreement of the city."""
    for field in _keys(model):
        whole = field.related_model
        if field.remote_field.on_delete is not CASCADE or whole is walk.model or whole in (model, *on_the_way):
            continue
        condition = _condition(whole, walk, key, (*on_the_way, model))
        if condition is not None:
            yield Q(**{f"{field.attname}__in": _past(whole, condition, "id")})
