"""What a person says of a file as a whole, so that it can be read: where its names stand, and in which encoding."""

from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from krakow_intl.sheets.heads import as_said, said, said_turned
from krakow_intl.sheets.messages import fill

HEADER, ENCODING = "header", "encoding"  # the keys of the questions
MAX_LABEL_LENGTH = 100
NOWHERE = _("nowhere: the list has no names, and its columns are called A, B, C …")
TURNED = _(
    "one below the other in the first column: the list is turned, and each of its columns is to be read as a row"
)


def reading(decisions):
    """How a file is to be read, as `krakow_intl.sheets` takes it."""
    encoding = decisions.get(ENCODING)
    return {
        "header": as_said(decisions.get(HEADER)),
        "encoding": encoding if isinstance(encoding, str) else None,
    }


def ask_about_header(plan, heads, code=""):
    """Asks in which rows the names of the columns stand, if anything stands in any; `code` says why it is asked."""
    if heads:
        question = _("In which row do the names of the columns stand?")
        plan.questions.ask_of_file(HEADER, question, lambda: _header_choices(heads, is_turned=code == "turned-list"))


def ask_about_encoding(plan, readings):
    """Asks which reading of a text is right, if there are several."""
    if readings:
        choices = [(name, f"{', '.join(words)} – {name}") for name, words in readings]
        plan.questions.ask_of_file(ENCODING, _("Which of these readings is right?"), lambda: choices)


def _header_choices(heads, is_turned):
    """(value, label) of the places where they may stand; first that the list is turned, where it looks like it."""
    several = len({head.place for head in heads}) > 1
    choices = [(head.value, _label(several, (head,))) for head in heads]
    pairs = [pair for pair in pairwise(heads) if _are_neighbours(*pair)]
    choices += [(said(one.place, one.number, other.number), _label(several, (one, other))) for one, other in pairs[:3]]
    places = {head.place: head for head in heads}
    turned = [
        (said_turned(place), _label(several, (head,), TURNED)) for place, head in places.items() if head.may_be_turned
    ]
    nowhere = [(said(place, 0), _label(several, (head,), NOWHERE)) for place, head in places.items()]
    return [*turned, *choices, *nowhere] if is_turned else [*choices, *turned, *nowhere]


def _are_neighbours(one, other):
    return one.place == other.place and other.number == one.number + 1


def _label(several, heads, text=None):
    """What a choice of rows says: where they are, and what stands in them."""
    if text is None and len(heads) > 1:
        text = _("in rows %(first)s and %(last)s together")
    elif text is None:
        text = _("in row %(first)s: %(texts)s")
    texts = " · ".join(heads[0].texts)[:MAX_LABEL_LENGTH]
    text = fill(text, first=heads[0].number, last=heads[-1].number, texts=texts)
    return fill(_("sheet “%(sheet)s”: %(text)s"), sheet=heads[0].sheet, text=text) if several else text
