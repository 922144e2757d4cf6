import pytest

from tests.partners.factories import AgreementFactory
from tests.partners.imports.conftest import HEADER, actions, plan_of, said

NUMBERED = [*HEADER, "Numer", "Tytuł", "Uchwała"]
KINDS = {"partnership": "umowa o partnerstwie", "declaration": "deklaracja", "protocol": "protokół"}


@pytest.fixture
def agreement(cities):
    """Makes an agreement with Lviv."""

    def make(signed_on="1991-12-06", kind="partnership", **given):
        return AgreementFactory(city=given.pop("city", cities["lviv"]), signed_on=signed_on, kind=kind, **given)

    return make


def row(day="6.12.1991", kind="partnership", number=None, title=None, resolution="I/1", city="Lwów"):
    return [city, KINDS[kind], day, number, title, resolution]


def matched(*rows, **options):
    plan = plan_of(NUMBERED, *rows, **options)
    return plan, [planned.agreement and planned.agreement.pk for planned in plan.rows]


def test_a_number_names_the_agreement(agreement):
    known = agreement(number=7)
    plan, agreements = matched(row("1.01.1999", "protocol", 7))
    assert (actions(plan), agreements) == (["changed"], [known.pk])


def test_a_number_of_another_city_is_asked_about(agreement):
    known = agreement(number=7)
    plan, _agreements = matched(row(number=7, city="Mediolan"))
    assert said(plan) == [(2, "number-of-another")]
    _plan, agreements = matched(row(number=7, city="Mediolan"), decisions={"agreement:2": "number:7"})
    assert agreements == [known.pk]
    plan, _agreements = matched(row(number=7, city="Mediolan"), decisions={"agreement:2": "new"})
    assert (actions(plan), plan.rows[0].agreement.number) == (["new"], None)


def test_a_known_agreement_under_another_number_is_refused(agreement):
    agreement(number=7)
    assert said(matched(row(number=9))[0]) == [(2, "number-of-known-agreement")]


@pytest.mark.parametrize("day", ["6.12.1991", "XII 1991", "1991"])
@pytest.mark.parametrize("known", ["1991-12-06", "1991-12", "1991"])
def test_an_agreement_is_matched_by_city_and_date_coarser_or_finer(agreement, known, day):
    one = agreement(known)
    assert matched(row(day))[1] == [one.pk]


@pytest.mark.parametrize("day", ["5.12.1991", "XI 1991", "1992"])
def test_another_date_is_another_agreement(agreement, day):
    agreement()
    assert actions(matched(row(day))[0]) == ["new"]


def test_a_coarser_date_of_the_same_agreement_is_a_change_that_is_told(agreement):
    agreement()
    plan, _agreements = matched(row("1991"))
    assert said(plan) == [(2, "coarser-date")]
    assert plan.rows[0].changes["signed_on"] == ("1991-12-06", "1991")


def test_the_kind_breaks_ties(agreement):
    declaration, partnership = agreement(kind="declaration"), agreement()
    assert matched(row(), row(kind="declaration"))[1] == [partnership.pk, declaration.pk]


def test_the_title_breaks_ties_of_one_kind(agreement):
    first, second = agreement(title_pl="Umowa o mostach"), agreement(title_pl="Umowa o parkach")
    rows = [row(title="umowa o PARKACH"), row(title="Umowa o mostach")]
    assert matched(*rows)[1] == [second.pk, first.pk]


def test_what_ties_do_not_tell_is_asked(agreement):
    agreement(title_pl="Umowa o mostach", number=1)
    second = agreement(title_pl="Umowa o parkach", number=2)
    plan, _agreements = matched(row())
    assert said(plan) == [(2, "which-agreement")]
    assert [value for value, _label in plan.questions["agreement:2"].choices] == [
        *("number:1", "number:2", "new", "leave-out")
    ]
    assert matched(row(), decisions={"agreement:2": "number:2"})[1] == [second.pk]
    assert actions(matched(row(), decisions={"agreement:2": "leave-out"})[0]) == ["unchanged"]


def test_another_kind_signed_that_very_day_is_asked_about(agreement):
    agreement(kind="declaration")
    assert said(matched(row())[0]) == [(2, "which-agreement")]


PARTIES = [*HEADER, "Tytuł", "Poziom", "Strona krakowska", "Strona partnerska"]


def told(title=None, level=None, home=None, partner=None, kind="partnership"):
    return ["Lwów", KINDS[kind], "6.12.1991", title, level, home, partner]


@pytest.mark.parametrize(
    "cells",
    [
        {"title": "Umowa o współpracy w ochronie zdrowia"},
        {"title": "Umowa o partnerstwie"},
        {"title": "Agreement on co-operation with Lviv"},
        {"level": "instytucje"},
        {"title": "Umowa o współpracy w dziedzinie kultury", "level": "rady miast"},
        {"title": "Kultura", "home": "Uniwersytet Jagielloński"},
        {"home": "Miasto Kraków", "partner": "Politechnika Lwowska"},
    ],
    ids=lambda cells: ", ".join(cells.values()),
)
def test_one_of_that_day_and_kind_with_another_title_level_or_party_is_asked_about(agreement, cells):
    known = agreement(title_pl="Umowa o współpracy w dziedzinie kultury", title_en="Agreement on culture", number=1)
    known.parties.create(side="home", name_pl="Akademia Muzyczna", name_en="Academy of Music", position=1)
    known.parties.create(side="partner", name_pl="Konserwatorium Lwowskie", name_en="Conservatory", position=1)
    plan = plan_of(PARTIES, told(**cells))
    assert said(plan) == [(2, "which-agreement")]
    assert plan_of(PARTIES, told(**cells), decisions={"agreement:2": "number:1"}).rows[0].agreement.pk == known.pk
    assert actions(plan_of(PARTIES, told(**cells), decisions={"agreement:2": "new"})) == ["new"]


@pytest.mark.parametrize(
    "cells",
    [
        {"title": "O kulturze"},
        {"title": "Porozumienie o kulturze miast Krakowa i Lwowa"},
        {"title": "Agreement on culture and sport"},
        {"level": "miasta"},
        {"home": "Akademia Muzyczna w Krakowie", "partner": "Lwowskie konserwatorium"},
        {},
    ],
    ids=lambda cells: ", ".join(cells.values()) or "nothing more",
)
def test_one_of_that_day_and_kind_that_shares_a_telling_word_is_that_one(agreement, cells):
    known = agreement(title_pl="Umowa o współpracy w dziedzinie kultury", title_en="Agreement on culture", number=1)
    known.parties.create(side="home", name_pl="Akademia Muzyczna", name_en="Academy of Music", position=1)
    known.parties.create(side="partner", name_pl="Konserwatorium Lwowskie", name_en="Conservatory", position=1)
    plan = plan_of(PARTIES, told(**cells))
    assert (said(plan), plan.rows[0].agreement.pk) == ([], known.pk)


def test_one_of_that_day_and_title_but_another_kind_is_asked_about(agreement):
    agreement(title_pl="Umowa o kulturze", kind="declaration")
    assert said(plan_of(PARTIES, told("Umowa o kulturze"))) == [(2, "which-agreement")]


def test_rows_alike_but_for_the_kind_are_asked_about(cities):
    rows = told("Kultura"), told("Kultura", kind="declaration"), told("Kultura", kind="protocol")
    plan = plan_of(PARTIES, *rows)
    assert said(plan) == [(3, "same-but-for-kind"), (4, "same-but-for-kind")]
    answered = plan_of(PARTIES, *rows, decisions={"agreement:3": "new", "agreement:4": "leave-out"})
    assert actions(answered) == ["new", "new", "unchanged"]


def test_rows_alike_count_once_and_doubtful_rows_only_if_written_alike(cities):
    plan, _agreements = matched(row(), row("6 XII 1991"), row("6.12.91"), row("7.12.91"), row("7.12.91"))
    assert actions(plan) == ["new", "unchanged", "doubtful", "doubtful", "doubtful"]


def test_rows_that_contradict_each_other_are_all_refused_and_named_together(cities):
    plan, _agreements = matched(row(), row("1990"), row(resolution="II/2"), row(resolution="III/3"))
    assert actions(plan) == ["refused", "new", "refused", "refused"]
    assert {str(m.text) for m in plan.messages if m.code == "contradiction"} == {
        str(m.text) for m in plan.messages if "2, 4–5" in str(m.text)
    }


@pytest.mark.parametrize(
    "others", [[row("1991")], [row(number=7, day="1.01.1999")], [row("XII 1991", resolution="II")]]
)
def test_one_agreement_is_never_changed_by_two_rows(agreement, others):
    agreement(number=7)
    plan, _agreements = matched(row(resolution="new"), *others)
    written = [planned.agreement.pk for planned in plan.written if planned.agreement.pk]
    assert len(written) == len(set(written))
    assert {"contradiction"} >= {code for _row, code in said(plan)} - {"number-of-known-agreement", "coarser-date"}


@pytest.mark.parametrize("day", ["15.05.1996", "1996"])
def test_an_agreement_of_another_title_and_no_exact_date_is_asked_about(agreement, day):
    known = agreement("1996", title_pl="Umowa o mostach", number=1)
    plan, _agreements = matched(row(day, title="Umowa o teatrach"))
    assert said(plan) == [(2, "which-agreement")]
    assert actions(matched(row(day, title="Umowa o teatrach"), decisions={"agreement:2": "new"})[0]) == ["new"]
    assert matched(row(day, title="Umowa o teatrach"), decisions={"agreement:2": "number:1"})[1] == [known.pk]


def test_undated_agreements_of_other_titles_are_asked_about(agreement):
    agreement(None, title_pl="Umowa o mostach")
    assert said(matched(row("-", title="Umowa o teatrach"))[0]) == [(2, "which-agreement")]


def test_a_row_that_is_the_agreement_leaves_its_neighbour_of_another_title_to_be_new(agreement):
    known = agreement("1998", title_pl="Umowa o mostach")
    plan, agreements = matched(row("20.09.1998", title="Umowa o teatrach"), row("1998", title="Umowa o mostach"))
    assert (actions(plan), agreements[1]) == (["new", "changed"], known.pk)


def test_a_number_whose_agreement_has_another_day_and_title_is_asked_about(agreement):
    known, other = (
        agreement(number=6, title_pl="Umowa o mostach"),
        agreement("1993-02-19", number=8, title_pl="Umowa o teatrach"),
    )
    one = row("19.02.1993", number=6, title="Umowa o teatrach")
    plan, _agreements = matched(one)
    assert said(plan) == [(2, "which-agreement")]
    offered = [value for value, _label in plan.questions["agreement:2"].choices]
    assert offered == ["number:6", "number:8", "new", "leave-out"]
    assert matched(one, decisions={"agreement:2": "number:6"})[1] == [known.pk]
    assert said(matched(one, decisions={"agreement:2": "number:8"})[0]) == []
    assert matched(one, decisions={"agreement:2": "number:8"})[1] == [other.pk]


def test_a_number_the_register_does_not_know_is_told(cities):
    plan, _agreements = matched(row(number=99, title="Umowa"), row("1990", title="Umowa"))
    assert [message.row for message in plan.messages if message.code == "number-given"] == [2]


def test_undated_agreements_are_matched_by_kind_and_title(agreement):
    known = agreement(None, title_pl="Umowa bez daty")
    plan, agreements = matched(row("-", title="Umowa bez daty"))
    assert (actions(plan), agreements) == (["changed"], [known.pk])


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([row(number=9)], ["number-of-known-agreement", "number-out-of-range"]),
        ([row("1991", number=7, city="Mediolan")], ["number-of-another", "number-out-of-range"]),
        ([["Lwów", None, None, 7]], ["number-out-of-range"]),
        ([row(), row(resolution="II/2")], ["contradiction", "contradiction", "number-out-of-range"]),
        ([row(), row()], ["number-out-of-range"]),
    ],
    ids=["another number", "another city", "no kind nor date", "a contradiction", "perhaps the same"],
)
def test_what_speaks_of_an_agreement_is_told_beside_what_else_is_wrong_with_a_row(agreement, rows, codes):
    agreement(number=7)
    rows = [[*cells, *[None] * (6 - len(cells)), None] for cells in rows]
    rows[0][-1] = -3
    found = sorted(code for _row, code in said(plan_of([*NUMBERED, "Okres wypowiedzenia (mies.)"], *rows)))
    assert found == codes


@pytest.mark.parametrize(
    ("rows", "action"),
    [
        ([row(city="Atlantyda"), row(city="Atlantyda")], "doubtful"),
        ([row(), row()], "doubtful"),
        ([row("1990"), row("1990", resolution="II/2"), row("1990")], "refused"),
    ],
    ids=["an unknown city", "one of several agreements", "a contradiction"],
)
def test_rows_that_repeat_a_bad_row_are_as_bad(agreement, rows, action):
    agreement(kind="declaration")
    plan, _agreements = matched(*rows)
    assert set(actions(plan)) == {action}
    assert {message.row for message in plan.messages if message.level != "warning"} == set(range(2, 2 + len(rows)))
