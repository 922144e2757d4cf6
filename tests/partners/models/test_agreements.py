"""What the database says of agreements agrees with the calendar of `partners.terms`."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from partners import terms
from partners.events import what_cannot_be
from partners.models import Agreement, AgreementEvent, AgreementLink, Side
from tests.law import reference
from tests.partners.factories import (
    AgreementEventFactory,
    AgreementFactory,
    AgreementLinkFactory,
    AgreementThemeFactory,
    CityFactory,
    InstitutionFactory,
    PartyFactory,
    SignatoryFactory,
    ThemeFactory,
)
from tests.programme.factories import SourceFactory

pytestmark = pytest.mark.django_db

FIRST, LAST = date(1985, 1, 1), date(2015, 12, 31)
WITHOUT_BASIS = {(terms.Status.UNKNOWN, None), (terms.Status.NOT_YET, None)}
OVER = (terms.Status.SUSPENDED, terms.Status.EXPIRED, terms.Status.TERMINATED, terms.Status.SUPERSEDED)
EVERY_STATUS_WITH_EVERY_BASIS = (
    WITHOUT_BASIS
    | {(terms.Status.IN_FORCE, basis) for basis in terms.Basis}
    | {(status, basis) for status in OVER for basis in (terms.Basis.ON_RECORD, terms.Basis.BY_ITS_TERMS)}
)


# --- one agreement ----------------------------------------------------------------------------------------------------


def test_rochester_runs_in_its_seventh_term_when_the_programme_is_written():
    AgreementFactory(tacit=True)
    agreement = Agreement.objects.with_status(date(2006, 4, 30)).get()
    assert (agreement.status, agreement.term_then.start) == ("in-force", date(2003, 7, 18))
    assert (agreement.term_until, agreement.notice_by) == (PartialDate("2008-07-17"), date(2008, 1, 17))
    assert agreement.end_of_first_term == PartialDate("1978-07-17")


def test_a_term_known_to_the_year_ends_in_that_year():
    AgreementFactory(signed_on="1997-07-09", term="fixed", valid_until="2001")
    agreement = Agreement.objects.with_status(date(2000, 1, 1)).get()
    assert agreement.term_until == PartialDate("2001")


def test_an_agreement_that_no_longer_counts_has_no_running_term_and_no_notice_day():
    earlier = AgreementFactory(tacit=True)
    AgreementLinkFactory(agreement=AgreementFactory(signed_on="1990-01-01"), verb="replaces", earlier=earlier)
    agreement = Agreement.objects.with_status(date(2006, 4, 30)).get(pk=earlier.pk)
    assert (agreement.status, agreement.term_then, agreement.term_until, agreement.notice_by) == (
        "superseded",
        None,
        None,
        None,
    )


def test_a_draft_replaces_nothing():
    earlier = AgreementFactory()
    AgreementLinkFactory(agreement=AgreementFactory(held_back=True), verb="replaces", earlier=earlier)
    assert Agreement.objects.published().in_force(date(2006, 1, 1)).get() == earlier


# --- what belongs to an agreement -------------------------------------------------------------------------------------


def test_parties_and_signatories_come_with_the_agreement_and_link_only_to_what_is_published():
    agreement = AgreementFactory()
    shown, hidden = InstitutionFactory(), InstitutionFactory(held_back=True)
    PartyFactory(agreement=agreement, side=Side.HOME, position=1, name_en="Municipality of Kraków")
    PartyFactory(agreement=agreement, side=Side.PARTNER, position=2, name_en="Chamber", institution=shown)
    PartyFactory(agreement=agreement, side=Side.PARTNER, position=1, name_en="County", institution=hidden)
    SignatoryFactory(agreement=agreement, office_pl="Burmistrz", office_en="")
    AgreementThemeFactory(agreement=agreement, theme=ThemeFactory(slug="culture", name_en="culture"))
    with override("en"):
        agreement = Agreement.objects.with_parties().get()
    assert agreement.party_rows == [
        {"side": "home", "name": "Municipality of Kraków", "institution": None, "city": None},
        {"side": "partner", "name": "County", "institution": None, "city": None},
        {"side": "partner", "name": "Chamber", "institution": shown.slug, "city": None},
    ]
    assert agreement.signatory_rows == [{"side": "home", "person": "", "office": "Burmistrz"}]
    assert agreement.theme_rows == [{"slug": "culture", "name": "culture"}]


def test_the_chain_shows_published_agreements_in_both_directions():
    agreement = AgreementFactory(signed_on="1990")
    earlier = AgreementLinkFactory(agreement=agreement, earlier=AgreementFactory(signed_on="1980"))
    later = AgreementLinkFactory(agreement=AgreementFactory(signed_on="2000"), earlier=agreement)
    AgreementLinkFactory(agreement=agreement, earlier=AgreementFactory(held_back=True))
    AgreementLinkFactory(agreement=AgreementFactory(city=CityFactory(held_back=True)), earlier=agreement)
    agreement = Agreement.objects.with_chain().get(pk=agreement.pk)
    assert list(agreement.links.all()) == [earlier]
    assert list(agreement.later_links.all()) == [later]


def test_an_agreement_replaces_only_what_a_link_says_so():
    agreement = AgreementFactory()
    replaced = AgreementLinkFactory(agreement=agreement, verb="replaces").earlier
    AgreementLinkFactory(agreement=agreement, verb="follows")
    AgreementLinkFactory(agreement=agreement, verb="replaces", earlier=AgreementFactory(held_back=True))
    agreement = Agreement.objects.with_replaced().get(pk=agreement.pk)
    assert [link.earlier for link in agreement.replacing_links] == [replaced]


def test_agreements_of_a_city_are_those_filed_under_it_and_those_it_joined():
    city, other = CityFactory(), CityFactory()
    own, joined = AgreementFactory(city=city), AgreementFactory(city=other)
    AgreementFactory(city=other)
    PartyFactory(agreement=joined, city=city)
    assert set(Agreement.objects.of_city(city.slug)) == {own, joined}


def test_agreements_come_in_order_of_time_with_undated_ones_last():
    undated = AgreementFactory(undated=True)
    later, earlier = AgreementFactory(signed_on="1996"), AgreementFactory(signed_on="1995-12-31")
    assert list(Agreement.objects.in_order_of_time()) == [earlier, later, undated]


def test_the_register_puts_agreements_of_cities_before_those_of_institutions():
    school = AgreementFactory(signed_on="2005", level="institutional")
    undated, old, new = AgreementFactory(undated=True), AgreementFactory(signed_on="1990"), AgreementFactory()
    assert list(Agreement.objects.in_order_of_the_register()) == [new, old, undated, school]


# --- the generated register, after those who count what they made -----------------------------------------------------


def some_day(chance):
    return FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))


def some_date(chance):
    """A day, a month or a year, or nothing."""
    text = some_day(chance).isoformat()
    return chance.choice([text, text, text[:7], text[:4], None])


def some_agreement(chance, sources):
    """The fields of an agreement, sometimes ones that the register refuses."""
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
        "publication": chance.choice(["published", "published", "published", "draft"]),
        **some_grounds(chance, sources),
    }


def some_grounds(chance, sources):
    return {
        "source": chance.choice([None, *sources]),
        "verified_on": some_day(chance) if chance.random() < 0.2 else None,
    }


def some_event(chance, sources):
    return {
        "kind": chance.choice(AgreementEvent.Kind.values),
        "taken_on": some_date(chance),
        "effective_on": some_date(chance) if chance.random() < 0.4 else None,
        **some_grounds(chance, sources),
    }


def some_events(chance, sources, agreement):
    """Events that may have happened to an agreement, most often none."""
    for _attempt in range(30):
        events = [some_event(chance, sources) for _each in range(chance.choice([0, 0, 1, 2, 3, 4]))]
        happened = [AgreementEventFactory.build(agreement=None, **event).as_event() for event in events]
        if not what_cannot_be(agreement.first_day(), happened):
            return events
    return []


def is_possible(agreement):
    start, end = agreement.first_day(), agreement.last_day()
    return not (start and end and end < start)


@pytest.fixture(scope="module")
def drawn(django_db_setup, django_db_blocker):
    """Some hundred agreements of every kind of life, of which many replace earlier ones; made once, and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        draw()
        yield list(Agreement.objects.prefetch_related("events__source").select_related("source"))
        transaction.set_rollback(True)


@pytest.fixture
def register(drawn, db):
    """The agreements that were drawn, for one test."""
    return drawn


def draw():
    chance = random.Random(1257)
    city = CityFactory()
    sources = [
        SourceFactory(slug=f"known-to-{day}", known_to=day) for day in ("1996-06-30", "2006-04-20", "2013-03-01")
    ]
    drawn = (AgreementFactory.build(city=city, **some_agreement(chance, sources)) for _ in range(260))
    agreements = []
    for agreement in filter(is_possible, drawn):
        agreement.save()
        for event in some_events(chance, sources, agreement):
            AgreementEventFactory(agreement=agreement, **event)
        agreements.append(agreement)
    for number, agreement in enumerate(agreements[1:], 1):
        if chance.random() < 0.5:
            verb = chance.choice(
                [AgreementLink.Verb.REPLACES, AgreementLink.Verb.REPLACES, AgreementLink.Verb.CONFIRMS]
            )
            AgreementLinkFactory(agreement=agreement, verb=verb, earlier=chance.choice(agreements[:number]))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as either database does by itself once what was written is committed


def replacing(agreement):
    """The published agreements that replace this one and have a start, the earliest first."""
    links = agreement.later_links.filter(
        verb=AgreementLink.Verb.REPLACES, agreement__publication="published"
    ).select_related("agreement__source")
    dated = [link.agreement for link in links if link.agreement.first_day()]
    return sorted(dated, key=lambda each: (each.first_day(), each.number))


def known_to(agreement):
    """The last day to which its source, its check or what happened to it tells of an agreement."""
    return max(filter(None, (each.horizon for each in (agreement, *agreement.events.all()))), default=None)


def facts_of(agreement):
    for later in replacing(agreement)[:1]:
        return agreement.term_facts(later.first_day(), known_to(later))
    return agreement.term_facts()


def telling_days(agreements):
    """The days on which something changes, and their neighbours."""
    changes = {day for each in agreements for day in (each.starts_on, each.ends_on, known_to(each)) if day}
    changes |= {event.counts_from for each in agreements for event in each.events.all() if event.counts_from}
    return sorted({day + timedelta(days=step) for day in changes for step in (-1, 0, 1)})


def test_status_and_basis_of_all_agreements_agree_with_the_calendar(register):
    lives = {agreement.pk: (facts_of(agreement), known_to(agreement)) for agreement in register}
    assert len(register) > 100
    seen = set()
    for day in telling_days(register)[::13]:
        expected = {
            pk: (terms.status(facts, day), terms.basis(facts, day, known), known)
            for pk, (facts, known) in lives.items()
        }
        found = Agreement.objects.with_status(day)
        assert {each.pk: (each.status, each.basis, each.known_to) for each in found} == expected
        in_force = {pk for pk, (status, *_how) in expected.items() if status == terms.Status.IN_FORCE}
        assert set(Agreement.objects.in_force(day).values_list("pk", flat=True)) == in_force
        seen |= {(status, basis) for status, basis, _known in expected.values()}
    assert seen == EVERY_STATUS_WITH_EVERY_BASIS


def test_the_marked_agreements_of_a_day_are_those_whose_records_say_so(register):
    seen = set()
    for day in telling_days(register)[::13]:
        found = Agreement.objects.with_status(day)
        marks = {each.pk: each.mark for each in found}
        for mark in terms.Mark:
            assert {each.pk for each in found.marked(mark)} == {pk for pk, found in marks.items() if found == mark}
        seen |= set(marks.values())
    assert seen == {None, *terms.Mark}


def test_running_terms_of_the_day_are_those_of_the_calendar(register):
    lives = {agreement.pk: facts_of(agreement) for agreement in register}
    for day in telling_days(register)[::60]:
        for agreement in Agreement.objects.with_status(day):
            facts = lives[agreement.pk]
            assert agreement.status_on == day
            assert agreement.term_then == terms.running_term(facts, day)
            assert agreement.notice_by == terms.notice_day(facts, day)


def test_status_and_basis_of_a_day_are_those_that_the_law_read_slowly_gives(register):
    chance = random.Random(1386)
    days = chance.sample(telling_days(register), 12)
    written = {agreement.pk: as_written(agreement) for agreement in chance.sample(register, 80)}
    for day in days:
        found = {each.pk: each for each in Agreement.objects.with_status(day).filter(pk__in=written)}
        for pk, facts in written.items():
            expected = reference.answer(facts, day)
            assert (facts, found[pk].status, found[pk].basis) == (facts, expected["status"], expected["basis"])


def as_written(agreement, is_replacing=False):
    """The facts of an agreement as the cases of tests/law have them."""
    names = ("term", "signed_on", "valid_from", "term_months", "renewal_months", "notice_months")
    facts = {name: getattr(agreement, name) for name in names} | grounds_as_written(agreement)
    events = [
        {"kind": event.kind, "taken_on": event.taken_on, "effective_on": event.effective_on} | grounds_as_written(event)
        for event in agreement.events.all()
        if event.counts_from
    ]
    later = [] if is_replacing else [as_written(each, is_replacing=True) for each in replacing(agreement)]
    return facts | {"until": agreement.valid_until, "events": events, "replaced_by": later}


def grounds_as_written(record):
    days = {"known_to": record.source and record.source.known_to, "verified_on": record.verified_on}
    return {name: day and day.isoformat() for name, day in days.items()}
