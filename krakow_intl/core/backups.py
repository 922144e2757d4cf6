"""Backups: the register in one archive, with the proof of what is in it, and the way back."""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import sys
import tarfile
import tempfile
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from errno import ENOSPC
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from krakow_intl.core.dumps import PostgreSQL, SQLite, our_database

FORMAT = 1
MANIFEST = "manifest.json"  # the last member: an archive that was cut short has none
MAX_MANIFEST = 64 * 1024 * 1024  # bytes
MAX_NAMED = 5  # differences


def folders():
    """{first word of a name in the archive: the folder of the register whose files it holds}."""
    return {
        "media": Path(settings.MEDIA_ROOT),
        "imports": settings.VAR_DIR / "imports",
        "documents": settings.VAR_DIR / "documents",
        "pending": settings.VAR_DIR / "pending",
    }


def write_backup(target):
    """Writes the archive `target`, which stands there whole or not at all; returns its manifest."""
    with guarded(), ExitStack() as stack:
        if target.exists():
            raise CommandError(_("%(file)s exists already. Name another file.") % {"file": target})
        database = our_database()
        if database.is_empty():
            raise CommandError(_("There is nothing to back up: the database is empty."))
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent)))
        contents = database.dump(folder / database.member)
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = {"format": FORMAT, "made_at": made_at, "vendor": database.vendor, **contents}
        _write_archive(folder / "archive.tar", manifest, folder / database.member)
        (folder / "archive.tar").rename(target)
        _sync(target.parent)
    return manifest


def restore_backup(path):
    """Puts an archive into the empty register and compares both; whatever fails leaves it as empty as before."""
    with guarded(), ExitStack() as undo:
        database = our_database()
        manifest = read_manifest(path)
        if not database.is_empty():
            raise CommandError(
                _("The database is not empty. Name an empty one in DATABASE_URL; nothing was written to this one.")
            )
        _refuse_other_content(manifest)
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.VAR_DIR) as folder:
            _unpack(path, Path(folder), undo)
            database.restore(Path(folder) / database.member)
        undo.callback(database.clear)
        if different := differences(manifest, database):
            raise CommandError(
                _("What was restored is not what was backed up: %(names)s.") % {"names": _few(different)}
            )
        undo.pop_all()
    return manifest


def read_manifest(path):
    """The manifest of an archive of this register, every member of which is there and unchanged."""
    try:
        manifest, found = _read_members(path)
    except (tarfile.TarError, EOFError, ValueError, RecursionError) as error:
        raise CommandError(_("%(file)s is no backup, or is damaged: %(why)s") % {"file": path, "why": error}) from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise CommandError(
            _("%(file)s is no backup of the register, or was cut short: it holds no manifest.") % {"file": path}
        )
    _refuse_foreign(path, manifest)
    expected = manifest["members"]
    wrong = sorted(name for name in expected.keys() | found if expected.get(name) != found.get(name))
    if wrong:
        raise CommandError(
            _("%(file)s is damaged: missing, added or changed is %(names)s.") % {"file": path, "names": _few(wrong)}
        )
    return manifest


def differences(manifest, database):
    """The names of tables and files that are not as the manifest says."""
    tables, stored = manifest["tables"], database.contents()["tables"]
    different = [name for name in tables.keys() | stored if tables.get(name) != stored.get(name)]
    for name in _names_of_files(manifest):
        place = _place(name)
        if not place.is_file() or _entry(place) != manifest["members"][name]:
            different.append(name)
    return sorted(different)


def summary(manifest):
    """How much a manifest speaks of, in words."""
    rows = sum(table["rows"] for table in manifest["tables"].values())
    counts = {"tables": len(manifest["tables"]), "rows": rows, "files": len(_names_of_files(manifest))}
    return _("tables: %(tables)s, rows: %(rows)s, files: %(files)s") % counts


@contextmanager
def guarded():
    """What is written only our account may read; a refusal is said in a sentence; told to end, we tidy up first."""
    mask, handler = os.umask(0o077), signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        yield
    except (DatabaseError, sqlite3.Error) as error:
        raise CommandError(_("The database refused: %(why)s") % {"why": str(error).strip()}) from error
    except OSError as error:
        if error.errno == ENOSPC:
            raise CommandError(_("The disk is full. Make room, or name a file on another disk.")) from error
        raise CommandError(_("A file refused: %(why)s") % {"why": error}) from error
    finally:
        signal.signal(signal.SIGTERM, handler)
        os.umask(mask)


def _entry(path):
    """What a manifest says of a file."""
    with open(path, "rb") as file:
        return _entry_of(file, os.fstat(file.fileno()).st_size)


def _entry_of(file, size):
    return {"size": size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


class HashedReader:
    """A file that is read once, and the SHA-256 of what was read."""

    def __init__(self, file):
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size):
        data = self.file.read(size)
        self.digest.update(data)
        return data


def _write_archive(path, manifest, dump):
    """The database, then the files, then the manifest; on the disk when this ends."""
    with open(path, "xb") as file:
        with tarfile.open(fileobj=file, mode="w") as archive:
            members = {dump.name: _add(archive, dump.name, dump)}
            for name, source in _files_here():
                try:
                    members[name] = _add(archive, name, source)
                except FileNotFoundError:  # a sheet that nobody applied has just been forgotten
                    continue
            manifest["members"] = members
            text = json.dumps(manifest, indent=1).encode()
            (path.parent / MANIFEST).write_bytes(text)
            _add(archive, MANIFEST, path.parent / MANIFEST)
        file.flush()
        os.fsync(file.fileno())


def _files_here():
    """[(name in the archive, path)] of all files of the register."""
    for first, folder in folders().items():
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield f"{first}/{path.relative_to(folder).as_posix()}", path


def _add(archive, name, path):
    """Adds a file, without the names of accounts; returns its entry in the manifest."""
    with open(path, "rb") as file:
        status, reader = os.fstat(file.fileno()), HashedReader(file)
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = status.st_size, int(status.st_mtime), status.st_mode & 0o777
        archive.addfile(member, reader)
    return {"size": member.size, "sha256": reader.digest.hexdigest()}


def _sync(folder):
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_members(path):
    """The manifest of an archive, and an entry for each other member as it really is."""
    manifest, found = None, {}
    with tarfile.open(path, "r:") as archive:
        for member in archive:
            _refuse_unsafe(member, found)
            with archive.extractfile(member) as content:
                found[member.name] = _entry_of(content, member.size)
                if member.name == MANIFEST:
                    content.seek(0)
                    manifest = json.loads(content.read(MAX_MANIFEST))
    found.pop(MANIFEST, None)
    return manifest, found


def _refuse_unsafe(member, found):
    """An archive that we wrote holds plain files under plain names, each once."""
    is_plain = member.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and not member.issparse()
    if not is_plain:
        raise CommandError(_("%(name)s in the archive is no plain file.") % {"name": repr(member.name)})
    if member.name in found or not (member.name in _OWN_NAMES or _is_safe(member.name)):
        raise CommandError(_("The archive may not hold the name %(name)s.") % {"name": repr(member.name)})


_OWN_NAMES = {MANIFEST, SQLite.member, PostgreSQL.member}


def _is_safe(name):
    """Whether a name leads to a file inside one of our folders."""
    first, *rest = name.split("/")
    if first not in folders() or not rest or "\0" in name or {"", ".", ".."} & set(rest):
        return False
    return _place(name).resolve().is_relative_to(folders()[first].resolve())


def _place(name):
    """Where the file of that name in the archive belongs."""
    first, *rest = PurePosixPath(name).parts
    return folders()[first].joinpath(*rest)


def _refuse_foreign(path, manifest):
    if manifest["format"] != FORMAT:
        message = _(
            "%(file)s was written by another version of the register (format %(format)s). Restore it with that."
        )
        raise CommandError(message % {"file": path, "format": manifest["format"]})
    if manifest.get("vendor") != connection.vendor:
        message = _("%(file)s holds a database of %(theirs)s; this register runs on %(ours)s. Set DATABASE_URL.")
        raise CommandError(message % {"file": path, "theirs": repr(manifest.get("vendor")), "ours": connection.vendor})
    if not _is_legible(manifest):
        raise CommandError(_("%(file)s is damaged: its manifest cannot be read.") % {"file": path})


def _is_legible(manifest):
    shape = {"made_at": str, "migrations": list, "tables": dict, "members": dict}
    if not all(isinstance(manifest.get(part), kind) for part, kind in shape.items()):
        return False
    return our_database().member in manifest["members"]


def _refuse_other_content(manifest):
    names = [name for name in _names_of_files(manifest) if _place(name).exists()]
    if other := [name for name in names if _entry(_place(name)) != manifest["members"][name]]:
        message = _("Files of these names stand here with another content: %(names)s. Move them away.")
        raise CommandError(message % {"names": _few(other)})


def _names_of_files(manifest):
    return [name for name in manifest["members"] if name not in _OWN_NAMES]


def _unpack(path, folder, undo):
    """Puts the files of an archive in their places, where they do not stand yet, and its database into `folder`."""
    with tarfile.open(path, "r:") as archive:
        for member in archive:
            place = folder / member.name if member.name in _OWN_NAMES else _place(member.name)
            if not place.exists():
                undo.callback(place.unlink, missing_ok=True)
                _extract(archive, member, place)


def _extract(archive, member, place):
    """Under a passing name first: a restore that is killed leaves no half file in anybody's way."""
    passing = place.with_name(f".{place.name[:200]}.part")
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with archive.extractfile(member) as source, open(passing, "wb") as target:
            shutil.copyfileobj(source, target)
        passing.chmod(member.mode & 0o777)
        passing.rename(place)
    finally:
        passing.unlink(missing_ok=True)


def _few(names):
    """Some names, as a list that a person reads to the end."""
    more = len(names) - MAX_NAMED
    return ", ".join(map(repr, names[:MAX_NAMED])) + (f" (+{more})" if more > 0 else "")
