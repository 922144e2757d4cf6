"""What becomes of files that nobody applied or handed in: after a day they are deleted, with what was read in them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from krakow_intl.review.models import PendingChange
from partners.models import SheetImport

KEPT = timedelta(hours=24)


def forget_imports():
    """Deletes files that were taken in a day ago and neither applied nor handed in; returns the names they had."""
    before = timezone.now() - KEPT
    with transaction.atomic():
        waiting = PendingChange.objects.open().filter(kind=PendingChange.Kind.IMPORT).values("object_id")
        forgettable = SheetImport.objects.forgettable(before).exclude(pk__in=waiting)
        records = list(forgettable.select_for_update().defer("report"))
        files = [record.file.name for record in records]
        for record in records:
            record.state, record.file = SheetImport.State.FORGOTTEN, ""
            record.report, record.decisions, record.mapping = {}, {}, {}
            record.save()
    _delete([*filter(None, files), *_strays(before)])
    return [record.name for record in records]


def _strays(before):
    """Files that no import speaks of: somebody pulled the plug while one was being taken in."""
    storage = SheetImport._meta.get_field("file").storage
    known = set(SheetImport.objects.values_list("file", flat=True))
    names = storage.listdir("")[1] if storage.exists("") else []
    return [name for name in names if name not in known and storage.get_modified_time(name) < before]


def _delete(names):
    storage = SheetImport._meta.get_field("file").storage
    for name in names:
        storage.delete(name)
