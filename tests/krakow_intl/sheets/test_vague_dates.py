import pytest

from krakow_intl.sheets.dates import parse_date_column

# what is asked of each text: (a code, the dates that are offered)
ASKED = {
    "several-dates": {
        "1976-1980": ["1976", "1980"],
        "1976 – 1980": ["1976", "1980"],
        "1976/77": ["1976", "1977"],
        "1976 lub 1977": ["1976", "1977"],
        "1976 or 1977": ["1976", "1977"],
        "12-14 maja 1996": ["1996-05-12", "1996-05-14", "1996-05"],
        "12 i 13 maja 1996": ["1996-05-12", "1996-05-13", "1996-05"],
        "12/13.05.1996": ["1996-05-12", "1996-05-13", "1996-05"],
        "30 kwietnia - 2 maja 1996": ["1996-04-30", "1996-05-02", "1996"],
        "12.12.1976 - 12.12.1981": ["1976-12-12", "1981-12-12"],
        "5.05.1990; 6.06.1991": ["1990-05-05", "1991-06-06"],
    },
    "words-beside-date": {
        "12.12.1976 (Kraków)": ["1976-12-12"],
        "12.12.1976, Kraków": ["1976-12-12"],
        "Kraków, dnia 12 grudnia 1976": ["1976-12-12"],
        "podpisano 12.12.1976": ["1976-12-12"],
        "wiosna 1976": ["1976"],
        "III kw. 1976": ["1976"],
        "1976 Q3": ["1976"],
        "2nd half of 1976": ["1976"],
        "koniec 1976": ["1976"],
        "Anfang Mai 1976": ["1976-05"],
        "1976 rok (grudzień)": ["1976"],
    },
    "approximate-date": {
        "00.12.1976": ["1976-12"],
        "00.00.1976": ["1976"],
        "1976-12-00": ["1976-12"],
        "xx.12.1976": ["1976-12"],
        "??.??.1976": ["1976"],
        "lata 70.": [],
        "lata 70. XX w.": [],
        "1970s": [],
        "XX wiek": [],
        "20th century": [],
    },
}
CASES = [(text, code, choices) for code, texts in ASKED.items() for text, choices in texts.items()]


@pytest.mark.parametrize(("text", "code", "choices"), CASES, ids=[text for text, _code, _choices in CASES])
def test_what_names_no_single_date_is_asked_about(text, code, choices):
    [reading] = parse_date_column([text], day_first=True)
    assert (reading.value, reading.level, reading.code) == (None, "decision", code)
    assert [*reading.choices] == choices
    assert text in str(reading.text)


@pytest.mark.parametrize("text", ["umowa nr 7", "1980-1976", "12 osób", "9999999", "lato", "00.13.1976"])
def test_what_names_no_date_at_all_is_refused(text):
    [reading] = parse_date_column([text], day_first=True)
    assert (reading.value, reading.level) == (None, "error")
