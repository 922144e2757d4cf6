"""Whom residents can always write to: the city hall and the city's own pages, as the settings name them."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import mark_safe

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.typography import NBSP

# a telephone number and nothing else: "+48 12 616-12-34", "(12) 616 12 34"; not "12 616 12 34 do 36"
TELEPHONE = re.compile(r"\+?[\d ()\u00a0/.-]+")
# what only divides a number: the blanks and the dashes of "12 616-12-34"
NOT_DIALLED = re.compile(r"[^\d+]")
# a Polish postcode before its town: the "31-004 " of "31-004 Kraków"
POSTCODE = re.compile(r"(?<!\d)(\d{2}-\d{3}) ")
LENGTH_IN_POLAND = 9  # digits of a number without the prefix of a country
LENGTHS_ABROAD = range(8, 16)


@dataclass(frozen=True)
class CityHall:
    """The general address of the city hall, with the fields that a department has too."""

    email: str
    phone: str
    address_pl: str
    delivery_address: str
    address_en: str = ""  # there is one spelling of it, which is Polish
    website: str = ""

    @property
    def can_be_reached(self):
        return any((self.email, self.phone, self.address_pl, self.delivery_address))


def city_hall():
    """The city hall as far as the settings tell how to reach it."""
    return CityHall(
        email=settings.CITY_HALL_EMAIL,
        phone=settings.CITY_HALL_PHONE,
        address_pl=settings.CITY_HALL_ADDRESS,
        delivery_address=settings.CITY_HALL_DELIVERY_ADDRESS,
    )


def city_bulletin():
    """The address of the city's public information bulletin, or ""."""
    return settings.CITY_BULLETIN_URL


def city_website():
    """The address of the city's web site, or ""."""
    return settings.CITY_WEBSITE_URL


def report_url(record=None):
    """The form for reports and questions, which remembers from the page of which record one came."""
    return reverse("report") + (f"?{urlencode({'page': record.get_absolute_url()})}" if record else "")


def telephone_url(phone):
    """What dials a number: "12 616 12 34" -> "tel:+48126161234"; "" for what is not one number."""
    if not TELEPHONE.fullmatch(phone):
        return ""
    number = NOT_DIALLED.sub("", phone)
    if number.startswith("+"):
        return f"tel:{number}" if len(number) - 1 in LENGTHS_ABROAD else ""
    return f"tel:+48{number}" if len(number) == LENGTH_IN_POLAND else ""


def postal_address(address):
    """A postal address of which no line ends within the postcode, or between it and the town."""
    return mark_safe(POSTCODE.sub(rf'<span class="contact__postcode">\1</span>{NBSP}', escape(address)))


def host_of(address):
    """The host of a web address, as people say it: "https://www.bip.krakow.pl/" -> "bip.krakow.pl"."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


FUNCTIONS = (city_hall, city_bulletin, city_website, report_url)
FILTERS = (telephone_url, postal_address, host_of)
