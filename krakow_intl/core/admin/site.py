"""The staff's entrance to the register: its name, its order, its languages."""

from django.conf import settings
from django.contrib import admin
from django.urls import reverse, translate_url
from django.utils.translation import gettext_lazy as _

ORDER_OF_APPS = ("partners", "organizations", "polonia", "programme", "krakow_intl", "auth")


class RegisterAdminSite(admin.AdminSite):
    site_header = _("Register of international co-operation")
    site_title = _("Register of international co-operation, staff")
    index_title = _("The register")

    def get_urls(self):
        """Without Django's redirect to any record's public page: our links go to what is published only."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def admin_view(self, view, cacheable=False):
        """What staff see is for no cache, whatever Django holds for harmless; what they send is not lost."""
        from krakow_intl.core.admin.sign_in_again import keep_form_through_login  # the site stands before the models do

        return keep_form_through_login(super().admin_view(view))

    @property
    def login_form(self):
        from krakow_intl.core.admin.accounts import BrakedSignInForm

        return BrakedSignInForm

    def login(self, request, extra_context=None):
        from krakow_intl.core.admin.accounts import tell_delay

        response = super().login(request, extra_context)
        context = getattr(response, "context_data", None)  # none where somebody has signed in
        return tell_delay(response, context["form"]) if context else response

    def each_context(self, request):
        address = request.get_full_path()
        languages = [(code, name, translate_url(address, code)) for code, name in settings.LANGUAGES]
        return super().each_context(request) | {"site_url": reverse("home"), "languages": languages}

    def index(self, request, extra_context=None):
        from krakow_intl.core.admin.reminders import reminders

        return super().index(request, {"reminders": reminders(request.user)} | (extra_context or {}))

    def get_app_list(self, request, app_label=None):
        """The apps from what is used most to what is used least, their records in the order they were registered."""
        apps = self._build_app_dict(request, app_label)
        known = [apps[label] for label in ORDER_OF_APPS if label in apps]
        return known + [app for label, app in apps.items() if label not in ORDER_OF_APPS]
