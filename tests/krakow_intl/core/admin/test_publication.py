"""Nothing comes before the public, or leaves it, but by two people: one hands in, another looks and publishes."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from krakow_intl.core.admin.publication import may_move, refuse_unlawful_move
from krakow_intl.core.records import Publication
from krakow_intl.core.reviewing import NeedsReview, acting
from krakow_intl.review.models import PendingChange
from partners.models import Agreement, PartnerCity
from programme.models import Department
from tests.organizations.factories import MembershipFactory
from tests.partners.factories import AgreementFactory, CityFactory, ThemeFactory
from tests.programme.factories import SourceFactory
from tests.staff import REASON, account, add, errors, page_of, publish_waiting, sign_in, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WRITERS = {  # with a record that they may change
    "editor": SourceFactory,
    "importer": AgreementFactory,
    "reviewer": SourceFactory,
    "reviewer+administrator": SourceFactory,
}


def move(client, record, publication):
    page = page_of(record, "change")
    response = client.post(page, typed(client.get(page)) | REASON | {"publication": publication})
    record.refresh_from_db()
    return response


@pytest.mark.parametrize("role", WRITERS)
@pytest.mark.parametrize(
    ("before", "after", "is_offered"),
    [
        ("draft", "in-review", True),
        ("in-review", "draft", True),
        ("draft", "published", False),
        ("in-review", "published", False),
        ("draft", "archived", False),
        ("published", "draft", False),
        ("published", "in-review", False),
        ("archived", "draft", False),
    ],
)
def test_nobody_moves_a_record_before_the_public_or_out_of_its_sight_alone(client, role, before, after, is_offered):
    record = WRITERS[role](publication=before)
    sign_in(client, role)
    response = move(client, record, after)
    assert record.publication == (after if is_offered else before)
    assert is_offered or "publication" in response.context["adminform"].form.errors


@pytest.mark.parametrize("role", WRITERS)
@pytest.mark.parametrize(("before", "after"), [("published", "archived"), ("archived", "published")])
def test_what_was_public_is_withdrawn_and_comes_back_once_another_person_agrees(client, role, before, after):
    record = WRITERS[role](publication=before)
    sign_in(client, role)
    assert move(client, record, after).status_code == 302
    assert record.publication == before
    assert [change.author.username for change in PendingChange.objects.waiting()] == [role]
    publish_waiting()
    record.refresh_from_db()
    assert record.publication == after


def test_a_draft_that_is_moved_to_review_is_handed_in_and_one_that_is_moved_back_no_more(client):
    source = SourceFactory(publication="draft")
    sign_in(client, "editor")
    move(client, source, "in-review")
    change = PendingChange.objects.waiting().get()
    assert (change.kind, change.first_record()) == ("publish", source)
    move(client, source, "draft")
    assert not PendingChange.objects.waiting().exists()


def test_an_editor_corrects_what_is_published_once_another_person_agrees_and_both_are_recorded(client):
    agreement = AgreementFactory(title_en="Agrement")
    sign_in(client, "editor", first_name="Anna", last_name="Nowak")
    page = page_of(agreement, "change")
    client.post(page, typed(client.get(page)) | {"title_en": "Agreement", "change_reason": "a slip"})
    agreement.refresh_from_db()
    assert (agreement.title_en, agreement.version, agreement.history.count()) == ("Agrement", 1, 1)
    publish_waiting()
    agreement.refresh_from_db()
    latest = agreement.history.first()
    assert (agreement.title_en, agreement.publication) == ("Agreement", "published")
    assert (latest.history_user.username, latest.history_change_reason) == ("editor", "a slip")
    assert (latest.approved_by.username, latest.approval) == ("zofia", "reviewed")


def test_what_the_public_sees_is_not_changed_without_a_reason(client):
    agreement = AgreementFactory(title_en="Agrement")
    sign_in(client, "editor")
    page = page_of(agreement, "change")
    response = client.post(page, typed(client.get(page)) | {"title_en": "Agreement"})
    assert response.context["adminform"].form.errors.keys() == {"change_reason"}
    assert not PendingChange.objects.exists()


def test_what_is_held_back_is_changed_at_once_and_without_a_reason(client):
    agreement = AgreementFactory(title_en="Agrement", publication="draft")
    sign_in(client, "editor")
    page = page_of(agreement, "change")
    assert client.post(page, typed(client.get(page)) | {"title_en": "Agreement"}).status_code == 302
    agreement.refresh_from_db()
    assert agreement.title_en == "Agreement"


def test_a_new_record_is_a_draft_whatever_is_sent(client):
    city = CityFactory()
    sign_in(client, "reviewer")
    values = {"title_pl": "Umowa", "title_en": "Agreement", "slug": "agreement", "city": city.pk, "kind": "other"}
    assert add(client, Agreement, **values, publication="published").status_code == 200
    assert not Agreement.objects.exists()
    assert add(client, Agreement, **values).status_code == 302
    assert Agreement.objects.get().publication == "draft"


def test_a_row_that_has_a_publication_of_its_own_is_handed_in_alone(client):
    membership = MembershipFactory(publication="draft")
    sign_in(client, "editor")
    page = page_of(membership.organization, "change")
    for publication, status in (("published", 200), ("in-review", 302)):
        response = client.post(page, typed(client.get(page)) | {"memberships-0-publication": publication})
        assert response.status_code == status
    membership.refresh_from_db()
    assert membership.publication == "in-review"
    assert PendingChange.objects.get().first_record() == membership


def test_what_a_form_let_through_is_refused_once_more():
    agreement = AgreementFactory(publication="draft")
    agreement.publication = "published"
    with pytest.raises(PermissionDenied):
        refuse_unlawful_move(agreement, Publication.DRAFT)


@pytest.mark.parametrize("role", ["reader", "editor", "reviewer", "administrator", "superuser"])
def test_whatever_way_a_person_writes_what_the_public_sees_is_not_written(role):
    """Below every page: what no page hands in is refused."""
    city, draft, theme = CityFactory(), CityFactory(publication="draft"), ThemeFactory()
    with acting(account(role)):
        draft.save()
        ways = [city.save, city.delete, theme.save, lambda: PartnerCity.objects.filter(pk=city.pk).update(country="PL")]
        for way in ways:
            with pytest.raises(NeedsReview), transaction.atomic():
                way()
        draft.publication = "published"
        with pytest.raises(NeedsReview), transaction.atomic():
            draft.save()
    assert (PartnerCity.objects.get(pk=city.pk).version, PartnerCity.objects.get(pk=draft.pk).version) == (1, 2)


@pytest.mark.parametrize("role", ["reader"])
def test_the_action_is_neither_offered_to_nor_taken_from_who_may_not_write(client, role):
    agreement = AgreementFactory(publication="draft")
    sign_in(client, role)
    address = page_of(Agreement, "changelist")
    assert "Hand in what is selected" not in client.get(address).content.decode()
    client.post(address, {"action": "publish", "_selected_action": agreement.pk, "index": 0})
    agreement.refresh_from_db()
    assert (agreement.publication, PendingChange.objects.count()) == ("draft", 0)


@pytest.mark.parametrize("role", ["editor", "reviewer"])
def test_the_action_hands_in_what_is_selected_and_warns_where_english_is_missing(client, role):
    whole = CityFactory(publication="draft", lead_pl="Lead", lead_en="Lead")
    half = CityFactory(publication="in-review", lead_pl="Lead", lead_en="", name_en="Nuremberg")
    sign_in(client, role)
    data = {"action": "publish", "_selected_action": [whole.pk, half.pk], "index": 0}
    page = client.post(page_of(PartnerCity, "changelist"), data, follow=True).content.decode()
    assert "2 records were handed in" in page
    assert "English is missing in: Nuremberg." in page
    assert not PartnerCity.objects.published().exists()
    publish_waiting()
    for city in (whole, half):
        city.refresh_from_db()
        assert city.publication == "published"
        assert city.history.first().history_user == User.objects.get(username=role)


def test_the_action_hands_in_nothing_if_too_much_is_selected(client, monkeypatch):
    monkeypatch.setattr("krakow_intl.core.admin.public_records.MAX_AT_ONCE", 1)
    cities = [CityFactory(publication="draft") for _number in range(2)]
    sign_in(client, "reviewer")
    data = {"action": "publish", "_selected_action": [city.pk for city in cities], "index": 0}
    page = client.post(page_of(PartnerCity, "changelist"), data, follow=True).content.decode()
    assert "at most 1 records" in page
    assert not PendingChange.objects.exists()


@pytest.mark.parametrize("publication", Publication.values)
def test_a_record_may_stay_where_it_is(publication):
    assert may_move(publication, publication)


@pytest.mark.parametrize("role", ["reviewer", "reviewer+administrator", "superuser"])
def test_what_the_public_once_saw_is_not_deleted(client, role):
    city = CityFactory()
    city.publication = "archived"
    city.save()
    sign_in(client, role)
    assert client.post(page_of(city, "delete"), {"post": "yes"} | REASON).status_code == 403
    data = {"action": "delete_selected", "_selected_action": [city.pk], "post": "yes"}
    client.post(page_of(PartnerCity, "changelist"), data)
    assert PartnerCity.objects.filter(pk=city.pk).exists()


def test_authors_delete_what_nobody_else_wrote_in_and_the_public_never_saw(client):
    sign_in(client, "editor", username="anna")
    values = {"name_pl": "Wydział", "name_en": "Department", "slug": "own"}
    add(client, Department, **values)
    own, other = Department.objects.get(slug="own"), CityFactory(publication="draft")
    assert client.post(page_of(other, "delete"), {"post": "yes"}).status_code == 403
    assert client.post(page_of(own, "delete"), {"post": "yes"}).status_code == 302
    assert not Department.objects.filter(pk=own.pk).exists()


def test_a_row_that_was_public_is_withdrawn_and_not_deleted(client):
    membership = MembershipFactory()
    sign_in(client, "superuser")
    page = page_of(membership.organization, "change")
    response = client.post(page, typed(client.get(page)) | REASON | {"memberships-0-DELETE": "on"})
    assert "it can be withdrawn, and not be deleted" in response.content.decode()


def test_what_has_no_publication_of_its_own_is_removed_once_another_person_agrees(client):
    theme = ThemeFactory(name_en="shipbuilding")
    sign_in(client, "reviewer")
    page = client.post(page_of(theme, "delete"), {"post": "yes"}, follow=True).content.decode()
    assert "Say why" in page
    client.post(page_of(theme, "delete"), {"post": "yes"} | REASON)
    assert type(theme).objects.filter(pk=theme.pk).exists()
    publish_waiting()
    assert not type(theme).objects.filter(pk=theme.pk).exists()


def test_who_withdraws_a_page_without_a_reason_is_asked_for_it(editor):
    city = CityFactory()
    page = page_of(city, "change")
    response = editor.post(page, typed(editor.get(page)) | {"publication": "archived"})
    assert (response.status_code, len(errors(response))) == (200, 1)
    again = editor.post(page, typed(response) | REASON)
    assert "/pendingchange/" in again.url
