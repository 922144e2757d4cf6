"""What the audit log tells of a change under review: each decision, by whom, and which records it is about."""

from krakow_intl.core import audit


def note(change, user, outcome):
    """The last step of the transaction in which something is decided: it is rolled back where this cannot be noted."""
    more = {"kind": change.kind, "approval": change.approval, "about": [*_records(change)]}
    audit.note("publication", outcome, what=audit.name_of(change), user=user, **more)


def _records(change):
    rows = change.records.select_related("content_type")
    for row in [change, *rows] if change.object_id else rows:
        yield f"{row.content_type.app_label}.{row.content_type.model} {row.object_id}"
