"""What real registers contain and staff should look at twice; nothing of it is refused."""

import pytest
from django.utils.translation import override

from tests.partners.factories import AgreementFactory, AgreementLinkFactory, CityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]  # it is 2026


def told(agreement, language="en"):
    warnings = agreement.warnings()
    with override(language):
        return [str(sentence).replace("\N{NO-BREAK SPACE}", " ") for sentence in warnings]


@pytest.mark.parametrize(
    "usual",
    [
        {},
        {"undated": True},
        {"tacit": True},
        {"twinning": True},
        {"signed_on": "1995", "valid_from": "1995"},
        {"signed_on": "1995", "valid_from": "1995-01-01"},
        {"term": "fixed", "valid_until": "2126-05-05"},
        {"term": "fixed", "term_months": 12, "notice_months": 12},
        {"term": "tacit-renewal", "valid_until": "1992-12-05", "renewal_months": 12, "notice_months": 12},
        {"term": "tacit-renewal"},
        {"events": [{"taken_on": "2004-05", "effective_on": "2004-05-01"}]},
        {"events": [{"taken_on": "2004-05-06", "effective_on": "2004"}]},
    ],
    ids=str,
)
def test_of_what_is_usual_nothing_is_told(usual):
    assert told(AgreementFactory(**usual)) == []


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        ({"signed_on": "1995-06-10", "valid_from": "1995-01-01"}, "before it was signed"),
        ({"signed_on": "1995", "valid_from": "1994"}, "before it was signed"),
        ({"term": "fixed"}, "neither its end nor its length is recorded"),
        ({"undated": True, "term": "fixed", "term_months": 12}, "neither its end nor its length is recorded"),
        ({"term": "fixed", "term_months": 12, "notice_months": 13}, "notice is longer than the term"),
        ({"tacit": True, "renewal_months": 5}, "notice is longer than the term"),
        ({"tacit": True, "notice_months": 61}, "notice is longer than the term"),
        (
            {"signed_on": "2001-05-01", "term": "fixed", "valid_until": "2001-07-31", "notice_months": 6},
            "notice is longer than the term",
        ),
        ({"term": "fixed", "valid_until": "2126-05-06"}, "in the year 2126, more than a hundred years from now"),
        ({"signed_on": "2990", "term": "fixed", "term_months": 1200}, "in the year 3090"),
        ({"events": [{"taken_on": "2004", "effective_on": "2300-01-01"}]}, "in the year 2300"),
        ({"term": "tacit-renewal", "valid_until": "2500"}, "in the year 2500"),
        (
            {"events": [{"taken_on": "2004-05-06", "effective_on": "2004-04"}]},
            "The event “terminated by notice” took effect in April 2004 and was taken only on 6 May 2004.",
        ),
    ],
    ids=str,
)
def test_what_is_odd_is_told_in_a_sentence(odd, words):
    [sentence] = told(AgreementFactory(**odd))
    assert words in sentence


def test_the_same_title_twice_for_one_city_names_the_other_agreement():
    city = CityFactory()
    first = AgreementFactory(city=city, title_pl="Umowa o partnerstwie", title_en="Partnership agreement")
    second = AgreementFactory(city=city, title_pl="Umowa o partnerstwie", title_en="Agreement on partnership")
    AgreementFactory(title_pl="Umowa o partnerstwie", title_en="Partnership agreement")
    assert told(second) == [f"Agreement no. {first.number} with this city has the same title."]
    assert told(first) == [f"Agreement no. {second.number} with this city has the same title."]


def test_a_title_that_is_missing_is_no_title_twice():
    city = CityFactory()
    AgreementFactory(city=city, title_en="")
    assert told(AgreementFactory(city=city, title_en="")) == []


def test_a_second_twin_in_one_country_at_the_same_time_is_told():
    leipzig, nuremberg = CityFactory(name_en="Leipzig", country="DE"), CityFactory(name_en="Nuremberg", country="DE")
    first = AgreementFactory(city=leipzig, twinning=True, signed_on="1973", events=[{"taken_on": "1990-12-31"}])
    second = AgreementFactory(city=nuremberg, twinning=True, signed_on="1979")
    words = f"Leipzig, in the same country, is a twin city at the same time (agreement no. {first.number})."
    assert told(second) == [words]
    assert [sentence.startswith("Nuremberg") for sentence in told(first)] == [True]


@pytest.mark.parametrize(
    "other",
    [
        {"city__country": "FR", "twinning": True},
        {"city__country": "DE"},
        {"city__country": "DE", "twinning": True, "signed_on": "1970", "events": [{"taken_on": "1979-12-31"}]},
        {"city__country": "DE", "twinning": True, "signed_on": "2001-01-01"},
        {"city__country": "DE", "twinning": True, "undated": True},
    ],
    ids=["in another country", "no twin", "ended before", "began after", "without a date"],
)
def test_other_agreements_are_no_second_twin(other):
    AgreementFactory(**other)
    twin = AgreementFactory(
        city__country="DE", twinning=True, signed_on="1980-01-01", events=[{"taken_on": "2000-12-31"}]
    )
    assert told(twin) == []


def test_two_twinnings_with_one_city_are_one_twin():
    city = CityFactory()
    AgreementFactory(city=city, twinning=True)
    assert told(AgreementFactory(city=city, twinning=True)) == []


def test_to_replace_an_agreement_of_another_city_is_told():
    agreement = AgreementFactory()
    earlier = AgreementFactory(city__name_en="Lviv")
    AgreementLinkFactory(agreement=agreement, verb="replaces", earlier=earlier)
    AgreementLinkFactory(agreement=agreement, verb="follows")
    AgreementLinkFactory(agreement=agreement, verb="replaces", earlier=AgreementFactory(city=agreement.city))
    assert told(agreement) == [f"It replaces agreement no. {earlier.number}, which is filed under another city: Lviv."]
    assert told(earlier) == []


def test_a_warning_is_told_in_the_language_of_whoever_reads_it():
    agreement = AgreementFactory(events=[{"taken_on": "2004-05-06", "effective_on": "2004-04-01"}])
    assert "6 May 2004" in told(agreement)[0]
    assert "6 maja 2004" in told(agreement, "pl")[0]
