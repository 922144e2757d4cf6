"""A row may ask for a state of publication; a public one it gets only where somebody with that right said so."""

import pytest
from django.core.exceptions import PermissionDenied

from partners.imports.planning.states import AS_TOLD, LEAVE, PUBLICATION
from partners.imports.writing.applying import needed_rights
from partners.models import Agreement
from tests.partners.factories import AgreementFactory
from tests.partners.imports.conftest import HEADER, actions, applied, plan_of, said
from tests.staff import WRITERS, account

STATE = [*HEADER, "Publikacja", "Tytuł", "Title"]
PUBLISH = "partners.publish_agreement"


def row(state, *titles):
    return ["Lwów", "umowa o partnerstwie", "1991", state, *(titles or ("Umowa", "Agreement"))]


def state():
    return Agreement.objects.get().publication


@pytest.mark.parametrize(
    ("before", "asked", "is_free"),
    [
        ("draft", "do sprawdzenia", True),
        ("in-review", "draft", True),
        ("draft", "opublikowany", False),
        ("published", "szkic", False),
        ("published", "archived", False),
        ("archived", "opublikowany", False),
    ],
)
def test_a_known_agreement_changes_its_state_without_being_asked_only_out_of_sight(cities, before, asked, is_free):
    AgreementFactory(city=cities["lviv"], signed_on="1991", publication=before, title_pl="Umowa", title_en="Agreement")
    plan = plan_of(STATE, row(asked))
    expected = ["state-kept"] * (not is_free)
    assert [code for _row, code in said(plan)] == expected, [str(message.text) for message in plan.messages]
    assert (actions(plan), bool(plan.questions)) == (["changed" if is_free else "unchanged"], not is_free)
    assert PUBLISH not in needed_rights(plan)
    plan = plan_of(STATE, row(asked), decisions={PUBLICATION: AS_TOLD})
    assert (actions(plan), said(plan), PUBLISH in needed_rights(plan)) == (["changed"], [], not is_free)
    plan = plan_of(STATE, row(asked), decisions={PUBLICATION: LEAVE})
    assert not plan.questions


@pytest.mark.parametrize(
    ("asked", "publish", "decisions", "becomes"),
    [
        (None, False, {}, "draft"),
        (None, True, {}, "published"),
        ("published", False, {}, "draft"),
        ("published", False, {PUBLICATION: LEAVE}, "draft"),
        ("published", False, {PUBLICATION: AS_TOLD}, "published"),
        ("published", True, {}, "published"),
        ("draft", True, {}, "draft"),
        ("in review", True, {}, "in-review"),
        ("archived", False, {}, "draft"),
        ("archived", False, {PUBLICATION: AS_TOLD}, "archived"),
    ],
)
def test_a_new_agreement_is_public_only_where_a_person_said_so(cities, asked, publish, decisions, becomes):
    assert applied(STATE, row(asked), publish=publish, decisions=decisions).result == "applied"
    assert state() == becomes


def test_nothing_is_published_without_a_title_in_both_languages(cities):
    plan = plan_of(STATE, row("published", "Umowa", None), decisions={PUBLICATION: AS_TOLD})
    assert said(plan) == [(2, "not-published")]
    assert plan.rows[0].agreement.publication == "draft"


def test_without_the_right_nothing_of_it_is_written(cities):
    with pytest.raises(PermissionDenied):
        applied(STATE, row("published"), user=account("importer"), decisions={PUBLICATION: AS_TOLD})
    assert not Agreement.objects.exists()
    user = account(WRITERS)
    assert applied(STATE, row("published"), user=user, decisions={PUBLICATION: AS_TOLD}).result == "applied"
    assert state() == "published"


def test_a_plan_is_another_where_its_states_are(cities):
    decisions = ({}, {PUBLICATION: AS_TOLD})
    assert len({plan_of(STATE, row("published"), decisions=one).digest() for one in decisions}) == 2
    assert len({plan_of(STATE, row(None), publication=one).digest() for one in ("draft", "published")}) == 1
