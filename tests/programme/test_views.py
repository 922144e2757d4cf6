import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tests.organizations.factories import InvolvementFactory
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    AudienceFactory,
    BenefitFactory,
    CityFactory,
    InstitutionFactory,
)
from tests.polonia.factories import CampaignFactory, CommunityFactory, EditionFactory
from tests.programme.factories import (
    ChapterFactory,
    FigureFactory,
    GoalFactory,
    ProgrammeFactory,
    SourceFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_programme_detail_shows_the_latest_programme_with_its_chapters_and_goals(client):
    ProgrammeFactory(slug="older", starts_in=1992, ends_in=2005, name_en="Foreign policy")
    programme = ProgrammeFactory(name_en="Programme of co-operation")
    diagnosis = ChapterFactory(programme=programme, number="I", name_en="Diagnosis")
    ChapterFactory(programme=programme, number="I.1", name_en="Functions", parent=diagnosis)
    ChapterFactory(programme=programme, name_en="Hidden chapter", held_back=True)
    GoalFactory(programme=programme, name_en="Young people")
    page = read(client, "/en/programme/")
    for words in ("Programme of co-operation", "2006–2008", "Diagnosis", "Functions", "Young people"):
        assert words in page
    assert "Foreign policy" not in page
    assert "Hidden" not in page


def test_programme_detail_without_a_programme_is_not_found(client):
    ProgrammeFactory(held_back=True)
    read(client, "/pl/program/", status=404)


def test_chapter_detail_leads_to_its_neighbours(client):
    ChapterFactory(slug="first", number="I.1", position=1)
    ChapterFactory(slug="draft", position=2, held_back=True)
    chapter = ChapterFactory(slug="second", number="I.2", position=3, body_en="<p>Of <em>cities</em>.</p>")
    ChapterFactory(slug="third", number="I.3", position=4)
    FigureFactory(chapter=chapter, value=20, precision="over", label_en="partner cities")
    page = read(client, "/en/programme/chapters/second/")
    for words in ("<em>cities</em>", "Partner cities", "over"):
        assert words in page
    assert 'rel="prev" href="/en/programme/chapters/first/"' in page
    assert 'rel="next" href="/en/programme/chapters/third/"' in page
    read(client, "/en/programme/chapters/draft/", status=404)


def test_chapter_detail_lists_its_parts_and_leads_to_each(client):
    body = "<p>Of all.</p><h2>Twin cities</h2><p>Four.</p><h3>Kyiv</h3><h2>Twin cities</h2><h2>Main &amp; “more”</h2>"
    ChapterFactory(slug="cities", body_en=body, name_en="Cities")
    page = read(client, "/en/programme/chapters/cities/")
    for heading in ('<h2 id="twin-cities">', '<h3 id="kyiv">', '<h2 id="twin-cities-2">', '<h2 id="main-more">'):
        assert heading in page
    parts = page[page.index("In this chapter") : page.index("</nav>", page.index("In this chapter"))]
    # a link within the page: the "twin-cities" of 'href="#twin-cities"'
    assert re.findall(r'href="#([\w-]+)"', parts) == ["twin-cities", "twin-cities-2", "main-more"]
    assert 'href="/en/programme/chapters/cities/#twin-cities-2"' in read(client, "/en/programme/")


def test_chapter_detail_without_headings_lists_no_parts(client):
    ChapterFactory(slug="short")
    assert "In this chapter" not in read(client, "/en/programme/chapters/short/")


def test_goal_list_counts_what_serves_each_goal(client):
    goal = GoalFactory(name_en="Young people")
    ActivityFactory.create_batch(2, goals=[goal], source=SourceFactory())
    ActivityFactory(goals=[goal], state="ongoing", source=SourceFactory())
    ActivityFactory(goals=[goal], held_back=True)
    InvolvementFactory.create_batch(2, goals=[goal])
    InvolvementFactory(goals=[goal], organization__held_back=True)
    CampaignFactory(goals=[goal])
    page = read(client, "/en/programme/goals/")
    row = row_of(page, "Young people")
    assert "activities with cities, Young people" in row
    assert counts_of(row) == [("activities", "3"), ("involvements", "2"), ("polonia", "1")]
    assert "done: 2" in row
    assert "ongoing in 2006: 1" in row


def test_goal_list_counts_for_geographic_goals_by_country_and_plans_apart(client):
    GoalFactory(name_en="Young people")
    GoalFactory(name_en="The Union", kind="geographic", area="european-union")
    german, chilean = CityFactory(country="DE"), CityFactory(country="CL")
    for city in (german, chilean):
        ActivityFactory.create_batch(2, cities=[city])
        ActivityFactory(cities=[city], state="planned")
        CampaignFactory(cities=[city])
    CommunityFactory(country="AT")
    page = read(client, "/en/programme/goals/")
    assert page.index("Thematic goals") < page.index("Young people") < page.index("Geographic goals")
    row = row_of(page, "The Union")
    assert counts_of(row) == [("activities", "2"), ("polonia", "2")]
    assert "planned, not counted: 1" in row


def row_of(page, name):
    return page[page.index(f"{name}</a>") : page.index("</tr>", page.index(f"{name}</a>"))]


def counts_of(row):
    # a link to a list and how long that is: '#activities">3<'
    return re.findall(r"#(\w+)\">(\d+)<", row)


def test_goal_detail_shows_what_serves_it_and_how_much_that_is(client):
    goal = GoalFactory(slug="thematic-o")
    ActivityFactory(goals=[goal], title_en="Exchange of pupils", cities=[CityFactory(name_en="Lviv")])
    InvolvementFactory(goals=[goal], title_en="Main prize", organization__name_en="EUROCITIES")
    CampaignFactory(goals=[goal], name_en="Easter in Poland")
    TaskFactory(goal=goal, name_en="A summer school")
    ActivityFactory(goals=[goal], title_en="Hidden visit", held_back=True)
    page = read(client, "/en/programme/goals/thematic-o/")
    assert "3 records of the register serve this goal." in page
    for words in ("Exchange of pupils", "Lviv", "Main prize", "EUROCITIES", "Easter in Poland", "A summer school"):
        assert words in page
    assert "Hidden" not in page


@pytest.mark.parametrize(
    ("area", "words", "shown"),
    [
        ("european-union", "its country belonged to the European Union on the day it began", {"Vienna"}),
        ("central-and-eastern-europe", "Germany, Austria, Czechia, Slovakia", {"Vienna", "Kyiv"}),
        ("world", "whatever country it lies in", {"Vienna", "Kyiv", "Fez"}),
    ],
)
def test_goal_detail_shows_by_country_what_serves_a_geographic_goal(client, area, words, shown):
    GoalFactory(slug="geographic-a", kind="geographic", area=area)
    for name, country in (("Vienna", "AT"), ("Kyiv", "UA"), ("Fez", "MA")):
        ActivityFactory(title_en=f"A visit of {name}", cities=[CityFactory(country=country)])
        CommunityFactory(name_en=f"Poles in {name}", country=country)
    page = read(client, "/en/programme/goals/geographic-a/")
    assert "By country:" in page
    assert words in page
    assert {name for name in ("Vienna", "Kyiv", "Fez") if f"A visit of {name}" in page} == shown
    assert {name for name in ("Vienna", "Kyiv", "Fez") if f"Poles in {name}" in page} == shown
    assert "Linked by the editors" not in page
    assert '<h3>Austria <span class="count">1</span></h3>' in page


def test_goal_detail_says_when_nothing_serves_it(client):
    GoalFactory(slug="thematic-g")
    words = "As the editors read it, no record of the register serves this goal yet."
    assert words in read(client, "/en/programme/goals/thematic-g/")


def test_goal_detail_speaks_in_our_words_until_the_adopted_ones_are_entered(client):
    goal = GoalFactory(slug="thematic-a", source=SourceFactory(), passage="II.1.1 a")
    passage = 'href="/en/sources/programme-2006/#passage-ii-1-1-a"'
    page = read(client, "/en/programme/goals/thematic-a/")
    assert "This goal is told in our own words; the adopted wording stands in the source: <a" in page
    assert passage in page
    goal.adopted_wording_pl, goal.adopted_wording_en = "Tak uchwalono.", ""
    goal.save()
    page = read(client, "/en/programme/goals/thematic-a/")
    assert '<blockquote><span lang="pl">Tak uchwalono.</span>' in page
    assert passage in page
    assert "in our own words" not in page
    assert "<blockquote>Tak uchwalono.</blockquote>" in read(client, "/pl/program/cele/thematic-a/")


def test_goal_detail_of_no_source_names_none(client):
    GoalFactory(slug="thematic-a")
    assert "This goal is told in our own words.<" in read(client, "/en/programme/goals/thematic-a/")


def test_goal_detail_tells_when_the_editors_linked_what_serves_it_and_never_who(client):
    goal = GoalFactory(slug="thematic-a")
    first = ActivityFactory(goals=[goal]).goal_links.get()
    first.linked_on, first.linked_by = date(2026, 11, 29), "anna.nowak"
    first.save()
    page = read(client, "/en/programme/goals/thematic-a/")
    assert "Linked by the editors on 29\xa0November\xa02026." in page
    CampaignFactory(goals=[goal]).goal_links.update(linked_on=date(2026, 12, 1), linked_by="anna.nowak")
    page = read(client, "/en/programme/goals/thematic-a/")
    assert "between 29\xa0November\xa02026 and 1\xa0December\xa02026" in page
    assert "anna" not in page


def test_goal_detail_tells_no_day_of_links_of_which_none_is_known(client):
    goal = GoalFactory(slug="thematic-a")
    ActivityFactory(goals=[goal]).goal_links.update(linked_on=None)
    assert "Linked by the editors" not in read(client, "/en/programme/goals/thematic-a/")


READING = "which goals something serves is the editors’ reading"


def test_every_page_that_shows_or_counts_what_serves_goals_says_that_the_editors_read_it_so(client):
    goal, school = GoalFactory(slug="thematic-o"), InstitutionFactory(slug="school", of_krakow=True)
    for city in (CityFactory(slug="lviv"), CityFactory(slug="milan")):
        ActivityFactory(cities=[city], institutions=[school], goals=[goal])
    InvolvementFactory(organization__slug="eurocities", institution=school, goals=[goal])
    CampaignFactory(slug="easter", goals=[goal])
    AudienceFactory(slug="schools", goals=[goal])
    for path in (
        "programme/goals/",
        "programme/goals/thematic-o/",
        "partner-cities/lviv/",
        "compare/?city=lviv&city=milan",
        "institutions/school/",
        "organizations/eurocities/",
        "polonia/easter/",
        "for-you/schools/",
    ):
        page = read(client, f"/en/{path}")
        assert READING in page, path
        assert 'href="/en/programme/goals/#reading"' in page, path
    assert '<h2 id="reading">' in read(client, "/en/programme/goals/")


def test_pages_that_show_no_goal_say_nothing_of_reading_them(client):
    CityFactory(slug="lviv")
    InstitutionFactory(slug="school")
    InvolvementFactory(organization__slug="eurocities")
    CampaignFactory(slug="easter")
    for path in ("partner-cities/lviv/", "institutions/school/", "organizations/eurocities/", "polonia/easter/"):
        assert READING not in read(client, f"/en/{path}")


def test_goal_detail_of_a_programme_that_is_held_back_is_not_found(client):
    GoalFactory(slug="thematic-a", programme__held_back=True)
    read(client, "/en/programme/goals/thematic-a/", status=404)


def test_figure_list_gathers_figures_gifts_and_editions(client):
    chapter = ChapterFactory(number="I.1", name_en="Functions")
    FigureFactory(chapter=chapter, value=160000, precision="about", label_en="students", year="2005")
    for city in (CityFactory(slug="solothurn"), CityFactory(slug="quito", held_back=True)):
        FigureFactory(label_en="inhabitants", about=f"city:{city.slug}")
    FigureFactory(label_en="delegations", year="2005", part_of=FigureFactory(label_en="“guests” & friends"))
    FigureFactory(label_en="Hidden figure", held_back=True)
    BenefitFactory(what_en="Tram cars", quantity=124, unit_pl="wagony", unit_en="cars", city__name_en="Nuremberg")
    BenefitFactory(what_en="Uncounted")
    EditionFactory(campaign__name_en="Easter in Poland", people=120, people_unit_en="children", people_unit_pl="dzieci")
    page = read(client, "/en/programme/figures/")
    for words in (
        "160,000",
        "about",
        "2005",
        "Functions",
        "Inhabitants",
        "Tram cars",
        "124",
        "cars",
        "Nuremberg",
        "120",
    ):
        assert words in page
    assert 'href="/en/partner-cities/solothurn/"' in page
    assert "quito/" not in page
    assert "2005, part of: “guests” &amp; friends" in page
    assert "Hidden" not in page
    assert "Uncounted" not in page


@pytest.mark.parametrize(("language", "words"), [("en", "USD\xa0100"), ("pl", "100\xa0USD")])
def test_figure_list_writes_money_as_the_house_does(client, language, words):
    FigureFactory(value=100, unit_pl="USD", unit_en="USD")
    with override(language):
        page = read(client, reverse("programme:figure_list"))
    assert words in page
    assert "figure__unit" not in page


def test_figure_list_draws_shares_and_series(client):
    delegations = FigureFactory(label_en="delegations", value=80, precision="about", year="2005")
    FigureFactory(label_en="from partner cities", value=20, part_of=delegations)
    FigureFactory(label_en="in euros", value=20, part_of=delegations, unit_pl="EUR", unit_en="EUR")
    FigureFactory(label_en="delegations", value=90, year="2006")
    page = read(client, "/en/programme/figures/")
    # how long a bar is: the "25.0" of 'bar__part" width="25.0"'
    assert re.findall(r'bar__part" width="([\d.]+)"', page) == ["25.0"]
    # a year and its number: '<th scope="row">2005</th><td>80</td>'
    series = re.findall(r'<th scope="row">(\d+)</th><td>(\d+)</td>', page)
    assert series == [("2005", "80"), ("2006", "90")]


def test_figure_list_counts_the_agreements_of_each_year(client):
    AgreementFactory.create_batch(2, signed_on="1991-09")
    AgreementFactory(signed_on="1993")
    AgreementFactory(signed_on="1992", held_back=True)
    AgreementFactory(undated=True)
    page = read(client, "/en/programme/figures/")
    # a year and its number: '<th scope="row">1991</th><td>2</td>'
    assert re.findall(r'<th scope="row">(\d+)</th><td>(\d+)</td>', page) == [("1991", "2"), ("1993", "1")]


def test_figure_list_writes_numbers_as_the_language_does(client):
    FigureFactory(value=160000)
    assert "160\xa0000" in read(client, "/pl/program/liczby/")


def furnish(chapter):
    city, goal = CityFactory(), GoalFactory()
    chapter.body_en += f'<h2><a data-ref="city:{city.slug}">A city</a></h2>'
    chapter.save()
    for one in (chapter, ChapterFactory(body_en=chapter.body_en)):
        FigureFactory.create_batch(2, chapter=one, about=f"city:{city.slug}")
    ActivityFactory(goals=[goal], cities=[city])
    InvolvementFactory(goals=[goal])
    CampaignFactory(goals=[goal])
    EditionFactory()
    BenefitFactory(quantity=5)


PAGES = {
    "programme": ("/en/programme/", 3),
    "chapter": ("/en/programme/chapters/first/", 5),
    "goal list": ("/en/programme/goals/", 10),
    "goal": ("/en/programme/goals/goal/", 6),
    "geographic goal": ("/en/programme/goals/area/", 9),
    "figures": ("/en/programme/figures/", 6),
}


@pytest.mark.once
def test_a_page_asks_the_database_as_often_for_twice_the_data(client):
    chapter, goal = ChapterFactory(slug="first"), GoalFactory(slug="goal")
    GoalFactory(slug="area", kind="geographic")
    counts = []
    for _round in range(3):
        furnish(chapter)
        ActivityFactory(goals=[goal], cities=[CityFactory()], source=SourceFactory())
        CampaignFactory(goals=[goal], cities=[CityFactory()], source=SourceFactory())
        CommunityFactory(source=SourceFactory())
        InvolvementFactory(goals=[goal])
        TaskFactory(goal=goal)
        counts.append({name: queries_of(client, address) for name, (address, _most) in PAGES.items()})
    assert counts[1] == counts[2]
    assert {name: counts[2][name] for name, (_address, most) in PAGES.items() if counts[2][name] > most} == {}


def queries_of(client, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


# --- as of a day -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "area"), [("thematic", ""), ("geographic", "world")], ids=["by link", "by country"])
def test_a_goal_counts_what_had_served_it_by_the_day(client, kind, area):
    goal, city = GoalFactory(slug="goal", kind=kind, area=area), CityFactory(country="DE")
    facts = {"cities": [city], "goals": [goal] if kind == "thematic" else [], "source": SourceFactory()}
    for starts_on, title in (("1996", "An exchange"), (None, "A custom"), ("2004", "A concert")):
        ActivityFactory(starts_on=starts_on, title_en=title, **facts)
    then, today = (read(client, f"/en/programme/goals/goal/{on}") for on in ("?on=1998-06-01", ""))
    assert "1 record of the register serves this goal." in then
    assert "3 records of the register serve this goal." in today
    told = then[then.index('id="activities"') :]
    places = [
        told.index(words) for words in ("An exchange", "Noted in 2006, without a date", "A custom", "1 later entry")
    ]
    assert [*places, told.index("A concert")] == sorted([*places, told.index("A concert")])
    assert "later entry" not in today
    assert "Noted in 2006, without a date" not in today
    numbers = [read(client, f"/en/programme/goals/{on}").count("done: 1") for on in ("?on=1998-06-01", "")]
    assert numbers == [1, 0]


def test_figures_of_a_later_year_are_folded_away_and_not_drawn(client):
    chapter = ChapterFactory(slug="cities")
    for year, value in (("1997", 11), ("2005", 4321)):
        FigureFactory(chapter=chapter, label_en="guests", year=year, value=value)
    AgreementFactory(signed_on="1995")
    AgreementFactory(signed_on="2003")
    BenefitFactory(given_on="2001", quantity=20, what_en="Books")
    for address in ("/en/programme/chapters/cities/", "/en/programme/figures/"):
        page = read(client, f"{address}?on=1998-06-01")
        assert page.index("1997") < page.index("1 later entry") < page.index("4,321")
        assert "<tbody>" not in page[: page.index("1 later entry")]  # one year makes no series
    assert "<td>1</td>" in page[page.index('id="signed"') :]
    assert "<span>2003</span>" not in page
    assert page.index("Given and received <span") < page.rindex("1 later entry") < page.index("Books")


def test_a_page_of_a_source_tells_what_rests_on_it_as_of_the_day(client):
    written = {"source": SourceFactory(slug="source", known_to="2006-04-20"), "passage": "I.1"}
    for signed_on, title in (("1996", "Treaty"), ("2004", "Later treaty")):
        AgreementFactory(signed_on=signed_on, title_en=title, **written)
    page = read(client, "/en/sources/source/?on=1998-06-01")
    assert 'I.1 <span class="count">1</span>' in page
    assert page.index("Treaty") < page.index("1 later entry") < page.index("Later treaty")


def test_prose_of_a_later_source_says_so(client):
    ChapterFactory(slug="cities", source=SourceFactory())
    AgreementFactory(signed_on="1995")
    assert "As described in 2006, later than the chosen day" in read(
        client, "/en/programme/chapters/cities/?on=1998-06-01"
    )
    for on in ("", "?on=2006-04-20"):
        page = read(client, f"/en/programme/chapters/cities/{on}")
        assert "As described in 2006</p>" in page
        assert "written later" not in page


def test_the_banner_of_a_day_says_that_texts_are_later_and_names_no_day_of_another_source(client):
    ChapterFactory(slug="cities", source=SourceFactory(known_to="2006-04-20"))
    SourceFactory(slug="report", known_to="2019-12-31")
    AgreementFactory(signed_on="1995")
    for page in ("organizations/", "programme/chapters/cities/"):
        told = read(client, f"/en/{page}?on=1998-06-01")
        assert "Its texts may have been written later; each says as of which year." in told
        assert "31 December 2019" not in told


def test_beside_the_agreements_by_year_stands_how_many_have_none(client):
    AgreementFactory(signed_on="1995")
    for number in (1, 2):
        AgreementFactory(undated=True, source=SourceFactory(known_to="2006-04-20"))
        words = f"Not drawn: {number} agreement{'s' if number > 1 else ''} of which no year of signing is recorded."
        assert words in read(client, "/en/programme/figures/?on=2006-04-20")
    assert "Not drawn" not in read(client, "/en/programme/figures/?on=1998-01-01")
