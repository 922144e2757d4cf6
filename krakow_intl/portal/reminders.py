"""What waits at a record: the reports from its page that nobody has answered."""

from urllib.parse import urlencode

from django.db.models import Count, F, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from krakow_intl.core.admin.reminders import record_reminder
from krakow_intl.core.dates import format_partial_date
from krakow_intl.core.kinds import kind_of
from krakow_intl.models import VisitorReport

NAMED_AT_MOST = 5  # of the reports about a record


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
