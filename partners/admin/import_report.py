"""The kept report of an import as a letter to the person who brought the sheet: what would happen, said in words."""

from collections import defaultdict
from functools import cached_property

from django.apps import apps
from django.contrib.auth.models import Permission
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.history import NOTHING, in_words, label_of
from krakow_intl.core.dates import PartialDate, format_partial_date
from krakow_intl.core.fields import PartialDateField, country_name
from krakow_intl.imports.reading.headings import REASONS
from krakow_intl.sheets.messages import RowNumber, column_letters, ranges
from partners.admin.import_ledger import forms, in_one_sentence, left_out
from partners.admin.questions import ADD_CITIES, ASKED, Questions
from partners.event_words import full_words_of, of_code
from partners.imports.planning.messages import ON_MANY_ROWS
from partners.imports.planning.plan import LEFT_OUT
from partners.imports.reading.columns import BY_CODE
from partners.imports.reading.columns import CHOICES as VOCABULARIES
from partners.imports.reading.events import SIGNED_FOR
from partners.imports.reading.rows import SIDES, as_text
from partners.imports.reading.vocabulary import CHOICES
from partners.imports.writing.applying import IMPORT
from partners.models import Agreement, AgreementLink, PartnerCity, Theme

ACTIONS = {
    "new": pgettext_lazy("rows", "new"),
    "changed": pgettext_lazy("rows", "changed"),
    "unchanged": pgettext_lazy("rows", "unchanged"),
    "doubtful": pgettext_lazy("rows", "doubtful"),
    "refused": pgettext_lazy("rows", "refused"),
}
OUTCOMES = ACTIONS | {LEFT_OUT: pgettext_lazy("rows", "left out")}
BAD = ("doubtful", "refused")
SHEET_IS_MISSING = ("choose-sheet", "no-such-sheet")
VERBS = {"add": _("add: %(what)s"), "change": _("change: %(what)s"), "publish": _("publish: %(what)s")}
VERBS |= {"delete": _("delete: %(what)s"), "view": _("see: %(what)s")}
RIGHTS = {IMPORT: _("bring in lists")}
MAX_REMARKS = 200
REMARKS = {"error": _("Refused, and why"), "warning": _("To be looked at")}
COLUMNS_OF_SIDES = {side: code for code, side in SIDES.items()}
TOLD_IN_WORDS = ("conflict", "kept")  # their values are codes
MAX_CELL_LENGTH, CELLS_IN_A_SUMMARY = 60, 4


class ImportReportView(Questions):
    """Reads the report of an import in the active language."""

    link_words, page_prefix = _("the agreement"), "admin:partners_agreement"

    def __init__(self, record):
        self.record, self.report, self.language = record, record.report, get_language()[:2]
        self.messages = self.report.get("messages", [])
        self._name_rows()

    def _name_rows(self):
        """Tells the rows of a list in several parts as people do: "Niemcy!5"."""
        if prefixes := self.report.get("prefixes"):
            for one in [*self.messages, *self.report.get("plan", [])]:
                one["row"] = RowNumber.again(one["row"], prefixes)
            for question in self.questions:
                question["rows"] = [RowNumber.again(row, prefixes) for row in question["rows"]]

    @cached_property
    def is_refused(self):
        """As a whole: no row was looked at."""
        return not self.report.get("plan") and any(message["level"] == "error" for message in self.messages)

    @property
    def is_choice(self):
        """No sheet was read yet: a person is to say which."""
        return self.code in SHEET_IS_MISSING

    @property
    def code(self):
        """Why the file is refused as a whole, for programs."""
        return self.messages[0]["code"] if self.is_refused else ""

    @property
    def writes(self):
        return self.record.counts.get("new", 0) + self.record.counts.get("changed", 0)

    @property
    def bad(self):
        return sum(self.record.counts.get(action, 0) for action in BAD)

    @property
    def makes_cities(self):
        return ADD_CITIES in self.report.get("rights", ())

    @cached_property
    def left_out(self):
        """The numbers of the rows that a person left out."""
        return {message["row"] for message in self.messages if message["code"] == LEFT_OUT}

    @property
    def is_left_out(self):
        """As a whole."""
        return len(self.left_out) == self.record.counts.get("rows")

    def counted(self):
        return counted(self.record.counts)

    @property
    def account(self):
        """What became of the cells of the file, in one sentence; "" where no row was looked at."""
        ledger = self.report.get("ledger")
        return in_one_sentence(ledger) if ledger else ""

    def left_out_cells(self):
        return list(left_out(self.report["ledger"]))

    def forms(self):
        """What cells say by their form that was not understood."""
        return list(forms(self.report["ledger"]))

    def remarks(self):
        """(level, title, remarks, how many more) of what is wrong or remarkable, questions apart."""
        for level, title in REMARKS.items():
            if (found := self._remarks(level)) and not (self.is_choice and level == "error"):
                yield level, title, found[:MAX_REMARKS], max(0, len(found) - MAX_REMARKS)

    def _remarks(self, level):
        """(where, value, text) of what is said, the same thing once for all rows it is said of."""
        found = defaultdict(list)
        for message in self.messages:
            if message["level"] == level:
                text = message["text"][self.language]
                names_its_rows = not is_of_its_row(message) or message["code"] == "contradiction"
                found[message["column"], _unsaid(message, text), text] += [] if names_its_rows else [message["row"]]
        return [(_where({*rows}, column), value, text) for (column, value, text), rows in found.items()]

    def missing_rights(self, user, *more):
        """What a person may not do but must be allowed to, in words."""
        missing = [right for right in {*self.report.get("rights", ()), *more} if not user.has_perm(right)]
        return sorted(_right_in_words(right) for right in missing)

    @cached_property
    def numbered(self):
        return {row["row"]: row for row in self.rows()}

    @cached_property
    def by_row(self):
        found = defaultdict(list)
        for message in self.messages:
            found[message["row"]].append(message)
        return found

    def outcome(self, row):
        return LEFT_OUT if row["row"] in self.left_out else row["action"]

    def rows(self, outcome=None):
        return [row for row in self.report.get("plan", []) if outcome in (None, self.outcome(row))]

    def record_of(self, row):
        """(model, name of the column, what it holds) of the record that a row is about."""
        return Agreement, "slug", row["agreement"]

    def display_rows(self, rows):
        """What a page says of each of some rows."""
        self.names = _names(rows) | self._new_cities() | _drafts(self.record.decisions)
        agreements = {
            agreement.slug: agreement
            for agreement in Agreement.objects.filter(slug__in=[row["agreement"] for row in rows])
        }
        for row in rows:
            yield self.display_row(row, row["agreement"] in agreements and agreements[row["agreement"]].pk)

    def display_row(self, row, key):
        """What a page says of a row; `key` is that of its record, as far as it stands."""
        return row | {
            "action": self.outcome(row),
            "word": OUTCOMES[self.outcome(row)],
            "key": key,
            "messages": [self._display_message(m) for m in self._messages_of(row) if is_of_its_row(m)],
            "values": self._display_values(row),
            "changes": [self._change(*change) for change in row["changes"]],
            "summary": self._summary(row),
        }

    def _new_cities(self):
        return {("city", slug): names[self.language] for slug, names in self.report.get("cities", {}).items()}

    def _messages_of(self, row):
        """The messages of a row; whoever left it out answered what it asks."""
        is_settled = self.outcome(row) == LEFT_OUT
        return [message for message in self.by_row[row["row"]] if not (is_settled and message["level"] == "decision")]

    def _display_values(self, row):
        """(label, value) pairs of a row whose changes do not tell what it says."""
        if row["action"] in BAD:
            return [*self._cells(row)]
        return [*self._values(row)] if self.outcome(row) in ("new", LEFT_OUT) else []

    def _display_message(self, message):
        text = message["text"][self.language]
        return message | {"text": text, "value": _unsaid(message, text)}

    def _cells(self, row):
        """(name of the column, text) of what a bad row holds, as it stands in the sheet."""
        names = self.report.get("headers", [])
        for place, cell in enumerate(row["cells"]):
            if text := as_written(cell):
                yield (place < len(names) and names[place]) or column_letters(place + 1), text

    def _in_short(self, row):
        """The first cells of a bad row."""
        texts = [text[:MAX_CELL_LENGTH] for _name, text in self._cells(row)]
        return " · ".join(texts[:CELLS_IN_A_SUMMARY])

    def _summary(self, row):
        """City, day and title of the agreement, or its kind; the first cells of a bad row that does not tell these."""
        values = row["values"]
        if row["action"] in BAD and not (values.get("city") and (values.get("signed_on") or row["agreement"])):
            return self._in_short(row)
        parts = [self._value(code, values.get(code)) for code in ("city", "signed_on")]
        parts.append(row["title"] or self._value("kind", values.get("kind")))
        return " · ".join(str(part) for part in parts if part and part != NOTHING)

    def _values(self, row):
        for code, value in row["values"].items():
            stem, _separator, language = code.rpartition("_")
            name = code if code in BY_CODE else stem
            label = BY_CODE[name].name() if code in BY_CODE else f"{BY_CODE[name].name()} ({language})"
            yield label, self._value(name, value)

    def _value(self, code, value):
        """A value as it was understood, in words."""
        if value in (None, "", []):
            return NOTHING
        if isinstance(value, list):
            return "; ".join(str(self._value(code, one)) for one in value)
        kind = BY_CODE[code].kind
        if kind in ("date", "event_day", "check"):
            return format_partial_date(PartialDate(value))
        if kind == "events":
            return full_words_of(of_code(value))
        if kind == "country":
            return country_name(value)
        if about := VOCABULARIES.get(code) or (code == "link" and code):
            return dict(CHOICES[about].choices).get(value, value)
        return self.names.get((kind, value), value)

    def _change(self, name, old, new):
        """(label, old, new) of a change, in words."""
        label, code = self._name_of(name), _column_of(name)
        if name == "links":
            verb, slug = new
            return label, self._value("link", old), f"{AgreementLink.Verb(verb).label}: {slug}"
        if code:
            return label, self._value(code, old), self._value(code, new)
        field = Agreement._meta.get_field(name)
        if isinstance(field, PartialDateField):
            old, new = (value and PartialDate(value) for value in (old, new))
        return label, in_words(field, old), in_words(field, new)

    @staticmethod
    def _name_of(attribute):
        """What people call what changes of an agreement."""
        code = _column_of(attribute)
        return BY_CODE[code].name() if code else capfirst(str(label_of(Agreement._meta.get_field(attribute))))

    def bad_rows(self):
        """The rows that were not taken in, as they stood, and behind each what to correct."""
        yield [*self.report.get("headers", []), REASONS[self.language]]
        width = len(self.report.get("headers", []))
        for row in self.rows():
            if row["action"] in BAD:
                cells = [*row["cells"], *[None] * width][:width]
                reasons = [
                    self._reason(message) for message in self.by_row[row["row"]] if message["level"] != "warning"
                ]
                yield [*cells, " ".join(dict.fromkeys(reasons))]

    def _reason(self, message):
        text = message["text"][self.language]
        return f"{message['column']}: {text}" if message["column"] else text


def counted(counts):
    """(outcome, word, count) of each thing that may become of a row, by the counts kept with an import."""
    totals = dict.fromkeys(ACTIONS, 0) | counts
    totals["unchanged"] -= counts.get(LEFT_OUT, 0)
    return [(outcome, word, totals[outcome]) for outcome, word in OUTCOMES.items() if outcome in totals]


def is_of_its_row(message):
    """Whether it speaks of one row and does not itself say of which rows it speaks."""
    return message["row"] is not None and message["code"] not in ON_MANY_ROWS


def _column_of(attribute):
    """The code of the column that holds relations of an agreement; None of its own fields."""
    others = {"links": "link", "themes": "themes", "events": "events", "event": "events", "city": "city"}
    others |= {code: code for code in SIGNED_FOR}
    return COLUMNS_OF_SIDES.get(attribute, others.get(attribute))


def as_written(cell):
    """The text of a kept cell; days are kept with an hour that nobody wrote."""
    return as_text(cell).removesuffix(" 00:00:00").strip()


def _unsaid(message, text):
    """The value of a cell, where what is said of it does not repeat it."""
    value = message["value"] or ""
    is_cell = message["row"] is not None and is_of_its_row(message) and message["code"] not in TOLD_IN_WORDS
    return value if is_cell and value not in text else ""


def _where(rows, column):
    if not rows:
        return ""
    where = ngettext("row %(rows)s", "rows %(rows)s", len(rows)) % {"rows": ranges(rows)}
    return f"{where}, {column}" if column else where


def _names(rows):
    """{(kind of column, slug): name} of the cities and themes that rows name."""
    slugs = {row["values"].get("city") for row in rows}
    slugs |= {value for row in rows for name, *values in row["changes"] if name == "city" for value in values}
    cities = PartnerCity.objects.filter(slug__in=filter(None, slugs))
    return {("city", city.slug): city.name for city in cities} | {
        ("themes", theme.slug): theme.name for theme in Theme.objects.all()
    }


def _drafts(decisions):
    """The cities that are to be made, named as `_names` does."""
    answers = (answer for key, answer in decisions.items() if isinstance(answer, dict) and key != ASKED)
    return {("city", answer["slug"]): answer["name_pl"] for answer in answers}


def _right_in_words(right):
    if right in RIGHTS:
        return str(RIGHTS[right])
    if model := model_of_right(right):
        verb = right.partition(".")[2].partition("_")[0]
        return VERBS[verb] % {"what": model._meta.verbose_name_plural}
    app, _dot, codename = right.partition(".")
    return gettext(Permission.objects.get(content_type__app_label=app, codename=codename).name)


def model_of_right(right):
    """The model that a right such as "partners.add_agreement" is about; None of one to a column of it."""
    app, _dot, codename = right.partition(".")
    return apps.get_app_config(app).models.get(codename.partition("_")[2])
