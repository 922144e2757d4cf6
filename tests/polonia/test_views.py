import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from polonia.models import CampaignInstitution
from tests.partners.factories import CityFactory, InstitutionFactory
from tests.polonia.factories import CampaignFactory, CommunityFactory, EditionFactory
from tests.programme.factories import FigureFactory, GoalFactory

pytestmark = pytest.mark.django_db


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_polonia_list_shows_campaigns_and_communities(client):
    CampaignFactory(name_en="Easter in Poland", lead_en="A yearly pilgrimage.")
    CommunityFactory(name_en="Poles in Lviv", country="UA")
    CampaignFactory(name_en="Hidden campaign", held_back=True)
    CommunityFactory(name_en="Hidden community", held_back=True)
    page = read(client, "/en/polonia/")
    for words in ("Easter in Poland", "A yearly pilgrimage.", "Poles in Lviv", "Ukraine"):
        assert words in page
    assert "Hidden" not in page


def test_polonia_detail_shows_a_campaign_with_its_editions_and_partners(client):
    campaign = CampaignFactory(
        slug="easter",
        recurrence_en="every year",
        cities=[CityFactory(name_en="Lviv")],
        goals=[GoalFactory(name_en="Ties")],
    )
    organizer = InstitutionFactory(name_en="City Hall")
    CampaignInstitution.objects.create(campaign=campaign, institution=organizer, role="organizer")
    EditionFactory(campaign=campaign, period="2005", number=6, people=120, people_unit_en="children", precision="about")
    FigureFactory(about="campaign:easter", value=4, label_en="families a year")
    page = read(client, "/en/polonia/easter/")
    for words in (
        "every year",
        "Lviv",
        "Ties",
        "Organized by",
        "City Hall",
        "edition 6",
        "about 120 children",
        "Families a year",
    ):
        assert words in page


def test_polonia_detail_shows_a_community_with_its_associations(client):
    associations = [InstitutionFactory(name_en="Society of Polish Culture")]
    CommunityFactory(slug="lviv", city=CityFactory(name_en="Lviv"), associations=associations)
    page = read(client, "/en/polonia/lviv/")
    assert "Society of Polish Culture" in page
    assert ">Lviv</a>" in page


def test_polonia_detail_shows_nothing_that_is_held_back(client):
    hidden = {"name_en": "Hidden", "held_back": True}
    campaign = CampaignFactory(
        slug="easter",
        cities=[CityFactory(**hidden)],
        goals=[GoalFactory(**hidden)],
        institutions=[InstitutionFactory(**hidden)],
    )
    EditionFactory(campaign=campaign, description_en="Hidden edition", held_back=True)
    CommunityFactory(slug="lviv", city=CityFactory(**hidden), associations=[InstitutionFactory(**hidden)])
    assert "Hidden" not in read(client, "/en/polonia/easter/") + read(client, "/en/polonia/lviv/")


def test_what_is_done_for_the_poles_of_a_country_is_told_with_them(client):
    CommunityFactory(slug="kazakhstan", name_en="Poles in Kazakhstan", country="KZ")
    CampaignFactory(slug="families", name_en="Families", origin_en="Kazakhstan")
    CampaignFactory(slug="summer", name_en="Summer", origin_en="Romania", since="2001")
    CampaignFactory(name_en="Hidden", origin_en="Kazakhstan", held_back=True)
    page = read(client, "/en/polonia/")
    assert page.rindex(">Poles in Kazakhstan</a>") < page.rindex(">Families</a>") < page.index("from other countries")
    assert page.index("from other countries") < page.index("<dt>Romania</dt>")
    assert "other countries" not in read(client, "/en/polonia/?on=1999-01-01")
    assert "/en/polonia/families/" in read(client, "/en/polonia/kazakhstan/")
    assert "/en/polonia/kazakhstan/" in read(client, "/en/polonia/families/")
    assert "Polonia is the Polish word" in page


@pytest.mark.parametrize("factory", [CampaignFactory, CommunityFactory])
def test_polonia_detail_of_a_draft_is_not_found(client, factory):
    factory(slug="draft", held_back=True)
    read(client, "/pl/polonia/draft/", status=404)


@pytest.mark.parametrize(
    ("address", "most"), [("/en/polonia/", 3), ("/en/polonia/easter/", 9), ("/en/polonia/lviv/", 6)]
)
def test_a_page_asks_the_database_as_often_for_twice_the_data(client, address, most):
    campaign, community = CampaignFactory(slug="easter"), CommunityFactory(slug="lviv", city=CityFactory())
    counts = []
    for _round in range(3):
        CampaignInstitution.objects.create(campaign=campaign, institution=InstitutionFactory())
        campaign.goal_links.create(goal=GoalFactory())
        campaign.city_links.create(city=CityFactory())
        community.association_links.create(institution=InstitutionFactory())
        EditionFactory(campaign=campaign)
        FigureFactory(about="campaign:easter")
        CommunityFactory(city=CityFactory())
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[1] == counts[2] <= most


def test_the_page_of_an_association_tells_what_it_does_for_polonia(client):
    society = InstitutionFactory(slug="society")
    CommunityFactory(name_en="Poles in Lviv", associations=[society])
    CampaignFactory(name_en="Easter in Poland", institutions=[society])
    CampaignFactory(name_en="Hidden campaign", institutions=[society], held_back=True)
    page = read(client, "/en/institutions/society/")
    assert "Poles in Lviv" in page
    assert "Easter in Poland" in page
    assert "Hidden" not in page
    assert "holds no agreement" not in page


def test_a_campaign_is_read_as_of_a_day(client):
    EditionFactory(campaign=CampaignFactory(slug="easter", name_en="Easter", since="1994"), period="2005", people=77)
    CampaignFactory(slug="later", name_en="Summer", since="2001")
    page = read(client, "/en/polonia/?on=1998-06-01")
    assert page.index("Easter") < page.index("1 later entry") < page.index("Summer")
    assert 'Campaigns <span class="count">1</span>' in page
    page = read(client, "/en/polonia/easter/?on=1998-06-01")
    assert page.index("1 later entry") < page.index("77")
    assert "Nothing is recorded" not in page
    page = read(client, "/en/polonia/later/?on=1998-06-01")
    assert "Nothing is recorded of this campaign up to" in page
    assert "<dt>Years</dt>" not in page
