"""Which column of a sheet is which, whatever its name's case, spaces and line breaks."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import takewhile

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.imports.planning.messages import remark
from krakow_intl.imports.reading.words import key_of
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, fill, listed
from krakow_intl.sheets.parts import SHEET_COLUMN

REASONS = {"pl": "Co poprawić", "en": "What to correct"}  # the column that is added to rows given back; it is not read
MARKED_BY = "Register"  # the author of the comments in a sheet that the register marked; they are not read either
ORDINALS = {
    "lp",
    "l p",
    "liczba porzadkowa",
    "s no",
}  # they number the rows of the list and say nothing of the records
# names of columns that say nothing of records, and what these are
PASSED_OVER = dict.fromkeys(ORDINALS, "numbering") | {key_of(name): "to-correct" for name in REASONS.values()}
PASSED_OVER[key_of(SHEET_COLUMN)] = "sheet-name"
MIN_BY_LETTERS, MIN_BY_WORDS = 0.88, 0.75  # a wrong guess is worse than none
SINCE, UNTIL = {"od", "from", "since"}, {"do", "until", "till", "to"}  # one such word tells two columns apart


@dataclass(frozen=True, slots=True)
class Heading:
    index: int
    name: str  # as it stands in the sheet
    code: str
    language: str  # of the texts below it
    column: object = field(repr=False, compare=False)


class Headings:
    """The names of columns that are known, those that a person explained for this file included.

    `vocabulary.columns` is {key of a name: (code, language)}, `vocabulary.by_code` the `Column`s of the list.
    """

    def __init__(self, vocabulary, mapping=None):
        self.vocabulary, self.by_code = vocabulary, vocabulary.by_code
        self.mapping = {key_of(name): meaning for name, meaning in (mapping or {}).items()}

    def meaning(self, name):
        """(code, language) of a column's name, or None."""
        key = key_of(name)
        if key in self.mapping:
            code, _colon, language = self.mapping[key].partition(":")
            return (code, language or "pl") if code in self.by_code else None
        return self._known(key) or self._known_twice(key.split())

    def _known(self, key):
        found = self.vocabulary.columns.get(key)
        return found if found and found[0] in self.by_code else None

    def _known_twice(self, words):
        """The meaning of a name in two languages, as the register prints it: "Miasto / City"."""
        for cut in range(1, len(words)):
            one, other = (self._known(" ".join(part)) for part in (words[:cut], words[cut:]))
            if one and other and one[0] == other[0]:
                return one
        return None

    def count(self, names):
        """How many of the texts of a row are names of columns; one that a person explained counts twice."""
        known = {name: meaning for name in names if name and (meaning := self.meaning(name))}
        return len({*known.values()}) + sum(key_of(name) in self.mapping for name in known)

    def read(self, names):
        """(headings, remarks) of the names of a sheet's columns."""
        headings, remarks, guesses = [], [], self.guesses(names)
        for index, name in enumerate(names):
            if name and (meaning := self.meaning(name)):
                headings.append(self._heading(index, name, *meaning))
            elif self._is_withheld(name):
                remarks.append(remark("column-withheld", column=name))
            elif name in guesses:
                remarks.append(remark("likely-column", column=name, guess=self.by_code[guesses[name][0]].both_names))
            elif self._is_unknown(name):
                remarks.append(remark("unknown-column", column=name))
        return headings, remarks

    def known(self, names):
        """{name: (code, language)} of those names that are known."""
        return {name: meaning for name in names if name and (meaning := self.meaning(name))}

    def guesses(self, names):
        """{name: (code, language)} of the unknown names of a sheet that are very like a known one.

        No column is guessed that another of the names means, and none twice.
        """
        guesses, taken = {}, {self._place(*meaning) for meaning in self.known(names).values()}
        likely = [(name, *self._likeliest(name)) for name in dict.fromkeys(names) if self._is_unknown(name)]
        for name, likeness, meaning in sorted(likely, key=lambda guess: -guess[1]):
            if likeness and self._place(*meaning) not in taken:
                guesses[name] = meaning
                taken.add(self._place(*meaning))
        return guesses

    def _is_unknown(self, name):
        is_passed_over = key_of(name) in {*PASSED_OVER, *self.mapping} or self._is_withheld(name)
        return name and not is_passed_over and not self.meaning(name)

    def _is_withheld(self, name):
        """Whether it names a column that whoever brings the list may not see."""
        code, _language = self.vocabulary.columns.get(key_of(name), ("", ""))
        return code in self.vocabulary.withheld

    def _likeliest(self, name):
        """(likeness, meaning) of the known name that an unknown one is most like."""
        key, columns = key_of(name), self.vocabulary.columns
        best, known = max(
            (likeness(key, known), known) for known, (code, _language) in columns.items() if code in self.by_code
        )
        return best, columns[known]

    def told_of_likeliest(self, names):
        """What is said of the row most like column names: what it says, what that may mean, and what it lacks."""
        meanings = self.known(names) | self.guesses(names)
        texts = [
            fill(_("The row most like one says: %(names)s."), names=listed([name[:MAX_VALUE_LENGTH] for name in names]))
        ]
        if meanings:
            texts.append(fill(_("It seems to mean: %(meanings)s."), meanings=self._paired(meanings)))
        missing = self._missing({code for code, _language in meanings.values()})
        return _joined(" ", [*texts, *(message.text for message in missing)])

    def faults_of(self, headings):
        """Why a sheet with these columns is refused as a whole: remarks, none if it is not."""
        return [*self._missing({heading.code for heading in headings}), *self._duplicate(headings)]

    def _missing(self, codes):
        missing = [c.both_names for code, c in self.by_code.items() if c.is_required and code not in codes]
        if missing:
            yield remark("missing-columns", columns=listed(missing))

    def _duplicate(self, headings):
        places = {}
        for heading in headings:
            places.setdefault(self._place(heading.code, heading.language), []).append(heading)
        for (code, _language), same in places.items():
            if len(same) > 1:
                names, meaning = listed([heading.name for heading in same]), self.by_code[code].both_names
                yield remark("duplicate-column", column=same[1].name, columns=names, meaning=meaning)

    def _place(self, code, language):
        """What two columns of a sheet may not both hold."""
        return code, language if self.by_code[code].is_translated else ""

    def _heading(self, index, name, code, language):
        return Heading(index, " ".join(name.split()), code, language, self.by_code[code])

    def _paired(self, meanings):
        pairs = [
            fill(_("“%(name)s” – %(meaning)s"), name=name, meaning=self.by_code[code].both_names)
            for name, (code, _language) in meanings.items()
        ]
        return _joined("; ", pairs)


def likeness(key, known):
    """How like two keys are, from 0 to 1, by their letters or by two words or more that stand in both; 0 if hardly."""
    words, others = key.split(), known.split()
    if any(bool(side & {*words}) != bool(side & {*others}) for side in (SINCE, UNTIL)):
        return 0
    shared = sum(any(_is_one_word(word, other) for other in others) for word in words)
    by_words = 2 * shared / (len(words) + len(others)) if shared > 1 else 0
    matcher = SequenceMatcher(None, key, known)
    by_letters = matcher.ratio() if matcher.real_quick_ratio() >= MIN_BY_LETTERS else 0
    return max(by_words * (by_words >= MIN_BY_WORDS), by_letters * (by_letters >= MIN_BY_LETTERS))


def _is_one_word(word, known):
    """Whether a word is a known one in another form or cut short: "obowiązywania" and "obowiązuje", "podpis."."""
    common = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(word, known, strict=False)))
    is_form = common >= 5 and common >= 0.7 * min(len(word), len(known))
    return word == known or is_form or common == len(word) >= 3


def _joined(sign, texts):
    return lazy(lambda: sign.join(map(str, texts)), str)()
