"""How the house starts: its own admin site stands in for Django's."""

from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin
from django.contrib.auth.signals import user_logged_in
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from krakow_intl.core import content_version, sessions
from krakow_intl.core.middleware import lock_timeout
from krakow_intl.core.sqlite.base import settle_features


class HouseConfig(AppConfig):
    name = "krakow_intl"
    verbose_name = _("About the register")
    default = True

    def ready(self):
        autodiscover_modules("kinds", "lists", "public_data", "aftermath")
        settle_features()
        self._note_rights()
        self._keep_search_index()
        connection_created.connect(content_version.watch)
        connection_created.connect(lock_timeout.set_busy_timeout)
        user_logged_in.connect(sessions.note_sign_in)
        apps.get_app_config("auth").verbose_name = _("Accounts")

    @staticmethod
    def _note_rights():
        from krakow_intl.core import rights  # which needs the models

        rights.connect()

    def _keep_search_index(self):
        from krakow_intl.core.search import triggers

        pre_migrate.connect(triggers.take_out, sender=self)
        post_migrate.connect(triggers.put_in, sender=self)


class RegisterAdminConfig(admin.AdminConfig):
    default_site = "krakow_intl.core.admin.site.RegisterAdminSite"
    default = False
