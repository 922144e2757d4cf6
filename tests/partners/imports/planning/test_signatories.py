"""Who signed is read from the columns of both sides and both languages, and held against what the register knows."""

import pytest

from partners.imports.planning.signatories import differ, in_texts
from partners.models import Agreement, Signatory
from tests.partners.factories import AgreementFactory, SignatoryFactory
from tests.partners.imports.conftest import HEADER, actions, applied, plan_of, said

HOME, IN_ENGLISH, PARTNER = "Podpisali za Kraków", "Signed for Kraków by", "Signed for the partner by"
ROW = ["Lwów", "umowa o partnerstwie", "1991"]


@pytest.fixture
def agreement(cities):
    agreement = AgreementFactory(city=cities["lviv"], signed_on="1991", number=7, term="not-recorded")
    for position, person, office in ((1, "Jan Nowak", "prezydent"), (3, "", "przewodniczący rady")):
        SignatoryFactory(agreement=agreement, position=position, person=person, office_pl=office, office_en="")
    return agreement


def signed():
    signatories = Signatory.objects.order_by("side", "position")
    return [(one.side, one.position, one.person, one.office_pl or "", one.office_en or "") for one in signatories]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Jan Nowak, prezydent", [("Jan Nowak", "prezydent")]),
        ("Jan Nowak (prezydent); dr A. B., C", [("Jan Nowak", "prezydent"), ("dr A. B.", "C")]),
        ('"Nowak, Jan", "prezydent; ""burmistrz"""', [("Nowak, Jan", 'prezydent; "burmistrz"')]),
        ("—, prezydent\nAnna Nowak", [("", "prezydent"), ("Anna Nowak", "")]),
        ("Jan  Nowak ,  prezydent, radny;", [("Jan Nowak", "prezydent, radny")]),
    ],
)
def test_a_cell_lists_persons_and_their_offices(cities, cell, told):
    applied([*HEADER, HOME], [*ROW, cell])
    assert [one[2:4] for one in signed()] == told
    assert actions(plan_of([*HEADER, HOME], [*ROW, cell])) == ["unchanged"]


@pytest.mark.parametrize("cell", [None, "—", "Jan Nowak, prezydent; —, przewodniczący rady", "Jan Nowak; —"])
def test_what_the_register_knows_changes_nothing(agreement, cell):
    plan = plan_of([*HEADER, HOME], [*ROW, cell])
    assert (actions(plan), said(plan)) == (["unchanged"], [])


def test_the_cell_lists_them_all_place_by_place_and_in_both_languages(agreement):
    header = [*HEADER, HOME, IN_ENGLISH, PARTNER]
    cells = ["Jan Nowak, prezydent", "Jan Nowak, Mayor", "John Smith, Mayor; Ann Smith"]
    applied(header, [*ROW, *cells])
    assert signed() == [
        ("home", 1, "Jan Nowak", "prezydent", "Mayor"),
        ("partner", 1, "John Smith", "", "Mayor"),
        ("partner", 2, "Ann Smith", "", ""),
    ]
    assert {row.history_type for row in Signatory.history.filter(history_change_reason__startswith="import")} == set(
        "+~-"
    )
    assert actions(plan_of(header, [*ROW, *cells])) == ["unchanged"]
    applied([*HEADER, HOME], [*ROW, "Jan Nowak; Anna Nowak, radna"])
    assert signed()[:2] == [
        ("home", 1, "Jan Nowak", "prezydent", "Mayor"),
        ("home", 2, "Anna Nowak", "radna", ""),
    ]


@pytest.mark.parametrize("english", ["John Smith, Mayor", "Jan Nowak, Mayor; Anna Nowak"])
def test_other_people_in_the_other_language_refuse_the_row(cities, english):
    plan = plan_of([*HEADER, HOME, IN_ENGLISH], [*ROW, "Jan Nowak, prezydent", english])
    assert (actions(plan), said(plan)) == (["refused"], [(2, "other-signatories")])


def test_what_is_too_long_refuses_the_row(cities):
    assert said(plan_of([*HEADER, HOME], [*ROW, f"Jan, {'x' * 201}"])) == [(2, "too-long")]


def test_what_was_edited_since_the_download_is_asked_about(agreement):
    header, row = ["Numer", "Wersja", *HEADER, HOME], [7, Agreement.objects.get().version, *ROW, "Jan Nowak, radny"]
    Agreement.objects.get().save()
    assert [*plan_of(header, row).questions] == ["conflict:7:home_signatories"]


def test_what_is_not_told_makes_no_difference():
    known = [Signatory(person="Jan Nowak", office_pl="prezydent", office_en="Mayor")]
    assert not differ(known, [{"person": "", "office_en": "Mayor"}])
    assert [differ(known, told) for told in ([], [{"person": "Jan", "office_en": ""}])] == [True, True]
    assert in_texts(known) == ["Jan Nowak, prezydent / Mayor"]
