from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krakow_intl.core.dates import PartialDate
from krakow_intl.sheets.dates import (
    LOCAL,
    WRITTEN,
    DateReading,
    at_precision,
    from_iso,
    from_serial,
    parse_date_column,
)


@pytest.mark.parametrize(
    ("number", "is_1904", "moment"),
    [
        (1, False, date(1900, 1, 1)),
        (59, False, date(1900, 2, 28)),
        (61, False, date(1900, 3, 1)),
        (28106, False, date(1976, 12, 12)),
        (43963, False, date(2020, 5, 12)),
        (43963.75, False, datetime(2020, 5, 12, 18)),
        (43963.9999999, False, datetime(2020, 5, 13)),
        (0.5, False, time(12)),
        (0.5, True, time(12)),
        (0, True, date(1904, 1, 1)),
        (42501, True, date(2020, 5, 12)),
        (2_958_465, False, date(9999, 12, 31)),
    ],
)
def test_a_serial_number_is_a_day_of_its_epoch(number, is_1904, moment):
    assert from_serial(number, is_1904) == moment


@pytest.mark.parametrize(
    ("number", "is_1904", "code"),
    [
        (60, False, "leap-bug"),
        (60.5, False, "leap-bug"),
        (0, False, "impossible-serial"),
        (-1, False, "impossible-serial"),
        (2_958_466, False, "impossible-serial"),
        (2_958_465, True, "impossible-serial"),
    ],
)
def test_a_number_that_is_no_day_is_refused_by_name(number, is_1904, code):
    with pytest.raises(ValueError, match=code):
        from_serial(number, is_1904)


@given(st.dates(date(1900, 3, 1)))
def test_every_day_has_its_number(day):
    assert from_serial((day - date(1899, 12, 30)).days) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-05-12", date(2020, 5, 12)),
        ("2020-05-12T00:00:00", date(2020, 5, 12)),
        ("2020-05-12T08:30:00Z", datetime(2020, 5, 12, 8, 30)),
        ("maj", "maj"),
    ],
)
def test_the_date_a_file_states_is_read(text, moment):
    assert from_iso(text) == moment


@pytest.mark.parametrize(
    ("day", "precision", "value"),
    [
        (date(2005, 9, 1), "month", "2005-09"),
        (date(1996, 1, 1), "year", "1996"),
        (date(2005, 9, 30), "month", date(2005, 9, 30)),
        (date(1996, 9, 1), "year", date(1996, 9, 1)),
        (date(1996, 1, 1), "day", date(1996, 1, 1)),
        (time(12, 30), "time", "12:30:00"),
    ],
)
def test_the_first_of_a_month_is_known_no_closer_than_it_is_shown(day, precision, value):
    assert at_precision(day, precision)[0] == value


def one(value, **options):
    [reading] = parse_date_column([value], **options)
    return reading


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (date(1976, 12, 12), "1976-12-12"),
        (datetime(1976, 12, 12, 8), "1976-12-12"),
        ("12 grudnia 1976 r.", "1976-12-12"),
        ("dnia 12 XII 1976", "1976-12-12"),
        ("12 December 1976", "1976-12-12"),
        ("grudzień 1976", "1976-12"),
        ("1976", "1976"),
        (1976, "1976"),
        (1976.0, "1976"),
        ("2005-09", "2005-09"),
        ("2020-5-12", "2020-05-12"),
        ("12.12.1976", "1976-12-12"),
        ("25.12.1976", "1976-12-25"),
        ("12/25/1976", "1976-12-25"),
        ("dnia 25 . 12 . 1976 r.", "1976-12-25"),
        ("25.12.1976 00:00:00", "1976-12-25"),
        ("1976-12-25 10:15", "1976-12-25"),
        ("12 V 2020 8:00", "2020-05-12"),
    ],
)
def test_a_date_is_read_with_its_precision(value, read):
    reading = one(value)
    assert (reading.value, reading.code) == (read, None)


@pytest.mark.parametrize("value", [None, ""])
def test_an_empty_cell_has_no_date_and_no_fault(value):
    assert one(value) == one(None)
    assert (one(value).value, one(value).level) == (None, None)


@pytest.mark.parametrize(
    ("value", "level", "code"),
    [
        ("31.02.2005", "error", "impossible-date"),
        ("29.02.05", "error", "impossible-date"),
        ("25.13.2005", "error", "impossible-date"),
        ("31 lutego 2005", "error", "impossible-date"),
        ("wkrótce", "error", "not-a-date"),
        ("1.05.20200", "error", "out-of-range"),
        (True, "error", "not-a-date"),
        (-1, "error", "not-a-date"),
        (12, "decision", "two-digit-year"),
        (0, "error", "not-a-date"),
        (1, "error", "not-a-date"),
        ("1", "error", "not-a-date"),
        ("przed rozmową", "error", "not-a-date"),
        (2005.09, "error", "not-a-date"),
        (5.202, "error", "not-a-date"),
        (61.5, "error", "not-a-date"),
        (60, "error", "leap-bug"),
        ("99999 r.", "error", "out-of-range"),
    ],
)
def test_what_is_no_date_is_refused(value, level, code):
    reading = one(value)
    assert (reading.value, reading.level, reading.code, bool(str(reading.text))) == (None, level, code, True)


@pytest.mark.parametrize("value", [43963, 43963.75, "43963"])
def test_a_plain_serial_number_is_read_and_said(value):
    reading = one(value)
    assert (reading.value, reading.level, reading.code) == ("2020-05-12", "warning", "date-serial")


def test_a_plain_serial_number_is_read_by_the_epoch_of_the_workbook():
    assert one(42501, is_1904=True).value == "2020-05-12"


@pytest.mark.parametrize(
    ("value", "choices"),
    [
        ("25.12.05", ["1905-12-25", "2005-12-25"]),
        ("12 maja 20 r.", ["1920-05-12", "2020-05-12"]),
        ("29.02.00", ["2000-02-29"]),
        (96, ["1996", "2096"]),
        ("5/12/20", ["1920-12-05", "1920-05-12", "2020-12-05", "2020-05-12"]),
    ],
)
def test_the_century_of_a_short_year_is_asked(value, choices):
    reading = one(value)
    assert (reading.value, reading.level, reading.code) == (None, "decision", "two-digit-year")
    assert list(reading.choices) == choices


@pytest.mark.parametrize(
    ("value", "choice"),
    [
        ("ok. 2020", "2020"),
        ("ok.2020", "2020"),
        ("około maja 2020 r.", "2020-05"),
        ("about 2020", "2020"),
        ("ca. 2020", "2020"),
        ("ca 2020", "2020"),
        ("2020?", "2020"),
        ("maj 2020 (?)", "2020-05"),
        ("~2020", "2020"),
    ],
)
def test_a_date_that_is_not_exact_is_asked(value, choice):
    reading = one(value)
    assert (reading.value, reading.code, reading.choices) == (None, "approximate-date", (choice,))


@pytest.mark.parametrize("value", ["przed 1990", "po 1990 r.", "po 12.12.2020", "before 12.12.20"])
def test_a_date_that_is_excluded_is_not_offered(value):
    reading = one(value)
    assert (reading.value, reading.level, reading.code, reading.choices) == (None, "decision", "before-or-after", ())
    assert value in str(reading.text)


@pytest.mark.parametrize(
    ("values", "day_first", "read"),
    [
        (["5/12/2005", "25/12/2005"], None, ["2005-12-05", "2005-12-25"]),
        (["5/12/2005", "12/25/2005"], None, ["2005-05-12", "2005-12-25"]),
        (["5.12.2005"], True, ["2005-12-05"]),
        (["5/12/2005", "3/4/2006", "1/1/2006"], True, ["day-or-month", "day-or-month", "2006-01-01"]),
        (["5/12/2005", "25/12/2005"], True, ["2005-12-05", "2005-12-25"]),
        (["5/12/2005", "3.04.2005"], True, ["2005-12-05", "2005-04-03"]),
        (["5/12/2005 r."], True, ["2005-12-05"]),
        (["5/12/2005", "3/04/2005 r."], True, ["2005-12-05", "2005-04-03"]),
        (["5/12/2005"], False, ["2005-05-12"]),
        (["5/5/2005"], None, ["2005-05-05"]),
        (["5/12/2005", "25/12/2005", "12/25/2005"], True, ["2005-12-05", "2005-12-25", "impossible-date"]),
        (["5/12/2005", "12/25/2005"], True, ["contradictory-order", "2005-12-25"]),
        (["5/12/2005", "25/12/2005", "12/25/2005"], None, ["contradictory-order", "2005-12-25", "2005-12-25"]),
        (["5/12/2005", "1996", None, "2005-12-25"], None, ["day-or-month", "1996", None, "2005-12-25"]),
    ],
)
def test_the_order_of_day_and_month_is_settled_for_the_column(values, day_first, read):
    readings = parse_date_column(values, day_first=day_first)
    assert [reading.value or reading.code for reading in readings] == read


@pytest.mark.parametrize(
    ("text", "written", "local"),
    [
        ("2005-04-12T23:30:00Z", "2005-04-12", "2005-04-13"),
        ("2005-01-12 23:30+00:00", "2005-01-12", "2005-01-13"),
        ("2005-01-12T00:30:00+09:00", "2005-01-12", "2005-01-11"),
        ("2005-12-31T23:00:00.000Z", "2005-12-31", "2006-01-01"),
    ],
)
def test_a_time_in_a_zone_near_midnight_is_asked_about(text, written, local):
    asked = one(text)
    assert (asked.level, asked.code, asked.choices) == ("decision", "time-zone", (written, local))
    for zone, expected in ((WRITTEN, written), (LOCAL, local)):
        assert parse_date_column([text], zone=zone)[0].value == expected


@pytest.mark.parametrize("text", ["2005-04-12T12:00:00Z", "2005-04-12T21:59:00Z", "2005-04-12T00:30:00+02:00"])
def test_a_time_in_a_zone_on_one_day_here_and_there_is_plain(text):
    assert one(text) == DateReading(PartialDate("2005-04-12"))


def test_a_moment_that_a_workbook_tells_in_a_zone_is_no_other_day():
    assert from_iso("2005-04-12T23:30:00Z") == "2005-04-12T23:30:00Z"
    assert from_iso("2005-04-12T12:30:00Z") == datetime(2005, 4, 12, 12, 30)


def test_a_person_is_asked_with_both_readings():
    reading = one("5/12/2005")
    assert (reading.level, reading.choices) == ("decision", ("2005-12-05", "2005-05-12"))


def test_what_a_person_decided_outranks_the_other_dates_of_the_column():
    values = ["5/12/2005", "25/12/2005"]
    asked = parse_date_column(values, day_first=False)[0]
    assert (asked.level, asked.code, asked.choices) == ("decision", "contradictory-order", ("2005-12-05", "2005-05-12"))
    decided = parse_date_column(values, day_first=False, is_decided=True)
    assert [reading.value or reading.code for reading in decided] == ["2005-05-12", "impossible-date"]


@pytest.mark.parametrize("text", ["1" * 30_000, "ok." * 10_000, "1 " * 15_000, "5/12/2005" + " " * 30_000 + "?"])
def test_a_text_too_long_for_a_date_is_answered_at_once(text):
    assert one(text.strip()).code == "not-a-date"


@given(st.lists(st.one_of(st.none(), st.text(max_size=70), st.floats(), st.integers(), st.booleans(), st.dates())))
def test_any_values_get_a_reading_each(values):
    readings = parse_date_column(values)
    assert len(readings) == len(values)
    assert all(
        reading.level or reading.value or value in (None, "") for reading, value in zip(readings, values, strict=True)
    )


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.sampled_from(["%d.%m.%Y", "%d/%m/%Y r.", "%Y-%m-%d"]))
def test_a_date_written_in_figures_is_read_back(day, pattern):
    assert one(day.strftime(pattern), day_first=True).value == day.isoformat()
