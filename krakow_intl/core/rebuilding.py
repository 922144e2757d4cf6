"""What is computed from records and kept with them, search words and sort keys above all, after its rules changed."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import transaction

from krakow_intl.core.fields import ComputedField
from krakow_intl.core.search.triggers import rebuild_index
from krakow_intl.models import StoredVersion

KEYS = "keys"
LIBRARIES = ("babel", "snowballstemmer")
MANY = 500  # records written at once


def keys_are_current():
    """Whether what stands in the database was computed by this code."""
    return StoredVersion.objects.filter(name=KEYS, version=version_of_keys()).exists()


@cache
def version_of_keys():
    """Of the whole code of the house: nobody has to know which line decides a key, nor to count a number up."""
    folders = [Path(app.path) for app in apps.get_app_configs()]
    ours = [folder for folder in folders if folder.parent == settings.BASE_DIR]
    files = sorted(file for folder in ours for file in folder.rglob("*.py"))
    digest = hashlib.sha256(" ".join(version(library) for library in LIBRARIES).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def computed_columns():
    """{model: its columns that are computed} of all models but the histories."""
    models = [model for model in apps.get_models() if not hasattr(model, "history_type")]
    columns = {model: [f for f in model._meta.concrete_fields if isinstance(f, ComputedField)] for model in models}
    return {model: found for model, found in columns.items() if found}


@transaction.atomic
def rebuild_keys():
    """Computes all keys anew; returns how many records had others. History stays as it is: nobody edited anything."""
    changed = sum(_rebuild(model, columns) for model, columns in computed_columns().items())
    rebuild_index()
    StoredVersion.objects.update_or_create(name=KEYS, defaults={"version": version_of_keys()})
    return changed


def _rebuild(model, columns):
    changed = [record for record in model._base_manager.iterator(chunk_size=MANY) if _has_changed(record, columns)]
    if changed:
        model._base_manager.bulk_update(changed, [column.attname for column in columns], batch_size=MANY)
    return len(changed)


def _has_changed(record, columns):
    """Whether one of the keys was another; the record holds the new ones."""
    before = [getattr(record, column.attname) for column in columns]
    return before != [column.pre_save(record, False) for column in columns]
