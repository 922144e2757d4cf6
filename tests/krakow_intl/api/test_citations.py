"""How a record is cited, as programs that keep references read it."""

import pytest
from django.urls import reverse

from tests.partners.factories import AgreementFactory, CityFactory

pytestmark = pytest.mark.django_db


def cited(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_reference_names_the_record_the_day_and_the_state_in_the_language_of_the_page(client):
    CityFactory(slug="lviv", name_en="Lviv & {Lwów}", name_pl="Lwów")
    english = cited(client, "/en/cite/city/lviv.bib?on=2006-04-30")
    assert english.startswith("@misc{krakow-city-lviv-2006-04-30,\n")
    assert r"title = {{Lviv \& \{Lwów\}}}," in english
    assert "url = {http://testserver/en/partner-cities/lviv/?on=2006-04-30}," in english
    assert "later corrections show at this address" in english
    assert english.count("{") == english.count("}")
    polish = cited(client, "/pl/cite/city/lviv.ris?on=2006-04-30")
    lines = polish.split("\r\n")
    assert (lines[0], lines[1], lines[-2]) == ("TY  - ELEC", "TI  - Lwów", "ER  - ")
    assert "UR  - http://testserver/pl/miasta-partnerskie/lviv/?on=2006-04-30" in lines
    assert "DA  - 2006/04/30" in lines


@pytest.mark.django_db(transaction=True)
def test_the_state_changes_with_the_register(client):
    city = CityFactory(slug="lviv")
    before = cited(client, "/en/cite/city/lviv.bib")
    city.lead_en = "Anew"
    city.save()
    assert cited(client, "/en/cite/city/lviv.bib") != before


def test_what_is_not_public_and_what_is_no_kind_is_not_cited(client):
    AgreementFactory(slug="hidden", publication="draft")
    CityFactory(slug="lviv")
    for path in ("agreement/hidden.bib", "strange/lviv.bib", "city/lviv.pdf", "city/nowhere.ris", "figure/lviv.bib"):
        assert client.get(f"/en/cite/{path}").status_code == 404


def test_each_page_leads_to_its_citation_of_the_day_on_which_it_is_read(client):
    city = CityFactory(slug="lviv")
    page = client.get(city.get_absolute_url() + "?on=2006-04-30").content.decode()
    assert reverse("citation", args=["city", "lviv", "bib"]) + "?on=2006-04-30" in page
