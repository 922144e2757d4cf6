"""No published thing is a dead link: whatever a public page prints as an address answers."""

import pytest

from krakow_intl.core.content_version import content_version
from krakow_intl.models import Page
from partners.models import Agreement, Document
from tests.crawl import crawl, dead_ends
from tests.krakow_intl.factories import PageFactory
from tests.partners.factories import DocumentFactory
from tests.records import is_public, make_world, models_of_the_house
from tests.sample import tell_everything

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_no_page_of_a_world_with_a_record_of_every_model_prints_a_dead_link(client):
    world = make_world()
    for slug in ("about", "data", "privacy", "contact"):  # every page leads to these
        PageFactory(slug=slug)
    pages = list(crawl(client))
    assert dead_ends(pages) == {}
    models = [model for model in models_of_the_house() if model is Document or is_public(model)]
    own = {world[m].get_absolute_url() for m in models if hasattr(m, "get_absolute_url") and m is not Page}
    assert own - {address for address, *_ in pages} == set()


def test_no_page_of_the_small_register_prints_a_dead_link(client):
    tell_everything()
    DocumentFactory(agreement=Agreement.objects.get(slug="renewed"), stored=True)
    DocumentFactory(agreement=Agreement.objects.get(slug="renewed"))  # whose file is lost
    before = content_version()
    pages = list(crawl(client))
    assert dead_ends(pages) == {}
    assert content_version() == before  # whatever is read, the pages that are kept stay as they are
    kinds = {response["Content-Type"].partition(";")[0] for _address, _printed_on, response, _text in pages}
    assert kinds >= {"text/html", "text/csv", "application/pdf", "image/png", "image/svg+xml", "text/css"}


def test_a_dead_link_would_be_found(client):
    PageFactory(slug="about", body_pl='<p><a href="/pl/nie-ma/">x</a></p>')
    assert dead_ends(crawl(client))["/pl/nie-ma/"] == (404, "/pl/o-rejestrze/")
