from datetime import date

import pytest
from django.utils.translation import override

from programme.passages import passage_place, passages_of
from tests.organizations.factories import MembershipFactory
from tests.partners.factories import ActivityFactory, AgreementFactory, CityFactory
from tests.programme.factories import SourceFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("label", "place"), [("I.2.1 d", "passage-i-2-1-d"), ("II", "passage-ii"), ("", "passage-")], ids=str
)
def test_a_passage_has_a_place_on_the_page_of_its_source(label, place):
    assert passage_place(label) == place


def labels_of(source):
    return [passage.label for passage in passages_of(source, TODAY)]


def test_passages_stand_in_the_order_of_the_document():
    source = SourceFactory()
    for label in ("I.2.10", "", "I.2.3 b", "II", "I.2.3 a, I.5"):
        CityFactory(source=source, passage=label)
    assert labels_of(source) == ["I.2.3 a", "I.2.3 b", "I.2.10", "I.5", "II", ""]


def test_what_rests_on_a_passage_is_named_and_can_be_opened():
    source = SourceFactory()
    written = {"source": source, "passage": "I.2.1 a"}
    city = CityFactory(slug="kyiv", name_en="Kyiv", **written)
    agreement = AgreementFactory(city=city, title_en="Agreement", **written)
    activity = ActivityFactory(slug="days", cities=[city], title_en="Days of Kraków", **written)
    membership = MembershipFactory(**written)
    with override("en"):
        [passage] = passages_of(source, TODAY)
        told = {record.kind: (record.name, record.address + record.place) for record in passage.found.records}
        assert told["partner city"][1] == city.get_absolute_url()
        assert told["agreement"][1] == agreement.get_absolute_url()
        assert told["activity"][1] == activity.get_absolute_url()
        assert told["membership"][1] == membership.organization.get_absolute_url()


def test_what_is_held_back_rests_on_nothing_in_public():
    source = SourceFactory()
    CityFactory(source=source, passage="I.1", held_back=True)
    AgreementFactory(source=source, passage="I.1", city__publication="draft")
    assert passages_of(source, TODAY) == []


def test_a_page_of_a_source_asks_as_often_for_many_records_as_for_one(client, django_assert_max_num_queries):
    source = SourceFactory()
    for _ in range(2):
        for _ in range(4):
            city = CityFactory(source=source, passage="I.1")
            AgreementFactory(source=source, passage="I.2", city=city)
            ActivityFactory(source=source, passage="I.3", cities=[city])
        with django_assert_max_num_queries(20):
            client.get(source.get_absolute_url())
