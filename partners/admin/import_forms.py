"""What staff say of a sheet: the file itself, which column is which, and the answers to what only a person knows."""

from hashlib import sha256

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.history import label_of
from krakow_intl.core.display import number
from krakow_intl.core.former_addresses import refuse_address
from krakow_intl.core.sorting import fold
from krakow_intl.sheets import ALL, SheetError
from krakow_intl.sheets.safety import MAX_BYTES
from partners.imports.reading.cities import NEW_CITY
from partners.imports.reading.columns import BY_CODE
from partners.imports.reading.constants import MAX_LENGTH, TYPED, typed_day
from partners.models import PartnerCity

ACCEPTED = ".xlsx,.ods,.csv,.tsv,.txt,.xls"
MAX_TEXT_LENGTH = 20_000
TEXT = forms.Textarea({"rows": 4})
LINE = forms.TextInput({"class": "vTextField"})
NOT_READ = "-"
NO_DAY = _("“%(value)s” is no date up to today. Write one such as 31.12.2005.")
LANGUAGES = {"pl": _("in Polish"), "en": _("in English")}


def token(text):
    """A short name for a form field that stands for any text."""
    return sha256(text.encode()).hexdigest()[:12]


class UploadForm(forms.Form):
    noun = forms.ChoiceField(label=_("List"))
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV; at most 10 MB and 10,000 rows."),
    )

    def __init__(self, nouns, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["noun"].choices = [(noun.name, noun.title()) for noun in nouns]

    def clean_file(self):
        """The size is known without opening the file."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(SheetError("too-large", limit=MAX_BYTES >> 20).text)
        return file


class SheetForm(forms.Form):
    """Which of several worksheets to read."""

    sheet = forms.ChoiceField(label=_("Sheet"), widget=forms.RadioSelect)

    def __init__(self, names, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [*((name, name) for name in names), (ALL, _("all of them, as one list"))]


class ColumnsForm(forms.Form):
    """Which column of a sheet is which; `meanings` are those of its `names` so far, guesses included.

    `samples` tell, by the name of a column, what stands in it; `columns` are those of the list by code.
    """

    def __init__(self, names, meanings, samples, columns, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = {f"column-{token(name)}": name for name in names}
        choices = [(NOT_READ, _("is not read")), *_meanings(columns.values())]
        for field, name in self.names.items():
            initial = meanings.get(name, NOT_READ)
            told = _told(samples[name]) if name in samples else ""
            self.fields[field] = forms.ChoiceField(label=name, choices=choices, initial=initial, help_text=told)

    def chosen(self):
        """{name of a column: what it means} as it was sent."""
        return {self.names[field]: meaning for field, meaning in self.cleaned_data.items()}


def _told(sample):
    """Some values of a column, and how many of its cells can be read as what it means or likely means."""
    if not sample["values"]:
        return _("The column is empty.")
    values = format_html_join(" · ", "<q>{}</q>", ([value] for value in sample["values"]))
    if not sample["tried"]:
        return format_html('<span class="samples">{}</span>', values)
    counts = {"readable": number(sample["readable"]), "cells": number(sample["tried"])}
    counts["meaning"] = BY_CODE[sample["code"]].name()
    if sample["tried"] < sample["filled"]:
        share = _("Of the first %(cells)s cells, %(readable)s can be read as “%(meaning)s”.") % counts
    else:
        share = _("Of %(cells)s cells, %(readable)s can be read as “%(meaning)s”.") % counts
    return format_html('<span class="samples">{}</span> {}', values, share)


def meaning_of(column, language):
    """A column's meaning as a choice: texts have a language; who knows how another one writes days? "en" asks."""
    return f"{column.code}:{language if column.is_translated else 'en'}"


def _meanings(columns):
    for column in columns:
        if not column.is_translated:
            yield meaning_of(column, ""), column.name()
            continue
        for language, words in LANGUAGES.items():
            yield meaning_of(column, language), f"{column.name()} ({words})"


class CityForm(forms.ModelForm):
    """A city that the register does not know yet, in as few words as will do for a draft."""

    use_required_attribute = False  # it may still be left empty and another answer be chosen

    class Meta:
        model = PartnerCity
        fields = ("name_pl", "name_en", "country", "latitude", "longitude")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = True
            field.label = capfirst(label_of(PartnerCity._meta.get_field(name)))

    def clean(self):
        super().clean()
        slug = slugify(fold(self.cleaned_data.get("name_en", "")))
        if slug and PartnerCity.objects.filter(slug=slug).exists():
            self.add_error("name_en", _("The register has a city of this name: choose it above."))
        self.instance.slug = slug
        self._refuse_address()

    def _refuse_address(self):
        """A city of this name may stand in the register under another one: its old address stays its own."""
        try:
            refuse_address(self.instance)
        except ValidationError as error:
            self.add_error("name_en", error.messages)

    def described(self):
        """The attributes of the draft, as an import keeps them."""
        return {name: str(value) for name, value in self.cleaned_data.items()} | {"slug": self.instance.slug}


class TypedDayField(forms.CharField):
    """A day, a month or a year that holds for all rows, as people write it; it is kept as "2005-05-12"."""

    def __init__(self):
        help_text = _("or write one date for all of them, such as 31.12.2005 or 2005")
        super().__init__(label=capfirst(help_text), required=False, max_length=40)

    def clean(self, value):
        text = super().clean(value)
        if text and not (day := typed_day(text)):
            raise ValidationError(NO_DAY % {"value": text})
        return str(day) if text else ""


class ConstantsForm(forms.Form):
    """What holds for all rows of a list of agreements, in columns that it lacks."""

    def __init__(self, codes, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code in codes:
            column = BY_CODE[code]
            label = f"{column.name()} ({LANGUAGES['pl']})" if column.is_translated else column.name()
            self.fields[code] = forms.CharField(label=label, required=False, max_length=MAX_LENGTH, widget=LINE)


class AnswersForm(forms.Form):
    """The answers to what a letter asks; whoever answers "a new city" is asked to describe it."""

    def __init__(self, questions, decisions, data=None):
        super().__init__(data)
        self.questions = {f"answer-{token(question['key'])}": question for question in questions}
        self.cities = {}
        for name, question in self.questions.items():
            is_new_city = decisions.get(question["key"]) == NEW_CITY and not question["is_withheld"]
            if not question["choices"]:
                self.fields[name] = forms.CharField(
                    label=question["text"], required=False, max_length=MAX_TEXT_LENGTH, widget=TEXT
                )
                continue
            self.fields[name] = forms.ChoiceField(
                label=question["text"],
                choices=[*([] if question["is_spread"] else [("", _("Choose …"))]), *question["choices"]],
                widget=forms.RadioSelect if question["is_spread"] else forms.Select,
                required=False,
                initial=NEW_CITY if is_new_city else "",
            )
            if question["key"] == TYPED:
                self.fields[f"typed-{name}"] = TypedDayField()
                question["typed"] = self[f"typed-{name}"]
            if is_new_city:
                sent = data if data and data.get(name) == NEW_CITY else None
                self.cities[name] = CityForm(sent, prefix=f"city-{name}", initial=question["city"])

    def asked(self):
        """(question, its field, the form of a new city or None) of each."""
        for name, question in self.questions.items():
            yield question, self[name], self.cities.get(name)

    def is_valid(self):
        return all([super().is_valid(), *(city.is_valid() for city in self.cities.values() if city.is_bound)])

    @property
    def are_incomplete(self):
        return self.is_bound and not self.is_valid()

    @property
    def withhold_cities(self):
        """Whether somebody else could also answer with a new city."""
        return any(question["is_withheld"] for question in self.questions.values())

    def decisions(self):
        """{key of a question: its answer}, without those left open."""
        given = {name: answer for name, answer in self.cleaned_data.items() if answer}
        typed = {name: given.pop(f"typed-{name}") for name in self.questions if f"typed-{name}" in given}
        answers = given | typed
        answers |= {name: city.described() for name, city in self.cities.items() if city.is_bound}
        return {self.questions[name]["key"]: answer for name, answer in answers.items()}
