"""A register to back up, an empty one to restore into, and archives that somebody has tampered with."""

import io
import json
import os
import tarfile
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils.translation import override

from krakow_intl.core.backups import MANIFEST
from krakow_intl.management.commands.drill import empty_database
from tests.records import make_world

FILES = {"media/documents/2024/łódź.pdf": b"%PDF", "imports/0a1b": b"sheet", "documents/scan.pdf": b"%PDF of a scan"}


@pytest.fixture
def in_english():
    with override("en"):
        yield


@pytest.fixture
def register(transactional_db, settings, tmp_path, in_english):
    """One record of every model, two of them with files, and three files more; the folder that holds them."""
    folder = tmp_path / "var"
    settings.VAR_DIR, settings.MEDIA_ROOT = folder, folder / "media"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    make_world()
    return folder


@pytest.fixture
def archive(register, tmp_path):
    call_command("backup", str(tmp_path / "register.tar"), verbosity=0)
    return tmp_path / "register.tar"


@pytest.fixture
def elsewhere(register, tmp_path, settings):
    """From here on the register is another one, without tables and files; its folder."""
    with empty_database(tmp_path) as address, pytest.MonkeyPatch.context() as patch:
        name = address.removeprefix("sqlite:///") if connection.vendor == "sqlite" else urlsplit(address).path[1:]
        connection.close()
        patch.setitem(connection.settings_dict, "NAME", name)
        settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path / "elsewhere", tmp_path / "elsewhere" / "media"
        yield tmp_path / "elsewhere"
        connection.close()


def address_of_database():
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


NOT_CARRIED = ("audit/", "pages/")


def files_below(folder):
    """{name: content} of the files of a register, without its database, what it keeps of pages, and its log."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if "/" in name and not name.startswith(NOT_CARRIED)}


def members_of(path):
    """{name: content} of an archive; that of the manifest is read."""
    with tarfile.open(path) as archive:
        members = {member.name: archive.extractfile(member).read() for member in archive}
    return members | {MANIFEST: json.loads(members[MANIFEST])}


def write_members(path, members):
    """The opposite; a member may be a TarInfo instead of a content."""
    with tarfile.open(path, "w") as archive:
        for name, content in members.items():
            if isinstance(content, tarfile.TarInfo):
                archive.addfile(content)
            else:
                data = content if isinstance(content, bytes) else json.dumps(content).encode()
                member = tarfile.TarInfo(name)
                member.size = len(data)
                archive.addfile(member, io.BytesIO(data))


def with_another_row(earlier, later):
    """Forges `earlier`: its proofs stay, but its database is that of `later`."""
    ours, theirs = members_of(earlier), members_of(later)
    (database,) = [name for name in ours if name.startswith("database.")]
    ours[database] = theirs[database]
    ours[MANIFEST]["members"][database] = theirs[MANIFEST]["members"][database]
    write_members(earlier, ours)
