import csv
import json
import re
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Activity, ActivityAudience, ActivityInstitution
from tests.organizations.factories import OrganizationFactory
from tests.partners.factories import (
    ActivityFactory,
    AudienceFactory,
    BenefitFactory,
    CityFactory,
    InstitutionFactory,
    ThemeFactory,
)
from tests.programme.factories import GoalFactory, SourceFactory

pytestmark = pytest.mark.django_db
LIST = "/en/activities/"


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def main(client, address):
    page = read(client, address)
    return page[page.index("<main") : page.index("</main>")]


@pytest.fixture
def gym(db):
    """A gym that Leipzig paid for in 2004, with all that a page may tell."""
    leipzig = CityFactory(slug="leipzig", name_en="Leipzig", country="DE")
    school = InstitutionFactory(slug="school", of_krakow=True, name_en="School for the deaf")
    centre = InstitutionFactory(slug="centre", city=leipzig, name_en="Training centre")
    gym = ActivityFactory(
        slug="gym",
        title_en="A gym",
        kind="aid",
        starts_on="2004-05",
        place_en="Kraków",
        description_en="It was renovated.",
        cities=[leipzig],
        themes=[ThemeFactory(slug="sport", name_en="Sport")],
        goals=[GoalFactory(slug="thematic-o", name_en="Young people")],
        source=SourceFactory(known_to="2006-04-20"),
        passage="I.2.3 k",
    )
    for institution, role in ((school, "recipient"), (centre, "")):
        ActivityInstitution.objects.create(activity=gym, institution=institution, role_en=role, role_pl=role)
    ActivityAudience.objects.create(
        activity=gym, audience=AudienceFactory(slug="schools", name_en="Schools", publication="published")
    )
    BenefitFactory(slug="money", what_en="Renovation", city=leipzig, activity=gym, amount=20_000, currency="EUR")
    return gym


# the page of an activity


def test_the_page_of_an_activity_tells_all_that_is_recorded_of_it(client, gym):
    page = main(client, f"{LIST}gym/")
    for told in (
        "Aid, gift",
        '<time datetime="2004-05">May 2004</time>',
        '<a href="/en/partner-cities/leipzig/">Leipzig</a>, Germany',
        '<a href="/en/partner-cities/leipzig/#agreements">',
        '<a class="tag" href="/en/activities/?theme=sport">Sport</a>',
        '<a href="/en/for-you/schools/">Schools</a>',
        '<a href="/en/programme/goals/thematic-o/">Young people</a>',
        "is the editors’ reading",
        '<a href="/en/gifts/money/">Renovation</a>: <strong>EUR 20,000</strong>',
        "As described in 2006",
        "The register knows this up to 20 April 2006.",
        "#passage-i-2-3-k",
        "Not yet verified against the files",
    ):
        assert told in page
    sides = page[page.index('id="institutions"') : page.index('id="gifts"')]
    assert sides.index("Kraków side") < sides.index("School for the deaf") < sides.index("recipient")
    assert sides.index("recipient") < sides.index("Partner side") < sides.index("Training centre")


def test_it_is_quoted_with_the_day_it_is_read_as_of_and_an_address_that_lasts(client, gym):
    quoted = "A gym. In: Kraków and the World. Register of international co-operation, as of 1 May 2005, "
    assert f"{quoted}http://testserver/en/activities/gym/?on=2005-05-01" in read(client, f"{LIST}gym/?on=2005-05-01")


@pytest.mark.parametrize(
    ("facts", "query", "told"),
    [
        ({"state": "ongoing", "starts_on": "1996"}, "", ["since 1996", "ongoing in 2006"]),
        ({"state": "ongoing", "starts_on": "1996"}, "?on=1998-01-01", ["since 1996", "<dd>ongoing</dd>"]),
        ({"state": "planned", "starts_on": "2006-12"}, "", ["planned; whether it happened is not recorded"]),
        ({"starts_on": "1996", "ends_on": "2004"}, "", ["1996–2004", "<dd>done</dd>"]),
        ({"starts_on": "1996", "ends_on": "2004"}, "?on=1998-01-01", ["since 1996", "under way on the chosen day"]),
        ({"starts_on": None}, "", ['<dt>When</dt><dd><span class="not-recorded">not recorded', "<dd>done</dd>"]),
        (
            {"starts_on": None},
            "?on=1998-01-01",
            ["Noted in 2006, without a date", ">done, as noted in 2006<"],
        ),
        (
            {"starts_on": "2004"},
            "?on=1998-01-01",
            ["of this activity up to 1 January 1998.", "1 later entry"],
        ),
    ],
)
def test_it_says_when_it_was_and_whether_as_far_as_the_day_knows(client, facts, query, told):
    ActivityFactory(slug="early", starts_on="1990")
    ActivityFactory(slug="deed", source=SourceFactory(known_to="2006-04-20"), **facts)
    page = main(client, f"{LIST}deed/{query}")
    assert [words for words in told if words not in page] == []


def test_what_is_held_back_is_not_named_on_the_page_of_an_activity(client):
    hidden = CityFactory(held_back=True, name_en="Hidden")
    activity = ActivityFactory(
        slug="deed",
        cities=[hidden],
        institutions=[InstitutionFactory(of_krakow=True, held_back=True, name_en="Hidden body")],
        goals=[GoalFactory(held_back=True, name_en="Hidden goal")],
    )
    BenefitFactory(activity=activity, city=hidden, what_en="Hidden gift")
    ActivityAudience.objects.create(activity=activity, audience=AudienceFactory(publication="draft", name_en="Hidden"))
    assert "Hidden" not in read(client, f"{LIST}deed/")
    assert "Hidden" not in read(client, LIST)
    Activity.objects.update(publication="draft")
    assert client.get(f"{LIST}deed/").status_code == 410


def test_it_leads_to_those_before_and_after_it_in_the_history_of_its_city(client):
    lviv = CityFactory(slug="lviv", name_en="Lviv")
    for slug, facts in {
        "undated": {"starts_on": None},
        "plan": {"starts_on": "2006", "state": "planned"},
        "second": {"starts_on": "2001"},
        "first": {"starts_on": "1990"},
        "hidden": {"starts_on": "1995", "held_back": True},
    }.items():
        ActivityFactory(slug=slug, title_en=slug, cities=[lviv], **facts)
    page = main(client, f"{LIST}second/")
    nav = page[page.index('class="before-after"') : page.index("</nav>", page.index('class="before-after"'))]
    assert [slug for slug in ("first", "undated", "plan", "hidden") if f"{LIST}{slug}/" in nav] == ["first", "undated"]
    assert "All 4 activities with this city: Lviv" in page
    assert "The activity after" not in main(client, f"{LIST}plan/")


def test_where_it_once_stood_it_answers_for_ever(client):
    activity = ActivityFactory(slug="former")
    activity.slug = "present"
    activity.save()
    moved = client.get(f"{LIST}former/")
    assert (moved.status_code, moved["Location"]) == (301, f"{LIST}present/")
    activity.delete()
    assert client.get(f"{LIST}present/").status_code == 410
    assert client.get(f"{LIST}never/").status_code == 404


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"kind": "visit", "starts_on": "2004-05"}, "Event"),
        ({"kind": "visit", "starts_on": None}, None),
        ({"kind": "visit", "starts_on": "2006-12", "state": "planned"}, None),
        ({"kind": "cooperation", "starts_on": None, "state": "ongoing"}, "Project"),
    ],
)
def test_programs_are_told_that_it_is_an_event_only_if_it_has_a_date(client, facts, kind):
    ActivityFactory(slug="deed", title_en="Deed", cities=[CityFactory(name_en="Lviv")], **facts)
    page = read(client, f"{LIST}deed/")
    # the block of data: '<script type="application/ld+json">{"@graph": []}</script>'
    told = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])["@graph"]
    assert [each["@type"] for each in told] == ["BreadcrumbList", *filter(None, [kind])]
    assert all(each["startDate"] == "2004-05" for each in told if each["@type"] == "Event")
    assert 'content="http://testserver/en/share/activity/deed.png"' in page


def test_the_page_of_an_activity_asks_as_often_for_much_as_for_little(client):
    numbers = []
    for number in (1, 3):
        lviv = CityFactory()
        activity = ActivityFactory(
            slug=f"deed-{number}",
            cities=[lviv, *CityFactory.create_batch(number)],
            institutions=InstitutionFactory.create_batch(number),
            themes=ThemeFactory.create_batch(number),
            goals=[GoalFactory() for _ in range(number)],
        )
        BenefitFactory.create_batch(number, activity=activity, city=lviv)
        ActivityFactory.create_batch(number, cities=[lviv])
        with CaptureQueriesContext(connection) as queries:
            read(client, f"{LIST}deed-{number}/")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 12


# the list


def titles(page):
    # the title of an entry: '<h3 class="entry__title"><a href="/en/activities/visit/">Visit</a>'
    return re.findall(r'entry__title"><a href="[^"]+">([^<]+)', page)


@pytest.fixture
def deeds(db):
    """Five deeds with Lviv and Kyiv from 1996 on, one without a date and one planned."""
    lviv, kyiv = CityFactory(slug="lviv", name_en="Lviv"), CityFactory(slug="kyiv", name_en="Kyiv")
    source = SourceFactory(known_to="2006-04-20")
    for title, city, facts in (
        ("Fair", lviv, {"starts_on": "1996", "kind": "fair"}),
        ("Exchange", lviv, {"starts_on": None, "kind": "exchange", "state": "ongoing"}),
        ("Concert", kyiv, {"starts_on": "2004-05", "kind": "concert"}),
        ("Plan", kyiv, {"starts_on": "2006-12", "kind": "visit", "state": "planned"}),
        ("School", kyiv, {"starts_on": "1998", "kind": "cooperation", "state": "ongoing"}),
    ):
        ActivityFactory(title_en=title, cities=[city], source=source, **facts)


def test_the_list_is_divided_by_year_and_tells_apart_what_has_no_date(client, deeds):
    page = main(client, LIST)
    # the head of a group: '<h2 class="era__name era__name--year">2006'
    heads = re.findall(r'<h2 class="era__name[^>]*>([^<]+)', page)
    assert heads == ["2006", "2004", "1998", "1996", "Without a date"]
    assert titles(page) == ["Plan", "Concert", "School", "Fair", "Exchange"]
    assert "5 activities" in page
    assert '<a href="/en/activities/?date=none">without a date</a> <span class="count">1</span>' in page
    assert '<a href="/en/activities/?state=ongoing">ongoing</a> <span class="count">2</span>' in page
    assert "The register knows all of this up to 20 April 2006." in page


def test_sorted_by_city_it_is_divided_by_city_and_by_kind_by_kind(client, deeds):
    page = main(client, f"{LIST}?sort=city")
    assert titles(page) == ["School", "Concert", "Plan", "Fair", "Exchange"]
    assert page.index('href="/en/partner-cities/kyiv/">Kyiv') < page.index('href="/en/partner-cities/lviv/">Lviv')
    assert titles(main(client, f"{LIST}?sort=kind")) == ["Concert", "Exchange", "Fair", "School", "Plan"]
    assert titles(main(client, f"{LIST}?sort=date")) == ["Fair", "School", "Concert", "Plan", "Exchange"]


def test_as_of_an_early_day_the_list_leads_to_what_is_later(client, deeds):
    page = main(client, f"{LIST}?on=1999-01-01")
    assert titles(page) == ["School", "Fair", "Exchange"]
    assert ">2 later entries</a>" in page
    assert page.index("Noted in 2006, without a date") < page.index("Exchange</a>")


def test_what_only_a_later_source_tells_without_a_date_counts_as_neither_done_nor_ongoing(client, deeds):
    ActivityFactory(title_en="Undated", source=SourceFactory(slug="note", known_to="1997-01-01"), starts_on=None)
    page = main(client, f"{LIST}?on=1996-12-31")
    assert "<p>1 activity</p>" in page
    assert '>without a date</a> <span class="count">2</span>' in page
    assert ">ongoing</a>" not in page
    page = main(client, f"{LIST}?on=1996-12-31&city=lviv")
    assert '>noted in 2006, without a date</a> <span class="count">1</span>' in page
    assert '>done</a> <span class="count">1</span>' in page


def test_a_wrong_value_is_named_and_nothing_found_is_said(client, deeds):
    page = main(client, f"{LIST}?kind=nonsense&city=lviv&year_from=2005&year_to=1999")
    assert "The register knows no such value here." in page
    assert "The years end before they begin." in page
    assert titles(page) == ["Fair", "Exchange"]
    assert "No activity matches." in main(client, f"{LIST}?q=zzz")
    assert "No activity matches." in main(client, f"{LIST}?page=9&q=zzz")


def test_a_year_finds_nothing_without_a_date_and_says_so(client, deeds):
    page = main(client, f"{LIST}?year_from=1990&city=lviv")
    assert titles(page) == ["Fair"]
    assert 'href="/en/activities/?city=lviv&amp;date=none">Those without a date' in page


def test_the_list_asks_as_often_for_many_as_for_one_and_is_paged(client, monkeypatch):
    monkeypatch.setattr("partners.activity_views.ACTIVITIES_ON_A_PAGE", 5)
    numbers = []
    for number in (1, 6):
        ActivityFactory.create_batch(number, cities=[CityFactory()], institutions=[InstitutionFactory()])
        with CaptureQueriesContext(connection) as queries:
            page = main(client, f"{LIST}?page=1")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 14
    assert len(titles(page)) == 5
    assert "Page 1 of 2 (1–5 of 7)" in page


# the list as data


def rows(client, address):
    text = "".join(part.decode() for part in client.get(address)).removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text)))


def test_what_is_filtered_leaves_as_data(client, gym):
    OrganizationFactory()
    ActivityFactory(slug="other")
    assert [row["slug"] for row in rows(client, "/en/activities.csv?theme=sport")] == ["gym"]
    assert [row["slug"] for row in rows(client, "/pl/przedsiewziecia.csv?on=1990-01-01")] == []
    assert len(rows(client, "/en/activities.csv")) == 2
    refused = client.get("/en/activities.csv?theme=nonsense")
    assert refused.status_code == 400
    assert "Field of co-operation: The register knows no such value here." in refused.content.decode()


@pytest.mark.parametrize(("day", "number"), [("1970-01-01", 0), ("2005-01-01", 2)])
def test_on_a_day_before_everything_the_file_holds_as_little_as_the_page(client, gym, day, number):
    ActivityFactory(slug="undated", starts_on=None, source=gym.source)
    assert len(rows(client, f"/en/activities.csv?on={day}")) == number
