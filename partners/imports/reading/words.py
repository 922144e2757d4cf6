"""The words of a sheet that stand for codes of the register; what an unknown one means a person says once."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from krakow_intl.imports.reading.cell_text import as_text
from krakow_intl.imports.reading.words import key_of
from krakow_intl.sheets.messages import MAX_VALUE_LENGTH, fill
from partners.event_words import may_name_an_event
from partners.imports.reading.cities import CHOICE_LABELS, LEAVE_OUT
from partners.imports.reading.vocabulary import DATE, MAY_SAY_NOTHING, NONE

SILENT = "nothing"  # the answer that a word says nothing, as if the cell were empty
IT_SAYS_NOTHING, NO_DATE_IS_KNOWN = _("it says nothing"), _("no date is known")
MAX_WORDS = 100  # of one column that are asked about
MIN_WORDS = 20  # so many are asked about though hardly any stands in two rows
WHAT_IT_MEANS = _("“%(value)s” in “%(column)s”: what does it mean?")
PERHAPS = _("“%(value)s” in “%(column)s”: what does it mean? Perhaps “%(guess)s”.")
A_DATE = _("a date such as 31.12.2005")
ANSWERS = {"term": _("%(known)s, yes, no"), "end": _("a date such as 31.12.2005, %(known)s")}


def key_of_word(about, text):
    """The key of the question what a word means."""
    return f"word:{about}:{key_of(text) or text}"


@dataclass(slots=True)
class UnknownWord:
    """A word that neither the register nor a person has explained, and the rows in which it stands."""

    about: str
    text: str
    rows: dict = field(default_factory=dict)  # by number

    def drop_left_out(self):
        """Whether rows are left that no other answer leaves out."""
        self.rows = {number: row for number, row in self.rows.items() if not row.is_left_out}
        return bool(self.rows)


class WordReader:
    """Mixin of a `RowReader`: the cells that hold words."""

    def meaning(self, about, text):
        """The code of a word, by the register or by an answer, "" if it says nothing; None of an unknown one."""
        code = self.vocabulary.meaning(about, text)
        return self._answered(about, text) if code is None else code

    def is_unknown(self, about, value):
        """Whether a cell holds words alone that nobody has explained; one that is known may not fit where it stands."""
        return is_in_words(value) and self.meaning(about, as_text(value)) is None

    def _answered(self, about, text):
        answer = self.decisions.get(key_of_word(about, text))
        if not isinstance(answer, str) or answer not in self._answers(about):
            return None
        code = "" if answer == SILENT else answer
        self.learnt[about, key_of(text)] = text, code
        return code

    def _answers(self, about):
        if about not in self.answers:
            self.answers[about] = {*self.vocabulary.answers(about), *([SILENT] if about in MAY_SAY_NOTHING else [])}
        return self.answers[about]

    def _word(self, row, heading, about, value):
        """The code of a word; None where it says nothing, or nobody knows what."""
        text = as_text(value)
        code = self.meaning(about, text)
        if code is None and self.vocabulary.says_nothing(text):
            return NONE if about == "establishes" else None
        if code is None:
            self.note_unknown(row, heading, about, text)
        return code or None

    def note_unknown(self, row, heading, about, text):
        """Keeps an unknown word to ask about it once the whole sheet is read, unless its rows are left out."""
        if self.decisions.get(key_of_word(about, text)) == LEAVE_OUT:
            row.is_left_out = True
            return
        words = self.unknown[heading]
        words.setdefault((about, key_of(text) or text), UnknownWord(about, text)).rows[row.number] = row
        self.not_understood.add((row.number, heading.name))

    def ask_about_words(self):
        """One question a word; a column of too many is told to be another one."""
        for heading, noted in self.unknown.items():
            words = [word for word in noted.values() if word.drop_left_out()]
            rows = {number: row for word in words for number, row in word.rows.items()}
            if len(words) > MAX_WORDS or len(words) > max(MIN_WORDS, len(rows) / 2):
                details = {"count": len(words), "known": self._known(words[0].about, heading)}
                for row in rows.values():
                    self.say(row, heading, "too-many-words", None, **details)
            else:
                for word in words:
                    self._ask_about(word, heading)

    def _ask_about(self, word, heading):
        guess = self.vocabulary.likely(word.about, word.text) if word.about != DATE else None
        code, question = ("unlikely-word", PERHAPS) if guess else ("unknown-word", WHAT_IT_MEANS)
        details = {"guess": guess and self.vocabulary.label(word.about, guess)}
        text = fill(question, value=word.text[:MAX_VALUE_LENGTH], column=heading.name, **details)
        details |= {"known": self._known(word.about, heading), "level": "decision"}
        if word.about == "event" and not may_name_an_event(word.text):
            details |= {"level": "error"}
        for row in word.rows.values():
            self.say(row, heading, code, word.text, **details)
            if details["level"] == "decision":
                self.ask(row, key_of_word(word.about, word.text), text, lambda: self._choices(word.about, guess))

    def _known(self, about, heading):
        """What may be written in a column, in words."""
        if about == DATE:
            return A_DATE
        labels = self.vocabulary.labels(about)
        kind = "end" if heading.column.kind == "date" else about
        return fill(ANSWERS[kind], known=labels) if kind in ANSWERS else labels

    def _choices(self, about, guess):
        """The codes a word may mean, the likeliest first; one list for all words of which the same is thought."""
        if (about, guess) not in self.offered:
            codes = sorted(self.vocabulary.answers(about), key=lambda code: code != guess)
            labels = [(code, self.vocabulary.label(about, code)) for code in codes]
            silent = (SILENT, NO_DATE_IS_KNOWN if about == DATE else IT_SAYS_NOTHING)
            others = [silent] if about in MAY_SAY_NOTHING else []
            self.offered[about, guess] = [*labels, *others, (LEAVE_OUT, CHOICE_LABELS[LEAVE_OUT])]
        return self.offered[about, guess]


def is_in_words(value):
    """Whether a cell holds letters, and no figures."""
    return type(value) is str and any(map(str.isalpha, value)) and not any(map(str.isdigit, value))
