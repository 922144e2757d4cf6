import pytest
from hypothesis import given
from hypothesis import strategies as st

from krakow_intl.sheets.periods import months_of, period_of

FIVE_YEARS = (
    "pięć lat | 5-letnia | pięcioletnia | 5lat | na czas określony 5 lat | na okres: 5 lat | 5 l. | 5 lat "
    "od podpisania | 5 lat od daty podpisania umowy | five years | 5-year | for a period of five years | "
    "5 yrs. | 5 years from signing | 5 Jahre | fünf Jahre | auf 5 Jahre | 5 Jahre ab Unterzeichnung | 5 "
    "ans | cinq ans | 5 let | pět let | 5 років | п’ять років | 5 anni | 60 miesięcy | 60 months | 60 "
    "Monate | 4 lata i 12 miesięcy"
)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("5 lat", 60),
        ("na okres 5 lat", 60),
        ("6 m-cy", 6),
        ("18 mies.", 18),
        ("0 mies.", 0),
        ("60", None),
        ("rok", 12),
        ("na rok", 12),
        ("lat", None),
        ("na okres", None),
        ("2 lata i 6 miesięcy", 30),
        ("3 miesiące i 6 miesięcy", None),
        ("6 miesięcy\n12 miesięcy", None),
        ("5 lat\n10 lat", None),
        ("6 miesięcy i 2 lata", None),
        ("1 rok 6 mies.", 18),
        ("2,5 roku", 30),
        ("60 (5 lat)", 60),
        ("5 lat (60 miesięcy)", 60),
        ("60 (6 lat)", None),
        ("60 (pięć lat)", 60),
        *((text, 60) for text in FIVE_YEARS.split(" | ")),
        *((text, None) for text in ("5 lat temu", "po 5 latach", "do 5 lat", "30 dni", "m", "five", "5", "2 r.")),
        ("pół roku", 6),
        ("half a year", 6),
        ("półtora roku", 18),
        ("18 m-cy", 18),
        ("trzy miesiące", 3),
        ("kwartał", 3),
        ("trzyletnia", 36),
        ("3 roky", 36),
        ("6 місяців", 6),
    ],
)
def test_a_length_of_time_is_so_many_months(text, months):
    assert months_of(text) == months


def test_what_a_text_says_beside_a_length_is_given_back():
    assert period_of("na 5 lat, przedłużana automatycznie") == (60, "przedluzana automatycznie")


@given(st.text(max_size=120))
def test_any_text_is_a_length_or_none(text):
    period = period_of(text)
    assert period is None or period.months >= 0
