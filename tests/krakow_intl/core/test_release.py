import pytest

from krakow_intl.core import release as module
from krakow_intl.core.release import release

of_now = release.__wrapped__  # which reads the files again


def test_it_stays_while_nothing_changes():
    assert of_now() == of_now()


@pytest.mark.parametrize(("name", "value"), [("SITE_URL", "https://other.example"), ("REPORT_ANSWER_DAYS", 3)])
def test_another_configuration_is_another_release(settings, name, value):
    before = of_now()
    setattr(settings, name, value)
    assert of_now() != before


def test_another_database_is_another_release(settings):
    before = of_now()
    settings.DATABASE = settings.DATABASE | {"NAME": "other"}
    assert of_now() != before


def test_a_file_that_differs_is_another_release(settings, tmp_path, monkeypatch):
    settings.BASE_DIR = tmp_path
    (tmp_path / "requirements.txt").touch()
    (tmp_path / "templates").mkdir()
    page = tmp_path / "templates" / "home.html"
    releases = set()
    for text in ("a", "b"):
        page.write_text(text)
        releases.add(of_now())
    page.rename(page.with_name("other.html"))
    releases.add(of_now())
    assert len(releases) == 3
    assert "templates" in module.FOLDERS
