from krakow_intl.core import page_files
from krakow_intl.core.page_files import PageFiles


def test_no_more_pages_are_kept_than_may_be(tmp_path, monkeypatch):
    monkeypatch.setattr(page_files, "random", lambda: 0)
    files = PageFiles(tmp_path, {"OPTIONS": {"MAX_ENTRIES": 10}})
    for number in range(50):
        files.set(str(number), b"page")
    assert files.get("49") == b"page"
    assert len([*tmp_path.iterdir()]) <= 10


def test_the_folder_is_not_listed_each_time(tmp_path, monkeypatch):
    monkeypatch.setattr(page_files, "random", lambda: 0.5)
    files = PageFiles(tmp_path, {"OPTIONS": {"MAX_ENTRIES": 1}})
    for number in range(5):
        files.set(str(number), b"page")
    assert len([*tmp_path.iterdir()]) == 5


def test_o04_a_file_that_is_damaged_is_no_page_and_is_written_anew(tmp_path):
    files = PageFiles(tmp_path, {})
    files.set("1", b"page")
    [file] = tmp_path.iterdir()
    for damaged in (b"", file.read_bytes()[:-3], b"x" * 40):
        file.write_bytes(damaged)
        assert files.get("1") is None
        files.set("1", b"page")
        assert files.get("1") == b"page"
