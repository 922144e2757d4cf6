"""What a person is asked before an import is taken back: of each record that was touched since, whether it goes too."""

from django import forms
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.history import revisions
from krakow_intl.core.dates import format_partial_date
from partners.imports.writing.undo import PARTS
from partners.models import Agreement

LATER, UNDO, KEEP = "", "undo", "keep"
CHOICES = {
    LATER: _("decide later"),
    UNDO: _("give it back too: what is told here is lost"),
    KEEP: _("keep it as it is"),
}
# the parts of an agreement that history tells with it
OF_AGREEMENTS = [(model, "agreement") for model, column in PARTS.items() if column == "agreement_id"]


class TouchedUnit:
    """A `Unit` of an import that was touched since, as a page shows it."""

    def __init__(self, unit, record, user):
        self.unit, self.record, self.user = unit, record, user

    @property
    def name(self):
        rows = next(filter(None, self.unit.rows.values()))
        found = self.unit.model._default_manager.filter(pk=self.unit.pk).first()
        return name_of(found or rows[0].instance)

    @property
    def revisions(self):
        """What was written of it since the import, the latest first."""
        rows = OF_AGREEMENTS if self.unit.model is Agreement else ()
        found = revisions(self.unit.model(pk=self.unit.pk), rows, since=self.record.applied_at, user=self.user)
        return [one for one in found if one.reason != self.record.reason]

    @property
    def holders(self):
        """What rests on it, and has to go before it can."""
        return [name_of(record) for record in self.unit.holders]


class UndoForm(forms.Form):
    """A decision on each touched unit as it was seen; one on which others rest is not offered to go."""

    def __init__(self, units, record, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.units = {f"unit-{unit.key}-{unit.fingerprint}": TouchedUnit(unit, record, user) for unit in units}
        for name, touched in self.units.items():
            choices = [(value, label) for value, label in CHOICES.items() if value != UNDO or not touched.unit.holders]
            self.fields[name] = forms.ChoiceField(
                label=touched.name, choices=choices, required=False, initial=LATER, widget=forms.RadioSelect
            )

    def asked(self):
        """(unit, its field) of each."""
        return [(touched, self[name]) for name, touched in self.units.items()]

    def chosen(self, choice):
        return [touched.unit.key for name, touched in self.units.items() if self.cleaned_data[name] == choice]


def name_of(record):
    """A record as a person finds it: of the many agreements called "Agreement", the one of this city and day."""
    agreement = record if isinstance(record, Agreement) else getattr(record, "agreement", None)
    if agreement is None:
        return str(record)
    day = format_partial_date(agreement.signed_on) if agreement.signed_on else "—"
    name = f"{agreement.number}. {agreement} ({agreement.city}, {day})"
    return name if agreement is record else f"{record}: {name}"
