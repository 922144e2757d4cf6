"""The search page: what the register finds by the words that somebody types."""

from functools import cached_property, partial
from typing import NamedTuple

from django.core.paginator import Paginator

from krakow_intl.core.geography import OUR_CITY
from krakow_intl.core.kinds import KINDS, search_groups
from krakow_intl.core.search.groups import SearchGroup
from krakow_intl.core.search.query import query_words
from krakow_intl.core.search.score import Match, among, best_first, in_title, keys_of, matched, scores
from krakow_intl.core.search.spelling import WORDS, Spellings, did_you_mean
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
    """What a group holds of the typed words: all that is `found`, by its score, and the `first` few, to be shown."""

    def __init__(self, group, day, meaning, is_today=True):
        self.group, self.meaning, self.day = group, meaning, day
        self.model, self._loaded = _model_of(group.key), {}
        matches = [self._match(word) for word in meaning.words]
        keys = set().union(*(match.all for match in matches))
        known = self._known(keys, is_today) if keys else set()
        self.found = scores(matches, known)
        self.later = len(among(self.model.objects.public().after(day), keys)) if keys and not is_today else 0
        self._held = [word for word, match in zip(meaning.words, matches, strict=True) if match.all & known]

    def _match(self, word):
        """The records that a word matches; only those that it names, or leads to, are known to be public."""
        group, model, postings = self.group, self.model, self.meaning.postings
        public, now = model.objects.public, partial(group.records, self.day)
        named = _meeting(group.title_match(self.meaning, word), public)
        related = _meeting(group.related_match(self.meaning, word), public)
        related |= _meeting(group.derived_match(self.meaning, word), now)
        weight = NAME_WEIGHT if self.meaning.is_name(word) else 1
        held, titled, as_typed = (of(word, model) for of in (postings.holding, postings.titled, postings.as_typed))
        return Match(held, titled, named, related, as_typed, weight)

    def _known(self, keys, is_today):
        """Those of the keys whose records the public sees as of the day; a few records are loaded at once."""
        if not is_today:
            return among(self.model.objects.public().up_to(self.day), keys)
        if len(keys) > FIRST_HITS:
            return among(self.model.objects.public(), keys)
        self._loaded = self._records(keys)
        return {*self._loaded}

    @cached_property
    def counts(self):
        return Counts(*(sum(map(len, self._part(is_whole).values())) for is_whole in (True, False)))

    @cached_property
    def first(self):
        """The best of those that match all words, then of those that match some."""
        whole, some = best_first(self._part(True), FIRST_HITS), best_first(self._part(False), FIRST_OF_SOME)
        return self._load([*whole, *some])

    def titles(self, language):
        """How the words of its titles are written."""
        return Spellings(self.model.objects.public(), (f"{self.model.search_titles[0]}_{language}",), WORDS)

    def holds(self, word):
        """Whether any record of the group matches a word."""
        return word in self._held

    def page(self, number):
        page = Paginator(best_first(self.found), HITS_ON_A_PAGE).get_page(number)
        page.object_list = self._load(page.object_list)
        return page

    def section_group(self, records, is_whole):
        """Those of the records that match all the words, or those that match some."""
        count, before = (self.counts.whole, 0) if is_whole else (self.counts.some, self.counts.whole)
        shown = ((record, score) for record, score in records if self._is_whole(score) == is_whole)
        hits = [hit_of(each, self.group, self.meaning, self._is_in_title(score)) for each, score in shown]
        return SectionGroup(self.group, count, before // HITS_ON_A_PAGE + 1 if before >= HITS_ON_A_PAGE else "", hits)

    def _part(self, is_whole):
        """What is found that matches all the words, or some."""
        return {score: keys for score, keys in self.found.items() if self._is_whole(score) == is_whole}

    def _is_whole(self, score):
        return matched(score) == len(self.meaning.words)

    def _is_in_title(self, score):
        return in_title(score) == len(self.meaning.words)

    def _load(self, best):
        """[(record, score)] of [(key, score)], in that order; no other records are loaded."""
        loaded = self._loaded or (self._records([key for key, _score in best]) if best else {})
        return [(loaded[key], score) for key, score in best if key in loaded]

    def _records(self, keys):
        """{key: record}, with what a list shows of them."""
        records = self.group.records(self.day).filter(pk__in=keys)
        return {record.pk: record for record in _with_source(records)}


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
        return [result for result in self.results if result.found]

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
        known = {word for word in self.words if self._is_known(word)}
        names = [place for result in self.results for place in result.group.names()]
        titles = [result.titles(self.language) for result in self.results]
        return did_you_mean(self.words, known, [*names, *titles], [OUR_CITY])

    def _is_known(self, word):
        """Whether it names or finds something."""
        return self.meaning.is_name(word) or any(result.holds(word) for result in self.results)


def _model_of(key):
    """The model of the records in the group with that key."""
    return next(kind.model for kind in KINDS.values() if kind.search and kind.search.key == key)


def _meeting(condition, records):
    """The keys of those that meet a condition, if there is one."""
    return keys_of(records().filter(condition)) if condition else set()


def _with_source(records):
    return records.select_related("source") if issubclass(records.model, Sourced) else records
