"""Which code and which configuration make the pages: what another release made is told no more."""

from functools import cache
from hashlib import sha256

from django.conf import settings

MADE_FROM = ("*.py", "*.html", "*.mo", "*.css", "*.js", "*.svg", "*.txt")
FOLDERS = ("krakow_intl", "programme", "partners", "organizations", "polonia", "templates", "static")


@cache
def release():
    """A text that differs as soon as a file of the code or a setting does; read once a process."""
    digest = sha256(repr(_configuration()).encode())
    for file in _files():
        digest.update(f"{file.relative_to(settings.BASE_DIR)} ".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _configuration():
    """The settings that are plain texts and numbers, and which database it is."""
    values = {name: getattr(settings, name) for name in sorted(dir(settings)) if name.isupper()}
    plain = {name: value for name, value in values.items() if isinstance(value, str | int)}
    return plain, [settings.DATABASE.get(name) for name in ("NAME", "HOST", "PORT")]


def _files():
    folders = (settings.BASE_DIR / folder for folder in FOLDERS)
    ours = sorted(file for folder in folders for kind in MADE_FROM for file in folder.rglob(kind))
    return [*ours, settings.BASE_DIR / "requirements.txt"]
