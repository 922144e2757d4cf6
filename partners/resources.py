"""The columns in which agreements and cities leave the register as data, the same in both languages."""

from operator import attrgetter


def agreement_columns(absolute):
    """The columns of the agreements; `absolute` makes an address of the register one of the web."""
    return {
        "id": attrgetter("number"),
        "city": attrgetter("city.slug"),
        "country": attrgetter("city.country"),
        "kind": attrgetter("kind"),
        "level": attrgetter("level"),
        "establishes": attrgetter("establishes"),
        "title": attrgetter("title"),
        "signed_on": attrgetter("signed_on"),
        "valid_from": attrgetter("start"),
        "valid_until": attrgetter("end_of_first_term"),
        "term": attrgetter("term"),
        "renewal_months": attrgetter("renewal_months"),
        "notice_months": attrgetter("notice_months"),
        "status": attrgetter("status"),
        "term_until": attrgetter("term_until"),
        "notice_by": attrgetter("notice_by"),
        "status_on": attrgetter("status_on"),
        "replaces": lambda agreement: " ".join(str(link.earlier.number) for link in agreement.replacing_links),
        "source": attrgetter("source"),
        "url": lambda agreement: absolute(agreement.get_absolute_url()),
    }


def city_columns(absolute, on):
    """The columns of the partner cities as of a day."""
    return {
        "slug": attrgetter("slug"),
        "name": attrgetter("name"),
        "name_own": attrgetter("name_own"),
        "country": attrgetter("country"),
        "latitude": attrgetter("latitude"),
        "longitude": attrgetter("longitude"),
        "wikidata": attrgetter("wikidata"),
        "relation": attrgetter("relation"),
        "relation_on": lambda city: on,
        "first_agreement_on": attrgetter("first_agreement_on"),
        "agreements_in_force": attrgetter("agreements_in_force"),
        "source": attrgetter("source"),
        "url": lambda city: absolute(city.get_absolute_url()),
    }
