"""What the search page tells: where it looks, and what it says of each record that it found."""

from collections import Counter
from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.fields import country_name
from krakow_intl.core.geography import OUR_CITY
from krakow_intl.core.search.highlight import date_matches, excerpt, highlight
from krakow_intl.core.search.query import holds, matching
from krakow_intl.core.search.score import (
    EXACT_NAME,
    IN_TITLE,
    NAME_WEIGHT,
    TEXT_HIT,
    MatchScore,
    holds_all,
    is_in_title,
    ranked,
    top_hits,
)
from krakow_intl.core.search.spelling import did_you_mean
from krakow_intl.templatetags.register import plain
from organizations.models import Involvement, Organization
from partners.models import Activity, Agreement, Benefit, CityName, Institution, PartnerCity, Relation
from polonia.models import Campaign, Community
from programme.models import Chapter, Figure, Goal

HITS_ON_A_PAGE = 50
FIRST_HITS = 6  # of a group
FIRST_OF_SOME = 3  # of those that hold only some of the words
A_NAME = 2  # tells so many times as much as another word


class Group(NamedTuple):
    """Records that the search looks through; by what else a word calls one, or finds it though not by its title."""

    key: str
    label: str
    records: object
    called: object = None
    beside: object = None


class Hit(NamedTuple):
    """What the search page says of one record: the words that were typed are marked."""

    record: object
    title: str
    excerpt: str
    address: str
    anchor: str
    cities: list
    country: str
    relation: str
    when: object
    is_when: bool  # whether it was found by its date


class Part(NamedTuple):
    """The records found that hold all the words, or those that hold some: (group, number, page, hits).

    `is_apart`: there are those and these.
    """

    is_whole: bool
    is_apart: bool
    groups: list

    @property
    def number(self):
        return sum(number for _group, number, _page, _hits in self.groups)


def searched(naming, day):
    """The groups of the search, in the order in which they are told; `naming` is the `Naming` of the typed words."""
    cities = PartnerCity.objects.public().with_relation(day)
    agreements = Agreement.objects.public().select_related("city")
    activities = Activity.objects.public().with_published_cities().with_links()
    benefits = Benefit.objects.public().select_related("city")

    def is_called_or_described(word):
        described = Q(country__in=naming.countries[word]) | Q(relation__in=naming.relations[word])
        return Q(pk__in=naming.cities[word]) | described

    def is_with_a_city(word):
        return Q(city__in=naming.cities[word])

    def is_of_the_country(word):
        return Q(city__country__in=codes) if (codes := naming.countries[word]) else None

    return [
        Group("cities", _("Cities"), cities, is_called_or_described),
        Group("agreements", _("Agreements"), agreements, is_with_a_city, is_of_the_country),
        Group("activities", _("Activities"), activities),
        Group("benefits", _("Given and received"), benefits),
        Group("institutions", _("Institutions"), Institution.objects.public().select_related("city")),
        Group("organizations", _("Organizations"), Organization.objects.public(), _is_involved),
        Group("campaigns", _("Polonia"), Campaign.objects.public()),
        Group("communities", _("Polish communities"), Community.objects.public().select_related("city")),
        Group("goals", _("Goals"), Goal.objects.public()),
        Group("chapters", _("Programme"), Chapter.objects.public()),
        Group("figures", _("Figures"), Figure.objects.public()),
    ]


def _is_involved(word):
    """A condition: something Kraków did in the organization is called so."""
    return Exists(Involvement.objects.public().filter(matching(word, in_title=True), organization=OuterRef("pk")))


def looked_for(groups, typed, naming):
    """Of each group the records that hold any of the typed words, and the first of them: ({group: ...}, {...})."""
    found = {group: ranked(group.records, [_points(group, word, naming) for word in typed]) for group in groups}
    first = {group: top_hits(records, len(typed), FIRST_HITS, FIRST_OF_SOME) for group, records in found.items()}
    return found, first


def _points(group, word, naming):
    """What a typed word adds to the score of the records of a group."""
    worth = TEXT_HIT + NAME_WEIGHT * (A_NAME if naming.is_name(word) else 1)
    points = MatchScore([word, *naming.others[word]], worth)
    if group.beside and (beside := group.beside(word)):
        points = Greatest(points, Case(When(beside, then=Value(worth)), default=Value(0)))
    if group.called:
        points = Case(When(group.called(word), then=Value(worth + EXACT_NAME + IN_TITLE)), default=points)
    return points


def page_of(records, count, request):
    paginator = Paginator(records, HITS_ON_A_PAGE)
    paginator.count = count
    return paginator.get_page(request.GET.get("page"))


def numbers_of(first, typed):
    """How many records of each group hold all the words (True) and only some (False), told by its first records."""
    return {
        group: Counter({holds_all(record, len(typed)): record.as_good for record in records})
        for group, records in first.items()
        if records
    }


def parts(shown, numbers, typed, naming):
    """What is shown of each group, {group: records}: what holds all the words, then what holds some."""
    found, is_apart = [], all(any(number[is_whole] for number in numbers.values()) for is_whole in (True, False))
    for is_whole in (True, False):
        groups = [
            (group, numbers[group][is_whole], _page(numbers[group], is_whole), hits)
            for group, records in shown.items()
            if (hits := [_hit(each, typed, naming) for each in records if holds_all(each, len(typed)) == is_whole])
        ]
        if groups:
            found.append(Part(is_whole, is_apart, groups))
    return found


def _page(numbers, is_whole):
    """The page of the whole group on which the records begin that hold all the words, or some; "" for the first."""
    return "" if is_whole or numbers[True] < HITS_ON_A_PAGE else numbers[True] // HITS_ON_A_PAGE + 1


def _hit(record, typed, naming):
    title, *texts = (
        plain(record, name) or getattr(record, name, "") for name in (record.search_titles[0], *record.search_texts)
    )
    spellings = naming.spellings
    text = "" if is_in_title(record, len(typed)) else excerpt(" · ".join(filter(None, texts)), spellings)
    dates = (getattr(record, name, None) for name in ("signed_on", "given_on", "starts_on", "year"))
    when = next(filter(None, dates), None)
    cities = _cities(record)
    return Hit(
        record,
        highlight(capfirst(title), spellings),
        text,
        *_address(record),
        [city | {"name": highlight(city["name"], spellings)} for city in cities],
        _country(record, cities, naming),
        _relation(record, naming),
        when,
        bool(when) and date_matches(when, spellings),
    )


def _country(record, cities, naming):
    """The country of a record that is told without a city, and of an agreement that was found by it."""
    code = record.city.country if isinstance(record, Agreement) else getattr(record, "country", "")
    is_meant = code in naming.all_countries
    if not code or (cities and not is_meant):
        return ""
    return format_html("<mark>{}</mark>" if is_meant else "{}", country_name(code))


def _relation(record, naming):
    relation = getattr(record, "relation", "")
    return format_html("<mark>{}</mark>", Relation(relation).label) if relation in naming.all_relations else ""


def _address(record):
    """The page on which a record is told, and its place there."""
    if hasattr(record, "get_absolute_url"):
        return record.get_absolute_url(), ""
    if isinstance(record, Figure):
        return reverse("programme:figure_list"), f"#{record._meta.model_name}-{record.slug}"
    city = _cities(record)[0]["slug"]
    return reverse("partners:city_detail", args=[city]), f"#{record._meta.model_name}-{record.slug}"


def _cities(record):
    """The published cities of a record, as {"slug", "name"}."""
    if isinstance(record, Activity):
        return record.city_rows
    city = getattr(record, "city", None)
    return [{"slug": city.slug, "name": plain(city, "name")}] if city and city.is_published else []


def meant(typed, found, naming):
    """The typed words as the register spells them, or "" if it knows nothing near."""
    cities, language = PartnerCity.objects.public(), get_language()
    others = cities.filter(names__kind__in=set(CityName.Kind) - {CityName.Kind.VARIANT})
    names = [(cities, "name_pl"), (cities, "name_en"), (others, "names__name")]
    known = [_words_of(records, column, is_name=True) for records, column in names]
    known += [_words_of(group.records, f"{group.records.model.search_titles[0]}_{language}") for group in found]
    words = list(known[0].union(*known[1:]))
    names, titles = ([text for text, is_name in words if text and is_name == wanted] for wanted in (True, False))
    return did_you_mean(typed, [OUR_CITY, *names], titles, _known(typed, found, naming))


def _known(typed, found, naming):
    """The words that name or find something; only those that the first records do not hold are looked for."""
    first = [record for records in found.values() for record in records]
    columns = [record.search_words for record in first]
    known = {word for word in typed if naming.is_name(word) or any(holds(column, word) for column in columns)}
    doubtful = [word for word in typed if word not in known and first]
    held = [_words_of(group.records.filter(matching(word)), Value(word)) for word in doubtful for group in found]
    return known | {word for word, _is_name in (held[0].union(*held[1:]) if held else [])}


def _words_of(records, words, is_name=False):
    words = words if isinstance(words, Value) else F(words)
    return records.order_by().annotate(words=words, is_name=Value(is_name)).values_list("words", "is_name")
