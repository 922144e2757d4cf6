import pytest

from partners.models import AgreementLink
from tests.partners.factories import AgreementFactory, AgreementLinkFactory
from tests.partners.imports.conftest import HEADER, actions, applied, plan_of, said

CHAIN = [*HEADER, "Poprzedni akt", "Związek"]


@pytest.fixture
def earlier(cities):
    return AgreementFactory(city=cities["lviv"], number=7, signed_on="1991-12-06", kind="declaration", slug="the-first")


def row(day, earlier=None, verb=None, city="Lwów"):
    return [city, "umowa o partnerstwie", day, earlier, verb]


@pytest.mark.parametrize(
    "text", ["7", "nr 7", "the-first", "6.12.1991", "6 grudnia 1991 r.", "1991", "deklaracja z 6 grudnia 1991 r."]
)
def test_an_earlier_agreement_is_named_by_number_address_or_date(earlier, text):
    plan = plan_of(CHAIN, row("1995", text, "potwierdza"))
    [(verb, agreement, link)] = plan.rows[0].links
    assert (verb, agreement, link, actions(plan)) == ("confirms", earlier, None, ["new"])


@pytest.mark.parametrize("text", ["umowa nr 7", "7."])
def test_a_number_may_stand_after_the_kind_and_before_a_stop(earlier, text):
    assert plan_of(CHAIN, row("1995", text, "potwierdza")).rows[0].links[0][1] == earlier


def test_an_earlier_agreement_that_was_signed_later_is_told(earlier):
    assert "later-agreement" in [m.code for m in plan_of(CHAIN, row("1990", "7", "potwierdza")).messages]


def test_an_agreement_in_the_same_file_may_stand_below(cities):
    applied(CHAIN, row("1996", "1995", "odnawia"), row("1995", "1990", "zastępuje"), row("1990"))
    links = AgreementLink.objects.values_list("agreement__signed_on", "verb", "earlier__signed_on")
    assert sorted(links) == [("1995", "replaces", "1990"), ("1996", "renews", "1995")]


def test_the_kind_before_the_date_tells_agreements_of_one_day_apart(earlier, cities):
    AgreementFactory(city=cities["lviv"], signed_on="1991-12-06", kind="protocol")
    assert said(plan_of(CHAIN, row("1995", "1991", "odnawia"))) == [(2, "ambiguous-agreement")]
    plan = plan_of(CHAIN, row("1995", "deklaracja z 1991", "odnawia"))
    assert plan.rows[0].links[0][1] == earlier


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([row("1995", "1980", "odnawia")], ["unknown-agreement"]),
        ([row("1995", "x" * 30_000, "odnawia")], ["unknown-agreement"]),
        ([row("1995", "of " * 10_000, "odnawia")], ["unknown-agreement"]),
        ([row("1995", "1995", "odnawia")], ["unknown-agreement"]),
        ([row("1995", "1996", "odnawia", "Mediolan"), row("1996")], ["unknown-agreement"]),
        ([row("1995", None, "odnawia")], ["verb-without-agreement"]),
        ([row("1995", "7")], ["agreement-without-verb"]),
        (
            [row("1995", "7; 1996; 1997", "odnawia; zastępuje")],
            ["unequal-links", "unknown-agreement", "unknown-agreement"],
        ),
        (
            [row("1995", "1996", "odnawia"), row("1996", "1995", "odnawia")],
            ["earlier-row-refused", "later-agreement", "circular-link"],
        ),
    ],
)
def test_a_link_that_cannot_be_is_refused(earlier, rows, codes):
    assert [code for _row, code in said(plan_of(CHAIN, *rows))] == codes


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (row("31.02.1995", "1980; 7", "odnawia"), ["impossible-date", "unknown-agreement"]),
        (row("1995", "1980; 99", "odnawjia"), ["unknown-agreement", "unknown-agreement", "unlikely-word"]),
        (
            row("1995", "1980; 7; 888", "odnawia; odnawjia; zastępuje"),
            ["unknown-agreement", "unknown-agreement", "unlikely-word"],
        ),
        (row("1995", "99", "odnawia", city="Nigdzie"), ["unknown-agreement", "unknown-city"]),
        (row("1995", "1991", "odnawia", city="Nigdzie"), ["unknown-city"]),
        (["Lwów", "traktat", "31.02.1995", "7"], ["agreement-without-verb", "impossible-date", "unknown-word"]),
        (["Lwów", "traktat", "1995", "1970", "odnawia"], ["ambiguous-agreement", "unknown-word"]),
        (["Lwów", "traktat", "1970", "1970", "odnawia"], ["unknown-word"]),
        (["Lwów", "traktat", "1995", None, "odnawia"], ["unknown-word", "verb-without-agreement"]),
    ],
)
def test_what_is_wrong_with_a_link_is_told_beside_what_else_is_wrong_with_its_row(earlier, cells, codes):
    AgreementFactory.create_batch(2, city=earlier.city, signed_on="1970")
    assert sorted(code for _row, code in said(plan_of(CHAIN, cells))) == codes


def test_an_agreement_that_a_refused_row_holds_is_not_called_unknown(cities):
    plan = plan_of(CHAIN, ["Lwów", "traktat", "1990"], row("1995", "1990", "odnawia"))
    assert said(plan) == [(2, "unknown-word"), (3, "earlier-row-refused")]


def test_what_rests_on_a_refused_row_is_refused_down_the_chain(cities):
    rows = [
        row("1990", city="Nigdzie"),
        row("31.02.1991"),
        row("1992", "1995", "odnawia"),
        row("1995", "1996", "odnawia"),
    ]
    plan = plan_of(CHAIN, *rows, ["Lwów", "traktat", "1996"])
    assert actions(plan) == ["doubtful", "refused", "refused", "refused", "doubtful"]


def test_another_verb_changes_the_link(earlier, cities):
    link = AgreementLinkFactory(
        agreement__city=cities["lviv"], agreement__signed_on="1995", earlier=earlier, verb="confirms"
    )
    assert applied(CHAIN, row("1995", "7", "zastępuje")).result == "applied"
    link.refresh_from_db()
    assert (link.verb, link.version) == ("replaces", 2)


def test_the_same_link_again_changes_nothing(earlier, cities):
    AgreementLinkFactory(agreement__city=cities["lviv"], agreement__signed_on="1995", earlier=earlier, verb="confirms")
    assert actions(plan_of(CHAIN, row("1995", "1991", "potwierdza"))) == ["unchanged"]
