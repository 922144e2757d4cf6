"""A second person publishes what they saw, sends it back, takes it over; an author publishes nothing alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core.reviewing import CannotBeDone
from krakow_intl.review import decisions
from krakow_intl.review.models import PendingChange
from krakow_intl.review.trial import rehearse
from partners.models import Agreement, PartnerCity, SheetImport
from tests.partners.admin.sheets import csv, post, send
from tests.partners.factories import AgreementFactory, AssessmentFactory, CityFactory, CityNameFactory, ThemeFactory
from tests.partners.imports.conftest import load_words
from tests.staff import REASON, WRITERS, account, page_of, sign_in, typed

pytestmark = pytest.mark.django_db
State = PendingChange.State


@pytest.fixture
def agreement():
    return AgreementFactory(title_en="Agrement", title_pl="Umowa")


@pytest.fixture
def zofia():
    return account("reviewer", "zofia")


def hand_in(client, record, role="editor", username="anna", **values):
    """A person writes in a public record; the change that waits then."""
    sign_in(client, role, username=username)
    page = page_of(record, "change")
    client.post(page, typed(client.get(page)) | REASON | values)
    return PendingChange.objects.waiting().latest("pk")


def press(client, change, step, **data):
    return client.post(f"/en/admin/review/pendingchange/{change.pk}/{step}/", data, follow=True)


def see(client, change):
    return client.get(f"/en/admin/review/pendingchange/{change.pk}/change/")


def test_a_reviewer_sees_old_and_new_and_publishes_what_they_saw(client, agreement):
    change = hand_in(client, agreement, title_en="Agreement", signed_on="1995-10-23")
    sign_in(client, "reviewer", username="zofia")
    page = see(client, change)
    html = page.content.decode()
    assert [
        words for words in ("Agrement", "Agreement", "as the original has it", "Publish") if words not in html
    ] == []
    press(client, change, "publish", digest=page.context["trial"].digest)
    agreement.refresh_from_db()
    change.refresh_from_db()
    assert (agreement.title_en, agreement.version) == ("Agreement", 2)
    assert (change.state, change.approval, change.decided_by.username) == (State.PUBLISHED, "reviewed", "zofia")


def test_looking_changes_nothing(client, agreement):
    change = hand_in(client, agreement, title_en="Agreement")
    sign_in(client, "reviewer", username="zofia")
    before = [agreement.history.count(), Agreement.objects.values().get()]
    see(client, change)
    assert before == [agreement.history.count(), Agreement.objects.values().get()]


@pytest.mark.parametrize("role", ["editor", "reviewer", "reviewer+administrator", "superuser"])
def test_an_author_publishes_nothing_of_theirs_in_any_way(client, agreement, role):
    change = hand_in(client, agreement, role=role, title_en="Agreement")
    digest = rehearse(change).digest
    press(client, change, "publish", digest=digest)
    data = {"action": "publish_selected", "_selected_action": [change.pk], "confirmed": "yes"}
    client.post("/en/admin/review/pendingchange/", data | {f"digest-{change.pk}": digest})
    agreement.refresh_from_db()
    assert (agreement.title_en, agreement.version) == ("Agrement", 1)


def test_whoever_wrote_a_draft_or_a_row_of_it_does_not_publish_it(client):
    city = CityFactory(publication="draft")
    sign_in(client, "reviewer", username="ewa")
    page = page_of(city, "change")
    client.post(page, typed(client.get(page)) | {"names-0-name": "Lemberg", "names-0-language": "de"})
    change = hand_in(client, city, publication="in-review")
    with override("en"):
        assert "another person" in decisions.why_not(User.objects.get(username="ewa"), change)
        assert decisions.why_not(account("reviewer", "zofia"), change) == ""
    assert PartnerCity.history.latest("history_id").history_user.username == "anna"


def test_only_what_the_reviewer_saw_is_published(client, agreement, zofia):
    change = hand_in(client, agreement, title_en="Agreement")
    seen = rehearse(change).digest
    agreement.refresh_from_db()
    agreement.title_en = "Something else"
    agreement.save()
    with pytest.raises(decisions.Changed):
        decisions.publish(change, zofia, seen)
    with pytest.raises(decisions.Changed):
        decisions.publish(change, zofia, "")
    agreement.refresh_from_db()
    assert agreement.title_en == "Something else"


def test_what_others_wrote_meanwhile_in_other_fields_stays(client, agreement, zofia):
    change = hand_in(client, agreement, title_en="Agreement")
    agreement.refresh_from_db()
    agreement.title_pl, agreement.resolution = "Umowa o parkach", "I/1"
    agreement.save()
    decisions.publish(change, zofia, rehearse(change).digest)
    agreement.refresh_from_db()
    assert (agreement.title_en, agreement.title_pl, agreement.resolution) == ("Agreement", "Umowa o parkach", "I/1")


def test_rows_that_others_removed_meanwhile_stay_away(client, zofia):
    city = CityFactory()
    names = [CityNameFactory(city=city, name=name) for name in ("Lemberg", "Leopolis")]
    change = hand_in(client, city, **{"names-1-name": "Lwów"})
    names[0].delete()
    decisions.publish(change, zofia, rehearse(change).digest)
    assert [name.name for name in city.names.all()] == ["Lwów"]


def test_what_cannot_be_carried_out_any_more_says_why(client, zofia):
    city = CityFactory()
    change = hand_in(client, city, wikidata="Q1")
    Agreement.objects.all().delete()
    PartnerCity.objects.filter(pk=city.pk).delete()
    assert rehearse(change).errors == ["The record is gone."]
    with pytest.raises(CannotBeDone):
        decisions.publish(change, zofia, "")


def test_a_change_is_decided_once(client, agreement, zofia):
    change = hand_in(client, agreement, title_en="Agreement")
    digest = rehearse(change).digest
    decisions.publish(change, zofia, digest)
    with pytest.raises(decisions.Changed):
        decisions.publish(change, zofia, digest)
    with pytest.raises(decisions.Changed):
        decisions.send_back(change, zofia, "late")


def test_what_is_sent_back_reaches_its_author_who_goes_on_from_there(client, agreement, zofia):
    change = hand_in(client, agreement, title_en="Agreement")
    decisions.send_back(change, zofia, "Write the whole title")
    client.force_login(change.author)
    html = see(client, change).content.decode()
    assert "Write the whole title" in html
    form = client.get(page_of(agreement, "change") + f"?pending={change.pk}")
    assert typed(form)["title_en"] == "Agreement"
    client.post(page_of(agreement, "change"), typed(form) | {"title_en": "Agreement on parks"})
    later = PendingChange.objects.waiting().get()
    change.refresh_from_db()
    assert (later.replaces, change.state, later.author) == (change, State.WITHDRAWN, change.author)
    decisions.publish(later, zofia, rehearse(later).digest)
    agreement.refresh_from_db()
    assert agreement.title_en == "Agreement on parks"


def test_a_change_that_is_taken_over_has_two_authors_and_needs_a_third_person(client, agreement, zofia):
    change = hand_in(client, agreement, title_en="Agreement")
    client.force_login(zofia)
    form = client.get(page_of(agreement, "change") + f"?pending={change.pk}")
    client.post(page_of(agreement, "change"), typed(form) | {"title_en": "Agreement on parks"})
    later = PendingChange.objects.waiting().get()
    change.refresh_from_db()
    assert (change.state, later.writers()) == (State.TAKEN_OVER, {change.author_id, zofia.pk})
    assert decisions.why_not(zofia, later)
    assert decisions.why_not(account("reviewer", "ewa"), later) == ""


def test_nobody_goes_on_in_what_another_editor_wrote(client, agreement):
    change = hand_in(client, agreement, title_en="Agreement")
    sign_in(client, "editor", username="jan")
    form = client.get(page_of(agreement, "change") + f"?pending={change.pk}")
    assert typed(form)["title_en"] == "Agrement"


def test_its_author_withdraws_a_change_and_nobody_else(client, agreement):
    change = hand_in(client, agreement, title_en="Agreement")
    with pytest.raises(PermissionDenied):
        decisions.withdraw(change, account("editor", "jan"))
    press(client, change, "withdraw")
    change.refresh_from_db()
    assert change.state == State.WITHDRAWN


def test_a_publication_that_is_sent_back_is_a_draft_again(client, zofia):
    city = CityFactory(publication="draft")
    change = hand_in(client, city, publication="in-review")
    decisions.send_back(change, zofia, "English is missing")
    city.refresh_from_db()
    assert city.publication == "draft"


def test_in_an_emergency_one_person_publishes_says_why_and_another_confirms(client, agreement):
    change = hand_in(client, agreement, role="reviewer", title_en="Agreement")
    digest = rehearse(change).digest
    press(client, change, "publish", digest=digest, emergency="yes", remark="")
    change.refresh_from_db()
    assert change.state == State.WAITING
    press(client, change, "publish", digest=digest, emergency="yes", remark="The mayor is quoted tonight")
    change.refresh_from_db()
    assert (change.state, change.approval, change.remark) == (
        State.PUBLISHED,
        "emergency",
        "The mayor is quoted tonight",
    )
    assert agreement.history.first().approval == "emergency"
    assert list(PendingChange.objects.to_confirm()) == [change]
    with pytest.raises(PermissionDenied):
        decisions.confirm(change, change.author)
    sign_in(client, "reviewer", username="ewa")
    press(client, change, "confirm")
    assert not PendingChange.objects.to_confirm().exists()


@pytest.mark.parametrize("role", ["reader", "editor", "importer"])
def test_without_the_right_nobody_decides(client, agreement, role):
    change = hand_in(client, agreement, title_en="Agreement")
    sign_in(client, role, username="jan")
    digest = rehearse(change).digest
    for step, data in (
        ("publish", {"digest": digest}),
        ("publish", {"digest": digest, "emergency": "yes", "remark": "now"}),
        ("send_back", {"remark": "no"}),
        ("withdraw", {}),
        ("confirm", {}),
    ):
        assert press(client, change, step, **data).status_code == 403
    change.refresh_from_db()
    assert change.state == State.WAITING


def test_who_may_not_publish_such_records_does_not_though_they_review_others(client, agreement, zofia):
    change = hand_in(client, agreement, title_en="Agreement")
    zofia.groups.clear()
    zofia.user_permissions.set(Permission.objects.filter(codename="review_pendingchange"))
    zofia = type(zofia).objects.get(pk=zofia.pk)
    with pytest.raises(PermissionDenied):
        decisions.publish(change, zofia, rehearse(change).digest)
    agreement.refresh_from_db()
    assert agreement.title_en == "Agrement"


def test_an_office_of_one_publishes_its_own_and_history_says_so(client, agreement, settings):
    settings.ONE_PERSON_REVIEWS = True
    change = hand_in(client, agreement, role="reviewer", title_en="Agreement")
    assert "In this office authors may publish" in see(client, change).content.decode()
    press(client, change, "publish", digest=rehearse(change).digest)
    agreement.refresh_from_db()
    assert (agreement.title_en, agreement.history.first().approval) == ("Agreement", "own")


def test_many_changes_are_published_from_the_list_once_all_were_shown(client):
    agreements = [AgreementFactory(title_en=f"Agrement {number}") for number in range(3)]
    changes = [hand_in(client, each, username=f"anna{each.pk}", title_en="Agreement") for each in agreements]
    sign_in(client, "reviewer", username="zofia")
    data = {"action": "publish_selected", "_selected_action": [change.pk for change in changes]}
    page = client.post("/en/admin/review/pendingchange/", data)
    assert page.content.decode().count("Agrement") >= 3
    digests = {f"digest-{change.pk}": trial.digest for change, trial, _why_not in page.context["looked_at"]}
    agreements[2].refresh_from_db()
    agreements[2].resolution = "I/1"
    agreements[2].title_en = "Other"
    agreements[2].save()
    told = client.post("/en/admin/review/pendingchange/", data | digests | {"confirmed": "yes"}, follow=True)
    assert [Agreement.objects.get(pk=each.pk).title_en for each in agreements] == ["Agreement", "Agreement", "Other"]
    assert "Not published" in told.content.decode()


@pytest.mark.parametrize("key", ["x", "9" * 30, "\0", ""])
def test_what_is_no_key_chooses_no_change(client, key):
    sign_in(client, "reviewer")
    data = {"action": "publish_selected", "_selected_action": key, "confirmed": "yes"}
    assert client.post("/en/admin/review/pendingchange/", data, follow=True).status_code == 200


def test_what_is_approved_for_a_day_can_be_sent_back_until_then(client, agreement, zofia):
    change = hand_in(client, agreement, title_en="Agreement")
    decisions.schedule(change, zofia, rehearse(change).digest, timezone.now() + timedelta(days=2))
    client.force_login(zofia)
    assert "/send_back/" in client.get(change.get_absolute_url()).content.decode()
    press(client, change, "send_back", remark="Not yet")
    change.refresh_from_db()
    assert change.state == "sent-back"


def test_what_is_approved_for_a_day_is_published_then_if_nothing_changed(client, agreement, zofia, clock):
    change = hand_in(client, agreement, title_en="Agreement")
    at = timezone.now() + timedelta(days=2)
    with pytest.raises(CannotBeDone):
        decisions.schedule(change, zofia, rehearse(change).digest, timezone.now())
    with pytest.raises(CannotBeDone):
        decisions.schedule(change, zofia, rehearse(change).digest, datetime(9999, 12, 31, tzinfo=UTC))
    decisions.schedule(change, zofia, rehearse(change).digest, at)
    assert decisions.carry_out_due(at - timedelta(minutes=1)) == ([], [])
    published, again = decisions.carry_out_due(at)
    agreement.refresh_from_db()
    assert ([each.pk for each in published], again, agreement.title_en) == ([change.pk], [], "Agreement")
    assert agreement.history.latest("history_id").approved_by == zofia


def test_what_changed_since_it_was_approved_for_a_day_waits_again(client, agreement, zofia):
    change = hand_in(client, agreement, title_en="Agreement")
    at = timezone.now() + timedelta(days=2)
    decisions.schedule(change, zofia, rehearse(change).digest, at)
    agreement.refresh_from_db()
    agreement.title_en = "Other"
    agreement.save()
    call_command("run_scheduled")
    change.refresh_from_db()
    assert change.state == State.SCHEDULED
    published, again = decisions.carry_out_due(at)
    change.refresh_from_db()
    agreement.refresh_from_db()
    assert (published, len(again), change.state, agreement.title_en) == ([], 1, State.WAITING, "Other")


def test_a_file_comes_with_its_change_and_nothing_lies_about_before(client, zofia, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    agreement = AgreementFactory()
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")
    change = hand_in(client, agreement, **{"documents-0-file": scan, "documents-0-language": "pl"})
    rehearse(change)
    folder = tmp_path / "documents"
    assert not folder.exists() or not [*folder.iterdir()]
    decisions.publish(change, zofia, rehearse(change).digest)
    [document] = agreement.documents.all()
    assert (folder / document.file.name).read_bytes() == b"%PDF-1.7\n%%EOF"


def test_what_follows_is_said_before_and_after(client):
    earlier = AgreementFactory(signed_on="1991", city__name_en="Vilnius")
    later = AgreementFactory(signed_on="1999", city=earlier.city)
    change = hand_in(client, later, **{"links-0-verb": "replaces", "links-0-earlier": earlier.pk})
    with override("en"):
        told = {subject: (before, after) for subject, before, after in rehearse(change).sentences}
    [(before, after)] = [pair for subject, pair in told.items() if "1991" in subject]
    assert before.startswith("In force")
    assert after.startswith("Superseded")


@pytest.mark.parametrize("publish", [False, True])
def test_an_import_of_what_the_public_sees_is_handed_in_and_reviewed_as_a_whole(client, zofia, publish):
    city = CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv", country="UA")
    agreement = AgreementFactory(city=city, signed_on="2005-05-12", resolution="", title_pl="Umowa o parkach")
    load_words()
    sign_in(client, WRITERS if publish else "importer", username="anna")
    head = ["Nr", "Miasto", "Rodzaj aktu", "Tytuł", "Data podpisania", "Uchwała"]
    row = [str(agreement.number), "Lwów", "", "Umowa o parkach", "12.05.2005", "XX/1"]
    record, _page = send(client, csv(row, head=head))
    post(client, "apply", record, plan=SheetImport.objects.get(pk=record.pk).plan_digest, what="all")
    change = PendingChange.objects.get()
    agreement.refresh_from_db()
    assert (change.kind, change.first_record(), agreement.resolution) == ("import", record, "")
    client.force_login(zofia)
    page = see(client, change)
    assert "Look at the import" in page.content.decode()
    press(client, change, "publish", digest=page.context["trial"].digest)
    agreement.refresh_from_db()
    latest = agreement.history.first()
    assert (agreement.resolution, latest.approved_by, latest.history_user.username) == ("XX/1", zofia, "anna")


def test_what_is_published_for_the_first_time_is_shown_whole_with_its_rows(client):
    city = CityFactory(publication="draft", name_en="Lviv", lead_en="On the Poltva")
    name = CityNameFactory(city=city, name="Lemberg")
    change = hand_in(client, city, publication="in-review")
    trial = rehearse(change)
    told = " ".join(f"{each.label} {each.new}" for effect in trial.effects for each in effect.changes)
    assert [words for words in ("On the Poltva", "Lemberg", "Lviv") if words not in told] == []
    name.name = "Leopolis"
    name.save()
    assert rehearse(change).digest != trial.digest


def test_what_is_internal_is_not_shown_with_what_is_published_for_the_first_time(client):
    city = CityFactory(publication="draft")
    AssessmentFactory(city=city, reason_en="They never answer")
    change = hand_in(client, city, publication="in-review")
    assert {effect.model for effect in rehearse(change).effects} == {PartnerCity}
    assert "They never answer" not in see(client, change).content.decode()


def test_a_form_that_is_sent_twice_is_one_change(client, agreement):
    sign_in(client, "editor")
    page = page_of(agreement, "change")
    data = typed(client.get(page)) | REASON | {"title_en": "Agreement"}
    for _time in range(2):
        client.post(page, data)
    assert PendingChange.objects.count() == 1
    client.post(page, data | {"title_en": "Another"})
    assert PendingChange.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_where_each_request_is_a_transaction_of_its_own_all_of_this_is_done_too(client):
    """The other tests run within one, which hides what locks a row without."""
    agreement, draft = AgreementFactory(title_en="Agrement"), CityFactory(publication="draft")
    changes = [
        hand_in(client, agreement, title_en="Agreement"),
        hand_in(client, draft, username="ewa", publication="in-review"),
    ]
    sign_in(client, "reviewer", username="zofia")
    for change in changes:
        page = see(client, change)
        press(client, change, "publish", digest=page.context["trial"].digest)
    agreement.refresh_from_db()
    draft.refresh_from_db()
    assert (agreement.title_en, draft.publication) == ("Agreement", "published")
    states = f"/en/admin/review/pendingchange/states/{changes[0].content_type_id}/{agreement.pk}/"
    moment = client.get(states).context["moment"]
    assert client.post(states, {"moment": moment} | REASON).status_code == 302
    theme = ThemeFactory()
    assert client.post(page_of(theme, "delete"), {"post": "yes"} | REASON).status_code == 302
