import pytest
from django.utils.translation import override

from partners.models import Activity
from tests.partners.factories import ActivityFactory, CityFactory, InstitutionFactory, ThemeFactory
from tests.programme.factories import GoalFactory

pytestmark = pytest.mark.django_db


def test_an_activity_names_what_is_published():
    city, school, goal = CityFactory(), InstitutionFactory(of_krakow=True), GoalFactory()
    ActivityFactory(
        cities=[city, CityFactory(held_back=True)],
        institutions=[school, InstitutionFactory(held_back=True)],
        themes=[ThemeFactory(slug="culture", name_en="culture")],
        goals=[goal, GoalFactory(held_back=True)],
    )
    with override("en"):
        activity = Activity.objects.with_links().get()
    assert activity.city_rows == [{"slug": city.slug, "name": city.name_en, "country": "DE"}]
    assert activity.institution_rows == [{"slug": school.slug, "name": school.name_en, "role": "", "side": "home"}]
    assert activity.theme_rows == [{"slug": "culture", "name": "culture"}]
    assert activity.goal_rows == [{"slug": goal.slug, "name": goal.name_en}]


def test_activities_come_in_order_of_time_with_undated_ones_last():
    undated = ActivityFactory(starts_on=None)
    later, earlier = ActivityFactory(starts_on="2004-05"), ActivityFactory(starts_on="2004")
    assert list(Activity.objects.in_order_of_time()) == [earlier, later, undated]


def test_an_activity_belongs_to_its_cities_and_institutions():
    city, school = CityFactory(), InstitutionFactory()
    activity = ActivityFactory(cities=[city], institutions=[school])
    ActivityFactory()
    assert list(Activity.objects.of_city(city)) == [activity]
    assert list(Activity.objects.of_institution(school)) == [activity]


@pytest.mark.parametrize(
    ("state", "starts_on", "is_odd"), [("done", "2035-06", True), ("planned", "2035", False), ("done", "2004", False)]
)
def test_what_is_told_as_done_and_is_yet_to_come_is_odd(state, starts_on, is_odd):
    assert bool(ActivityFactory.build(state=state, starts_on=starts_on).warnings()) == is_odd
