"""The address word that the register proposes for a record without one, made of what it is called."""

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from krakow_intl.core.display import NAMES
from krakow_intl.core.former_addresses import refuse_address
from krakow_intl.core.sorting import fold

LANGUAGES = ("en", "pl")  # the English name comes first: an address is the same in both languages
ROOM_FOR_A_NUMBER = 6  # signs: "-12345"


def proposed_slug(record, taken=()):
    """A word that no other record of its model has, nor any of `taken`: "lodz", "lodz-2"; it can be changed."""
    length = type(record)._meta.get_field("slug").max_length - ROOM_FOR_A_NUMBER
    stem = record.address_stem()[:length].strip("-") or type(record)._meta.model_name
    others = type(record)._base_manager.filter(slug__startswith=stem).exclude(pk=record.pk)
    taken = {*taken, *others.values_list("slug", flat=True)}
    slug, number = stem, 1
    while slug in taken or not may_stand_at(record, slug):
        number += 1
        slug = f"{stem}-{number}"
    return slug


def stem_of_name(record):
    """The English name, else the Polish one, in plain letters: "Łódź" -> "lodz"; "" if it has none in Latin letters."""
    names = (getattr(record, f"{name}_{language}", None) for language in LANGUAGES for name in NAMES)
    return next(filter(None, (slugify(fold(name)) for name in names if name)), "")


def may_stand_at(record, slug):
    """Whether no other record stands, or once stood in public, at the address that a word makes."""
    before, record.slug = record.slug, slug
    try:
        refuse_address(record)
    except ValidationError:
        return False
    finally:
        record.slug = before
    return True
