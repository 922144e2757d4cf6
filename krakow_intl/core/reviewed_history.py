"""The history of a record says by which pending change, and with whose approval, something was written; it is kept."""

from django.conf import settings
from django.db import models
from simple_history.manager import HistoricalQuerySet

from krakow_intl.core.reviewing import Approval, current_approval, current_approver, current_change


class HistoryIsKept(Exception):
    """Somebody tried to change or to delete what history tells; rows are only added to it."""


def refuse(self, *arguments, **options):
    raise HistoryIsKept("Rows are only added to history; none is changed or deleted.")


class KeptQuerySet(models.QuerySet):
    """Rows of history, to be read and added to."""

    update = bulk_update = delete = _raw_delete = refuse


class KeptHistoricalQuerySet(HistoricalQuerySet, KeptQuerySet):
    pass


class ReviewedHistory(models.Model):
    pending_change = models.PositiveBigIntegerField(null=True, default=current_change, db_index=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, default=current_approver, related_name="+"
    )
    approval = models.CharField(max_length=9, choices=Approval, default=current_approval, blank=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    delete = refuse

    def save(self, *args, **kwargs):
        if not self._state.adding:
            refuse(self)
        super().save(*args, **kwargs)
