"""How the review of changes starts: it keeps what the staff's pages hand in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "krakow_intl.review"
    label = "review"
    verbose_name = _("Review")

    def ready(self):
        from krakow_intl.review import handing_in  # noqa: F401, which enters itself
