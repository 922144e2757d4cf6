"""How a visitor reports a mistake: the form, and what guards it where no cookie tells people from programs."""

import hashlib
from datetime import timedelta
from ipaddress import ip_address, ip_network

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from krakow_intl.models import Report

SOONEST, LATEST = timedelta(seconds=3), timedelta(days=1)  # nobody reads and writes faster
PERIOD = timedelta(hours=1)
MOST_OF_ONE, MOST_OF_ALL = 5, 100  # reports in a period, counted in the database that all processes share
LONGEST = 4000
TOO_EARLY = _("That was too quick for us. Please look it over once more, then send it.")
TOO_LATE = _("The form stood open for too long. Nothing you wrote is lost: please send it once more.")
FROM_ELSEWHERE = _(
    "Your browser does not say that the report comes from this page, so it was not taken in. Nothing you wrote is "
    "lost: please send it again from here."
)
TOO_MANY = _("Too many reports have come in just now. Nothing you wrote is lost: please send it in an hour.")

FAULTS = {
    "invalid": _("Write an e-mail address such as name@example.org, or leave the field empty."),
    "max_length": _("This is too long: %(show_value)d characters, of at most %(limit_value)d."),
    "null_characters_not_allowed": _("This holds a character that cannot be kept. Please type the text anew."),
}

_tickets = signing.TimestampSigner(salt="report")


class ReportForm(forms.ModelForm):
    """What is asked of a visitor; `website` is seen by programs alone, which fill in whatever they find."""

    text = forms.CharField(
        label=_("What is wrong, or what you would like to know"),
        max_length=LONGEST,
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
        model = Report
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
    """A signed note of when the form was opened; it stands in the form and comes back with it."""
    return _tickets.sign("form")


def _fault_of(returned):
    try:
        _tickets.unsign(returned, max_age=LATEST)
    except signing.BadSignature:
        return TOO_LATE
    try:
        _tickets.unsign(returned, max_age=SOONEST)
    except signing.SignatureExpired:
        return None
    return TOO_EARLY


def is_from_here(request):
    """No page of another site may write in a visitor's name: browsers tell from where a form was sent."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    own = {None, f"http://{request.get_host()}", f"https://{request.get_host()}"}
    return origin in own and site in (None, "same-origin") and not (origin is site is None)


def keep(form, request):
    """Keeps what a valid form holds, once however often it is sent; False if too much has come in lately."""
    now, sender = timezone.now(), _sender_of(request)
    if _is_too_much(sender, now - PERIOD):
        return False
    Report.objects.filter(received_at__lte=now - PERIOD).exclude(sender="").update(sender="")
    words = {name: form.cleaned_data[name] for name in ("page", "text")}
    digest = hashlib.sha256("\n".join([form.data["ticket"], *words.values()]).encode()).hexdigest()
    rest = {"email": form.cleaned_data["email"], "language": get_language(), "sender": sender}
    Report.objects.get_or_create(digest=digest, defaults=words | rest)
    return True


def _is_too_much(sender, since):
    lately = Report.objects.filter(received_at__gt=since)
    of_one = lately.filter(sender=sender).count() if sender else 0
    return of_one >= MOST_OF_ONE or lately.count() >= MOST_OF_ALL


def _sender_of(request):
    """A hash of the network a visitor writes from, another one every day; "" where a proxy hides the network."""
    address = _public(request.META.get("REMOTE_ADDR", ""))
    address = address or _public(request.headers.get("X-Forwarded-For", "").rpartition(",")[2])  # what the proxy saw
    if address is None:
        return ""
    network = ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False)
    return salted_hmac("report", f"{timezone.localdate()} {network}").hexdigest()


def _public(text):
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return None if address.is_private else address
