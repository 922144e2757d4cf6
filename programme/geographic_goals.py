"""Which countries a geographic goal of the programme means, as they stood on a day.

Source of the members of the European Union: the list of its countries with the day each joined, which the Union keeps
at https://european-union.europa.eu/principles-countries-history/eu-countries_en; until 31 October 1993 they were those
of the European Communities. The United Kingdom left at the end of 31 January 2020 (Official Journal L 29, 31.1.2020).
Source of the countries of Central and Eastern Europe: the programme of 2006, II.1.2 b, which names these nine.
"""

from datetime import date

EUROPEAN_UNION, CENTRAL_AND_EASTERN_EUROPE, WORLD = "european-union", "central-and-eastern-europe", "world"
ACCESSIONS = {  # ISO 3166-1 codes, as a country is written today
    date(1958, 1, 1): "BE DE FR IT LU NL",
    date(1973, 1, 1): "DK GB IE",
    date(1981, 1, 1): "GR",
    date(1986, 1, 1): "ES PT",
    date(1995, 1, 1): "AT FI SE",
    date(2004, 5, 1): "CY CZ EE HU LT LV MT PL SI SK",
    date(2007, 1, 1): "BG RO",
    date(2013, 7, 1): "HR",
}
JOINED = {country: day for day, countries in ACCESSIONS.items() for country in countries.split()}
LAST_DAYS = {"GB": date(2020, 1, 31)}
NAMED = ("DE", "AT", "CZ", "SK", "HU", "RU", "UA", "BY", "LT")  # in the order of the programme


def is_member_of_the_union(country, day):
    return JOINED.get(country, date.max) <= day <= LAST_DAYS.get(country, date.max)


RULES = {
    EUROPEAN_UNION: is_member_of_the_union,
    CENTRAL_AND_EASTERN_EUROPE: lambda country, _day: country in NAMED,
    WORLD: lambda country, _day: bool(country),
}


def is_within(area, countries, day):
    """Whether one of the countries lay within an area on a day; a goal without an area means no country."""
    return any(RULES[area](country, day) for country in countries) if area else False


def counting_day(start, end, known_to, day):
    """The day by which the countries of something count: the first of its start, else the last of its end, else the
    one up to which its source knows, else `day`; `start` and `end` are `PartialDate`s or None."""
    if start:
        return start.first_day
    return end.last_day if end else known_to or day
