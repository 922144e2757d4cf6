import tarfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from krakow_intl.core import backups
from krakow_intl.core.backups import MANIFEST
from krakow_intl.core.dumps import our_database
from krakow_intl.models import Page
from tests.krakow_intl.management.commands.conftest import files_below, members_of, with_another_row, write_members
from tests.records import make_published


def restore(archive):
    output = StringIO()
    call_command("restore", str(archive), stdout=output)
    return output.getvalue()


def assert_is_empty(folder):
    assert our_database().is_empty()
    assert files_below(folder) == {}


def test_o13_what_is_restored_is_what_was_backed_up(register, tmp_path, request):
    page = Page.objects.get()
    page.save()
    passing = make_published(Page, {}, slug="passing")
    last_number = passing.pk
    passing.delete()
    contents, files = our_database().contents(), files_below(register)
    call_command("backup", str(tmp_path / "register.tar"), verbosity=0, stdout=StringIO())

    elsewhere = request.getfixturevalue("elsewhere")
    output = restore(tmp_path / "register.tar")
    assert our_database().contents() == contents
    assert files_below(elsewhere) == files
    assert list(Page.history.filter(id=page.pk).values_list("history_type", flat=True)) == ["~", "+"]
    assert make_published(Page, {}, slug="new").pk > last_number
    assert "found equal" in output
    assert "files: 6" in output
    assert "manage.py prepare" in output


def test_a_file_keeps_who_may_read_it(register, tmp_path, request):
    modes = {"imports/0a1b": 0o600, "documents/scan.pdf": 0o644}
    for name, mode in modes.items():
        (register / name).chmod(mode)
    call_command("backup", str(tmp_path / "register.tar"), verbosity=0, stdout=StringIO())
    elsewhere = request.getfixturevalue("elsewhere")
    restore(tmp_path / "register.tar")
    assert {name: (elsewhere / name).stat().st_mode & 0o777 for name in modes} == modes


def test_a_register_that_holds_something_is_left_alone(register, archive):
    before = our_database().contents()
    with pytest.raises(CommandError, match="database is not empty"):
        restore(archive)
    assert our_database().contents() == before


def flip(data):
    return bytes([data[0] ^ 1]) + data[1:]


def change(**parts):
    return lambda members: members | {MANIFEST: members[MANIFEST] | parts}


def without(*names):
    return lambda members: {name: content for name, content in members.items() if name not in names}


def named(name):
    """Adds a file of that name, and its proof with it."""

    def tamper(members):
        proof = members[MANIFEST]["members"]["documents/scan.pdf"]
        proofs = members[MANIFEST]["members"] | {name: proof}
        return {name: members["documents/scan.pdf"]} | change(members=proofs)(members)

    return tamper


def linked(kind):
    def tamper(members):
        link = tarfile.TarInfo("imports/0a1b")
        link.type, link.linkname = kind, "/etc/passwd"
        return members | {link.name: link}

    return tamper


TAMPERED = {
    "a changed file": (lambda m: m | {"imports/0a1b": flip(m["imports/0a1b"])}, "damaged.*'imports/0a1b'"),
    "a missing file": (without("documents/scan.pdf"), "damaged.*'documents/scan.pdf'"),
    "an added file": (lambda m: {"media/more": b"x"} | m, "damaged.*'media/more'"),
    "no manifest": (without(MANIFEST), "holds no manifest"),
    "a manifest that is none": (lambda m: m | {MANIFEST: b"{"}, "is damaged"),
    "an endless manifest": (lambda m: m | {MANIFEST: b"[" * 100_000}, "is damaged"),
    "a list for a manifest": (lambda m: m | {MANIFEST: []}, "holds no manifest"),
    "a manifest without tables": (change(tables=None), "manifest cannot be read"),
    "a manifest without members": (change(members={}), "manifest cannot be read"),
    "another format": (change(format=2), "another version"),
    "another database": (change(vendor="oracle"), "'oracle'; this register runs on"),
    "the way up": (named("media/../../up"), "may not hold the name 'media/../../up'"),
    "the way from the root": (named("/etc/cron.d/x"), "may not hold the name '/etc/cron.d/x'"),
    "the database's own file": (named("register.sqlite3"), "may not hold the name"),
    "a folder's name": (named("media"), "may not hold the name 'media'"),
    "a link": (linked(tarfile.SYMTYPE), "'imports/0a1b' in the archive is no plain file"),
    "a hard link": (linked(tarfile.LNKTYPE), "is no plain file"),
    "a device": (linked(tarfile.CHRTYPE), "is no plain file"),
}


@pytest.mark.once
@pytest.mark.parametrize(("tamper", "reason"), TAMPERED.values(), ids=TAMPERED)
def test_o12_an_archive_that_is_not_ours_or_not_whole_is_refused(archive, elsewhere, tamper, reason):
    write_members(archive, tamper(members_of(archive)))
    with pytest.raises(CommandError, match=reason):
        restore(archive)
    assert_is_empty(elsewhere)


CUT = {
    "nothing": lambda data: b"",
    "a text": lambda data: b"This is no archive.\n" * 100,
    "its beginning": lambda data: data[:1000],
    "its first half": lambda data: data[: len(data) // 2],
    "a bit turned in the database": lambda data: data[:5000] + flip(data[5000:]),
}


@pytest.mark.parametrize("cut", CUT.values(), ids=CUT)
def test_bytes_that_are_lost_or_changed_are_noticed(archive, elsewhere, cut):
    archive.write_bytes(cut(archive.read_bytes()))
    with pytest.raises(CommandError, match=r"is no backup|is damaged"):
        restore(archive)
    assert_is_empty(elsewhere)


def test_a_name_given_twice_is_refused(archive, elsewhere):
    with tarfile.open(archive, "a") as tar:
        tar.addfile(tarfile.TarInfo("imports/0a1b"))
    with pytest.raises(CommandError, match="may not hold the name"):
        restore(archive)


def test_a_missing_archive_is_named(register, elsewhere, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.tar"):
        restore(tmp_path / "nowhere.tar")


def test_a_folder_that_leads_elsewhere_is_refused(archive, elsewhere, tmp_path):
    (tmp_path / "target").mkdir()
    elsewhere.mkdir()
    (elsewhere / "media").mkdir()
    (elsewhere / "media" / "documents").symlink_to(tmp_path / "target")
    with pytest.raises(CommandError, match="may not hold the name"):
        restore(archive)
    assert list((tmp_path / "target").iterdir()) == []


def test_a_changed_row_is_noticed_by_its_table_and_taken_away_again(register, archive, tmp_path, request):
    Page.objects.update(name_en="Forged")
    call_command("backup", str(tmp_path / "later.tar"), verbosity=0, stdout=StringIO())
    with_another_row(archive, tmp_path / "later.tar")
    elsewhere = request.getfixturevalue("elsewhere")
    with pytest.raises(CommandError, match=r"not what was backed up: .*'krakow_intl_page'"):
        restore(archive)
    assert_is_empty(elsewhere)


def test_a_file_of_another_content_is_not_overwritten(archive, elsewhere):
    (elsewhere / "imports").mkdir(parents=True)
    (elsewhere / "imports" / "0a1b").write_bytes(b"other")
    with pytest.raises(CommandError, match="another content: 'imports/0a1b'"):
        restore(archive)
    assert our_database().is_empty()
    assert files_below(elsewhere) == {"imports/0a1b": b"other"}


def test_a_file_of_the_same_content_is_welcome_and_stays_when_the_rest_fails(archive, elsewhere, monkeypatch):
    (elsewhere / "imports").mkdir(parents=True)
    (elsewhere / "imports" / "0a1b").write_bytes(b"sheet")
    with monkeypatch.context() as patch:
        patch.setattr(backups, "differences", lambda *_: ["krakow_intl_page"])
        with pytest.raises(CommandError):
            restore(archive)
    assert our_database().is_empty()
    assert files_below(elsewhere) == {"imports/0a1b": b"sheet"}
    assert "files: 6" in restore(archive)


def test_a_database_that_refuses_half_way_is_as_empty_as_before(archive, elsewhere, monkeypatch):
    def refuse(self, dump):
        raise CommandError("no")

    monkeypatch.setattr(type(our_database()), "restore", refuse)
    with pytest.raises(CommandError, match="no"):
        restore(archive)
    assert_is_empty(elsewhere)


def test_migrations_that_only_a_newer_version_knows_are_named(archive, elsewhere):
    members = members_of(archive)
    members[MANIFEST]["migrations"].append(["polonia", "9999_newer"])
    write_members(archive, members)
    assert "knows polonia.9999_newer" in restore(archive)
