"""The kinds of column the register needs and Django has not: partial dates, countries, prose, keys."""

import json
from base64 import b64decode, b64encode
from functools import cache
from zlib import compressobj, decompress

from babel import Locale
from babel.numbers import is_currency
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField
from django_prose_editor.widgets import AdminProseEditorWidget

from krakow_intl.core.dates import (
    PartialDate,
    PartialDateError,
    format_partial_date,
    parse_partial_date,
    stored_partial_date,
)
from krakow_intl.core.kinds import referable
from krakow_intl.core.prose import (
    EDITOR,
    editor_with_references,
    references,
    sanitize,
    strange_addresses,
    with_links,
    with_references,
)
from krakow_intl.core.references import missing
from krakow_intl.core.sorting import sort_key


def to_partial_date(value):
    """A `PartialDate` of what a form, a fixture or a database holds; `ValidationError` for what is no date."""
    if value in (None, ""):
        return None
    if isinstance(value, PartialDate):
        return value
    try:
        return parse_partial_date(str(value))
    except PartialDateError as error:
        raise ValidationError(error.message, code=error.code) from error


class PartialDateInput(forms.TextInput):
    """Shows the date as a person writes it, so that what is shown can be typed again."""

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "size": 22, "class": "partial-date", **(attrs or {})})

    def format_value(self, value):
        return (
            format_partial_date(value).replace("\N{NO-BREAK SPACE}", " ") if isinstance(value, PartialDate) else value
        )


class PartialDateFormField(forms.CharField):
    widget = PartialDateInput

    def prepare_value(self, value):
        try:
            return to_partial_date(value)
        except ValidationError:
            return value

    def to_python(self, value):
        return to_partial_date(super().to_python(value))

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != to_partial_date(initial)
        except ValidationError:
            return True


class PartialDateField(models.CharField):
    """A day, month or year as reduced ISO 8601 text ("1976-12-12", "2005-09", "1996"), which sorts as text."""

    description = _("A date of which the day or the month may be unknown")

    def __init__(self, *args, **kwargs):
        kwargs |= {"max_length": 10, "null": True, "blank": True}
        kwargs.setdefault(
            "help_text", _("As exactly as known: “9 July 2001”, “9.07.2001”, “09.2005”, “1996”. Empty: not recorded.")
        )
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for implied in ("max_length", "null", "blank"):
            kwargs.pop(implied, None)
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return stored_partial_date(value) if value else None

    def to_python(self, value):
        return to_partial_date(value)

    def get_prep_value(self, value):
        value = to_partial_date(value)
        return None if value is None else str(value)

    def formfield(self, **kwargs):
        defaults = {"form_class": PartialDateFormField, "required": False, "label": self.verbose_name}
        widget = kwargs.pop("widget", None)
        return models.Field.formfield(self, **defaults | kwargs | ({"widget": PartialDateInput} if widget else {}))


@cache
def country_choices(language):
    """(code, name) of every country in the alphabet of `language`."""
    territories = Locale(language).territories
    codes = [
        code
        for code in territories
        if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"}
    ]
    return sorted(((code, territories[code]) for code in codes), key=lambda pair: sort_key(pair[1], language))


def country_name(code, language=None):
    """The name of a country in `language` (the active one if none): "DE" -> "Niemcy"; the code itself if unknown."""
    return Locale((language or get_language() or "pl")[:2]).territories.get(code, code)


class CountryField(models.CharField):
    """A country as its ISO 3166-1 alpha-2 code."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"max_length": 2})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_length", None)
        return name, path, args, kwargs

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value and value not in Locale("en").territories:
            raise ValidationError(_("“%(value)s” is no ISO 3166-1 code of a country."), params={"value": value})

    def formfield(self, **kwargs):
        choices = [("", "—"), *country_choices((get_language() or "pl")[:2])]
        kwargs.pop("widget", None)
        return forms.ChoiceField(
            choices=choices, label=self.verbose_name, required=not self.blank, help_text=self.help_text
        )


class WebsiteField(models.URLField):
    """An address in the web; "krakow.pl" is taken as https."""

    def formfield(self, **kwargs):
        return super().formfield(**{"assume_scheme": "https"} | kwargs)


DAY_TO_COME = _("This day is still to come: write today’s or an earlier one.")


def currency_code(text):
    """The code of ISO 4217 that a text is, in capitals; "" of nothing, a `ValidationError` of anything else."""
    code = text.strip().upper()
    if code and not is_currency(code):
        raise ValidationError({"currency": _("Write a code of ISO 4217, such as EUR, CHF or USD.")})
    return code


def refuse_a_day_to_come(day):
    """Validator of the day, perhaps a `PartialDate`, on which something was done."""
    if is_to_come(day):
        raise ValidationError(DAY_TO_COME, code="day_to_come")


def is_to_come(day):
    return getattr(day, "first_day", day) > timezone.localdate()


class ComputedField(models.Field):
    """Mixin of columns that are computed from the record at every save, by the method named `computed_by`."""

    def __init__(self, *args, computed_by=None, **kwargs):
        self.computed_by = computed_by
        super().__init__(*args, **kwargs | {"editable": False})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs | {"computed_by": self.computed_by}

    def pre_save(self, model_instance, add):
        if compute := getattr(model_instance, self.computed_by, None):  # none as a migration sees the model
            setattr(model_instance, self.attname, compute())
        return getattr(model_instance, self.attname)


class ComputedCharField(ComputedField, models.CharField):
    pass


class ComputedTextField(ComputedField, models.TextField):
    pass


class ComputedDateField(ComputedField, models.DateField):
    pass


class LongJSONField(models.JSONField):
    """A column of JSON, a dictionary that may hold lists of thousands of entries: then it is kept packed.

    Databases take a text of megabytes apart to see whether it is JSON. What is `queried`, the keys by which databases
    look for records, stays as it is. For migrations it is a column like any other.
    """

    PACKED, MANY = "packed", 1000

    def __init__(self, *args, queried=(), **kwargs):
        self.queried = queried
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def get_db_prep_save(self, value, connection):
        if type(value) is dict and sum(len(part) for part in value.values() if type(part) is list) > self.MANY:
            packed = _packed({key: part for key, part in value.items() if key not in self.queried})
            value = {key: value[key] for key in self.queried if key in value} | {self.PACKED: packed}
        return super().get_db_prep_save(value, connection)

    def from_db_value(self, value, expression, connection):
        value = super().from_db_value(value, expression, connection)
        if type(value) is dict and self.PACKED in value:
            value |= json.loads(decompress(b64decode(value.pop(self.PACKED))))
        return value


def _packed(value):
    """A dictionary as compressed JSON, in letters; its text is never held as a whole."""
    packer = compressobj(level=1)
    pieces = [packer.compress(piece.encode()) for piece in _pieces(value)]
    return b64encode(b"".join([*pieces, packer.flush()])).decode()


def _pieces(value):
    """The JSON of a dictionary, an entry of its lists at a time."""
    for place, (key, part) in enumerate(value.items()):
        yield f"{',' if place else '{'}{json.dumps(key)}:"
        if type(part) is list:
            yield "["
            yield from (f"{',' if number else ''}{json.dumps(each)}" for number, each in enumerate(part))
            yield "]"
        else:
            yield json.dumps(part)
    yield "}"


class KeyField(models.CharField):
    """A text that every database orders by the codes of its letters, so that an index finds what begins with some."""

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        return parameters | {"collation": "C"} if connection.vendor == "postgresql" else parameters


class ProseWidget(AdminProseEditorWidget):
    """The editor, started by a module of our own: the package's needs an inline script, which our policy forbids."""

    BUTTONS = {
        "bold": pgettext_lazy("button", "bold"),
        "italic": pgettext_lazy("button", "italic"),
        "bulletList": pgettext_lazy("button", "list"),
        "orderedList": pgettext_lazy("button", "numbered list"),
        "blockquote": pgettext_lazy("button", "quotation"),
        "paragraph": pgettext_lazy("button", "paragraph"),
        "heading2": pgettext_lazy("button", "heading"),
        "heading3": pgettext_lazy("button", "heading of the second rank"),
        "heading4": pgettext_lazy("button", "heading of the third rank"),
        "link": pgettext_lazy("button", "link"),
        "unlink": pgettext_lazy("button", "remove the link"),
        "table": pgettext_lazy("button", "table"),
        "table:addColumnAfter": pgettext_lazy("button", "add a column"),
        "table:deleteColumn": pgettext_lazy("button", "delete the column"),
        "table:addRowAfter": pgettext_lazy("button", "add a row"),
        "table:deleteRow": pgettext_lazy("button", "delete the row"),
        "table:mergeCells": pgettext_lazy("button", "merge the cells"),
        "table:splitCell": pgettext_lazy("button", "split the cell"),
        "table:toggleHeaderCell": pgettext_lazy("button", "heading of a column or row, or not"),
        "table:deleteTable": pgettext_lazy("button", "delete the table"),
        "history:undo": pgettext_lazy("button", "undo"),
        "history:redo": pgettext_lazy("button", "redo"),
    }

    @property
    def media(self):
        folder = "django_prose_editor"
        styles = [f"{folder}/{name}.css" for name in ("material-icons", "editor", "overrides")]
        return forms.Media(css={"all": styles}, js=[forms.Script("js/admin-prose.js", type="module")])

    def get_config(self):
        return super().get_config() | {"buttons": self.BUTTONS}


class ProseFormField(forms.CharField):
    """Prose in the editor, where a reference to a record is a link to "city:lviv"."""

    widget = ProseWidget
    help = _("To link to a record of the register give its kind and its address word as the address: “city:lviv”.")

    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"widget": ProseWidget(), "help_text": kwargs.get("help_text") or self.help})
        self.widget.config, self.widget.preset = {"extensions": editor_with_references()}, "register"

    def prepare_value(self, value):
        return with_links(value) if isinstance(value, str) else value

    def to_python(self, value):
        return sanitize(with_references(super().to_python(value)))

    def clean(self, value):
        for address in strange_addresses(value or "")[:1]:
            kinds = ", ".join(kind.name for kind in referable())
            message = _("“%(address)s” names no record: an address begins with one of %(kinds)s, or with https.")
            raise ValidationError(message, params={"address": address, "kinds": kinds})
        prose = super().clean(value)
        message = _("“%(reference)s” names no record of the register: correct the address of the link, or remove it.")
        if wrong := missing(references(prose)):
            raise ValidationError([ValidationError(message, params={"reference": name}) for name in wrong])
        return prose


class ProseField(ProseEditorField):
    """Prose with headings, lists and links; only what `prose.sanitize` allows ever reaches the database."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", EDITOR)
        super().__init__(*args, **kwargs | {"sanitize": sanitize})

    def pre_save(self, model_instance, add):
        # Not written back: through the untranslated name that would fill an empty English text with the Polish one.
        return sanitize(getattr(model_instance, self.attname) or "")

    def formfield(self, **kwargs):
        kwargs.pop("widget", None)
        return models.TextField.formfield(self, **{"form_class": ProseFormField} | kwargs)
