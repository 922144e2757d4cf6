import pytest
from django.db.models import F, OuterRef
from django.utils.translation import override

from krakow_intl.core.json_rows import JSONRows, localized_column
from programme.models import Goal, Programme
from tests.programme.factories import GoalFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


def goals_of_programme():
    goals = Goal.objects.filter(programme=OuterRef("pk")).order_by("-letter")
    return (
        Programme.objects.annotate(rows=JSONRows(goals, letter=F("letter"), name=localized_column("name"))).get().rows
    )


def test_rows_come_in_their_order_with_the_columns_asked_for():
    GoalFactory(letter="a", name_pl="Młodzież ł", name_en="Youth")
    GoalFactory(letter="b", name_pl='„Nauka”, "x"', name_en="Science")
    with override("pl"):
        assert goals_of_programme() == [
            {"letter": "b", "name": '„Nauka”, "x"'},
            {"letter": "a", "name": "Młodzież ł"},
        ]


def test_no_rows_are_an_empty_list():
    ProgrammeFactory()
    assert goals_of_programme() == []


def test_a_name_that_lacks_english_is_given_in_polish():
    GoalFactory(letter="a", name_pl="Młodzież", name_en="")
    with override("en"):
        assert goals_of_programme() == [{"letter": "a", "name": "Młodzież"}]
