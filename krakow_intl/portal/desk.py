"""What waits on the desk about readers: their reports, and the yearly review of the accessibility statement."""

from datetime import date

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from krakow_intl.core.admin.desk import Group, Line, Section, form_of, section
from krakow_intl.core.dates import format_partial_date
from krakow_intl.models import AccessibilityStatement, VisitorReport


@section
class Reports(Section):
    name, title, group = "reports", gettext_lazy("Reports of visitors"), Group.HOUSE
    permission = "krakow_intl.change_visitorreport"

    def rows(self, desk):
        waiting = VisitorReport.objects.open().not_set_apart()
        return waiting.order_by(F("due_on").asc(nulls_last=True), "received_at", "pk")

    def lines(self, rows, desk):
        for report in rows:
            yield Line(f"{report.number}: {report}", form_of(report), self._why(report, desk.today))

    @staticmethod
    def _why(report, today):
        if report.due_on is None:
            return _("Received on %s.") % format_partial_date(report.received_at.date())
        day = format_partial_date(report.due_on)
        return _("It should have been answered by %s.") % day if report.is_overdue(today) else _("Due by %s.") % day


@section
class ReportsApart(Section):
    """What came in with very many others is counted, and not named one by one."""

    name, title, group = "reports-apart", gettext_lazy("Reports set apart"), Group.HOUSE
    permission = "krakow_intl.change_visitorreport"

    def rows(self, desk):
        return [count] if (count := VisitorReport.objects.set_apart().count()) else []

    def lines(self, rows, desk):
        address = reverse("admin:krakow_intl_visitorreport_changelist") + "?set_apart=yes"
        for count in rows:
            message = ngettext("%(count)s report waits set apart.", "%(count)s reports wait set apart.", count)
            yield Line(message % {"count": count}, address)


@section
class Statement(Section):
    name, title, group = "statement", gettext_lazy("Accessibility statement"), Group.HOUSE
    permission = "krakow_intl.change_accessibilitystatement"

    def rows(self, desk):
        """[(what is to be done, address of the page)]."""
        statement = AccessibilityStatement.objects.order_by("pk").first()
        if statement is None:
            missing = _("The accessibility statement is missing.")
            return [(missing, reverse("admin:krakow_intl_accessibilitystatement_add"))]
        return [(sentence, form_of(statement)) for sentence in _what_is_due(statement, desk.today)]

    def lines(self, rows, desk):
        return [Line(*row) for row in rows]


def _what_is_due(statement, today):
    if statement.awaits_review(today):
        reviewed, due = map(format_partial_date, (statement.reviewed_on, date(today.year, 3, 31)))
        message = _("The accessibility statement is to be reviewed by %(due)s. Last review: %(reviewed)s.")
        yield message % {"due": due, "reviewed": reviewed}
    if not (statement.email and statement.phone):
        yield _("The accessibility statement lacks an e-mail address or a telephone number.")
