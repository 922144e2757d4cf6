import pytest
from django.utils.translation import override

from partners.activity_resources import ActivityResource
from partners.models import Activity, ActivityAudience
from programme.sourced import known_to
from tests.partners.factories import ActivityFactory, AudienceFactory, CityFactory, InstitutionFactory, ThemeFactory
from tests.programme.factories import GoalFactory, SourceFactory

pytestmark = pytest.mark.django_db


def row(language):
    with override(language):
        [activity] = (
            Activity.objects.select_related("source").with_links().with_audiences().annotate(known_to=known_to())
        )
        return {column.name: str(column.read(activity) or "") for column in ActivityResource.data()}


def test_an_activity_leaves_the_register_with_all_it_is_linked_to():
    activity = ActivityFactory(
        slug="days",
        title_pl="Dni Krakowa",
        title_en="",
        kind="presentation",
        starts_on="1996",
        ends_on="1996-05-03",
        place_en="Lviv",
        cities=[CityFactory(slug="lviv", name_en="Lviv"), CityFactory(slug="kyiv", name_en="Kyiv")],
        institutions=[
            InstitutionFactory(slug="academy", of_krakow=True),
            InstitutionFactory(slug="opera"),
            InstitutionFactory(slug="secret", held_back=True),
        ],
        themes=[ThemeFactory(slug="culture")],
        goals=[GoalFactory(slug="thematic-l")],
        source=SourceFactory(slug="programme-2006", known_to="2006-04-20"),
        passage="I.2.1 d",
    )
    ActivityAudience.objects.create(
        activity=activity, audience=AudienceFactory(slug="artists", publication="published")
    )
    assert row("en") == {
        "slug": "days",
        "title": "Dni Krakowa",
        "kind": "presentation",
        "state": "done",
        "starts_on": "1996",
        "ends_on": "1996-05-03",
        "recurrence": "",
        "place": "Lviv",
        "cities": "kyiv lviv",
        "home_institutions": "academy",
        "partner_institutions": "opera",
        "themes": "culture",
        "goals": "thematic-l",
        "audiences": "artists",
        "description": "",
        "source": "programme-2006",
        "passage": "I.2.1 d",
        "known_to": "2006-04-20",
        "url": "http://testserver/en/activities/days/",
    }
    assert row("pl")["url"] == "http://testserver/pl/przedsiewziecia/days/"


def test_every_column_of_the_activities_says_what_it_means():
    assert all(column.meaning for column in ActivityResource.data())
