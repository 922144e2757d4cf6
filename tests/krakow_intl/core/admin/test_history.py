"""History is told field by field, in words, with who, when and why."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import QuerySet
from django.utils.translation import override

from krakow_intl.core.admin.history import revisions
from krakow_intl.core.dates import PartialDate
from krakow_intl.core.facts import load_file
from krakow_intl.core.reviewing import acting
from krakow_intl.review.effects import Effect, told_to
from partners.models import Agreement, CityName, Party, Theme
from tests.partners.factories import AgreementFactory, AssessmentFactory, CityFactory, CityNameFactory, PartyFactory
from tests.staff import account, page_of, publish_waiting, sign_in, typed

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2006, 4, 20, tzinfo=UTC)


def changes(record, rows=()):
    """Of the latest moment: [(what, subject, [(label, old, new)])]."""
    events = revisions(record, rows)[0].events
    return [(str(e.what), e.subject, [(c.label, c.old, c.new) for c in e.changes]) for e in events]


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def past_of(record):
    """The rows of history of a record, past the guard that keeps them as they are."""
    return QuerySet(record.history.model).filter(id=record.pk)


def change(record, **values):
    past_of(record).update(history_date=LONG_AGO)
    for name, value in values.items():
        setattr(record, name, value)
    record.save()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"title_en": "New"}, ("Title (English)", "Old", "New")),
        ({"kind": "twinning"}, ("Kind", "agreement", "twinning agreement")),
        ({"signed_on": PartialDate("1976-12-12")}, ("Signed on", "September\xa02005", "12\xa0December\xa01976")),
        ({"signed_on": None}, ("Signed on", "September\xa02005", "—")),
        ({"notice_months": 0}, ("Notice (months)", "—", "0")),
        ({"number": 7}, ("Number", "5", "7")),
    ],
    ids=["a text", "a choice", "a date", "nothing", "naught", "a number"],
)
def test_a_change_is_told_in_words(values, told):
    agreement = AgreementFactory(title_pl="Stary", title_en="Old", kind="other", signed_on="2005-09", number=5)
    change(Agreement.objects.get(pk=agreement.pk), **values)
    assert changes(agreement) == [("changed", "", [told])]


def test_a_relation_is_told_by_its_name_and_by_its_key_when_it_is_gone():
    agreement = AgreementFactory(city__name_en="Kyiv")
    change(Agreement.objects.get(pk=agreement.pk), city=CityFactory(name_en="Lviv"))
    assert changes(agreement) == [("changed", "", [("City", "Kyiv", "Lviv")])]
    first = agreement.history.last().city_id
    agreement.history.last().city.delete()
    assert changes(agreement) == [("changed", "", [("City", f"#{first}", "Lviv")])]


def test_empty_and_nothing_are_the_same():
    city = CityFactory(region_en="")
    change(city, region_en=None)
    assert changes(city) == [("changed", "", [])]


def test_a_long_text_is_compared_word_by_word():
    words = [f"word{n}" for n in range(60)]
    city = CityFactory(lead_en=" ".join(words))
    words[30] = "other"
    change(city, lead_en=" ".join(words))
    segments = revisions(city)[0].events[0].changes[0].segments
    assert ("removed", "word30") in segments
    assert ("added", "other") in segments
    assert ("left out", "…") in segments


def test_texts_too_long_to_compare_are_told_whole():
    city = CityFactory(lead_en="word " * 3000)
    change(city, lead_en="other " * 3000)
    assert revisions(city)[0].events[0].changes[0].segments == ()


def test_rows_are_told_with_their_record_in_one_moment(client):
    city = CityFactory(name_en="Lviv")
    name = CityNameFactory(city=city, name="Lemberg")
    sign_in(client, "editor", first_name="Anna", last_name="Nowak")
    page = page_of(city, "change")
    rows = {"names-0-name": "Lemberk", "names-1-name": "Leopolis", "names-1-language": "la", "names-1-kind": "exonym"}
    data = typed(client.get(page)) | rows | {"change_reason": "after the chronicle"}
    client.post(page, data)
    publish_waiting()
    latest = revisions(city, [(CityName, "city")])[0]
    assert (latest.user_name, latest.reason) == ("Anna Nowak", "after the chronicle")
    told = [(str(e.what), e.subject) for e in latest.events]
    assert told == [
        ("changed", ""),
        ("changed", "other name of a city: Lemberk"),
        ("added", "other name of a city: Leopolis"),
    ]
    name.refresh_from_db()
    page = client.get(page_of(city, "history")).content.decode()
    assert "Anna Nowak" in page
    assert "after the chronicle" in page
    assert "Lemberk" in page


def test_what_the_loading_wrote_is_told_with_its_file_in_the_language_of_the_page():
    entry = {"model": "partners.theme", "fields": {"slug": "sport", "name_pl": "sport", "name_en": "sport"}}
    load_file("01-themes.json", json.dumps([entry]).encode())
    with override("pl"):
        assert revisions(Theme.objects.get())[0].reason == "z pliku 01-themes.json"


@pytest.mark.parametrize(("pause", "count"), [(0.1, 1), (3, 2)], ids=["one saving over a full second", "two savings"])
def test_savings_are_told_apart_by_the_time_between_their_rows(pause, count):
    city = CityFactory()
    CityNameFactory(city=city)
    at = datetime(2006, 4, 20, 9, 59, 59, 950_000, tzinfo=UTC)
    past_of(city).update(history_date=at)
    QuerySet(CityName.history.model).update(history_date=at + timedelta(seconds=pause))
    assert len(revisions(city, [(CityName, "city")])) == count


def test_a_removed_row_is_told_by_its_name():
    party = PartyFactory(name_en="City Council")
    agreement = party.agreement
    party.delete()
    assert changes(agreement, [(Party, "agreement")])[-1][:2] == ("removed", "party: City Council")


def test_history_has_as_many_pages_as_it_needs(client):
    city = CityFactory()
    for number in range(60):
        change(city, population=number)
    for number, row in enumerate(city.history.all()):
        past_of(city).filter(pk=row.pk).update(history_date=row.history_date.replace(year=2000 + number))
    sign_in(client, "reader")
    assert len(client.get(page_of(city, "history") + "?p=3").context["page"].object_list) == 11
    for odd in ("0", "abc", "9" * 30, "%00"):
        assert client.get(page_of(city, "history") + f"?p={odd}").status_code == 200


def test_what_is_told_is_escaped(client):
    city = CityFactory(lead_en="<script>alert(1)</script>")
    change(city, lead_en="<img src=x onerror=alert(2)>")
    sign_in(client, "reader")
    page = client.get(page_of(city, "history")).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_who_may_not_see_a_record_may_not_see_its_history(client):
    city = CityFactory()
    client.force_login(account("reader"))
    client.get(page_of(city, "history"))
    user = account("editor", username="nobody")
    user.groups.clear()
    client.force_login(user)
    assert client.get(page_of(city, "history")).status_code == 403


def test_a_record_without_history_says_so(client):
    city = CityFactory()
    past_of(city).delete()
    sign_in(client, "reader")
    assert "Nothing is recorded" in client.get(page_of(city, "history")).content.decode()


@pytest.mark.parametrize(
    ("role", "told"),
    [("reader", ["Council resolution"]), ("editor", ["Council resolution", "Internal notes"])],
)
def test_whoever_acts_is_told_nothing_that_they_may_not_see(role, told):
    agreement = AgreementFactory(publication="draft")
    change(agreement, resolution="XX/1", internal_notes="secret")
    before, after = reversed(agreement.history.all())
    with acting(account(role)):
        (told_of,) = revisions(agreement)[0].events
        effect = Effect(before, after)
    assert [str(each.label) for each in told_of.changes] == told
    assert [str(each.label) for each in effect.changes] == told  # a page may be drawn later
    assert [str(each.label) for each in Effect(before, after).changes] == ["Council resolution", "Internal notes"]


def test_of_what_a_person_may_not_see_at_all_no_effect_is_told():
    assessment = AssessmentFactory()
    effects = [Effect(None, assessment.history.get()), Effect(None, assessment.city.history.get())]
    assert [effect.model for effect in told_to(account("reader"), effects)] == [type(assessment.city)]
    assert len(told_to(account("editor"), effects)) == 2
