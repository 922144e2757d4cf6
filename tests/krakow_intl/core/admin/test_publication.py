"""Readers see, editors write and send to review, reviewers and administrators publish."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from krakow_intl.core.admin.publication import may_move, refuse_unlawful_move
from krakow_intl.core.records import Publication
from partners.models import Agreement, PartnerCity
from tests.organizations.factories import MembershipFactory
from tests.partners.factories import AgreementFactory, CityFactory
from tests.programme.factories import SourceFactory
from tests.staff import account, page_of, sign_in, typed

pytestmark = pytest.mark.django_db
WRITERS = {"editor": SourceFactory, "importer": AgreementFactory}  # with a record that they may change
PUBLISHERS = ["reviewer", "administrator"]


def move(client, record, publication):
    page = page_of(record, "change")
    response = client.post(page, typed(client.get(page)) | {"publication": publication})
    record.refresh_from_db()
    return response


@pytest.mark.parametrize("role", PUBLISHERS)
@pytest.mark.parametrize("publication", Publication.values)
def test_who_may_publish_moves_a_record_wherever_he_likes(client, role, publication):
    source = SourceFactory(publication="in-review")
    sign_in(client, role)
    move(client, source, publication)
    assert source.publication == publication


@pytest.mark.parametrize("role", WRITERS)
@pytest.mark.parametrize(
    ("before", "after", "is_allowed"),
    [
        ("draft", "in-review", True),
        ("in-review", "draft", True),
        ("draft", "published", False),
        ("in-review", "published", False),
        ("draft", "archived", False),
        ("published", "draft", False),
        ("published", "archived", False),
        ("archived", "published", False),
    ],
)
def test_who_may_not_publish_moves_a_record_only_before_its_publication(client, role, before, after, is_allowed):
    record = WRITERS[role](publication=before)
    sign_in(client, role)
    response = move(client, record, after)
    assert record.publication == (after if is_allowed else before)
    assert is_allowed or "publication" in response.context["adminform"].form.errors


def test_an_editor_may_correct_what_is_published_and_it_is_recorded(client):
    agreement = AgreementFactory(title_en="Agrement")
    sign_in(client, "editor", first_name="Anna", last_name="Nowak")
    page = page_of(agreement, "change")
    client.post(page, typed(client.get(page)) | {"title_en": "Agreement", "change_reason": "a slip"})
    agreement.refresh_from_db()
    latest = agreement.history.first()
    assert (agreement.title_en, agreement.publication) == ("Agreement", "published")
    assert (latest.history_user.username, latest.history_change_reason) == ("editor", "a slip")


def test_an_editor_cannot_add_a_published_record(client):
    city = CityFactory()
    sign_in(client, "editor")
    address = page_of(Agreement, "add")
    data = typed(client.get(address)) | {
        "title_pl": "Umowa",
        "title_en": "Agreement",
        "slug": "agreement",
        "city": city.pk,
        "kind": "other",
    }
    assert client.post(address, data | {"publication": "published"}).status_code == 200
    assert not Agreement.objects.exists()
    assert client.post(address, data).status_code == 302
    assert Agreement.objects.get().publication == "draft"


def test_an_editor_cannot_publish_a_row_of_a_record(client):
    membership = MembershipFactory(publication="draft")
    sign_in(client, "editor")
    page = page_of(membership.organization, "change")
    response = client.post(page, typed(client.get(page)) | {"memberships-0-publication": "published"})
    membership.refresh_from_db()
    assert (response.status_code, membership.publication) == (200, "draft")


def test_what_a_form_let_through_is_refused_once_more():
    editor = account("editor")
    agreement = AgreementFactory(publication="draft")
    agreement.publication = "published"
    with pytest.raises(PermissionDenied):
        refuse_unlawful_move(editor, agreement)
    with pytest.raises(PermissionDenied):
        refuse_unlawful_move(editor, AgreementFactory.build(publication="published"))


@pytest.mark.parametrize("role", ["reader", "editor", "importer"])
def test_the_action_is_neither_offered_to_nor_taken_from_who_may_not_publish(client, role):
    agreement = AgreementFactory(publication="draft")
    sign_in(client, role)
    address = page_of(Agreement, "changelist")
    assert "Publish what is selected" not in client.get(address).content.decode()
    client.post(address, {"action": "publish", "_selected_action": agreement.pk, "index": 0})
    agreement.refresh_from_db()
    assert agreement.publication == "draft"


def test_the_action_publishes_records_history_and_warns_where_english_is_missing(client):
    whole = CityFactory(publication="draft", lead_pl="Lead", lead_en="Lead")
    half = CityFactory(publication="in-review", lead_pl="Lead", lead_en="", name_en="Nuremberg")
    sign_in(client, "reviewer")
    data = {"action": "publish", "_selected_action": [whole.pk, half.pk], "index": 0}
    page = client.post(page_of(PartnerCity, "changelist"), data, follow=True).content.decode()
    for city in (whole, half):
        city.refresh_from_db()
        assert (city.publication, city.version) == ("published", 2)
        assert city.history.first().history_user == User.objects.get(username="reviewer")
    assert "2 records were published" in page
    assert "English is missing in: Nuremberg." in page


def test_the_action_publishes_nothing_if_too_much_is_selected(client, monkeypatch):
    monkeypatch.setattr("krakow_intl.core.admin.public_records.MAX_AT_ONCE", 1)
    cities = [CityFactory(publication="draft") for _number in range(2)]
    sign_in(client, "reviewer")
    data = {"action": "publish", "_selected_action": [city.pk for city in cities], "index": 0}
    page = client.post(page_of(PartnerCity, "changelist"), data, follow=True).content.decode()
    assert "at most 1 records" in page
    assert not PartnerCity.objects.published().exists()


def test_publishing_without_english_warns(client):
    city = CityFactory(publication="draft", lead_pl="Lead", lead_en="")
    sign_in(client, "reviewer")
    page = page_of(city, "change")
    response = client.post(page, typed(client.get(page)) | {"publication": "published"}, follow=True)
    assert "English is missing: lead." in response.content.decode()


@pytest.mark.parametrize("publication", Publication.values)
def test_nobody_needs_a_right_to_leave_a_record_where_it_is(publication):
    assert may_move(account("reader"), Agreement, publication, publication)
