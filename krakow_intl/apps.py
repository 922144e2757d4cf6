"""How the house starts: its own admin site stands in for Django's."""

from django.apps import AppConfig, apps
from django.contrib.admin import apps as admin
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from krakow_intl.core import content_version, sqlite
from krakow_intl.core.middleware import lock_timeout


class HouseConfig(AppConfig):
    name = "krakow_intl"
    verbose_name = _("About the register")
    default = True

    def ready(self):
        autodiscover_modules("kinds", "lists")
        sqlite.settle_features()
        connection_created.connect(content_version.watch)
        connection_created.connect(lock_timeout.set_busy_timeout)
        apps.get_app_config("auth").verbose_name = _("Accounts")


class RegisterAdminConfig(admin.AdminConfig):
    default_site = "krakow_intl.core.admin.site.RegisterAdminSite"
    default = False
