import pytest
from django.http import QueryDict
from django.utils.translation import override

from partners.benefit_filters import BenefitFilter
from partners.models import ActivityAudience, Benefit
from tests.partners.factories import (
    ActivityFactory,
    AudienceFactory,
    BenefitFactory,
    CityFactory,
    InstitutionFactory,
    ThemeFactory,
)
from tests.programme.factories import SourceFactory

pytestmark = pytest.mark.django_db


def filters_of(query):
    return BenefitFilter(QueryDict(query), Benefit.objects.public().in_order_of_the_ledger())


def found(query):
    """The slugs in the order in which the ledger shows them."""
    with override("en"):
        filters = filters_of(query)
        assert filters.errors == {}
        return [benefit.slug for benefit in filters.qs]


def is_for_pupils(activity):
    audience = AudienceFactory(slug="pupils", publication="published")
    ActivityAudience.objects.create(activity=activity, audience=audience)


@pytest.fixture
def _gifts():
    lviv, vienna = CityFactory(slug="lviv", name_en="Lviv"), CityFactory(slug="vienna", name_en="Vienna")
    school, sport = InstitutionFactory(slug="school"), ThemeFactory(slug="sport")
    match = ActivityFactory(starts_on="1996", ends_on="1998", themes=[sport])
    is_for_pupils(match)
    BenefitFactory(slug="balls", city=vienna, activity=match, what_en="Balls", giver_institution=school)
    BenefitFactory(slug="trams", city=vienna, quantity=30, given_on="2004-05", is_promised=True)
    BenefitFactory(slug="gym", city=vienna, amount=900, currency="EUR", given_on="2001")
    BenefitFactory(slug="hall", city=lviv, amount=1000, currency="EUR", recipient_institution=school)
    BenefitFactory(slug="books", city=lviv, direction="partner", quantity=5, giver_en="Library")
    BenefitFactory(slug="secret", city=vienna, held_back=True, activity=match, given_on="1997")


@pytest.mark.usefixtures("_gifts")
@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["hall", "balls", "gym", "trams", "books"]),
        ("q=lviv", ["hall", "books"]),
        ("q=vienna+ball", ["balls"]),
        ("q=library", ["books"]),
        ("city=vienna", ["balls", "gym", "trams"]),
        ("direction=partner", ["books"]),
        ("institution=school", ["hall", "balls"]),
        ("theme=sport", ["balls"]),
        ("audience=pupils", ["balls"]),
        ("form=money", ["hall", "gym"]),
        ("form=things", ["trams", "books"]),
        ("form=none", ["balls"]),
        ("state=promised", ["trams"]),
        ("state=given&city=vienna", ["balls", "gym"]),
        ("year_from=1998&year_to=2001", ["balls", "gym"]),
        ("year_to=1996", ["balls"]),
        ("year_from=2002", ["trams"]),
        ("sort=-city", ["balls", "gym", "hall", "trams", "books"]),
        ("sort=date", ["balls", "gym", "hall", "trams", "books"]),
        ("sort=-date", ["gym", "balls", "hall", "trams", "books"]),
        ("sort=-number", ["hall", "balls", "gym", "trams", "books"]),
        ("sort=-amount", ["hall", "gym", "balls", "trams", "books"]),
        ("by=city&theme=sport", ["balls"]),
    ],
)
def test_the_ledger_holds_what_is_asked_for_with_its_parts_apart(query, slugs):
    assert found(query) == slugs


def test_a_year_lies_in_what_goes_on_as_far_as_that_is_known():
    source = SourceFactory(known_to="2006-04-20")
    BenefitFactory(slug="placements", activity=ActivityFactory(starts_on="1990", state="ongoing", source=source))
    BenefitFactory(slug="course", activity=ActivityFactory(starts_on="1990"))
    assert found("year_from=2006") == ["placements"]
    assert found("year_from=2007") == []
    assert found("year_to=1989") == []


def test_nothing_is_found_or_offered_by_what_is_held_back():
    hidden = ActivityFactory(held_back=True, starts_on="1995", themes=[ThemeFactory(slug="sport")])
    is_for_pupils(hidden)
    body = InstitutionFactory(slug="body", held_back=True)
    BenefitFactory(activity=hidden, giver_institution=body, city=CityFactory(slug="lviv"))
    BenefitFactory(city=CityFactory(slug="quito", held_back=True))
    assert found("year_from=1990") == []
    with override("en"):
        filters = filters_of("").filters
    offered = [dict(filters[name].extra["choices"]) for name in ("city", "theme", "audience", "institution")]
    assert [list(choices) for choices in offered] == [["lviv"], [], [], []]


@pytest.mark.parametrize("query", ["city=nowhere", "by=colour", "form=gold", "year_from=nineteen", "direction=up"])
def test_a_wrong_value_is_named_and_asks_for_nothing(query):
    BenefitFactory()
    filters = filters_of(query)
    assert [*filters.errors] == [query.partition("=")[0]]
    assert not filters.asks
    assert filters.qs.count() == 1
