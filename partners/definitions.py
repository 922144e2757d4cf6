"""What the words of the register mean, a sentence each: relations, kinds, levels, terms, statuses, bases and marks."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from partners.labels import BASES, MARKS, NOT_YET, RELATIONS, STATUSES
from partners.models import Agreement, Relation
from partners.terms import Basis, Mark, Status

Kind, Level, Term = Agreement.Kind, Agreement.Level, Agreement.Term

RELATION_MEANINGS = {
    Relation.TWIN: _(
        "An agreement on twinning is in force: the highest form of partnership, as a rule with one city in a country."
    ),
    Relation.HONORARY_TWIN: _(
        "Kraków’s city council has conferred the title of honorary twin city on it by a resolution that is in force."
    ),
    Relation.PARTNER: _(
        "An agreement that makes the two cities partners is in force, such as one on partnership, co-operation or "
        "friendship; none makes them twins."
    ),
    "": _("The cities work together, but no agreement in force makes them twins or partners."),
    NOT_YET: _("Nothing that the register knows of the city lies before this day."),
}
KIND_MEANINGS = {
    Kind.TWINNING: _("It makes the two cities twins, which counts as the highest form of partnership."),
    Kind.PARTNERSHIP: _("The two cities agree to be partners."),
    Kind.COOPERATION: _(
        "The two sides agree to work together; if they are the cities themselves, it makes them partners."
    ),
    Kind.FRIENDSHIP: _("The two cities agree on friendship and co-operation, which makes them partners."),
    Kind.DECLARATION: _(
        "It states a common will, such as to brotherhood or co-operation; it makes the cities partners only where "
        "the source counts them among the partner cities."
    ),
    Kind.JOINT_DECLARATION: _(
        "Both sides state together what they want; with a city that may conclude no agreements it stands in the place "
        "of one."
    ),
    Kind.PROTOCOL: _("It writes down what both sides have settled, often for some years; it creates no relation."),
    Kind.LETTER_OF_INTENT: _("Both sides write that they mean to work together; it creates no relation."),
    Kind.COOPERATION_PROGRAMME: _("It lists what both sides will do together in named years; it creates no relation."),
    Kind.FRAMEWORK: _("It agrees on co-operation as a whole and leaves what is done to later agreements."),
    Kind.SECTORAL: _("It is about one branch alone, such as sport, social matters or trade; it creates no relation."),
    Kind.OTHER: _("Its source calls it an agreement and gives no closer word."),
    Kind.HONORARY_TITLE: _(
        "Kraków’s city council confers a title by a resolution; it makes the city an honorary twin."
    ),
}
LEVEL_MEANINGS = {
    Level.CITY: _("The two cities concluded it, through the authorities they had on that day."),
    Level.LEGISLATIVE: _("The two councils concluded it with each other."),
    Level.INSTITUTIONAL: _(
        "Institutions concluded it, such as universities or chambers; it creates no relation of the cities."
    ),
}
TERM_MEANINGS = {
    Term.OPEN_ENDED: _("It was concluded for an unlimited time."),
    Term.FIXED: _("It was concluded until a certain day or for so many years."),
    Term.TACIT_RENEWAL: _("It renews itself when its term ends, unless one side gives notice in time."),
    Term.NOT_RECORDED: _("How long it was concluded for is not recorded."),
}
STATUS_MEANINGS = {
    Status.IN_FORCE: _("It has begun, and nothing has ended it by this day."),
    Status.SUSPENDED: _("It exists but binds nobody until it is resumed or ends."),
    Status.NOT_YET: _("The day from which it counts is still to come."),
    Status.EXPIRED: _("The term for which it was concluded is over."),
    Status.TERMINATED: _("A notice or another decision has ended it, or one of the parties has ceased to exist."),
    Status.SUPERSEDED: _("A later agreement has replaced it."),
    Status.UNKNOWN: _("The day from which it counts is not recorded, so nobody can say whether it is in force."),
}
BASIS_MEANINGS = {
    Basis.ON_RECORD: _(
        "A source of that day or later speaks of the agreement, or it was checked on that day or later."
    ),
    Basis.BY_ITS_TERMS: _(
        "The day lies beyond what is known. What was agreed carries the agreement to it: an unlimited time, a fixed "
        "end not yet reached, a tacit renewal for a known period."
    ),
    Basis.PRESUMED: _(
        "The day lies beyond what is known, and no term is recorded, or its period is not. No end is recorded either."
    ),
}
MEMBERSHIP_MEANINGS = {
    Basis.ON_RECORD: _(
        "A source of that day or later speaks of the membership, or it was checked on that day or later."
    ),
    Basis.BY_ITS_TERMS: _("The day lies beyond what is known, but before the recorded end of the membership."),
    Basis.PRESUMED: _("The day lies beyond what is known, and no end is recorded."),
}
MARK_MEANINGS = {
    Mark.NOTICE_RUNNING: _(
        "Notice has been given, and the agreement is still in force. Beside it stands its last day: the one the "
        "notice names, or else the last of the term with which the notice ends it."
    ),
    Mark.WILL_TO_END: _(
        "One side has declared that it will end the agreement, but has not given notice: that alone ends nothing. "
        "Beside it stands the last day that the declaration names."
    ),
}


class Vocabulary(NamedTuple):
    """Words of one sort: what they say of something, how each is called, and what it means."""

    heading: str
    words: dict
    meanings: dict


def _words_of(labels):
    return {code: label.words for code, label in labels.items()}


VOCABULARIES = {
    "relation": Vocabulary(_("Relation"), _words_of(RELATIONS), RELATION_MEANINGS),
    "establishes": Vocabulary(_("Establishes"), _words_of(RELATIONS), RELATION_MEANINGS),
    "kind": Vocabulary(_("Kind"), dict(Kind.choices), KIND_MEANINGS),
    "level": Vocabulary(_("Between"), dict(Level.choices), LEVEL_MEANINGS),
    "term": Vocabulary(_("Term"), dict(Term.choices), TERM_MEANINGS),
    "status": Vocabulary(_("Status"), _words_of(STATUSES), STATUS_MEANINGS),
    "mark": Vocabulary(_("What leads to its end"), _words_of(MARKS), MARK_MEANINGS),
    "basis": Vocabulary(_("How it is known"), _words_of(BASES), BASIS_MEANINGS),
    "membership": Vocabulary(_("How it is known"), _words_of(BASES), MEMBERSHIP_MEANINGS),
}
CODED = {  # the columns of the public data that hold codes, by the vocabulary of these
    "agreements": {name: name for name in ("establishes", "kind", "level", "term", "status", "mark", "basis")},
    "cities": {"relation": "relation", "relation_basis": "basis"},
}


class Word(NamedTuple):
    code: str
    words: str
    meaning: str


def glossary(**codes):
    """[(sort, heading, [Word])] of the codes that occur, each once: kind=["protocol", …], status=["in-force", …].

    None in place of the codes asks for all there are.
    """
    found = ((sort, VOCABULARIES[sort].heading, _meant(sort, some)) for sort, some in codes.items())
    return [(sort, heading, words) for sort, heading, words in found if words]


def _meant(sort, codes):
    _heading, words, meanings = VOCABULARIES[sort]
    wanted = meanings if codes is None else set(codes)
    return [Word(str(code), words[code], meaning) for code, meaning in meanings.items() if code in wanted]


def coded_values(noun, column):
    """The words for the codes that stand in a column of the public data; none where it holds no codes."""
    sort = CODED.get(noun, {}).get(column)
    of_a_city_alone = {NOT_YET, ""} if sort == "establishes" else set()
    return [word for word in _meant(sort, None) if word.code not in of_a_city_alone] if sort else []


def words_of_agreements(agreements, with_all=False):
    """The `glossary` of agreements `with_status`: of what a list of them tells, or of all that the page of one does."""
    agreements = list(agreements)
    sorts = ("kind", "level", "status", "mark", "basis")
    codes = {sort: {getattr(each, sort) for each in agreements} for sort in sorts}
    if with_all:
        codes["establishes"] = {each.establishes for each in agreements if each.establishes}
        codes["term"] = {each.term for each in agreements}
    return glossary(**codes)


def words_of_cities(cities):
    """The `glossary` of cities `with_relation` and `with_beginnings`."""
    return glossary(relation={city.display_relation for city in cities}, basis={city.relation_basis for city in cities})


FUNCTIONS = (glossary, coded_values, words_of_agreements, words_of_cities)
