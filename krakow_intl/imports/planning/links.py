"""The links in the prose of a list, and which of them lead to no record."""

from krakow_intl.core.kinds import kind_of
from krakow_intl.core.prose import references
from krakow_intl.imports.cells import ProseCell
from krakow_intl.imports.planning.messages import remark


class ProseLinks:
    """Looks the links of all rows up at once; `missing` tells which of many references name no record."""

    def __init__(self, plan, missing):
        headings = [heading for heading in plan.headings if isinstance(heading.column.cell, ProseCell)]
        names = {name for planned in plan.rows for heading in headings for name in _names_in(planned.row, heading)}
        kind = kind_of(plan.noun.model)
        listed = {f"{kind.name}:{planned.record.slug}" for planned in plan.rows if kind and planned.record}
        self.wrong = {*missing(names - listed)} if names else set()

    def faults_of(self, row, heading):
        """Messages about the links of a cell that lead to nothing."""
        wrong = dict.fromkeys(name for name in _names_in(row, heading) if name in self.wrong)
        return [remark("no-record-linked", row=row.number, column=heading.name, value=name) for name in wrong]


def _names_in(row, heading):
    is_prose = isinstance(heading.column.cell, ProseCell)
    return references(row.facts.get(heading.code) or "") if is_prose else []
