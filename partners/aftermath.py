"""What the register computes from agreements, said in sentences before and after a change of them."""

from django.template.loader import get_template
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from krakow_intl.core.dates import format_in_sentence
from krakow_intl.core.display import plain
from krakow_intl.core.fields import to_partial_date
from krakow_intl.review.trial import aftermath
from partners.labels import basis_label, relation_label, status_label
from partners.models import Agreement, AgreementLink, PartnerCity


@aftermath
def of_agreements(rows):
    """{agreement: how it stands today} of those that `rows` of history are about, and of those linked to them."""
    keys = {row.id for row in rows if row.instance_type is Agreement}
    for row in rows:
        keys |= {getattr(row, name) for name in ("agreement_id", "earlier_id") if getattr(row, name, None)}
    return dict(standing_of(keys | linked_to(keys)).values())


def linked_to(keys):
    """The keys of the agreements that are linked to those of some keys, to earlier and to later ones."""
    links = AgreementLink.objects.filter(agreement__in=keys) | AgreementLink.objects.filter(earlier__in=keys)
    return {key for pair in links.values_list("agreement", "earlier") for key in pair}


def standing_of(keys):
    """{key of an agreement: (its city and heading, how it stands today)}."""
    agreements = Agreement.objects.filter(pk__in=keys).with_status(localdate()).select_related("city", "source")
    agreements = agreements.with_events().with_replaced()
    return {agreement.pk: (_name(agreement), _standing(agreement)) for agreement in agreements}


@aftermath
def of_cities(rows):
    """{city: its relation with Kraków today}."""
    keys = {row.id for row in rows if row.instance_type is PartnerCity}
    keys |= {row.city_id for row in rows if getattr(row, "city_id", None)}
    agreements = {row.agreement_id for row in rows if getattr(row, "agreement_id", None)}
    keys |= {*Agreement.objects.filter(pk__in=agreements).values_list("city", flat=True)}
    return relation_of(keys)


def relation_of(keys):
    """{city: its relation with Kraków today} of cities given by their keys."""
    cities = PartnerCity.objects.filter(pk__in=keys).with_relation(localdate())
    return {str(city): _relation(city) for city in cities}


def _name(agreement):
    return f"{agreement.city}: {plain(agreement, 'heading')}"


def _standing(agreement):
    """Its status and basis, and the sentences of its public page."""
    macro = get_template("partners/agreements.html").template.module.term
    sentences = " ".join(strip_tags(str(macro(agreement))).split())
    basis = basis_label(agreement.basis)
    words = [status_label(agreement.status).words, *([basis.words] if basis else [])]
    held_back = "" if agreement.is_published else _("not public")
    return " ".join(filter(None, [f"{capfirst(', '.join(map(str, words)))}.", sentences, held_back]))


def _relation(city):
    start = city.relation and to_partial_date(city.relation_since)
    since = f", {format_in_sentence(start, 'since')}" if start else ""
    return f"{relation_label(city.relation).words}{since}" + ("" if city.is_published else f" ({_('not public')})")
