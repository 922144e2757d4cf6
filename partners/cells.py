"""What stands in those cells of the lists of agreements and of cities that hold more than a field of the record."""

import re

from krakow_intl.core.fields import country_name
from krakow_intl.core.site_url import absolute
from partners.event_words import DETAILS, code_of, details_of, full_words_of, usual_source
from partners.listing import NONE, SIGN, quote

LISTED = SIGN
# what must stand in quotes beside an office: the comma of "Nowak, Jan", brackets, a semicolon, a dash alone
APART = re.compile(r'[",;()\n]|^\W*$')


def address(record):
    return absolute(record.get_absolute_url())


def city(agreement, language):
    return getattr(agreement.city, f"name_{language}") or agreement.city.name_pl


def country(agreement, language):
    return country_name(agreement.city.country, language)


def parties(side):
    def write(agreement, language):
        names = [getattr(party, f"name_{language}") for party in agreement.parties.all() if party.side == side]
        return LISTED.join(name or NONE for name in names) if any(names) else ""

    return write


def themes(agreement, language):
    named = (link.theme for link in agreement.theme_links.all())
    return LISTED.join(getattr(theme, f"name_{language}") or theme.name_pl for theme in named)


def theme_slugs(agreement):
    return " ".join(sorted(link.theme.slug for link in agreement.theme_links.all()))


def has_undated(city):
    return int(city.has_undated)


def renewal(agreement, _language):
    return "" if agreement.term == agreement.Term.NOT_RECORDED else agreement.get_term_display()


def earlier_agreements(agreement, _language):
    numbers = [link.earlier.number for link in agreement.links.all()]
    return numbers[0] if len(numbers) == 1 else LISTED.join(map(str, numbers))


def links(agreement, _language):
    return LISTED.join(link.get_verb_display() for link in agreement.links.all())


def signatories(side):
    def write(agreement, language):
        signed = [each for each in agreement.signatories.all() if each.side == side]
        return LISTED.join(signatory(each.person, getattr(each, f"office_{language}")) for each in signed)

    return write


def signatory(person, office):
    """Who signed, as a cell lists them: "Jan Nowak, rektor"; a dash stands for a person that is not recorded."""
    person = quote(person) if APART.search(person) else person or NONE
    if not office:
        return person
    return f"{person}, {quote(office) if APART.search(office) else office}"


def events(agreement, _language):
    return LISTED.join(full_words_of(event, _told_of_event(agreement, event)) for event in agreement.events.all())


def _told_of_event(agreement, event):
    """Its details; of its source nothing where a row that says nothing gives it the same, nor what is held back."""
    told = details_of(event)
    source, passage = told.pop("source", ""), told.pop("passage", "")
    is_usual = (event.source, passage) == usual_source(event, agreement.source, agreement.passage)
    if not is_usual and (event.source or event.source_id is None):
        told |= {"source": source} | ({"passage": passage} if passage else {})
    return {name: told[name] for name in DETAILS if name in told}


def event_codes(agreement):
    """What happened to it up to the day asked about."""
    return LISTED.join(code_of(event) for event in agreement.events.all() if not event.is_later(agreement.status_on))


def source(record, _language):
    return record.source.slug if record.source else ""


def public_source(record):
    return record.source.slug if record.source and record.source.is_published else ""


def known_to(record):
    return record.known_to or ""


def basis(agreement):
    return agreement.basis or ""


def mark(agreement):
    return agreement.mark or ""


def relation_basis(city):
    return city.relation_basis or ""


def replaced(agreement):
    return " ".join(str(link.earlier.number) for link in agreement.replacing_links)
