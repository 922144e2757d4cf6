import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Length
from hypothesis import given
from hypothesis import strategies as st

from krakow_intl.core.dates import PartialDate
from partners.imports.planning.rules import CONSTRAINTS, faults_of, refuse_unknown_lookups, rule_of
from partners.models import Agreement
from tests.partners.factories import AgreementFactory, CityFactory

DAYS = ["1990-05-12", "1991", "2000-01"]
months = st.sampled_from([None, 0, 1, 60])
dates = st.sampled_from([None, *map(PartialDate, DAYS)])


class Record:
    def __init__(self, **values):
        self.__dict__ |= values


@pytest.mark.parametrize(
    ("condition", "values", "answer"),
    [
        (Q(a=1), {"a": 1}, True),
        (Q(a=1), {"a": None}, None),
        (Q(a=None), {"a": None}, True),
        (Q(a=None) | Q(b__in=["x"]), {"a": 1, "b": "y"}, False),
        (Q(a=None) | Q(b__in=["x"]), {"a": 1, "b": None}, None),
        (~Q(a=0) & ~Q(b=0), {"a": 0, "b": None}, False),
        (~Q(a=0) & ~Q(b=0), {"a": 1, "b": None}, None),
        (Q(b__gte=F("a")), {"a": 1, "b": 2}, True),
        (Q(b__lte=F("a")), {"a": 1, "b": 2}, False),
    ],
)
def test_a_condition_holds_as_the_database_would_say(condition, values, answer):
    assert rule_of(condition)(Record(**values)) is answer


@pytest.mark.parametrize(
    "condition",
    [
        Q(term__startswith="f"),
        Q(term=None) | ~Q(city__slug="lviv"),
        Q(years=5),
        Q(term_months__gte=F("city__population")),
        Q(term_months=Length("slug")),
        Q(term=None) ^ Q(term_months=None),
        Q(Q(term=None), Length("slug")),
    ],
    ids=str,
)
def test_a_condition_that_cannot_be_asked_in_memory_is_refused_when_the_server_starts(condition):
    with pytest.raises(ImproperlyConfigured, match="a_rule cannot be asked in memory"):
        refuse_unknown_lookups([CheckConstraint(condition=condition, name="a_rule")], Agreement)


@given(
    term=st.sampled_from(Agreement.Term.values), valid_from=dates, valid_until=dates, term_months=months, renewal=months
)
def test_an_agreement_is_faulty_in_memory_where_the_form_of_a_clerk_would_refuse_it(
    term, valid_from, valid_until, term_months, renewal
):
    agreement = Agreement(
        signed_on=PartialDate("1990-05-12"), term=term, valid_from=valid_from, valid_until=valid_until
    )
    agreement.term_months, agreement.renewal_months = term_months, renewal
    assert bool(faults_of(agreement)) == is_refused(agreement)


def is_refused(agreement):
    """Whether the model's own checks refuse an agreement; no database is needed where nothing is unique."""
    try:
        agreement.clean()
    except ValidationError:
        return True
    agreement.starts_on, agreement.ends_on = agreement.first_day(), agreement.last_day()
    return any(rule_of(constraint.condition)(agreement) is False for constraint in CONSTRAINTS)


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"valid_until": PartialDate("1980")}, ["valid_until"]),
        ({"valid_until": PartialDate("1999"), "term": "open-ended"}, ["valid_until", "term"]),
        ({"term_months": 0}, ["term_months", "renewal_months"]),
        ({"valid_until": PartialDate("1980"), "renewal_months": 12}, ["valid_until", "renewal_months", "term"]),
        ({"renewal_months": 12}, ["renewal_months", "term"]),
        ({}, []),
    ],
)
def test_a_fault_names_what_it_is_about(values, names):
    agreement = Agreement(**{"signed_on": PartialDate("1991"), "term": "fixed"} | values)
    assert [name for fault, _text in faults_of(agreement) for name in fault] == names


def test_asking_changes_no_stored_agreement(db):
    agreement = AgreementFactory(city=CityFactory())
    key = agreement.pk
    assert (faults_of(agreement), agreement.pk) == ([], key)
