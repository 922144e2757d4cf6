"""Methods of QuerySets whose SQL Django builds once: building what a status rests on takes longer than asking it."""

import re
from datetime import date
from functools import lru_cache, wraps
from itertools import chain, count, zip_longest
from threading import RLock

from django.db import connections, models
from django.db.models import F, Func
from django.db.models.sql import Query
from django.utils.functional import cached_property
from django.utils.translation import get_language

# two arguments of a kind that stand for any: what differs in the SQL they lead to comes from the argument
STAND_INS = {
    date: (date(2345, 6, 7), date(2468, 7, 8)),
    str: ("stands-in", "stands-for"),
    int: (1_234_567_891, 1_234_567_892),
}
IMAGES = {  # as what an argument of a kind may reach the database
    date: (lambda day: day, date.isoformat, lambda day: day.isoformat()[:7], lambda day: day.isoformat()[:4]),
    str: (lambda text: text,),
    int: (lambda number: number,),
}
# the name that Django gives to a table of a subquery: "U0", "V12"
ALIAS = re.compile(r"\b([T-Z]\d+)\b")
# a column of a row that is asked, whose tables are numbered: 'outer0."starts_on"', '"outer1"."known_to"'
COLUMN = re.compile(r'"?\bouter(\d+)"?\."(\w+)"')

_numbers = count()
_building = RLock()  # two threads that prepare one statement would number its tables differently


def prepared(method):
    """Decorates a method of a QuerySet that annotates, or filters by, what the rows themselves and subqueries say.

    Its arguments are days, texts or None, and nothing besides them but the language may change what it builds: no
    clock, no answer of the database. It is run twice with arguments that stand in for any; TypeError tells of one that
    reaches the database as none of `IMAGES`. The method as it was written stays as `__wrapped__`.
    """

    @wraps(method)
    def annotate_and_filter(queryset, *arguments):
        kinds, vendor = tuple(map(type, arguments)), connections[queryset.db].vendor
        with _building:
            annotations, condition = _statement(method, queryset.model, kinds, vendor, get_language())
        queryset = queryset.annotate(**{name: made.with_arguments(arguments) for name, made in annotations.items()})
        return queryset.filter(condition.with_arguments(arguments)) if condition else queryset

    annotate_and_filter.is_prepared = True
    return annotate_and_filter


def asked(question):
    """Decorates a function of days, texts and keys that returns a QuerySet: its SQL is built once.

    What it returns is read as it is, with what it prefetches, and cannot be narrowed. The rules of `prepared` hold;
    the function as it was written stays as `__wrapped__`.
    """

    @wraps(question)
    def ask(*arguments):
        with _building:
            built = _built(question, tuple(map(type, arguments)), get_language())
        return built.queryset_for(arguments)

    ask.is_asked = True
    return ask


class Built:
    """A QuerySet with its SQL, whose parameters are constants or tell themselves from the arguments."""

    def __init__(self, question, kinds):
        querysets = [question(*arguments) for arguments in _stand_ins(kinds)]
        self.queryset, using = querysets[0], querysets[0].db
        self.compiler, other = (queryset.query.get_compiler(using) for queryset in querysets)
        (self.sql, first), (sql, second) = self.compiler.as_sql(), other.as_sql()
        if self.sql != sql:
            raise TypeError(f"{question.__qualname__} builds other SQL for other arguments")
        self.values = tuple(map(_Preparation(question, kinds, None, using)._origin, first, second))
        self.converters = self.compiler.get_converters([column for column, *_named in self.compiler.select])

    def queryset_for(self, arguments):
        queryset, query = _twin(self.queryset), _twin(self.queryset.query, BuiltQuery)
        query.built, query.parameters = self, tuple(v(arguments) if callable(v) else v for v in self.values)
        queryset._query, queryset._result_cache = query, None
        return queryset


class BuiltQuery(Query):
    """The query of such a QuerySet, for one set of arguments."""

    def get_compiler(self, using=None, connection=None, elide_empty=True):
        compiler = _twin(self.built.compiler)
        compiler.connection = connection or connections[using]
        compiler.as_sql = lambda: (self.built.sql, self.parameters)
        compiler.get_converters = lambda columns: self.built.converters
        return compiler

    def clone(self):
        raise TypeError("A question that was built before cannot be narrowed.")


def _twin(one, kind=None):
    """Another object with the same attributes."""
    twin = object.__new__(kind or type(one))
    twin.__dict__.update(one.__dict__)
    return twin


class Prepared(Func):
    """SQL whose columns alone are built when it is asked: `pieces` stand around them, `values` are its parameters.

    A column may stand in several places; a value is a constant or tells itself from the arguments.
    """

    def __init__(self, pieces, columns, values, output_field, arguments=()):
        super().__init__(*map(F, dict.fromkeys(columns)), output_field=output_field)
        self.pieces, self.columns, self.values, self.arguments = pieces, columns, values, arguments

    def with_arguments(self, arguments):
        return Prepared(self.pieces, self.columns, self.values, self.output_field, arguments)

    @cached_property
    def identity(self):
        return Prepared, self.pieces, self.columns, self.values, self.arguments

    def as_sql(self, compiler, connection):
        built = [compiler.compile(column)[0] for column in self.source_expressions]
        by_path = dict(zip(dict.fromkeys(self.columns), built, strict=True))
        columns = (by_path[path] for path in self.columns)
        sql = "".join(chain.from_iterable(zip_longest(self.pieces, columns, fillvalue="")))
        return f"({sql})", [value(self.arguments) if callable(value) else value for value in self.values]


@lru_cache(maxsize=1000)
def _statement(method, model, kinds, vendor, _language):
    """({name: `Prepared`}, `Prepared` or None): what a method annotates, and its condition, on a kind of database."""
    using = next(alias for alias in connections if connections[alias].vendor == vendor)
    tried = [method(model._default_manager.using(using), *arguments).query for arguments in _stand_ins(kinds)]
    prepare = _Preparation(method, kinds, tried, using)
    annotations = {
        name: prepare([query.annotations[name] for query in tried], expression.output_field)
        for name, expression in tried[0].annotations.items()
    }
    condition = prepare([query.where for query in tried], models.BooleanField()) if tried[0].where else None
    return annotations, condition


@lru_cache(maxsize=1000)
def _built(question, kinds, _language):
    return Built(question, kinds)


def _stand_ins(kinds):
    return [tuple(STAND_INS[kind][place] if kind in STAND_INS else None for kind in kinds) for place in (0, 1)]


class _Preparation:
    """What a method built with each of the two sets of arguments, to tell what of it comes from them."""

    def __init__(self, method, kinds, queries, using):
        self.method, self.kinds, self.queries, self.using = method, kinds, queries, using
        self.number = next(_numbers)  # in the names of tables: what was prepared may stand within another

    def __call__(self, expressions, output_field):
        first, second = map(self._compile, self.queries, expressions)
        if first[:2] != second[:2]:
            raise TypeError(f"{self.method.__qualname__} builds other SQL for other arguments")
        pieces, columns, _parameters = first
        return Prepared(pieces, columns, tuple(map(self._origin, first[2], second[2])), output_field)

    def _compile(self, query, expression):
        """(pieces of SQL, paths to the columns between them, parameters) of an expression of a query."""
        tables = {alias: f"outer{place}" for place, alias in enumerate(query.alias_map)}
        sql, parameters = query.get_compiler(self.using).compile(expression.relabeled_clone(tables))
        cut = COLUMN.split(ALIAS.sub(rf"\1_{self.number}", sql))
        columns = (self._path(query, int(place), column) for place, column in zip(cut[1::3], cut[2::3], strict=True))
        return tuple(cut[::3]), tuple(columns), parameters

    def _path(self, query, place, column):
        """The relations and the field by which a column of the row, or of one it points to, is asked: "city__slug"."""
        joins = list(query.alias_map.values())
        model, names = self._model_of(joins, joins[place])
        field = next(field for field in model._meta.concrete_fields if field.column == column)
        return "__".join([*names, field.attname])

    def _model_of(self, joins, join):
        """(model, names of the relations that lead to it) of a table that a query joins."""
        if join.parent_alias is None:
            return self.queries[0].model, []
        if not isinstance(join.join_field, models.ForeignKey):
            raise TypeError(f"{self.method.__qualname__} joins more than a row points to")
        parent = next(other for other in joins if other.table_alias == join.parent_alias)
        names = self._model_of(joins, parent)[1]
        return join.join_field.related_model, [*names, join.join_field.name]

    def _origin(self, *values):
        """A parameter as it is for all arguments, or what tells it from them."""
        if values[0] == values[1]:
            return values[0]
        for place, kind in enumerate(self.kinds):
            for image in IMAGES.get(kind, ()):
                if tuple(map(image, STAND_INS[kind])) == values:
                    return lambda arguments: image(arguments[place])
        raise TypeError(f"{self.method.__qualname__} makes of its arguments what is not known: {values}")
