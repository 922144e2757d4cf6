"""What is odd is said at its field before anything is stored, and is stored once the writer ticks that it is so."""

import hashlib
import re
from dataclasses import dataclass

from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

CONFIRMED = "confirmed"  # the name of the boxes in a form, and of what carries those that were ticked before
# the key of a sentence: the first half of a SHA-256
KEY = re.compile(r"[0-9a-f]{32}")
BOX = (
    '<span class="confirm"><span>{sentence}</span> '
    '<label><input type="checkbox" name="{name}" value="{key}"> {words}</label></span>'
)


class Unconfirmed(Exception):
    """What was saved is odd, and was rolled back: `asked`, a list of `Oddity`, has to be confirmed."""

    def __init__(self, asked):
        super().__init__(asked)
        self.asked = asked


@dataclass(frozen=True)
class Oddity:
    """A sentence about what stands in a place of a record, the same in whatever language it is read."""

    place: object
    sentence: object
    value: str = ""

    @property
    def text(self):
        with override("en"):
            return str(self.sentence)

    @property
    def identity(self):
        """What tells it from another of the same record, whatever stands in the field."""
        return self.place.rows, self.place.field, self.text

    @property
    def key(self):
        """Another one as soon as another value stands there: what is odd in a new way is asked anew."""
        return hashlib.sha256("\0".join([*self.identity, self.value]).encode()).hexdigest()[:32]

    def is_touched(self, form, formsets):
        """Whether what was sent changes the field it is about."""
        target = self.form_of(form, formsets)
        return target is not None and self.place.field in target.changed_data

    def form_of(self, form, formsets):
        """The form, of the record or of one of its rows, in which it stands; None if it is in none."""
        if not self.place.rows:
            return form
        rows = (row for formset in formsets if formset.prefix == self.place.rows for row in formset.forms)
        return next((row for row in rows if self._is_about(row.instance)), None)

    def _is_about(self, row):
        return all(getattr(row, name) == value for name, value in self.place.values)

    def box(self):
        words = _("This is so, I have checked it")
        return format_html(BOX, sentence=self.sentence, name=CONFIRMED, key=self.key, words=words)


def oddities_of(record):
    return [
        Oddity(place, sentence, str(getattr(record, place.field, "") if place.field and not place.rows else place))
        for place, sentence in record.warned()
    ]


def ticked(request):
    """The keys of what was confirmed in what was sent."""
    return {key for key in request.POST.getlist(CONFIRMED) if KEY.fullmatch(key)}


class ConfirmingMixin:
    """Mixin of pages of records that can be odd: what the edit brings about has to be confirmed."""

    def save_model(self, request, obj, form, change):
        stored = type(obj)._base_manager.filter(pk=obj.pk).first() if change and self._asks(request) else None
        request.odd_before = {oddity.identity for oddity in oddities_of(stored)} if stored else set()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Its rows are stored first: what is odd about a record may be so because of them."""
        super().save_related(request, form, formsets, change)
        if self._asks(request):
            asked = [odd for odd in oddities_of(form.instance) if self._is_new(request, odd, form, formsets)]
            if {odd.key for odd in asked} - ticked(request):
                raise Unconfirmed(asked)

    @staticmethod
    def _asks(request):
        return getattr(request, "asks_what_is_odd", False)

    @staticmethod
    def _is_new(request, oddity, form, formsets):
        return oddity.identity not in request.odd_before or oddity.is_touched(form, formsets)

    def ask_to_confirm(self, request, asked, *args):
        """The form once more, with all that was typed, and a box at each field that is odd."""
        get_messages(request)._queued_messages.clear()
        request.unconfirmed, request.is_only_shown = asked, True
        return self._store(request, *args)

    def confirming_context(self, request, form, formsets):
        asked = getattr(request, "unconfirmed", [])
        shown = [_say_at_its_field(oddity, form, formsets) for oddity in asked]
        carried = ticked(request) - {oddity.key for oddity in asked}
        return {"unconfirmed": shown, "confirmed": sorted(carried)}


def _say_at_its_field(oddity, form, formsets):
    """{sentence, where the field is}; of what stands in no field the box itself."""
    target, name = oddity.form_of(form, formsets), oddity.place.field
    if target is None or name not in target.fields:
        return {"sentence": oddity.sentence, "box": oddity.box()}
    target.add_error(name, ValidationError(oddity.box(), code="odd"))
    return {"sentence": oddity.sentence, "field": target[name].id_for_label}
