"""Each step of a change towards the public stands in the audit log, or is not made."""

import pytest
from django.contrib.auth.models import Permission

from krakow_intl.review.models import PendingChange
from krakow_intl.review.trial import rehearse
from partners.models import Agreement, SheetImport
from tests.audit import fill_the_disk, lines, outcomes
from tests.partners.admin.sheets import GOOD, HEAD, apply, csv, post, send
from tests.partners.factories import AgreementFactory, CityFactory, ThemeFactory
from tests.staff import REASON, WRITERS, account, page_of, publish_waiting, sign_in, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def lviv():
    return CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv", country="UA")


@pytest.fixture
def anna(client):
    return sign_in(client, "editor", username="anna")


@pytest.fixture
def reviewer():
    from django.test import Client

    client = Client()
    user = account("reviewer", "zofia")
    user.user_permissions.add(Permission.objects.get(codename="hurry_pendingchange"))
    client.force_login(user)
    return client


def hand_in(client, record, **values):
    page = page_of(record, "change")
    client.post(page, typed(client.get(page)) | REASON | values)
    return PendingChange.objects.latest("pk")


def decide(client, change, step, **data):
    return client.post(f"/en/admin/review/pendingchange/{change.pk}/{step}/", data)


def told():
    return [(line["user"], line["outcome"], line["approval"]) for line in lines("publication")]


def test_what_is_handed_in_withdrawn_and_published_is_noted(anna, reviewer, lviv):
    decide(anna, hand_in(anna, lviv, name_en="Lwow"), "withdraw")
    change = hand_in(anna, lviv, name_en="Lemberg")
    decide(reviewer, change, "publish", digest=rehearse(change).digest)
    assert told() == [
        ("anna", "handed-in", ""),
        ("anna", "withdrawn", ""),
        ("anna", "handed-in", ""),
        ("zofia", "published", "reviewed"),
    ]
    [*_earlier, line] = lines("publication")
    assert (line["what"], line["about"]) == (f"review.pendingchange {change.pk}", [f"partners.partnercity {lviv.pk}"])


def test_what_is_sent_back_and_taken_over_is_noted(anna, reviewer, lviv):
    change = hand_in(anna, lviv, name_en="Lwow")
    decide(reviewer, change, "send_back", remark="with an acute")
    page = page_of(lviv, "change")
    shown = reviewer.get(f"{page}?pending={change.pk}")
    reviewer.post(page, typed(shown) | REASON | {"name_en": "Lwów", "pending": change.pk})
    assert sorted(told()) == [
        ("anna", "handed-in", ""),
        ("zofia", "handed-in", ""),
        ("zofia", "sent-back", ""),
        ("zofia", "taken-over", ""),
    ]


def test_an_emergency_and_who_confirmed_it_are_noted(anna, reviewer, lviv, client):
    change = hand_in(anna, lviv, name_en="Lwow")
    decide(reviewer, change, "publish", digest=rehearse(change).digest, emergency="on", remark="wrong name")
    client.force_login(account("reviewer", "ewa"))
    decide(client, change, "confirm")
    assert told()[1:] == [("zofia", "published", "emergency"), ("ewa", "confirmed", "emergency")]


def test_who_tries_to_publish_their_own_words_is_noted(client, lviv):
    sign_in(client, "reviewer", username="jan")
    change = hand_in(client, lviv, name_en="Lwow")
    assert decide(client, change, "publish", digest=rehearse(change).digest).status_code == 403
    assert outcomes("publication") == ["handed-in", "refused"]


def test_a_publication_that_is_not_proposed_any_more_is_noted(anna):
    agreement = AgreementFactory(publication="draft")
    page = page_of(agreement, "change")
    anna.post(page, typed(anna.get(page)) | REASON | {"publication": "in-review"})
    anna.post(page, typed(anna.get(page)) | REASON | {"publication": "draft"})
    assert outcomes("publication") == ["handed-in", "withdrawn"]


@pytest.mark.parametrize("step", ["publish", "send_back", "withdraw"])
def test_nothing_is_decided_that_cannot_be_noted(anna, reviewer, lviv, step, monkeypatch):
    change = hand_in(anna, lviv, name_en="Lwow")
    digest = rehearse(change).digest
    fill_the_disk(monkeypatch)
    client = anna if step == "withdraw" else reviewer
    client.raise_request_exception = False
    assert decide(client, change, step, digest=digest, remark="why").status_code == 503
    change.refresh_from_db()
    lviv.refresh_from_db()
    assert (change.state, lviv.name_en) == (PendingChange.State.WAITING, "Lviv")


def test_nothing_is_handed_in_that_cannot_be_noted(anna, lviv, monkeypatch):
    page = page_of(lviv, "change")
    data = typed(anna.get(page)) | REASON | {"name_en": "Lwow"}
    fill_the_disk(monkeypatch)
    anna.raise_request_exception = False
    assert anna.post(page, data).status_code == 503
    assert not PendingChange.objects.exists()


def test_a_preview_is_noted(anna, lviv):
    change = hand_in(anna, lviv, name_en="Lwow")
    assert anna.get(f"/en/admin/review/pendingchange/{change.pk}/preview/pl/").status_code == 200
    assert [(line["user"], line["language"]) for line in lines("preview")] == [("anna", "pl")]


# --- imports ---------------------------------------------------------------------------------------------------------


def test_an_import_that_stays_a_draft_is_noted_when_it_comes_in_is_applied_and_undone(client, lviv):
    ThemeFactory(slug="culture", name_pl="kultura", name_en="culture")
    sign_in(client, WRITERS, username="anna")
    record, _page = send(client, csv(GOOD))
    apply(client, record)
    post(client, "undo", record, keep="nothing")
    assert outcomes("import") == ["taken-in", "applied", "undone"]
    assert {line["what"] for line in lines("import")} == {f"partners.sheetimport {record.pk}"}
    assert {line["user"] for line in lines("import")} == {"anna"}


def test_an_import_that_waits_for_another_person_is_not_said_to_be_applied(client, lviv):
    sign_in(client, WRITERS, username="anna")
    record, _page = send(client, csv([*GOOD, "Agreement on parks"], head=[*HEAD, "Title"]))
    record.refresh_from_db()
    post(client, "apply", record, plan=record.plan_digest, what="all", publish="on")
    assert (outcomes("import"), outcomes("publication")) == (["taken-in"], ["handed-in"])
    publish_waiting()
    assert (outcomes("import"), outcomes("publication")) == (["taken-in", "applied"], ["handed-in", "published"])


def test_no_import_is_applied_that_cannot_be_noted(client, lviv, monkeypatch):
    sign_in(client, WRITERS, username="anna")
    record, _page = send(client, csv(GOOD))
    fill_the_disk(monkeypatch)
    client.raise_request_exception = False
    assert apply(client, record).status_code == 503
    assert (SheetImport.objects.get().state, Agreement.objects.count()) == ("previewed", 0)


@pytest.mark.parametrize("page", ["bad-rows/csv", "marked"])
def test_what_is_taken_away_of_an_import_is_noted(client, lviv, page):
    sign_in(client, "importer")
    record, _page = send(client, csv(GOOD, ["Lwów", "umowa", "", "31.02.2005"]))
    assert client.get(f"/en/admin/partners/sheetimport/{record.pk}/{page}/").status_code == 200
    assert [line["what"] for line in lines("download")] == [f"partners.sheetimport {record.pk}"]
