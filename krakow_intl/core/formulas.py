"""Expressions of a query that are written as SQL, for those that Django would build many times over."""

from string import Formatter

from django.db.models import Func


class Formula(Func):
    """SQL with named parts in braces: `Formula("CASE WHEN {end} < {day} THEN {end} END", field, end=..., day=...)`.

    A part may stand in the text more than once and is built once. Django builds a condition anew wherever an annotation
    rests on it, which grows by itself when one rests on another. What the text says must hold on every database.
    """

    def __init__(self, text, output_field, **parts):
        super().__init__(*parts.values(), output_field=output_field)
        self.text, self.names = text, tuple(parts)

    def as_sql(self, compiler, connection):
        parts = dict(zip(self.names, map(compiler.compile, self.source_expressions), strict=True))
        pieces, parameters = [], []
        for text, name, _spec, _conversion in Formatter().parse(self.text):
            sql, needed = parts[name] if name else ("", ())
            pieces += [text, sql]
            parameters += needed
        return f"({''.join(pieces)})", parameters
