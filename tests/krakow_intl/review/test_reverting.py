"""What was done to many records at once is taken back as a whole; nothing that was written since is lost by it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core.reviewing import CannotBeDone
from krakow_intl.models import VisitorReport
from krakow_intl.review import decisions
from krakow_intl.review.models import PendingChange
from krakow_intl.review.reverting import plan_of, rows_written
from krakow_intl.review.reverting import take_back as take_back_plan
from krakow_intl.review.trial import rehearse
from krakow_intl.review.what_changed import rows_of, tracked_models
from partners.models import CityName, Institution, PartnerCity, Party, Theme
from tests.partners.factories import (
    SCAN,
    AgreementFactory,
    AssessmentFactory,
    CityFactory,
    CityNameFactory,
    DocumentFactory,
    InstitutionFactory,
    PartyFactory,
    ThemeFactory,
)
from tests.polonia.factories import EditionFactory
from tests.staff import REASON, account, change, page_of, publish_waiting, sign_in, typed

pytestmark = pytest.mark.django_db
PAGE = "/en/admin/changes/take-back/"
LIST = "/en/admin/changes/"
WITHDRAWN = "is withdrawn, not deleted"
ASKS_ANOTHER = "is taken back once another person agrees"
State = PendingChange.State


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def long_ago():
    """Has what history tells so far been written a day ago, so that what comes now is a saving of its own."""
    for model in tracked_models():
        history = QuerySet(model.history.model)
        history.update(history_date=timezone.now() - timedelta(days=1))


def publish_from_the_list(client, *records, username="anna"):
    """A person hands in drafts from a list, and another publishes them; the change that did."""
    sign_in(client, "editor", username=username)
    data = {"action": "publish", "_selected_action": [record.pk for record in records]}
    client.post(page_of(type(records[0]), "changelist"), data)
    return publish_waiting()[-1]


def ask(client, done, role="editor", username="jan", reason="a mistake"):
    """Another person asks to take back what a change did; what waits for review then, or None."""
    from django.contrib.auth.models import User

    client.force_login(User.objects.filter(username=username).first() or account(role, username))
    client.post(f"{PAGE}?change={done.pk}", {"change_reason": reason})
    return PendingChange.objects.waiting().filter(kind="revert").last()


def take_back(client, done, **given):
    change = ask(client, done, **given)
    publish_waiting()
    change.refresh_from_db()
    return change


def states(*records):
    return [type(record)._base_manager.get(pk=record.pk).publication for record in records]


@pytest.fixture
def cities():
    return [CityFactory(name_en=f"City {number}", publication="draft") for number in range(3)]


def test_what_a_publication_of_many_put_before_the_public_is_withdrawn_and_not_deleted(client, cities):
    done = publish_from_the_list(client, *cities)
    assert states(*cities) == ["published"] * 3
    waits = ask(client, done)
    assert states(*cities) == ["published"] * 3
    assert (waits.kind, waits.author.username, waits.command["change"]) == ("revert", "jan", done.pk)
    publish_waiting()
    assert states(*cities) == ["archived"] * 3
    last = cities[0].history.first()
    assert (last.history_user.username, last.approved_by.username, last.history_change_reason) == (
        "jan",
        "zofia",
        "a mistake",
    )
    assert last.pending_change == waits.pk


def test_the_author_does_not_publish_their_own_taking_back(client, cities):
    done = publish_from_the_list(client, *cities)
    change = ask(client, done, role="reviewer", username="ewa")
    assert decisions.why_not(change.author, change)


def test_what_moved_on_since_is_named_and_left_as_it_is(client, cities):
    done = publish_from_the_list(client, *cities)
    moved = PartnerCity.objects.get(pk=cities[1].pk)
    moved.lead_en = "Written since"
    moved.save()
    waits = ask(client, done)
    trial = rehearse(waits)
    assert [
        sentence for sentence in trial.warnings if "City 1" in sentence and "somebody wrote there since" in sentence
    ]
    publish_waiting()
    assert states(*cities) == ["archived", "published", "archived"]
    assert PartnerCity.objects.get(pk=moved.pk).lead_en == "Written since"


def test_what_changes_after_the_reviewer_looked_is_not_taken_back_unseen(client, cities):
    done = publish_from_the_list(client, *cities)
    waits = ask(client, done)
    seen = rehearse(waits).digest
    moved = PartnerCity.objects.get(pk=cities[1].pk)
    moved.lead_en = "Written since"
    moved.save()
    with pytest.raises(decisions.Changed):
        decisions.publish(waits, account("reviewer", "ewa"), seen)
    assert states(*cities) == ["published"] * 3


def test_taking_back_twice_does_nothing_more(client, cities):
    done = publish_from_the_list(client, *cities)
    take_back(client, done)
    versions = [*PartnerCity.objects.order_by("pk").values_list("version", flat=True)]
    page = client.get(f"{PAGE}?change={done.pk}")
    assert "There is nothing to take back" in page.content.decode()
    assert ask(client, done) is None
    assert [*PartnerCity.objects.order_by("pk").values_list("version", flat=True)] == versions


def test_two_who_ask_for_the_same_do_it_once(client, cities):
    done = publish_from_the_list(client, *cities)
    ask(client, done)
    ask(client, done)
    assert PendingChange.objects.waiting().count() == 1
    ask(client, done, username="ewa")
    first, second = PendingChange.objects.waiting()
    zofia = account("reviewer", "zofia2")
    decisions.publish(first, zofia, rehearse(first).digest)
    assert rehearse(second).errors
    with pytest.raises(CannotBeDone):
        decisions.publish(second, zofia, "")


def test_a_taking_back_is_itself_taken_back(client, cities):
    done = publish_from_the_list(client, *cities)
    undone = take_back(client, done)
    take_back(client, undone, username="ewa")
    assert states(*cities) == ["published"] * 3
    again = take_back(client, done, username="jan")
    assert again.state == State.PUBLISHED
    assert states(*cities) == ["archived"] * 3


def test_a_change_of_a_form_goes_back_with_its_rows(client):
    city = CityFactory(lead_en="Old")
    lemberg = CityNameFactory(city=city, name="Lemberg")
    sign_in(client, "editor", username="anna")
    sent = {"lead_en": "New", "names-0-name": "Leopolis", "names-1-name": "Lwihorod", "names-1-language": "de"}
    page = page_of(city, "change")
    client.post(page, typed(client.get(page)) | REASON | sent)
    [done] = publish_waiting()
    assert sorted(name.name for name in city.names.all()) == ["Leopolis", "Lwihorod"]
    take_back(client, done)
    city.refresh_from_db()
    assert (city.lead_en, [(name.pk, name.name) for name in city.names.all()]) == ("Old", [(lemberg.pk, "Lemberg")])


def test_rows_that_were_removed_come_back_with_their_keys(client):
    city = CityFactory()
    names = [CityNameFactory(city=city, name=name) for name in ("Lemberg", "Leopolis")]
    sign_in(client, "reviewer", username="anna")
    page = page_of(city, "change")
    client.post(page, typed(client.get(page)) | REASON | {"names-0-DELETE": "on", "names-1-DELETE": "on"})
    [done] = publish_waiting()
    assert not city.names.exists()
    take_back(client, done)
    assert sorted(city.names.values_list("pk", "name")) == sorted((name.pk, name.name) for name in names)


def test_a_removal_is_taken_back_with_the_key(client):
    theme = ThemeFactory(name_en="Culture")
    sign_in(client, "reviewer", username="anna")
    client.post(page_of(theme, "delete"), {"post": "yes"} | REASON)
    [done] = publish_waiting()
    assert not Theme.objects.exists()
    take_back(client, done)
    assert Theme.objects.get(pk=theme.pk).name_en == "Culture"


def test_rows_that_changed_places_change_them_back(client):
    agreement = AgreementFactory(publication="draft")
    parties = [PartyFactory(agreement=agreement, side="partner", position=n, name_en=f"Body {n}") for n in (1, 2)]
    long_ago()
    for party, place in zip(parties, (9, 1), strict=True):
        party.position = place
        party.save()
    parties[0].position = 2
    parties[0].save()
    sign_in(client, "editor")
    entry = next(e for e in client.get(LIST).context["entries"] if e.touched[0].name.startswith("Agreement"))
    assert entry.back
    client.post(entry.back, REASON)
    assert [*Party.objects.order_by("pk").values_list("position", flat=True)] == [1, 2]


def test_a_saving_of_drafts_is_taken_back_at_once(client):
    cities = [CityFactory(publication="draft", lead_en="Old") for _ in range(3)]
    long_ago()
    for city in cities:
        city.lead_en = "New"
        city.save()
    sign_in(client, "editor")
    entry = client.get(LIST).context["entries"][0]
    assert "What would be taken back" in client.get(entry.back).content.decode()
    client.post(entry.back, {"change_reason": ""})
    assert {*PartnerCity.objects.values_list("lead_en", flat=True)} == {"New"}
    client.post(entry.back, REASON)
    assert {*PartnerCity.objects.values_list("lead_en", flat=True)} == {"Old"}
    assert not PendingChange.objects.exists()
    assert cities[0].history.first().history_user.username == "editor"


def test_a_bulk_removal_of_drafts_is_taken_back_at_once_with_rows(client):
    cities = [CityFactory(publication="draft") for _ in range(2)]
    names = [CityNameFactory(city=city) for city in cities]
    long_ago()
    sign_in(client, "superuser")
    data = {"action": "delete_selected", "_selected_action": [city.pk for city in cities], "post": "yes"}
    client.post(page_of(PartnerCity, "changelist"), data)
    assert not PartnerCity.objects.exists()
    client.post(client.get(LIST).context["entries"][0].back, REASON)
    assert {*PartnerCity.objects.values_list("pk", flat=True)} == {city.pk for city in cities}
    assert {*CityName.objects.values_list("pk", flat=True)} == {name.pk for name in names}


def test_what_others_rest_on_by_now_stays(client):
    long_ago()
    sign_in(client, "superuser")
    institution = InstitutionFactory(publication="draft", name_en="Office")
    QuerySet(Institution.history.model).filter(id=institution.pk).update(history_change_reason="one saving")
    PartyFactory(agreement=AgreementFactory(publication="draft"), institution=institution, name_en="Body")
    plan = plan_of(rows_written({"rows": {"partners.institution": [institution.history.get().pk]}}))
    [(name, why)] = plan.left
    assert "Office" in name
    assert "others rest on it by now" in why
    assert Institution.objects.exists()


def test_who_may_not_write_takes_nothing_back(client, cities):
    done = publish_from_the_list(client, *cities)
    for role in ("reader", "importer"):
        client.force_login(account(role, f"a-{role}"))
        assert client.get(f"{PAGE}?change={done.pk}").status_code == 403
        assert client.post(f"{PAGE}?change={done.pk}", REASON).status_code == 403
        assert not any(entry.back for entry in client.get(LIST).context["entries"])
    user = account("reader", "partly")
    user.user_permissions.add(Permission.objects.get(codename="change_theme"))
    client.force_login(user)
    assert client.get(f"{PAGE}?change={done.pk}").status_code == 403


def test_of_what_a_person_may_not_see_no_name_is_told(client):
    assessment = AssessmentFactory(city=CityFactory(publication="draft"))
    long_ago()
    assessment.reason = "Dormant"
    assessment.save()
    city = PartnerCity.objects.get()
    city.lead_en = "New"
    city.save()
    mark = next(row.mark for row in rows_of([PartnerCity]))
    user = account("editor", "partly")
    user.user_permissions.add(*Permission.objects.filter(codename__in=["change_partnercity", "view_partnercity"]))
    user.groups.clear()
    client.force_login(user)
    page = client.get(f"{PAGE}?saving={mark}")
    assert (page.status_code, "Dormant" in page.content.decode()) == (403, False)


@pytest.mark.parametrize("address", ["", "?change=999", "?change=x", "?saving=1.2.3", "?saving=x", "?saving=1.-5.3"])
def test_what_was_never_done_is_not_found(client, address):
    sign_in(client, "editor")
    assert client.get(PAGE + address).status_code == 404


def test_what_waits_or_was_withdrawn_is_not_taken_back(client):
    city = CityFactory()
    sign_in(client, "editor", username="anna")
    page = page_of(city, "change")
    client.post(page, typed(client.get(page)) | REASON | {"lead_en": "New"})
    assert client.get(f"{PAGE}?change={PendingChange.objects.get().pk}").status_code == 404


def test_what_the_loading_wrote_is_not_taken_back_here(client):
    city = CityFactory(publication="draft")
    QuerySet(PartnerCity.history.model).filter(id=city.pk).update(history_change_reason="fixture 10-cities.json")
    sign_in(client, "superuser")
    entry = next(e for e in client.get(LIST).context["entries"] if "10-cities" in e.reason)
    assert entry.back == ""
    assert client.get(f"{PAGE}?saving={entry.mark}").status_code == 404


def test_a_change_says_by_what_it_is_taken_back(client, cities):
    done = publish_from_the_list(client, *cities)
    waits = ask(client, done)
    html = client.get(done.get_absolute_url()).content.decode()
    assert waits.get_absolute_url() in html
    assert f"{PAGE}?change={done.pk}" in html
    assert done.get_absolute_url() in client.get(waits.get_absolute_url()).content.decode()


def test_sending_back_a_taking_back_changes_no_record(client, cities):
    done = publish_from_the_list(client, *cities)
    waits = ask(client, done)
    versions = [*PartnerCity.objects.values_list("version", flat=True)]
    decisions.send_back(waits, account("reviewer", "ewa"), "no")
    assert [*PartnerCity.objects.values_list("version", flat=True)] == versions


def test_a_verification_round_is_taken_back(client):
    from krakow_intl.review import rounds

    city = CityFactory(verified_on=None)
    anna = account("editor", "anna")
    current = rounds.begin(anna, (PartnerCity,))
    item = current.items.get()
    rounds.answer(item, "true", "", str(city.version))
    rounds.hand_in(current, anna)
    [done] = publish_waiting()
    city.refresh_from_db()
    assert city.verified_on
    take_back(client, done)
    city.refresh_from_db()
    assert (city.verified_on, city.verified_by) == (None, None)


def test_what_the_reviewer_sees_says_withdrawn_and_not_draft(client, cities):
    done = publish_from_the_list(client, *cities)
    sign_in(client, "editor", username="jan")
    html = client.get(f"{PAGE}?change={done.pk}").content.decode()
    assert "archived" in html
    assert (WITHDRAWN in html, ASKS_ANOTHER in html) == (True, True)


def test_of_the_public_it_is_told_what_applies_alone(client):
    changed = change_of_a_public_city(client)
    publish_waiting()
    html = client.get(f"{PAGE}?change={changed.pk}").content.decode()
    assert (WITHDRAWN in html, ASKS_ANOTHER in html) == (False, True)
    draft = CityFactory(publication="draft", lead_en="Old")
    CityNameFactory(city=draft)
    change(client, draft, lead_en="New")
    mark = client.get(LIST).context["entries"][0].back
    html = client.get(mark).content.decode()
    assert "What would be taken back" in html
    assert (WITHDRAWN in html, ASKS_ANOTHER in html) == (False, False)


def test_planning_asks_no_more_for_more_records():
    cities = [CityFactory(publication="draft", lead_en="Old") for _ in range(8)]
    for city in cities:
        city.lead_en = "New"
        city.save()
    keys = [city.history.first().pk for city in cities]

    def queries(some):
        with CaptureQueriesContext(connection) as asked:
            assert len(plan_of(rows_written({"rows": {"partners.partnercity": some}})).going) == len(some)
        return len(asked)

    assert queries(keys[:1]) == queries(keys)


def test_a_public_record_of_a_saving_is_withdrawn_by_another_persons_leave(client):
    done = change_of_a_public_city(client)
    take_back(client, done)
    assert PartnerCity.objects.get().publication == "published"


def change_of_a_public_city(client):
    city = CityFactory(lead_en="Old")
    sign_in(client, "editor", username="anna")
    change(client, city, lead_en="New")
    return PendingChange.objects.get()


def test_a_list_of_reports_that_was_moved_is_moved_back_and_none_is_deleted(client):
    for number in range(3):
        report = VisitorReport(text=f"Mistake {number}", is_set_apart=True)
        report.skip_history_when_saving = True
        report.save()
    sign_in(client, "reviewer")
    keys = [*VisitorReport.objects.values_list("pk", flat=True)]
    data = {"action": "move_back", "_selected_action": keys}
    client.post(page_of(VisitorReport, "changelist") + "?set_apart=yes", data)
    assert not VisitorReport.objects.set_apart().exists()
    moved = next(e for e in client.get(LIST).context["entries"] if e.back)
    client.post(moved.back, REASON)
    assert [report.text for report in VisitorReport.objects.set_apart().order_by("pk")] == [
        "Mistake 0",
        "Mistake 1",
        "Mistake 2",
    ]


def test_what_stood_in_an_unknown_way_before_is_left_and_said():
    report = VisitorReport(text="Mistake")
    report.skip_history_when_saving = True
    report.save()
    del report.skip_history_when_saving
    report.answer = "Mended"
    report.save()
    plan = plan_of(rows_written({"rows": {"krakow_intl.visitorreport": [report.history.get().pk]}}))
    assert (plan.going, len(plan.left)) == ([], 1)
    assert "not recorded" in plan.left[0][1]


def content_of(document):
    with document.file.open("rb") as file:
        return file.read()


def test_a_scan_that_was_replaced_is_the_former_one_again(client):
    agreement = AgreementFactory(publication="draft")
    document = DocumentFactory(agreement=agreement, file=ContentFile(SCAN, "scan.pdf"))
    long_ago()
    first = document.file.name
    document.file.save("other.pdf", ContentFile(b"%PDF-1.7 other"))
    assert document.file.name != first
    sign_in(client, "editor")
    client.post(next(e for e in client.get(LIST).context["entries"] if e.back).back, REASON)
    document.refresh_from_db()
    assert (document.file.name, content_of(document)) == (first, SCAN)


def test_a_second_writer_at_the_very_moment_is_not_overwritten():
    city = CityFactory(publication="draft", lead_en="Old")
    long_ago()
    city.lead_en = "New"
    city.save()
    plan = plan_of(rows_written({"rows": {"partners.partnercity": [city.history.first().pk]}}))
    city.lead_en = "Newest"
    city.save()
    with pytest.raises(CannotBeDone):
        take_back_plan(plan, "a mistake")
    assert PartnerCity.objects.get().lead_en == "Newest"


def test_an_edition_that_a_form_removed_comes_again(client):
    edition = EditionFactory(publication="draft")
    long_ago()
    key, campaign = edition.pk, edition.campaign
    sign_in(client, "superuser")
    page = page_of(campaign, "change")
    client.post(page, typed(client.get(page)) | REASON | {"editions-0-DELETE": "on"})
    assert not type(edition).objects.filter(pk=key).exists()
    client.post(next(e for e in client.get(LIST).context["entries"] if e.back).back, REASON)
    publish_waiting()
    assert type(edition).objects.get(pk=key).publication == "draft"
