"""What pages say about agreements, activities and benefits."""

from collections import Counter
from operator import attrgetter

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.dates import PartialDate, format_in_sentence, format_period
from krakow_intl.core.display import grouped
from krakow_intl.core.links import url_on
from partners.activity_resources import ActivityResource
from partners.benefit_resources import BenefitResource
from partners.benefit_totals import accounts_by_city, accounts_of, bodies_of, cities_of, totals_of
from partners.benefit_words import words_of_direction, words_of_number
from partners.comparison import PARAMETERS
from partners.models import Agreement, AgreementLink, Benefit
from partners.models.benefits import IN_THE_LEDGER
from partners.resources import AgreementResource, CityResource
from partners.term_form import parameters_of
from partners.terms import Status
from programme.sourced import as_read

RESOURCES = {
    "agreements": AgreementResource,
    "cities": CityResource,
    "activities": ActivityResource,
    "gifts": BenefitResource,
}
SEEN_FROM_THE_EARLIER_AGREEMENT = {
    AgreementLink.Verb.CONFIRMS: _("confirmed by"),
    AgreementLink.Verb.RENEWS: _("renewed by"),
    AgreementLink.Verb.REPLACES: _("replaced by"),
    AgreementLink.Verb.SUPPLEMENTS: _("supplemented by"),
    AgreementLink.Verb.IMPLEMENTS: _("implemented by"),
    AgreementLink.Verb.FOLLOWS: _("followed by"),
}


BY_THIS_AGREEMENT = {
    AgreementLink.Verb.CONFIRMS: _("confirmed by this agreement"),
    AgreementLink.Verb.RENEWS: _("renewed by this agreement"),
    AgreementLink.Verb.REPLACES: _("replaced by this agreement"),
    AgreementLink.Verb.SUPPLEMENTS: _("supplemented by this agreement"),
    AgreementLink.Verb.IMPLEMENTS: _("implemented by this agreement"),
    AgreementLink.Verb.FOLLOWS: _("followed by this agreement"),
}


def is_after(when, day):
    """Whether a partial date lies after a day for certain; of none it cannot be said."""
    return bool(when and day) and when.first_day > day


def ends_before(activity, day):
    """Whether an activity, done or not, was to be over before a day; of one without a date it cannot be said."""
    end = activity.ends_on or activity.starts_on
    return bool(end and day) and end.last_day < day


def by_this_agreement(verb):
    """The verb of a link, said of the earlier agreement on the page of the later one."""
    return BY_THIS_AGREEMENT[verb]


def last_event_of(city):
    """The latest dated fact of a city `with_last_event`: a `PartialDate`."""
    return PartialDate(city.last_event_on)


def within_sentence(value, word):
    """A date after "on", "since" or "until" as the language inflects it."""
    return format_in_sentence(value, word)


def period_of(agreement):
    """From when until when an agreement counts, its end as exact as it is recorded and known by then."""
    return format_period(agreement.start, agreement.ends_then)


def compare_url(city):
    """The address of the page that sets a city beside others, which are chosen there."""
    return url_on("partners:compare", **{PARAMETERS[get_language()[:2]]: city.slug})


def rules_url(agreement):
    """The address of the page that explains how its term is computed and, as far as it fits, computes it again."""
    replaced = agreement.status == Status.SUPERSEDED
    return url_on("partners:term_rules", **({} if replaced else parameters_of(agreement)))


def passive(verb):
    """The verb of a link between acts as the earlier one sees it: "confirmed by"."""
    return SEEN_FROM_THE_EARLIER_AGREEMENT[verb]


def later_agreements(links, day):
    """Those of the links to later agreements that lead to one signed after a day."""
    return [link for link in links if link.agreement.is_later(day)]


def months(number):
    """A number of months in words, in years where it comes out even: "5 years", "6 months"."""
    if number % 12:
        return ngettext("%(number)s month", "%(number)s months", number) % {"number": number}
    years = number // 12
    return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}


def any_without_term(agreements):
    return any(
        agreement.term == Agreement.Term.NOT_RECORDED and agreement.status == Status.IN_FORCE
        for agreement in agreements
    )


def on_side(records, side):
    """Those of one side, of records or of rows."""
    return [record for record in records if _get(record, "side") == side]


def any_beyond_krakow(institutions):
    return not all(institution.is_in_krakow for institution in institutions)


def by_part(benefits):
    """Lists of those of each part of the ledger: what Kraków received or gave, each apart from what was promised."""
    in_order = sorted(benefits, key=attrgetter(*IN_THE_LEDGER))
    return [some for _part, some in grouped(in_order, "part")]


def of_kind(records, kind):
    return [record for record in records if record.kind == kind]


def agreements_by_year(day):
    """How many published agreements were signed in each year up to a day, [(year, number)] in order."""
    agreements = Agreement.objects.public().exclude(signed_on=None).up_to(day)
    return sorted(Counter(signed.year for signed in agreements.values_list("signed_on", flat=True)).items())


def agreements_without_year(day):
    """How many published agreements that count as of a day have no recorded year of signing."""
    undated = Agreement.objects.public().filter(signed_on=None).select_related("source")
    return len(as_read(undated, day).records)


def benefits_in_figures():
    """The published benefits, by direction and city: with a number or without one."""
    benefits = Benefit.objects.public().select_related("city", "source", "activity").with_sides()
    return benefits.order_by("direction", "city__sort_key_pl", "slug")


def told_by(benefits, day):
    """Those that totals as of a day may hold: what had been given or promised by then, all of it."""
    return [benefit for benefit in benefits if benefit.is_told_by(day)]


def received_at(benefits, institution):
    """Those of which an institution is the recipient."""
    return [benefit for benefit in benefits if benefit.recipient_institution_id == institution.pk]


def with_number(benefits, is_known=True):
    """Those of which an amount or a quantity is recorded, or those of which neither is."""
    return [each for each in benefits if (each.amount is None and each.quantity is None) is not is_known]


def _get(record, name):
    return record[name] if isinstance(record, dict) else getattr(record, name)


def data_columns(noun):
    """The columns of the public data of "agreements", "cities", "activities" or "gifts", with what they mean."""
    return RESOURCES[noun].data()


FUNCTIONS = (
    data_columns,
    last_event_of,
    period_of,
    compare_url,
    rules_url,
    agreements_by_year,
    agreements_without_year,
    benefits_in_figures,
    accounts_by_city,
    accounts_of,
    bodies_of,
    cities_of,
    totals_of,
    words_of_direction,
    words_of_number,
)
FILTERS = (
    is_after,
    ends_before,
    by_this_agreement,
    within_sentence,
    passive,
    later_agreements,
    months,
    any_without_term,
    on_side,
    any_beyond_krakow,
    by_part,
    received_at,
    told_by,
    with_number,
    of_kind,
)
