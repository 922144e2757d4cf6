"""Finding what the register holds by the words of its names and texts, however they are spelled."""

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from krakow_intl.fields import country_name
from krakow_intl.keys import words
from organizations.models import Organization
from partners.models import Agreement, Institution, PartnerCity
from polonia.models import Campaign, Community
from programme.models import Chapter, Goal

MOST_WORDS = 8
GROUPS = [
    (_("Cities"), PartnerCity.objects.prefetch_related("names"), ("lead", "description")),
    (_("Agreements"), Agreement.objects.select_related("city"), ("summary",)),
    (_("Institutions"), Institution.objects.all(), ("description",)),
    (_("Organizations"), Organization.objects.all(), ("lead", "description")),
    (_("Polonia"), Campaign.objects.all(), ("lead", "description")),
    (_("Polish communities"), Community.objects.all(), ("lead", "description")),
    (_("Goals"), Goal.objects.all(), ("description",)),
    (_("Programme"), Chapter.objects.all(), ("lead", "body")),
]


def find(query):
    """The published records that hold a word beginning with each word of `query`, as [(group, records)].

    Records that hold them all in their names stand first.
    """
    wanted = words(query)[:MOST_WORDS]
    if not wanted:
        return []
    found = ((label, _find_among(records.published(), texts, wanted)) for label, records, texts in GROUPS)
    return [(label, records) for label, records in found if records]


def _find_among(records, texts, wanted):
    by_name, by_text = [], []
    for record in records:
        named = words(" ".join(_names(record)))
        if _hold(named, wanted):
            by_name.append(record)
        elif _hold(named + words(_prose(record, texts)), wanted):
            by_text.append(record)
    return by_name + by_text


def _hold(held, wanted):
    return all(any(word.startswith(start) for word in held) for start in wanted)


def _names(record):
    """Every name of a record in both languages; those of its city and country too."""
    yield from _translations(record, "name", "title")
    yield from filter(None, [getattr(record, "name_own", ""), getattr(record, "abbreviation", "")])
    if isinstance(record, PartnerCity):
        yield from (other.name for other in record.names.all())
    if isinstance(record, Agreement):
        yield from _translations(record.city, "name")
    if country := getattr(record, "country", ""):
        yield from (country_name(country, "pl"), country_name(country, "en"))


def _prose(record, texts):
    return strip_tags(" ".join(_translations(record, *texts)).replace("<", " <"))


def _translations(record, *fields):
    found = (getattr(record, f"{field}_{code}", None) for field in fields for code in ("pl", "en"))
    return filter(None, found)
