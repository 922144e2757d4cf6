import pytest
from django.utils.safestring import SafeString, mark_safe

from krakow_intl.core.typography import typeset, typeset_html


def shown(text):
    """No-break spaces as "_", so that a failure can be read."""
    return text.replace("\N{NO-BREAK SPACE}", "_")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("w Krakowie i we Lwowie", "w_Krakowie i_we Lwowie"),
        ("a i z nami", "a_i_z_nami"),
        ("W 2004 roku", "W_2004 roku"),
        ("(o tym)", "(o_tym)"),
        ("lato zimą", "lato zimą"),
        ("w 2005 r. i w XX w. razem", "w_2005_r. i_w_XX_w. razem"),
        ("13 kwietnia 2005", "13_kwietnia 2005"),
        ("10 000 osób i 1 500 000 zł", "10_000 osób i_1_500_000_zł"),
        ("160 tys. studentów", "160_tys. studentów"),
        ("w 2005 100 delegacji", "w_2005 100 delegacji"),
        ("20 000 EUR", "20_000_EUR"),
        ("nr 2 przy ul. Siennej, im. Kopernika", "nr_2 przy ul._Siennej, im._Kopernika"),
        ("dał im dom", "dał im dom"),
        ("5 %", "5_%"),
        ("lata 2006-2008", "lata 2006–2008"),
        ("co 2-3 lata", "co 2–3_lata"),
        ("31-004 Kraków", "31-004 Kraków"),
        ("2006-04-30", "2006-04-30"),
        ("tel. 12 616-12-12", "tel. 12 616-12-12"),
        ("uchwała LXXV/742/05-06", "uchwała LXXV/742/05-06"),
        ("co 6 miesięcy, na 7 dni", "co 6_miesięcy, na 7_dni"),
        ("I.2.3 m, I.2.3 o, II.1 a", "I.2.3_m, I.2.3_o, II.1_a"),
        ("serwis krakow.pl. Nie", "serwis krakow.pl. Nie"),
        ("miasto - partner", "miasto_– partner"),
        ("Izba – druga", "Izba_– druga"),
        ("wizyta · Lwów", "wizyta_· Lwów"),
        ("wizyta\n · Lwów", "wizyta_· Lwów"),
        ("komisja ds. zdrowia, im. dr. Jordana", "komisja ds._zdrowia, im._dr._Jordana"),
        ("", ""),
    ],
)
def test_polish_is_set_by_polish_rules(text, expected):
    assert shown(typeset(text, "pl")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a city and I", "a city and I"),
        ("10,000 people", "10,000 people"),
        ("1.5 million passengers", "1.5_million passengers"),
        ("on 9 July 2001", "on 9_July 2001"),
        ("EUR 20,000", "EUR_20,000"),
        ("6 months, 7 days", "6_months, 7_days"),
        ("Programme 2006, I.2.3 o", "Programme 2006, I.2.3_o"),
        ("2006-2008", "2006–2008"),
        ("every 2-3 years", "every 2–3_years"),
        ("on 2006-04-30", "on 2006-04-30"),
    ],
)
def test_english_is_set_by_english_rules(text, expected):
    assert shown(typeset(text, "en")) == expected


def test_tags_attributes_and_entities_are_left_alone():
    html = mark_safe('<a href="/x/?a=1 i 2" title="w domu">w domu</a> i <em>z kim</em> &amp; w&nbsp;a b')
    expected = '<a href="/x/?a=1 i 2" title="w domu">w_domu</a> i_<em>z_kim</em> &amp; w&nbsp;a_b'
    assert shown(typeset(html, "pl")) == expected


def test_what_is_typed_and_code_are_left_alone():
    html = mark_safe("<p>w domu</p><textarea>w domu\n- i</textarea><pre><b>w domu</b></pre> w <b>domu</b>")
    expected = "<p>w_domu</p><textarea>w domu\n- i</textarea><pre><b>w domu</b></pre> w_<b>domu</b>"
    assert shown(typeset(html, "pl")) == expected


def test_safe_text_stays_safe_and_plain_text_plain():
    assert isinstance(typeset(mark_safe("i on"), "pl"), SafeString)
    assert not isinstance(typeset("i on", "pl"), SafeString)


def test_plain_text_is_escaped_before_it_is_printed():
    assert shown(typeset_html("<b>i 'on'</b>", "pl")) == "&lt;b&gt;i_&#x27;on&#x27;&lt;/b&gt;"


def test_setting_twice_changes_nothing():
    text = "w 2005 r. 10 000 osób - i 2-3 lata, 2006-2008"
    once = typeset(text, "pl")
    assert typeset(once, "pl") == once
