"""What is said once of all cities that a list names and the register does not know."""

from functools import cached_property

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.former_addresses import slugs_once_public
from krakow_intl.core.kinds import kind_of
from krakow_intl.core.sorting import fold
from krakow_intl.imports.reading.words import key_of
from partners.imports.reading.vocabulary import FORMER_STATES
from partners.models import PartnerCity

LEAVE_OUT, DRAFTS = "leave-out", "drafts"
ALL, ONLY = "cities", "only-cities"  # the keys of the questions
MIN_CITIES = 3  # that are unknown before it is asked about all
MAX_NAME_LENGTH = PartnerCity._meta.get_field("name_pl").max_length
MAX_SLUG_LENGTH = PartnerCity._meta.get_field("slug").max_length
QUESTION = _("What becomes of all the cities that the register does not know?")
CHOICES = [
    (LEAVE_OUT, _("leave out the rows of all of them")),
    (
        DRAFTS,
        _(
            "make drafts of all whose country is told; the place on the map is to be entered later, and those that "
            "resemble a city of the register are still asked about"
        ),
    ),
]
ONLY_QUESTION = _("Read only the rows of these cities, one in each line; all others are left out:")


class BulkAnswers:
    """The answers for all unknown cities; `is_plain(text)` says whether a text is a name like no known one."""

    def __init__(self, vocabulary, decisions, is_plain):
        self.vocabulary, self.decisions, self.is_plain = vocabulary, decisions, is_plain
        self.slugs = {}  # {address word of a draft: (key of its name, country)}
        only = decisions.get(ONLY)
        names = only.splitlines() if isinstance(only, str) else ()
        self.only = {key for name in names if (key := key_of(name))}

    def leaves_out(self, text):
        """Whether rows of other cities alone are to be read."""
        return bool(self.only) and key_of(text) not in self.only and self._cities(key_of(text)).isdisjoint(self.wanted)

    @cached_property
    def wanted(self):
        return {city for key in self.only for city in self._cities(key)}

    def _cities(self, key):
        return self.vocabulary.names.get(key, set())

    def answer(self, text, country):
        """What is to become of an unknown city: as an answer to the question about it alone, or None."""
        answer = self.decisions.get(ALL)
        if answer == DRAFTS and country and country not in FORMER_STATES and self.is_plain(text):
            return self._draft(" ".join(text.split()), country)
        return LEAVE_OUT if answer == LEAVE_OUT else None

    def _draft(self, name, country):
        """A draft, unless its address word stands for another city: then it is asked about alone."""
        slug = slugify(fold(name))
        is_free = slug not in self.vocabulary.slugs and slug not in self._former
        if not (slug and is_free and len(name) <= MAX_NAME_LENGTH and len(slug) <= MAX_SLUG_LENGTH):
            return None
        city = key_of(name), country
        if self.slugs.setdefault(slug, city) != city:
            return None
        return {"name_pl": name, "name_en": name, "country": country, "slug": slug}

    @cached_property
    def _former(self):
        return slugs_once_public(kind_of(PartnerCity))

    def ask(self, rows, names, ask_of_file):
        """Asks about several `names` of unknown cities that some rows bear."""
        if len(names) >= MIN_CITIES and ALL not in self.decisions:
            ask_of_file(ALL, QUESTION, lambda: CHOICES).rows.extend(row.number for row in rows)
            if not self.only:
                ask_of_file(ONLY, ONLY_QUESTION, list)
