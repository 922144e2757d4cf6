import pytest

from krakow_intl.core.addressed import page_at, record_at, records_named, reference_at
from krakow_intl.models import Page
from tests.organizations.factories import OrganizationFactory
from tests.partners.factories import ActivityFactory, CityFactory
from tests.polonia.factories import CommunityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    city = CityFactory(slug="lviv")
    ActivityFactory(slug="concert", cities=[city])
    CommunityFactory(slug="vilnius")
    CityFactory(slug="draft", held_back=True)
    Page.objects.create(slug="privacy", name_pl="P", name_en="P", publication="published")


@pytest.mark.parametrize(
    ("address", "reference"),
    [
        ("/en/partner-cities/lviv/", "city:lviv"),
        ("/pl/miasta-partnerskie/lviv/", "city:lviv"),
        (" /en/partner-cities/lviv/?on=2006-04-30#history ", "city:lviv"),
        ("/en/partner%2Dcities/lviv/", "city:lviv"),
        ("https://testserver/pl/miasta-partnerskie/lviv/?on=2006-04-30", "city:lviv"),
        ("http://TESTSERVER:8000/en/partner-cities/lviv/", "city:lviv"),
        ("testserver/en/partner-cities/lviv/", "city:lviv"),
        ("//testserver/en/partner-cities/lviv/", "city:lviv"),
        ("/en/activities/concert/", "activity:concert"),
        ("/en/polonia/vilnius/", "community:vilnius"),
        ("/en/privacy/", "page:privacy"),
        ("/pl/partner-cities/lviv/", ""),
        ("/en/partner-cities/draft/", ""),
        ("/en/partner-cities/nowhere/", ""),
        ("/en/partner-cities/", ""),
        ("/en/admin/partners/partnercity/", ""),
        ("https://evil.example/en/partner-cities/lviv/", ""),
        ("https://testserver@evil.example/en/partner-cities/lviv/", ""),
        ("https://evil.example\\@testserver/en/partner-cities/lviv/", ""),
        ("//evil.example/en/partner-cities/lviv/", ""),
        ("javascript:/en/partner-cities/lviv/", ""),
        ("/en/partner-cities/lviv\x01/", ""),
        ("/en/partner-cities/lviv%00/", ""),
        ("http://[::1/en/", ""),
        ("/en/partner-cities/" + "x" * 5000 + "/", ""),
        ("the page of Lviv", ""),
        ("", ""),
    ],
    ids=lambda text: text[:50],
)
def test_an_address_leads_to_the_record_the_public_reads_there(register, address, reference):
    assert reference_at(address) == reference


def test_what_stands_nowhere_is_no_record():
    assert record_at("/en/partner-cities/lviv/") == (None, None)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/pl/miasta-partnerskie/", "/pl/miasta-partnerskie/"),
        ("https://testserver/en/about/?on=2006-04-30", "/en/about/"),
        ("/nothing", ""),
        ("https://evil.example/en/about/", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_an_address_in_either_language_is_known_as_a_page_of_the_register(address, path):
    assert page_at(address) == path


def test_staff_find_what_is_held_back_too_and_nothing_else(register, django_assert_num_queries):
    organization = OrganizationFactory(slug="eurocities")
    asked = ["city:lviv", "city:draft", "city:gone", "organization:eurocities", "nonsense", "x:y", ""]
    with django_assert_num_queries(2):
        found = records_named(asked)
    assert set(found) == {"city:lviv", "city:draft", "organization:eurocities"}
    assert found["organization:eurocities"] == organization
