"""How a record comes before the public, and leaves it: never by its author alone."""

from django.core.exceptions import PermissionDenied

from krakow_intl.core.records import BEFORE_THE_PUBLIC, Publication, PublicRecord
from krakow_intl.core.reviewing import Proposal, desk


def may_move(before, after):
    """Whether a form may change the publication of a record so: what was public stays, or is withdrawn for all to see.

    What never was comes before the public by being handed in.
    """
    return before == after or (before in BEFORE_THE_PUBLIC) == (after in BEFORE_THE_PUBLIC)


def publication_before(record):
    """The publication of a record as it is stored; None of what has none."""
    if not isinstance(record, PublicRecord):
        return None
    stored = type(record).objects.filter(pk=record.pk).values_list("publication", flat=True).first()
    return stored or Publication.DRAFT


def refuse_unlawful_move(record, before):
    """What a form does not offer is refused here once more, whatever the form let through."""
    if before is not None and not may_move(before, record.publication):
        raise PermissionDenied


def was_public(record):
    """Whether the public sees a record, or ever saw it."""
    if not isinstance(record, PublicRecord) or record.pk is None:
        return False
    return record.is_published or type(record).published_history().filter(id=record.pk).exists()


def follow_move(user, record, before, reason=""):
    """A record that a form moved to review is handed in; one that it moved back is not proposed any more."""
    if before is None or before == record.publication or before in BEFORE_THE_PUBLIC:
        return
    if record.publication == Publication.IN_REVIEW:
        propose_publication(user, [record], reason)
    elif before == Publication.IN_REVIEW:
        desk().take_back(user, record)


def propose_publication(user, records, reason=""):
    """Hands in that records of one model, which are held back, be published as they stand."""
    rows = tuple((type(record), record.pk, record.version) for record in records)
    name = str(records[0]) if len(records) == 1 else str(type(records[0])._meta.verbose_name_plural)
    return desk().hand_in(Proposal("publish", user, type(records[0]), {"name": name}, reason, records=rows))
