import pytest
from django.core.cache import cache

from krakow_intl.core.typography import NBSP
from tests.partners.factories import (
    ActivityFactory,
    AgreementThemeFactory,
    AudienceFactory,
    CityFactory,
    InstitutionFactory,
    ThemeFactory,
)
from tests.polonia.factories import CampaignFactory, CommunityFactory
from tests.programme.factories import DepartmentFactory, GoalFactory

pytestmark = pytest.mark.django_db
READING = "Which activities concern whom is the editors’ reading."


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode().replace(NBSP, " ")


def test_the_parts_of_the_public_stand_at_one_glance_with_what_each_page_holds(client):
    schools = AudienceFactory(slug="schools", name_en="Teachers and schools", lead_en="Exchanges.")
    AudienceFactory(slug="firms", name_en="Firms")
    AudienceFactory(name_en="Hidden readers", held_back=True)
    lviv = CityFactory()
    ActivityFactory(starts_on="1998", cities=[lviv], audiences=[schools])
    ActivityFactory(starts_on="2005", cities=[CityFactory()], audiences=[schools])
    ActivityFactory(starts_on=None, state="planned", cities=[lviv], audiences=[schools])
    ActivityFactory(cities=[lviv], audiences=[schools], held_back=True)
    page = read(client, "/en/for-you/")
    assert '<a href="/en/for-you/schools/">Teachers and schools</a>' in page
    for words in ("Exchanges.", "2 activities", "2 cities", "planned or discussed: 1", "no activity recorded"):
        assert words in page
    assert "Hidden readers" not in page
    early = read(client, "/en/for-you/?on=2001-01-01")
    assert "1 activity" in early
    assert "1 city<" in early
    assert "As of today." in early
    assert "As of today." in read(client, "/en/for-you/schools/?on=2001-01-01")
    assert "As of today." not in read(client, "/en/for-you/schools/")


def test_the_former_address_leads_there(client):
    response = client.get("/pl/dla-szkol-firm-i-stowarzyszen/", follow=True)
    assert response.redirect_chain == [("/pl/dla-ciebie/", 301)]


def test_a_teacher_finds_which_schools_work_with_a_city_and_whom_to_ask(client):
    education = ThemeFactory(slug="education", name_en="education")
    department = DepartmentFactory(name_en="Department of schools")
    schools = AudienceFactory(
        slug="schools",
        kinds=["school"],
        themes=[education],
        goals=[GoalFactory(slug="thematic-o")],
        how_to_begin_en="<ol><li><p>Find the city.</p></li></ol>",
        department=department,
    )
    lviv, pecs = CityFactory(slug="lviv", name_en="Lviv"), CityFactory(slug="pecs", name_en="Pécs")
    centre = InstitutionFactory(name_en="Youth centre", kind="culture", of_krakow=True)
    ActivityFactory(
        slug="centre", title_en="The youth centre", cities=[lviv], institutions=[centre], audiences=[schools]
    )
    ActivityFactory(title_en="Pupils", cities=[pecs], audiences=[schools])
    ActivityFactory(title_en="Hidden exchange", cities=[pecs], audiences=[schools], held_back=True)
    AgreementThemeFactory(agreement__city__name_en="Edinburgh", theme=education)
    page = read(client, "/en/for-you/schools/")
    with_lviv, with_pecs = page.split('id="with-')[1:]
    for words in ("Youth centre", "school: not named in the source", 'href="/en/activities/centre/"'):
        assert words in with_lviv
    assert "not named in the source" in with_pecs.partition("</dl>")[0]
    for words in (
        'href="#with-lviv"',
        "Department of schools",
        "Find the city.",
        "Edinburgh",
        READING,
        "theme=education",
    ):
        assert words in page
    assert "page=%2Fen%2Ffor-you%2Fschools%2F" in page
    assert "Hidden exchange" not in page


def test_poles_abroad_find_campaigns_and_communities_with_their_countries_and_nobody_else_does(client):
    AudienceFactory(slug="poles-abroad")
    AudienceFactory(slug="firms")
    CampaignFactory(name_en="Easter", origin_en="Siberia")
    CampaignFactory(name_en="Hidden campaign", held_back=True)
    CommunityFactory(name_en="Poles of the steppe", country="KZ")
    page = read(client, "/en/for-you/poles-abroad/")
    for words in ("Easter", "Siberia", "Poles of the steppe", "Kazakhstan"):
        assert words in page
    assert "Hidden campaign" not in page
    assert "Easter" not in read(client, "/en/for-you/firms/")
    index = read(client, "/en/for-you/")
    assert "1 campaign<" in index
    assert "1 community<" in index


@pytest.mark.parametrize("language", ["pl", "en"])
def test_an_audience_of_which_nothing_is_known_says_so(client, language):
    path = {"pl": "/pl/dla-ciebie/", "en": "/en/for-you/"}[language]
    AudienceFactory(slug="sports-clubs", name_en="")
    page = read(client, f"{path}sports-clubs/")
    assert {"pl": "Nie zapisano jeszcze żadnego", "en": "No activity for these readers is recorded yet."}[
        language
    ] in page
    assert READING not in page
    assert client.get(f"{path}nobody/").status_code == 404


def test_the_list_stands_without_any_audience(client):
    page = read(client, "/en/for-you/")
    assert "Nothing is recorded yet." in page
    assert "Whom to ask" in page


def test_the_pages_ask_the_database_as_often_for_much_as_for_little(client, django_assert_max_num_queries):
    schools, theme = AudienceFactory(slug="schools", kinds=["university"]), ThemeFactory()

    def tell(number):
        for _ in range(number):
            city = CityFactory()
            ActivityFactory(cities=[city], institutions=[InstitutionFactory(of_krakow=True)], audiences=[schools])
            AudienceFactory(themes=[theme], goals=[GoalFactory()])
            AgreementThemeFactory(agreement__city=city, theme=theme)

    counts = []
    for number in (1, 4):
        tell(number)
        for path, most in (("/en/for-you/", 5), ("/en/for-you/schools/", 9)):
            cache.clear()
            with django_assert_max_num_queries(most) as asked:
                client.get(path)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
