"""English that is older than the Polish beside it is shown with what changed, until somebody says that it fits."""

import pytest
from django.utils.translation import override

from krakow_intl.core.admin.desk import Desk
from krakow_intl.models import SettledQuestion
from tests.partners.factories import CityFactory
from tests.staff import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return account("editor")


def older(user):
    desk = Desk(user)
    section = desk.section("english-older")
    with override("en"):
        return [*section.lines(section.rows(desk), desk)]


def write(city, **texts):
    for name, text in texts.items():
        setattr(city, name, text)
    city.save()


def test_a_polish_text_that_changed_alone_is_shown_with_its_change(editor):
    city = CityFactory(name_en="Lviv", lead_pl="Miasto we Lwowie", lead_en="A city")
    write(city, lead_pl="Miasto partnerskie we Lwowie")
    (line,) = older(editor)
    assert (line.text, line.button) == ("Partner city: Lviv", "The English still fits")
    (change,) = line.changes
    assert ("added", "partnerskie") in change.segments


@pytest.mark.parametrize(
    ("then", "is_older"),
    [
        ({"lead_pl": "Inne", "lead_en": "Another"}, False),
        ({"lead_en": "Another"}, False),
        ({"lead_pl": "Inne", "lead_en": ""}, False),
        ({"name_own": "x"}, False),
        ({"lead_pl": "Inne"}, True),
    ],
    ids=str,
)
def test_english_is_older_only_where_the_polish_alone_changed(editor, then, is_older):
    city = CityFactory(lead_pl="Miasto", lead_en="A city")
    write(city, **then)
    assert bool(older(editor)) is is_older


def test_english_written_after_the_polish_is_no_older(editor):
    city = CityFactory(lead_pl="Miasto", lead_en="A city")
    write(city, lead_pl="Inne")
    write(city, lead_en="Another")
    assert older(editor) == []


def test_a_change_that_was_taken_back_asks_nothing(editor):
    city = CityFactory(lead_pl="Miasto", lead_en="A city")
    write(city, lead_pl="Inne")
    write(city, lead_pl="Miasto")
    assert older(editor) == []


def test_that_it_still_fits_is_asked_again_only_when_the_polish_changes(client, editor):
    city = CityFactory(lead_pl="Miasto", lead_en="A city")
    write(city, lead_pl="Inne")
    client.force_login(editor)
    (line,) = older(editor)
    client.post("/en/admin/desk/settle/", line.question)
    assert older(editor) == []
    write(city, name_own="x")
    assert older(editor) == []
    write(city, lead_pl="Jeszcze inne")
    assert len(older(editor)) == 1
    city.refresh_from_db()
    assert city.lead_en == "A city"


def test_what_changed_while_one_looked_is_not_settled(client, editor):
    city = CityFactory(lead_pl="Miasto", lead_en="A city")
    write(city, lead_pl="Inne")
    (line,) = older(editor)
    write(city, lead_pl="Jeszcze inne")
    client.force_login(editor)
    page = client.post("/en/admin/desk/settle/", line.question, follow=True)
    assert "has changed meanwhile" in page.content.decode()
    assert not SettledQuestion.objects.exists()


@pytest.mark.parametrize("field", ["version", "department", "", "internal_notes", "lead_pl"])
def test_nothing_but_a_text_is_settled(client, editor, field):
    city = CityFactory(lead_pl="Miasto", lead_en="A city")
    write(city, lead_pl="Inne")
    (line,) = older(editor)
    client.force_login(editor)
    client.post("/en/admin/desk/settle/", line.question | {"field": field})
    assert not SettledQuestion.objects.exists()
