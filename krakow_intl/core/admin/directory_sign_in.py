"""Signing in by the city's own directory: there and back again, and on to the second step."""

import logging

from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from requests import RequestException

from krakow_intl.core.admin.signing_in import address_after, go_on
from krakow_intl.core.directory import PROVIDER, DirectoryOAuth2Adapter
from krakow_intl.core.middleware.language import LANGUAGE
from krakow_intl.core.network import client_address

logger = logging.getLogger("krakow_intl.sign_in")


@never_cache
def begin(request):
    """Sends somebody to the directory."""
    if not settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        raise Http404
    if admin.site.has_permission(request):
        return HttpResponseRedirect(address_after(request))
    provider = DirectoryOAuth2Adapter(request, PROVIDER).get_provider()
    provider.oauth2_adapter_class = DirectoryOAuth2Adapter
    try:
        return provider.redirect(request, AuthProcess.LOGIN, next_url=address_after(request))
    except (OAuth2Error, RequestException, KeyError, ValueError) as error:
        return _refuse(request, repr(error))


@never_cache
def come_back(request):
    """Takes somebody in whom the directory has let in, if they have an account here."""
    if not settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        raise Http404
    try:
        OAuth2CallbackView.adapter_view(DirectoryOAuth2Adapter(request, PROVIDER))(request)
    except (RequestException, KeyError, ValueError) as error:
        return _refuse(request, repr(error))
    user = getattr(request, "directory_account", None)
    if user is None:
        return _refuse(request, getattr(request, "directory_error", "unknown"))
    logger.info("sign-in by the directory: account %r, address %s", user.get_username(), _address(request))
    address = _way(request)
    with override(LANGUAGE.match(address)[1]):
        return go_on(request, user, address)


def _way(request):
    address = getattr(request, "directory_address", None) or ""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else reverse("admin:index")


def _refuse(request, reason):
    """Why stands in the log; the page says what to do."""
    logger.warning("sign-in by the directory failed: %r, address %s", reason[:300], _address(request))
    query = {"directory": "failed", REDIRECT_FIELD_NAME: _way(request)}
    return HttpResponseRedirect(f"{reverse('admin:login')}?{urlencode(query)}")


def _address(request):
    return client_address(request) or "unknown"
