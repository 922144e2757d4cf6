"""The rows of one table read as a list inside a row of another, so that a page with many relations asks once."""

from django.db.models import F, JSONField, Subquery, TextField, Value
from django.db.models.functions import Coalesce, JSONObject, NullIf
from django.utils.translation import get_language


class JSONRows(Subquery):
    """A list of dictionaries, one for each row of `queryset` in its order: {name: column or expression}."""

    output_field = JSONField()

    def __init__(self, queryset, **columns):
        super().__init__(queryset.annotate(item=JSONObject(**columns)).values("item"))

    def as_sqlite(self, compiler, connection):
        template = "(SELECT JSON_GROUP_ARRAY(JSON(rows.item)) FROM (%(subquery)s) rows)"
        return super().as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler, connection):
        template = "(SELECT COALESCE(JSONB_AGG(rows.item), '[]') FROM (%(subquery)s) rows)"
        return super().as_sql(compiler, connection, template=template)


def localized_column(field):
    """The column of a translated field in the active language, or the Polish one where that is empty."""
    columns = NullIf(F(f"{field}_{get_language()[:2]}"), Value("")), F(f"{field}_pl"), Value("")
    return Coalesce(*columns, output_field=TextField())
