"""Which city a cell means: by any name the register knows, with the country as a check, else a person says it."""

import re
from difflib import get_close_matches
from operator import attrgetter

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.fields import country_name
from krakow_intl.core.sorting import fold, sort_column
from krakow_intl.imports.reading.cell_text import LISTED_CLOSELY, split_list
from krakow_intl.imports.reading.words import MAX_WORD_LENGTH, key_of
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, fill
from partners.imports.planning.messages import remark
from partners.imports.reading.bulk_answers import LEAVE_OUT, BulkAnswers
from partners.imports.reading.vocabulary import FORMER_STATES
from partners.models import CityName, PartnerCity

# what stands in brackets: the " (Ukraina)" of "Lwów (Ukraina)"
BRACKETS = re.compile(r"\s*\(([^)]*)\)\s*")
# the word for a city before its name: the "Miasto " of "Miasto Lwów", the "m. " of "m. Kijów"
PREFIX = re.compile(r"(?:miasto|m\.|city of|gmina(?: miejska)?|stadt)\s+", re.I)
# a word of a county or a region, folded: "landkreis", "powiat", "obwod", "county", "region"
COUNTY = re.compile(
    r"\b(?:\w*kreis\w*|powiat\w*|obwod\w*|oblast\w*|komitat\w*|hrabstw\w*|county|wojewodztw\w*|okreg\w*|prowincj\w*"
    r"|regio?n\w*|rejon\w*|kraj zwiazkowy|district|province|departament\w*|megye)\b"
)
# Kraków itself, folded, in the languages of its partners
OWN_NAMES = {"krakow", "cracow", "krakau", "krakov", "cracovie", "cracovia", "krakko", "krokuva", "краків", "краков"}
DOUBT = "?"
NEW_CITY, CONFIRM = "new-city", "confirm"
CHOICE_LABELS = {
    LEAVE_OUT: _("leave these rows out"),
    NEW_CITY: _("a city that is not in the register yet: make a draft of it"),
    CONFIRM: _("it is right as it stands"),
}
LIKELY = {
    "unknown-city": _("The register knows no city “%(value)s”. Perhaps it is %(guess)s. Say which one it is."),
    "unknown-country": _(
        "“%(value)s” is no country the register knows. Perhaps it is %(guess)s. Confirm that the city is right."
    ),
}
CONFIRMATION = [(value, CHOICE_LABELS[value]) for value in (CONFIRM, LEAVE_OUT)]


class CityReader:
    """Reads the cells of the columns of city and country, and keeps what a person decided about them."""

    def __init__(self, vocabulary, decisions, ask):
        self.vocabulary, self.decisions, self.ask = vocabulary, decisions, ask
        self.known, self.likely, self.drafts, self.learnt = {}, {}, {}, {}
        self.bulk = BulkAnswers(
            vocabulary, decisions, lambda text: not (self._without_country(text)[1] or self._likely(text))
        )
        self.countries = {}  # {("country", key): (a word, the code of the country that a person said it means)}
        self.offered = {}  # {keys of likely cities: the choices, one list for all who may choose from the same}

    def read(self, row, city_heading, text, country_heading, country_text):
        """Sets the city and the country of a row from two texts, either of which may be empty."""
        row.country = self._country(row, country_heading, country_text)
        if not text:
            return
        if self.bulk.leaves_out(text):
            row.is_left_out = True
            return
        found = self.find(text, row.country)
        if isinstance(found, PartnerCity):
            self._take(row, found)
        else:
            self._decide(row, city_heading, text, *found)

    def ask_about_all(self, rows, ask_of_file):
        """Asks once what becomes of all cities that are not known, where they are several."""
        unknown = [row for row in rows if any(message.code == "unknown-city" for message in row.messages)]
        self.bulk.ask(
            unknown, {m.value for row in unknown for m in row.messages if m.code == "unknown-city"}, ask_of_file
        )

    def _take(self, row, city):
        row.city = city
        row.values["city"] = city.slug

    def _country(self, row, heading, text):
        if not text:
            return None
        code = self.vocabulary.meaning("country", text) or self._country_answered(text)
        if code is None:
            guess = self.vocabulary.likely("country", text)
            message = _unknown("unknown-country", row, heading, text, guess and named(guess))
            self._confirm(row, f"country:{key_of(text)}", message, guess)
            return None
        if code not in FORMER_STATES:
            row.values["country"] = code
        return code

    def _country_answered(self, text):
        answer = self.decisions.get(f"country:{key_of(text)}")
        if not isinstance(answer, str) or answer not in self.vocabulary.codes_of_countries:
            return None
        self.countries["country", key_of(text)] = text, answer
        return answer

    def _confirm(self, row, key, message, guess):
        if self.decisions.get(key) == CONFIRM:
            return
        if self.decisions.get(key) == LEAVE_OUT:
            row.is_left_out = True
            return
        row.messages.append(message)
        self.ask(row, key, message.text, lambda: self._countries(guess))

    def _countries(self, guess):
        """The answers to what country is meant: the likeliest, that it is no matter, and all others by name."""
        if guess not in self.offered:
            self.offered[guess] = lazy(lambda: self._countries_by_name(guess), list)()
        return self.offered[guess]

    def _countries_by_name(self, guess):
        others = [(code, named(code)) for code in self.vocabulary.codes_of_countries if code != guess]
        likely = [(guess, named(guess))] if guess else []
        return [*likely, *CONFIRMATION, *sorted(others, key=lambda choice: fold(str(choice[1])))]

    def find(self, text, country):
        """A city, or (code of a remark, the cities it may be, the country that is said)."""
        key = (text, country)
        if key not in self.known:
            self.known[key] = self._search(text[:MAX_WORD_LENGTH], country)
        return self.known[key]

    def _search(self, text, country):
        cities, additions = [] if DOUBT in text else self._named(text), []
        if not cities:
            name, additions = self._without_country(text)
            cities = self._named(name) or self._named(PREFIX.sub("", name, count=1))
        lands = [country, *(self.vocabulary.meaning("country", words) for words in additions)]
        for land in filter(None, lands):
            here = [city for city in cities if city.country in _lands_of(land)]
            if cities and not here:
                return "other-country", cities, land
            cities = here
        unclear = [words for words, land in zip(additions, lands[1:], strict=True) if not land]
        cities, unclear = self._called_too(cities, unclear)
        if len(cities) == 1 and not unclear:
            return cities[0]
        if COUNTY.search(fold(" ".join(unclear) if cities else text)):
            return "not-a-city", cities, None
        return ("ambiguous-city" if cities and not unclear else "unknown-city"), cities, None

    def _without_country(self, text):
        """(the name of a city, what stands beside it in brackets or, if it is a country, behind a comma)."""
        name = BRACKETS.sub(" ", text).strip()
        additions = [words for brackets in BRACKETS.findall(text) for words in split_list(brackets, LISTED_CLOSELY)]
        if name.endswith(DOUBT):
            additions.append(DOUBT)
        first, _comma, last = name.rpartition(",")
        if first and self.vocabulary.meaning("country", last):
            return first, [*additions, last]
        return name, additions

    def _called_too(self, cities, names):
        """(those cities that bear these names too, the names that none of them bears)."""
        unknown = []
        for name in names:
            keys = self.vocabulary.names.get(key_of(name), ())
            so_called = [city for city in cities if city.pk in keys]
            cities = so_called or cities
            unknown += [] if so_called else [name]
        return cities, unknown

    def _named(self, text):
        return [self.vocabulary.cities[pk] for pk in sorted(self.vocabulary.names.get(key_of(text), ()))]

    def _decide(self, row, heading, text, code, cities, country):
        key = f"city:{key_of(text)}" + (f":{row.country}" if row.country else "")
        answer = self.decisions.get(key) or (code == "unknown-city" and self.bulk.answer(text, row.country)) or None
        city = self._answered(key, answer, text)
        if city:
            self._take(row, city)
        elif answer == LEAVE_OUT:
            row.is_left_out = True
        else:
            message = self._question(code, row, heading, text, cities, country)
            row.messages.append(message)
            self.ask(row, key, message.text, lambda: self._choices(cities, text))

    def _question(self, code, row, heading, text, cities, country):
        if key_of(PREFIX.sub("", BRACKETS.sub(" ", text).strip(), count=1)) in OWN_NAMES and not cities:
            return remark("own-city", **_at(row, heading, text))
        if code == "unknown-city":
            likely = cities or [self.vocabulary.cities[pk] for pk in self._likely(text)]
            return _unknown(code, row, heading, text, _name_of_city(likely[0]) if likely else None)
        return remark(code, **_at(row, heading, text), **_details(cities, country))

    def _choices(self, cities, text):
        likely = tuple(city.pk for city in cities) or tuple(self._likely(text))
        if likely not in self.offered:
            self.offered[likely] = lazy(lambda: self._offered(likely), list)()
        return self.offered[likely]

    def _offered(self, likely):
        """The choices as they are read in a language: the likely cities first, then the others by name."""
        key = attrgetter(sort_column())
        cities = sorted(self.vocabulary.cities.values(), key=lambda city: (city.pk not in likely, key(city)))
        offered = [(city.slug, " / ".join(dict.fromkeys((city.name, city.name_pl, city.name_en)))) for city in cities]
        return [*offered, *((value, CHOICE_LABELS[value]) for value in (NEW_CITY, LEAVE_OUT))]

    def _likely(self, text):
        """The cities with the names most like an unknown one, the likeliest first."""
        key = key_of(text)
        if key not in self.likely:
            close = get_close_matches(key, self.vocabulary.names, n=2, cutoff=0.75)
            self.likely[key] = dict.fromkeys(pk for key in close for pk in sorted(self.vocabulary.names[key]))
        return self.likely[key]

    def _answered(self, question, answer, text):
        if isinstance(answer, dict):
            return self._draft(question, answer)
        city = self.vocabulary.slugs.get(answer) if isinstance(answer, str) else None
        key = key_of(text)
        if city and key and city.pk not in self.vocabulary.names.get(key, ()):
            name = CityName(city=city, name=" ".join(text.split())[:MAX_WORD_LENGTH], kind=CityName.Kind.VARIANT)
            self.learnt[key, city.pk] = name
        return city

    def _draft(self, key, answer):
        if key not in self.drafts:
            self.drafts[key] = PartnerCity(**answer)
        return self.drafts[key]


def _at(row, heading, text):
    return {"row": row.number, "column": heading.name, "value": text}


def _unknown(code, row, heading, text, guess):
    """A remark on a name that is not known, with the likeliest one if there is one."""
    if guess is None:
        return remark(code, **_at(row, heading, text))
    return remark(code, **_at(row, heading, text), text=fill(LIKELY[code], value=text[:MAX_VALUE_LENGTH], guess=guess))


def _named(country):
    return str(FORMER_STATES[country][0]) if country in FORMER_STATES else country_name(country)


named = lazy(_named, str)
_name_of_city = lazy(lambda city: city.name, str)


def _lands_of(country):
    return FORMER_STATES[country][1] if country in FORMER_STATES else (country,)


def _details(cities, country):
    lies_in = named(cities[0].country) if cities else ""
    known = ", ".join(f"{city.name_pl} ({city.country})" for city in cities)
    return {"known": known, "country": lies_in, "said": named(country) if country else ""}
