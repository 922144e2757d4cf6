import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.translation import override

from partners.activity_filters import ActivityFilter, newest_first
from partners.filters import UNKNOWN
from partners.models import Activity, ActivityAudience
from programme.sourced import known_to
from tests.partners.factories import ActivityFactory, AudienceFactory, CityFactory, InstitutionFactory, ThemeFactory
from tests.programme.factories import GoalFactory, SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def asked(query):
    activities = newest_first(Activity.objects.public().annotate(known_to=known_to()))
    return ActivityFilter(QueryDict(query), activities, request=RequestFactory().get("/"))


def found(query):
    return sorted(asked(query).qs.values_list("slug", flat=True))


def choices(name):
    return [value for value, _label in asked("").filters[name].extra["choices"]]


@pytest.fixture
def register():
    """Deeds of 1996 to 2001, of 2004, one that began in 1998 and went on in 2006, and one without a date."""
    source = SourceFactory(known_to="2006-04-20")
    lviv, leipzig = CityFactory(slug="lviv", country="UA"), CityFactory(slug="leipzig", name_en="Leipzig")
    goal = GoalFactory(slug="thematic-o")
    GoalFactory(slug="geographic-a", kind="geographic", letter="a", area="european-union")
    GoalFactory(slug="unserved")
    ActivityFactory(slug="project", kind="project", starts_on="1996", ends_on="2001-03", cities=[lviv], source=source)
    school = InstitutionFactory(slug="school", of_krakow=True, name_en="Academy")
    ActivityFactory(
        slug="visit",
        starts_on="2004-05",
        cities=[leipzig],
        institutions=[school],
        themes=[ThemeFactory(slug="sport")],
        goals=[goal],
        title_en="Visit of pupils",
    )
    ActivityFactory(slug="lasting", kind="cooperation", state="ongoing", starts_on="1998", source=source)
    ActivityFactory(slug="undated", kind="talks", state="planned", starts_on=None, source=source)
    audience = AudienceFactory(slug="schools", publication="published")
    ActivityAudience.objects.create(activity=Activity.objects.get(slug="visit"), audience=audience)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("city=lviv", ["project"]),
        ("theme=sport", ["visit"]),
        ("institution=school", ["visit"]),
        ("audience=schools", ["visit"]),
        ("goal=thematic-o", ["visit"]),
        ("goal=geographic-a", ["visit"]),
        ("kind=cooperation", ["lasting"]),
        ("state=planned", ["undated"]),
        ("date=none", ["undated"]),
        ("date=known&city=lviv", ["project"]),
        ("q=pupil", ["visit"]),
        ("q=leipzig+pupil", ["visit"]),
        ("q=academy", ["visit"]),
        ("q=leipzig+project", []),
        ("q=,", []),
        ("year_to=1997", ["project"]),
        ("year_from=2001&year_to=2001", ["lasting", "project"]),
        ("year_from=2002&year_to=2003", ["lasting"]),
        ("year_from=2004", ["lasting", "visit"]),
        ("year_from=2006", ["lasting"]),
        ("year_from=2007", []),
        ("city=lviv&theme=sport", []),
    ],
)
def test_activities_are_found(register, query, expected):
    assert found(query) == expected


@pytest.mark.parametrize("name", ["city", "theme", "institution", "audience", "goal", "kind", "state", "date", "sort"])
def test_a_value_that_the_register_does_not_know_is_named(register, name):
    assert asked(f"{name}=nonsense").errors == {name: [UNKNOWN]}


def test_one_can_choose_what_there_is_and_ask_for_what_has_no_activity_yet(register):
    idle = CityFactory(slug="idle")
    CityFactory(slug="hidden", held_back=True)
    ActivityFactory(held_back=True, kind="sport", cities=[idle], themes=[ThemeFactory(slug="hidden-theme")])
    assert sorted(choices("city")) == ["leipzig", "lviv"]
    assert (choices("theme"), choices("kind")) == (["sport"], ["visit", "project", "talks", "cooperation"])
    assert choices("state") == ["done", "ongoing", "planned"]
    assert sorted(choices("goal")) == ["geographic-a", "thematic-o"]
    assert (asked("city=idle").errors, found("city=idle")) == ({}, [])
    assert asked("city=hidden").errors == {"city": [UNKNOWN]}
    assert (asked("goal=unserved").errors, found("goal=unserved")) == ({}, [])
