"""The page on which staff see where they are signed in, and sign out elsewhere."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from krakow_intl.core.sessions import end_sessions, sessions_of


def sessions(request):
    """Lists them; POST ends one, or all but this one."""
    if request.method == "POST":
        _end(request)
        return HttpResponseRedirect(reverse("admin:own_sessions"))
    current = request.session.session_key
    rows = [(each, _name_of(each), each.session_key == current) for each in sessions_of(request.user)]
    context = admin.site.each_context(request) | {"title": _("Where you are signed in"), "sessions": rows}
    return TemplateResponse(request, "admin/sign_in/sessions.html", context)


def _end(request):
    named, current = request.POST.get("session", ""), request.session.session_key
    if named:
        chosen = [each for each in sessions_of(request.user) if constant_time_compare(_name_of(each), named)]
        ended = sum(each.delete()[0] for each in chosen if each.session_key != current)
    else:
        ended = end_sessions(request.user, but=current)
    said = ngettext("Signed out in %(count)d other place.", "Signed out in %(count)d other places.", ended)
    messages.success(request, said % {"count": ended})


def _name_of(session):
    """What a page calls a session by: its key would open it."""
    return salted_hmac("session", session.session_key, algorithm="sha256").hexdigest()
