"""The search page: what the register finds by the words that somebody types."""

from functools import cached_property
from typing import NamedTuple

from django.core.paginator import Paginator
from django.db.models import F, Value

from krakow_intl.core.geography import OUR_CITY
from krakow_intl.core.kinds import search_groups
from krakow_intl.core.search.groups import SearchGroup
from krakow_intl.core.search.query import holds, matching, query_words
from krakow_intl.core.search.score import Term, scored, top_hits
from krakow_intl.core.search.spelling import did_you_mean
from krakow_intl.portal.query_meaning import meaning_of
from krakow_intl.portal.search_hits import hit_of
from programme.sourced import Sourced

MAX_QUERY_LENGTH = 200
HITS_ON_A_PAGE = 50
FIRST_HITS = 6  # of a group
FIRST_OF_SOME = 3  # of those that match only some of the words
NAME_WEIGHT = 2  # of the name of a city or a country, beside that of another word


class Counts(NamedTuple):
    """How many records match all the words, and how many only some."""

    whole: int
    some: int

    @property
    def total(self):
        return self.whole + self.some


class SectionGroup(NamedTuple):
    """Hits of a group, their number in all, and the page of the group on which they begin, "" for the first."""

    group: SearchGroup
    count: int
    first_page: int | str
    hits: list


class Section(NamedTuple):
    """The hits that match all the words, or those that match some; `is_apart`: there are those and these."""

    is_whole: bool
    is_apart: bool
    groups: list

    @property
    def count(self):
        return sum(group.count for group in self.groups)


class GroupResult:
    """What a group holds of the typed words: all that is `found`, the best first, and the `first` few to show."""

    def __init__(self, group, day, meaning, is_today=True):
        records = group.records(day)
        self.group, self.meaning, self.records = group, meaning, records if is_today else records.up_to(day)
        terms = [self._term(word) for word in meaning.words]
        self.found = scored(_with_source(self.records), terms)
        self.later = 0 if is_today else scored(records.after(day), terms).count()
        self.first = top_hits(self.found, len(meaning.words), FIRST_HITS, FIRST_OF_SOME)
        peers = {self._is_whole(record): record.peers for record in self.first}
        self.counts = Counts(peers.get(True, 0), peers.get(False, 0))

    def _term(self, word):
        return Term(
            (word, *self.meaning.others[word]),
            NAME_WEIGHT if self.meaning.is_name(word) else 1,
            self.group.title_match(self.meaning, word),
            self.group.related_match(self.meaning, word),
        )

    def _is_whole(self, record):
        return record.matched == len(self.meaning.words)

    def page(self, number):
        paginator = Paginator(self.found, HITS_ON_A_PAGE)
        paginator.count = self.counts.total
        return paginator.get_page(number)

    def section_group(self, records, is_whole):
        """Those of the records that match all the words, or those that match some."""
        count, before = (self.counts.whole, 0) if is_whole else (self.counts.some, self.counts.whole)
        hits = [hit_of(each, self.group, self.meaning) for each in records if self._is_whole(each) == is_whole]
        return SectionGroup(self.group, count, before // HITS_ON_A_PAGE + 1 if before >= HITS_ON_A_PAGE else "", hits)


class SearchPage:
    """What is found as of a day; of the group with that `key`, if it holds anything, all, page by page.

    As of today all is searched; on another day what is later is only counted.
    """

    def __init__(self, query, day, language, key="", number=1, *, is_today=True):
        self.query = query.strip()[:MAX_QUERY_LENGTH]
        self.language, self.key, self.number = language, key, number
        self.meaning = meaning_of(query_words(self.query))
        self.words = self.meaning.words
        groups = search_groups() if self.words else []
        self.results = [GroupResult(group, day, self.meaning, is_today) for group in groups]

    @cached_property
    def groups(self):
        """The results of the groups that hold anything."""
        return [result for result in self.results if result.first]

    @property
    def later(self):
        """How many records match that are later than the day."""
        return sum(result.later for result in self.results)

    @cached_property
    def counts(self):
        return Counts(sum(each.counts.whole for each in self.groups), sum(each.counts.some for each in self.groups))

    @cached_property
    def chosen(self):
        """The result that is shown alone, or None."""
        return next((result for result in self.groups if result.group.key == self.key), None)

    @cached_property
    def page(self):
        return self.chosen and self.chosen.page(self.number)

    @cached_property
    def sections(self):
        """What matches all the words, then what matches some."""
        sections = [Section(is_whole, all(self.counts), self._section_groups(is_whole)) for is_whole in (True, False)]
        return [section for section in sections if section.groups]

    @property
    def shown(self):
        """The facts that are shown: records with a source."""
        hits = [hit for section in self.sections for group in section.groups for hit in group.hits]
        return [hit.record for hit in hits if isinstance(hit.record, Sourced)]

    def _section_groups(self, is_whole):
        shown = [(self.chosen, self.page)] if self.chosen else [(result, result.first) for result in self.groups]
        groups = [result.section_group(records, is_whole) for result, records in shown]
        return [group for group in groups if group.hits]

    @cached_property
    def suggestion(self):
        """The typed words as the register spells them, or "" if it holds them all or knows nothing near."""
        if self.counts.whole or not self.words:
            return ""
        known = list(_union(self._names() + self._titles()))
        names, titles = ([text for text, is_name in known if text and is_name == wanted] for wanted in (True, False))
        return did_you_mean(self.words, [OUR_CITY, *names], titles, self._known_words())

    def _names(self):
        names = [pair for result in self.results for pair in result.group.names()]
        return [_words_of(records, F(column), is_name=True) for records, column in names]

    def _titles(self):
        columns = [(each.records, f"{each.records.model.search_titles[0]}_{self.language}") for each in self.results]
        return [_words_of(records, F(column)) for records, column in columns]

    def _known_words(self):
        """The words that name or find something; only those that the first hits do not hold are looked for."""
        first = [record.search_words for result in self.groups for record in result.first]
        known = {word for word in self.words if self.meaning.is_name(word) or any(holds(each, word) for each in first)}
        doubtful = [word for word in self.words if word not in known and first]
        return known | {word for word, _is_name in _union([q for word in doubtful for q in self._holding(word)])}

    def _holding(self, word):
        """Of each group a query for the word itself, one row if any record holds it."""
        return [_words_of(each.records.filter(matching(word)), Value(word)) for each in self.results]


def _with_source(records):
    return records.select_related("source") if issubclass(records.model, Sourced) else records


def _words_of(records, words, is_name=False):
    return records.order_by().annotate(words=words, is_name=Value(is_name)).values_list("words", "is_name")


def _union(queries):
    return queries[0].union(*queries[1:]) if queries else []
