from partners.imports.planning.messages import remark
from partners.imports.planning.plan import Action, Plan, PlannedRow, SheetRow
from tests.partners.factories import AgreementFactory
from tests.partners.imports.conftest import HEADER, plan_of

ROW = ["Lwów", "umowa o partnerstwie", "1991"]


def row_with(*messages):
    return SheetRow(2, [], messages=list(messages))


def test_an_error_refuses_a_row_and_a_decision_makes_it_doubtful():
    assert row_with(remark("no-date")).is_refused is False
    assert row_with(remark("unknown-agreement")).is_refused is True
    assert row_with(remark("unknown-city")).is_doubtful is True


def test_a_plan_is_clean_if_nothing_is_refused_or_doubtful():
    rows = [PlannedRow(row_with(), action) for action in (Action.NEW, Action.UNCHANGED)]
    plan = Plan(rows=rows)
    assert plan.is_clean
    assert plan.counts == {"rows": 2, "new": 1, "changed": 0, "unchanged": 1, "doubtful": 0, "refused": 0}
    rows.append(PlannedRow(row_with(), Action.DOUBTFUL))
    assert (plan.is_clean, plan.written) == (False, rows[:1])


def test_rows_left_out_are_counted_unless_they_are_refused():
    left_out = [SheetRow(number, [], is_left_out=True) for number in (2, 3)]
    rows = [PlannedRow(row, action) for row, action in zip(left_out, (Action.UNCHANGED, Action.REFUSED), strict=True)]
    assert Plan(rows=[*rows, PlannedRow(row_with(), Action.UNCHANGED)]).left_out == 1


def test_the_digest_of_a_plan_tells_what_it_would_write(cities):
    before = plan_of(HEADER, ROW).digest()
    assert plan_of(HEADER, ROW).digest() == before
    AgreementFactory(city=cities["lviv"], signed_on="1991", kind="partnership")
    assert plan_of(HEADER, ROW).digest() != before


def test_the_digest_tells_on_which_agreement_another_rests(cities):
    header = [*HEADER, "Poprzedni akt", "Związek"]
    agreement = AgreementFactory(city=cities["lviv"], signed_on="1991-05-12", kind="other")
    row = ["Lwów", "umowa o partnerstwie", "1996", "1991", "zastępuje"]
    before = plan_of(header, row).digest()
    agreement.delete()
    AgreementFactory(city=cities["lviv"], signed_on="1991-06-01", kind="other")
    assert plan_of(header, row).digest() != before
