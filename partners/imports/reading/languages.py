"""In which language the texts of a column are, whatever its name says: by little words and letters that tell."""

import re
from dataclasses import replace
from itertools import islice

from django.utils.translation import gettext_lazy as _

from partners.imports.planning.messages import remark

MOVE, STAY = "move", "stay"
OTHER = {"pl": "en", "en": "pl"}
CHOICES = {  # by the language that the name of the column says
    "pl": [
        (MOVE, _("the texts are English: put them there")),
        (STAY, _("they are Polish, as the name of the column says")),
    ],
    "en": [
        (MOVE, _("the texts are Polish: put them there")),
        (STAY, _("they are English, as the name of the column says")),
    ],
}
CODES = {"pl": "english-texts", "en": "polish-texts"}
IN_PROSE = ("title", "summary", "reason")  # columns of sentences, not of names
# words that one of the languages has and the other has not
POLISH = """
    i o w z ze we na od oraz dla przez między pomiędzy jest się nie umowa umowy porozumienie deklaracja protokół
    oświadczenie intencyjny partnerstwie miasta miast miastem miastami współpracy współpraca gmina gminy rady sprawie
"""
ENGLISH = """
    the of and on for with by from between is are was not its at agreement declaration protocol statement letter intent
    partnership cooperation city cities operation council friendship twinning concerning
"""
WORDS = {"pl": {*POLISH.split()}, "en": {*ENGLISH.split()}}
# a word: the "współpracy" of "o współpracy", the "co" and the "operation" of "co-operation"
WORD = re.compile(r"[^\W\d_]+")
# a letter that Polish has and English has not: the "ó" of "współpracy"
POLISH_LETTER = re.compile("[ąćęłńóśźż]")
MIN_WORDS, TIMES_AS_MANY = 2, 3  # that a text must have of its language, and of it than of the other one
MIN_TEXTS, MAX_TEXTS = 5, 1000  # different ones of the wrong language, to be asked about; that are looked at
MIN_SHARE, MIN_TELLING = 0.9, 0.5  # of the texts that tell: wrong ones; of all texts: those that tell


class LanguageReader:
    """Mixin of a `RowReader`: columns whose texts are in the other language than their names say."""

    def _settle_languages(self):
        for code in IN_PROSE:
            headings = [heading for heading in self.headings if heading.code == code]
            wrong = [heading for heading in headings if self._is_in_the_other_language(heading)]
            if wrong and len(wrong) == len(headings):
                self._settle_language(code, wrong)
            elif wrong:  # there is a column for the other language, whose texts may be right
                self.general.append(remark("language-at-odds", column=wrong[0].name))

    def _settle_language(self, code, wrong):
        answer = self.decisions.get(f"language:{code}")
        if answer == MOVE:
            moved = {heading.index: replace(heading, language=OTHER[heading.language]) for heading in wrong}
            self.headings = [moved.get(heading.index, heading) for heading in self.headings]
        elif answer != STAY:
            self._ask_about_language(code, wrong[0])

    def _ask_about_language(self, code, heading):
        for row in (row for row in self.rows if row.cells[heading.index] is not None):
            message = remark(CODES[heading.language], row=row.number, column=heading.name)
            row.messages.append(message)
            self.ask(row, f"language:{code}", message.text, lambda: CHOICES[heading.language])

    def _is_in_the_other_language(self, heading):
        """What the register wrote itself stands where it belongs."""
        version = self._heading("version")
        cells = (row.cells[heading.index] for row in self.rows if not (version and row.cells[version.index]))
        texts = list(islice(dict.fromkeys(cell for cell in cells if type(cell) is str), MAX_TEXTS))
        told = [language for text in texts if (language := language_of(text))]
        wrong = told.count(OTHER[heading.language])
        return wrong >= max(MIN_TEXTS, MIN_SHARE * len(told)) and len(told) >= MIN_TELLING * len(texts)


def language_of(text):
    """The code of the language that the words of a text tell plainly, else None: names of bodies tell nothing."""
    words = {word for word in WORD.findall(text) if word.islower() or len(word) > 1}
    polish = sum(word.lower() in WORDS["pl"] or (word.islower() and bool(POLISH_LETTER.search(word))) for word in words)
    english = sum(word.lower() in WORDS["en"] for word in words)
    counts = {"pl": (polish, english), "en": (english, polish)}
    return next((of for of, (own, other) in counts.items() if own >= max(MIN_WORDS, TIMES_AS_MANY * other)), None)
