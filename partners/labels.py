"""The words, the colour and the shape of what is derived, never stored: a status, its mark and basis, a relation."""

from dataclasses import dataclass

from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from partners.models import Relation
from partners.terms import Basis, Mark, Status

NOT_YET = "not-yet"  # of a city with which nothing is recorded up to the day


@dataclass(frozen=True)
class Label:
    words: str
    tone: str  # the end of its class: "badge--in-force"
    shape: str  # what stands in its <svg>: of a status 12 by 12, of a relation 18 by 12
    heading: str = ""  # over several of the kind


def _svg(*lines):
    return mark_safe("".join(lines))


STATUSES = {
    Status.IN_FORCE: Label(_("in force"), "in-force", _svg('<circle cx="6" cy="6" r="5.500" fill="currentColor"/>')),
    Status.SUSPENDED: Label(
        _("suspended"),
        "suspended",
        _svg('<path d="M3.500 1.500v9m5-9v9" fill="none" stroke="currentColor" stroke-width="2.500"/>'),
    ),
    Status.NOT_YET: Label(
        _("not yet in force"),
        "not-yet",
        _svg('<path d="m3 1.500 6.500 4.500L3 10.500z" fill="none" stroke="currentColor" stroke-width="1.500"/>'),
    ),
    Status.EXPIRED: Label(
        _("expired"),
        "expired",
        _svg(
            '<path d="M6 .5a5.500 5.500 0 0 1 0 11z" fill="currentColor"/>',
            '<circle cx="6" cy="6" r="4.750" fill="none" stroke="currentColor" stroke-width="1.500"/>',
        ),
    ),
    Status.TERMINATED: Label(
        _("terminated"),
        "terminated",
        _svg('<path d="m1.500 1.500 9 9m0-9-9 9" fill="none" stroke="currentColor" stroke-width="2.250"/>'),
    ),
    Status.SUPERSEDED: Label(
        _("superseded"),
        "superseded",
        _svg('<path d="M1 6h8M6 2.500 9.500 6 6 9.500" fill="none" stroke="currentColor" stroke-width="2"/>'),
    ),
    Status.UNKNOWN: Label(
        _("status not known"),
        "unknown",
        _svg(
            '<circle cx="6" cy="6" r="4.750" fill="none" stroke="currentColor" stroke-width="1.500"',
            ' stroke-dasharray="2.500 2.470"/>',
        ),
    ),
}

MARKS = {
    Mark.NOTICE_RUNNING: Label(
        _("notice running"),
        "notice-running",
        _svg('<path d="M2.500 1.500h7l-7 9h7z" fill="none" stroke="currentColor" stroke-width="1.500"/>'),
    ),
    Mark.WILL_TO_END: Label(
        _("will to end declared"),
        "will-to-end",
        _svg('<path d="M1 6h7M5 3l3 3-3 3m5.500-8v10" fill="none" stroke="currentColor" stroke-width="1.500"/>'),
    ),
}

RING = '<circle cx="6" cy="6" r="4.750" fill="none" stroke="currentColor" stroke-width="1.500"/>'
BASES = {  # full, ringed and hollow: how surely a status is known
    Basis.ON_RECORD: Label(
        _("on record"), "on-record", _svg('<circle cx="6" cy="6" r="5.500" fill="currentColor"/>'), _("On record")
    ),
    Basis.BY_ITS_TERMS: Label(
        _("by its terms"),
        "by-its-terms",
        _svg(RING, '<circle cx="6" cy="6" r="2.250" fill="currentColor"/>'),
        _("By their terms"),
    ),
    Basis.PRESUMED: Label(_("presumed"), "presumed", _svg(RING), _("Presumed")),
}

DASHED = _svg(
    '<circle cx="9" cy="6" r="4.500" fill="none" stroke="currentColor" stroke-width="1.500"',
    ' stroke-dasharray="2.400 2.310"/>',
)
RELATIONS = {
    Relation.TWIN: Label(
        Relation.TWIN.label,
        "twin",
        _svg(
            '<circle cx="6" cy="6" r="5" fill="currentColor"/>',
            '<circle cx="12" cy="6" r="5" fill="currentColor" class="badge__second"/>',
        ),
        _("Twin cities"),
    ),
    Relation.HONORARY_TWIN: Label(
        Relation.HONORARY_TWIN.label,
        "honorary-twin",
        _svg(
            '<g fill="none" stroke="currentColor" stroke-width="1.750">',
            '<circle cx="6.250" cy="6" r="4.500"/><circle cx="11.750" cy="6" r="4.500"/></g>',
        ),
        _("Honorary twin cities"),
    ),
    Relation.PARTNER: Label(
        Relation.PARTNER.label,
        "partner",
        _svg('<circle cx="9" cy="6" r="5" fill="currentColor"/>'),
        _("Partner cities by agreement"),
    ),
    NOT_YET: Label(_("nothing recorded up to this day"), NOT_YET, DASHED, _("Nothing recorded up to this day")),
    "": Label(_("co-operation without an agreement"), "no-agreement", DASHED, _("Co-operation without an agreement")),
}


def status_label(status):
    return STATUSES[status or Status.UNKNOWN]


def basis_label(basis):
    """The label of a basis; None where there is none, as of an agreement that is not yet in force."""
    return BASES.get(basis)


def mark_label(mark):
    """The label of what leads to the end of an agreement; None where nothing does."""
    return MARKS.get(mark)


def relation_label(relation):
    """The label of a relation; "" is co-operation without an agreement."""
    return RELATIONS[relation or ""]


FUNCTIONS = (status_label, basis_label, mark_label, relation_label)
