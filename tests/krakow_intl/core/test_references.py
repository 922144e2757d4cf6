import pytest
from django.utils.translation import override

from krakow_intl.core.kinds import referable
from krakow_intl.core.references import addresses_of, linked
from tests.factories import FACTORIES
from tests.partners.factories import CityFactory


def test_every_kind_of_reference_has_a_factory():
    assert {kind.name for kind in referable()} == set(FACTORIES)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("kind", FACTORIES)
def test_a_reference_leads_to_the_page_of_what_is_published(client, kind, language):
    FACTORIES[kind](slug="one")
    FACTORIES[kind](slug="draft", held_back=True)
    with override(language):
        addresses = addresses_of([f"{kind}:one", f"{kind}:draft", f"{kind}:unknown"])
    assert list(addresses) == [f"{kind}:one"]
    assert client.get(addresses[f"{kind}:one"]).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "parent"), [("agreement", "city"), ("goal", "programme"), ("chapter", "programme")])
def test_what_belongs_to_something_held_back_has_no_page(client, kind, parent):
    record = FACTORIES[kind](slug="one", **{f"{parent}__publication": "draft"})
    assert client.get(record.get_absolute_url()).status_code == 404
    assert addresses_of([f"{kind}:one"]) == {}


@pytest.mark.django_db
def test_a_reference_to_what_is_held_back_is_plain_words():
    CityFactory(slug="kyiv")
    CityFactory(slug="lviv", held_back=True)
    html = '<p><a data-ref="city:kyiv">Kyiv</a>, <a data-ref="city:lviv"><em>Lviv</em></a></p>'
    with override("en"):
        assert linked(html, "?on=2006-04-30") == (
            '<p><a href="/en/partner-cities/kyiv/?on=2006-04-30">Kyiv</a>, <em>Lviv</em></p>'
        )


@pytest.mark.parametrize("html", ["<p>Lviv</p>", '<p><a href="https://lviv.example/">Lviv</a></p>'])
def test_prose_without_references_stays_as_it_is_and_asks_for_nothing(html):
    assert linked(html) == html


def test_a_reference_to_an_unknown_kind_is_plain_words():
    assert linked('<p><a data-ref="town:lviv">Lviv</a></p>') == "<p>Lviv</p>"


@pytest.mark.django_db
def test_references_of_many_kinds_are_asked_for_at_once(django_assert_num_queries):
    for kind, factory in FACTORIES.items():
        factory(slug=f"one-{kind}")
    with django_assert_num_queries(1):
        assert len(addresses_of(f"{kind}:one-{kind}" for kind in FACTORIES)) == len(FACTORIES)
