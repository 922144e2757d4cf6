"""Nobody brings their own words before the public alone, whatever way they try; only what was seen is published."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from krakow_intl.core.reviewing import Proposal, desk
from krakow_intl.review import decisions
from krakow_intl.review.models import PendingChange
from krakow_intl.review.trial import rehearse
from partners.models import Agreement, SheetImport
from tests.partners.admin.sheets import address, csv, post, reply, send
from tests.partners.factories import AgreementFactory, CityFactory
from tests.partners.imports.conftest import load_words
from tests.staff import REASON, WRITERS, account, page_of, typed
from tests.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.once]
State = PendingChange.State
SCAN = b"%PDF-1.7 one\n%%EOF"
HEAD = ["Nr", "Miasto", "Rodzaj aktu", "Tytuł", "Data podpisania", "Uchwała"]


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def anna():
    return person("editor", "anna")


@pytest.fixture
def ewa():
    return person("reviewer", "ewa")


@pytest.fixture
def zofia():
    return person("reviewer", "zofia")


def person(role, name):
    """A browser of its own, in which a person of that role has signed in."""
    client = Client()
    client.user = account(role, name)
    client.force_login(client.user)
    return client


def write(client, record, **values):
    """A person opens the form of a record, types and saves."""
    page = page_of(record, "change")
    return client.post(page, typed(client.get(page)) | REASON | values)


def press(client, change, step, **data):
    return client.post(reverse(f"admin:review_pendingchange_{step}", args=[change.pk]), data)


def last_change():
    return PendingChange.objects.latest("pk")


def scan(content=SCAN):
    return SimpleUploadedFile("scan.pdf", content, "application/pdf")


@pytest.mark.parametrize("role", ["reviewer", WRITERS, "superuser"])
def test_a_forged_post_publishes_no_draft_that_its_sender_wrote_and_another_handed_in(anna, role):
    writer, city = person(role, "writer"), CityFactory(publication="draft")
    write(writer, city, lead_en="My own words")
    write(anna, city, publication="in-review")
    change = last_change()
    digest = rehearse(change).digest
    assert press(writer, change, "publish", digest=digest).status_code == 403
    data = {"action": "publish_selected", "_selected_action": [change.pk], "confirmed": "yes"}
    writer.post("/en/admin/review/pendingchange/", data | {f"digest-{change.pk}": digest})
    city.refresh_from_db()
    change.refresh_from_db()
    assert (city.publication, change.state) == ("in-review", State.WAITING)


def test_who_wrote_a_draft_that_was_published_in_an_emergency_does_not_confirm_it(anna, ewa, zofia):
    city = CityFactory(publication="draft")
    write(ewa, city, lead_en="My own words")
    write(anna, city, publication="in-review")
    change = last_change()
    press(zofia, change, "publish", digest=rehearse(change).digest, emergency="on", remark="tonight")
    assert list(PendingChange.objects.to_confirm()) == [change]
    assert press(ewa, change, "confirm").status_code == 403
    assert press(person("reviewer", "jan"), change, "confirm").status_code == 302
    assert not PendingChange.objects.to_confirm().exists()


def bring_in(client, row):
    """A person sends a sheet of one agreement; the import."""
    load_words()
    return send(client, csv(row, head=HEAD))[0]


def apply(client, record):
    return client.post(
        address("apply", record.pk), {"plan": SheetImport.objects.get(pk=record.pk).plan_digest, "what": "all"}
    )


def row_of(agreement, resolution="XX/1"):
    return [str(agreement.number), "Lwów", "", "Umowa o parkach", "12.05.2005", resolution]


def handed_in_and_refused(client, record, writer, agreement):
    """The change as which an import was handed in, which one of its writers tried in vain to publish."""
    apply(client, record)
    change = last_change()
    assert (change.kind, change.author) == ("import", client.user)
    assert press(writer, change, "publish", digest=rehearse(change).digest).status_code == 403
    agreement.refresh_from_db()
    assert agreement.resolution == ""
    return change


@pytest.fixture
def lviv():
    return CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv", country="UA")


def test_who_sent_a_sheet_does_not_publish_it_though_another_applied_it(lviv):
    agreement = AgreementFactory(city=lviv, signed_on="2005-05-12", title_pl="Umowa o parkach")
    sender, other = person(WRITERS, "sender"), person("importer", "other")
    record = bring_in(sender, row_of(agreement))
    change = handed_in_and_refused(other, record, sender, agreement)
    third = person(WRITERS, "third")
    press(third, change, "publish", digest=rehearse(change).digest)
    agreement.refresh_from_db()
    assert agreement.resolution == "XX/1"


def test_who_answered_what_was_asked_of_a_sheet_does_not_publish_it_though_others_sent_and_applied_it(lviv):
    agreement = AgreementFactory(city=lviv, signed_on="2005-05-12", title_pl="Umowa o parkach")
    sender, other, helper = person("importer", "sender"), person("importer", "other"), person(WRITERS, "helper")
    number, _city, *rest = row_of(agreement)
    record = bring_in(sender, [number, "Gród nad Pełtwią", *rest])
    [question] = record.report["questions"]
    assert reply(helper, record, {question["key"]: "lviv"}).context["report_view"].writes == 1
    handed_in_and_refused(other, record, helper, agreement)


def test_an_importer_with_a_second_role_publishes_neither_an_import_of_theirs_nor_its_undoing(lviv):
    agreement = AgreementFactory(city=lviv, signed_on="2005-05-12", title_pl="Umowa o parkach")
    both, zofia = person(WRITERS, "both"), person(WRITERS, "zofia")
    record = bring_in(both, row_of(agreement))
    apply(both, record)
    applied = last_change()
    assert press(both, applied, "publish", digest=rehearse(applied).digest).status_code == 403
    press(zofia, applied, "publish", digest=rehearse(applied).digest)
    post(both, "undo", record, undo="1")
    undone = last_change()
    assert undone.kind == "undo"
    assert press(both, undone, "publish", digest=rehearse(undone).digest).status_code == 403
    agreement.refresh_from_db()
    assert agreement.resolution == "XX/1"


def test_who_wrote_a_draft_does_not_publish_the_import_that_brings_it_before_the_public(lviv):
    """The sheet says of an agreement that it is published; what it tells was written by the reviewer."""
    from partners.imports.planning.states import AS_TOLD, PUBLICATION

    writer, importer = person(WRITERS, "writer"), person(WRITERS, "importer")
    given = {"signed_on": "2005-05-12", "title_pl": "Umowa o parkach", "title_en": "Agreement on parks"}
    agreement = AgreementFactory(city=lviv, publication="draft", **given)
    write(writer, agreement, resolution="My own words")
    load_words()
    head = [*HEAD[:-1], "Publikacja"]
    record = send(importer, csv(row_of(agreement, "opublikowany"), head=head))[0]
    record.refresh_from_db()
    record.decisions = {PUBLICATION: AS_TOLD}
    record.save()
    importer.post(address("read", record.pk))
    apply(importer, record)
    change = last_change()
    assert change.kind == "import"
    assert press(writer, change, "publish", digest=rehearse(change).digest).status_code == 403
    assert Agreement.objects.get().publication == "draft"
    press(person(WRITERS, "third"), change, "publish", digest=rehearse(change).digest)
    assert Agreement.objects.get().publication == "published"


def test_what_was_withdrawn_is_not_written_anew_unseen_and_put_back_by_a_word(anna, ewa):
    city = CityFactory(lead_en="As all read it", publication="archived")
    write(ewa, city, lead_en="My own words")
    city.refresh_from_db()
    assert (city.lead_en, last_change().author) == ("As all read it", ewa.user)
    write(ewa, city, **{"names-0-name": "Lemberg", "names-0-language": "de"})
    assert not city.names.exists()
    press(ewa, last_change(), "withdraw")
    write(anna, city, publication="published")
    press(ewa, last_change(), "publish", digest=rehearse(last_change()).digest)
    city.refresh_from_db()
    assert (city.publication, city.lead_en) == ("published", "As all read it")


def test_a_scan_that_is_exchanged_after_the_reviewer_looked_is_not_published(anna, zofia):
    agreement = AgreementFactory(publication="draft")
    write(anna, agreement, **{"documents-0-file": scan(), "documents-0-language": "pl"})
    write(anna, agreement, publication="in-review")
    change = last_change()
    seen = rehearse(change).digest
    assert rehearse(change).digest == seen
    write(anna, agreement, **{"documents-0-file": scan(b"%PDF-1.7 another\n%%EOF")})
    press(zofia, change, "publish", digest=seen)
    agreement.refresh_from_db()
    assert agreement.publication == "in-review"
    press(zofia, change, "publish", digest=rehearse(change).digest)
    agreement.refresh_from_db()
    assert agreement.publication == "published"


def test_a_scan_that_comes_with_a_change_is_the_same_each_time_it_is_looked_at(anna, zofia):
    agreement = AgreementFactory()
    write(anna, agreement, **{"documents-0-file": scan(), "documents-0-language": "pl"})
    press(zofia, last_change(), "publish", digest=rehearse(last_change()).digest)
    with agreement.documents.get().file.open() as file:
        assert file.read() == SCAN


def test_a_form_that_is_sent_again_with_another_scan_is_another_change(anna):
    agreement = AgreementFactory()
    for content in (SCAN, SCAN, b"%PDF-1.7 another\n%%EOF"):
        write(anna, agreement, **{"documents-0-file": scan(content), "documents-0-language": "pl"})
    assert [change.files.get().content() for change in PendingChange.objects.order_by("pk")] == [
        SCAN,
        b"%PDF-1.7 another\n%%EOF",
    ]


def test_what_is_no_longer_proposed_is_not_published_on_the_day_it_was_approved_for(anna, zofia):
    city = CityFactory(publication="draft")
    write(anna, city, publication="in-review")
    change, due = last_change(), timezone.now() + timedelta(days=2)
    decisions.schedule(change, zofia.user, rehearse(change).digest, due)
    write(anna, city, publication="draft")
    assert decisions.carry_out_due(due) == ([], [])
    city.refresh_from_db()
    change.refresh_from_db()
    assert (city.publication, change.state) == ("draft", State.WITHDRAWN)


def test_a_draft_that_its_approver_wrote_in_after_approving_waits_for_another(anna, zofia):
    city = CityFactory(publication="draft")
    write(anna, city, publication="in-review")
    change, due = last_change(), timezone.now() + timedelta(days=2)
    decisions.schedule(change, zofia.user, rehearse(change).digest, due)
    write(zofia, city, lead_en="My own words")
    assert [each.pk for each in decisions.carry_out_due(due)[1]] == [change.pk]
    press(zofia, change, "publish", digest=rehearse(change).digest)
    city.refresh_from_db()
    assert city.publication == "in-review"


def test_what_was_published_while_another_took_it_over_stays_told_as_published(anna, ewa, zofia):
    agreement = AgreementFactory(title_en="Agrement")
    write(anna, agreement, title_en="Agreement")
    change = last_change()
    before = PendingChange.objects.get(pk=change.pk)  # as the request of the other person read it
    press(zofia, change, "publish", digest=rehearse(change).digest)
    proposal = Proposal("form", ewa.user, Agreement, {"content": []}, "why", agreement.pk, replaces=before)
    later = desk().hand_in(proposal)
    change.refresh_from_db()
    assert (change.state, change.approval, later.writers()) == (
        State.PUBLISHED,
        "reviewed",
        {anna.user.pk, ewa.user.pk},
    )


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.SENT_BACK, State.TAKEN_OVER])
def test_a_publish_that_comes_after_another_decision_is_too_late(anna, zofia, state):
    agreement = AgreementFactory(title_en="Agrement")
    write(anna, agreement, title_en="Agreement")
    change = last_change()
    digest = rehearse(change).digest
    PendingChange.objects.filter(pk=change.pk).update(state=state)
    press(zofia, change, "publish", digest=digest)
    press(zofia, change, "publish", digest=digest, emergency="on", remark="now")
    agreement.refresh_from_db()
    assert (agreement.title_en, agreement.version) == ("Agrement", 1)


def test_a_publish_that_is_sent_again_writes_nothing_more(anna, zofia):
    agreement = AgreementFactory(title_en="Agrement")
    write(anna, agreement, title_en="Agreement")
    change = last_change()
    digest = rehearse(change).digest
    for _time in range(2):
        press(zofia, change, "publish", digest=digest)
    agreement.refresh_from_db()
    assert (agreement.version, agreement.history.count()) == (2, 2)


@pytest.mark.parametrize("forged", ["", "0" * 64, "null", "'"])
def test_a_forged_digest_publishes_nothing(anna, zofia, forged):
    agreement = AgreementFactory(title_en="Agrement")
    write(anna, agreement, title_en="Agreement")
    press(zofia, last_change(), "publish", digest=forged)
    press(zofia, last_change(), "publish", digest=forged, emergency="on", remark="now")
    agreement.refresh_from_db()
    assert agreement.title_en == "Agrement"


def test_without_the_right_to_hurry_a_reviewer_publishes_nothing_of_theirs_in_an_emergency(ewa):
    group = Group.objects.get(name="reviewer")
    group.permissions.remove(Permission.objects.get(codename="hurry_pendingchange"))
    agreement = AgreementFactory(title_en="Agrement")
    write(ewa, agreement, title_en="Agreement")
    change = last_change()
    sent = {"digest": rehearse(change).digest, "emergency": "on", "remark": "tonight"}
    assert press(ewa, change, "publish", **sent).status_code == 403
    agreement.refresh_from_db()
    assert agreement.title_en == "Agrement"


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_who_publish_at_once_one_does(anna, ewa, zofia):
    agreement = AgreementFactory(title_en="Agrement")
    write(anna, agreement, title_en="Agreement")
    change = last_change()
    digest = rehearse(change).digest

    def publish(user):
        try:
            return decisions.publish(change, user, digest).decided_by
        except decisions.Changed:
            return None

    published = at_once(publish, [ewa.user, zofia.user])
    assert len([*filter(None, published)]) == 1
    assert [row.version for row in agreement.history.order_by("history_id")] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_of_a_publication_and_a_withdrawal_at_once_one_happens(anna, zofia):
    agreement = AgreementFactory(title_en="Agrement")
    write(anna, agreement, title_en="Agreement")
    change = last_change()
    digest = rehearse(change).digest
    steps = [lambda: decisions.publish(change, zofia.user, digest), lambda: decisions.withdraw(change, anna.user)]

    def decide(step):
        try:
            return step() or True
        except decisions.Changed:
            return None

    assert len([*filter(None, at_once(decide, steps))]) == 1
    agreement.refresh_from_db()
    change.refresh_from_db()
    assert (change.state, agreement.title_en) in [(State.PUBLISHED, "Agreement"), (State.WITHDRAWN, "Agrement")]
