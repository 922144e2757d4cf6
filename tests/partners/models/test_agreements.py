"""What the database says of acts agrees with the calendar of `partners.terms`."""

import random
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from partners import terms
from partners.models import ActLink, Agreement, Side
from tests.partners.factories import (
    ActLinkFactory,
    AgreementFactory,
    AgreementFieldFactory,
    CityFactory,
    FieldFactory,
    InstitutionFactory,
    PartyFactory,
    SignatoryFactory,
)

pytestmark = pytest.mark.django_db

FIRST, LAST = date(1985, 1, 1), date(2015, 12, 31)


# --- the generated register ------------------------------------------------------------------------------------------


def some_day(chance):
    return FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))


def some_date(chance):
    """A day, a month or a year, or nothing."""
    text = some_day(chance).isoformat()
    return chance.choice([text, text, text[:7], text[:4], None])


def some_act(chance):
    """The fields of an act, sometimes ones that the register refuses."""
    term = chance.choice(Agreement.Term.values)
    has_terms = term in ("fixed", "tacit-renewal")
    is_tacit = term == "tacit-renewal"
    return {
        "term": term,
        "signed_on": some_date(chance),
        "valid_from": chance.choice([None, None, some_date(chance)]),
        "valid_until": some_date(chance) if has_terms and chance.random() < 0.5 else None,
        "term_months": chance.choice([None, 1, 12, 31, 60]),
        "renewal_months": chance.choice([None, 1, 12, 60]) if is_tacit else None,
        "notice_months": chance.choice([None, 0, 3, 6]),
        "notice_given_on": some_day(chance) if chance.random() < 0.2 else None,
        "ended_on": some_date(chance) if chance.random() < 0.3 else None,
        "publication": chance.choice(["published", "published", "published", "draft"]),
    }


def is_possible(act):
    start, end = act.first_day(), act.last_day()
    return not (start and end and end < start)


@pytest.fixture
def register():
    """Some hundred acts of every kind of life, of which many replace earlier ones."""
    chance = random.Random(1257)
    city = CityFactory()
    drawn = (AgreementFactory.build(city=city, **some_act(chance)) for _ in range(220))
    acts = []
    for act in filter(is_possible, drawn):
        act.save()
        acts.append(act)
    for number, act in enumerate(acts[1:], 1):
        if chance.random() < 0.5:
            verb = chance.choice([ActLink.Verb.REPLACES, ActLink.Verb.REPLACES, ActLink.Verb.CONFIRMS])
            ActLinkFactory(act=act, verb=verb, earlier=chance.choice(acts[:number]))
    return list(Agreement.objects.all())


def replaced_on(act):
    """The start of the earliest published act that replaces this one."""
    links = act.later_links.filter(verb=ActLink.Verb.REPLACES, act__publication="published").select_related("act")
    return min((link.act.first_day() for link in links if link.act.first_day()), default=None)


def telling_days(acts):
    """The days on which something changes, and their neighbours."""
    changes = {day for act in acts for day in (act.starts_on, act.ends_on) if day}
    return sorted({day + timedelta(days=step) for day in changes for step in (-1, 0, 1)})


def test_status_and_acts_in_force_agree_with_the_calendar(register):
    lives = {act.pk: act.term_facts(replaced_on(act)) for act in register}
    days = telling_days(register)[::9]
    assert len(register) > 100
    seen = set()
    for day in days:
        expected = {pk: terms.status(facts, day).value for pk, facts in lives.items()}
        found = Agreement.objects.with_status(day)
        assert {act.pk: act.status for act in found} == expected
        in_force = {pk for pk, status in expected.items() if status == terms.Status.IN_FORCE}
        assert set(Agreement.objects.in_force(day).values_list("pk", flat=True)) == in_force
        seen |= set(expected.values())
    assert seen == set(terms.Status)


def test_running_terms_of_the_day_are_those_of_the_calendar(register):
    for day in telling_days(register)[::40]:
        for act in Agreement.objects.with_status(day):
            facts = act.term_facts(replaced_on(act))
            assert act.status_on == day
            assert act.term_then == terms.running_term(facts, day)
            assert act.notice_by == terms.notice_day(facts, day)


def test_notice_days_ahead_are_those_of_the_calendar(register):
    for day in telling_days(register)[::60]:
        horizon = day + timedelta(days=365)
        due = {
            act.pk
            for act in register
            if act.notice_months
            and (notice := terms.notice_day(act.term_facts(replaced_on(act)), day))
            and day <= notice < horizon
        }
        assert {act.pk for act in Agreement.objects.notice_due_before(horizon, day)} == due


# --- one act ---------------------------------------------------------------------------------------------------------


def test_rochester_runs_in_its_seventh_term_when_the_programme_is_written():
    AgreementFactory(tacit=True)
    act = Agreement.objects.with_status(date(2006, 4, 30)).get()
    assert (act.status, act.term_then.start) == ("in-force", date(2003, 7, 18))
    assert (act.term_until, act.notice_by) == (PartialDate("2008-07-17"), date(2008, 1, 17))
    assert act.end_of_first_term == PartialDate("1978-07-17")


def test_a_term_known_to_the_year_ends_in_that_year():
    AgreementFactory(signed_on="1997-07-09", term="fixed", valid_until="2001")
    act = Agreement.objects.with_status(date(2000, 1, 1)).get()
    assert act.term_until == PartialDate("2001")


def test_an_act_that_no_longer_counts_has_no_running_term_and_no_notice_day():
    earlier = AgreementFactory(tacit=True)
    ActLinkFactory(act=AgreementFactory(signed_on="1990-01-01"), verb="replaces", earlier=earlier)
    act = Agreement.objects.with_status(date(2006, 4, 30)).get(pk=earlier.pk)
    assert (act.status, act.term_then, act.term_until, act.notice_by) == ("superseded", None, None, None)


def test_a_draft_replaces_nothing():
    earlier = AgreementFactory()
    ActLinkFactory(act=AgreementFactory(held_back=True), verb="replaces", earlier=earlier)
    assert Agreement.objects.published().in_force(date(2006, 1, 1)).get() == earlier


# --- what belongs to an act ------------------------------------------------------------------------------------------


def test_parties_and_signatories_come_with_the_act_and_link_only_to_what_is_published():
    act = AgreementFactory()
    shown, hidden = InstitutionFactory(), InstitutionFactory(held_back=True)
    PartyFactory(agreement=act, side=Side.KRAKOW, position=1, name_en="Municipality of Kraków")
    PartyFactory(agreement=act, side=Side.PARTNER, position=2, name_en="Chamber", institution=shown)
    PartyFactory(agreement=act, side=Side.PARTNER, position=1, name_en="County", institution=hidden)
    SignatoryFactory(agreement=act, office_pl="Burmistrz", office_en="")
    AgreementFieldFactory(agreement=act, field=FieldFactory(slug="culture", name_en="culture"))
    with override("en"):
        act = Agreement.objects.with_parties().get()
    assert act.party_rows == [
        {"side": "krakow", "name": "Municipality of Kraków", "institution": None, "city": None},
        {"side": "partner", "name": "County", "institution": None, "city": None},
        {"side": "partner", "name": "Chamber", "institution": shown.slug, "city": None},
    ]
    assert act.signatory_rows == [{"side": "krakow", "person": "", "office": "Burmistrz"}]
    assert act.field_rows == [{"slug": "culture", "name": "culture"}]


def test_the_chain_shows_published_acts_in_both_directions():
    act = AgreementFactory(signed_on="1990")
    earlier = ActLinkFactory(act=act, earlier=AgreementFactory(signed_on="1980"))
    later = ActLinkFactory(act=AgreementFactory(signed_on="2000"), earlier=act)
    ActLinkFactory(act=act, earlier=AgreementFactory(held_back=True))
    ActLinkFactory(act=AgreementFactory(city=CityFactory(held_back=True)), earlier=act)
    act = Agreement.objects.with_chain().get(pk=act.pk)
    assert list(act.links.all()) == [earlier]
    assert list(act.later_links.all()) == [later]


def test_an_act_replaces_only_what_a_link_says_so():
    act = AgreementFactory()
    replaced = ActLinkFactory(act=act, verb="replaces").earlier
    ActLinkFactory(act=act, verb="follows")
    ActLinkFactory(act=act, verb="replaces", earlier=AgreementFactory(held_back=True))
    act = Agreement.objects.with_replaced().get(pk=act.pk)
    assert [link.earlier for link in act.replacing_links] == [replaced]


def test_acts_of_a_city_are_those_filed_under_it_and_those_it_joined():
    city, other = CityFactory(), CityFactory()
    own, joined = AgreementFactory(city=city), AgreementFactory(city=other)
    AgreementFactory(city=other)
    PartyFactory(agreement=joined, city=city)
    assert set(Agreement.objects.of_city(city.slug)) == {own, joined}


def test_acts_come_in_order_of_time_with_undated_ones_last():
    undated = AgreementFactory(undated=True)
    later, earlier = AgreementFactory(signed_on="1996"), AgreementFactory(signed_on="1995-12-31")
    assert list(Agreement.objects.in_order_of_time()) == [earlier, later, undated]


def test_the_register_puts_acts_of_cities_before_those_of_institutions():
    school = AgreementFactory(signed_on="2005", level="institutional")
    undated, old, new = AgreementFactory(undated=True), AgreementFactory(signed_on="1990"), AgreementFactory()
    assert list(Agreement.objects.in_order_of_the_register()) == [new, old, undated, school]
