"""How staff get in: by name and password, and by a second step where their account has one or must have one."""

from datetime import datetime, timedelta
from functools import wraps

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user_model, login, logout
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from krakow_intl.core import brake, second_factor
from krakow_intl.core.admin.sign_in_form import BrakedSignInForm, tell_delay

WRITER = "writer"  # stands in the form of every record: the key of the account that opened it
SIGNING_IN = "sign-in"  # before the names of the fields to sign in by that stand among those of a record
PENDING, PASSED = "pending_sign_in", "second_factor"  # in a session: a first step that was done, a second one
PENDING_LASTS = timedelta(minutes=10)
GO_ON_AT = "go_on_at"  # in a session: where somebody was going when a second factor was asked for
MAX_ANSWER = 20_000  # letters of what a passkey answers; it takes some hundred
# the pages that answer before there is a second factor, where there must be one
BEFORE_SECOND_FACTOR = {"logout", "second_factor", "app_for_codes", "passkey", "recovery_codes", "recovery_codes_file"}
BEFORE_SECOND_FACTOR |= {"confirm_password"}


class SecondStepForm(forms.Form):
    """A code or a passkey, at which nobody looks while the brake is on."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"autocomplete": "one-time-code", "autofocus": True, "inputmode": "numeric"}),
    )
    credential = forms.CharField(required=False, max_length=MAX_ANSWER, widget=forms.HiddenInput)
    retry_after = None  # seconds, if the brake is on

    def __init__(self, request, user, data=None, prefix=None):
        super().__init__(data, prefix=prefix)
        self.request, self.user = request, user
        self.asks_code = second_factor.uses_codes(user)

    def clean(self):
        code, credential = self.cleaned_data.get("code"), self.cleaned_data.get("credential")
        if not (code or credential):
            raise ValidationError(_("Please enter the code, or use your passkey."), code="required")
        try:
            with brake.attempt(self.request, self.user.get_username(), is_second=True):
                self._check(code, credential)
        except brake.Delayed as delayed:
            self.retry_after = delayed.seconds
            raise ValidationError(delayed.in_words(), code="delayed") from delayed

    def _check(self, code, credential):
        is_right = (
            second_factor.accept_passkey(self.user, credential)
            if credential
            else second_factor.accept_code(self.user, code)
        )
        if not is_right:
            raise ValidationError(_("This is not the right one, or it has been used before."), code="second_factor")

    def passkey_options(self):
        """What the browser is asked; None where the account has no passkey for this address."""
        has_passkeys = second_factor.authenticators(self.user, second_factor.PASSKEY).exists()
        if not (has_passkeys and second_factor.passkeys_work_at(self.request)):
            return None
        return second_factor.passkey_to_ask_for(self.user)


class SignInView(LoginView):
    """The page to sign in at: name and password, then the second step if there is one."""

    authentication_form = BrakedSignInForm
    template_name = "admin/login.html"

    def form_valid(self, form):
        return go_on(self.request, form.get_user(), self.get_success_url())

    def form_invalid(self, form):
        return tell_delay(super().form_invalid(form), form)


def go_on(request, user, address):
    """The answer to somebody whose first step is done: the second one, or the page they wanted."""
    if second_factor.has_second_factor(user):
        remember(request, user)
        query = urlencode({REDIRECT_FIELD_NAME: address})
        return HttpResponseRedirect(f"{reverse('admin:second_step')}?{query}")
    login(request, user)
    return HttpResponseRedirect(address)


def remember(request, user):
    """The first step is done, in a session that nobody could know before."""
    request.session.cycle_key()
    state = {"user": user.pk, "hash": user.get_session_auth_hash(), "at": timezone.now().isoformat()}
    request.session[PENDING] = state


def pending_user(request):
    """Whose first step was done in this session, up to ten minutes ago and with the password of today; None if none."""
    state = request.session.get(PENDING)
    if not state or timezone.now() - datetime.fromisoformat(state["at"]) > PENDING_LASTS:
        return None
    user = get_user_model().objects.filter(pk=state["user"], is_active=True, is_staff=True).first()
    is_same = user and constant_time_compare(state["hash"], user.get_session_auth_hash())
    return user if is_same and second_factor.has_second_factor(user) else None


def finish(request, user):
    """Signs in somebody who has done both steps."""
    request.session.pop(PENDING, None)
    login(request, user)
    request.session[PASSED] = True


@never_cache
@sensitive_post_parameters()
def second_step(request):
    """The page of the second step."""
    user, address = pending_user(request), address_after(request)
    if user is None:
        query = urlencode({REDIRECT_FIELD_NAME: address})
        return HttpResponseRedirect(f"{reverse('admin:login')}?{query}")
    form = SecondStepForm(request, user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        finish(request, user)
        return HttpResponseRedirect(address)
    context = admin.site.each_context(request) | second_step_context(request, form)
    return tell_delay(TemplateResponse(request, "admin/sign_in/second_step.html", context), form)


def second_step_context(request, form):
    return {
        "title": _("The second step"),
        "user": None,
        "form": form,
        "app_path": request.get_full_path(),
        "passkey_options": form.passkey_options(),
    }


def address_after(request):
    address = request.GET.get(REDIRECT_FIELD_NAME, "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else reverse("admin:index")


def second_step_first(view):
    """`view`, before which a session that is older than the second factor of its account ends."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        if _lacks_second_factor(request) and second_factor.has_second_factor(request.user):
            logout(request)
        return view(request, *args, **kwargs)

    return inner


def set_up_first(view):
    """`view`, before which whoever must have a second factor sets one up."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        return _ask_to_set_up(request) if _lacks_second_factor(request) else view(request, *args, **kwargs)

    return inner


def _lacks_second_factor(request):
    if not settings.SECOND_FACTOR_REQUIRED or request.session.get(PASSED) or not admin.site.has_permission(request):
        return False
    return request.resolver_match.url_name not in BEFORE_SECOND_FACTOR


@never_cache
def _ask_to_set_up(request):
    """Leads to the page where a second factor is set up; what was written is kept in a page to send it from later."""
    if WRITER in request.POST:
        context = {"title": _("First a second step"), "typed": typed_of(request), "has_files": bool(request.FILES)}
        context = admin.site.each_context(request) | context | {"app_path": request.get_full_path()}
        return TemplateResponse(request, "admin/sign_in/set_up_first.html", context, status=403)
    if request.method == "GET":
        request.session[GO_ON_AT] = request.get_full_path()
    return HttpResponseRedirect(reverse("admin:second_factor"))


def typed_of(request):
    """[(name, value)] of the fields of a form that somebody wrote, without those to sign in by."""
    own = (SIGNING_IN, "csrfmiddlewaretoken")
    return [(name, value) for name, values in request.POST.lists() for value in values if not name.startswith(own)]
