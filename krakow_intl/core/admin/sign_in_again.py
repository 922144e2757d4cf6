"""Writing whose sign-in ended before it was saved: its writer signs in with it, and nothing they typed is lost."""

from functools import wraps

from django.contrib import admin
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import csrf
from django.views.decorators.cache import never_cache

from krakow_intl.core.admin.accounts import BrakedSignInForm, tell_delay

WRITER = "writer"  # stands in the form of every record: the key of the account that opened it
SIGNING_IN = "sign-in"


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
    return f"{SIGNING_IN}-username" in request.POST


def keep_form_through_login(view):
    """`view`, before which whoever wrote without being signed in any more signs in."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        is_signed_in = admin.site.has_permission(request) and not _signs_in(request)
        if WRITER not in request.POST or is_signed_in:
            return view(request, *args, **kwargs)
        form = SignInForm(request, request.POST if _signs_in(request) else None)
        if not form.is_valid():
            return ask_to_sign_in(request, form)
        login(request, form.get_user())
        return view(request, *args, **kwargs)

    return inner


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
    own = (SIGNING_IN, "csrfmiddlewaretoken")
    typed = [(name, value) for name, values in request.POST.lists() for value in values if not name.startswith(own)]
    context = {
        **admin.site.each_context(request),
        "title": _("Sign in to save what you wrote"),
        "user": None,
        "app_path": request.get_full_path(),
        "form": form,
        "typed": typed,
        "has_files": bool(request.FILES),
    }
    return tell_delay(TemplateResponse(request, "admin/sign_in_again.html", context, status=403), form)
