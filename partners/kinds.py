"""Partner cities, agreements, activities, benefits and institutions, for pages that speak of every kind of record."""

from functools import reduce
from operator import attrgetter, or_

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krakow_intl.core.dates import format_partial_date, format_period
from krakow_intl.core.display import name_of, plain
from krakow_intl.core.fields import country_name
from krakow_intl.core.former_addresses import GONE, common_spans, last_holder, public_spans, spans_of_history
from krakow_intl.core.kinds import KINDS, Kind, enter, former_page
from krakow_intl.core.schema_org import place
from krakow_intl.core.search.groups import SearchGroup, any_of
from krakow_intl.core.search.spelling import NAMES, OTHER_NAMES, Spellings
from krakow_intl.core.site_url import absolute
from partners.benefit_words import words_of_direction, words_of_number
from partners.labels import relation_label
from partners.models import (
    Activity,
    ActivityCity,
    ActivityTheme,
    Agreement,
    AgreementLink,
    Audience,
    Benefit,
    CityName,
    Document,
    Institution,
    PartnerCity,
)
from partners.terms import ENDED, Status

REPEALING = {AgreementLink.Verb.REPLACES}
CHANGING = {AgreementLink.Verb.RENEWS, AgreementLink.Verb.SUPPLEMENTS}
LASTING = {Activity.Kind.PROJECT, Activity.Kind.COOPERATION}  # kinds of activity that are no event


def picture_of_city(city):
    relation = relation_label(city.relation).words
    since = format_period(city.relation_since, None) if city.relation_since else ""
    return f"{relation} · {country_name(city.country)}", _dotted(since, known_up_to(city.horizon))


def picture_of_agreement(agreement):
    signed = format_partial_date(agreement.signed_on) if agreement.signed_on else ""
    return agreement.get_kind_display(), _dotted(signed, known_up_to(agreement.known_to))


def known_up_to(day):
    """Up to which day a record is known, in words; "" where nothing says so."""
    return _("known up to %(day)s") % {"day": format_partial_date(day)} if day else ""


def _dotted(*words):
    return " · ".join(filter(None, words))


def schema_of_city(city):
    known_as = [city.website, city.wikidata and f"https://www.wikidata.org/entity/{city.wikidata}"]
    return {
        "type_": "City",
        "name": name_of(city),
        "alternateName": city.name_own,
        "description": plain(city, "lead"),
        "geo": {"@type": "GeoCoordinates", "latitude": float(city.latitude), "longitude": float(city.longitude)},
        "containedInPlace": {"@type": "Country", "name": country_name(city.country), "identifier": city.country},
        "sameAs": [address for address in known_as if address],
    }


def schema_of_agreement(agreement):
    """An agreement with its force on the day of the page, and what it does to earlier ones."""
    return {
        "type_": "Legislation",
        "name": name_of(agreement),
        "description": plain(agreement, "summary"),
        "legislationIdentifier": str(agreement.number),
        "legislationType": agreement.get_kind_display(),
        "legislationDate": str(agreement.signed_on or ""),
        "legislationLegalForce": _legal_force(agreement),
        "legislationRepeals": _earlier(agreement, REPEALING),
        "legislationChanges": _earlier(agreement, CHANGING),
        "locationCreated": place(plain(agreement, "signed_at")),
        "about": schema_of_place(agreement.city),
    }


def _legal_force(agreement):
    """In schema.org's words; "" where it is not known or is suspended, for which it has none."""
    force = {Status.IN_FORCE: "InForce"} | dict.fromkeys((Status.NOT_YET, *ENDED), "NotInForce")
    return agreement.status in force and f"https://schema.org/{force[agreement.status]}"


def _earlier(agreement, verbs):
    links = [link for link in agreement.links.all() if link.verb in verbs]
    return [{"@type": "Legislation", "url": absolute(link.earlier.get_absolute_url())} for link in links]


def schema_of_place(city):
    return {"@type": "City", "name": plain(city, "name"), "url": absolute(city.get_absolute_url())}


def schema_of_institution(institution):
    return {
        "type_": "Organization",
        "name": name_of(institution),
        "alternateName": institution.name_own,
        "location": place(plain(institution, "place")),
        "sameAs": institution.website,
    }


def picture_of_activity(activity):
    cities = PartnerCity.objects.public().filter(activity_links__activity=activity).by_name()
    names = ", ".join(plain(city, "name") for city in cities)
    return _dotted(activity.get_kind_display(), names), _dotted(_when(activity), known_up_to(activity.horizon))


def _when(activity):
    if activity.ends_on:
        return format_period(activity.starts_on, activity.ends_on)
    return format_partial_date(activity.starts_on) if activity.starts_on else ""


def schema_of_activity(activity):
    """What lasts is a project, what has a date an event; of plans nobody knows whether they happened."""
    if activity.is_plan:
        return {}
    facts = {"name": name_of(activity), "description": plain(activity, "description")}
    if activity.kind in LASTING:
        return {"type_": "Project", **facts, "foundingDate": str(activity.starts_on or "")}
    if not activity.happened_on:
        return {}
    return {
        "type_": "Event",
        **facts,
        "startDate": str(activity.happened_on),
        "endDate": str(activity.ends_on or ""),
        "location": place(plain(activity, "place")),
        "about": [{"@type": "City", "name": row["name"]} for row in activity.city_rows],
    }


def picture_of_benefit(benefit):
    given = format_partial_date(benefit.given_on) if benefit.given_on else ""
    what = _dotted(words_of_direction(benefit), words_of_number(benefit))
    return what, _dotted(plain(benefit.city, "name"), given, known_up_to(benefit.horizon))


def schema_of_benefit(benefit):
    """A gift is told as the action of giving, a promise as one that may come."""
    return {
        "type_": "GiveAction",
        "name": name_of(benefit),
        "description": plain(benefit, "description"),
        "actionStatus": f"https://schema.org/{'Potential' if benefit.is_promised else 'Completed'}ActionStatus",
        "agent": _body(benefit, "giver"),
        "recipient": _body(benefit, "recipient"),
        "object": {"@type": "Thing", "name": _dotted(words_of_number(benefit), name_of(benefit))},
        "startTime": "" if benefit.is_promised else str(benefit.given_on or ""),
    }


def _body(benefit, side):
    name = plain(benefit, side) or getattr(benefit, f"{side}_name")
    return name and {"@type": "Organization", "name": name}


def city_title_match(meaning, word):
    return any_of(pk=meaning.cities[word], country=meaning.countries[word])


def city_derived_match(meaning, word):
    return any_of(relation=meaning.relations[word])


def agreement_related_match(meaning, word):
    return any_of(city__country=meaning.countries[word], themes=meaning.themes[word])


def agreement_derived_match(meaning, word):
    return any_of(status=meaning.statuses[word], basis=meaning.bases[word])


def activity_related_match(meaning, word):
    """What was done with a city, or in a field, is found by it, whether it says so or not."""
    links = [
        (ActivityCity, any_of(city=meaning.cities[word], city__country=meaning.countries[word])),
        (ActivityTheme, any_of(theme=meaning.themes[word])),
    ]
    conditions = [Q(pk__in=model.objects.filter(found).values("activity")) for model, found in links if found]
    return reduce(or_, conditions) if conditions else ()


def of_city(meaning, word):
    return any_of(city=meaning.cities[word])


def city_names():
    """The names of the cities in all languages, but not other spellings of them."""
    cities = PartnerCity.objects.public()
    others = CityName.objects.filter(city__in=cities).exclude(kind=CityName.Kind.VARIANT)
    return [Spellings(cities, ("name_pl", "name_en"), NAMES), Spellings(others, ("name",), OTHER_NAMES)]


def city_of(record):
    city = record.city
    return [{"slug": city.slug, "name": plain(city, "name")}] if city and city.is_published else []


def other_names(cities):
    names = {}
    for city, name in CityName.objects.filter(city__in=cities).values_list("city", "name"):
        names.setdefault(city, []).append(name)
    return names


enter(
    Kind(
        name="city",
        model=PartnerCity,
        page="partners:city_detail",
        with_facts=lambda cities, day: cities.with_relation(day).select_related("source"),
        picture=picture_of_city,
        schema=schema_of_city,
        is_suggested=True,
        other_names=other_names,
        search=SearchGroup(
            "cities",
            gettext_lazy("Cities"),
            lambda day: PartnerCity.objects.public().with_relation(day),
            title_match=city_title_match,
            derived_match=city_derived_match,
            names=city_names,
            country=attrgetter("country"),
            relation=attrgetter("relation"),
        ),
    ),
    Kind(
        name="agreement",
        model=Agreement,
        page="partners:agreement_detail",
        with_facts=lambda agreements, _day: agreements.select_related("city").with_known_to(),
        picture=picture_of_agreement,
        schema=schema_of_agreement,
        search=SearchGroup(
            "agreements",
            gettext_lazy("Agreements"),
            lambda day: Agreement.objects.public().with_status(day).select_related("city"),
            title_match=of_city,
            related_match=agreement_related_match,
            derived_match=agreement_derived_match,
            cities=city_of,
            country=attrgetter("city.country"),
            date=lambda agreement: agreement.signed_on or agreement.valid_from,
            standing=attrgetter("status", "basis"),
        ),
    ),
    Kind(
        name="activity",
        model=Activity,
        page="partners:activity_detail",
        with_facts=lambda activities, _day: activities.select_related("source"),
        picture=picture_of_activity,
        schema=schema_of_activity,
        search=SearchGroup(
            "activities",
            gettext_lazy("Activities"),
            lambda _day: Activity.objects.public().with_links(),
            related_match=activity_related_match,
            cities=attrgetter("city_rows"),
            date=attrgetter("starts_on"),
        ),
    ),
    Kind(
        name="benefit",
        model=Benefit,
        page="partners:benefit_detail",
        with_facts=lambda benefits, _day: benefits.select_related("city", "activity", "source").with_sides(),
        picture=picture_of_benefit,
        schema=schema_of_benefit,
        search=SearchGroup(
            "benefits",
            gettext_lazy("Given and received"),
            lambda _day: Benefit.objects.public().select_related("city", "activity"),
            related_match=of_city,
            cities=city_of,
            date=attrgetter("given_on"),
        ),
    ),
    Kind(
        name="audience",
        model=Audience,
        page="partners:audience_detail",
        picture=lambda _audience: (_("For you"), ""),
        search=SearchGroup("for-you", gettext_lazy("For you"), lambda _day: Audience.objects.public()),
    ),
    Kind(
        name="institution",
        model=Institution,
        page="partners:institution_detail",
        picture=lambda institution: (institution.get_kind_display(), ""),
        schema=schema_of_institution,
        is_suggested=True,
        search=SearchGroup(
            "institutions",
            gettext_lazy("Institutions"),
            lambda _day: Institution.objects.public().select_related("city"),
            related_match=of_city,
            cities=city_of,
            country=attrgetter("country"),
        ),
    ),
)


@former_page("partners:document_detail")
def former_document(slug, language):
    """Where a scan stands now; one that is there and cannot be read is neither elsewhere nor gone."""
    agreement = last_holder([KINDS["agreement"]], slug)
    if not agreement:
        return None
    values = {"agreement_id": agreement[1], "language": language}
    public = public_spans(*agreement)
    keys = dict.fromkeys(Document.history.filter(**values).order_by("-history_id").values_list("id", flat=True))
    key = next((key for key in keys if common_spans(spans_of_history(Document, key, **values), public)), None)
    document = Document.objects.public().filter(pk=key).select_related("agreement").first()
    if document:
        return document.get_absolute_url() if document.is_stored else None
    return GONE if key else None
