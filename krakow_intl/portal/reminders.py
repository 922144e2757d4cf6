"""What waits for staff: the yearly review of the accessibility statement, and reports nobody has answered."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, F, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from krakow_intl.core.admin.reminders import record_reminder, reminder
from krakow_intl.core.dates import format_partial_date
from krakow_intl.core.kinds import kind_of
from krakow_intl.models import AccessibilityStatement, VisitorReport

NAMED_AT_MOST = 5  # of the reports about a record


@reminder("krakow_intl.change_accessibilitystatement")
def of_the_statement():
    today = timezone.localdate()
    statement = AccessibilityStatement.objects.order_by("pk").first()
    if statement is None:
        yield _("The accessibility statement is missing."), reverse("admin:krakow_intl_accessibilitystatement_add")
        return
    address = reverse("admin:krakow_intl_accessibilitystatement_change", args=[statement.pk])
    if statement.awaits_review(today):
        reviewed, due = map(format_partial_date, (statement.reviewed_on, date(today.year, 3, 31)))
        message = _("The accessibility statement is to be reviewed by %(due)s. Last review: %(reviewed)s.")
        yield message % {"due": due, "reviewed": reviewed}, address
    if not (statement.email and statement.phone):
        yield _("The accessibility statement lacks an e-mail address or a telephone number."), address


@reminder("krakow_intl.change_visitorreport")
def of_reports():
    address = reverse("admin:krakow_intl_visitorreport_changelist")
    if overdue := VisitorReport.objects.overdue(timezone.localdate()).count():
        message = ngettext(
            "%(count)s report from the public should have been answered by now.",
            "%(count)s reports from the public should have been answered by now.",
            overdue,
        )
        yield message % {"count": overdue}, address + "?due=overdue"
    if waiting := VisitorReport.objects.open().not_set_apart().count():
        message = ngettext(
            "%(count)s report from the public waits for an answer.",
            "%(count)s reports from the public wait for an answer.",
            waiting,
        )
        yield message % {"count": waiting}, address + "?status__exact=open"
    if apart := VisitorReport.objects.set_apart().count():
        message = ngettext("%(count)s report waits set apart.", "%(count)s reports wait set apart.", apart)
        yield message % {"count": apart}, address + "?set_apart=yes"


@record_reminder("krakow_intl.view_visitorreport")
def of_reports_about(record):
    """The open reports that came from the page of a record, those first that are due first."""
    kind = kind_of(type(record))
    if kind is None or not kind.has_address:
        return None
    reports = VisitorReport.objects.open().not_set_apart().about_record(kind.name, record)
    in_order = reports.annotate(of=Window(Count("pk"))).order_by(F("due_on").asc(nulls_last=True), "pk")
    first = list(in_order[:NAMED_AT_MOST])
    return _waiting(first) if first else None


def _waiting(reports):
    address = reverse("admin:krakow_intl_visitorreport_changelist")
    query = {"about__in": ",".join(sorted({report.about for report in reports})), "status__exact": "open"}
    message = ngettext(
        "%(count)s open report of a visitor about this",
        "%(count)s open reports of visitors about this",
        count := reports[0].of,
    )
    return {
        "message": message % {"count": count},
        "address": f"{address}?{urlencode(query)}",
        "links": [(_in_words(report), _form_of(report)) for report in reports],
    }


def _form_of(report):
    return reverse("admin:krakow_intl_visitorreport_change", args=[report.pk])


def _in_words(report):
    if report.due_on is None:
        return f"{report.number}: {report}"
    values = {"number": report.number, "report": report, "day": format_partial_date(report.due_on)}
    if report.is_overdue(timezone.localdate()):
        return _("%(number)s, was due by %(day)s: %(report)s") % values
    return _("%(number)s, due by %(day)s: %(report)s") % values
