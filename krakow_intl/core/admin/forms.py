"""The forms in which staff write: they know who writes, and which version of the record they saw."""

import re
from copy import copy

from django import forms
from django.core.exceptions import BadRequest, ValidationError
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.forms.models import BaseInlineFormSet, construct_instance, model_to_dict
from django.forms.utils import pretty_name
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.address_words import proposed_slug
from krakow_intl.core.admin.keys import KEY
from krakow_intl.core.admin.publication import may_move, was_public
from krakow_intl.core.english import english_texts
from krakow_intl.core.records import Publication, PublicRecord

MAX_TEXT_LENGTH = 100_000
MAX_ROWS = 200
MAX_SENT = 1000  # rows in all, of which a form can speak


class LinesField(forms.CharField):
    """Text of several lines; browsers send other line ends than we keep."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class RecordForm(forms.ModelForm):
    """A row as its editor opened it; if it changed meanwhile, it is shown again with what both wrote."""

    user = None  # the admin makes a class with its user for each request
    is_row = False  # whether it belongs to a record that may be a draft
    opened_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    about_the_change = ("opened_version",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stale_version = None  # the version its editor opened, if a later one exists
        self.taken_slugs = set()  # address words proposed to other rows of the page
        if self.instance.pk:
            self.initial["opened_version"] = self.instance.version
        if "publication" in self.fields:
            self._offer_lawful_moves()
        self._ask_for_no_more_than_a_draft_needs()

    def _offer_lawful_moves(self):
        before = self.instance.publication
        self.fields["publication"].choices = [pair for pair in Publication.choices if may_move(before, pair[0])]

    def _ask_for_no_more_than_a_draft_needs(self):
        """The English may come later, as the page then says; so may the address word, which is proposed at saving."""
        for name in self._that_may_come_later():
            self.fields[name].required = False

    def _that_may_come_later(self):
        """What is public keeps the English that it has, and its address."""
        is_public = bool(self.instance.pk) and getattr(self.instance, "is_published", False)
        if self.is_row or issubclass(self._meta.model, PublicRecord):
            texts = (name for name in english_texts(self._meta.model) if name in self.fields)
            yield from (name for name in texts if not (is_public and getattr(self.instance, name)))
        if "slug" in self.fields and not is_public:
            yield "slug"

    @cached_property
    def changed_data(self):
        return [name for name in super().changed_data if name not in self.about_the_change]

    def clean(self):
        super().clean()
        self._propose_slug()
        opened = self.cleaned_data.get("opened_version")
        if self.instance.pk and opened != self.instance.version:
            self.stale_version = opened or 0
            self._take_over_what_others_wrote()
            raise ValidationError(
                _("Somebody changed this while you were writing. Nothing you wrote is lost: look again, then save."),
                code="stale",
            )

    def _propose_slug(self):
        """An address word, where none was given and none was wrong."""
        if self.cleaned_data.get("slug", "unknown") or self.fields["slug"].required:
            return
        record = construct_instance(self, copy(self.instance), self._meta.fields, self._meta.exclude)
        self.cleaned_data["slug"] = slug = proposed_slug(record, self.taken_slugs)
        self.taken_slugs.add(slug)

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
        help_text=_("Kept in the history, such as “corrected after the original”; needed for what the public sees."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    about_the_change = ("opened_version", "change_reason")
    is_only_shown = False  # what somebody sent before is shown again, to go on from there
    asks_for_reason = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "change_reason" in self.fields:  # not on a page that may only be read
            self.fields["change_reason"].required = self.asks_for_reason

    def is_valid(self):
        return super().is_valid() and not self.is_only_shown


class RowFormSet(BaseInlineFormSet):
    """The rows of a record as their editor saw them, without those that somebody removed meanwhile."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.extra += len(self.initial_extra or ())  # an empty row stands below those that a link fills in
        self.has_lost_rows = False
        self.taken_slugs = set()
        if self.is_bound:
            self._refuse_forged_rows()
            self._leave_out_lost_rows()

    def _refuse_forged_rows(self):
        """No page of ours leaves out how many rows it shows, or shows one of another record."""
        total = self._refuse_forged_counts()
        parents = {None, "", "" if self.instance.pk is None else str(self.instance.pk)}
        if any(self.data.get(f"{self.add_prefix(i)}-{self.fk.name}") not in parents for i in range(total)):
            raise BadRequest("a row of another record")

    def _refuse_forged_counts(self):
        """How many rows were sent; no page of ours says that they are fewer than it showed first."""
        counts = self.management_form
        if not counts.is_valid():
            raise BadRequest("how many rows there are is not said")
        total, initial = counts.cleaned_data[TOTAL_FORM_COUNT], counts.cleaned_data[INITIAL_FORM_COUNT]
        if not 0 <= initial <= min(total, MAX_SENT):
            raise BadRequest("so many rows no form shows")
        if any(self._key_of(i) for i in range(initial, min(total, MAX_SENT))):
            raise BadRequest("a new row has no key")
        return min(total, MAX_SENT)

    def _key_of(self, i):
        return self.data.get(f"{self.add_prefix(i)}-{self.model._meta.pk.name}")

    def _refuse_rows_of_others(self, keys):
        """Rows that are gone were removed meanwhile; those that stand elsewhere were never rows of this page."""
        numbers = [int(key) for key in keys if key and KEY.fullmatch(key)]
        if len(numbers) < len(keys) or self.model._base_manager.filter(pk__in=numbers).exists():
            raise BadRequest("a row of another record")

    def _leave_out_lost_rows(self):
        rows = {str(row.pk): row for row in self.get_queryset()}
        seen = range(self.initial_form_count())
        keys = [self._key_of(i) for i in seen]
        kept = [i for i in seen if keys[i] in rows]
        if lost := [key for key in keys if key not in rows]:
            self._refuse_rows_of_others(lost)
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
        form.taken_slugs = self.taken_slugs
        key = forms.IntegerField(initial=form.instance.pk, required=False, widget=forms.HiddenInput)
        form.fields[self.model._meta.pk.name] = key

    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            if was_public(form.instance):
                message = _("“%(record)s” was public: it can be withdrawn, and not be deleted.")
                raise ValidationError(message % {"record": form.instance})
        if self.has_lost_rows:
            raise ValidationError(_("Somebody removed rows from here while you were writing. Look again, then save."))
        self._refuse_what_stands_already()

    def _refuse_what_stands_already(self):
        """A row that somebody else added stands in no form here, to which alone Django compares the others."""
        going = [form.instance.pk for form in self.deleted_forms]
        written = [form for form in self.forms if form.has_changed() and form not in self.deleted_forms]
        for form in written if self.instance.pk else ():
            for constraint in self.model._meta.total_unique_constraints:
                same = {name: getattr(form.instance, name, None) for name in constraint.fields}
                others = self.model._base_manager.filter(**same).exclude(pk__in=[*going, form.instance.pk])
                if self.fk.name in same and None not in same.values() and others.exists():
                    raise ValidationError(form.instance.unique_error_message(self.model, constraint.fields))


class TableFormSet(RowFormSet):
    """Rows in a table, whose fields have no labels but the heads of their columns."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs["aria-label"] = field.label or pretty_name(name)
