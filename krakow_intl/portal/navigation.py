"""The sections of the register, which every page leads to."""

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.links import url_on

SECTIONS = [
    ("partners:audience_list", _("For you")),
    ("partners:city_list", _("Cities")),
    ("partners:agreement_list", _("Agreements")),
    ("partners:activity_list", _("Activities")),
    ("partners:institution_list", _("Institutions")),
    ("organizations:organization_list", _("Organizations")),
    ("polonia:polonia_list", _("Poles abroad")),
    ("programme:programme_detail", _("Programme")),
]


def navigation(request):
    """[(address, label, what aria-current says)] of each section; a page without a request stands in none."""
    path = request.path if request else ""
    return [(url_on(name), label, _current(path, reverse(name))) for name, label in SECTIONS]


def _current(path, section):
    return "page" if path == section else "true" if path.startswith(section) else ""


FUNCTIONS = (navigation,)
