"""What a letter asks of the person who brought the sheet, and what was answered."""

import re
from functools import cached_property

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from krakow_intl.sheets import ALL
from krakow_intl.sheets.messages import ranges
from partners.imports.planning.plan import OF_THE_FILE
from partners.imports.planning.states import AS_TOLD
from partners.imports.reading.bulk_answers import DRAFTS
from partners.imports.reading.cities import NEW_CITY
from partners.imports.reading.columns import BY_CODE
from partners.imports.reading.constants import key as constant_of
from partners.imports.writing.applying import PUBLISH
from partners.imports.writing.recipes import ASKED
from partners.models import Agreement, SheetAlias

ADD_CITIES = "partners.add_partnercity"
NEED_A_RIGHT = {NEW_CITY: ADD_CITIES, DRAFTS: ADD_CITIES, AS_TOLD: PUBLISH}  # answers that are not everybody's to give
SHEET = "sheet"  # the key that stands for the sheet that was chosen
# questions of which all answers are read before one is chosen
SPREAD = ("header", "sheets", "encoding", "fill", "several", "cities")
# these name it in their keys
OF_A_COLUMN = ("date", "order", "zone", "language", "state", "end", "struck-text", "period", "shape", "unit", "days")
COLUMNS_ASKED_ABOUT = {"city": "city", "country": "country", "future": "signed_on"}


class Questions:
    """Mixin of the letter of an import."""

    @property
    def questions(self):
        return self.report.get("questions", [])

    @cached_property
    def questions_of_the_file(self):
        return [question for question in self.questions if is_of_the_file(question["key"])]

    @cached_property
    def questions_of_rows(self):
        return [question for question in self.questions if not is_of_the_file(question["key"])]

    def pending_questions(self, questions, user):
        """What a form needs of some of the report's questions; some answers are offered to those who may do so."""
        for question in questions:
            choices = dict(self.report["lists"][question["list"]][self.language])
            withheld = {answer for answer, right in NEED_A_RIGHT.items() if not user.has_perm(right)}
            is_withheld = any(NEED_A_RIGHT[answer] == ADD_CITIES for answer in withheld.intersection(choices))
            offered = [(value, label) for value, label in choices.items() if value not in withheld]
            asked = {"key": question["key"], "choices": offered, "rows": ranges(question["rows"])}
            asked |= {"is_withheld": is_withheld, "is_spread": question["key"].split(":")[0] in SPREAD}
            asked |= {"count": len(question["rows"]), "about": _about(question["key"])}
            text = self._question(question["key"], question)
            yield asked | {"text": text, "city": self._city_asked_about(question) if NEW_CITY in choices else None}

    def _question(self, key, asked):
        """The text of a question after what it is about."""
        text = asked["text"][self.language]
        subject = asked.get("subject") or self._subject(key)
        return format_html("<b>{}:</b> {}", subject, text) if subject else text

    def _subject(self, key):
        """A column, a field of an agreement, or the cells of a row."""
        kind, first, second = [*key.split(":", 2), "", ""][:3]
        if kind == "conflict":
            return f"{self._agreements.get(int(first), first)} · {self._name_of(second)}"
        code = first if kind in OF_A_COLUMN else COLUMNS_ASKED_ABOUT.get(kind)
        return BY_CODE[code].name() if code else self._cells_asked_about(key)

    def _cells_asked_about(self, key):
        kind, _colon, number = key.partition(":")
        return self._in_short(self.numbered[int(number)]) if kind == "agreement" else ""

    @cached_property
    def _agreements(self):
        """{number: name} of the agreements of which a field is asked about."""
        keys = {*self.record.decisions.get(ASKED, ()), *(question["key"] for question in self.questions)}
        numbers = {key.split(":")[1] for key in keys if key.startswith("conflict:")}
        agreements = Agreement.objects.filter(number__in=numbers).select_related("city") if numbers else []
        return {agreement.number: self._agreement_name(agreement) for agreement in agreements}

    def _agreement_name(self, agreement):
        signed = self._value("signed_on", agreement.signed_on)
        return f"{agreement.number}. {agreement.city.name} · {signed} · {agreement.title}"

    def _city_asked_about(self, question):
        """What the sheet says of a city that is asked about."""
        first = question["rows"][0]
        name = next((m["value"] for m in self.by_row[first] if m["text"] == question["text"]), "")
        return {"name_pl": name, "name_en": name, "country": self.numbered[first]["values"].get("country")}

    @cached_property
    def answers(self):
        """(key, question, rows, answer) of each question that was answered to the end, as they come in the sheet."""
        asked = sorted(self.record.decisions.get(ASKED, {}).items(), key=_place)
        answers = [(key, self._question(key, one), one["rows"], self._answer(one)) for key, one in asked]
        sheet = _("all of them, as one list") if self.record.sheet == ALL else self.record.sheet
        return [*([(SHEET, _("Which sheet is the list?"), "", sheet)] if sheet else []), *answers]

    @property
    def explains_words(self):
        """Whether one of the answers says what a word means."""
        return any(_about(key) for key in self.record.decisions.get(ASKED, ()))

    def _answer(self, asked):
        answer = asked["answer"][self.language]
        return _("a new city: %(name)s") % {"name": answer} if asked["is_city"] else answer

    def keep_answers(self, questions, answers):
        """Notes {key: answer} with the import, beside each answer what was asked."""
        asked = self.record.decisions.get(ASKED, {})
        for question in questions:
            answer = answers.get(question["key"])
            if answer and answer != NEW_CITY:
                asked[question["key"]] = self._kept(question, answer)
        self.record.decisions |= answers | {ASKED: asked}

    def forget_answers(self, keys):
        """Drops the answers to some questions, or all if none is named."""
        asked = self.record.decisions.pop(ASKED, {})
        if SHEET in keys or not keys:
            self.record.sheet = ""
        for key in keys or [*self.record.decisions]:
            self.record.decisions.pop(key, None)
            asked.pop(key, None)
        self.record.decisions |= {ASKED: asked} if asked else {}

    def _kept(self, question, answer):
        kept = {"text": question["text"], "rows": ranges(question["rows"]), "is_city": isinstance(answer, dict)}
        kept["subject"] = self._cells_asked_about(question["key"])  # a good row keeps no cells
        if kept["is_city"]:
            return kept | {"answer": {"pl": answer["name_pl"], "en": answer["name_en"]}}
        choices = self.report["lists"][question["list"]]
        if not any(choices.values()):  # a text was asked for
            lines = [line.strip() for line in answer.splitlines() if line.strip()]
            return kept | {"answer": dict.fromkeys(choices, ", ".join(lines))}
        return kept | {"answer": {language: dict(choices[language]).get(answer, answer) for language in choices}}

    def keep_constants(self, texts):
        """Notes {code of a column that the list lacks: what holds for all rows} with the import."""
        asked = self.record.decisions.get(ASKED, {})
        for code, text in texts.items():
            name = {language: BY_CODE[code].name(language) for language in ("pl", "en")}
            asked[constant_of(code)] = {"text": name, "rows": "", "is_city": False, "subject": ""}
            asked[constant_of(code)] |= {"answer": dict.fromkeys(name, text)}
        self.record.decisions |= {constant_of(code): text for code, text in texts.items()} | {ASKED: asked}


def _about(key):
    """What a word that is asked about names, as the list of words in sheets has it; "" of other questions."""
    kind, about, *_rest = [*key.split(":"), ""]
    about = about if kind == "word" else kind
    return about if about in SheetAlias.About and kind in ("word", "country") else ""


def _place(item):
    """Where a question stands that was asked of rows "5, 8–10", told by its (key, what was asked)."""
    key, asked = item
    # the first number of a row: the "5" of "5, 8–10"
    row = re.search(r"\d+", asked["rows"])
    return int(row[0]) if row else 0, key


def is_of_the_file(key):
    """Whether a question is about the file as a whole, or about many rows of whatever kind."""
    return key.split(":")[0] in OF_THE_FILE
