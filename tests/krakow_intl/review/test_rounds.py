"""A verification round is walked record by record, goes on where it stopped, and is reviewed as one list."""

from datetime import date

import pytest
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.review import decisions
from krakow_intl.review.models import PendingChange, RoundItem, VerificationRound
from krakow_intl.review.trial import rehearse
from krakow_intl.review.verifiable import VERIFIABLE
from partners.models import Agreement, Assessment, PartnerCity
from programme.sourced import Sourced
from tests.organizations.factories import MembershipFactory
from tests.partners.factories import ActivityFactory, AgreementFactory, AssessmentFactory, CityFactory
from tests.programme.factories import DepartmentFactory
from tests.records import models_of_the_house
from tests.staff import account, page_of, sign_in, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = date(2026, 5, 20)
START = "/en/admin/verification/"
AGREEMENTS = "partners.agreement"


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *moment: TODAY)


@pytest.fixture
def city():
    city = CityFactory(name_en="Lviv", verified_on=None)
    for number in range(3):
        AgreementFactory(city=city, title_en=f"Agreement {number}", verified_on=None)
    return city


def begin(client, **choice):
    response = client.post(START, choice)
    assert response.status_code == 302, response.context["form"].errors
    return VerificationRound.objects.latest("pk")


def look(client, current):
    """The page of the record that comes next."""
    return client.get(f"{START}{current.pk}/")


def say(client, current, answer, **given):
    shown = look(client, current).context
    data = {"at": shown["item"].position, "version": shown["record"].version, "answer": answer}
    return client.post(f"{START}{current.pk}/", data | given)


def walk_through(client, current, answer="true"):
    while "item" in (look(client, current).context or {}):
        say(client, current, answer)


def hand_in(client, current):
    client.post(f"{START}{current.pk}/hand-in/")
    return PendingChange.objects.filter(kind="verify").last()


def publish(change, name="zofia"):
    return decisions.publish(change, account("reviewer", name), rehearse(change).digest)


def test_every_kind_of_sourced_fact_can_be_verified():
    sourced = {model for model in models_of_the_house() if issubclass(model, Sourced)}
    assert sourced - set(VERIFIABLE) == {Assessment}  # which is internal, while all staff see what is under review


def test_a_round_is_of_a_city_a_department_or_a_list(client, city):
    department = DepartmentFactory(verified_on=TODAY)
    other = AgreementFactory(city=CityFactory(department=department))
    ActivityFactory()
    MembershipFactory(department=department)
    sign_in(client, "editor")
    counts = {}
    for choice in ({"city": city.pk}, {"list": AGREEMENTS}, {"department": department.pk}):
        made = begin(client, **choice)
        counts[made.title] = sorted({item.model.__name__ for item in made.items.all()}), made.items.count()
    assert counts["Lviv"] == (["Agreement", "PartnerCity"], 4)
    assert counts["Agreements"] == (["Agreement"], 4)
    names, _count = counts[department.name_en]
    assert {"Agreement", "Department", "Membership", "PartnerCity"} <= set(names)
    assert other.city.department == department


def test_a_choice_of_nothing_is_refused_and_so_is_one_without_records(client):
    city = CityFactory(publication="draft")
    empty = CityFactory()
    PartnerCity.objects.filter(pk=empty.pk).update(publication="published")
    sign_in(client, "editor")
    assert client.post(START, {}).status_code == 200
    assert client.post(START, {"city": city.pk}).status_code == 200
    assert client.post(START, {"city": empty.pk, "list": AGREEMENTS}).status_code == 200
    assert not VerificationRound.objects.exists()


def test_what_was_checked_longest_ago_comes_first(client, city):
    first = Agreement.objects.last()
    Agreement.objects.exclude(pk=first.pk).update(verified_on=date(2020, 1, 1))
    sign_in(client, "editor")
    current = begin(client, city=city.pk, list=AGREEMENTS)
    assert look(client, current).context["record"] == first


def test_it_goes_on_where_it_stopped_and_says_how_far_it_is(client, city):
    anna = account("editor", "anna")
    client.force_login(anna)
    current = begin(client, city=city.pk)
    say(client, current, "true")
    client.logout()
    client.force_login(anna)
    page = look(client, current)
    assert page.context["item"].position == 2
    assert "1 of 4 looked at" in page.content.decode()
    assert "1 of 4 looked at" in client.get("/en/admin/").content.decode()
    assert begin(client, city=city.pk) == current


def test_looking_writes_nothing_and_still_true_writes_nothing_public(client, city):
    sign_in(client, "editor")
    before = [*Agreement.objects.values()], [*PartnerCity.objects.values()]
    current = begin(client, city=city.pk)
    client.get(f"{START}{current.pk}/?answer=true&at=1&version=1")
    assert RoundItem.objects.exclude(answer="").count() == 0
    walk_through(client, current)
    hand_in(client, current)
    assert before == ([*Agreement.objects.values()], [*PartnerCity.objects.values()])


def test_a_round_is_reviewed_as_one_list_and_sets_the_day_and_who(client, city):
    anna = account("editor", "anna")
    client.force_login(anna)
    current = begin(client, city=city.pk)
    walk_through(client, current)
    change = hand_in(client, current)
    assert PendingChange.objects.count() == 1
    client.force_login(account("reviewer", "zofia"))
    page = client.get(change.get_absolute_url().replace("/pl/", "/en/"))
    assert len(page.context["trial"].effects) == 4
    client.post(
        f"/en/admin/review/pendingchange/{change.pk}/publish/", {"digest": page.context["trial"].digest}, follow=True
    )
    told = {(each.verified_on, each.verified_by) for each in [*Agreement.objects.all(), PartnerCity.objects.get()]}
    assert told == {(TODAY, anna)}
    latest = Agreement.history.latest("history_id")
    assert (latest.history_user, latest.approved_by.username) == (anna, "zofia")
    assert latest.history_change_reason == "verification round: Lviv"


def test_the_day_is_that_on_which_it_was_looked_at(client, city, monkeypatch):
    sign_in(client, "editor")
    current = begin(client, city=city.pk, list=AGREEMENTS)
    walk_through(client, current)
    change = hand_in(client, current)
    monkeypatch.setattr(timezone, "localdate", lambda *moment: date(2026, 6, 30))
    publish(change)
    assert {each.verified_on for each in Agreement.objects.all()} == {TODAY}


def test_the_author_does_not_agree_to_their_own_round(client, city):
    ewa = account("reviewer", "ewa")
    client.force_login(ewa)
    current = begin(client, city=city.pk)
    walk_through(client, current)
    change = hand_in(client, current)
    with override("en"):
        assert "another person" in decisions.why_not(ewa, change)
    assert decisions.why_not(account("reviewer", "zofia"), change) == ""


def test_what_is_skipped_or_asked_or_to_be_corrected_stays_unverified_and_is_named(client, city):
    sign_in(client, "editor")
    current = begin(client, city=city.pk)
    first = look(client, current).context["record"]
    corrected = say(client, current, "corrected")
    assert corrected["Location"] == page_of(first, "change")
    say(client, current, "skipped")
    say(client, current, "asked", remark="Is the day <right>?")
    say(client, current, "true")
    change = hand_in(client, current)
    sign_in(client, "reviewer", username="zofia")
    html = client.get(f"/en/admin/review/pendingchange/{change.pk}/change/").content.decode()
    assert "Is the day &lt;right&gt;?" in html
    assert "Partner city: Lviv" in html
    publish(change, "ewa")
    assert (
        Agreement.objects.filter(verified_on=TODAY).count() + PartnerCity.objects.filter(verified_on=TODAY).count() == 1
    )


def test_who_asks_has_to_say_what(client, city):
    sign_in(client, "editor")
    current = begin(client, city=city.pk)
    say(client, current, "asked", remark="  ")
    assert current.items.exclude(answer="").count() == 0


@pytest.mark.parametrize(
    "wrong", [{"answer": "verified"}, {"answer": ""}, {"at": "99"}, {"at": "x"}, {"version": "7"}], ids=str
)
def test_what_is_no_answer_to_what_was_shown_is_not_kept(client, city, wrong):
    sign_in(client, "editor")
    current = begin(client, city=city.pk)
    assert say(client, current, **{"answer": "true"} | wrong).status_code == 302
    assert current.items.exclude(answer="").count() == 0


def test_what_changed_since_it_was_checked_is_left_out_and_named(client, city):
    sign_in(client, "editor")
    current = begin(client, city=city.pk, list=AGREEMENTS)
    walk_through(client, current)
    change = hand_in(client, current)
    changed, gone, _kept = Agreement.objects.order_by("pk")
    changed.title_en = "Another title"
    changed.save()
    gone.delete()
    trial = rehearse(change)
    assert len(trial.effects) == 1
    assert any(changed.title_pl in sentence for sentence in trial.warnings)
    publish(change)
    changed.refresh_from_db()
    assert changed.verified_on is None


def test_a_record_that_is_gone_is_passed_over(client, city):
    sign_in(client, "editor")
    current = begin(client, city=city.pk, list=AGREEMENTS)
    Agreement.objects.order_by("pk").first().delete()
    page = client.get(f"{START}{current.pk}/", follow=True)
    assert page.context["item"].position == 2


def test_one_can_go_back_and_say_something_else_until_it_is_handed_in(client, city):
    sign_in(client, "editor")
    current = begin(client, city=city.pk)
    say(client, current, "true")
    data = {"at": 1, "version": 1, "answer": "skipped"}
    client.post(f"{START}{current.pk}/", data)
    assert current.items.get(position=1).answer == "skipped"
    assert current.items.get(position=1).checked_on is None
    hand_in(client, current)
    client.post(f"{START}{current.pk}/", data | {"answer": "true"})
    assert current.items.get(position=1).answer == "skipped"


def test_a_round_is_handed_in_once(client, city):
    sign_in(client, "editor")
    current = begin(client, city=city.pk)
    walk_through(client, current)
    hand_in(client, current)
    hand_in(client, current)
    assert PendingChange.objects.count() == 1


def test_nothing_is_handed_in_or_given_up_by_looking(client, city):
    sign_in(client, "editor")
    current = begin(client, city=city.pk)
    for step in ("hand-in", "drop"):
        client.get(f"{START}{current.pk}/{step}/")
    current.refresh_from_db()
    assert current.closed_at is None
    client.post(f"{START}{current.pk}/drop/")
    assert not VerificationRound.objects.exists()


def test_a_round_without_anything_true_is_closed_without_a_change(client, city):
    sign_in(client, "editor")
    current = begin(client, city=city.pk)
    walk_through(client, current, "skipped")
    assert hand_in(client, current) is None
    current.refresh_from_db()
    assert current.closed_at
    assert b"This round is closed" in look(client, current).content


def test_nobody_walks_the_round_of_another(client, city):
    sign_in(client, "editor", username="anna")
    current = begin(client, city=city.pk)
    sign_in(client, "editor", username="ewa")
    addresses = [f"{START}{current.pk}/{step}" for step in ("", "hand-in/", "drop/")]
    assert {client.post(address).status_code for address in addresses} == {404}


@pytest.mark.parametrize("role", ["reader"])
def test_who_may_write_nothing_verifies_nothing(client, city, role):
    sign_in(client, role)
    assert client.get(START).status_code == 403
    assert "verification" not in client.get("/en/admin/").content.decode()


def test_no_round_holds_internal_assessments(client, city):
    AssessmentFactory(city=city, verified_on=None)
    sign_in(client, "reviewer")
    assert Assessment not in {item.model for item in begin(client, city=city.pk).items.all()}


def test_a_round_tells_the_facts_that_stand_on_the_page_of_a_record(client, city, monkeypatch):
    Agreement.objects.update(internal_notes="SECRET-NOTE")
    sign_in(client, "editor")
    current = begin(client, city=city.pk, list=AGREEMENTS)
    assert "SECRET-NOTE" in look(client, current).content.decode()
    pages = admin.site.get_model_admin(Agreement)
    shown = pages.get_fieldsets

    def without(request, obj=None):
        for title, rest in shown(request, obj):
            yield title, rest | {"fields": [each for each in rest["fields"] if "internal_notes" not in each]}

    monkeypatch.setattr(pages, "get_fieldsets", without)
    assert "SECRET-NOTE" not in look(client, current).content.decode()


def test_events_of_what_is_held_back_are_in_no_round(client, city):
    draft = AgreementFactory(city=city, publication="draft", events=[{"kind": "suspended", "taken_on": "2022-03-02"}])
    sign_in(client, "editor")
    current = begin(client, city=city.pk)
    assert draft.events.get() not in [item.stored() for item in current.items.all()]


def test_an_author_who_lost_the_right_to_write_verifies_nothing_any_more(client, city):
    anna = account("editor", "anna")
    client.force_login(anna)
    current = begin(client, city=city.pk)
    walk_through(client, current)
    change = hand_in(client, current)
    anna.groups.clear()
    assert rehearse(PendingChange.objects.get(pk=change.pk)).errors != []


def test_what_is_corrected_in_between_goes_its_own_way(client, city):
    sign_in(client, "editor")
    current = begin(client, city=city.pk, list=AGREEMENTS)
    record = look(client, current).context["record"]
    say(client, current, "corrected")
    page = page_of(record, "change")
    client.post(page, typed(client.get(page)) | {"title_en": "Corrected", "change_reason": "as the original has it"})
    assert PendingChange.objects.get().kind == "form"
    walk_through(client, current)
    change = hand_in(client, current)
    assert change.records.count() == 2
