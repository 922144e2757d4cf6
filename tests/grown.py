"""Registers of any size, made up: `grow(3030)` makes so many cities, each with five agreements and five activities.

The same number makes the same register each time. Everything is published and in both languages, with what pages
show: names, dates that are partly partial, kinds, terms, fields of co-operation, places, a source and a department.
"""

from itertools import product
from random import Random

from django.db import transaction

from krakow_intl.core.dates import PartialDate
from partners.models import (
    Activity,
    ActivityCity,
    ActivityTheme,
    Agreement,
    AgreementTheme,
    CityName,
    PartnerCity,
    Relation,
    Theme,
)
from programme.models import Department, Source

EACH = 5  # agreements and activities of a city
AT_ONCE = 2000  # rows in a statement
COUNTRIES = {  # with the place around which its cities lie
    "DE": (51, 10), "FR": (47, 3), "IT": (43, 12), "ES": (40, -4), "UA": (49, 31), "LT": (55, 24), "HU": (47, 19),
    "SE": (59, 15), "AT": (47.500, 14), "CZ": (50, 15), "SK": (48.700, 19.500), "PT": (40, -8), "GB": (53, -2),
    "US": (40, -95), "BR": (-15, -50), "JP": (36, 138),
}  # fmt: skip
BEGINNINGS = """
    Al Ber Cor Dan Esk Fal Gor Har Is Jar Kal Lan Mar Nor Os Pal Ros Sal Tar Ul Var Wes Zel
"""
MIDDLES = """
    ba de fi go la le mi na no ra ri so ta te vo
"""
ENDINGS = (("burg", "burg"), ("owo", "ovo"), ("ów", "iv"), ("yn", "in"), ("heim", "heim"), ("a", "a"), ("ona", "one"))
THEMES = (
    ("Kultura", "Culture"),
    ("Sport", "Sport"),
    ("Transport", "Transport"),
    ("Oświata", "Education"),
    ("Zdrowie", "Health"),
    ("Turystyka", "Tourism"),
)
TOPICS = (
    ("wymiany młodzieży szkolnej", "exchange of school pupils"),
    ("ochrony zabytków", "protection of monuments"),
    ("festiwali teatralnych", "theatre festivals"),
    ("komunikacji miejskiej i tramwajów", "public transport and trams"),
    ("gospodarki wodnej", "water management"),
    ("opieki nad seniorami", "care for the elderly"),
    ("bibliotek publicznych", "public libraries"),
    ("rewitalizacji śródmieścia", "renewal of the city centre"),
    ("targów książki", "book fairs"),
    ("muzyki kameralnej", "chamber music"),
    ("ratownictwa i straży pożarnej", "rescue and fire services"),
    ("planowania przestrzennego", "spatial planning"),
    ("współpracy uczelni", "co-operation of universities"),
    ("zawodów żeglarskich", "sailing competitions"),
    ("promocji turystyki", "promotion of tourism"),
    ("staży urzędników", "traineeships of officials"),
)
PEOPLE = """
    Nowak Kowalska Weber Rossi Dubois Horvath Petrenko Lindqvist Novotny Silva Tanaka Miller
"""
DAYS = ("{year}-{month:02}-{day:02}", "{year}-{month:02}", "{year}")


@transaction.atomic
def grow(cities):
    """Adds so many cities with all that hangs on them; returns the cities."""
    random = Random(cities)
    source = _source()
    themes = [Theme(slug=f"grown-{en.lower()}", name_pl=pl, name_en=en) for pl, en in THEMES]
    _create(themes)
    departments = [_department(number) for number in range(8)]
    _create(departments)
    grown = [_city(number, random, source, departments) for number in range(cities)]
    _create(grown)
    _create([CityName(city=city, name=f"{city.name_own}stadt", language="de") for city in grown[::3]])
    _create_agreements(grown, random, source, themes)
    _create_activities(grown, random, source, themes)
    return grown


def _create_agreements(cities, random, source, themes):
    first = (Agreement.objects.order_by("number").values_list("number", flat=True).last() or 0) + 1
    pairs = list(product(cities, range(EACH)))
    agreements = [_agreement(first + n, city, which, random, source) for n, (city, which) in enumerate(pairs)]
    _create(agreements)
    _create([AgreementTheme(agreement=each, theme=random.choice(themes)) for each in agreements])


def _create_activities(cities, random, source, themes):
    pairs = list(product(cities, range(EACH)))
    activities = [_activity(city, which, random, source) for city, which in pairs]
    _create(activities)
    _create([ActivityCity(activity=each, city=pair[0]) for each, pair in zip(activities, pairs, strict=True)])
    _create([ActivityTheme(activity=each, theme=random.choice(themes)) for each in activities])


def _create(records):
    type(records[0])._default_manager.bulk_create(records, batch_size=AT_ONCE)


def _source():
    return Source.objects.create(
        slug="grown-report",
        name_pl="Sprawozdanie",
        name_en="Report",
        label_pl="Sprawozdanie 2020",
        label_en="Report 2020",
        kind=Source.Kind.REPORT,
        known_to="2020-12-31",
        publication="published",
    )


def _department(number):
    return Department(
        slug=f"grown-department-{number}",
        name_pl=f"Wydział {number}",
        name_en=f"Department {number}",
        email=f"department-{number}@example.org",
        publication="published",
    )


def _city(number, random, source, departments):
    stem = _stem(number)
    of_polish, of_english = ENDINGS[number % len(ENDINGS)]
    (topic_pl, topic_en), (other_pl, other_en) = random.sample(TOPICS, 2)
    name_pl, name_en = stem + of_polish, stem + of_english
    country, (latitude, longitude) = list(COUNTRIES.items())[number % len(COUNTRIES)]
    return PartnerCity(
        slug=f"grown-{number}",
        name_pl=name_pl,
        name_en=name_en,
        name_own=name_en,
        country=country,
        latitude=f"{latitude + random.uniform(-1, 1):.5f}",
        longitude=f"{longitude + random.uniform(-1.5, 1.5):.5f}",
        population=random.randrange(20_000, 3_000_000),
        lead_pl=f"Kraków i {name_pl} współpracują w dziedzinie {topic_pl}.",
        lead_en=f"Kraków and {name_en} co-operate in the field of {topic_en}.",
        description_pl=f"<p>Spotkania dotyczą {other_pl}. Inicjatorem był {_person(random)}.</p>",
        description_en=f"<p>Meetings are about {other_en}. They were begun by {_person(random)}.</p>",
        department=departments[number % len(departments)],
        source=source,
        publication="published",
    )


def _person(random):
    return random.choice(PEOPLE.split())


def _stem(number):
    """A name of its own for each number: "Albade", "Alfigo"."""
    beginnings, middles = BEGINNINGS.split(), MIDDLES.split()
    rest, first = divmod(number, len(beginnings))
    rest, middle = divmod(rest, len(middles))
    rest, last = divmod(rest, len(middles))
    return beginnings[first] + middles[middle] + middles[last] + (middles[rest % len(middles)] if rest else "")


def _agreement(number, city, which, random, source):
    kind = random.choice(Agreement.Kind.values)
    pl, en = TOPICS[random.randrange(len(TOPICS))]
    term = (Agreement.Term.OPEN_ENDED, Agreement.Term.FIXED, Agreement.Term.TACIT_RENEWAL)[which % 3]
    terms = {"term_months": 60} if term != Agreement.Term.OPEN_ENDED else {}
    if term == Agreement.Term.TACIT_RENEWAL:
        terms |= {"renewal_months": 60, "notice_months": 6}
    return Agreement(
        slug=f"{city.slug}-agreement-{which}",
        number=number,
        city=city,
        kind=kind,
        establishes=random.choice(Relation.values) if which == 0 else "",
        title_pl=f"Umowa w sprawie {pl} – {city.name_pl}",
        title_en=f"Agreement on {en} – {city.name_en}",
        summary_pl=f"Strony wspierają rozwój {pl}; podpisano w obecności {_person(random)}.",
        summary_en=f"The parties support the development of {en}; signed in the presence of {_person(random)}.",
        signed_on=_day(random, which),
        signed_at_pl=city.name_pl,
        signed_at_en=city.name_en,
        term=term,
        source=source,
        publication="published",
        **terms,
    )


def _activity(city, which, random, source):
    pl, en = TOPICS[random.randrange(len(TOPICS))]
    return Activity(
        slug=f"{city.slug}-activity-{which}",
        kind=random.choice(Activity.Kind.values),
        title_pl=f"Spotkanie w sprawie {pl}, {city.name_pl}",
        title_en=f"Meeting about {en}, {city.name_en}",
        description_pl=f"Delegacja z Krakowa poznała przykłady {pl}.",
        description_en=f"A delegation from Kraków saw examples of {en}.",
        place_pl=city.name_pl,
        place_en=city.name_en,
        starts_on=_day(random, which),
        source=source,
        publication="published",
    )


def _day(random, which):
    year, month, day = random.randrange(1973, 2024), random.randrange(1, 13), random.randrange(1, 29)
    return PartialDate(DAYS[which % len(DAYS)].format(year=year, month=month, day=day))
