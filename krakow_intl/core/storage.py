"""Folders of files that no server serves: a view hands them out to whoever may have them."""

from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """The folder of this name below VAR_DIR, which only the register's own account may read."""

    folder = ""

    def __init__(self):
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self):
        return settings.VAR_DIR / self.folder

    @property
    def location(self):
        return str(Path(self.base_location).resolve())

    def url(self, name):
        raise ValueError("A private file has no address of its own.")


class ScanStorage(PrivateStorage):
    folder = "documents"


def generated_name(instance, filename):
    """No file in the storage has a name that somebody outside gave it."""
    return uuid4().hex
