import stat

import pytest
from django.core.files.base import ContentFile

from krakow_intl.core.storage import PrivateStorage, generated_name


class Drawer(PrivateStorage):
    folder = "drawer"


@pytest.fixture
def drawer(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return Drawer()


def test_only_the_registers_own_account_reads_what_is_stored(drawer, tmp_path):
    name = drawer.save("name", ContentFile(b"text"))
    assert (tmp_path / "drawer" / name).read_bytes() == b"text"
    assert stat.S_IMODE((tmp_path / "drawer" / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "drawer").stat().st_mode) == 0o700


def test_nothing_that_is_stored_has_an_address(drawer):
    with pytest.raises(ValueError, match="no address"):
        drawer.url("name")


def test_no_part_of_a_name_given_outside_is_kept():
    names = {generated_name(None, "../umowa.html") for _ in range(2)}
    assert len(names) == 2
    assert all(len(name) == 32 and name.isalnum() for name in names)


class Breaking(ContentFile):
    """A file of which the disk takes the first part alone."""

    def chunks(self, chunk_size=None):
        yield b"te"
        raise OSError(28, "No space left on device")


def test_o05_with_a_full_disk_no_half_of_a_file_stays(drawer, tmp_path):
    with pytest.raises(OSError, match="No space left"):
        drawer.save("name", Breaking(b"text"))
    assert [*(tmp_path / "drawer").iterdir()] == []
