"""Which agreements and cities are odd, found by what a database can compare and told by their own rules."""

from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils import timezone

from partners.models import Agreement, AgreementEvent, AgreementLink, PartnerCity, Relation
from partners.models.warnings import A_CENTURY, Surroundings, warnings_of
from partners.terms import FIXED, add_months


def agreements(records):
    """[(agreement, [sentences])] of a queryset."""
    candidates = [*_candidates(records).select_related("city").order_by("pk")]
    if not candidates:
        return []
    around = _Neighbours(candidates)
    told = ((agreement, [*warnings_of(agreement, around.of(agreement))]) for agreement in candidates)
    return [(agreement, sentences) for agreement, sentences in told if sentences]


def cities(records):
    """[(city, [sentences])] of a queryset."""
    called = {}
    for city in PartnerCity.objects.prefetch_related("names"):
        for key in city.name_keys():
            called.setdefault((city.country, key), set()).add(city.pk)
    alike = set().union(*(keys for keys in called.values() if len(keys) > 1))
    found = records.filter(Q(latitude=None) | Q(longitude=None) | Q(pk__in=alike)).order_by("pk")
    return [(city, city.warnings()) for city in found]


def _candidates(records):
    """Those that may be odd; whether they are say their own rules."""
    others = Agreement.objects.exclude(pk=OuterRef("pk")).order_by()
    titles = (Q(title_pl=OuterRef("title_pl")) & ~Q(title_pl="")) | (Q(title_en=OuterRef("title_en")) & ~Q(title_en=""))
    twin = others.filter(establishes=Relation.TWIN, city__country=OuterRef("city__country"))
    links = AgreementLink.objects.filter(agreement=OuterRef("pk"), verb=AgreementLink.Verb.REPLACES)
    late = AgreementEvent.objects.filter(agreement=OuterRef("pk"), effective_on__lt=F("taken_on"))
    return records.filter(
        Q(valid_from__lt=F("signed_on"))
        | Q(term=FIXED, ends_on=None)
        | Q(notice_months__gt=F("renewal_months"))
        | Q(notice_months__gt=F("term_months"))
        | Q(notice_months__gt=0, valid_until__isnull=False)
        | Q(ends_on__gt=add_months(timezone.localdate(), A_CENTURY))
        | Exists(others.filter(titles, city=OuterRef("city")))
        | (Q(establishes=Relation.TWIN) & Exists(twin.exclude(city=OuterRef("city"))))
        | Exists(links.exclude(earlier__city=OuterRef("city")))
        | Exists(late)
    ).prefetch_related(
        Prefetch("events", AgreementEvent.objects.in_order_of_time()),
        Prefetch("links", AgreementLink.objects.select_related("earlier__city")),
    )


class _Neighbours:
    """What the agreements of a list are held against: those of their cities, and the twinnings in their countries."""

    def __init__(self, candidates):
        cities = {agreement.city_id for agreement in candidates}
        countries = {agreement.city.country for agreement in candidates if agreement.establishes == Relation.TWIN}
        in_order = Agreement.objects.order_by("number")
        self.of_cities = _by("city_id", in_order.filter(city__in=cities).only("number", "city", "title_pl", "title_en"))
        twins = in_order.filter(establishes=Relation.TWIN, city__country__in=countries).select_related("city")
        self.twins = [*twins] if countries else []

    def of(self, agreement):
        abroad = (each for each in self.twins if each.city.country == agreement.city.country)
        links = (link for link in agreement.links.all() if link.verb == AgreementLink.Verb.REPLACES)
        return Surroundings(
            events=agreement.events.all(),
            replaced=[link.earlier for link in links],
            of_city=[each for each in self.of_cities.get(agreement.city_id, ()) if each.pk != agreement.pk],
            twinning=[each for each in abroad if each.city_id != agreement.city_id],
        )


def _by(name, records):
    found = {}
    for record in records:
        found.setdefault(getattr(record, name), []).append(record)
    return found
