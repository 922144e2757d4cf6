"""All that the cells of a sheet are compared with, loaded once: cities under every name, words and what they mean."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.fields import country_choices
from krakow_intl.core.records import Publication
from krakow_intl.core.sorting import name_key
from krakow_intl.imports.reading.words import closest, codes_of_three_letters, countries_abroad, key_of
from partners.event_words import OTHER_WORDS
from partners.events import ENDS
from partners.imports.reading.columns import BY_CODE, known_names, names_in_workbook
from partners.models import (
    Agreement,
    AgreementEvent,
    AgreementLink,
    CityName,
    Institution,
    PartnerCity,
    Party,
    Relation,
    SheetAlias,
    Side,
    Theme,
)
from programme.models import Source

LANGUAGES = ("pl", "en")
# a figure: the "7" of "nr 7"
FIGURE = re.compile(r"[0-9]")
# a cell without a letter or a figure: "-", "---", "?", "…"
NOTHING = re.compile(r"[\s\-‐-―−_.…?¿/()]*")  # signs that say nothing; any other says something
# what may stand between a source and a passage: the comma of "Programme 2006, I.2.1 d"
DIVIDERS = re.compile(r"[,;:]|\s")
SIGNS = {"∞": Agreement.Term.OPEN_ENDED.value, **dict.fromkeys("✓✔☑+", "yes")}
MAX_GUESSES = 2000  # a sheet of more unknown words is not misspelt
NONE = "none"  # the code of a cell that says: it establishes nothing
OTHER_LABELS = {
    "yes": pgettext_lazy("answer", "yes"),
    "no": pgettext_lazy("answer", "no"),
    NONE: pgettext_lazy("answer", "it establishes nothing"),
}
OTHER_CODES = {"establishes": [NONE], "term": ["yes", "no"]}  # beside those of the register
DATE = "date"  # what a text in a column of dates is about
MAY_SAY_NOTHING = {"level", "establishes", "term", "theme", "side", DATE}  # what a word there may be about
# states that are no more, by the codes they had: what they are called, and the countries of today that they held
FORMER_STATES = {
    "SU": (
        _("the Soviet Union"),
        {"AM", "AZ", "BY", "EE", "GE", "KG", "KZ", "LT", "LV", "MD", "RU", "TJ", "TM", "UA", "UZ"},
    ),
    "YU": (_("Yugoslavia"), {"BA", "HR", "ME", "MK", "RS", "SI", "XK"}),
    "CS": (_("Czechoslovakia"), {"CZ", "SK"}),
}
End = TextChoices("End", {kind.name: (kind.value, AgreementEvent.Kind(kind).label) for kind in ENDS})
CHOICES = {
    "kind": Agreement.Kind,
    "level": Agreement.Level,
    "establishes": Relation,
    "term": Agreement.Term,
    "link": AgreementLink.Verb,
    "event": AgreementEvent.Kind,
    "end": End,
    "side": Side,
    "publication": Publication,
}


def meanings_of(about):
    """The codes that a word about something may mean, as staff may enter them."""
    if about == SheetAlias.About.COLUMN:
        return list(BY_CODE)
    if about == SheetAlias.About.THEME:
        return [*Theme.objects.values_list("slug", flat=True), ""]
    if about == SheetAlias.About.COUNTRY:
        return [*(code for code, _name in country_choices("en")), *FORMER_STATES]
    if about == SheetAlias.About.NOTHING:
        return [""]
    return [*CHOICES[about].values, *OTHER_CODES.get(about, []), *([""] if about in MAY_SAY_NOTHING else [])]


@dataclass
class Vocabulary:
    """Words by their keys, for each thing they may be about, and the cities, agreements and bodies of the register."""

    by_code: dict = field(default_factory=BY_CODE.copy)  # the columns of the list
    withheld: set = field(default_factory=set)  # the codes of those that a person may not see
    words: dict = field(default_factory=lambda: defaultdict(dict))  # about -> {key: code}
    columns: dict = field(default_factory=dict)  # key -> (code, language)
    cities: dict = field(default_factory=dict)  # pk -> PartnerCity
    names: dict = field(default_factory=lambda: defaultdict(set))  # key -> {pk of a city}
    themes: dict = field(default_factory=dict)  # slug -> pk
    theme_names: dict = field(default_factory=dict)  # slug -> {language: name}
    guesses: dict = field(default_factory=dict)  # (about, key of an unknown word) -> the likeliest code
    lists: dict = field(default_factory=dict)  # (language, about) -> all its labels

    @classmethod
    def load(cls):
        vocabulary = cls(columns=known_names())
        vocabulary._load_choices()
        vocabulary._load_cities()
        vocabulary._load_themes()
        vocabulary._load_aliases()
        return vocabulary

    def know_workbook(self):
        """Makes the names known under which columns stand in a workbook of all lists, before what offices call so."""
        self.columns |= names_in_workbook()

    def withhold(self, attributes):
        """Forgets the columns of some fields, which whoever brings the list may not see."""
        self.withheld = {code for code, column in self.by_code.items() if column.attribute in attributes}
        self.by_code = {code: column for code, column in self.by_code.items() if code not in self.withheld}

    def _load_choices(self):
        for about, choices in CHOICES.items():
            self.words[about] |= {name_key(value): value for value in choices.values}
            for language in LANGUAGES:
                with override(language):
                    self.words[about] |= {name_key(str(label)): value for value, label in choices.choices}
        ends = {code: words for code, words in OTHER_WORDS["event"].items() if code in ENDS}
        for about, words in (OTHER_WORDS | {"end": ends}).items():
            self.words[about] |= {
                name_key(word): code.value for code, text in words.items() for word in text.split(",")
            }
        self.words["term"] |= SIGNS
        self.words["country"] |= codes_of_three_letters()
        for language in LANGUAGES:
            countries = country_choices(language)
            self.words["country"] |= {name_key(name): code for code, name in countries}
            self.words["country"] |= {code.lower(): code for code, name in countries}

    def _load_cities(self):
        columns = ("slug", "name_pl", "name_en", "name_own", "country", "publication", "sort_key_pl", "sort_key_en")
        for city in PartnerCity.objects.only(*columns):
            self.cities[city.pk] = city
            for name in (city.slug, city.name_pl, city.name_en, city.name_own):
                if name:
                    self.names[name_key(name)].add(city.pk)
        for key, city in CityName.objects.values_list("key", "city"):
            self.names[key].add(city)

    def _load_themes(self):
        for pk, slug, *names in Theme.objects.values_list("pk", "slug", "name_pl", "name_en"):
            self.themes[slug], self.theme_names[slug] = pk, dict(zip(LANGUAGES, names, strict=True))
            self.words["theme"] |= {name_key(name): slug for name in (slug, *names) if name}

    def _load_aliases(self):
        for about, key, meaning, language in SheetAlias.objects.values_list("about", "key", "meaning", "language"):
            if about == SheetAlias.About.COLUMN:
                self.columns[key] = (meaning, language or "pl")
            else:
                self.words[about][key] = meaning

    @cached_property
    def sources(self):
        """{key of what a source is called, or of its address word: the source}."""
        names = ("slug", "name_pl", "name_en", "label_pl", "label_en")
        sources = Source.objects.order_by("pk")
        return {
            name_key(getattr(source, name)): source for source in sources for name in names if getattr(source, name)
        }

    def source(self, text):
        """(source, passage) that a cell names: "Programme 2006, I.2.1 d"; (None, the text) where it names none."""
        heads = [text[: match.start()] for match in DIVIDERS.finditer(text)]
        for head in sorted([text, *heads], key=len, reverse=True):
            if found := self.sources.get(key_of(head)):
                return found, text[len(head) :].strip(" ,;:")
        return None, text

    @cached_property
    def slugs(self):
        """The cities by slug."""
        return {city.slug: city for city in self.cities.values()}

    @cached_property
    def slugs_of_themes(self):
        return {pk: slug for slug, pk in self.themes.items()}

    @cached_property
    def institutions(self):
        """{key of a name: (pk of the institution of that name or None, {language: name})}, of parties known so far."""
        found = {}
        parties = Party.objects.order_by("pk").values_list("institution", "name_pl", "name_en")
        for institution, pl, en in parties:
            self._add_body(found, institution, pl, en)
        for institution, pl, en in Institution.objects.order_by("pk").values_list("pk", "name_pl", "name_en"):
            self._add_body(found, institution, pl, en)
        return found

    @staticmethod
    def _add_body(found, institution, pl, en):
        for name in filter(None, (pl, en)):
            known, names = found.get(name_key(name), (None, {}))
            found[name_key(name)] = (known or institution, {"pl": names.get("pl") or pl, "en": names.get("en") or en})

    def meaning(self, about, text):
        """The code of a word, "" of one that says nothing; None where nobody knows it, or its author was not sure."""
        if "?" in text:
            return None
        key = key_of(text) or text
        code = self.words[about].get(key)
        return countries_abroad().get(key) if code is None and about == "country" else code

    def likely(self, about, text):
        """The known word that is most like an unknown one, as a code; None if none is."""
        key = about, key_of(text)
        if key not in self.guesses and len(self.guesses) < MAX_GUESSES:
            words = {word: code for word, code in self.words[about].items() if code}
            close = closest(key[1], words)
            self.guesses[key] = words[close] if close else None
        return self.guesses.get(key)

    def label(self, about, code):
        """What people call a code, in the language in which it is read."""
        if about == "source":
            return self.sources_by_slug[code].label
        if about == "theme":
            return lazy(lambda: self.theme_names[code][get_language()[:2]], str)()
        return CHOICES[about](code).label if code in CHOICES[about].values else OTHER_LABELS.get(code, code)

    def labels(self, about):
        """All words that are understood, as a text in the language in which it is read."""
        return lazy(lambda: self._labels_in(get_language(), about), str)()

    def _labels_in(self, language, about):
        if (language, about) not in self.lists:
            codes = self.codes(about)
            self.lists[language, about] = ", ".join(str(self.label(about, code)) for code in codes)
        return self.lists[language, about]

    def codes(self, about):
        """All codes of what words may be about."""
        if about == "source":
            return self.sources_by_slug
        return self.theme_names if about == "theme" else CHOICES[about].values

    def answers(self, about):
        """All codes that a person may say a word to mean."""
        return [] if about == DATE else [*self.codes(about), *OTHER_CODES.get(about, [])]

    @cached_property
    def codes_of_countries(self):
        return dict.fromkeys(self.words["country"].values())

    @cached_property
    def sources_by_slug(self):
        return {source.slug: source for source in self.sources.values()}

    def says_nothing(self, text):
        if len(text) > self._longest_nothing or FIGURE.search(text):
            return False
        key = key_of(text)
        return key in self.words["nothing"] if key else bool(NOTHING.fullmatch(text))

    @cached_property
    def _longest_nothing(self):
        """The signs that a word for nothing may have, dots and dashes included; most titles are longer."""
        return max(map(len, self.words["nothing"]), default=2) + 8
