"""What an applied import wrote into the register besides changes of agreements, as its history tells."""

from collections import Counter

from partners.models import Agreement, CityName, PartnerCity, SheetAlias, SheetImport


def import_outcome(record):
    """{what: the records or their number} of an import that stands applied; None of others."""
    if record.state != SheetImport.State.APPLIED:
        return None
    stamp = {"history_change_reason": record.reason, "history_date": record.applied_at}
    new = stamp | {"history_type": "+"}
    agreements = Counter(Agreement.history.filter(**new).values_list("publication", flat=True))
    return {
        "drafts": agreements["draft"],
        "published": agreements["published"],
        "cities": PartnerCity.objects.filter(pk__in=PartnerCity.history.filter(**new).values("id")),
        "names": CityName.objects.filter(pk__in=CityName.history.filter(**new).values("id")).select_related("city"),
        "words": SheetAlias.objects.filter(pk__in=SheetAlias.history.filter(**stamp).values("id")),
    }
