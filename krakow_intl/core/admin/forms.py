"""The forms in which staff write: they know who writes, and which version of the record they saw."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet, model_to_dict
from django.forms.utils import pretty_name
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.publication import may_move
from krakow_intl.core.records import Publication

MAX_TEXT_LENGTH = 100_000
MAX_ROWS = 200


class LinesField(forms.CharField):
    """Text of several lines; browsers send other line ends than we keep."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class RecordForm(forms.ModelForm):
    """A row as its editor opened it; if it changed meanwhile, it is shown again with what both wrote."""

    user = None  # the admin makes a class with its user for each request
    opened_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    about_the_change = ("opened_version",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stale_version = None  # the version its editor opened, if a later one exists
        if self.instance.pk:
            self.initial["opened_version"] = self.instance.version
        if "publication" in self.fields:
            self._offer_lawful_moves()

    def _offer_lawful_moves(self):
        before = self.instance.publication
        choices = [pair for pair in Publication.choices if may_move(self.user, self._meta.model, before, pair[0])]
        self.fields["publication"].choices = choices

    @cached_property
    def changed_data(self):
        return [name for name in super().changed_data if name not in self.about_the_change]

    def clean(self):
        super().clean()
        opened = self.cleaned_data.get("opened_version")
        if self.instance.pk and opened != self.instance.version:
            self.stale_version = opened or 0
            self._take_over_what_others_wrote()
            raise ValidationError(
                _("Somebody changed this while you were writing. Nothing you wrote is lost: look again, then save."),
                code="stale",
            )

    def _take_over_what_others_wrote(self):
        """Keeps what this editor typed; in fields they left alone shows what others wrote since."""
        opened = self.instance.history.filter(version=self.stale_version).first()
        seen = model_to_dict(opened.instance, fields=list(self.fields)) if opened else {}
        self.data = self.data.copy()
        for name, field in self.fields.items():
            is_untouched = name in seen and not field.has_changed(seen[name], self[name].data)
            if name == "opened_version" or is_untouched:
                self._show(name, field)

    def _show(self, name, field):
        """Puts the stored value of a field into the data the form is shown with."""
        bound = self[name]
        value = field.prepare_value(bound.initial)
        shown = ("on" if value else None) if isinstance(field, forms.BooleanField) else field.widget.format_value(value)
        self.data.setlist(bound.html_name, shown if isinstance(shown, list) else [shown] if shown is not None else [])


class PageForm(RecordForm):
    """The form of a whole record, which also asks why."""

    change_reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=100,
        help_text=_("Kept in the history, such as “corrected after the original”."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    about_the_change = ("opened_version", "change_reason")


class RowFormSet(BaseInlineFormSet):
    """The rows of a record as their editor saw them, without those that somebody removed meanwhile."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.has_lost_rows = False
        if self.is_bound:
            self._leave_out_lost_rows()

    def _leave_out_lost_rows(self):
        rows = {str(row.pk): row for row in self.get_queryset()}
        seen = range(self.initial_form_count())
        keys = [self.data.get(f"{self.add_prefix(i)}-{self.model._meta.pk.name}") for i in seen]
        kept = [i for i in seen if keys[i] in rows]
        self._queryset = [rows[keys[i]] for i in kept]  # in the order in which the editor saw them
        if len(kept) < len(seen):
            self.has_lost_rows = True
            self._renumber(kept, [*kept, *range(len(seen), self.total_form_count())])

    def _renumber(self, kept, forms_left):
        data = self.data.copy()
        # the name of a field in a row of the set: the "parties-0-" of "parties-0-name_pl"
        for name in [name for name in data if re.match(rf"{re.escape(self.prefix)}-\d+-", name)]:
            del data[name]
        for new, old in enumerate(forms_left):
            start = f"{self.add_prefix(old)}-"
            for name in [name for name in self.data if name.startswith(start)]:
                data.setlist(f"{self.add_prefix(new)}-{name.removeprefix(start)}", self.data.getlist(name))
        data[f"{self.prefix}-INITIAL_FORMS"], data[f"{self.prefix}-TOTAL_FORMS"] = len(kept), len(forms_left)
        self.data = data
        del self.management_form

    def add_fields(self, form, index):
        """With a key that is a mere number: each is known to be a row of the record without asking for it once more."""
        super().add_fields(form, index)
        key = forms.IntegerField(initial=form.instance.pk, required=False, widget=forms.HiddenInput)
        form.fields[self.model._meta.pk.name] = key

    def clean(self):
        super().clean()
        if self.has_lost_rows:
            raise ValidationError(_("Somebody removed rows from here while you were writing. Look again, then save."))


class TableFormSet(RowFormSet):
    """Rows in a table, whose fields have no labels but the heads of their columns."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = field.label or pretty_name(name)
