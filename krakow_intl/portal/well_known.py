"""What machines look for below /.well-known/: whom to tell of a hole (RFC 9116), and where a password is changed."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from krakow_intl.core.middleware.language import preferred_language
from krakow_intl.core.site_url import absolute

LASTS = timedelta(days=90)  # from today on: what nobody serves any more is out of date by itself
SECURITY = """\
Contact: {contact}
Expires: {expires}
Preferred-Languages: pl, en
Canonical: {canonical}
"""


@require_safe
@cache_control(no_cache=True)
def security_txt(request):
    ends = datetime.combine(timezone.localdate() + LASTS, time(), UTC)
    told = {"contact": _contact(), "expires": f"{ends:%Y-%m-%dT%H:%M:%SZ}", "canonical": absolute(request.path)}
    return HttpResponse(SECURITY.format(**told), content_type="text/plain; charset=utf-8")


@require_safe
def change_password(request):
    with override(preferred_language(request)):
        response = redirect("admin:password_change")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def _contact():
    """Who is in charge of security, else the city hall, else the page that says whom to write to."""
    email = settings.SECURITY_EMAIL or settings.CITY_HALL_EMAIL
    with override("en"):
        return f"mailto:{email}" if email else absolute(reverse("contact"))
