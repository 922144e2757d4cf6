from datetime import date

import pytest
from django.db.models import Value
from django.utils.translation import override

from partners.models import Agreement, PartnerCity
from partners.resources import AgreementResource, CityResource
from programme.sourced import known_to
from tests.partners.factories import ActivityFactory, AgreementFactory, AgreementThemeFactory, CityFactory
from tests.programme.factories import SourceFactory

pytestmark = pytest.mark.django_db
DAY = date(2006, 4, 30)


def cells(columns, record):
    return {column.name: "" if (value := column.read(record)) is None else str(value) for column in columns}


def cells_of(agreement, language="en"):
    with override(language):
        agreement = Agreement.objects.select_related("city").with_status(DAY).with_replaced().get(pk=agreement.pk)
        return cells(AgreementResource.data(), agreement)


def test_rochester_leaves_the_register_with_its_running_term_and_notice_day():
    city = CityFactory(slug="rochester", country="US")
    agreement = AgreementFactory(
        tacit=True,
        number=1,
        slug="rochester-1973",
        city=city,
        kind="cooperation",
        title_en="Agreement",
        signed_at_en="Rochester",
        source=SourceFactory(),
        passage="I.2.3 o",
    )
    for slug in ("sport", "culture"):
        AgreementThemeFactory(agreement=agreement, theme__slug=slug)
    assert cells_of(agreement) == {
        "id": "1",
        "city": "rochester",
        "country": "US",
        "kind": "cooperation",
        "level": "city",
        "establishes": "partner",
        "title": "Agreement",
        "signed_on": "1973-07-18",
        "signed_at": "Rochester",
        "valid_from": "1973-07-18",
        "valid_until": "1978-07-17",
        "term": "tacit-renewal",
        "renewal_months": "60",
        "notice_months": "6",
        "status": "in-force",
        "basis": "by-its-terms",
        "mark": "",
        "term_until": "2008-07-17",
        "notice_by": "2008-01-17",
        "status_on": "2006-04-30",
        "themes": "culture sport",
        "replaces": "",
        "events": "",
        "source": "programme-2006",
        "passage": "I.2.3 o",
        "known_to": "2006-04-20",
        "url": "http://testserver/en/agreements/rochester-1973/",
    }


def test_an_agreement_without_a_date_has_empty_cells_and_unknown_status():
    row = cells_of(AgreementFactory(undated=True))
    assert (row["signed_on"], row["valid_from"], row["valid_until"], row["status"]) == ("", "", "", "unknown")


def test_dates_are_as_short_as_they_are_known():
    row = cells_of(AgreementFactory(signed_on="1997-07", valid_from="1997", term="fixed", valid_until="2006"))
    assert (row["signed_on"], row["valid_from"], row["valid_until"]) == ("1997-07", "1997", "2006")
    assert row["term_until"] == "2006"


def test_title_and_address_are_in_the_language_asked_for():
    row = cells_of(AgreementFactory(slug="kyiv-1976", title_pl="Porozumienie"), "pl")
    assert (row["title"], row["url"]) == ("Porozumienie", "http://testserver/pl/umowy/kyiv-1976/")


def test_a_city_leaves_with_its_relation_on_the_day():
    written = {"source": SourceFactory(), "passage": "I.2.1 a"}
    city = CityFactory(slug="kyiv", name_en="Kyiv", name_own="Київ", country="UA", wikidata="Q1899", **written)
    AgreementFactory(city=city, signed_on="1976-12-12")
    AgreementFactory(city=city, signed_on="1993-02-19", twinning=True)
    ActivityFactory(cities=[city], starts_on=None, ends_on=None)
    with override("en"):
        city = (
            PartnerCity.objects.with_relation(DAY)
            .with_agreements(DAY)
            .with_last_event(DAY)
            .annotate(relation_on=Value("2006-04-30"), known_to=known_to())
            .get()
        )
        row = cells(CityResource.data(), city)
    assert row == {
        "slug": "kyiv",
        "name": "Kyiv",
        "name_own": "Київ",
        "country": "UA",
        "latitude": "49.45390",
        "longitude": "11.07750",
        "wikidata": "Q1899",
        "relation": "twin",
        "relation_basis": "by-its-terms",
        "relation_on": "2006-04-30",
        "first_agreement_on": "1976-12-12",
        "agreements_in_force": "2",
        "last_event_on": "1993-02-19",
        "has_undated": "1",
        "source": "programme-2006",
        "passage": "I.2.1 a",
        "known_to": "2006-04-20",
        "url": "http://testserver/en/partner-cities/kyiv/",
    }


def test_the_resource_is_one_of_django_import_export():
    agreement = AgreementFactory(number=7, city__name_en="Kyiv", title_en="Agreement", internal_notes="Ours")
    with override("en"):
        [row] = AgreementResource().export(Agreement.objects.filter(pk=agreement.pk).with_known_to()).dict
    assert (row["Number"], row["City"], row["Title"], row["Notes"]) == (7, "Kyiv", "Agreement", "Ours")
    assert list(row) == [column.en for column in AgreementResource.written_columns()]


def test_the_public_sees_no_internal_column():
    kept = {column.code for column in AgreementResource.sheet_columns()}
    public = {column.code for column in AgreementResource.sheet_columns(is_public=True)}
    assert kept - public == {"notes", "publication"}


@pytest.mark.parametrize("resource", [AgreementResource, CityResource])
def test_every_column_says_what_it_means(resource):
    """The exceptions are what nobody fills in: the day up to which a row is known, and its version."""
    silent = [column.code for column in resource.sheet_columns() if not column.meaning]
    assert silent in ([], ["known_to", "version"])
    assert all(column.meaning for column in resource.data())
