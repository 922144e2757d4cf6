"""Who may put a record before the public, and take it back."""

from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied

from krakow_intl.core.records import BEFORE_THE_PUBLIC, Publication, PublicRecord


def may_publish(user, model):
    return user.has_perm(f"{model._meta.app_label}.{get_permission_codename('publish', model._meta)}")


def may_move(user, model, before, after):
    """Whether `user` may change the publication of a record of `model` from `before` to `after`."""
    return before == after or not {before, after} & BEFORE_THE_PUBLIC or may_publish(user, model)


def refuse_unlawful_move(user, record):
    """What a form does not offer is refused here once more, whatever the form let through."""
    if not isinstance(record, PublicRecord):
        return
    stored = type(record).objects.filter(pk=record.pk).values_list("publication", flat=True).first()
    if not may_move(user, type(record), stored or Publication.DRAFT, record.publication):
        raise PermissionDenied
