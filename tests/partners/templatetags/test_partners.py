import pytest
from django.utils.translation import override

from partners.models import ActLink
from partners.templatetags.partners import months, on_side, passive


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 month"), (6, "6 months"), (12, "1 year"), (18, "18 months"), (60, "5 years")],
)
def test_months_are_years_where_they_come_out_even(number, words):
    with override("en"):
        assert months(number) == words


@pytest.mark.parametrize("verb", ActLink.Verb)
def test_every_link_between_acts_can_be_told_from_the_earlier_one(verb):
    assert str(passive(verb))


def test_rows_are_told_apart_by_their_side():
    rows = [{"side": "krakow", "name": "a"}, {"side": "partner", "name": "b"}]
    assert on_side(rows, "partner") == rows[1:]
