import pytest
from django.utils.translation import override

from partners.display import months, on_side, passive, period_of
from partners.models import AgreementLink
from tests.partners.factories import AgreementFactory


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 month"), (6, "6 months"), (12, "1 year"), (18, "18 months"), (60, "5 years")],
)
def test_months_are_years_where_they_come_out_even(number, words):
    with override("en"):
        assert months(number) == words


@pytest.mark.parametrize("verb", AgreementLink.Verb)
def test_every_link_between_agreements_can_be_told_from_the_earlier_one(verb):
    assert str(passive(verb))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"term": "fixed", "valid_until": "2006"}, "2002–2006"),
        ({"term": "tacit-renewal", "term_months": 60, "renewal_months": 60, "notice_months": 6}, "since 2002"),
        ({"events": [{"taken_on": "2004-05"}]}, "2002 – May 2004"),
    ],
    ids=["fixed", "renewed", "terminated"],
)
def test_the_period_of_an_agreement_is_as_exact_as_it_is_recorded(facts, words):
    agreement = AgreementFactory(signed_on=None, valid_from="2002", **facts)
    with override("en"):
        assert period_of(agreement).replace("\N{NO-BREAK SPACE}", " ") == words


def test_rows_are_told_apart_by_their_side():
    rows = [{"side": "home", "name": "a"}, {"side": "partner", "name": "b"}]
    assert on_side(rows, "partner") == rows[1:]
