import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krakow_intl.sheets.cells import clean, is_garbled, parse_number


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("Kraków", "Kraków"),
        ("  Lwów \t", "Lwów"),
        ("umowa\u00a0o\u2009współpracy", "umowa o współpracy"),
        ("\ufeffLw\u00adów\u200b\u2060", "Lwów"),
        ("\u202eUkraina\u202c", "Ukraina"),
        ("z\u0301ro\u0301dło", "źródło"),
        ("pierwszy\r\ndrugi\rtrzeci", "pierwszy\ndrugi\ntrzeci"),
        (" \u3000 ", ""),
        ("Київ", "Київ"),
        ("L'viv", "L'viv"),
        ("'=1+1", "=1+1"),
        ("''=1+1", "''=1+1"),
        ("'@x", "@x"),
        ("'\tx", "x"),
        ("'Lwów'", "'Lwów'"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("#1", "#1"),
    ],
)
def test_what_the_eye_does_not_see_is_taken_away_and_nothing_else(written, cleaned):
    assert clean(written) == (cleaned, None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("a\x07b", "control-character"),
        ("a\x00", "control-character"),
        ("a\x85b", "control-character"),
        ("a\ud83d", "control-character"),
        ("a" + "\u0301" * 11, "control-character"),
        ("#REF!", "error-value"),
        ("#n/d!", "error-value"),
        ("Err:502", "error-value"),
        ("KrakÃ³w", "mojibake"),
    ],
)
def test_what_is_wrong_with_a_text_is_named(written, code):
    assert clean(written)[1] == code


@given(st.text())
def test_a_clean_text_stays_as_it_is(text):
    cleaned, code = clean(text)
    assert code or cleaned.startswith("'") or clean(cleaned) == (cleaned, None)


def test_a_pile_of_accents_takes_no_time():
    started = time.process_time()
    assert clean("a" + "\u0301" * 16_000 + "\u0316" * 16_000)[1] == "control-character"
    assert time.process_time() - started < 0.1


MISREAD = ["cp1252", "cp1250", "iso-8859-2", "latin-1"]


@pytest.mark.parametrize("word", ["Kraków", "Łódź", "Włochy", "współpraca", "Göteborg", "Київ", "„umowa”"])
@pytest.mark.parametrize("encoding", MISREAD)
def test_letters_read_in_the_wrong_encoding_are_noticed(word, encoding):
    assert is_garbled(word.encode().decode(encoding, "replace"))


@pytest.mark.parametrize("text", ["Krak?w", "Wroc?aw, Gda?sk", "?ódź", "Krak\ufffdw"])
def test_letters_that_were_lost_are_noticed(text):
    assert is_garbled(text)


SOUND = [
    *("KOŚCIÓŁ", "SPÓŁKA", "RÓŻA", "ŻÓŁĆ", "PRZYJACIÓŁ", "żółć", "Göteborg", "Orléans", "Košice", "Győr", "São Paulo"),
    *("Kraków – Lwów", "„Most” – 2004", "Київ", "Ελλάδα", "Åre", "Ältere Brüder", "czy na pewno?", "Kto? Co?", "1991?"),
    *("https://example.org/a?b=c", "www.example.org/x?y", "±5 °C", "5 × 5 µm", "§ 2, ¼", "Çorum", "Ñuñoa"),
]


@pytest.mark.parametrize("text", SOUND)
def test_words_of_many_languages_are_not_taken_for_garbled(text):
    assert not is_garbled(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("60", 60),
        ("1 234,5", 1234.5),
        ("1\u00a0234\u00a0567", 1_234_567),
        ("1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("1.234.567", 1_234_567),
        ("0,500", 0.5),
        ("1234,500", 1234.5),
        ("−5", -5),
        ("+7", 7),
    ],
)
def test_a_number_is_read_as_it_is_written_in_poland_or_elsewhere(text, number):
    assert parse_number(text) == number


@pytest.mark.parametrize(("text", "why"), [("1.234", "ambiguous"), ("1,234", "ambiguous"), ("12.345", "ambiguous")])
def test_a_sign_that_may_divide_thousands_or_decimals_is_not_guessed(text, why):
    with pytest.raises(ValueError, match=why):
        parse_number(text)


@pytest.mark.parametrize("text", ["", "pięć", "5 lat", "1 23", "1e5", "٣", "12 34 567", "0x1"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="unreadable"):
        parse_number(text)
