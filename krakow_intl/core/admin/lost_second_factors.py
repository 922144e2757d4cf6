"""The second factor of a colleague who has lost it: an administrator removes it, and the colleague sets up another."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from krakow_intl.core import second_factor
from krakow_intl.core.admin.own_password import recently_confirmed
from krakow_intl.core.admin.own_sign_in import tell
from krakow_intl.core.sessions import end_sessions


class LostSecondFactorMixin:
    """Of the admin of accounts: what second factor one has, and a page to remove it."""

    def get_urls(self):
        view = self.admin_site.admin_view(recently_confirmed(self.remove_second_factor_view))
        return [path("<path:object_id>/second-factor/", view, name="lost_second_factor"), *super().get_urls()]

    def second_factor(self, user):
        count = second_factor.authenticators(user).count()
        if not count:
            return _("none")
        said = ngettext("%(count)d app or passkey", "%(count)d apps or passkeys", count) % {"count": count}
        address = reverse("admin:lost_second_factor", args=[user.pk])
        return format_html('{}, <a href="{}">{}</a>', said, address, _("remove what was lost"))

    second_factor.short_description = gettext_lazy("second factor")

    def remove_second_factor_view(self, request, object_id):
        """Asks, and removes: the account keeps its password and its rights, and is signed out everywhere."""
        user = self.get_object(request, unquote(object_id))
        if user is None:
            raise Http404
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user == request.user:
            return HttpResponseRedirect(reverse("admin:second_factor"))
        if request.method == "POST":
            return self._remove_second_factor(request, user)
        context = self.admin_site.each_context(request) | {
            "title": _("Remove a lost second factor"),
            "account": user,
            "opts": self.opts,
            "rows": [(row, row.type == second_factor.PASSKEY) for row in second_factor.authenticators(user)],
        }
        return TemplateResponse(request, "admin/sign_in/lost.html", context)

    def _remove_second_factor(self, request, user):
        second_factor.remove_all(user)
        end_sessions(user)
        self.log_change(request, user, _("Removed the second factor."))
        tell(request, "second factor removed by an administrator", user)
        messages.success(request, _("The second factor was removed; the account was signed out everywhere."))
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[user.pk]))
