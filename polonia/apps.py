"""How this part of the register is called."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PoloniaConfig(AppConfig):
    name = "polonia"
    verbose_name = _("Poles abroad")
