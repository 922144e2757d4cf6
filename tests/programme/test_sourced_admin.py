import pytest
from django.utils import timezone

from organizations.models import Membership
from partners.models import PartnerCity
from tests.organizations.factories import MembershipFactory
from tests.partners.factories import CityFactory
from tests.staff import change, page_of, sign_in, typed

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat()


def test_whoever_enters_the_day_of_a_check_made_it(client):
    city = CityFactory()
    sign_in(client, "editor", username="anna")
    change(client, city, verified_on=TODAY)
    assert PartnerCity.objects.get().verified_by.username == "anna"
    sign_in(client, "editor", username="jan")
    change(client, PartnerCity.objects.get(), website="https://example.org/")
    assert PartnerCity.objects.get().verified_by.username == "anna"
    change(client, PartnerCity.objects.get(), verified_on="")
    assert PartnerCity.objects.get().verified_by is None


def test_a_check_of_a_row_is_noted_too(client):
    organization = MembershipFactory().organization
    sign_in(client, "editor", username="anna")
    change(client, organization, **{"memberships-0-verified_on": TODAY})
    assert Membership.objects.get().verified_by.username == "anna"


def test_staff_see_who_checked_and_do_not_write_it(client):
    city = CityFactory()
    sign_in(client, "editor")
    page = client.get(page_of(city, "change"))
    assert "Verified by" in page.content.decode()
    assert "verified_by" not in typed(page)
