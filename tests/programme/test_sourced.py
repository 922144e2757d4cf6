from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from partners.models import Activity, Agreement, PartnerCity
from programme.sourced import as_read, is_verified, knowledge_among, knowledge_of, known_to
from tests.partners.factories import ActivityFactory, AgreementEventFactory, AgreementFactory, CityFactory
from tests.programme.factories import SourceFactory

pytestmark = pytest.mark.django_db
APRIL_2006 = date(2006, 4, 20)


@pytest.fixture
def source():
    return SourceFactory(known_to=APRIL_2006)


@pytest.mark.parametrize(
    ("has_source", "verified_on", "horizon"),
    [
        (True, None, APRIL_2006),
        (True, date(2001, 1, 1), APRIL_2006),
        (True, date(2020, 1, 1), date(2020, 1, 1)),
        (False, date(2001, 1, 1), date(2001, 1, 1)),
        (False, None, date(1995, 10, 23)),
    ],
    ids=["as its source", "checked before", "checked since", "checked alone", "by its own day"],
)
def test_a_record_is_known_up_to_its_source_or_its_check(source, has_source, verified_on, horizon):
    AgreementFactory(signed_on="1995-10-23", source=source if has_source else None, verified_on=verified_on)
    agreement = Agreement.objects.annotate(known=known_to()).select_related("source").get()
    assert (agreement.horizon, agreement.known) == (horizon, horizon)


def test_without_source_and_day_nothing_is_known():
    CityFactory()
    city = PartnerCity.objects.annotate(known=known_to()).get()
    assert (city.horizon, city.known) == (None, None)


def test_one_check_never_speaks_for_the_others(source):
    AgreementFactory.create_batch(2, source=source)
    AgreementFactory(source=source, verified_on="2020-01-01")
    known = knowledge_of(Agreement.objects.with_known_to())
    assert (known.known_to, known.verified, known.total) == (APRIL_2006, 1, 3)
    among = knowledge_among(Agreement.objects.select_related("source"))
    assert among[:3] == known[:3]
    assert (among.latest, among.is_partly_longer) == (date(2020, 1, 1), True)


def test_what_happened_to_an_agreement_makes_it_known_for_longer_in_memory_too(source):
    AgreementEventFactory(agreement=AgreementFactory(source=source), taken_on="2022-03-02", source=None)
    (known_to,) = {agreement.known_to for agreement in Agreement.objects.with_known_to()}
    assert knowledge_among(Agreement.objects.with_known_to()).known_to == known_to > APRIL_2006


def test_of_no_records_nothing_is_known():
    assert knowledge_among([]) == (None, 0, 0, None)
    assert not knowledge_among([]).is_partly_longer


@pytest.mark.parametrize(
    ("verified_on", "is_so"), [(None, False), ("2006-04-20", False), ("2006-04-21", True)], ids=str
)
def test_verified_is_what_was_checked_after_its_source(source, verified_on, is_so):
    AgreementFactory(source=source, verified_on=verified_on)
    assert Agreement.objects.filter(is_verified()).exists() is is_so


def test_nothing_is_verified_on_a_day_to_come():
    city = CityFactory()
    city.verified_on = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        city.full_clean()
    assert [*refused.value.error_dict] == ["verified_on"]
    city.verified_on = timezone.localdate()
    city.full_clean()


def test_passages_are_divided_by_commas():
    assert CityFactory(passage="I.1, I.2.3 k ,").passages == ["I.1", "I.2.3 k"]


def test_records_are_divided_by_the_day_and_what_has_no_date_stands_apart_before_its_source():
    source = SourceFactory(known_to="2006-04-20")
    for slug, starts_on in (("then", "1998"), ("undated", None), ("later", "2004")):
        ActivityFactory(slug=slug, starts_on=starts_on, source=source)
    ActivityFactory(slug="without-source", starts_on=None)

    def divided(day):
        found = as_read(Activity.objects.order_by("pk"), day)
        return [[each.slug for each in some] for some in found[:3]], found.noted_in

    assert divided(date(1998, 6, 1)) == ([["then", "without-source"], ["undated"], ["later"]], 2006)
    assert divided(date(2006, 4, 20)) == ([["then", "undated", "later", "without-source"], [], []], None)


def test_a_source_that_is_held_back_does_not_tell_up_to_when_it_knows():
    source = SourceFactory(known_to="2025-05-05", publication="draft")
    AgreementFactory(signed_on="1995-10-23", source=source)
    agreement = Agreement.objects.annotate(known=known_to()).select_related("source").get()
    assert (agreement.horizon, agreement.known) == (date(1995, 10, 23), date(1995, 10, 23))
