"""Imports of sheets that ask something nobody has answered yet."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from krakow_intl.core.admin.desk import Group, Line, Section, section
from krakow_intl.core.admin.history import user_name
from krakow_intl.core.dates import format_partial_date
from partners import import_origins
from partners.imports.writing.applying import IMPORT
from partners.models import SheetImport

__all__ = ["import_origins"]


@section
class Imports(Section):
    name, title, group = "imports", gettext_lazy("Imports with open questions"), Group.HOUSE
    permission = IMPORT

    def rows(self, desk):
        waiting = SheetImport.objects.filter(state=SheetImport.State.PREVIEWED).exclude(file="")
        asked = waiting.exclude(report__questions=None).exclude(report__questions=[])
        return asked.select_related("uploaded_by").order_by("uploaded_at", "pk")

    def lines(self, rows, desk):
        for each in rows:
            count = len(each.report.get("questions", ()))
            words = ngettext("%(count)s question; taken in", "%(count)s questions; taken in", count) % {"count": count}
            day, name = format_partial_date(each.uploaded_at.date()), user_name(each.uploaded_by)
            yield Line(
                each.name,
                _address(each),
                _("%(what)s on %(day)s by %(name)s.") % {"what": words, "day": day, "name": name},
            )


def _address(each):
    return reverse("admin:partners_sheetimport_change", args=[each.pk])
