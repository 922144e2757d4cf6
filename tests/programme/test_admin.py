"""A clerk records the programme, its chapters, goals, tasks and figures."""

import pytest

from programme.models import Figure, Goal, Programme, Task
from tests.programme.factories import ChapterFactory, GoalFactory, ProgrammeFactory
from tests.staff import add, change, page_of, sign_in

pytestmark = pytest.mark.django_db


def test_a_programme_ends_after_it_starts(editor):
    values = {"name_pl": "Program", "name_en": "Programme", "slug": "programme-2009", "starts_in": "2009"}
    assert "lies before the first" in add(editor, Programme, **values, ends_in="2008").content.decode()
    assert add(editor, Programme, **values, ends_in="2011").status_code == 302


def test_chapters_and_goals_stand_in_the_order_of_the_document(client):
    programme = ProgrammeFactory()
    chapters = [ChapterFactory(programme=programme, number=n, position=p) for n, p in (("I.2", 2), ("I.1", 1))]
    goals = [GoalFactory(programme=programme, letter=letter) for letter in "ba"]
    sign_in(client, "reader")
    for records in (chapters, goals):
        found = client.get(page_of(type(records[0]), "changelist")).context["cl"].result_list
        assert list(found) == records[::-1]


def test_a_letter_names_one_goal(editor):
    goal = GoalFactory(letter="a")
    values = {"name_pl": "Cel", "name_en": "Goal", "slug": "other", "kind": goal.kind, "letter": "a"}
    response = add(editor, type(goal), **values, programme=goal.programme.pk)
    assert "names another goal" in response.content.decode()


def test_a_task_is_given_to_a_goal(editor):
    goal = GoalFactory()
    values = {"name_pl": "Zadanie", "name_en": "Task", "slug": "task", "starts_on": "2006", "ends_on": "2008"}
    assert add(editor, Task, **values, goal=goal.pk).status_code == 302
    assert Task.objects.get().goal == goal


def test_a_figure_belongs_to_a_chapter(editor):
    chapter = ChapterFactory()
    values = {"label_pl": "delegacje", "label_en": "delegations", "slug": "delegations-2005", "value": "100"}
    assert add(editor, Figure, **values, year="2005", chapter=chapter.pk).status_code == 302
    assert list(chapter.figures.all()) == [Figure.objects.get()]


@pytest.mark.parametrize(
    ("kind", "area", "error"),
    [
        ("geographic", "", "Choose the area a geographic goal speaks of."),
        ("thematic", "world", "A thematic goal has no area."),
        ("geographic", "world", ""),
        ("thematic", "", ""),
    ],
)
def test_a_geographic_goal_and_no_other_has_an_area(editor, kind, area, error):
    programme = ProgrammeFactory()
    values = {"name_pl": "Cel", "name_en": "Goal", "slug": "goal", "kind": kind, "letter": "a", "area": area}
    response = add(editor, Goal, **values, programme=programme.pk)
    assert Goal.objects.exists() != bool(error)
    assert error in (response.content.decode() if error else "")


def test_the_adopted_wording_of_a_goal_is_entered_and_found(editor):
    goal = GoalFactory()
    wording = {"adopted_wording_pl": "Budowanie pozycji", "adopted_wording_en": ""}
    assert change(editor, goal, **wording).status_code == 302
    assert goal.adopted_wording_pl == "Budowanie pozycji"
    assert "budowanie" in goal.search_words
