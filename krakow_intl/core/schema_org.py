"""The words of schema.org that several kinds of record use; search engines read them."""

from django.utils.translation import gettext as _


def publisher():
    return {"@type": "GovernmentOrganization", "name": _("Kraków City Hall")}


def place(name):
    """A place of which no more is known than its name; "" if not even that."""
    return name and {"@type": "Place", "name": name, "address": name}
