import pytest

from krakow_intl.sheets.date_words import shape_of
from krakow_intl.sheets.dates import parse_date_column

# spellings that real offices use of 12 December 1976, of December 1976 and of 1976
CLEAR = {
    "1976-12-12": "12 XII 1976 | 12.XII.1976 r. | 12-go grudnia 1976 | 12go grudnia 1976 r. | 1976/12/12 | "
    "12XII1976 | 12. Dezember 1976 | Dec. 12th, 1976 | December 12, 1976 | the 12th of December 1976 | 12-Dec-1976 | "
    "12-gru-1976 | niedziela, 12 grudnia 1976 | Sunday, December 12, 1976 | Sun 12 Dec 1976 | 12 grudnia 1976 "
    "(niedziela) | 12 décembre 1976 | le 12 décembre 1976 | 12 de diciembre de 1976 | 12 dicembre 1976 | 12 "
    "prosince 1976 | 12. prosince 1976 | dne 12. 12. 1976 | 12 грудня 1976 р. | 12 грудня 1976 року | 12 "
    "декабря 1976 г. | 1976. december 12. | 1976-XII-12 | 1976-Dec-12 | 12 12 1976 | 12.12 1976 | 12,12,1976 | "
    "12..12.1976 | 12-12.1976 | 12.12.1976. | 12.12.1976r | 12.12.1976r. | 12/12/1976 | 1976.12.12 | 1976 12 "
    "12 | 12grudnia1976 | 19761212 | 12121976 | (12.12.1976) | am 12. Dezember 1976 | 12. 12. 1976 | "
    "12.12.1976 o godz. 12:00 | 12.12.1976 12:00 | z dn. 12.12.1976 | dn. 12.12.1976 r. | data: 12.12.1976 | "
    "dnia 12.12.1976 r. | 12/XII/1976 | 12 grudnia 1976 roku | 12 GRUDNIA 1976",
    "1976-12": "grudzień 1976 r. | XII 1976 | w grudniu 1976 r. | in December 1976 | Dezember 1976 | décembre 1976 | "
    "prosinec 1976 | грудень 1976 | 12.1976 | 12/1976 | 1976-12 | grudzień/1976 | gru 1976",
    "1976": "1976 | 1976 r. | w 1976 roku | rok 1976 | 1976 rok | 1976 рік | in 1976",
}
SPELLINGS = [(text, day) for day, texts in CLEAR.items() for text in texts.split(" | ")]
MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "en": "January February March April May June July August September October November December",
}


@pytest.mark.parametrize(("text", "day"), SPELLINGS, ids=[text for text, _day in SPELLINGS])
def test_a_clear_spelling_is_read_without_a_question(text, day):
    [reading] = parse_date_column([text], day_first=True)
    assert (reading.value, reading.code) == (day, None)


@pytest.mark.parametrize("language", MONTHS)
def test_each_month_is_the_same_in_each_language(language):
    readings = parse_date_column([f"3 {name} 1976" for name in MONTHS[language].split()])
    assert [reading.value for reading in readings] == [f"1976-{month:02}-03" for month in range(1, 13)]


@pytest.mark.parametrize(
    "text", ["do 12.12.1976", "po 12.12.1976", "so 12", "12.5.2.1976", "1212197", "32 12 1976", "lis"]
)
def test_what_is_not_clear_is_not_read(text):
    assert parse_date_column([text], day_first=True)[0].value is None


@pytest.mark.parametrize("values", [["5,12,1976"], ["5 12 1976"]])
def test_other_signs_between_figures_ask_for_the_order_too(values):
    assert parse_date_column(values)[0].code == "day-or-month"


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("3.05.81", "99.99.99"),
        ("3 maja 81", "99 m 99"),
        ("3 Dezember 81", "99 m 99"),
        ("3-XII-81", "99-m-99"),
        ("Nowy Jork, 3.05.1981", "a , 99.99.9999"),
        ("3.05.1981, Nowy Jork", "99.99.9999, a"),
        ("3.05.1981 (Nowy Jork)", "99.99.9999 ( a )"),
        ("Ok. 1981", "ok. 9999"),
    ],
)
def test_dates_that_are_written_alike_have_one_shape(text, shape):
    assert shape_of(text) == shape
