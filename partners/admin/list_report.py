"""The kept report of an import of any other list than one of agreements, as its page tells it."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.history import in_words
from krakow_intl.core.dates import PartialDate
from krakow_intl.core.fields import PartialDateField
from krakow_intl.imports.cells import LinksCell
from krakow_intl.imports.nouns import NOUNS
from partners.admin.import_report import ImportReportView
from partners.imports.lists import is_of_agreements

OF_A_COLUMN = ("date", "order", "zone")


def report_view_of(record):
    """What reads the report of an import."""
    return ImportReportView(record) if is_of_agreements(record) else ListReportView(record)


class ListReportView(ImportReportView):
    """Reads the report of a list as its noun declares it."""

    link_words = _("the record")

    def noun_of(self, row):
        """The noun of a row: in a workbook of all lists each row has its own."""
        return NOUNS[row.get("list", self.record.noun)]

    @cached_property
    def page_prefix(self):
        model = NOUNS[self.record.noun].model._meta
        return f"admin:{model.app_label}_{model.model_name}"

    def records_of(self, rows):
        """{what rows say of a record that stands: its key}; rows of one list alone have links to it."""
        if self.record.noun not in NOUNS:
            return {}
        noun = NOUNS[self.record.noun]
        name = "slug" if noun.is_named else "pk"
        keys = [row["record"] for row in rows if row["record"]]
        found = noun.model._default_manager.filter(**{f"{name}__in": keys}).values_list(name, "pk")
        return {str(key): pk for key, pk in found}

    def record_of(self, row):
        noun = self.noun_of(row)
        return noun.model, "slug" if noun.is_named else "pk", row["record"]

    def display_rows(self, rows):
        records = self.records_of(rows)
        for row in rows:
            self.noun = self.noun_of(row)
            yield self.display_row(row, records.get(row["record"]))

    def _summary(self, row):
        return row["title"] or self._in_short(row)

    def _values(self, row):
        for code, value in row["values"].items():
            yield self._name_of(code), value

    def _name_of(self, code):
        column = self.noun.resource.fields.get(code)
        return column.name() if column else code

    def _change(self, name, old, new):
        """(label, old, new) of a change, in words."""
        cell = self.noun.resource.fields[name].cell
        if isinstance(cell, LinksCell):
            return self._name_of(name), "; ".join(old) or "—", "; ".join(new) or "—"
        if isinstance(cell.field, PartialDateField):
            old, new = (value and PartialDate(value) for value in (old, new))
        return self._name_of(name), in_words(cell.field, old), in_words(cell.field, new)

    def _subject(self, key):
        """A column, a field of a record, or the cells of a row."""
        self.noun = NOUNS[self.record.noun]
        kind, first, second = [*key.split(":", 2), "", ""][:3]
        if kind == "conflict":
            return f"{first} · {self._name_of(second.removesuffix('_id'))}"
        if kind in OF_A_COLUMN:
            return self._name_of(first)
        return self._cells_asked_about(key)

    def _cells_asked_about(self, key):
        kind, number, *_rest = [*key.split(":"), ""]
        return self._in_short(self.numbered[int(number)]) if kind == "record" else ""
