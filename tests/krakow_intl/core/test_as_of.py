from datetime import date

import pytest

from krakow_intl.core.as_of import as_of, context

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("krakow_intl.core.as_of.timezone.localdate", lambda: TODAY)


def read(rf, on):
    return as_of(rf.get("/", {"on": on}))


def test_without_a_day_it_is_today(rf):
    found = as_of(rf.get("/"))
    assert (found.day, found.is_today, found.error, found.query) == (TODAY, True, "", "")
    assert (found.chosen, read(rf, "2006-04-30").chosen) == (None, date(2006, 4, 30))


def test_a_day_is_kept_in_links(rf):
    found = read(rf, " 2006-04-30 ")
    assert (found.day, found.is_today, found.error) == (date(2006, 4, 30), False, "")
    assert found.query == "?on=2006-04-30"


def test_today_written_out_is_today(rf):
    assert read(rf, "2026-11-23").query == ""


def test_an_empty_day_is_today(rf):
    assert read(rf, "").is_today


@pytest.mark.parametrize(
    "text",
    ["2006-02-31", "30.04.2006", "2006", "20060430", "2006-W18-1", "0000-00-00", "x" * 5000, "2006-4-30", "٢٠٠٦-٠٤-٣٠"],
)
def test_a_bad_day_gives_today_and_a_message(rf, text):
    found = read(rf, text)
    assert (found.day, found.is_today) == (TODAY, True)
    assert text[:40] in found.error
    assert len(found.error) < 300


@pytest.mark.parametrize("text", ["1256-12-31", "2201-01-01", "9999-12-31", "0001-01-01"])
def test_a_year_no_city_of_ours_knew_gives_today_and_a_message(rf, text):
    found = read(rf, text)
    assert found.is_today
    assert "1257" in found.error


@pytest.mark.parametrize("text", ["1257-01-01", "2200-12-31"])
def test_the_first_and_the_last_year_are_read(rf, text):
    assert read(rf, text).query == f"?on={text}"


def test_every_page_knows_the_day(rf):
    assert context(rf.get("/?on=2006-04-30"))["as_of"].day == date(2006, 4, 30)
