import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from krakow_intl.core.dates import format_partial_date
from krakow_intl.core.typography import NBSP
from partners import terms
from partners.models import Activity, ActivityAudience, Side
from partners.public_lists import FirstPage
from partners.term_form import TermForm
from tests.organizations.factories import InvolvementFactory
from tests.partners.factories import (
    SCAN,
    ActivityFactory,
    AgreementEventFactory,
    AgreementFactory,
    AgreementLinkFactory,
    AgreementThemeFactory,
    AssessmentFactory,
    AudienceFactory,
    BenefitFactory,
    CityFactory,
    DocumentFactory,
    InstitutionFactory,
    PartyFactory,
    SignatoryFactory,
    ThemeFactory,
)
from tests.polonia.factories import CampaignFactory, CommunityFactory
from tests.programme.factories import DepartmentFactory, FigureFactory, GoalFactory, SourceFactory
from tests.sample import tell_everything

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SUSPENSION = {
    "kind": "suspended",
    "side": "home",
    "taken_on": "2022-03-02",
    "effective_on": "2022-04",
    "resolution": "XC/2022",
    "reason_en": "Because of the war.",
}


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode().replace(NBSP, " ")


def rows(client, address):
    """The lines of a CSV file as dictionaries."""
    text = b"".join(client.get(address).streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def queries_of(client, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
    return len(queries)


def furnish(city):
    """Everything a city page may show, one of each."""
    field, goal, school = ThemeFactory(), GoalFactory(), InstitutionFactory(of_krakow=True)
    agreement = AgreementFactory(city=city, tacit=True)
    AgreementThemeFactory(agreement=agreement, theme=field)
    PartyFactory(agreement=agreement, institution=school)
    SignatoryFactory(agreement=agreement)
    AgreementLinkFactory(agreement=AgreementFactory(city=city), earlier=agreement)
    for state in Activity.State:
        ActivityFactory(cities=[city], institutions=[school], themes=[field], goals=[goal], state=state)
    BenefitFactory(city=city, giver_institution=school, giver_pl="Szkoła", giver_en="School")
    InstitutionFactory(city=city)
    CommunityFactory(city=city)
    CampaignFactory(cities=[city])
    FigureFactory(about=f"city:{city.slug}")


# --- cities ----------------------------------------------------------------------------------------------------------


def test_city_list_groups_cities_by_their_relation(client):
    AgreementFactory(city=CityFactory(name_en="Kyiv"), twinning=True)
    AgreementFactory(city=CityFactory(name_en="Lviv"))
    CityFactory(name_en="Quito")
    page = read(client, "/en/partner-cities/")
    places = [page.index(words) for words in ('id="twin"', ">Kyiv<", ">Lviv<", 'id="none"', ">Quito<")]
    assert places == sorted(places)


def test_city_list_reads_as_of_a_day_and_its_links_keep_it(client):
    AgreementFactory(signed_on="1970")
    AgreementFactory(city=CityFactory(slug="kyiv"), signed_on="1976-12-12", twinning=True)
    assert 'id="twin"' in read(client, "/en/partner-cities/?on=1976-12-12")
    page = read(client, "/en/partner-cities/?on=1976-12-11")
    assert 'id="twin"' not in page
    assert 'href="/en/partner-cities/kyiv/?on=1976-12-11"' in page


def test_city_list_says_nothing_of_an_agreement_still_to_come(client):
    AgreementFactory(signed_on="1970", level="institutional")
    AgreementFactory(signed_on="1993")
    page = read(client, "/en/partner-cities/?on=1990-01-01")
    assert 'datetime="1993"' not in page
    assert "none recorded by then" in page


def test_city_list_says_when_nothing_matches(client):
    CityFactory(name_en="Kyiv")
    page = read(client, "/en/partner-cities/?q=atlantis")
    assert "No city matches." in page
    assert "Kyiv" not in page


def test_city_list_leads_to_the_cities_of_which_nothing_is_recorded_since_a_year(client):
    for slug, signed_on in (("fez", "1986-03-13"), ("kyiv", "2003")):
        AgreementFactory(city=CityFactory(slug=slug, name_en=slug.title()), signed_on=signed_on)
    CityFactory(slug="quito", name_en="Quito")
    page = read(client, "/en/partner-cities/?on=2006-04-30")
    assert 'href="/en/partner-cities/?on=2006-04-30&amp;nothing_since=1990">since 1990: 2 cities</a>' in page
    page = read(client, "/en/partner-cities/?on=2006-04-30&nothing_since=1990")
    places = ["Last event before 1990", ">Fez<", "No event with a date", ">Quito<"]
    assert [page.index(words) for words in places] == sorted(page.index(words) for words in places)
    assert ">Kyiv<" not in page
    assert "no year" in read(client, "/en/partner-cities/?nothing_since=long")
    file = client.get("/en/partner-cities.csv?nothing_since=1990&on=2006-04-30")
    rows = b"".join(file.streaming_content).decode().splitlines()
    assert [row.partition(",")[0] for row in rows[1:]] == ["quito", "fez"]


@pytest.mark.parametrize(
    ("address", "parameter"), [("/pl/miasta-partnerskie/", "miasto"), ("/en/partner-cities/", "city")]
)
def test_city_list_is_a_door_to_the_comparison(client, address, parameter):
    CityFactory(slug="kyiv")
    page = read(client, f"{address}?on=2006-04-30")
    assert f'<input type="checkbox" name="{parameter}" value="kyiv"' in page
    assert '<input type="hidden" name="on" value="2006-04-30">' in page


def test_city_detail_tells_the_whole_history(client):
    written = {"source": SourceFactory(), "passage": "I.2"}
    city = CityFactory(slug="rochester", department=DepartmentFactory(email="intl@example.org"), **written)
    furnish(city)
    page = read(client, "/en/partner-cities/rochester/?on=2006-04-20")
    for words in (
        "The running term began on 18 July 2003 and ends on 17 July 2008.",
        "until 17 January 2008",
        ">2004</h3>",
        "Planned",
        "Who takes part",
        "Kraków received",
        "Polonia",
        "In figures",
        "intl@example.org",
        "Not yet verified against the files",
        "Programme 2006, I.2",
    ):
        assert words in page


def test_city_detail_of_a_city_with_next_to_nothing_says_so_once_and_whom_to_write_to(client):
    CityFactory(slug="cusco", department=None)
    page = read(client, "/en/partner-cities/cusco/")
    assert page.count("The register holds neither an agreement nor an activity with this city yet.") == 1
    assert "Not recorded" not in page
    assert 'id="history"' not in page
    assert page.index('id="contact"') < page.index('id="agreements"')
    assert "general address" in page


def test_city_detail_tells_each_agreement_once(client):
    city = CityFactory(slug="nuremberg")
    first = AgreementFactory(city=city, slug="frame", title_en="Frame", signed_on="1979-10-02")
    AgreementLinkFactory(agreement=AgreementFactory(city=city, title_en="Twinning", twinning=True), earlier=first)
    AgreementFactory(city=city, title_en="Later", signed_on="2004")
    page = read(client, "/en/partner-cities/nuremberg/?on=1995-01-01")
    main = page[page.index("<main") :]
    assert [main.count(f">{title}</a>") for title in ("Frame", "Twinning", "Later")] == [1, 2, 1]  # 2: the last event
    assert main.index("1 later entry") < main.index(">Later</a>")
    assert 'id="agreement-frame"' in main


def test_city_detail_folds_what_is_long_by_decade_and_opens_what_is_asked_for(client):
    city = CityFactory(slug="lviv")
    for year in ("1988", "1996", "1999-05", None):
        ActivityFactory(cities=[city], slug=f"of-{year}", title_en=f"Visit of {year}", starts_on=year)
    ActivityFactory(cities=[city], slug="planned", state="planned", kind="fair", starts_on="2030")
    page = read(client, "/en/partner-cities/lviv/")
    folds = page.split('<details class="fold">')[1:]
    assert [fold.count('class="entry') > 0 for fold in folds] == [True] * 4
    for fold, words in zip(folds, ("1980–1989", "1990–1999", "Without a date", "Planned"), strict=True):
        assert words in fold
    assert "Visit of 1996 · Visit of 1999-05</span></summary>" in page
    assert "of-None" in folds[2]
    asked = read(client, "/en/partner-cities/lviv/?kind=fair")
    assert '<details class="fold">' not in asked


def test_city_detail_of_an_early_day_counts_and_offers_only_what_there_was_by_then(client):
    city, schools = CityFactory(slug="lviv"), AudienceFactory(name_en="Schools", publication="published")
    AgreementFactory(city=city, signed_on="1991")
    late = ActivityFactory(cities=[city], starts_on="2004")
    ActivityAudience.objects.create(activity=late, audience=schools)
    early, today = (read(client, f"/en/partner-cities/lviv/{on}") for on in ("?on=1995-01-01", ""))
    assert [">Schools</a>" in page for page in (early, today)] == [False, True]
    assert ["#history" in page[: page.index("</main>")] for page in (early, today)] == [False, True]
    assert 'class="glance__number">1991<' in early
    assert 'class="glance__number">2004<' in today


@pytest.fixture
def _lviv():
    lviv, sport = CityFactory(slug="lviv"), ThemeFactory(slug="sport")
    AgreementFactory(city=lviv, title_en="Agreement")
    ActivityFactory(cities=[lviv], kind="sport", themes=[sport], title_en="A match")
    concert = ActivityFactory(
        cities=[lviv], kind="concert", goals=[GoalFactory(slug="thematic-a")], title_en="A concert"
    )
    BenefitFactory(city=lviv, activity=concert, slug="organ", what_en="An organ")


@pytest.mark.usefixtures("_lviv")
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("kind=sport", {"A match"}),
        ("theme=sport", {"A match"}),
        ("goal=thematic-a", {"A concert"}),
        ("kind=gift", {"A concert"}),
        ("kind=event&theme=", set()),
        ("kind=nonsense", {"A match", "A concert"}),
        ("kind=concert&theme=sport", set()),
    ],
)
def test_city_detail_shows_the_part_of_the_history_asked_for(client, asked, shown):
    page = read(client, f"/en/partner-cities/lviv/?on=2010-01-01&{asked}")
    assert {title for title in ("A match", "A concert") if f">{title}</a></h4>" in page} == shown
    assert 'action="#history"' in page
    assert '<input type="hidden" name="on" value="2010-01-01">' in page
    assert ">sport (1)</option>" in page


def test_city_detail_counts_geographic_goals_by_country_and_shows_what_serves_them(client):
    GoalFactory(slug="union", kind="geographic", area="european-union", name_en="The Union first")
    vilnius = CityFactory(slug="vilnius", country="LT")
    ActivityFactory(cities=[vilnius], title_en="A concert", starts_on="2003")
    ActivityFactory(cities=[vilnius], title_en="A match", starts_on="2005")
    ActivityFactory(cities=[vilnius], title_en="A plan", starts_on="2006", state="planned")
    page = read(client, "/en/partner-cities/vilnius/?goal=union")
    assert ">The Union first (by country) (1)</option>" in page
    assert ">The Union first (by country)</a>" in page
    shown = {title for title in ("A concert", "A match", "A plan") if f">{title}</a></h4>" in page}
    assert shown == {"A match"}


def test_compare_shows_the_geographic_goals_that_each_city_serves(client):
    GoalFactory(kind="geographic", area="european-union", name_en="The Union first")
    GoalFactory(kind="geographic", area="world", name_en="The world")
    for slug, country in (("lviv", "UA"), ("milan", "IT")):
        ActivityFactory(cities=[CityFactory(slug=slug, country=country)])
    page = read(client, "/en/compare/?city=lviv&city=milan")
    in_common, further = page.index("The world (by country)"), page.index("The Union first (by country)")
    assert in_common < further
    assert page.count("(by country)") == 2


@pytest.mark.usefixtures("_lviv")
def test_city_detail_says_what_a_filter_leaves_or_could_not_read(client):
    address = "/en/partner-cities/lviv/?on=2010-01-01"
    assert "Shown: 1 of 2." in read(client, f"{address}&theme=sport")
    nothing = read(client, f"{address}&kind=concert&theme=sport")
    assert "Nothing in this history matches." in nothing
    assert 'href="/en/partner-cities/lviv/?on=2010-01-01#history"' in nothing
    assert "The register knows no such value here." in read(client, f"{address}&kind=nonsense")


@pytest.mark.usefixtures("_lviv")
def test_city_detail_leads_from_an_activity_to_what_it_gave_and_from_a_goal_to_what_serves_it(client):
    page = read(client, "/en/partner-cities/lviv/")
    assert '<a href="#benefit-organ">Kraków received: An organ</a>' in page
    assert 'id="benefit-organ"' in page
    assert 'href="/en/partner-cities/lviv/?goal=thematic-a#history"' in page


def test_city_detail_counts_what_was_given_unless_it_was_one(client):
    city = CityFactory(slug="lviv")
    BenefitFactory(city=city, what_en="Incubator", quantity=1, unit_pl="inkubator", unit_en="incubator")
    BenefitFactory(city=city, what_en="Tram cars", quantity=124, unit_pl="wagony", unit_en="cars")
    page = read(client, "/en/partner-cities/lviv/")
    assert "124 cars" in page
    assert "1 incubator" not in page


@pytest.mark.parametrize(
    ("seat", "heading"), [("Kraków", "<h3>In Kraków <"), ("Warszawa", "<h3>In Kraków and Poland <")]
)
def test_city_detail_puts_polish_bodies_on_the_side_of_krakow(client, seat, heading):
    body = InstitutionFactory(of_krakow=True, place_pl=seat, place_en=seat)
    ActivityFactory(cities=[CityFactory(slug="lviv")], institutions=[body])
    page = read(client, "/en/partner-cities/lviv/")
    assert heading in page
    assert "On the partner" not in page


def test_city_detail_names_the_other_partners_in_the_country_or_the_nearest(client):
    CityFactory(slug="leipzig", country="DE", name_en="Leipzig", latitude="51.34", longitude="12.37")
    CityFactory(country="DE", name_en="Nuremberg", latitude="49.45", longitude="11.08")
    CityFactory(slug="vienna", country="AT", name_en="Vienna", latitude="48.21", longitude="16.37")
    CityFactory(country="DE", name_en="Hidden", held_back=True)
    germany, austria = (read(client, f"/en/partner-cities/{slug}/") for slug in ("leipzig", "vienna"))
    assert "Other partners: Germany" in germany
    assert "Nuremberg" in germany
    assert "Vienna" not in germany
    assert austria.index("The nearest partners") < austria.index("Nuremberg") < austria.index("Leipzig")
    assert "410 km" in austria
    assert "Hidden" not in germany + austria


@pytest.mark.parametrize("language", ["pl/miasta-partnerskie", "en/partner-cities"])
def test_city_detail_never_shows_an_assessment(client, language):
    city = CityFactory(slug="fez")
    AssessmentFactory(city=city)
    page = read(client, f"/{language}/fez/")
    for words in ("Powód oceny", "Reason of the grade", "Następny krok", "The next step", "weak"):
        assert words not in page


def test_city_detail_of_a_draft_is_not_found(client):
    CityFactory(slug="kyiv", held_back=True)
    read(client, "/pl/miasta-partnerskie/kyiv/", status=404)


def test_city_detail_shows_nothing_that_is_held_back(client):
    city = CityFactory(slug="kyiv")
    school = InstitutionFactory(name_en="Hidden school", city=city, held_back=True)
    AgreementFactory(city=city, title_en="Hidden agreement", held_back=True)
    ActivityFactory(title_en="Hidden activity", cities=[city], held_back=True)
    ActivityFactory(cities=[city], institutions=[school], goals=[GoalFactory(name_en="Hidden goal", held_back=True)])
    BenefitFactory(city=city, what_en="Hidden gift", held_back=True)
    CommunityFactory(city=city, name_en="Hidden community", held_back=True)
    FigureFactory(about="city:kyiv", label_en="Hidden figure", held_back=True)
    assert "Hidden" not in read(client, "/en/partner-cities/kyiv/")


def test_city_csv_reads_as_of_a_day_and_speaks_the_language_of_its_address(client):
    AgreementFactory(city=CityFactory(slug="kyiv", name_pl="Kijów"), signed_on="1976-12-12")
    CityFactory(held_back=True)
    [row] = rows(client, "/pl/miasta-partnerskie.csv?on=1976-12-11")
    assert (row["slug"], row["name"], row["relation"], row["relation_on"]) == ("kyiv", "Kijów", "not-yet", "1976-12-11")
    assert row["url"] == "http://testserver/pl/miasta-partnerskie/kyiv/"


def test_city_csv_tells_a_city_without_an_agreement_from_one_of_which_nothing_is_recorded_yet(client):
    cities = {slug: CityFactory(slug=slug) for slug in ("kyiv", "quito")}
    AgreementFactory(city=cities["kyiv"], signed_on="1976-12-12")
    ActivityFactory(cities=[cities["quito"]], starts_on="1970")
    relations = {row["slug"]: row["relation"] for row in rows(client, "/en/partner-cities.csv?on=1976-12-11")}
    assert relations == {"kyiv": "not-yet", "quito": ""}


# --- agreements ------------------------------------------------------------------------------------------------------


def test_agreement_list_shows_the_status_on_the_day(client):
    AgreementFactory(signed_on="1990-04-30", valid_from="1990-05-01", term="fixed", valid_until="1995")
    assert "badge--not-yet" in read(client, "/en/agreements/?on=1990-04-30")
    assert "badge--in-force" in read(client, "/en/agreements/?on=1995-12-31")
    assert "badge--expired" in read(client, "/en/agreements/?on=1996-01-01")


@pytest.mark.parametrize(
    ("facts", "until"),
    [
        ({"term": "fixed", "valid_until": "1995"}, "until 1995"),
        ({"term": "fixed", "term_months": 24}, "until 30 April 1992"),
        ({"term": "open-ended", "events": [{"taken_on": "1999-03"}]}, "until March 1999"),
    ],
    ids=["run out", "computed", "ended before its time"],
)
def test_agreement_list_says_when_an_agreement_ended(client, facts, until):
    AgreementFactory(signed_on="1990-05-01", **facts)
    page = read(client, "/en/agreements/")
    assert f"<small>{until}</small>" in page


def test_agreement_list_is_divided_into_pages_of_fifty(client):
    AgreementFactory.create_batch(51, city=CityFactory())
    assert read(client, "/en/agreements/").count('scope="row"') == 50
    assert read(client, "/en/agreements/?page=2").count('scope="row"') == 1


def test_agreement_list_counts_what_has_no_field_and_no_place_and_leads_there(client):
    AgreementThemeFactory(agreement=AgreementFactory(), theme__slug="culture")
    AgreementFactory(signed_at_en="Vienna", signed_on="1990")
    page = read(client, "/en/agreements/?status=in-force")
    assert 'href="?status=in-force&amp;theme=not-recorded">1 without a recorded field</a>' in page
    assert 'href="?status=in-force&amp;place=not-recorded">1 without a recorded place of signing</a>' in page
    assert 'href="?status=in-force&amp;place=vienna">Vienna</a> <span class="count">1</span>' in page
    assert "without a recorded" not in read(client, "/en/agreements/?theme=culture&place=vienna")


def test_agreement_list_is_divided_by_the_place_of_signing(client):
    for place in ("Vienna", "Kraków", "", "Vienna"):
        AgreementFactory(signed_at_en=place, signed_at_pl={"Vienna": "Wiedeń"}.get(place, place))
    for path, words in (
        ("/en/agreements/?sort=place", ("Kraków", "Vienna", "Place of signing not recorded")),
        ("/pl/umowy/?sort=place", ("Kraków", "Wiedeń")),
    ):
        page = read(client, path)
        headings = [page.index(f">{word} <span") for word in words]
        assert headings == sorted(headings)
    assert 'Wiedeń <span class="count">2</span></h2>' in page


def test_agreement_list_offers_no_field_and_no_place_of_what_is_held_back(client):
    hidden = AgreementFactory(signed_at_en="Atlantis", held_back=True)
    AgreementThemeFactory(agreement=hidden, theme__slug="secret")
    for path in ("/en/agreements/", "/en/agreements/timeline/", "/en/agreements/?sort=place"):
        page = read(client, path)
        assert ("tlantis" in page, "secret" in page) == (False, False)


@pytest.mark.parametrize("address", ["/en/agreements.csv", "/en/agreements-sheet.csv", "/en/agreements/timeline/"])
def test_agreements_are_asked_for_by_field_place_and_basis_in_every_form(client, address):
    agreement = AgreementFactory(slug="asked", title_en="Asked for", signed_at_en="Vienna")
    AgreementThemeFactory(agreement=agreement, theme__slug="culture")
    AgreementFactory(title_en="Left out", signed_at_en="Vienna")
    response = client.get(f"{address}?theme=culture&place=vienna&basis=by-its-terms")
    text = b"".join(response.streaming_content if response.streaming else [response.content]).decode()
    assert ("Asked for" in text, "Left out" in text) == (True, False)
    assert client.get(f"{address}?theme=culture&basis=on-record").status_code == 200


def test_agreement_list_offers_a_way_back_when_nothing_matches(client):
    AgreementFactory(slug="shown")
    page = read(client, "/en/agreements/?status=expired&kind=other&level=legislative&on=2006-04-30")
    assert "No agreement matches." in page
    assert 'href="/en/agreements/?on=2006-04-30"' in page


def test_agreement_list_keeps_filters_and_day_in_the_link_to_its_file(client):
    AgreementFactory()
    page = read(client, "/en/agreements/?status=in-force&on=2006-04-30&page=1")
    assert 'href="/en/agreements.csv?on=2006-04-30&amp;status=in-force"' in page


def test_agreement_timeline_draws_all_agreements_the_filters_ask_for_city_by_city(client):
    AgreementFactory.create_batch(51, city=CityFactory(slug="lviv", country="UA"), valid_from="1992")
    AgreementFactory(city=CityFactory(slug="leipzig"))
    page = read(client, "/en/agreements/timeline/?country=UA&sort=kind&on=1991-12-06")
    assert page.count("span--not-yet") == 52  # one of them in the key
    assert "/en/partner-cities/leipzig/" not in page
    assert 'href="/en/agreements/?country=UA&amp;on=1991-12-06&amp;sort=kind"' in page
    assert 'id="id_sort"' not in page


def test_agreement_list_and_timeline_lead_to_one_another_with_their_filters(client):
    AgreementFactory()
    assert 'href="/en/agreements/timeline/?status=in-force"' in read(client, "/en/agreements/?status=in-force&page=1")
    assert 'href="/en/agreements/?status=in-force"' in read(client, "/en/agreements/timeline/?status=in-force")


def test_agreement_detail_explains_and_draws_the_running_term(client):
    AgreementFactory(slug="rochester", tacit=True)
    page = read(client, "/en/agreements/rochester/?on=2008-02-01")
    for words in (
        "By its terms, it has been in force since 18 July 1973.",
        "It was concluded for 5 years.",
        "It renews itself for 5 years at a time unless one side gives notice 6 months before the term ends.",
        "The running term began on 18 July 2003 and ends on 17 July 2008.",
        "The last day to give notice fell on 17 January 2008, so the agreement renews itself once more.",
        ">notice by 17 January 2008</text>",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"undated": True}, "cannot say whether it is in force"),
        ({"signed_on": "2006-04-01", "valid_from": "2010-05-01"}, "It comes into force on 1 May 2010."),
        ({"signed_on": "2006", "valid_from": "2010"}, "It comes into force in 2010."),
        ({"term": "open-ended"}, "It was concluded for an unlimited time."),
        ({"term": "not-recorded"}, "How long it was concluded for is not recorded"),
        ({"term": "tacit-renewal"}, "for how long is not recorded"),
        ({"tacit": True, "notice_months": None}, "5 years at a time unless one side gives notice; by when is not"),
        ({"tacit": True, "notice_months": 0}, "unless one side gives notice before the term ends."),
        ({"term": "fixed", "valid_until": "2008"}, "It was concluded for a fixed term and holds until 2008."),
        ({"term": "fixed"}, "a fixed term, the end of which is not recorded"),
        ({"term": "fixed", "valid_until": "2001-06"}, "and was in force until June 2001."),
        (
            {"events": [{"kind": "withdrawn", "taken_on": "2004-05-06"}]},
            "it was in force until 6 May 2004.",
        ),
        ({"events": [{"kind": "party-ceased", "taken_on": "2004"}]}, "ceased to exist; it was in force until 2004."),
        ({"events": [{"kind": "terminated", "taken_on": "2004"}]}, "Notice was given; it was in force until 2004."),
        ({"ended_on": "2004"}, "why it ended is not recorded"),
    ],
    ids=str,
)
def test_agreement_detail_says_how_the_agreement_stands_on_the_day(client, facts, words):
    AgreementFactory(slug="agreement", source=SourceFactory(), **facts)
    assert words in read(client, "/en/agreements/agreement/?on=2006-04-30")


def test_agreement_detail_says_by_which_resolution_and_since_when_it_is_suspended(client):
    events = [
        {"kind": "suspended", "taken_on": "2001", "resolution": "I/1/01"},
        {"kind": "resumed", "taken_on": "2002", "resolution": "I/2/02"},
        {"kind": "suspended", "taken_on": "2005-03-02", "effective_on": "2005-04", "resolution": "I/3/05"},
    ]
    city, source = CityFactory(slug="lviv"), SourceFactory()
    agreement = AgreementFactory(slug="agreement", city=city, source=source, term="not-recorded", events=events)
    page = read(client, "/en/agreements/agreement/?on=2006-04-30")
    assert "It has been suspended since April 2005: it exists, but binds nobody for the time being." in page
    assert "The council’s resolution on its suspension: I/3/05." in page
    assert "How long it was concluded for is not recorded.</p>" in page
    assert "presumed" not in page
    assert "resolution on its suspension: I/1/01." in read(client, "/en/agreements/agreement/?on=2001-12-31")
    assert "It has been suspended since April 2005" in read(client, "/en/partner-cities/lviv/?on=2006-04-30")
    agreement.events.update(resolution="")
    assert "resolution on its" not in read(client, "/en/agreements/agreement/?on=2006-04-29")


@pytest.mark.parametrize(
    "address",
    [
        "agreements/?",
        "agreements/timeline/?",
        "agreements/agreement/?",
        "partner-cities/lviv/?",
        "search/?q=agreement&",
    ],
)
def test_notice_that_runs_stands_beside_the_status_with_the_day_of_the_end(client, address):
    notice = {"kind": "notice-given", "taken_on": "2006-04-21", "effective_on": "2006-12-31"}
    AgreementFactory(slug="agreement", city=CityFactory(slug="lviv"), events=[notice])
    assert "badge--notice-running" not in read(client, f"/en/{address}on=2006-04-20")
    page = read(client, f"/en/{address}on=2006-04-30")
    # the badge, "in force</span>", then "notice running</span>" with the day: "in force until 31 December 2006"
    assert re.search("in force</span>.*notice running</span>.*in force until 31 December 2006", page, re.DOTALL)


NOTICE_OF_2003 = {"kind": "notice-given", "taken_on": "2003-03-02", "effective_on": "2007"}
SUSPENDED_IN_2005 = {"kind": "suspended", "taken_on": "2005"}


@pytest.mark.parametrize(
    ("facts", "day", "words"),
    [
        ({"tacit": True}, "2006-04-20", "<p>It has been in force since 18 July 1973.</p>"),
        ({"tacit": True}, "2006-04-21", "<p>By its terms, it has been in force since 18 July 1973.</p>"),
        ({"term": "fixed", "valid_until": "2005"}, "2010-01-01", "a fixed term and was in force until 2005."),
        ({"term": "fixed", "valid_until": "2008"}, "2010-01-01", "term. By its terms it was in force until 2008."),
        (
            {"events": [NOTICE_OF_2003]},
            "2010-01-01",
            "Notice was given. By its terms it was in force until 31 December",
        ),
        (
            {"events": [{"kind": "withdrawn", "taken_on": "2005", "effective_on": "2007-05"}]},
            "2010-01-01",
            "The parties withdrew it by agreement. By its terms it was in force until May 2007.",
        ),
        ({"events": [SUSPENDED_IN_2005]}, "2010-01-01", "<p>It has been suspended since 2005: it exists"),
        (
            {"events": [SUSPENDED_IN_2005 | {"effective_on": "2007-05"}]},
            "2010-01-01",
            "By the terms of the decision, it has been suspended since May 2007: it exists",
        ),
    ],
    ids=[
        "on record",
        "in force",
        "expired as known",
        "expired",
        "ended by notice",
        "withdrawn",
        "suspended as known",
        "suspended",
    ],
)
def test_agreement_detail_does_not_speak_with_certainty_beyond_what_is_known(client, facts, day, words):
    AgreementFactory(slug="agreement", source=SourceFactory(), **facts)
    assert words in read(client, f"/en/agreements/agreement/?on={day}")


@pytest.mark.parametrize("address", ["agreements/earlier/", "partner-cities/lviv/"])
@pytest.mark.parametrize(
    ("start", "words"),
    [("2006", "<p>A later agreement has replaced"), ("2008", "<p>By its terms, a later agreement has replaced")],
)
def test_what_replaces_an_agreement_beyond_what_is_known_does_so_by_its_terms(client, address, start, words):
    city, source = CityFactory(slug="lviv"), SourceFactory()
    earlier = AgreementFactory(slug="earlier", city=city, source=source)
    later = AgreementFactory(slug="later", city=city, source=source, signed_on="2006", valid_from=start)
    AgreementLinkFactory(agreement=later, verb="replaces", earlier=earlier)
    assert words in read(client, f"/en/{address}?on=2010-01-01")


@pytest.mark.parametrize("address", ["agreements/agreement/", "partner-cities/lviv/"])
def test_a_suspension_without_an_exact_day_says_from_which_day_it_and_its_end_count(client, address):
    events = [{"kind": "suspended", "taken_on": "2022-04"}, {"kind": "resumed", "taken_on": "2024"}]
    agreement = AgreementFactory(slug="agreement", city=CityFactory(slug="lviv"), events=events)
    page = read(client, f"/en/{address}?on=2026-01-01")
    assert "counted from 1 April 2022, the first possible day" in page
    assert "counted from 31 December 2024, the last possible day" in page
    agreement.events.update(taken_on="2024-12-31")
    assert "possible day" not in read(client, f"/en/{address}?on=2026-01-02")


@pytest.mark.parametrize("address", ["agreements/", "agreements/agreement/", "partner-cities/lviv/"])
def test_an_end_decided_after_the_day_is_shown_nowhere(client, address):
    notice = {"kind": "notice-given", "taken_on": "2024-01-10", "effective_on": "2024-06-30"}
    ended = {"kind": "terminated", "taken_on": "2024-03-01", "effective_on": "2024-05-31"}
    city = CityFactory(slug="lviv")
    AgreementFactory(slug="agreement", city=city, undated=True, valid_from="2001", events=[notice, ended])
    page = read(client, f"/en/{address}?on=2024-02-01")
    assert "in force until 30 June 2024" in page
    assert "– 31 May 2024" not in page
    assert "until 31 May 2024" not in page
    assert "terminated" in read(client, f"/en/{address}?on=2024-06-01")


@pytest.mark.parametrize("on", ["1257-01-01", "2200-12-31"])
def test_agreement_detail_and_timeline_take_any_day_and_any_date(client, on):
    AgreementFactory(slug="agreement", signed_on="2990", term="fixed", term_months=1200)
    AgreementFactory(slug="monthly", tacit=True, term_months=1, renewal_months=1, signed_on="1000-01-31")
    for address in ("agreement/", "monthly/", "timeline/"):
        read(client, f"/en/agreements/{address}?on={on}")


def test_agreement_detail_draws_what_the_agreement_rests_on_and_what_followed(client):
    agreement = AgreementFactory(slug="agreement")
    AgreementLinkFactory(agreement=agreement, verb="renews", earlier=AgreementFactory(slug="earlier", signed_on="1980"))
    AgreementLinkFactory(agreement=AgreementFactory(slug="later", signed_on="2000"), verb="replaces", earlier=agreement)
    page = read(client, "/en/agreements/agreement/?on=2006-04-30")
    places = [
        page.index(words)
        for words in (
            'href="/en/agreements/earlier/?on=2006-04-30"',
            "renewed by this agreement",
            "(this agreement)",
            "replaced by</p>",
            'href="/en/agreements/later/?on=2006-04-30"',
        )
    ]
    assert places == sorted(places)
    assert "A later agreement has replaced it." in page


def test_agreement_detail_leads_to_the_agreements_before_and_after_with_the_same_city(client):
    city = CityFactory()
    for year in (1980, 1990, 2000):
        AgreementFactory(slug=f"agreement-of-{year}", city=city, signed_on=f"{year}")
    AgreementFactory(slug="elsewhere")
    AgreementFactory(slug="hidden", city=city, held_back=True)
    page = read(client, "/en/agreements/agreement-of-1990/")
    before, after = page.split('class="before-after__first"')[1].split('class="before-after__last"')
    assert "/agreement-of-1980/" in before
    assert "/agreement-of-2000/" in after.split("</p>")[0]
    assert page.count('aria-current="page"') == 2  # the span of the agreement, and the last crumb
    assert "elsewhere" not in page
    assert "hidden/" not in page
    assert "before-after__first" not in read(client, "/en/agreements/agreement-of-1980/")


@pytest.mark.parametrize(
    ("address", "begins"),
    [("/en/agreements/agreement/", "<h1>"), ("/pl/umowy/agreement/", '<h1><span lang="en">')],
    ids=["in the language of the page", "in the only language of its title"],
)
def test_agreement_detail_is_headed_with_whom_and_when(client, address, begins):
    city = CityFactory(name_pl="Kijów", name_en="Kyiv")
    titles = {"title_pl": "", "title_en": "Co-operation agreement"}
    AgreementFactory(slug="agreement", city=city, signed_on="1976-12-12", **titles)
    page = read(client, address)
    words = "Co-operation agreement with Kyiv, 1976"
    assert f"<title>{words} ·" in page
    assert f'<span aria-current="page">{words}</span>' in page
    assert f"{begins}{words}</" in page


def test_agreement_detail_is_described_by_kind_city_date_and_summary(client):
    facts = {"kind": "cooperation", "city__name_en": "Seville", "signed_on": "2002-10-07"}
    AgreementFactory(slug="agreement", summary_en="Culture and education.", **facts)
    words = "Co-operation agreement, Kraków – Seville, 7 October 2002. Culture and education."
    assert f'<meta name="description" content="{words}">' in read(client, "/en/agreements/agreement/")


def test_agreement_detail_shows_parties_documents_and_number(client):
    agreement = AgreementFactory(slug="agreement", number=7, resolution="LXXV/742/05")
    PartyFactory(agreement=agreement, side=Side.PARTNER, name_en="District Council in Leipzig")
    DocumentFactory(agreement=agreement, language="de", stored=True)
    DocumentFactory(agreement=agreement, language="en", title_en="A scan that was lost")
    page = read(client, "/en/agreements/agreement/")
    for words in ("District Council in Leipzig", "Scan of the agreement", 'hreflang="de"', "<dd>7</dd>", "LXXV/742/05"):
        assert words in page
    assert 'href="/en/agreements/agreement/documents/de/"' in page
    assert "A scan that was lost" not in page


def test_document_detail_hands_out_the_scan_to_be_saved(client):
    document = DocumentFactory(agreement__slug="agreement", language="de", stored=True, title_pl="Umowa Łódź/Kraków")
    for language, name in (
        ("pl", "filename*=utf-8''Umowa%20%C5%81%C3%B3d%C5%BA%20Krak%C3%B3w%20%28de%29.pdf"),
        ("en", 'filename="Scan of the agreement (de).pdf"'),
    ):
        with override(language):
            response = client.get(document.get_absolute_url(), headers={"accept-encoding": "gzip"})
        assert b"".join(response) == SCAN
        assert response["Content-Disposition"] == f"attachment; {name}"
        assert (response["Content-Type"], response["Content-Language"]) == ("application/pdf", "de")
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "no-cache"
        assert response["Content-Length"] == str(len(SCAN))
        assert not {"Content-Encoding", "Vary", "Set-Cookie"} & set(response.headers)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"range": "bytes=0-3"}, 206),
        ({"range": "bytes=999-"}, 416),
        ({"if-none-match": "{ETag}"}, 304),
        ({"if-none-match": "{ETag}", "range": "bytes=0-3"}, 304),
        ({"if-modified-since": "{Last-Modified}"}, 304),
        ({"if-range": "{ETag}", "range": "bytes=0-3"}, 206),
        ({"if-range": '"older"', "range": "bytes=0-3"}, 200),
    ],
)
def test_h20_document_detail_answers_ranges_and_versions_through_every_middleware(client, asked, status):
    address = DocumentFactory(stored=True).get_absolute_url()
    known = client.head(address)
    headers = {name: value.format_map(known.headers) for name, value in asked.items()}
    response = client.get(address, headers=headers | {"accept-encoding": "gzip"})
    assert response.status_code == status
    if status in (200, 206):
        content = b"".join(response)
        assert content == (SCAN[:4] if status == 206 else SCAN)
        assert response["Content-Length"] == str(len(content))
    if status != 416:
        assert response["ETag"] == known["ETag"]
        assert "sandbox" in response["Content-Security-Policy"]


def test_document_detail_is_named_after_the_agreement_where_it_has_no_title(client):
    document = DocumentFactory(title_pl="", title_en="", language="pl", agreement__title_en="Agreement", stored=True)
    with override("en"):
        response = client.head(document.get_absolute_url())
    assert response["Content-Disposition"] == 'attachment; filename="Agreement (pl).pdf"'


def test_document_detail_without_its_file_is_not_found_and_logged(client, caplog):
    document = DocumentFactory()
    assert client.get(document.get_absolute_url()).status_code == 404
    assert document.file.name in caplog.text


def test_document_detail_finds_what_the_first_version_stored(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = DocumentFactory(file="documents/2006/umowa.pdf", language="po polsku")
    (tmp_path / "documents/2006").mkdir(parents=True)
    (tmp_path / "documents/2006/umowa.pdf").write_bytes(SCAN)
    assert b"".join(client.get(document.get_absolute_url())) == SCAN
    assert document.get_absolute_url() in read(client, document.agreement.get_absolute_url())


def test_agreement_detail_never_shows_internal_notes(client):
    AgreementFactory(slug="agreement", internal_notes="Between ourselves")
    assert "Between ourselves" not in read(client, "/pl/umowy/agreement/")


@pytest.mark.parametrize("held_back", [{"held_back": True}, {"city__held_back": True}], ids=["agreement", "city"])
def test_agreement_detail_of_what_is_held_back_is_not_found(client, held_back):
    AgreementFactory(slug="agreement", **held_back)
    read(client, "/en/agreements/agreement/", status=404)
    assert "agreements/agreement/" not in read(client, "/en/agreements/")
    assert rows(client, "/en/agreements.csv") == []


def test_agreement_csv_holds_all_published_agreements_in_order_of_their_numbers(client):
    AgreementFactory(number=2, title_en='=cmd|"/C calc"', level="institutional")
    AgreementFactory(number=1, title_en="Agreement, “open”", undated=True)
    AgreementFactory(number=3, held_back=True)
    found = rows(client, "/en/agreements.csv?on=2006-04-30")
    assert [row["id"] for row in found] == ["1", "2"]
    assert [row["title"] for row in found] == ["Agreement, “open”", '\'=cmd|"/C calc"']
    assert {row["status_on"] for row in found} == {"2006-04-30"}


def test_agreement_csv_follows_the_filters_of_the_list(client):
    AgreementFactory(number=1, city=CityFactory(slug="lviv"))
    AgreementFactory(number=2)
    assert [row["id"] for row in rows(client, "/pl/umowy.csv?city=lviv")] == ["1"]
    assert rows(client, "/pl/umowy.csv?city=lviv&status=expired") == []


@pytest.mark.parametrize("query", ["kind=x", "year_from=2000&year_to=1990", "on=2006-02-31"], ids=str)
def test_a_file_that_was_asked_for_wrongly_is_refused_in_words(client, query):
    for address in ("/en/agreements.csv", "/en/partner-cities.csv"):
        response = client.get(f"{address}?{query}&relation=x")
        assert response.status_code == 400
        assert "The register knows no such value here." in response.content.decode()


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        ({"term": "fixed", "valid_until": "2006"}, "End of the term"),
        ({"term": "tacit-renewal", "term_months": 60, "renewal_months": 60}, "End of the first term"),
    ],
    ids=["fixed", "renewed"],
)
def test_agreement_detail_speaks_of_a_first_term_only_where_others_follow(client, facts, label):
    AgreementFactory(slug="agreement", **facts)
    assert f"<dt>{label}</dt>" in read(client, "/en/agreements/agreement/")


# --- comparison ------------------------------------------------------------------------------------------------------


def test_compare_sets_cities_side_by_side(client):
    lviv, vilnius = CityFactory(slug="lviv", name_en="Lviv"), CityFactory(slug="vilnius", name_en="Vilnius")
    sport, goal, school = (
        ThemeFactory(name_en="sport"),
        GoalFactory(name_en="A goal"),
        InstitutionFactory(of_krakow=True),
    )
    agreement = AgreementFactory(city=lviv, title_en="Treaty of three cities", signed_on="1995-10-23")
    PartyFactory(agreement=agreement, city=vilnius)
    done = {"cities": [lviv, vilnius], "themes": [sport], "goals": [goal], "institutions": [school]}
    ActivityFactory(starts_on="1999", **done)
    BenefitFactory(city=lviv)
    page = read(client, "/en/compare/?city=lviv&city=vilnius&on=2000-01-01")
    assert "<title>Lviv, Vilnius: comparison" in page
    assert page.count("Treaty of three cities") == 2
    common = page[page.index("in common</small>") :]
    for words in ('href="/en/partner-cities/?on=2000-01-01&amp;theme=', ">A goal</a>", f"/institutions/{school.slug}/"):
        assert words in common
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical"' not in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Two or three cities side by side"),
        ("city=lviv", "choose another to compare it with"),
        ("miasto=lviv&miasto=lviv", "it stands here once"),
        ("city=lviv&city=hidden", "The register knows no city at the address “hidden”."),
        ("city=lviv&city=%3Cb%3E", "The register knows no city at the address “&lt;b&gt;”."),
        ("city=" + "&city=x" * 999, "Choose two cities, or three."),
        ("city=a&city=b&city=lviv&city=c&city=d", "choose another to compare it with"),
        ("city[]=lviv&on=2006-02-31", "is no day of the calendar"),
    ],
    ids=lambda words: words[:30],
)
def test_compare_answers_calmly_what_it_cannot_compare_and_offers_a_choice(client, query, words):
    CityFactory(slug="lviv")
    CityFactory(slug="hidden", name_en="A hidden city", held_back=True)
    page = read(client, f"/en/compare/?{query}")
    assert words in page
    assert page.count('<select id="city-') == 3
    assert "A hidden city" not in page


def test_compare_leaves_out_a_fourth_city_and_says_so(client):
    for slug in ("lviv", "kyiv", "milan", "leipzig"):
        CityFactory(slug=slug)
    page = read(client, "/en/compare/?city=lviv&city=kyiv&city=milan&city=leipzig")
    assert "Three cities at most stand side by side" in page
    assert "partner-cities/leipzig/" not in page


@pytest.mark.parametrize(("language", "query"), [("en", "city=kyiv"), ("pl", "miasto=kyiv")])
def test_compare_is_offered_on_the_page_of_a_city(client, language, query):
    CityFactory(slug="kyiv")
    CityFactory()
    with override(language):
        address, compare = reverse("partners:city_detail", args=["kyiv"]), reverse("partners:compare")
    assert f'href="{compare}?on=2006-04-30&amp;{query}"' in read(client, f"{address}?on=2006-04-30")


def test_compare_keeps_the_choice_in_the_other_language(client):
    for slug in ("lviv", "kyiv"):
        CityFactory(slug=slug)
    page = read(client, "/en/compare/?miasto=kyiv&city=lviv")
    assert page.count("selected>") == 2
    assert 'name="city"' in page
    assert 'href="/pl/porownanie/?miasto=lviv&amp;miasto=kyiv"' in page


# --- the rules -------------------------------------------------------------------------------------------------------

RULES = "/en/agreements/rules/"


@pytest.mark.parametrize("language", ["pl", "en"])
def test_term_rules_explains_and_computes_the_example_in_both_languages(client, language):
    with override(language):
        page = read(client, reverse("partners:term_rules"))
        days = [format_partial_date(date(*day)).replace(NBSP, " ") for day in ((2006, 4, 20), (2008, 1, 17))]
    assert f'<html lang="{language}">' in page
    assert 'class="running-term"' in page
    assert all(day in page for day in days)
    assert 'name="robots"' not in page


def test_term_rules_of_the_worked_example_are_those_of_the_calendar(client):
    page = read(client, RULES)
    steps = page.partition('id="example"')[2]
    found = TermForm({}, date(2026, 5, 5)).answer()
    days = [found.running.end, found.running.notice, found.agreement.end_of_first_term, found.agreement.start]
    with override("en"):
        assert all(format_partial_date(day).replace(NBSP, " ") in steps for day in days)


@pytest.mark.parametrize("mark", [mark.value for mark in terms.Mark])
def test_term_rules_explains_every_mark_beside_in_force_with_the_day_of_the_end(client, mark):
    explained = read(client, RULES).partition('id="marks"')[2].partition("</section>")[0]
    words = explained.partition(f"badge--{mark}")[2].partition("</dd>")[0]
    assert "Beside it stands" in words
    assert "last day" in words


def test_term_rules_computes_what_it_is_asked(client):
    page = read(
        client, f"{RULES}?start=2001-01-31&term=tacit-renewal&until=2001-03-30&renewal=1&notice=0&day=2001-05-31"
    )
    for words in (
        '<option value="tacit-renewal" selected>',
        'value="31 January 2001"',
        "The running term began on 31 May 2001 and ends on 29 June 2001.",
        '<tr aria-current="true">',
        "by its terms",
        '<meta name="robots" content="noindex">',
    ):
        assert words in page
    assert 'rel="canonical"' not in page


def test_term_rules_names_what_is_wrong_beside_its_field_and_computes_nothing(client):
    page = read(client, f"{RULES}?start=31.02.1999&term=fixed&months=abc")
    assert 'id="id_start_error"' in page
    assert "31 February 1999 does not exist" in page
    assert 'id="id_months_error"' in page
    assert "Write a number of months from 1 to 1200, such as 60." in page
    assert 'class="running-term"' not in page
    assert "Nothing was computed" in page


def test_term_rules_keeps_the_day_of_the_page_and_computes_as_of_it(client):
    page = read(client, f"{RULES}?on=2001-02-03&start=1990&term=open-ended")
    assert "On 3 February 2001" in page
    assert '<input type="hidden" name="on" value="2001-02-03">' in page
    assert 'href="/en/agreements/rules/?on=2001-02-03">Show the example</a>' in page


def test_term_rules_is_reached_from_the_list_and_from_each_agreement_with_its_facts(client):
    AgreementFactory(slug="rochester", tacit=True)
    AgreementFactory(slug="ended", events=[{"taken_on": "2004"}])
    assert 'href="/en/agreements/rules/?on=2006-04-20"' in read(client, "/en/agreements/?on=2006-04-20")
    page = read(client, "/en/agreements/rochester/?on=2006-04-20")
    facts = "start=1973-07-18&amp;term=tacit-renewal&amp;months=60&amp;renewal=60&amp;notice=6"
    assert f'href="/en/agreements/rules/?on=2006-04-20&amp;{facts}"' in page
    assert "17 January 2008" in read(client, f"{RULES}?on=2006-04-20&{facts.replace('amp;', '')}")
    assert 'href="/en/agreements/rules/"' in read(client, "/en/agreements/ended/")


def test_an_agreement_of_which_notice_was_given_is_not_said_to_renew_itself(client):
    AgreementFactory(slug="agreement", tacit=True, events=[{"kind": "notice-given", "taken_on": "2008-01-17"}])
    renewed = "so the agreement renews itself once more"
    page = read(client, "/en/agreements/agreement/?on=2008-03-01")
    assert renewed not in page
    assert "It is in force until 17 July 2008." in page


def test_an_agreement_of_which_notice_was_given_too_late_renews_itself_once_more(client):
    AgreementFactory(slug="agreement", tacit=True, events=[{"kind": "notice-given", "taken_on": "2008-01-18"}])
    page = read(client, "/en/agreements/agreement/?on=2008-03-01")
    assert "so the agreement renews itself once more" in page
    assert "It is in force until 17 July 2013." in page


# --- institutions ----------------------------------------------------------------------------------------------------


def test_institution_list_divides_bodies_by_side_and_kind(client):
    InstitutionFactory(of_krakow=True, name_en="Jagiellonian University")
    InstitutionFactory(name_en="Villa Blanca", kind="school", held_back=True)
    InstitutionFactory(name_en="Temuco University", city=None, place_en="Temuco", country="CL")
    page = read(client, "/en/institutions/")
    places = [page.index(words) for words in ("In Kraków", "Jagiellonian", "Abroad", "Temuco University", "Chile")]
    assert places == sorted(places)
    assert "Villa Blanca" not in page


def test_institution_detail_dates_an_agreement_of_unknown_signing_by_its_period(client):
    agreement = AgreementFactory(signed_on=None, valid_from="2002", valid_until="2006", term="fixed")
    PartyFactory(agreement=agreement, institution=InstitutionFactory(slug="agh", of_krakow=True))
    page = read(client, "/en/institutions/agh/")
    assert "2002–2006" in page
    assert "date not recorded" not in page


def test_institution_list_says_with_which_cities_a_body_of_krakow_works(client):
    school, lviv = InstitutionFactory(of_krakow=True), CityFactory(slug="lviv", name_en="Lviv")
    PartyFactory(agreement=AgreementFactory(city=lviv), institution=school)
    ActivityFactory(cities=[CityFactory(name_en="Leuven"), CityFactory(name_en="Fez")], institutions=[school])
    ActivityFactory(cities=[CityFactory(name_en="Quito")], institutions=[school], held_back=True)
    PartyFactory(agreement=AgreementFactory(city__name_en="Hidden", city__held_back=True), institution=school)
    page = read(client, "/en/institutions/?side=home&on=2006-04-30")
    places = [page.index(f">{name}</a>") for name in ("Fez", "Leuven", "Lviv")]
    assert places == sorted(places)
    assert 'href="/en/partner-cities/lviv/?on=2006-04-30"' in page
    assert ">Quito</a>" not in page
    assert "Hidden" not in page


def test_institution_list_says_when_nothing_matches(client):
    InstitutionFactory()
    assert "No institution matches." in read(client, "/en/institutions/?q=atlantis")


def test_institution_list_is_divided_into_pages(client):
    InstitutionFactory.create_batch(151, city=CityFactory())
    assert "151 institutions" in read(client, "/en/institutions/")
    assert read(client, "/en/institutions/?page=2").count('<a href="/en/institutions/institution-') == 1


def test_institution_detail_shows_agreements_activities_and_gifts(client):
    school = InstitutionFactory(slug="school", of_krakow=True)
    PartyFactory(agreement=AgreementFactory(title_en="Agreement of schools"), institution=school)
    ActivityFactory(institutions=[school], title_en="Exchange of pupils", cities=[CityFactory(name_en="Lviv")])
    BenefitFactory(recipient_institution=school, what_en="Books")
    InvolvementFactory(institution=school, title_en="Conference in Brno", organization__name_en="Les Rencontres")
    InvolvementFactory(institution=school, title_en="Hidden", organization__held_back=True)
    InstitutionFactory(parent=school, name_en="Its workshop")
    page = read(client, "/en/institutions/school/")
    for words in (
        "Agreement of schools",
        "Exchange of pupils",
        "Lviv",
        "Books",
        "Its workshop",
        "Brno",
        "Les Rencontres",
    ):
        assert words in page
    assert "Hidden" not in page


def test_institution_detail_of_a_draft_is_not_found(client):
    InstitutionFactory(slug="school", held_back=True)
    read(client, "/en/institutions/school/", status=404)


# --- every page ------------------------------------------------------------------------------------------------------

PAGES = {
    "city list": ("/en/partner-cities/?relation=partner&theme=theme-0", 5),
    "city": ("/en/partner-cities/kyiv/", 12),
    "agreement list": ("/en/agreements/?status=in-force&country=DE", 8),
    "agreement timeline": ("/en/agreements/timeline/?status=in-force&country=DE", 10),
    "rules": ("/en/agreements/rules/?start=1990&term=fixed&months=12", 2),
    "agreement": ("/en/agreements/agreement/", 6),
    "comparison": ("/en/compare/?city=kyiv&city=lviv&city=milan", 12),
    "agreements as data": ("/en/agreements.csv", 5),
    "cities as data": ("/en/partner-cities.csv", 4),
    "institution list": ("/en/institutions/", 4),
    "institutions of a city": ("/en/institutions/?city=kyiv&kind=university&q=school", 6),
    "institution": ("/en/institutions/school/", 8),
}


@pytest.mark.once
def test_a_page_asks_the_database_as_often_for_twice_the_data(client):
    city, school = CityFactory(slug="kyiv"), InstitutionFactory(slug="school", of_krakow=True)
    compared = [CityFactory(slug="lviv"), CityFactory(slug="milan")]
    agreement = AgreementFactory(slug="agreement", city=city)

    def enlarge():
        furnish(city)
        for other in (CityFactory(), *compared):
            furnish(other)
        PartyFactory(agreement=agreement, institution=school)
        AgreementLinkFactory(agreement=agreement)
        DocumentFactory(agreement=agreement)
        AgreementEventFactory(agreement=agreement, kind="registered")
        PartyFactory(agreement=AgreementFactory(), institution=school)
        ActivityFactory(institutions=[school], cities=[city], goals=[GoalFactory()])
        BenefitFactory(giver_institution=school)

    def asked():
        return {name: queries_of(client, address) for name, (address, _most) in PAGES.items()}

    enlarge()
    asked()
    before = asked()
    enlarge()
    assert asked() == before
    assert {name: before[name] for name, (_address, most) in PAGES.items() if before[name] > most} == {}


@pytest.mark.parametrize("address", [address for address, _most in PAGES.values()], ids=PAGES)
def test_a_page_answers_whatever_is_asked_of_it(client, address):
    path = address.partition("?")[0]
    for query in ("?on=%00", "?on=" + "9" * 5000, "?page=%ff%fe", "?" + "&".join(f"x{n}=1" for n in range(50))):
        assert client.get(path + query).status_code in (200, 400, 404)


def test_pages_are_read_only(client):
    CityFactory(slug="kyiv")
    for address in ("/en/partner-cities/", "/en/partner-cities/kyiv/", "/en/agreements.csv"):
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200


def test_what_came_later_is_marked_on_the_page_of_a_past_day(client):
    city = CityFactory(slug="kyiv")
    ActivityFactory(cities=[city], title_en="A concert", starts_on="1990")
    ActivityFactory(cities=[city], title_en="A fair", starts_on="2000")
    past, today = read(client, "/en/partner-cities/kyiv/?on=1995-01-01"), read(client, "/en/partner-cities/kyiv/")
    assert past.count("later than the chosen day") == 1
    assert past.index("A concert") < past.index("A fair") < past.index("later than the chosen day")
    assert "later than the chosen day" not in today


def test_a_plan_whose_time_is_over_says_that_nothing_more_is_recorded(client):
    ActivityFactory(cities=[CityFactory(slug="kyiv")], state="planned", starts_on="2006-06")
    told = "planned; whether it happened is not recorded"
    assert told in read(client, "/en/partner-cities/kyiv/")
    assert told not in read(client, "/en/partner-cities/kyiv/?on=2006-06-30")


def test_a_plan_without_a_date_says_so_and_where_it_was_found(client):
    written = {"source": SourceFactory(), "passage": "I.2.3 l"}
    ActivityFactory(cities=[CityFactory(slug="kyiv")], state="planned", starts_on=None, **written)
    page = read(client, "/pl/miasta-partnerskie/kyiv/")
    assert "planowane; nie odnotowano ani terminu, ani tego, czy do tego doszło" in page
    assert "Program 2006, I.2.3" in page


def test_a_city_of_which_nothing_is_recorded_by_a_day_is_told_so(client):
    AgreementFactory(signed_on="1970")
    AgreementFactory(city=CityFactory(slug="kyiv"), signed_on="1976-12-12")
    for page in ("partner-cities/kyiv/", "partner-cities/"):
        assert "othing recorded up to this day" in read(client, f"/en/{page}?on=1976-12-11")
        assert "othing recorded up to this day" not in read(client, f"/en/{page}?on=1976-12-12")


def test_city_list_counts_the_cities_of_which_nothing_is_recorded_by_a_day(client):
    AgreementFactory(signed_on="1970")
    AgreementFactory(city=CityFactory(), signed_on="1976-12-12")
    told = "of 1 nothing is recorded up to this day"
    assert told in read(client, "/en/partner-cities/?on=1976-12-11")
    assert told not in read(client, "/en/partner-cities/?on=1976-12-12")


# --- as of a day -----------------------------------------------------------------------------------------------------


def test_an_agreement_of_a_later_day_is_folded_away_on_its_own_page(client):
    AgreementFactory(signed_on="1970")
    AgreementFactory(slug="later", signed_on="1991-12-06")
    page = read(client, "/en/agreements/later/?on=1991-12-05")
    assert "Nothing is recorded of this agreement up to 5 December 1991." in page
    assert page.index("1 later entry") < page.index('datetime="1991-12-06"')
    assert "Parties" not in page
    assert "later entry" not in read(client, "/en/agreements/later/?on=1991-12-06")


def test_what_happened_to_an_agreement_and_followed_it_later_is_folded_away(client):
    first = AgreementFactory(
        slug="first", signed_on="1991", events=[{"kind": "ratified", "taken_on": "1992"}, {"taken_on": "2004-05-06"}]
    )
    later = AgreementFactory(slug="second", city=first.city, signed_on="2003", title_en="Second treaty")
    AgreementLinkFactory(agreement=later, earlier=first, verb="replaces")
    page = read(client, "/en/agreements/first/?on=2000-01-01")
    events, chain, others = (page[page.index(f'id="{name}"') :] for name in ("events", "chain", "agreements"))
    assert events.index("Ratified") < events.index("1 later entry") < events.index("Terminated by notice")
    assert chain.index("this agreement") < chain.index("1 later entry") < chain.index("Second treaty")
    assert others.index("1 later entry") < others.index("Second treaty")
    assert "2004" not in page[page.index('id="term"') : page.index('id="events"')]  # nor is its end drawn
    assert 'class="later"' not in read(client, "/en/agreements/first/")


def test_lists_of_agreements_lead_to_what_is_later(client):
    AgreementFactory(signed_on="1970")
    AgreementFactory(slug="later", signed_on="1991")
    for address in ("/en/agreements/", "/en/agreements/timeline/"):
        page = read(client, f"{address}?level=city&on=1990-01-01")
        assert f'<p class="later"><a href="{address}?level=city">1 later entry</a>' in page
        assert "agreements/later/" not in page
        assert 'class="later"' not in read(client, address)


def test_institutions_take_part_from_the_first_record_that_names_them(client):
    city, body = CityFactory(slug="lviv", name_en="Lviv"), InstitutionFactory(slug="house", kind="house")
    AgreementFactory(city=city, signed_on="1970")
    ActivityFactory(starts_on="1995", cities=[city], institutions=[body], title_en="An opening")
    then, later = "on=1990-01-01", "on=1995-01-01"
    assert "institutions/house/" not in read(client, f"/en/institutions/?{then}")
    assert "institutions/house/" in read(client, f"/en/institutions/?{later}")
    page = read(client, f"/en/institutions/house/?{then}")
    assert "Nothing is recorded of this body up to 1 January 1990." in page
    assert page.index("1 later entry") < page.index("An opening")
    assert "Works with" not in page
    assert "Works with" in read(client, f"/en/institutions/house/?{later}")


def test_a_comparison_counts_what_had_happened_and_says_how_much_is_later(client):
    cities = [CityFactory(slug="lviv"), CityFactory(slug="kyiv")]
    for city in cities:
        AgreementFactory(city=city, signed_on="1980", title_en=f"Treaty {city.slug}")
    ActivityFactory(starts_on="1995", cities=cities, kind="concert")
    BenefitFactory(city=cities[0], given_on="1996")
    page = read(client, "/en/compare/?city=lviv&city=kyiv&on=1990-01-01")
    assert "Concert, performance" not in page
    assert "3 later entries" in page
    assert "later entr" not in read(client, "/en/compare/?city=lviv&city=kyiv")


def test_a_comparison_says_how_many_entries_without_a_date_an_early_day_leaves_out(client):
    cities = _lviv, kyiv = [CityFactory(slug="lviv", name_en="Lviv"), CityFactory(slug="kyiv", name_en="Kyiv")]
    source = SourceFactory(known_to="2006-04-20")
    for city in cities:
        AgreementFactory(city=city, signed_on="1980", source=source)
    ActivityFactory(cities=[kyiv], starts_on=None, source=source)
    ActivityFactory(cities=cities, starts_on=None, source=source)
    address = "/en/compare/?city=lviv&city=kyiv"
    left_out = read(client, f"{address}&on=1990-01-01").partition("Noted in 2006, without a date")[2]
    # the name and the number of a city: "Lviv</a> <span class="count">1<"
    assert re.findall(r"(\w+)</a> <span class=\"count\">(\d)<", left_out) == [("Lviv", "1"), ("Kyiv", "2")]
    assert "without a date" not in read(client, f"{address}&on=2006-04-20")


@pytest.mark.parametrize("address", ["partner-cities/lviv/", "institutions/house/", "programme/figures/"])
def test_a_gift_without_a_date_of_a_later_activity_stands_among_what_is_later(client, address):
    city, body, source = CityFactory(slug="lviv"), InstitutionFactory(slug="house"), SourceFactory()
    AgreementFactory(city=city, signed_on="1980", source=source)
    ActivityFactory(starts_on="1980", cities=[city], institutions=[body])
    facts = {"city": city, "source": source, "recipient_institution": body, "quantity": 2}
    BenefitFactory(what_en="Noted gift", **facts)
    BenefitFactory(what_en="Later gift", activity=ActivityFactory(starts_on="2004", cities=[city]), **facts)
    page = read(client, f"/en/{address}?on=1998-01-01").partition('<div class="undated">')[2]
    undated, _folded, later = page.partition("1 later entry")
    assert "Noted gift" in undated
    assert "Later gift" not in undated
    assert "Later gift" in later


def test_one_rule_counts_what_serves_a_goal_on_all_pages_of_an_early_day(client):
    lviv = CityFactory(slug="lviv", name_en="Lviv")
    goal = GoalFactory(slug="thematic-a", kind="thematic", name_en="Learning")
    source = SourceFactory(known_to="2006-04-20")
    sport, culture = ThemeFactory(slug="sport"), ThemeFactory(slug="culture")
    for starts_on, theme in (("1980", sport), (None, culture), (None, culture)):
        ActivityFactory(cities=[lviv], goals=[goal], themes=[theme], starts_on=starts_on, source=source)
    for day, number in (("1985-06-01", 1), ("2006-04-20", 3)):
        assert f"{number} activit" in read(client, f"/en/partner-cities/lviv/?on={day}")
        assert f"{number}<span" in read(client, f"/en/programme/goals/?on={day}")
    page = read(client, "/en/partner-cities/lviv/?on=1985-06-01")
    assert [theme for theme in ("sport", "culture") if f"theme={theme}" in page] == ["sport"]
    compared = client.get("/en/compare/?city=lviv&city=" + CityFactory(name_en="Kyiv").slug + "&on=1979-01-01")
    assert [column.goals for column in compared.context["columns"]] == [{}, {}]


def test_beside_a_city_of_which_nothing_is_recorded_yet_a_comparison_tells_nothing(client):
    source = SourceFactory(known_to="2006-04-20")
    lviv, _kyiv = CityFactory(slug="lviv"), CityFactory(slug="kyiv")
    school, theme = InstitutionFactory(of_krakow=True), ThemeFactory()
    AgreementFactory(city=lviv, signed_on="1995", source=source)
    ActivityFactory(cities=[lviv], institutions=[school], themes=[theme], starts_on=None, source=source)
    BenefitFactory(city=lviv, given_on=None, source=source)
    for day, told in (("1985-06-01", False), ("1995-12-31", False), ("2006-04-20", True)):
        column = client.get(f"/en/compare/?city=lviv&city=kyiv&on={day}").context["columns"][0]
        assert bool(column.themes and column.benefits and column.activities) is told
        assert bool(column.institutions) is (day >= "1995")


def test_the_filter_of_a_history_counts_what_stands_there_as_of_the_day(client):
    lviv = CityFactory(slug="lviv")
    AgreementFactory(city=lviv, signed_on="1991")
    for year in ("1995", "2004"):
        ActivityFactory(cities=[lviv], kind="fair", starts_on=year)
    ActivityFactory(cities=[lviv], kind="visit", starts_on="1996")
    for day, number in (("1998-01-01", 1), ("2006-04-30", 2)):
        response = client.get(f"/en/partner-cities/lviv/?kind=fair&on={day}")
        labels = [str(label) for _value, label in response.context["filters"].fields["kind"].choices]
        assert f"fair ({number})" in labels
        assert f"Shown: {number} of {number + 1}." in response.content.decode()


def test_the_history_of_a_city_tells_what_happened_to_its_agreements(client):
    kyiv, source = CityFactory(slug="kyiv"), SourceFactory(slug="report", label_en="The report", known_to="2023-01-01")
    AgreementFactory(
        city=kyiv,
        slug="declaration",
        title_en="Declaration",
        signed_on="1993-02-19",
        events=[SUSPENSION | {"source": source}],
    )
    AgreementFactory(city=kyiv, held_back=True, events=[SUSPENSION | {"resolution": "Hidden"}])
    page = read(client, "/en/partner-cities/kyiv/?on=2022-06-01&kind=event")
    for words in (
        'Suspended: <a href="/en/agreements/declaration/?on=2022-06-01#event-1">Declaration</a>',
        'datetime="2022-03-02"',
        "Kraków side",
        "XC/2022",
        "Because of the war.",
        "effective in April 2022",
        "The report",
    ):
        assert words in page
    assert "Hidden" not in page
    page = read(client, "/en/partner-cities/kyiv/?on=2021-06-01")
    assert page.index("1 later entry") < page.index("XC/2022")


def test_the_page_of_a_city_asks_as_often_for_many_events_as_for_one(client):
    kyiv = CityFactory(slug="kyiv")
    numbers = []
    for _ in range(2):
        for _agreement in range(3):
            AgreementFactory(city=kyiv, events=[SUSPENSION | {"source": SourceFactory()}])
        with CaptureQueriesContext(connection) as queries:
            read(client, "/en/partner-cities/kyiv/?on=2023-01-01")
        numbers.append(len(queries))
    assert len({*numbers}) == 1


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "The register knows this up to 20 April 2006."),
        ({"verified_on": "2020-05-01"}, "Not all of this is known beyond 20 April 2006."),
        ({"events": [SUSPENSION]}, "Not all of this is known beyond 20 April 2006."),
    ],
    ids=["alike", "one was checked since", "something happened since"],
)
def test_the_page_of_a_city_says_if_some_of_it_is_known_for_longer(client, facts, words):
    source = SourceFactory(known_to="2006-04-20")
    lviv = CityFactory(slug="lviv", source=source)
    AgreementFactory(city=lviv, source=source, **facts)
    ActivityFactory(cities=[lviv], source=source)
    page = read(client, "/en/partner-cities/lviv/?on=2023-01-01")
    assert words in page
    assert page.count('class="horizon"') == 1
    assert 'class="horizon"' not in read(client, "/en/partner-cities/lviv/?on=2006-04-20")


@pytest.mark.parametrize("address", ["/en/agreements/", "/en/activities/", "/en/gifts/"])
def test_a_list_that_nobody_narrowed_shows_what_its_first_page_shows(client, address):
    tell_everything()
    whole, first = (read(client, asked).partition("</main>")[0] for asked in (address, f"{address}?page=1"))
    whole, first = (page.partition("<main")[2] for page in (whole, first))
    assert whole == first.replace('?"', '"').replace("?#", "#")


def test_the_first_page_of_a_list_knows_how_many_follow():
    page = FirstPage(iter("abc"), 3, 7).page(1)
    assert (page.object_list, page.has_next(), page.paginator.num_pages) == ([*"abc"], True, 3)
