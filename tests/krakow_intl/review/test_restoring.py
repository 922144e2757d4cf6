"""Any state of a record is compared with any other, and put back with its rows; what was deleted comes again."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core.reviewing import CannotBeDone
from krakow_intl.models import VisitorReport
from krakow_intl.review.models import PendingChange
from krakow_intl.review.restoring import differences, restore, state_of
from krakow_intl.review.what_changed import tracked_models
from partners.models import Agreement, AgreementEvent, CityName, Document, PartnerCity, Party
from tests.partners.factories import (
    SCAN,
    AgreementEventFactory,
    AgreementFactory,
    CityFactory,
    CityNameFactory,
    DocumentFactory,
    PartyFactory,
)
from tests.staff import REASON, account, page_of, publish_waiting, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def city():
    """A draft whose first state has one row, and its second another."""
    city = CityFactory(publication="draft", name_en="Lviv", lead_en="The old lead")
    name = CityNameFactory(city=city, name="Lemberg")
    city.first = an_hour_ago(PartnerCity, CityName)
    city.lead_en = "The new lead"
    city.save()
    name.delete()
    CityNameFactory(city=city, name="Leopolis")
    return city


def an_hour_ago(*models):
    """Has what history tells so far been written an hour ago: the moment after it."""
    then = timezone.now() - timedelta(hours=1)
    for model in models:
        QuerySet(model.history.model).update(history_date=then)
    return then


def states_of(record):
    return f"/en/admin/review/pendingchange/states/{ContentType.objects.get_for_model(record).pk}/{record.pk}/"


def test_a_state_is_put_back_with_its_rows_under_their_keys(city):
    lemberg = type(city.names.get()).history.filter(name="Lemberg").first().id
    restore(PartnerCity, city.pk, city.first)
    city.refresh_from_db()
    assert (city.lead_en, city.version) == ("The old lead", 3)
    assert [(name.pk, name.name) for name in city.names.all()] == [(lemberg, "Lemberg")]


def test_putting_back_twice_changes_nothing_more(city):
    restore(PartnerCity, city.pk, city.first)
    before = state_of(PartnerCity, city.pk)
    restore(PartnerCity, city.pk, city.first)
    assert [*differences(before, state_of(PartnerCity, city.pk))] == []


def test_there_and_back_again_is_where_it_was(city):
    last, moment = state_of(PartnerCity, city.pk), city.names.get().history.first().history_date
    restore(PartnerCity, city.pk, city.first)
    restore(PartnerCity, city.pk, moment)
    assert [*differences(last, state_of(PartnerCity, city.pk))] == []


def test_a_moment_before_there_was_a_record_is_refused(city):
    with pytest.raises(CannotBeDone):
        restore(PartnerCity, city.pk, city.first.replace(year=1999))


def test_two_states_are_shown_side_by_side(client, city):
    sign_in(client, "editor")
    page = client.get(states_of(city)).content.decode()
    assert [words for words in ("old", "new", "Lemberg", "Leopolis") if words not in page] == []
    assert "The two states say the same" in client.get(states_of(city) + "?before=&after=").content.decode()
    assert client.get(states_of(city) + "?before=nonsense").status_code == 404


def test_a_draft_is_put_back_at_once_and_with_a_reason(client, city):
    sign_in(client, "editor")
    moment = client.get(states_of(city)).context["moment"]
    client.post(states_of(city), {"moment": moment})
    city.refresh_from_db()
    assert city.lead_en == "The new lead"
    client.post(states_of(city), {"moment": moment} | REASON)
    city.refresh_from_db()
    assert (city.lead_en, city.history.first().history_user.username) == ("The old lead", "editor")


def test_what_is_public_is_put_back_once_another_person_agrees(client):
    agreement = AgreementFactory(title_en="Agreement")
    party = PartyFactory(agreement=agreement, name_en="City of Lviv")
    moment = an_hour_ago(Agreement, Party).isoformat()
    agreement.title_en = "Wrong"
    agreement.save()
    party.delete()
    sign_in(client, "editor", username="anna")
    client.post(states_of(agreement), {"moment": moment} | REASON)
    agreement.refresh_from_db()
    assert (agreement.title_en, Party.objects.count()) == ("Wrong", 0)
    assert PendingChange.objects.get().kind == "restore"
    publish_waiting()
    agreement.refresh_from_db()
    latest = agreement.history.first()
    assert (agreement.title_en, [each.name_en for each in agreement.parties.all()]) == ("Agreement", ["City of Lviv"])
    assert (latest.history_user.username, latest.approved_by.username) == ("anna", "zofia")


def test_what_was_published_meanwhile_stays_so_at_its_address(city):
    city.publication, city.slug = "published", "lviv"
    city.save()
    restore(PartnerCity, city.pk, city.first)
    city.refresh_from_db()
    assert (city.publication, city.slug, city.lead_en) == ("published", "lviv", "The old lead")


def test_what_was_deleted_comes_again_as_a_draft_with_its_rows(client, city):
    key, kind = city.pk, ContentType.objects.get_for_model(PartnerCity).pk
    sign_in(client, "reviewer")
    client.post(page_of(city, "delete"), {"post": "yes"})
    assert not PartnerCity.objects.exists()
    page = client.get(f"/en/admin/review/pendingchange/deleted/{kind}/")
    [row] = page.context["rows"]
    states = client.get(row["address"])
    client.post(row["address"], {"moment": states.context["form"].fields["before"].choices[1][0]} | REASON)
    city = PartnerCity.objects.get(pk=key)
    assert (city.publication, [name.name for name in city.names.all()]) == ("draft", ["Leopolis"])


@pytest.mark.parametrize("role", ["reader", "importer"])
def test_who_may_not_write_puts_nothing_back(client, city, role):
    client.force_login(account(role))
    moment = client.get(states_of(city)).context["moment"]
    assert client.post(states_of(city), {"moment": moment} | REASON).status_code == 403


def all_of_it_an_hour_ago():
    return an_hour_ago(*tracked_models())


def deleted(record):
    """Deletes a record; the key it had."""
    key = record.pk
    record.delete()
    return key


def test_what_was_deleted_comes_again_with_its_file_and_what_names_it():
    agreement = AgreementFactory(publication="draft")
    document = DocumentFactory(agreement=agreement, file=ContentFile(SCAN, "scan.pdf"))
    AgreementEventFactory(agreement=agreement, document=document)
    then = all_of_it_an_hour_ago()
    restore(Agreement, deleted(agreement), then)
    again = Document.objects.get(pk=document.pk)
    with again.file.open("rb") as file:
        assert (again.file.name, file.read()) == (document.file.name, SCAN)
    assert AgreementEvent.objects.get().document == again


def test_a_document_that_comes_again_is_named_again_by_its_event():
    agreement = AgreementFactory(publication="draft")
    document = DocumentFactory(agreement=agreement)
    event = AgreementEventFactory(agreement=agreement, document=document)
    then = all_of_it_an_hour_ago()
    key = deleted(document)
    event.refresh_from_db()
    assert event.document is None
    restore(Agreement, agreement.pk, then)
    event.refresh_from_db()
    assert event.document_id == key


def test_rows_that_changed_places_stand_again_where_they_stood():
    agreement = AgreementFactory(publication="draft")
    parties = [PartyFactory(agreement=agreement, side="partner", position=place) for place in (1, 2)]
    scans = [DocumentFactory(agreement=agreement, language=language) for language in ("pl", "de")]
    then = all_of_it_an_hour_ago()
    for records, column, values in ((parties, "position", (9, 1, 2)), (scans, "language", ("fr", "pl", "de"))):
        for record, value in zip((records[0], records[1], records[0]), values, strict=True):
            setattr(record, column, value)
            record.save()
    restore(Agreement, agreement.pk, then)
    assert [*Party.objects.order_by("pk").values_list("position", flat=True)] == [1, 2]
    assert [*Document.objects.order_by("pk").values_list("language", flat=True)] == ["pl", "de"]


def test_what_is_kept_of_events_is_as_the_events_say_that_stand():
    agreement = AgreementFactory(publication="draft", signed_on="1995-10-23")
    AgreementEventFactory(agreement=agreement, kind="suspended", taken_on="2022-03-01", effective_on=None)
    then = all_of_it_an_hour_ago()  # what history tells of the agreement knows nothing of the event
    agreement.refresh_from_db()
    agreement.title_en = "Another"
    agreement.save()
    restore(Agreement, agreement.pk, then)
    agreement.refresh_from_db()
    assert agreement.suspensions


def test_what_a_record_cannot_stand_without_is_to_be_put_back_first():
    city = CityFactory(publication="draft", name_pl="Lwów", name_en="Lviv")
    agreement = AgreementFactory(city=city, publication="draft")
    then = all_of_it_an_hour_ago()
    key, place = deleted(agreement), deleted(city)
    with pytest.raises(CannotBeDone) as refused:
        restore(Agreement, key, then)
    assert "Lwów" in " ".join(refused.value.reasons)
    restore(PartnerCity, place, then)
    restore(Agreement, key, then)
    assert Agreement.objects.get().city_id == place


def test_what_is_gone_and_need_not_be_is_left_out_and_said():
    agreement = AgreementFactory(publication="draft")
    other = CityFactory(publication="draft", name_pl="Kijów")
    party = PartyFactory(agreement=agreement, city=other)
    then = all_of_it_an_hour_ago()
    key = deleted(party)
    other.delete()
    _record, told = restore(Agreement, agreement.pk, then)
    assert Party.objects.get(pk=key).city is None
    assert len(told) == 1
    assert "Kijów" in told[0]


def test_an_address_word_or_a_number_that_is_anothers_by_now_is_given_up_and_said():
    agreement = AgreementFactory(publication="draft", slug="parks", number=7)
    then = all_of_it_an_hour_ago()
    key = deleted(agreement)
    AgreementFactory(publication="draft", slug="parks", number=7)
    _record, told = restore(Agreement, key, then)
    again = Agreement.objects.get(pk=key)
    assert (again.slug, again.number) == ("parks-2", 8)
    assert len(told) == 2


def test_an_address_at_which_another_stood_in_public_is_not_taken():
    city = CityFactory(publication="draft", slug="lviv")
    then = all_of_it_an_hour_ago()
    key = deleted(city)
    other = CityFactory(publication="published", slug="lviv")
    PartnerCity.objects.filter(pk=other.pk).update(slug="lwow")
    restore(PartnerCity, key, then)
    assert PartnerCity.objects.get(pk=key).slug == "lviv-2"


def test_the_page_says_what_could_not_stand_as_it_did(client):
    agreement = AgreementFactory(publication="draft", slug="parks")
    all_of_it_an_hour_ago()
    states, key = states_of(agreement), deleted(agreement)
    AgreementFactory(publication="draft", slug="parks")
    sign_in(client, "reviewer")
    moment = client.get(states).context["form"].fields["before"].choices[-1][0]
    page = client.post(states, {"moment": moment} | REASON, follow=True)
    assert any("parks" in str(message) for message in page.context["messages"])
    assert Agreement.objects.get(pk=key).slug == "parks-2"


def test_what_comes_again_has_a_version_that_stood_for_nothing_else(city):
    key = city.pk
    city.delete()
    restore(PartnerCity, key, city.first)
    versions = [row.version for row in PartnerCity.history.filter(id=key).order_by("history_id")]
    assert versions == [1, 2, 2, 3]  # added, changed, removed, and added again


def test_what_names_a_scan_is_left_with_its_own_history_and_comes_again_with_it():
    agreement = AgreementFactory(publication="draft")
    scan = DocumentFactory(agreement=agreement, stored=True)
    event = AgreementEventFactory(agreement=agreement, document=scan)
    before = an_hour_ago(Agreement, Document, AgreementEvent)
    scan.delete()
    event.refresh_from_db()
    assert (event.document, event.history.first().document_id, event.version) == (None, None, 2)
    restore(Agreement, agreement.pk, before)
    event.refresh_from_db()
    assert event.document == agreement.documents.get()


def test_what_is_erased_for_good_does_not_come_back():
    report = VisitorReport.objects.create(text="Mistake")
    then = all_of_it_an_hour_ago()
    with pytest.raises(CannotBeDone) as refused, override("en"):
        restore(VisitorReport, deleted(report), then)
    assert "erased" in str(refused.value.reasons)
