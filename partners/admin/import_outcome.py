"""What an applied import wrote into the register besides changes of agreements, as its history tells."""

from collections import Counter

from krakow_intl.imports.nouns import NOUNS
from partners.imports.lists import is_of_agreements
from partners.models import Agreement, CityName, PartnerCity, SheetAlias, SheetImport


def import_outcome(record):
    """{what: the records or their number} of an import that stands applied; None of others."""
    if record.state != SheetImport.State.APPLIED:
        return None
    stamp = {"history_change_reason": record.reason, "history_date": record.applied_at}
    new = stamp | {"history_type": "+"}
    if not is_of_agreements(record):
        return _of_a_list(record, new) | {"words": _words(stamp)}
    agreements = Counter(Agreement.history.filter(**new).values_list("publication", flat=True))
    return {
        "drafts": agreements["draft"],
        "published": agreements["published"],
        "cities": PartnerCity.objects.filter(pk__in=PartnerCity.history.filter(**new).values("id")),
        "names": CityName.objects.filter(pk__in=CityName.history.filter(**new).values("id")).select_related("city"),
        "words": _words(stamp),
    }


def _words(stamp):
    """What was learnt of words in sheets."""
    return SheetAlias.objects.filter(pk__in=SheetAlias.history.filter(**stamp).values("id"))


def _of_a_list(record, new):
    """How many records came in, and how many of them as drafts."""
    nouns = [NOUNS[record.noun]] if record.noun in NOUNS else NOUNS.values()
    added = [noun.model.history.filter(**new) for noun in nouns]
    drafts = [rows.filter(publication="draft") for noun, rows in zip(nouns, added, strict=True) if noun.is_public]
    return {"added": sum(rows.count() for rows in added), "drafts": sum(rows.count() for rows in drafts)}
