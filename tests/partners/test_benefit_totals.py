from collections import namedtuple
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partners.benefit_totals import accounts_of, bodies_of, totals_of

Gift = namedtuple(
    "Gift",
    "what_pl what_en quantity unit_pl unit_en amount currency precision direction is_promised "
    "giver_slug giver_pl giver_en",
    defaults=("Dar", "Gift", None, "", "", None, "", "exact", "home", False, None, "", ""),
)


def counted(*gifts):
    """{unit as it is worded in English, if a gift has the form: (number, how exact)} of what is counted."""
    return {
        (like.unit_en if (like := total.worded_like("en")) else None): (total.number, total.precision)
        for total in totals_of(gifts).things
    }


def units(number, pl, en, **facts):
    return Gift(quantity=Decimal(number), unit_pl=pl, unit_en=en, **facts)


def test_currencies_are_never_added_to_one_another():
    gifts = [Gift(amount=amount, currency=code) for amount, code in ((200, "EUR"), (10, "CHF"), (50, "EUR"))]
    assert [(total.currency, total.number) for total in totals_of(gifts).money] == [("CHF", 10), ("EUR", 250)]


def test_one_unit_in_whatever_form_makes_one_total_and_others_make_others():
    assert counted(
        units(4, "samochody", "vehicles"),
        units(1, "samochód", "vehicle"),
        units(124, "wagony", "cars"),
        units(30, "wagonów", "cars"),
    ) == {"vehicles": (5, "exact"), "cars": (154, "exact")}


def test_what_shares_a_word_in_one_language_only_stays_apart():
    totals = totals_of([units(124, "wagony", "cars"), units(7, "samochodów", "cars")]).things
    assert [total.number for total in totals] == [124, 7]


def test_pieces_add_up_only_of_the_same_thing():
    beds, lamps = {"what_pl": "Łóżka", "what_en": "Beds"}, {"what_pl": "Lampy", "what_en": "Lamps"}
    gifts = [units(3, "szt.", "pcs", **beds), units(2, "sztuki", "pieces", **lamps), units(4, "szt.", "pcs", **beds)]
    assert [total.number for total in totals_of(gifts).things] == [7, 2]


def test_a_number_without_a_unit_counts_only_with_what_is_called_the_same():
    gifts = [Gift(quantity=2, what_pl="Książki"), Gift(quantity=3, what_pl="Książki"), Gift(quantity=2, what_pl="Mapy")]
    assert [total.number for total in totals_of(gifts).things] == [5, 2]


@pytest.mark.parametrize(
    ("found", "precision"),
    [(["exact", "exact"], "exact"), (["exact", "over"], "over"), (["over", "about"], "about")],
)
def test_a_total_is_as_exact_as_the_least_exact_of_its_gifts(found, precision):
    assert counted(*(units(5, "książek", "books", precision=each) for each in found)) == {"books": (10, precision)}


def test_polish_words_a_total_only_in_a_form_that_a_gift_has():
    four, one, six = units(4, "samochody", "vehicles"), units(1, "samochód", "vehicle"), units(6, "samochodów", "")
    assert totals_of([four, one]).things[0].worded_like("pl") is None
    assert totals_of([four, one]).things[0].worded_like("en") is four
    assert totals_of([six, six, six, four]).things[0].worded_like("pl") is four
    assert totals_of([six, one]).things[0].worded_like("pl") is six
    assert totals_of([six, six]).things[0].worded_like("en") is None


def test_what_there_is_one_of_and_what_has_no_number_are_told_one_by_one():
    one, about_one, none = units(1, "ratrak", "snow groomer"), units(1, "most", "bridge", precision="about"), Gift()
    totals = totals_of([one, about_one, none])
    assert (totals.singles, totals.without_number) == ([one], [none])
    assert [total.gifts for total in totals.things] == [[about_one]]


def test_promises_are_in_no_total_of_what_was_given():
    gifts = [units(124, "wagony", "cars"), units(30, "wagonów", "cars", is_promised=True)]
    received, given_away = accounts_of([*gifts, units(30, "książek", "books", direction="partner")])
    assert (received.given.things[0].number, received.promised.things[0].number) == (124, 30)
    assert (given_away.given.things[0].number, given_away.promised.gifts) == (30, [])


def test_givers_come_with_most_gifts_first_and_nobody_last():
    gifts = [Gift(), Gift(), Gift(), Gift(giver_pl="Wiedeń"), Gift(giver_slug="vag"), Gift(giver_pl="WIEDEŃ")]
    assert [
        (row.giver_pl or row.giver_slug, len(made.gifts)) for row, made, _promised in bodies_of(gifts, "giver")
    ] == [
        ("Wiedeń", 2),
        ("vag", 1),
        (None, 3),
    ]


numbers = st.none() | st.integers(0, 10**8).map(lambda hundredths: Decimal(hundredths) / 100)
gifts = st.builds(
    Gift,
    quantity=numbers,
    unit_pl=st.sampled_from(["", "szt.", "wagon", "wagony", "samochody"]),
    amount=numbers,
    currency=st.sampled_from(["EUR", "CHF"]),
    direction=st.sampled_from(["home", "partner"]),
    is_promised=st.booleans(),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(gifts, max_size=6))
def test_every_gift_stands_in_one_account_and_every_number_in_one_total(some):
    accounts = accounts_of(some)
    assert sorted(map(repr, (gift for account in accounts for gift in account.gifts))) == sorted(map(repr, some))
    totals = totals_of(some)
    found = [gift for total in totals.things for gift in total.gifts] + totals.singles
    assert sum(gift.quantity for gift in found) == sum(gift.quantity for gift in some if gift.quantity is not None)
    assert sum(total.number for total in totals.money) == sum(gift.amount for gift in some if gift.amount is not None)
    assert totals.without_number == [gift for gift in some if gift.quantity is None and gift.amount is None]
