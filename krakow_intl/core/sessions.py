"""The sessions of the staff: kept by Django in a table that says whose they are, and ended by the server in time."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import DatabaseError
from django.utils import timezone

from krakow_intl.core.browsers import browser_in_words
from krakow_intl.core.network import client_address, network_of

SIGNED_IN_AT, NETWORK, BROWSER = "signed_in_at", "network", "browser"  # what a session knows of its sign-in
UNSIGNED_LASTS = timedelta(minutes=15)  # of a sign-in that has only begun
SEEN_EVERY = timedelta(minutes=1)  # so often it is noted that somebody is still there
MAX_DELETED = 100  # sessions that are over, at one sign-in


class SessionStore(db.SessionStore):
    """Django's, with the limits of `settings` kept in the table: a cookie that outlives them opens nothing."""

    seen_at = None  # when the table last heard of it

    @classmethod
    def get_model_class(cls):
        from krakow_intl.models import StaffSession  # settings name this module before there are models

        return StaffSession

    def _get_session_from_db(self):
        session = super()._get_session_from_db()
        self.seen_at = session and session.last_seen_at
        return session

    def create_model_instance(self, data):
        session, now = super().create_model_instance(data), timezone.now()
        session.user_id = data.get(SESSION_KEY)
        session.started_at = _started_at(data, now)
        session.network, session.browser = data.get(NETWORK, ""), data.get(BROWSER, "")
        session.last_seen_at, session.expire_date = now, _ends_at(data, now)
        return session

    def touch(self):
        """Notes, once a minute, that somebody is there; while the table is locked it waits for the next time."""
        now = timezone.now()
        if SESSION_KEY not in self or self.seen_at is None or now - self.seen_at < SEEN_EVERY:
            return
        try:
            row = self.model.objects.filter(session_key=self.session_key)
            row.update(last_seen_at=now, expire_date=_ends_at(self._session, now))
        except DatabaseError:
            return
        self.seen_at = now


def _started_at(data, now):
    return datetime.fromisoformat(data[SIGNED_IN_AT]) if SIGNED_IN_AT in data else now


def _ends_at(data, now):
    """When a session ends if nothing more is heard of it."""
    if SESSION_KEY not in data:
        return now + UNSIGNED_LASTS
    idle = now + timedelta(seconds=settings.SESSION_IDLE_AGE)
    return min(idle, _started_at(data, now) + timedelta(seconds=settings.SESSION_COOKIE_AGE))


def note_sign_in(request, user, **kwargs):
    """Receiver of `user_logged_in`: the session says since when, from where and with what."""
    request.session[SIGNED_IN_AT] = timezone.now().isoformat()
    request.session[NETWORK] = network_of(client_address(request))
    request.session[BROWSER] = browser_in_words(request.META.get("HTTP_USER_AGENT", ""))
    _clear_away(request.session.model)


def _clear_away(model):
    over = model.objects.filter(expire_date__lte=timezone.now()).values_list("pk", flat=True)
    model.objects.filter(pk__in=[*over[:MAX_DELETED]]).delete()


def signed_in_at(request):
    return _started_at(request.session, timezone.now())


def sessions_of(user):
    """The sessions in which an account is signed in, the latest first; those of a former password are over."""
    model = SessionStore.get_model_class()
    sessions = model.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-last_seen_at")
    return [session for session in sessions if _is_of_todays_password(session, user)]


def _is_of_todays_password(session, user):
    return session.get_decoded().get(HASH_SESSION_KEY) == user.get_session_auth_hash()


def end_sessions(user, but=None):
    """Signs an account out everywhere, but in the session of that key; returns in how many."""
    sessions = SessionStore.get_model_class().objects.filter(user=user).exclude(session_key=but or "")
    return sessions.delete()[0]
