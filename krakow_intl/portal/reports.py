"""How a visitor reports a mistake: the form, and what guards it where no cookie tells people from programs."""

import hashlib
import re
import secrets
from datetime import date, timedelta
from math import ceil

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http.request import split_domain_port
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.addressed import reference_at
from krakow_intl.core.network import NETWORK, PROVIDER, client_network
from krakow_intl.models import VisitorReport

MIN_AGE, MAX_AGE = timedelta(seconds=3), timedelta(days=1)  # of a form that is sent; nobody reads and writes faster
PERIOD = timedelta(hours=1)
MAX_OF_NETWORK, MAX_OF_PROVIDER = 5, 50  # reports in a period; what goes beyond is refused
MAX_OF_UNKNOWN, MAX_OF_ALL = 5, 100  # what goes beyond is set apart, so that nobody can shut the door for others
MAX_SET_APART = 10_000  # then the oldest gives way
MAX_TEXT, MAX_PAGE = 4000, VisitorReport._meta.get_field("page").max_length
SATURDAY = 5  # as `date.weekday` counts
LOCK = 1259  # any number will do that nobody else uses
# where a browser says a form was sent from, and its host: "https://register.example:8443"
ORIGIN = re.compile(r"https?://([^/]+)")
TOO_EARLY = _("That was too quick for us. Please look it over once more, then send it.")
TOO_LATE = _("The form stood open for too long. Nothing you wrote is lost: please send it once more.")
USED = _(
    "What this form held before has reached us already. Nothing you wrote is lost: if it is something new, please send "
    "it once more."
)
FROM_ELSEWHERE = _(
    "Your browser does not say that the report comes from this page, so it was not taken in. Nothing you wrote is "
    "lost: please send it again from here."
)
LATER = _(
    "The register cannot take this in just now. Nothing you wrote is lost: please send it again in half a minute."
)

FAULTS = {
    "invalid": _("Write an e-mail address such as name@example.org, or leave the field empty."),
    "max_length": _("This is too long: %(show_value)d characters, of at most %(limit_value)d."),
    "null_characters_not_allowed": _("This holds a character that cannot be kept. Please type the text anew."),
}

_tickets = signing.Signer(salt="report-form")
_receipts = signing.Signer(salt="report-receipt")


class Refusal(Exception):
    """Why a report is not taken in: the status of the answer, what its page says, when to come again (in seconds)."""

    def __init__(self, status, message=None, retry_after=None):
        super().__init__(message)
        self.status, self.message, self.retry_after = status, message, retry_after


class ReportForm(forms.ModelForm):
    """What is asked of a visitor; `website` is seen by programs alone, which fill in whatever they find."""

    text = forms.CharField(
        label=_("What is wrong, or what you would like to know"),
        max_length=MAX_TEXT,
        error_messages=FAULTS,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Of a mistake, please name a source that shows how it should be. At most 4000 characters."),
    )
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = VisitorReport
        fields = ("page", "text", "email")
        labels = {"page": _("Address of the page (optional)"), "email": _("Your e-mail address (optional)")}
        help_texts = {"email": _("Only so that we can answer. We erase it as soon as the matter is settled.")}
        error_messages = {"page": FAULTS, "email": FAULTS}
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "email"})}

    def clean(self):
        super().clean()
        if fault := _fault_of(self.data.get("ticket", "")):
            raise ValidationError(fault)


def ticket():
    """A signed note of when the form was opened; it stands in the form, comes back with it, and serves once."""
    return _tickets.sign_object([secrets.token_urlsafe(12), timezone.now().timestamp()])


def receipt_of(report):
    """A signed note of the number of a report and of the day by which it is answered, for the page that thanks."""
    return _receipts.sign_object([report.number, report.due_on and report.due_on.isoformat()])


def read_receipt(text):
    """(number, day or None) of a receipt; (None, None) of what is none."""
    try:
        number, due_on = _receipts.unsign_object(text)
    except signing.BadSignature:
        return None, None
    return number, due_on and date.fromisoformat(due_on)


def answer_due_on(day):
    """The day by which what came in on `day` is answered: no Saturday and no Sunday."""
    due = day + timedelta(days=settings.REPORT_ANSWER_DAYS)
    return due + timedelta(days=7 - due.weekday()) if due.weekday() >= SATURDAY else due


def take_in(form, request):
    """Keeps what a visitor sent, once however often it comes, and returns the report; a `Refusal` says why not."""
    if not is_from_here(request):
        raise Refusal(403, FROM_ELSEWHERE)
    if not form.is_valid():
        raise Refusal(422)
    with transaction.atomic(durable=True):
        _wait_for_others()
        return _sent_before(form) or _keep(form, request, timezone.now())


def is_from_here(request):
    """No page of another site may write in a visitor's name: browsers tell from where a form was sent."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if site not in (None, "same-origin") or origin is site is None:
        return False
    if origin is None:
        return True
    named = ORIGIN.fullmatch(origin)
    return named is not None and _host(named[1]) == _host(request.get_host())


def _host(text):
    """The name and port of a host, without what says nothing: capitals, a dot at the end, the port of http or https."""
    name, port = split_domain_port(text)
    return name, "" if port in ("80", "443") else port


def _fault_of(returned):
    try:
        _nonce, opened = _tickets.unsign_object(returned)
    except signing.BadSignature:
        return TOO_LATE
    age = timezone.now().timestamp() - opened
    if age < MIN_AGE.total_seconds():
        return TOO_EARLY
    return TOO_LATE if age > MAX_AGE.total_seconds() else None


def _wait_for_others():
    """Lets no other report come in until this transaction ends, so that all are counted; SQLite lets nobody anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _sent_before(form):
    """What this very form has brought before, as after a second click, or None; with other words it is refused."""
    earlier = VisitorReport.objects.filter(digest=_digest(form)).first()
    if earlier is None:
        return None
    forgotten = {"email"} if earlier.status == VisitorReport.Status.ANSWERED else set()
    if any(form.cleaned_data[name] != getattr(earlier, name) for name in {"page", "text", "email"} - forgotten):
        raise Refusal(422, USED)
    return earlier


def _digest(form):
    return hashlib.sha256(form.data["ticket"].encode()).hexdigest()


def _keep(form, request, now):
    lately = VisitorReport.objects.filter(received_at__gt=now - PERIOD)
    _refuse_too_many(lately, request, now)
    VisitorReport.objects.filter(received_at__lte=now - PERIOD).exclude(sender="").update(sender="", provider="")
    form.instance.sender, form.instance.provider = client_network(request), client_network(request, PROVIDER)
    form.instance.digest, form.instance.language = _digest(form), get_language()
    form.instance.is_set_apart = bool(form.cleaned_data["website"]) or _are_too_many(lately, form.instance.sender)
    form.instance.about = reference_at(form.cleaned_data["page"])
    form.instance.due_on = answer_due_on(timezone.localdate(now))
    if form.instance.is_set_apart:
        form.instance.skip_history_when_saving = True  # history begins when a person first has to do with it
    report = form.save()
    _let_the_oldest_give_way()
    return report


def _refuse_too_many(lately, request, now):
    """One network, or the block of one provider, sends no more than so many reports in any hour."""
    days = {timezone.localdate(at) for at in (now - PERIOD, now)}
    of_one = lately.filter(sender__in=[client_network(request, NETWORK, day) for day in days]).exclude(sender="")
    of_many = lately.filter(provider__in=[client_network(request, PROVIDER, day) for day in days]).exclude(provider="")
    wait = max(_wait(of_one, MAX_OF_NETWORK, now), _wait(of_many, MAX_OF_PROVIDER, now))
    if wait:
        raise Refusal(429, _too_many(wait), wait)


def _wait(reports, most, now):
    """Seconds until there are less than `most` of the reports of a period; 0 if that is so already."""
    times = reports.order_by("-received_at").values_list("received_at", flat=True)[most - 1 : most]
    return max((ceil((at + PERIOD - now).total_seconds()) for at in times), default=0)


def _too_many(wait):
    minutes = ceil(wait / 60)
    message = ngettext(
        "Too many reports have come from your network. Nothing you wrote is lost: please send it in %(count)d minute.",
        "Too many reports have come from your network. Nothing you wrote is lost: please send it in %(count)d minutes.",
        minutes,
    )
    return message % {"count": minutes}


def _are_too_many(lately, sender):
    """Whether staff have more to read than they can, from everybody or from those whose network is not known."""
    seen = lately.not_set_apart()
    from_unknown = seen.open().filter(sender="")
    return seen.count() >= MAX_OF_ALL or (not sender and from_unknown.count() >= MAX_OF_UNKNOWN)


def _let_the_oldest_give_way():
    """What no person has touched leaves no trace; of the others history, to which rows are only added, says so."""
    apart = VisitorReport.objects.set_apart().order_by("-received_at", "-pk")
    oldest = VisitorReport.objects.filter(pk__in=[*apart.values_list("pk", flat=True)[MAX_SET_APART:]])
    touched = [*VisitorReport.history.filter(id__in=oldest.values("pk")).values_list("id", flat=True)]
    untouched = oldest.exclude(pk__in=touched)
    oldest.filter(pk__in=touched).delete()
    untouched._raw_delete(untouched.db)  # without the signals, which would begin its history
