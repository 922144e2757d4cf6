"""How a column of a list leaves as JSON: what is not recorded is null, what has two languages has both."""

from django.core.exceptions import ObjectDoesNotExist
from django.utils.functional import lazy
from django.utils.text import capfirst, format_lazy
from django.utils.translation import override
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.fields import PartialDateField
from krakow_intl.core.kinds import kind_of
from krakow_intl.core.prose import safe
from krakow_intl.core.public_data import collection_of
from krakow_intl.core.references import LINK
from krakow_intl.core.site_url import absolute
from krakow_intl.imports import cells

LANGUAGES = cells.LANGUAGES
TEXT = {"type": ["string", "null"]}
# a year, a month or a day: "1993", "1993-02", "1993-02-19"
PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
SCHEMAS = {
    "string": TEXT,
    "date": TEXT | {"format": "date"},
    "partial-date": TEXT | {"pattern": PARTIAL_DATE},
    "integer": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
}
BILINGUAL = {
    "type": ["object", "null"],
    "properties": dict.fromkeys(LANGUAGES, TEXT),
    "required": list(LANGUAGES),
    "additionalProperties": False,
}
LINKED = {
    "type": ["object", "null"],
    "properties": {
        "id": {"type": "integer"},
        "key": {"type": "string"},
        "name": BILINGUAL,
        "url": TEXT | {"format": "uri"},
    },
    "required": ["id", "key", "name", "url"],
    "additionalProperties": False,
}


def api_address(collection, record):
    """Where a record of a collection stands in the API."""
    return absolute(reverse("api:detail", args=[collection.name, key_of(collection, record)]))


def key_of(collection, record):
    return record.slug if collection.is_keyed_by_slug else str(record.pk)


def pages_of(record):
    """{language: the address of its page}, or None for what has none."""
    kind = kind_of(type(record))
    if not kind or not kind.is_referable:
        return None
    pages = {}
    for language in LANGUAGES:
        with override(language):
            pages[language] = absolute(kind.address(record.slug))
    return pages


def plain_json(value):
    """A value as JSON has it; "" and None alike say that nothing is recorded."""
    if value is None or value == "":
        return None
    return value if isinstance(value, bool | int) else str(value)


class ReadField(serializers.Field):
    """Reads one thing of a record; `schema` is what the description of the API says of it."""

    def __init__(self, read, schema, meaning="", words=()):
        super().__init__(source="*", read_only=True, help_text=meaning)
        self.read, self.schema = read, schema
        self.words = words  # (code, label) of what may stand there
        extend_schema_field(schema)(self)

    def to_representation(self, record):
        return self.read(record)


class ProseField(ReadField):
    """Formatted text in both languages, whose references lead to pages that the public may read."""

    def __init__(self, name, meaning=""):
        self.name = name
        super().__init__(self._texts, BILINGUAL, meaning)

    def _texts(self, record):
        return bilingual(record, self.name, self._linked)

    def _linked(self, html, language):
        addresses = self.context["addresses"][language]

        def link(match):
            reference, words = match.groups()
            return f'<a href="{absolute(addresses[reference])}">{words}</a>' if reference in addresses else words

        return LINK.sub(link, safe(html))


def bilingual(record, name, write=lambda text, _language: text):
    """{language: text} of a column in both languages, or None where neither has any."""
    texts = {language: getattr(record, f"{name}_{language}") or None for language in LANGUAGES}
    if not any(texts.values()):
        return None
    return {language: text and write(text, language) for language, text in texts.items()}


def target_of(record, name):
    """What a record points to, as far as the public sees it; None of nothing, and of what is held back."""
    try:
        return getattr(record, name)
    except ObjectDoesNotExist:  # the question left it out
        return None


def linked(target):
    """What a record says of another one, which the public sees; None of none."""
    if target is None:
        return None
    collection = collection_of(type(target))
    name = next((name for name in NAMES if hasattr(target, f"{name}_pl")), None)
    return {
        "id": target.pk,
        "key": getattr(target, "slug", None) or str(target.pk),
        "name": bilingual(target, name) if name else None,
        "url": api_address(collection, target) if collection else None,
    }


NAMES = ("name", "title", "label", "what")


def field_of(column):
    """(name, field) of a column of a noun's list."""
    cell = column.cell
    if isinstance(cell, cells.LinksCell):
        return column.code.replace("_links", "s"), _links(cell, lazy(column.name, str)())
    name, original = cell.name, getattr(cell.field, "translated_field", None)
    if original is not None:
        return original.name, _bilingual_field(cell, original.name, _meaning(original))
    meaning = _meaning(cell.field)
    if isinstance(cell, cells.LinkCell):
        return name, ReadField(lambda record: linked(target_of(record, name)), LINKED, meaning)
    return name, ReadField(lambda record: _value(cell, record), _schema(cell), meaning, _words(cell))


def _meaning(field):
    """What a column is called, and what its help says."""
    return format_lazy("{}. {}" if field.help_text else "{}.", lazy(capfirst, str)(field.verbose_name), field.help_text)


def _bilingual_field(cell, name, meaning):
    if isinstance(cell, cells.ProseCell):
        return ProseField(name, meaning)
    return ReadField(lambda record: bilingual(record, name), BILINGUAL, meaning)


def _links(cell, meaning):
    """What rows that only join lead to; what is held back is left out."""
    if isinstance(cell.cell, cells.LinkCell):
        items = LINKED | {"type": "object"}
        return ReadField(lambda record: [*_linked_by(cell, record)], _list_of(items), meaning)
    read = ReadField(lambda record: sorted(cell.targets(record)), _list_of({"type": "string"}), meaning)
    read.words = _words(cell.cell)
    return read


def _linked_by(cell, record):
    targets = (target_of(row, cell.cell.name) for row in cell.of(record))
    return (linked(target) for target in targets if target is not None)


def _words(cell):
    """(code, label) of what may stand in a cell; nothing for countries, whose codes everybody knows."""
    is_choice = isinstance(cell, cells.ChoiceCell) and not isinstance(cell, cells.CountryCell)
    return [(code, label) for code, label in cell.field.flatchoices if code] if is_choice else ()


def _list_of(items):
    return {"type": "array", "items": items}


def _value(cell, record):
    if cell.name == "passage" and record.source_id and target_of(record, "source") is None:
        return None  # a place in a document that is not public
    value = cell.of(record)
    if isinstance(cell, cells.DecimalCell):
        return None if value is None else float(value)
    return plain_json(value)


def _schema(cell):
    if words := _words(cell):
        return TEXT | {"enum": [*(code for code, _label in words), None]}
    if isinstance(cell.field, PartialDateField):
        return SCHEMAS["partial-date"]
    return SCHEMAS[TYPES.get(type(cell), "string")]


TYPES = {
    cells.DayCell: "date",
    cells.NumberCell: "integer",
    cells.DecimalCell: "number",
    cells.YesNoCell: "boolean",
}
