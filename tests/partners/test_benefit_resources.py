import pytest
from django.utils.translation import override

from partners.benefit_resources import BenefitResource
from partners.models import Benefit
from programme.sourced import known_to
from tests.partners.factories import ActivityFactory, BenefitFactory, CityFactory, InstitutionFactory
from tests.programme.factories import SourceFactory

pytestmark = pytest.mark.django_db


def row(language="en"):
    with override(language):
        gifts = Benefit.objects.select_related("city", "activity", "source").with_sides().annotate(known_to=known_to())
        benefit = gifts.get()
        cells = {column.name: column.read(benefit) for column in BenefitResource.data()}
    return {name: "" if value is None else str(value) for name, value in cells.items()}


def test_a_gift_leaves_with_its_direction_its_amount_and_where_that_is_written():
    BenefitFactory(
        slug="gym",
        city=CityFactory(slug="leipzig", country="DE"),
        activity=ActivityFactory(slug="works"),
        what_en="Renovation",
        amount="20000.00",
        currency="EUR",
        given_on="2004",
        giver_institution=InstitutionFactory(slug="bbw", name_en="BBW"),
        recipient_en="A school",
        source=SourceFactory(known_to="2006-04-20"),
        passage="I.2.3 k",
    )
    assert row() == {
        "slug": "gym",
        "what": "Renovation",
        "direction": "received",
        "promised": "no",
        "city": "leipzig",
        "country": "DE",
        "quantity": "",
        "unit": "",
        "amount": "20000.00",
        "currency": "EUR",
        "precision": "exact",
        "given_on": "2004",
        "giver": "BBW",
        "giver_institution": "bbw",
        "recipient": "A school",
        "recipient_institution": "",
        "activity": "works",
        "description": "",
        "source": "programme-2006",
        "passage": "I.2.3 k",
        "verified_on": "",
        "known_to": "2006-04-20",
        "url": "http://testserver/en/gifts/gym/",
    }


def test_what_is_held_back_beside_a_gift_does_not_leave_with_it():
    hidden = {"held_back": True}
    BenefitFactory(
        direction="partner",
        is_promised=True,
        activity=ActivityFactory(slug="secret", **hidden),
        giver_institution=InstitutionFactory(slug="secret", name_pl="Tajna", **hidden),
        source=SourceFactory(slug="secret", **hidden),
    )
    told = row("pl")
    assert (told["direction"], told["promised"], told["giver"]) == ("given", "yes", "")
    assert "secret" not in told.values()


def test_every_column_says_what_it_means():
    assert all(column.meaning for column in BenefitResource.data())
