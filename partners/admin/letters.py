"""The kept report of an import as a letter to the person who brought the sheet: what would happen, said in words."""

from collections import defaultdict
from functools import cached_property

from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.admin.history import NOTHING, in_words, label_of
from krakow_intl.dates import PartialDate, format_partial_date
from krakow_intl.fields import PartialDateField, country_name
from partners.imports.cities import NEW_CITY
from partners.imports.columns import BY_CODE, REASONS
from partners.imports.columns import CHOICES as VOCABULARIES
from partners.imports.understanding import SIDES
from partners.imports.vocabulary import CHOICES
from partners.models import ActLink, Agreement, Field, PartnerCity
from partners.sheets.answers import ranges

ACTIONS = {
    "new": pgettext_lazy("rows", "new"),
    "changed": pgettext_lazy("rows", "changed"),
    "unchanged": pgettext_lazy("rows", "unchanged"),
    "doubtful": pgettext_lazy("rows", "doubtful"),
    "refused": pgettext_lazy("rows", "refused"),
}
BAD = ("doubtful", "refused")
VERBS = {"add": _("add: %(what)s"), "change": _("change: %(what)s"), "publish": _("publish: %(what)s")}
MOST_REMARKS = 200
REMARKS = {"error": _("Refused, and why"), "warning": _("To be looked at")}
COLUMNS_OF_SIDES = {side: code for code, side in SIDES.items()}
REMARKS_ON_MANY_ROWS = {
    *("title-from-kind", "title-in-one-language", "relation-from-kind", "short-rows", "hidden-rows"),
    *("formula-values", "coarse-dates", "column-without-name", "merged-down", "total-row", "repeated-header"),
}


class Letter:
    """Reads the report of an import in the active language."""

    def __init__(self, record):
        self.record, self.report, self.language = record, record.report, get_language()[:2]
        self.messages = self.report.get("messages", [])

    @cached_property
    def is_refused(self):
        """As a whole: no row was looked at."""
        return not self.report.get("plan") and any(message["level"] == "error" for message in self.messages)

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
    def answered(self):
        """How many questions were answered to the end."""
        return sum(answer != NEW_CITY for answer in self.record.decisions.values())

    def counted(self):
        """(action, word, count) of each thing that may become of a row."""
        return [(action, word, self.record.counts.get(action, 0)) for action, word in ACTIONS.items()]

    def remarks(self):
        """(level, title, remarks, how many more) of what is wrong or remarkable, questions apart."""
        for level, title in REMARKS.items():
            if found := self._remarks(level):
                yield level, title, found[:MOST_REMARKS], max(0, len(found) - MOST_REMARKS)

    def _remarks(self, level):
        """(where, text) of what is said, the same thing once for all rows it is said of."""
        found = defaultdict(list)
        for message in self.messages:
            if message["level"] == level:
                found[message["column"], message["text"][self.language]] += [message["row"]] * is_of_its_row(message)
        return [(_where({*rows}, column), text) for (column, text), rows in found.items()]

    @property
    def questions(self):
        return self.report.get("questions", [])

    def missing_rights(self, user, *more):
        """What a person may not do but must be allowed to, in words."""
        missing = [right for right in {*self.report.get("rights", ()), *more} if not user.has_perm(right)]
        return sorted(_right_in_words(right) for right in missing)

    def asked(self, questions):
        """What a form needs of some of the report's questions."""
        for question in questions:
            choices = [(value, label[self.language]) for value, label in self.report["lists"][question["list"]]]
            asked = {"key": question["key"], "text": question["text"][self.language], "choices": choices}
            yield asked | {"rows": ranges(question["rows"]), "city": self._city_asked_about(question)}

    def _city_asked_about(self, question):
        """What the sheet says of a city that is asked about."""
        first = question["rows"][0]
        name = next((m["value"] for m in self.by_row[first] if m["text"] == question["text"]), "")
        country = next((row["values"].get("country") for row in self.report["plan"] if row["row"] == first), None)
        return {"name_pl": name, "name_en": name, "country": country}

    @cached_property
    def by_row(self):
        found = defaultdict(list)
        for message in self.messages:
            found[message["row"]].append(message)
        return found

    def rows(self, action=None):
        return [row for row in self.report.get("plan", []) if action in (None, row["action"])]

    def told(self, rows):
        """What a page says of each of some rows."""
        self.names = _names(rows) | _drafts(self.record.decisions)
        acts = {act.slug: act for act in Agreement.objects.filter(slug__in=[row["act"] for row in rows])}
        for row in rows:
            said = [m | {"text": m["text"][self.language]} for m in self.by_row[row["row"]] if is_of_its_row(m)]
            yield row | {
                "word": ACTIONS[row["action"]],
                "key": row["act"] in acts and acts[row["act"]].pk,
                "said": said,
                "values": self._values(row) if row["action"] == "new" else [],
                "changes": [self._change(*change) for change in row["changes"]],
                "summary": self._summary(row, acts.get(row["act"])),
            }

    def _summary(self, row, act):
        """City, day and title of the act a row speaks of, as far as they were understood."""
        values = row["values"]
        parts = [
            self._value("city", values.get("city")),
            self._value("signed_on", values.get("signed_on")),
            row["title"],
        ]
        return " · ".join(part for part in parts if part and part != NOTHING)

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
        if kind == "date":
            return format_partial_date(PartialDate(value))
        if kind == "country":
            return country_name(value)
        if about := VOCABULARIES.get(code) or (code == "link" and code):
            return dict(CHOICES[about].choices).get(value, value)
        return self.names.get((kind, value), value)

    def _change(self, name, old, new):
        """(label, old, new) of a change, in words."""
        if name == "links":
            verb, slug = new
            return BY_CODE["link"].name(), self._value("link", old), f"{ActLink.Verb(verb).label}: {slug}"
        code = COLUMNS_OF_SIDES.get(name, name if name in ("fields", "city") else None)
        if code:
            return BY_CODE[code].name(), self._value(code, old), self._value(code, new)
        field = Agreement._meta.get_field(name)
        if isinstance(field, PartialDateField):
            old, new = (value and PartialDate(value) for value in (old, new))
        return capfirst(str(label_of(field))), in_words(field, old), in_words(field, new)

    def bad_rows(self):
        """The rows that were not taken in, as they stood, and behind each what to correct."""
        yield [*self.report.get("headers", []), REASONS[self.language]]
        width = len(self.report.get("headers", []))
        for row in self.rows():
            if row["action"] in BAD:
                cells = [*row["cells"], *[None] * width][:width]
                reasons = [m["text"][self.language] for m in self.by_row[row["row"]] if m["level"] != "warning"]
                yield [*cells, " ".join(dict.fromkeys(reasons))]


def is_of_its_row(message):
    """Whether it speaks of one row and does not itself say of which rows it speaks."""
    return message["row"] is not None and message["code"] not in REMARKS_ON_MANY_ROWS


def _where(rows, column):
    if not rows:
        return ""
    where = ngettext("row %(rows)s", "rows %(rows)s", len(rows)) % {"rows": ranges(rows)}
    return f"{where}, {column}" if column else where


def _names(rows):
    """{(kind of column, slug): name} of the cities and fields that rows name."""
    slugs = {row["values"].get("city") for row in rows}
    slugs |= {value for row in rows for name, *values in row["changes"] if name == "city" for value in values}
    cities = PartnerCity.objects.filter(slug__in=filter(None, slugs))
    return {("city", city.slug): city.name for city in cities} | {
        ("fields", field.slug): field.name for field in Field.objects.all()
    }


def _drafts(decisions):
    """The cities that are to be made, named as `_names` does."""
    answers = (answer for answer in decisions.values() if isinstance(answer, dict))
    return {("city", answer["slug"]): answer["name_pl"] for answer in answers}


def _right_in_words(right):
    app, _dot, codename = right.partition(".")
    verb, _underscore, model = codename.partition("_")
    return VERBS[verb] % {"what": apps.get_model(app, model)._meta.verbose_name_plural}
