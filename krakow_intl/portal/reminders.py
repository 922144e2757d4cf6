"""What waits for staff here: the yearly review of the accessibility statement, and reports that nobody has answered."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from krakow_intl.core.admin.reminders import reminder
from krakow_intl.core.dates import format_partial_date
from krakow_intl.models import AccessibilityStatement, VisitorReport


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
