"""One's own password: given once more before something grave, and exchanged for another one."""

from datetime import datetime, timedelta
from functools import wraps

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krakow_intl.core import brake
from krakow_intl.core.admin.sign_in_form import tell_delay
from krakow_intl.core.admin.signing_in import address_after
from krakow_intl.core.sessions import end_sessions, signed_in_at

CONFIRMED_AT = "confirmed_at"  # in a session: when its owner last gave their password once more
RECENTLY = timedelta(minutes=10)


class BrakedPasswordMixin:
    """A form that asks for one's own password, at which nobody looks while the brake is on."""

    request = retry_after = None

    def check_own_password(self, password):
        user = self.request.user
        try:
            with brake.attempt(self.request, user.get_username()) as tried:
                tried.outcome = "confirmed with the password"
                if not user.check_password(password):
                    raise ValidationError(_("This is not your password."), code="password_incorrect")
        except brake.Delayed as delayed:
            self.retry_after = delayed.seconds
            raise ValidationError(delayed.in_words(), code="delayed") from delayed
        return password


class ConfirmationForm(BrakedPasswordMixin, forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, request, data=None):
        super().__init__(data)
        self.request = request

    def clean_password(self):
        return self.check_own_password(self.cleaned_data["password"])


class OwnPasswordForm(BrakedPasswordMixin, AdminPasswordChangeForm):
    def clean_old_password(self):
        return self.check_own_password(self.cleaned_data["old_password"])


class OwnPasswordView(PasswordChangeView):
    """The page on which staff choose another password, which signs them out everywhere else."""

    form_class = OwnPasswordForm
    success_url = reverse_lazy("admin:password_change_done")

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.request = self.request
        return form

    def form_valid(self, form):
        response = super().form_valid(form)
        end_sessions(self.request.user, but=self.request.session.session_key)
        return response

    def form_invalid(self, form):
        return tell_delay(super().form_invalid(form), form)


def recently_confirmed(view):
    """`view`, before which whoever signed in a while ago gives their password once more."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        if _is_recent(request):
            return view(request, *args, **kwargs)
        query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('admin:confirm_password')}?{query}")

    return inner


def _is_recent(request):
    confirmed = request.session.get(CONFIRMED_AT)
    latest = max(signed_in_at(request), datetime.fromisoformat(confirmed) if confirmed else signed_in_at(request))
    return timezone.now() - latest < RECENTLY


def confirm_password(request):
    """Asks for one's own password and leads on to what it was asked for."""
    form = ConfirmationForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        request.session[CONFIRMED_AT] = timezone.now().isoformat()
        return HttpResponseRedirect(address_after(request))
    context = {"title": _("Confirm that it is you"), "form": form, "app_path": request.get_full_path()}
    context = admin.site.each_context(request) | context
    return tell_delay(TemplateResponse(request, "admin/sign_in/confirm.html", context), form)
