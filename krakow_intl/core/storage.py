"""Folders of files that no server serves: a view hands them out to whoever may have them."""

from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage

_saved = ContextVar("the files that were saved and are not to stay", default=None)


@contextmanager
def files_discarded(unless_done=False):
    """What is saved meanwhile in folders of ours goes again, as the rows do that would name it.

    With `unless_done`, only if what is done ends with an exception.
    """
    saved, is_done = [], False
    token = _saved.set(saved)
    try:
        yield
        is_done = True
    finally:
        _saved.reset(token)
        for storage, name in () if is_done and unless_done else saved:
            storage.delete(name)


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

    def save(self, name, content, max_length=None):
        name = super().save(name, content, max_length)
        if (saved := _saved.get()) is not None:
            saved.append((self, name))
        return name

    def _save(self, name, content):
        """With a full disk no half of a file stays."""
        try:
            return super()._save(name, content)
        except OSError:
            self.delete(name)
            raise

    def url(self, name):
        raise ValueError("A private file has no address of its own.")


class ScanStorage(PrivateStorage):
    folder = "documents"


def generated_name(instance, filename):
    """No file in the storage has a name that somebody outside gave it."""
    return uuid4().hex
