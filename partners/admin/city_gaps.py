"""What is missing of a city and of what is recorded with it, each with the field in which it is entered."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from krakow_intl.core.admin.desk import form_of
from krakow_intl.core.admin.filters import texts_without_english
from krakow_intl.core.dates import format_partial_date
from partners.models import Agreement
from partners.terms import EXISTING
from programme.models import Department

NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Gap:
    """A sentence about what is missing, with what to do about it: [(words, address)], and how many more there are."""

    sentence: str
    links: list
    more: int = 0


def lacks_of(record):
    """What a record lacks, in words; since when nobody checked it is told beside each of them anyway."""
    lacks = [*_lacks_of_terms(record)] if isinstance(record, Agreement) else []
    return (*lacks, _("English missing")) if texts_without_english(record) else tuple(lacks)


def _lacks_of_terms(agreement):
    if not agreement.start:
        yield _("date not recorded")
    if agreement.term == Agreement.Term.NOT_RECORDED and agreement.status in EXISTING:
        yield _("term not recorded")


def gaps_of(city, agreements, others, may_see, rounds=()):
    """The gaps of a city and of its records; `rounds` are links to where many are verified in a row."""
    return [*_of_city(city, may_see), *_of_texts(agreements, others), *_of_checks([*agreements, *others], rounds)]


def _of_city(city, may_see):
    form = form_of(city)
    if city.department is None:
        yield Gap(_("No department coordinates it."), [(_("Choose one"), f"{form}#id_department")])
    elif not city.department.can_be_reached and may_see(Department):
        links = [(str(city.department), form_of(city.department))]
        yield Gap(_("Nothing tells how to reach its department."), links)
    if city.latitude is None or city.longitude is None:
        yield Gap(_("It has no place on the map."), [(_("Enter it"), f"{form}#id_latitude")])
    for text in texts_without_english(city):
        label = city._meta.get_field(text).verbose_name
        yield Gap(_("English is missing: %(text)s.") % {"text": label}, [(_("Write it"), f"{form}#id_{text}_en")])
    if city.verified_on is None:
        yield Gap(_("Nobody has checked the city against the files."), [(_("Verify it"), f"{form}#id_verified_on")])


def _of_texts(agreements, others):
    undated = [each for each in agreements if not each.start]
    unknown = [each for each in agreements if each.term == Agreement.Term.NOT_RECORDED and each.status in EXISTING]
    without = [each for each in (*agreements, *others) if texts_without_english(each)]
    yield from _gap(_("Agreements in force whose term is not recorded:"), unknown, "#id_term")
    yield from _gap(_("Agreements without a date:"), undated, "#id_signed_on")
    yield from _gap(_("English is missing in:"), without, "")


def _of_checks(records, rounds):
    unverified = [each for each in records if each.verified_on is None]
    if not (count := len(unverified)):
        return
    words = ngettext("%(count)s record was never verified:", "%(count)s records were never verified:", count)
    sentence = words % {"count": count}
    links = [*rounds] or _links(unverified, "#id_verified_on")
    yield Gap(sentence, links, 0 if rounds else _more(unverified))


def _gap(sentence, records, field):
    return [Gap(sentence, _links(records, field), _more(records))] if records else []


def _links(records, field):
    return [(_called(record), f"{form_of(record)}{field}") for record in records[:NAMED_AT_MOST]]


def _called(record):
    """A title with its date, for several agreements with a city may have the same."""
    start = getattr(record, "start", None)
    return f"{record} ({format_partial_date(start)})" if start else str(record)


def _more(records):
    return max(len(records) - NAMED_AT_MOST, 0)
