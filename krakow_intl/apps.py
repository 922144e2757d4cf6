"""How the house starts: its own admin site stands in for Django's."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class HouseConfig(AppConfig):
    name = "krakow_intl"
    default = True


class RegisterAdminConfig(admin.AdminConfig):
    default_site = "krakow_intl.admin.RegisterAdminSite"
    default = False
