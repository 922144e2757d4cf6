import pytest

from partners.imports.planning.snapshot import RegisterSnapshot, compatible
from tests.partners.factories import ActLinkFactory, AgreementFactory, AgreementFieldFactory, PartyFactory


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


def test_the_register_is_read_in_four_questions(db, django_assert_num_queries):
    link = ActLinkFactory(act__signed_on="1996", earlier__signed_on=None)
    party, field = PartyFactory(agreement=link.act), AgreementFieldFactory(agreement=link.act)
    with django_assert_num_queries(4):
        register = RegisterSnapshot()
        assert register.by_number[link.act.number] == register.by_slug[link.act.slug] == link.act
        assert register.by_city[link.act.city_id]["1996"] == [link.act]
        assert register.by_city[link.earlier.city_id][None] == [link.earlier]
        assert register.parties[link.act.pk, "partner"] == [party]
        assert register.fields[link.act.pk] == {field.field_id: field}
        assert register.links[link.act.pk] == {link.earlier.pk: link}


def test_an_act_is_found_as_it_was(db):
    act = AgreementFactory(resolution="I/1")
    act.resolution = "II/2"
    act.save()
    past = RegisterSnapshot().at_version({act.pk: 1})
    assert (past[act.pk].resolution, RegisterSnapshot().at_version({act.pk: 7})) == ("I/1", {})
