"""Changes of what an account or a role may do are noted, by whatever way they are made: page, command or file."""

import logging

from django.contrib.auth import get_user_model, user_logged_out
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import m2m_changed, pre_delete, pre_save

from krakow_intl.core import audit

RIGHTS = ("username", "is_active", "is_staff", "is_superuser", "password")
WORDS = {"pre_add": "added", "pre_remove": "removed", "pre_clear": "removed"}

logger = logging.getLogger(__name__)


def connect():
    """From now on each change is noted before it is made; the program calls it once, when it starts."""
    user = get_user_model()
    pre_save.connect(note_account, user, dispatch_uid="rights")
    pre_delete.connect(note_deletion, user, dispatch_uid="rights")
    user_logged_out.connect(note_sign_out, dispatch_uid="rights")
    for through in (user.groups.through, user.user_permissions.through, Group.permissions.through):
        m2m_changed.connect(note_relation, through, dispatch_uid="rights")


def note_account(sender, instance, update_fields=None, **kwargs):
    columns = [name for name in RIGHTS if update_fields is None or name in update_fields]
    stored = sender._base_manager.filter(pk=instance.pk).first() if instance.pk and columns else None
    if stored is None and instance._state.adding:
        audit.note("rights", "created", what=_subject(instance), changed=[*_given(instance)])
    elif stored and (changed := [*_changes(stored, instance, columns)]):
        audit.note("rights", "changed", what=_subject(stored), changed=changed)


def note_deletion(sender, instance, **kwargs):
    audit.note("rights", "deleted", what=_subject(instance))


def note_relation(sender, instance, action, reverse, model, pk_set, **kwargs):
    """What is given to an account or a role, or taken from it."""
    if action not in WORDS:
        return
    others = model._base_manager.filter(pk__in=pk_set) if pk_set is not None else _related(sender, instance, model)
    if names := sorted(map(_name, others)):
        audit.note("rights", WORDS[action], what=_subject(instance), changed=names)


def note_sign_out(sender, request, user, **kwargs):
    """Whoever wants to sign out does, though it cannot be noted."""
    try:
        if user is not None:
            audit.note("sign-out", "done", user=user, request=request)
    except audit.CannotNote as error:
        logger.error("A sign-out was not noted: %s", error)


def _subject(record):
    return f"{record._meta.label_lower} {_name(record)}"


def _name(record):
    if isinstance(record, Permission):
        return f"{record.content_type.app_label}.{record.codename}"
    return record.get_username() if isinstance(record, get_user_model()) else record.name


def _given(account):
    return (name for name in ("is_active", "is_staff", "is_superuser") if getattr(account, name))


def _changes(stored, account, columns):
    for name in columns:
        old, new = getattr(stored, name), getattr(account, name)
        if name == "password":
            yield from _changes_of_password(old, account)
        elif old != new:
            yield f"{name}: {old} -> {new}"


def _changes_of_password(old, account):
    """A password that is stored by a newer method when its owner signs in is not changed."""
    if old != account.password and (account._password is not None or not account.has_usable_password()):
        yield "password"


def _related(through, instance, model):
    """All to which a relation leads that is about to be emptied."""
    here, there = (
        next(field for field in through._meta.fields if field.related_model is of) for of in (type(instance), model)
    )
    keys = through._base_manager.filter(**{here.attname: instance.pk}).values(there.attname)
    return model._base_manager.filter(pk__in=keys)
