import copy
import pickle
from datetime import date, datetime

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from krakow_intl.core.dates import (
    PartialDate,
    PartialDateError,
    format_in_sentence,
    format_partial_date,
    format_period,
    parse_partial_date,
)

NBSP = "\N{NO-BREAK SPACE}"
many = settings(deadline=None, max_examples=200)
days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
partial_dates = st.builds(lambda day, length: PartialDate(day.isoformat()[:length]), days, st.sampled_from([4, 7, 10]))


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def refusal(function, text):
    with pytest.raises(PartialDateError) as caught:
        function(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "precision", "parts", "first_day", "last_day"),
    [
        pytest.param("1996", "year", (1996, None, None), date(1996, 1, 1), date(1996, 12, 31), id="year"),
        pytest.param("2005-09", "month", (2005, 9, None), date(2005, 9, 1), date(2005, 9, 30), id="month"),
        pytest.param("2004-02", "month", (2004, 2, None), date(2004, 2, 1), date(2004, 2, 29), id="leap February"),
        pytest.param("1976-12-12", "day", (1976, 12, 12), date(1976, 12, 12), date(1976, 12, 12), id="day"),
    ],
)
def test_a_partial_date_knows_its_precision_and_its_possible_days(text, precision, parts, first_day, last_day):
    value = PartialDate(text)
    assert value == text
    assert value.precision == precision
    assert (value.year, value.month, value.day) == parts
    assert (value.first_day, value.last_day) == (first_day, last_day)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "unreadable"),
        ("96", "unreadable"),
        ("2005-9", "unreadable"),
        ("2005-09-", "unreadable"),
        ("20050901", "unreadable"),
        ("2005-09-01T00:00", "unreadable"),
        ("2005-09-01\n", "unreadable"),
        ("٢٠٠٥", "unreadable"),
        ("2005-00", "impossible"),
        ("2005-13", "impossible"),
        ("2005-09-00", "impossible"),
        ("2005-09-31", "impossible"),
        ("1900-02-29", "impossible"),
        ("0999", "out-of-range"),
        ("3000", "out-of-range"),
        ("0000-00-00", "out-of-range"),
        ("10000-01-01", "out-of-range"),
    ],
)
def test_a_partial_date_refuses_what_is_no_reduced_iso_date(text, code):
    assert refusal(PartialDate, text).code == code


@pytest.mark.parametrize(
    "again",
    [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))],
    ids=["copy", "deepcopy", "pickle"],
)
def test_a_partial_date_stays_one_when_copied(again):
    value = again(PartialDate("2005-09"))
    assert type(value) is PartialDate
    assert value == "2005-09"


@pytest.mark.parametrize("day", [date(2001, 7, 9), datetime(2001, 7, 9, 23, 59)], ids=["date", "datetime"])
def test_a_partial_date_is_made_of_a_day(day):
    assert PartialDate.of(day) == "2001-07-09"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1996", "1996"),
        ("1996 r.", "1996"),
        ("1996r.", "1996"),
        ("1996 roku", "1996"),
        ("w 1996 r.", "1996"),
        ("rok 1996", "1996"),
        ("r. 1996", "1996"),
        ("in 1996", "1996"),
        ("09.2005", "2005-09"),
        ("9.2005", "2005-09"),
        ("9/2005", "2005-09"),
        ("9-2005", "2005-09"),
        ("2005-09", "2005-09"),
        ("2005-9", "2005-09"),
        ("2005\N{EN DASH}09", "2005-09"),
        ("wrzesień 2005", "2005-09"),
        ("wrzesień 2005 r.", "2005-09"),
        ("września 2005", "2005-09"),
        ("wrzesnia 2005", "2005-09"),
        ("WRZESIEŃ 2005", "2005-09"),
        ("we wrześniu 2005", "2005-09"),
        ("w październiku 2005", "2005-10"),
        ("wrz 2005", "2005-09"),
        ("wrz. 2005", "2005-09"),
        ("paźdz. 2005", "2005-10"),
        ("September 2005", "2005-09"),
        ("September, 2005", "2005-09"),
        ("in September 2005", "2005-09"),
        ("Sep 2005", "2005-09"),
        ("Sept. 2005", "2005-09"),
        ("IX 2005", "2005-09"),
        ("ix.2005", "2005-09"),
        ("IX/2005", "2005-09"),
        ("\N{ROMAN NUMERAL NINE} 2005", "2005-09"),
        ("9 lipca 2001", "2001-07-09"),
        ("09 lipca 2001", "2001-07-09"),
        ("9. lipca 2001", "2001-07-09"),
        ("9 lipca 2001 r.", "2001-07-09"),
        ("9 lipca 2001 r", "2001-07-09"),
        ("9 lipca 2001 roku", "2001-07-09"),
        ("9 lipca 2001.", "2001-07-09"),
        ("dnia 9 lipca 2001", "2001-07-09"),
        ("z dnia 9 lipca 2001 r.", "2001-07-09"),
        ("w dniu 9 lipca 2001", "2001-07-09"),
        ("9 LIPCA 2001 R.", "2001-07-09"),
        ("  9   lipca \t 2001 ", "2001-07-09"),
        ("9\N{NO-BREAK SPACE}lipca\N{NARROW NO-BREAK SPACE}2001", "2001-07-09"),
        ("\ufeff9 lip\N{SOFT HYPHEN}ca 2001\u200b", "2001-07-09"),
        ("9 stycznia 2001", "2001-01-09"),
        ("9stycznia2001", "2001-01-09"),
        ("9 paz\N{COMBINING ACUTE ACCENT}dziernika 2001", "2001-10-09"),
        ("9 VII 2001", "2001-07-09"),
        ("9.VII.2001", "2001-07-09"),
        ("9 VII 2001 r.", "2001-07-09"),
        ("9 i 2001", "2001-01-09"),
        ("9 July 2001", "2001-07-09"),
        ("9th July 2001", "2001-07-09"),
        ("the 9th of July, 2001", "2001-07-09"),
        ("1st Aug 2001", "2001-08-01"),
        ("on 9 July 2001", "2001-07-09"),
        ("July 9, 2001", "2001-07-09"),
        ("July 9th, 2001", "2001-07-09"),
        ("July 9 2001", "2001-07-09"),
        ("09.07.2001", "2001-07-09"),
        ("9.7.2001", "2001-07-09"),
        ("9. 7. 2001", "2001-07-09"),
        ("9/7/2001", "2001-07-09"),
        ("9-7-2001", "2001-07-09"),
        ("2001-07-09", "2001-07-09"),
        ("2001-7-9", "2001-07-09"),
        ("2001.07.09.", "2001-07-09"),
        ("2001/7/9", "2001-07-09"),
        ("29.02.2004", "2004-02-29"),
        ("1000", "1000"),
        ("31.12.2999", "2999-12-31"),
    ],
)
def test_a_date_is_read_as_people_write_it(text, expected):
    value = parse_partial_date(text)
    assert type(value) is PartialDate
    assert value == expected


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("31.02.2001", "impossible", "31 February 2001 does not exist: February 2001 has 28 days."),
        ("31 lutego 2001", "impossible", "31 February 2001 does not exist: February 2001 has 28 days."),
        ("February 29, 2001", "impossible", "29 February 2001 does not exist: February 2001 has 28 days."),
        ("29.02.1900", "impossible", "29 February 1900 does not exist: February 1900 has 28 days."),
        ("31 IX 2005", "impossible", "31 September 2005 does not exist: September 2005 has 30 days."),
        ("00.05.2005", "impossible", "0 May 2005 does not exist: May 2005 has 31 days."),
        ("2020-13-01", "impossible", "There is no month 13: the months are 1 to 12."),
        ("0.2005", "impossible", "There is no month 0: the months are 1 to 12."),
        ("12.05.20", "two-digit-year", "Write the year with four digits, such as 1996 or 2005."),
        ("9 lipca 01", "two-digit-year", "Write the year with four digits, such as 1996 or 2005."),
        ("05-07-09", "two-digit-year", "Write the year with four digits, such as 1996 or 2005."),
        ("July 9", "two-digit-year", "Write the year with four digits, such as 1996 or 2005."),
        ("96", "two-digit-year", "Write the year with four digits, such as 1996 or 2005."),
        ("3020", "out-of-range", "The year 3020 is out of range: the register keeps years from 1000 to 2999."),
        ("1.1.996", "out-of-range", "The year 996 is out of range: the register keeps years from 1000 to 2999."),
        ("0000-00-00", "out-of-range", "The year 0 is out of range: the register keeps years from 1000 to 2999."),
        ("10000-01-01", "out-of-range", "The year 10000 is out of range: the register keeps years from 1000 to 2999."),
    ],
)
def test_an_impossible_date_is_refused_by_name(text, code, message):
    error = refusal(parse_partial_date, text)
    with override("en"):
        assert (error.code, plain(str(error)), plain(str(error.message))) == (code, message, message)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "ok. 2020",
        "about 2005",
        "since 1998",
        "od 1998",
        "9 lipca",
        "lipiec",
        "9 Foo 2001",
        "marmolada 2005",
        "IXX 2005",
        "ma 2005",
        "2005/2006",
        "2005/06",
        "2005\N{EN DASH}2006",
        "1.2-2005",
        "1.2.3.2005",
        "20050901",
        "2001-07-09 12:30",
        "9 lipca 2001 \0",
        "٩.٧.٢٠٠١",
        "bezterminowo",
        "9" * 5000,
        "z " * 5000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_what_is_no_date_is_refused(text):
    assert refusal(parse_partial_date, text).code == "unreadable"


def test_a_refusal_names_the_month_in_the_language_of_the_reader():
    error = refusal(parse_partial_date, "31.02.2001")
    with override("pl"):
        in_polish = plain(str(error.message))
    assert "31 lutego 2001" in in_polish
    assert "luty 2001" in in_polish


@pytest.mark.parametrize(
    ("value", "polish", "english"),
    [
        pytest.param(PartialDate("2001-07-09"), "9 lipca 2001", "9 July 2001", id="day"),
        pytest.param(PartialDate("2005-09"), "wrzesień 2005", "September 2005", id="month"),
        pytest.param(PartialDate("1996"), "1996", "1996", id="year"),
        pytest.param(date(2001, 7, 9), "9 lipca 2001", "9 July 2001", id="datetime.date"),
    ],
)
def test_a_date_is_printed_in_both_languages(value, polish, english):
    assert format_partial_date(value, "pl") == polish.replace(" ", "\N{NO-BREAK SPACE}")
    assert format_partial_date(value, "en") == english.replace(" ", "\N{NO-BREAK SPACE}")
    with override("en"):
        assert plain(format_partial_date(value)) == english


def test_without_an_active_language_dates_are_printed_in_the_default_one():
    with override(None):
        assert plain(format_partial_date(PartialDate("2005-09"))) == "wrzesień 2005"


@pytest.mark.parametrize(
    ("start", "end", "polish", "english"),
    [
        ("2004-09-21", "2004-09-23", "21–23 września 2004", "21–23 September 2004"),
        ("2006-03-31", "2006-04-08", "31 marca – 8 kwietnia 2006", "31 March – 8 April 2006"),
        ("2005-12-31", "2006-01-02", "31 grudnia 2005 – 2 stycznia 2006", "31 December 2005 – 2 January 2006"),
        ("2005-07-01", "2009-07-01", "1 lipca 2005 – 1 lipca 2009", "1 July 2005 – 1 July 2009"),
        ("2004-09-21", "2004-09-21", "21 września 2004", "21 September 2004"),
        ("2005-09", "2005-10", "wrzesień–październik 2005", "September – October 2005"),
        ("2005-09", "2006-09", "wrzesień 2005 – wrzesień 2006", "September 2005 – September 2006"),
        ("2005-09", "2005-09", "wrzesień 2005", "September 2005"),
        ("2002", "2006", "2002–2006", "2002–2006"),
        ("2002", "2002", "2002", "2002"),
        ("2002", "2005-09", "2002 – wrzesień 2005", "2002 – September 2005"),
        ("2005-09-01", "2005-10", "1 września 2005 – październik 2005", "1 September 2005 – October 2005"),
    ],
)
def test_a_period_is_printed_without_saying_anything_twice(start, end, polish, english):
    start, end = PartialDate(start), PartialDate(end)
    assert plain(format_period(start, end, "pl")) == polish
    assert plain(format_period(start, end, "en")) == english


@pytest.mark.parametrize(
    ("start", "end", "english", "polish_date"),
    [
        ("1998", None, "since 1998", "1998"),
        ("2005-09", None, "since September 2005", "września 2005"),
        (None, "2003", "until 2003", "2003"),
        (None, "2003-05-01", "until 1 May 2003", "1 maja 2003"),
        (None, None, "", ""),
    ],
)
def test_a_period_may_lack_a_start_or_an_end(start, end, english, polish_date):
    start, end = start and PartialDate(start), end and PartialDate(end)
    assert plain(format_period(start, end, "en")) == english
    assert plain(format_period(start, end, "pl")).endswith(polish_date)


def test_a_period_of_days_is_printed_in_the_active_language():
    with override("en"):
        assert plain(format_period(date(2004, 9, 21), date(2004, 9, 23))) == "21–23 September 2004"


def test_no_line_breaks_before_a_dash():
    text = format_period(PartialDate("2006-03-31"), PartialDate("2006-04-08"), "en")
    assert text == "31\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}– 8\N{NO-BREAK SPACE}April\N{NO-BREAK SPACE}2006"


@pytest.mark.parametrize(
    ("date", "word", "text"),
    [
        ("2001-07-09", "on", "on 9 July 2001"),
        ("2005-09", "on", "in September 2005"),
        ("1996", "on", "in 1996"),
        ("2005-09", "since", "since September 2005"),
        ("2001-07-09", "until", "until 9 July 2001"),
    ],
)
def test_a_date_stands_in_an_english_sentence(date, word, text):
    assert format_in_sentence(PartialDate(date), word, "en").replace(NBSP, " ") == text


@pytest.mark.parametrize(
    ("date", "word", "text"),
    [
        ("2001-07-09", "on", "9 lipca 2001"),
        ("2005-09", "on", "we wrześniu 2005"),
        ("2005-02", "on", "w lutym 2005"),
        ("1996", "on", "w 1996"),
        ("2005-09", "since", "września 2005"),
        ("2005-09", "from", "września 2005"),
    ],
)
def test_a_date_stands_in_a_polish_sentence_in_the_case_it_takes(date, word, text):
    assert text in format_in_sentence(PartialDate(date), word, "pl").replace(NBSP, " ")


@many
@given(value=partial_dates, language=st.sampled_from(["pl", "en"]))
def test_what_is_printed_can_be_read_again(value, language):
    assert parse_partial_date(format_partial_date(value, language)) == value
    assert parse_partial_date(value) == value


@many
@given(a=partial_dates, b=partial_dates)
def test_dates_sort_as_text_by_their_first_day(a, b):
    if a.first_day != b.first_day:
        assert (a < b) == (a.first_day < b.first_day)
    else:
        assert (a < b) == (len(a) < len(b))


@many
@given(value=partial_dates)
def test_every_possible_day_of_a_date_begins_with_its_text(value):
    assert value.first_day <= value.last_day
    assert PartialDate.of(value.first_day).startswith(value)
    assert PartialDate.of(value.last_day).startswith(value)


@pytest.mark.parametrize("text", ["1/1/01000", "1/01000", "01996", "12.12.01976"])
def test_a_year_of_five_figures_is_no_year_with_a_nought_before_it(text):
    with pytest.raises(PartialDateError) as refused:
        parse_partial_date(text)
    assert refused.value.code == "unreadable"


@many
@given(text=st.text(max_size=40) | st.from_regex(r"[0-9]{1,2}[ ./-][0-9]{1,2}[ ./-][0-9]{1,5}", fullmatch=True))
def test_any_text_is_either_a_date_or_refused(text):
    try:
        value = parse_partial_date(text)
    except PartialDateError as error:
        assert error.code in {"impossible", "two-digit-year", "out-of-range", "unreadable"}
        assert str(error)
    else:
        assert 1000 <= value.first_day.year <= 2999


@pytest.mark.parametrize(
    ("other", "is_before"), [("1996-05-13", True), ("1996-06", True), ("1996-05", False), ("1996", False)]
)
def test_a_date_lies_before_another_only_for_certain(other, is_before):
    assert PartialDate("1996-05-12").is_before(PartialDate(other)) == is_before


@pytest.mark.parametrize(
    ("day", "told"), [(date(206, 1, 2), "2 January 206"), (date(9999, 12, 31), "31 December 9999")]
)
def test_a_day_of_a_year_that_is_not_taken_in_can_still_be_told(day, told):
    assert format_partial_date(day, "en").replace("\N{NO-BREAK SPACE}", " ") == told
