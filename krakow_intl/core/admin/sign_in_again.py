"""Writing whose sign-in ended before it was saved: its writer signs in with it, and nothing they typed is lost."""

from functools import wraps

from django.contrib import admin
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import csrf
from django.views.decorators.cache import never_cache

from krakow_intl.core.admin.sign_in_form import BrakedSignInForm, tell_delay
from krakow_intl.core.admin.signing_in import (
    PASSED,
    SIGNING_IN,
    WRITER,
    SecondStepForm,
    finish,
    pending_user,
    remember,
    second_step_context,
    typed_of,
)
from krakow_intl.core.second_factor import has_second_factor


class SignInForm(BrakedSignInForm):
    """Asks for the password of the one who wrote."""

    def __init__(self, request, data=None):
        initial = {"username": request.POST.get(f"{SIGNING_IN}-username", "")}
        super().__init__(request, data, prefix=SIGNING_IN, initial=initial)

    def confirm_login_allowed(self, user):
        super().confirm_login_allowed(user)
        if str(user.pk) != self.request.POST[WRITER]:
            raise ValidationError(_("This was written with another account. Sign in with that one."), code="writer")


def _signs_in(request):
    return not {f"{SIGNING_IN}-username", f"{SIGNING_IN}-code"}.isdisjoint(request.POST)


def keep_form_through_login(view):
    """`view`, before which whoever wrote without being signed in any more signs in."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        is_signed_in = admin.site.has_permission(request) and not _signs_in(request)
        if WRITER not in request.POST or is_signed_in:
            return view(request, *args, **kwargs)
        writer = pending_user(request) if f"{SIGNING_IN}-code" in request.POST else None
        is_second = writer is not None and str(writer.pk) == request.POST[WRITER]
        asked = _second_step(request, writer) if is_second else _first_step(request)
        return asked or view(request, *args, **kwargs)

    return inner


def _first_step(request):
    """Asks for name and password, or for the second step once they are right; None once somebody is signed in."""
    form = SignInForm(request, request.POST if f"{SIGNING_IN}-username" in request.POST else None)
    if not form.is_valid():
        return ask_to_sign_in(request, form)
    user = form.get_user()
    has_shown_it = user == request.user and PASSED in request.session
    if has_shown_it or not has_second_factor(user):
        login(request, user)
        return None
    remember(request, user)
    return _ask_for_second_step(request, SecondStepForm(request, user, prefix=SIGNING_IN))


def _second_step(request, user):
    form = SecondStepForm(request, user, request.POST, prefix=SIGNING_IN)
    if not form.is_valid():
        return _ask_for_second_step(request, form)
    finish(request, user)
    return None


def csrf_failure(request, reason=""):
    """A form of ours is older than the last sign-in, perhaps in another window; one from elsewhere is refused.

    A password that came with it is not looked at: its writer signs in with the form that is shown now.
    """
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if is_ours and WRITER in request.POST:
        return ask_to_sign_in(request, SignInForm(request))
    return csrf.csrf_failure(request, reason)


@never_cache
def ask_to_sign_in(request, form):
    context = {"title": _("Sign in to save what you wrote"), "user": None, "form": form}
    return _ask(request, "admin/sign_in_again.html", context, form)


@never_cache
def _ask_for_second_step(request, form):
    return _ask(request, "admin/sign_in/second_step_again.html", second_step_context(request, form), form)


def _ask(request, template, context, form):
    """A page with a form to sign in by, which carries on what was typed."""
    carried = {"app_path": request.get_full_path(), "typed": typed_of(request), "has_files": bool(request.FILES)}
    context = admin.site.each_context(request) | context | carried
    return tell_delay(TemplateResponse(request, template, context, status=403), form)
