import csv
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from krakow_intl.core.typography import NBSP
from tests.partners.factories import ActivityFactory, BenefitFactory, CityFactory, InstitutionFactory, ThemeFactory
from tests.programme.factories import SourceFactory

pytestmark = pytest.mark.django_db
# what a page marks up: '<a href="/en/">', '</dd>'
TAGS = re.compile(r"<[^>]+>")


def read(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode().replace(NBSP, " ")


def words(html):
    return " ".join(TAGS.sub("", html).split())


def totals(page):
    """What stands above the filters, in words."""
    return words(page[page.index("<main") : page.index('class="listing"')])


@pytest.fixture
def _ledger():
    nuremberg, vienna = CityFactory(name_en="Nuremberg"), CityFactory(slug="vienna", name_en="Vienna")
    cars = {"unit_pl": "wagony", "unit_en": "cars", "what_en": "Tram cars"}
    BenefitFactory(slug="trams", city=nuremberg, quantity=124, precision="over", **cars)
    BenefitFactory(slug="promise", city=vienna, quantity=30, is_promised=True, **cars)
    BenefitFactory(city=vienna, amount=20_000, currency="EUR")
    BenefitFactory(city=nuremberg, amount=10_000, currency="CHF")
    BenefitFactory(city=vienna, what_en="Some knowledge")
    BenefitFactory(city=vienna, direction="partner", quantity=1, unit_pl="popiersie", what_en="Bust")


@pytest.mark.usefixtures("_ledger")
def test_the_ledger_answers_first_what_krakow_received_in_total_and_from_whom(client):
    told = totals(read(client, "/en/gifts/"))
    received, _, given = told.partition("Kraków gave in total")
    for answer in (
        "Kraków received in total 4 gifts",
        "CHF 10,000",
        "EUR 20,000",
        "over 124 cars Tram cars, Nuremberg",
        "In no total: 1 gift whose number or amount is not recorded",
        "Promised, not counted: 30 cars (Tram cars)",
        "Nuremberg 2 Vienna 2",
    ):
        assert answer in received
    assert "154" not in told.split()
    assert "1 gift One of each: Bust." in given


@pytest.mark.usefixtures("_ledger")
def test_the_gifts_without_a_number_are_led_to(client):
    page = read(client, "/en/gifts/")
    # the link from their number to the list: 'href="…?direction=home&amp;form=none#ledger"> 1 gift whose'
    address = re.search(r'href="([^"]+)#ledger">\s*1 gift whose', page)[1].replace("&amp;", "&")
    found = read(client, address)
    assert "Some knowledge" in found
    assert "1 gift" in words(found)
    assert "Tram cars" not in found


@pytest.mark.usefixtures("_ledger")
def test_what_was_given_is_gathered_by_city_and_by_body(client):
    table = words(read(client, "/en/gifts/?by=city").partition("<tbody>")[2].partition("</table>")[0])
    assert "Nuremberg 2 gifts CHF 10,000 over 124 cars (Tram cars)" in table
    assert (
        "Vienna 2 gifts EUR 20,000 1 without a number Promised, not counted: 30 cars (Tram cars) 1 gift Bust" in table
    )
    assert "All together 4 gifts" in table
    InstitutionFactory(slug="vag", name_en="VAG")
    BenefitFactory(giver_institution=InstitutionFactory(slug="mpk", name_en="MPK"), quantity=7, unit_en="buses")
    bodies = read(client, "/en/gifts/?by=institution")
    assert '<a href="/en/institutions/mpk/">MPK</a>' in bodies
    assert "7 buses" in words(bodies)
    assert '<span class="not-recorded">not recorded</span>' in bodies


def test_as_of_an_early_day_nothing_is_added_up_that_may_have_been_given_later(client):
    source, facts = SourceFactory(known_to="2006-04-20"), {"unit_pl": "sztuk", "unit_en": "pieces"}
    lasting = ActivityFactory(starts_on="1988", state="ongoing", source=source)
    over = ActivityFactory(starts_on="1990", ends_on="1995", source=source)
    BenefitFactory(what_en="Trams", quantity=124, activity=lasting, source=source, **facts)
    BenefitFactory(what_en="Trips", quantity=11, activity=over, source=source, **facts)
    BenefitFactory(what_en="Toilets", quantity=10, source=source, **facts)
    BenefitFactory(what_en="Buses", quantity=3, given_on="2004", source=source, **facts)
    BenefitFactory(what_en="Books", quantity=30, **facts)
    then = read(client, "/en/gifts/?on=1999-01-01")
    # a number with its unit: "11 pieces"
    assert {*re.findall(r"\d+ pieces", totals(then))} == {"11 pieces", "30 pieces"}
    assert "2 gifts are in no total" in then
    assert "1 later entry" in then
    assert 'href="/en/gifts/?">1 later' in then
    assert "in no total" not in read(client, "/en/gifts/?on=2006-04-20")
    assert "124 pieces" in totals(read(client, "/en/gifts/"))


@pytest.fixture
def _lasting():
    city, facts = CityFactory(slug="nuremberg"), {"unit_pl": "sztuk", "unit_en": "pieces"}
    facts |= {"source": SourceFactory(known_to="2006-04-20"), "city": city}
    lasting = ActivityFactory(starts_on="1988", state="ongoing")
    over = ActivityFactory(starts_on="1993", ends_on="1996")
    BenefitFactory(slug="trams", what_en="Trams", quantity=124, activity=lasting, **facts)
    BenefitFactory(slug="trips", what_en="Trips", quantity=11, activity=over, **facts)
    BenefitFactory(slug="buses", what_en="Buses", quantity=3, given_on="1988-05", **facts)


@pytest.mark.usefixtures("_lasting")
@pytest.mark.parametrize(
    ("years", "pieces", "left_out"),
    [
        ("year_to=1988", ["3"], "1 gift is in no total"),
        ("year_from=1995&year_to=1995", [], "2 gifts are in no total"),
        ("year_from=1993&year_to=1996", ["11"], "1 gift is in no total"),
        ("year_from=1988", ["124", "11", "3"], ""),
        ("year_from=1989", ["11"], "1 gift is in no total"),
    ],
)
def test_within_years_nothing_is_added_up_that_may_have_been_given_in_others(client, years, pieces, left_out):
    page = read(client, f"/en/gifts/?{years}")
    told = totals(page)
    # a number with its unit: "11 pieces"
    assert re.findall(r"(\d+) pieces", told) == pieces
    assert left_out in told if left_out else "in no total" not in told


@pytest.mark.usefixtures("_lasting")
def test_on_an_early_day_the_pages_of_a_city_and_of_a_gift_add_up_no_more_than_the_ledger(client):
    for address in ("partner-cities/nuremberg", "gifts/buses"):
        page = read(client, f"/en/{address}/?on=1994-06-01")
        # what the summary comes to: 'class="sums__line dotted">…3 pieces…'
        line = words(re.search(r'sums__line dotted">.*?</dd>', page, re.DOTALL)[0])
        assert "3 pieces" in line
        assert "124" not in line
        assert "11" not in line
        assert "2 gifts are in no total" in page
    own = read(client, "/en/gifts/trams/?on=1994-06-01")
    assert own.count("No date says that all of it had been given by the chosen day.") == 2
    assert "No date says" not in read(client, "/en/gifts/trams/")


@pytest.mark.usefixtures("_lasting")
@pytest.mark.parametrize("by", ["city", "institution"])
def test_where_no_total_holds_a_gift_the_table_says_why_and_leads_to_the_gifts(client, by):
    page = read(client, f"/en/gifts/?by={by}&year_from=1995&year_to=1995")
    listing = page[page.index('class="listing"') :]
    assert "<table" not in listing
    assert "2 gifts are in no total" in listing
    assert '<a href="/en/gifts/?year_from=1995&amp;year_to=1995#ledger">One by one</a>' in listing


def test_a_wrong_value_is_named_and_an_empty_answer_leads_on(client):
    BenefitFactory()
    wrong = read(client, "/en/gifts/?city=nowhere&by=colour")
    assert wrong.count("The register knows no such value here.") == 2
    assert "Not everything could be read." in wrong
    assert "No gift matches." in read(client, "/en/gifts/?q=xyzzy")
    assert client.get("/en/gifts.csv?city=nowhere").status_code == 400


def test_the_file_holds_what_the_list_holds_in_the_language_of_its_address(client):
    BenefitFactory(slug="organ", what_pl="Organy", city=CityFactory(slug="lviv"))
    BenefitFactory(what_pl="Książki")
    lines = b"".join(client.get("/pl/dary.csv?city=lviv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines, newline="")))
    assert [(row["slug"], row["what"]) for row in rows] == [("organ", "Organy")]
    assert rows[0]["url"].endswith("/pl/dary/organ/")


def test_on_a_day_before_everything_the_file_holds_as_little_as_the_page(client):
    BenefitFactory(given_on=None)
    BenefitFactory(given_on="1990")
    lines = {day: list(client.get(f"/en/gifts.csv?on={day}").streaming_content) for day in ("1970-01-01", "1991-01-01")}
    assert [len(some) for some in lines.values()] == [1, 3]


def test_a_long_ledger_is_read_page_by_page_and_added_up_as_a_whole(client):
    city = CityFactory()
    for number in range(101):
        BenefitFactory(city=city, what_en=f"Gift {number}", quantity=2, unit_pl="książki", unit_en="books")
    page = read(client, "/en/gifts/")
    assert "202 books" in totals(page)
    assert "and 98 other gifts" in totals(page)
    assert page.count('class="ledger__line"') == 100
    assert read(client, "/en/gifts/?page=2").count('class="ledger__line"') == 1


# --- one gift --------------------------------------------------------------------------------------------------------


def test_the_page_of_a_gift_tells_all_that_is_known_of_it(client):
    activity = ActivityFactory(slug="works", title_en="Works at the school", starts_on="2004")
    school = InstitutionFactory(slug="school", name_en="School for the Deaf")
    facts = {"city": CityFactory(slug="leipzig", name_en="Leipzig"), "activity": activity}
    BenefitFactory(what_en="A ball", **facts)
    BenefitFactory(
        slug="gym",
        what_en="Renovation of a gym",
        amount=20_000,
        currency="EUR",
        giver_en="Partners from Leipzig",
        recipient_institution=school,
        description_en="It was handed over.",
        source=SourceFactory(),
        passage="I.2.3 k",
        **facts,
    )
    page = read(client, "/en/gifts/gym/")
    for told in (
        "Kraków received",
        "EUR 20,000",
        "Partners from Leipzig",
        '<a href="/en/institutions/school/">School for the Deaf</a>',
        '<a href="/en/activities/works/">Works at the school</a>',
        '<a href="/en/partner-cities/leipzig/">Leipzig</a>',
        "the time of the activity",
        "It was handed over.",
        "I.2.3 k",
        "The register knows this up to",
        "A ball",
        '"@type": "GiveAction"',
        "/share/benefit/gym.png",
    ):
        assert told in page
    assert client.get("/en/share/benefit/gym.png").status_code == 200


def test_a_promise_says_that_it_is_one(client):
    BenefitFactory(slug="trams", is_promised=True, quantity=30)
    page = read(client, "/en/gifts/trams/")
    assert "Promised to Kraków" in page
    assert "it was promised or was being handed over. How much of it had been given is not recorded" in page
    assert "PotentialActionStatus" in page


def test_before_its_day_a_gift_is_folded_away(client):
    BenefitFactory(slug="organ", given_on="2004", amount=5, currency="EUR")
    BenefitFactory(given_on="1990")
    page = read(client, "/en/gifts/organ/?on=1999-01-01")
    assert "Nothing is recorded of this gift up to 1 January 1999." in page
    assert page.index("1 later entry") < page.index('class="ledger__line"')
    assert page.count("EUR 5") == page.count("EUR 5", page.index("1 later entry")) + page.count(
        "EUR 5", 0, page.index("<body")
    )


def test_a_gift_tells_nothing_of_what_is_held_back(client):
    hidden = {"held_back": True}
    activity = ActivityFactory(title_en="Secret", starts_on="1999", **hidden)
    school = InstitutionFactory(name_en="Secret school", **hidden)
    gift = {"activity": activity, "giver_institution": school}
    BenefitFactory(slug="gift", **gift)
    BenefitFactory(slug="other", city=CityFactory(**hidden))
    for address in ("/en/gifts/gift/", "/en/gifts/", "/en/gifts/?by=institution"):
        page = read(client, address)
        assert "Secret" not in page
        assert ">1999<" not in page
    read(client, "/en/gifts/other/", status=404)


# --- other pages -----------------------------------------------------------------------------------------------------


def test_an_institution_tells_apart_what_it_gave_and_what_it_received(client):
    school, facts = InstitutionFactory(slug="school"), {"unit_pl": "książki", "unit_en": "books"}
    for number in (30, 12):
        BenefitFactory(recipient_institution=school, quantity=number, what_pl="Powieści", what_en="Novels", **facts)
    BenefitFactory(giver_institution=school, what_en="A concert")
    page = words(read(client, "/en/institutions/school/"))
    assert "What it received 2 In total: 42 books (Novels)" in page
    assert page.index("42 books") < page.index("What it gave 1") < page.index("A concert")


def test_the_figures_count_what_has_no_number_and_lead_to_it(client):
    BenefitFactory(quantity=5, what_en="Buses")
    BenefitFactory(what_en="Knowledge")
    BenefitFactory(what_en="More knowledge", held_back=True)
    BenefitFactory(direction="partner", what_en="Help")
    page = read(client, "/en/programme/figures/")
    told = words(page[page.index('id="benefits"') :])
    assert "Kraków received 1 Buses" in told
    assert told.count("and 1 gift whose number or amount is not recorded") == 2
    assert 'href="/en/gifts/?direction=partner&amp;form=none&amp;state=given#ledger"' in page
    assert "Knowledge" not in told


@pytest.mark.usefixtures("_ledger")
def test_no_page_tells_a_promise_as_a_gift(client):
    city = CityFactory(slug="graz", name_en="Graz")
    works = ActivityFactory(slug="works", cities=[city], starts_on="2004")
    school = InstitutionFactory(slug="school")
    given = {"city": city, "activity": works, "quantity": 2, "unit_en": "books", "recipient_institution": school}
    BenefitFactory(what_en="Books", **given)
    BenefitFactory(what_en="Lamps", is_promised=True, **given)
    BenefitFactory(what_en="Promised bust", city=city, is_promised=True, given_on="2005")
    found = words(read(client, "/en/partner-cities/graz/"))
    assert "Promised to Kraków: Lamps" in found
    assert "Kraków received: Books" in found
    assert "Kraków received: Lamps" not in found
    # the heading of each part of "Gift by gift" and what stands below it
    assert re.search(r"Gift by gift 3 Kraków received 2 books Books .* Promised to Kraków .*Lamps", found)
    compared = client.get("/en/compare/?city=graz&city=vienna").context["columns"]
    assert [(column.received, column.given) for column in compared] == [(1, 0), (2, 1)]
    assert "2 books Promised to Kraków" in words(read(client, "/en/activities/works/"))
    figures = words(read(client, "/en/programme/figures/"))
    assert "Promised to Kraków 2 Lamps" in figures
    of_school = words(read(client, "/en/institutions/school/"))
    assert "What it received 1 2 books Books" in of_school
    assert "Promised 1 2 books Lamps" in of_school


def test_where_no_form_of_the_unit_agrees_the_number_stands_behind_it(client):
    for number, unit in ((4, "samochody"), (1, "samochód"), (1, "samochód")):
        BenefitFactory(quantity=number, unit_pl=unit, precision="about")
    assert "samochody – około 6" in totals(read(client, "/pl/dary/"))


def test_a_long_sum_is_written_smaller(client):
    BenefitFactory(slug="long", amount="999999999999.99", currency="EUR")
    BenefitFactory(amount=20_000, currency="CHF")
    assert read(client, "/en/gifts/").count("figure__number--long") == 1
    assert "sums__amount--long" in read(client, "/en/gifts/long/")


PAGES = {
    "ledger": ("/en/gifts/?theme=theme&year_from=1900", 10),
    "by city": ("/en/gifts/?by=city&q=gift", 10),
    "by body on a day": ("/en/gifts/?by=institution&on=2000-01-01", 14),
    "data": ("/en/gifts.csv", 6),
    "gift": ("/en/gifts/gift/", 4),
}


@pytest.mark.once
@pytest.mark.parametrize(("address", "most"), PAGES.values(), ids=PAGES)
def test_a_page_asks_the_database_as_often_for_twice_the_data(client, address, most):
    theme, city = ThemeFactory(slug="theme"), CityFactory()
    activity = ActivityFactory(themes=[theme], starts_on="1996")
    BenefitFactory(slug="gift", activity=activity, city=city)

    def enlarge():
        BenefitFactory(city=city, activity=activity, giver_institution=InstitutionFactory(), quantity=3)
        BenefitFactory(activity=activity, source=SourceFactory(), recipient_institution=InstitutionFactory())
        BenefitFactory(activity=ActivityFactory(themes=[theme], starts_on="1990"), amount=3, currency="EUR")

    def queries():
        with CaptureQueriesContext(connection) as asked:
            b"".join(client.get(address))
        return len(asked)

    enlarge()
    queries()
    before = queries()
    enlarge()
    assert queries() == before <= most
