"""The city's own directory of people (OpenID Connect): which account of ours somebody has whom it has let in."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override

PROVIDER = "directory"


class NoAccount(Exception):
    """Nobody of ours is meant, or it cannot be told who."""


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Takes from the directory who somebody is and nothing else: no account is made, no right given or taken."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Notes the account in `request` and leaves the way of allauth: what follows is our own second step."""
        try:
            request.directory_account = account_of(sociallogin)
        except NoAccount as error:
            request.directory_error = str(error)
        request.directory_address = sociallogin.state.get("next")
        raise ImmediateHttpResponse(HttpResponse(status=204))

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        request.directory_error = f"{error} {exception!r}"
        raise ImmediateHttpResponse(HttpResponse(status=204))

    def get_requests_session(self):
        """One that waits no longer than a person does."""
        session = super().get_requests_session()
        send = session.request
        session.request = lambda *args, **kwargs: send(*args, **({"timeout": 10} | kwargs))
        return session


class DirectoryOAuth2Adapter(OpenIDConnectOAuth2Adapter):
    """Comes back to one address, whatever language somebody reads."""

    def get_callback_url(self, request, app):
        with override("pl"):
            return request.build_absolute_uri(reverse("admin:directory_back"))


@transaction.atomic
def account_of(sociallogin):
    """The account that is linked to this person of the directory, or becomes so by an e-mail that it has verified."""
    _check_subject(sociallogin.account.extra_data)
    uid = sociallogin.account.uid
    linked = SocialAccount.objects.filter(provider=sociallogin.account.provider, uid=uid).select_related("user").first()
    if linked is None:
        user = _account_by_email(sociallogin)
        linked = SocialAccount.objects.create(user=user, provider=sociallogin.account.provider, uid=uid)
    elif linked.extra_data:  # what the directory says of a person is kept there
        SocialAccount.objects.filter(pk=linked.pk).update(extra_data={})
    if not (linked.user.is_active and linked.user.is_staff):
        raise NoAccount("the account is closed")
    return linked.user


def _check_subject(claims):
    """What a directory says of somebody must be of the one whom it has let in."""
    subjects = {claims[part].get("sub") for part in ("id_token", "userinfo") if claims.get(part)}
    if len(subjects) != 1 or not all(subjects):
        raise NoAccount("the directory names two people, or none")


def _account_by_email(sociallogin):
    """The one account of the staff with a verified e-mail of theirs; superusers are linked by nobody's e-mail."""
    verified = [each.email for each in sociallogin.email_addresses if each.verified and each.email]
    people = get_user_model().objects.filter(is_active=True, is_staff=True)
    matching = [user for email in verified for user in people.filter(email__iexact=email)]
    if len(matching) != 1 or matching[0].is_superuser:
        raise NoAccount("no account, or more than one, has this e-mail")
    if SocialAccount.objects.filter(user=matching[0]).exists():
        raise NoAccount("the account is linked to somebody else")
    return matching[0]
