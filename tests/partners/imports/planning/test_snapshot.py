from datetime import date

import pytest

from partners.imports.planning.snapshot import RegisterSnapshot, compatible
from tests.partners.factories import (
    AgreementEventFactory,
    AgreementFactory,
    AgreementLinkFactory,
    AgreementThemeFactory,
    PartyFactory,
)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("1996", "1996-05-12", True),
        ("1996-05", "1996-05-12", True),
        ("1996-05-12", "1996-05-12", True),
        ("1996-05", "1996-06-12", False),
        (None, "1996", False),
        (None, None, False),
    ],
)
def test_dates_may_be_the_same_day(one, other, answer):
    assert compatible(one, other) is answer
    assert compatible(other, one) is answer


def test_the_register_is_read_in_seven_questions(db, django_assert_num_queries):
    link = AgreementLinkFactory(agreement__signed_on="1996", earlier__signed_on=None)
    party, theme = PartyFactory(agreement=link.agreement), AgreementThemeFactory(agreement=link.agreement)
    later, sooner = (AgreementEventFactory(agreement=link.agreement, taken_on=day) for day in ("2005", "2004"))
    with django_assert_num_queries(7):
        register = RegisterSnapshot()
        assert register.by_number[link.agreement.number] == register.by_slug[link.agreement.slug] == link.agreement
        assert register.by_city[link.agreement.city_id]["1996"] == [link.agreement]
        assert register.by_city[link.earlier.city_id][None] == [link.earlier]
        assert register.parties[link.agreement.pk, "partner"] == [party]
        assert register.themes[link.agreement.pk] == {theme.theme_id: theme}
        assert register.links[link.agreement.pk] == {link.earlier.pk: link}
        assert register.events[link.agreement.pk] == [sooner, later]
        assert register.known_to == {link.agreement.pk: date(2005, 1, 1), link.earlier.pk: None}


def test_an_agreement_is_found_as_it_was(db):
    agreement = AgreementFactory(resolution="I/1")
    agreement.resolution = "II/2"
    agreement.save()
    past = RegisterSnapshot().at_version({agreement.pk: 1})
    assert (past[agreement.pk].resolution, RegisterSnapshot().at_version({agreement.pk: 7})) == ("I/1", {})
