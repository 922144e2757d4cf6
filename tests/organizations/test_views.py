from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizations.models import Membership
from tests.organizations.factories import InvolvementFactory, MembershipFactory, OrganizationFactory
from tests.partners.factories import InstitutionFactory
from tests.programme.factories import DepartmentFactory, FigureFactory, GoalFactory, SourceFactory

pytestmark = pytest.mark.django_db


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_organization_list_shows_the_membership_of_each(client):
    league = OrganizationFactory(name_en="League of Historical Cities")
    department = DepartmentFactory(name_en="Culture and heritage")
    MembershipFactory(organization=league, since="1994", role_en="Principal Officer", department=department)
    OrganizationFactory(name_en="Hidden league", held_back=True)
    page = read(client, "/en/organizations/")
    for words in ("League of Historical Cities", "since 1994", "Principal Officer", "Culture and heritage"):
        assert words in page
    assert "Hidden" not in page


@pytest.mark.parametrize(("name", "is_told"), [("ICOMOS National Committee", False), ("Council on Monuments", True)])
def test_organization_list_tells_a_short_name_that_the_name_does_not_hold(client, name, is_told):
    OrganizationFactory(name_en=name, abbreviation_en="ICOMOS")
    assert ("(ICOMOS)" in read(client, "/en/organizations/")) == is_told


@pytest.mark.parametrize(("number", "words"), [(1, "Serves the goal:"), (2, "Serves the goals:")])
def test_organization_detail_counts_the_goals_served(client, number, words):
    InvolvementFactory(organization=OrganizationFactory(slug="league"), goals=GoalFactory.create_batch(number))
    assert words in read(client, "/en/organizations/league/")


@pytest.mark.parametrize(
    ("day", "is_member"),
    [("1993-12-31", False), ("1994-01-01", True), ("2001-06-30", True), ("2001-07-01", False)],
)
def test_membership_counts_from_its_first_possible_day_to_its_last(client, day, is_member):
    organization = OrganizationFactory(slug="league")
    MembershipFactory(organization=organization, since="1994", until="2001-06")
    InvolvementFactory(organization=organization, starts_on="1990")
    says_no = "not recorded as a member on this day" in read(client, f"/en/organizations/?on={day}")
    says_no_there = "is not recorded as a member" in read(client, f"/en/organizations/league/?on={day}")
    assert says_no == says_no_there == (not is_member)


def test_organization_detail_tells_membership_involvement_and_figures(client):
    league = OrganizationFactory(slug="league", name_en="League of Historical Cities", lead_en="A league.")
    MembershipFactory(organization=league, fee=100, currency="USD", role_en="Principal Officer")
    InvolvementFactory(
        organization=league,
        title_en="The conference of 1998",
        starts_on="1998",
        institution=InstitutionFactory(name_en="Culture Department"),
        goals=[GoalFactory(name_en="Heritage")],
    )
    FigureFactory(about="organization:league", value=61, label_en="member cities")
    page = read(client, "/en/organizations/league/")
    for words in (
        "A league.",
        "since 1995",
        "USD\xa0100",
        "Principal Officer",
        "The conference of 1998",
        "Heritage",
        "Culture Department",
        "61",
    ):
        assert words in page


def test_organization_detail_shows_nothing_that_is_held_back(client):
    league = OrganizationFactory(slug="league")
    MembershipFactory(organization=league, since="1994", department=DepartmentFactory(name_en="Hidden", held_back=True))
    MembershipFactory(organization=league, since="1995", role_en="Hidden role", held_back=True)
    InvolvementFactory(organization=league, title_en="Hidden prize", held_back=True)
    InvolvementFactory(organization=league, goals=[GoalFactory(name_en="Hidden goal", held_back=True)])
    assert "Hidden" not in read(client, "/en/organizations/league/")
    assert "Hidden" not in read(client, "/en/organizations/")


def test_organization_detail_of_a_draft_is_not_found(client):
    OrganizationFactory(slug="league", held_back=True)
    read(client, "/pl/organizacje/league/", status=404)


def test_organization_list_tells_of_the_membership_that_counts_on_the_day(client):
    league = OrganizationFactory(slug="league")
    MembershipFactory(organization=league, since="1990", until="1995", role_en="observer")
    MembershipFactory(organization=league, since="2001", role_en="founder")
    for day, told, untold in (("1992-01-01", "observer", "founder"), ("2005-01-01", "founder", "observer")):
        page = read(client, f"/en/organizations/?on={day}")
        assert (told in page, untold in page) == (True, False)


def test_a_membership_says_up_to_when_it_is_known_where_they_differ(client):
    league, source = OrganizationFactory(slug="league"), SourceFactory(known_to="2006-04-20")
    MembershipFactory(organization=league, since="1994", source=source)
    MembershipFactory(since="2001", source=source, verified_on="2010-02-03")
    page = read(client, "/en/organizations/?on=2020-01-01")
    assert page.count("known up to 3\xa0February\xa02010") == 1
    assert "The register knows all of this up to 20\xa0April\xa02006." in page
    assert "known up to 20\xa0April\xa02006" in read(client, "/en/organizations/league/?on=2020-01-01")
    assert "known up to" not in read(client, "/en/organizations/league/?on=2006-04-20")
    assert "no end is recorded" in page


@pytest.mark.parametrize(("address", "most"), [("/en/organizations/", 2), ("/en/organizations/league/", 4)])
def test_a_page_asks_the_database_as_often_for_twice_the_data(client, address, most):
    league = OrganizationFactory(slug="league")
    counts = []
    for year in ("1995", "1996", "1997"):
        MembershipFactory(organization=league, since=year, department=DepartmentFactory())
        MembershipFactory(department=DepartmentFactory())
        InvolvementFactory(organization=league, goals=[GoalFactory()])
        FigureFactory(about="organization:league")
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[1] == counts[2] <= most


def test_an_organization_is_read_as_of_a_day(client):
    league, union = (
        OrganizationFactory(slug="league", name_en="League"),
        OrganizationFactory(slug="union", name_en="Union"),
    )
    MembershipFactory(organization=league, since="1994")
    MembershipFactory(organization=union, since="2001", role_en="founder")
    InvolvementFactory(organization=league, starts_on="2004", title_en="A prize")
    page = read(client, "/en/organizations/?on=1998-06-01")
    assert page.index("League") < page.index("1 later entry") < page.index("Union")
    page = read(client, "/en/organizations/league/?on=1998-06-01")
    assert 'What Kraków did there <span class="count">0</span>' in page
    assert page.index("1 later entry") < page.index("A prize")
    page = read(client, "/en/organizations/union/?on=1998-06-01")
    assert "Nothing is recorded with this organization up to" in page
    assert page.index("1 later entry") < page.index("founder")


def test_home_says_how_surely_it_is_known_that_the_city_is_a_member_of_so_many_organizations(client):
    source = SourceFactory(known_to="2006-04-20")
    for since in ("1994", "2001"):
        MembershipFactory(since=since, source=source)
    MembershipFactory(since="2002", source=source, verified_on="2020-01-01")
    for day, known in (("1999-01-01", {"on-record": 1}), ("2010-01-01", {"on-record": 1, "presumed": 2})):
        context = client.get(f"/en/?on={day}").context
        assert {each["code"]: each["count"] for each in context["membership_bases"]} == known
        assert context["organizations"] == sum(known.values())


def test_an_organization_counts_once_as_surely_as_any_of_its_memberships():
    league = OrganizationFactory()
    for since, verified_on in (("1994", "2020-01-01"), ("2001", None)):
        source = SourceFactory(slug=since, known_to="2006-04-20")
        MembershipFactory(organization=league, since=since, source=source, verified_on=verified_on)
    assert Membership.objects.surest(date(2010, 1, 1)) == {league.pk: "on-record"}
