"""Who signed an agreement, as a row tells it and as the register knows it, place by place."""

from krakow_intl.imports.reading.cell_text import differs
from partners.listing import NONE


def differ(known, told):
    """Whether {attribute: text} of each who signed say something else than the known ones; what is not told is not."""
    return len(known) != len(told) or any(map(_differs, known, told))


def _differs(signatory, told):
    return any(value and differs(getattr(signatory, name), value) for name, value in told.items())


def in_texts(signatories):
    """What people read of each, of those of the register and of those told alike."""
    return [_in_text(one if isinstance(one, dict) else vars(one)) for one in signatories]


def _in_text(told):
    offices = filter(None, dict.fromkeys((told.get("office_pl"), told.get("office_en"))))
    return ", ".join(filter(None, [told["person"], " / ".join(offices)])) or NONE
