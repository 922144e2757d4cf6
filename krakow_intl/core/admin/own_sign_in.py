"""The pages on which staff look after their second factor: an app for codes, passkeys, codes on paper."""

import logging
from datetime import datetime, timedelta

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from krakow_intl.core import brake, second_factor
from krakow_intl.core.admin.own_password import recently_confirmed
from krakow_intl.core.admin.sign_in_form import tell_delay
from krakow_intl.core.admin.signing_in import GO_ON_AT, MAX_ANSWER, PASSED
from krakow_intl.core.network import client_address
from krakow_intl.core.qr_codes import qr_code

SECRET, SHOWN_AT = "secret_of_app", "codes_shown_at"  # in a session
SHOWN_FOR = timedelta(minutes=10)

logger = logging.getLogger("krakow_intl.sign_in")


class AppForm(forms.Form):
    """Six digits that an app shows, by which it proves that it knows the key."""

    code = forms.CharField(
        label=gettext_lazy("Code of six digits"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    retry_after = None

    def __init__(self, request, data=None):
        super().__init__(data)
        self.request = request

    def clean_code(self):
        user = self.request.user
        try:
            with brake.attempt(self.request, user.get_username(), is_second=True) as tried:
                tried.outcome = "confirmed a new app for codes"
                if not second_factor.add_app(user, self.request.session[SECRET], self.cleaned_data["code"]):
                    raise ValidationError(
                        _("This code is not right. Does the clock of your device show the right time?")
                    )
        except brake.Delayed as delayed:
            self.retry_after = delayed.seconds
            raise ValidationError(delayed.in_words(), code="delayed") from delayed
        return self.cleaned_data["code"]


class PasskeyForm(forms.Form):
    """What a browser answers that has made a passkey, and what its owner calls it."""

    name = forms.CharField(
        label=pgettext_lazy("passkey", "Name"),
        max_length=60,
        help_text=gettext_lazy("By which you know it again, such as “office laptop”."),
    )
    credential = forms.CharField(max_length=MAX_ANSWER, widget=forms.HiddenInput)


def page(request, template, title, **context):
    context = admin.site.each_context(request) | {"title": title, "app_path": request.get_full_path()} | context
    return TemplateResponse(request, template, context)


def overview(request):
    """What somebody signs in with, and what they may set up."""
    kinds = [(row, row.type == second_factor.PASSKEY) for row in second_factor.authenticators(request.user)]
    return page(
        request,
        "admin/sign_in/overview.html",
        _("Signing in"),
        rows=kinds,
        has_app=any(not is_passkey for _row, is_passkey in kinds),
        codes_left=len(second_factor.recovery_codes_left(request.user)),
        passkeys_work=second_factor.passkeys_work_at(request),
        must_set_up=settings.SECOND_FACTOR_REQUIRED and not kinds,
    )


@recently_confirmed
def app_for_codes(request):
    """Shows the key of a new app, as a picture and in letters, and asks for a code that it makes of it."""
    secret = request.session.setdefault(SECRET, generate_totp_secret())
    form = AppForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        del request.session[SECRET]
        return _added(request, _("The app is set up: from now on you are asked for its code when you sign in."))
    address = second_factor.SecondFactorAdapter().build_totp_url(request.user, secret)
    in_fours = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    shown = {"form": form, "qr_code": qr_code(address), "key": in_fours, "address": address}
    return tell_delay(page(request, "admin/sign_in/app_for_codes.html", _("An app for codes"), **shown), form)


@recently_confirmed
def passkey(request):
    """Lets a browser make a passkey and takes it in."""
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _take_passkey(request, form):
        return _added(request, _("The passkey is set up: from now on you are asked for it when you sign in."))
    works = second_factor.passkeys_work_at(request)
    options = second_factor.passkey_to_make(request.user) if works else None
    return page(request, "admin/sign_in/passkey.html", _("A passkey"), form=form, passkey_options=options)


def _take_passkey(request, form):
    try:
        second_factor.add_passkey(request.user, form.cleaned_data["name"], form.cleaned_data["credential"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _added(request, message):
    """Somebody has one more second factor, and codes on paper if they had none."""
    request.session[PASSED] = True
    tell(request, "second factor added", request.user)
    messages.success(request, message)
    if second_factor.recovery_codes_left(request.user):
        return HttpResponseRedirect(request.session.pop(GO_ON_AT, reverse("admin:second_factor")))
    return _show_new_codes(request)


def recovery_codes(request):
    """Shows codes that have just been made, until their owner has them; POST makes new ones or puts them away."""
    if not second_factor.has_second_factor(request.user):
        return HttpResponseRedirect(reverse("admin:second_factor"))
    if request.method == "POST" and "done" in request.POST:
        request.session.pop(SHOWN_AT, None)
        return HttpResponseRedirect(request.session.pop(GO_ON_AT, reverse("admin:second_factor")))
    if request.method == "POST":
        return _new_codes(request)
    codes = second_factor.recovery_codes_left(request.user)
    return page(
        request,
        "admin/sign_in/recovery_codes.html",
        _("Recovery codes"),
        codes=codes if _are_shown(request) else [],
        codes_left=len(codes),
    )


@recently_confirmed
def _new_codes(request):
    tell(request, "recovery codes made anew", request.user)
    return _show_new_codes(request)


def _show_new_codes(request):
    second_factor.new_recovery_codes(request.user)
    request.session[SHOWN_AT] = timezone.now().isoformat()
    return HttpResponseRedirect(reverse("admin:recovery_codes"))


def _are_shown(request):
    shown_at = request.session.get(SHOWN_AT)
    return bool(shown_at) and timezone.now() - datetime.fromisoformat(shown_at) < SHOWN_FOR


def recovery_codes_file(request):
    """The codes that are shown at the moment, as a text to print."""
    if not _are_shown(request):
        raise Http404
    lines = [
        _("Recovery codes of the account “%(account)s”, %(host)s")
        % {"account": request.user.get_username(), "host": request.get_host()},
        _("Each serves once, in place of the code of your app. Keep this page where nobody else finds it."),
        "",
        *second_factor.recovery_codes_left(request.user),
    ]
    response = HttpResponse("\r\n".join(lines) + "\r\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response


@recently_confirmed
def remove(request, pk):
    """Asks whether an app or a passkey is to go; the last one stays where there must be one."""
    row = get_object_or_404(second_factor.authenticators(request.user), pk=pk)
    is_last = second_factor.authenticators(request.user).count() == 1
    stays = is_last and settings.SECOND_FACTOR_REQUIRED
    if request.method != "POST" or stays:
        shown = {"row": row, "is_passkey": row.type == second_factor.PASSKEY, "is_last": is_last, "stays": stays}
        return page(request, "admin/sign_in/remove.html", _("Remove from your account"), **shown)
    second_factor.remove(request.user, pk)
    tell(request, "second factor removed", request.user)
    messages.success(request, _("It was removed from your account."))
    return HttpResponseRedirect(reverse("admin:second_factor"))


def tell(request, what, user):
    """A line in the log of signing in: what was done with which account, by whom and from where."""
    by, address = request.user.get_username(), client_address(request) or "unknown"
    logger.warning(f"{what}: account %r, by %r, address %s", user.get_username()[: brake.MAX_NAME], by, address)
