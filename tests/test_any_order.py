"""Whatever people do in whatever order: history is complete, two stand behind what is public, and all can be put back.

In the suite a few short stories are made up, the same each time. `ANY_ORDER=600` makes up others for ten minutes:

    ANY_ORDER=600 .venv/bin/python -m pytest --no-migrations tests/test_any_order.py
    ANY_ORDER=600 .venv/bin/python -m tests.postgres .venv/bin/python -m pytest --no-migrations tests/test_any_order.py
"""

import os
import time
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from krakow_intl.core.records import PublicRecord
from krakow_intl.core.reviewing import CannotBeDone
from krakow_intl.review import decisions
from krakow_intl.review.models import PendingChange
from krakow_intl.review.trial import rehearse
from organizations.models import Organization
from partners.models import Activity, Agreement, Institution, PartnerCity, SheetImport, Theme
from tests.any_order import (
    PEOPLE,
    TEXT_OF,
    TickingClock,
    faults_of_history,
    faults_of_publicity,
    history,
    make_register,
    public,
    published_changes,
    sign_in_all,
    stored,
    whole,
)
from tests.partners.admin.sheets import address, csv, send
from tests.staff import REASON, page_of, typed

SECONDS = int(os.environ.get("ANY_ORDER") or 0)
QUICK = {"max_examples": 4, "stateful_step_count": 20, "derandomize": True}
LONG = {"max_examples": 20, "stateful_step_count": 50}
HEAD = ["Nr", "Miasto", "Rodzaj aktu", "Tytuł", "Data podpisania", "Uchwała"]
KEPT = ("publication", "slug", "version")  # of a record that stands, when an earlier state of it is put back
WORDS = ("Alfa", "Beta", "Gamma", "Delta")
MODELS = (PartnerCity, Agreement, Activity, Institution, Organization, Theme)
NEW_ROW = {
    "names": {"name": "Nowa", "language": "uk"},
    "parties": {"side": "home", "name_pl": "Rada", "name_en": "Council"},
    "events": {"kind": "terminated", "taken_on": "{year}-01-01"},
}

person = st.sampled_from(sorted(PEOPLE))
number = st.integers(0, 30)
word = st.sampled_from(WORDS)
pytestmark = pytest.mark.django_db
done = Counter()


def one_of(things, index):
    return things[index % len(things)] if things else None


class AnyOrder(RuleBasedStateMachine):
    """People open forms, save them late, hand in, decide, put back, bring in, delete: whatever comes."""

    people, clock = {}, None

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.clock.begin_again()
        self.forms, self.seen = [], {}
        self.rows, self.past = stored(), history()
        self.shown = public(self.rows)
        self.stood = [(timezone.now(), self.rows)]
        self.published = published_changes()
        self.has_written = False

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def records(self):
        return [record for model in MODELS for record in model._base_manager.order_by("pk")]

    def changes(self, *states):
        return [*PendingChange.objects.filter(state__in=states or ["waiting", "sent-back", "scheduled"]).order_by("pk")]

    def send(self, who, address, data):
        self.has_written = True
        self.clock.step()
        response = self.people[who].post(address, data)
        assert response.status_code in (200, 302, 400, 403, 404, 410), (address, response.status_code)
        return response

    # --- forms -------------------------------------------------------------------------------------------------------

    @rule(who=person, which=number)
    def open_a_form(self, who, which):
        record = one_of(self.records(), which)
        self._keep_form(who, page_of(record, "change"), type(record))

    @precondition(lambda self: self.changes())
    @rule(who=person, which=number)
    def go_on_in_a_change(self, who, which):
        changes = [change for change in self.changes() if change.kind == "form"]
        if (change := one_of(changes, which)) and change.record:
            page = page_of(change.record, "change")
            self._keep_form(who, page, change.model, f"?pending={change.pk}")

    def _keep_form(self, who, page, model, query=""):
        response = self.people[who].get(page + query)
        if response.status_code == 200:
            self.forms.append((who, page, model, typed(response)))
            done["opened"] += 1

    @precondition(lambda self: self.forms)
    @rule(which=number, text=word, has_reason=st.sampled_from([True, True, True, False]))
    def save_a_form(self, which, text, has_reason):
        self._save(which, lambda data, model: {TEXT_OF[model]: text} if model in TEXT_OF else {}, has_reason)

    @precondition(lambda self: self.forms)
    @rule(which=number, year=st.sampled_from(["1950", "2010", "2020"]))
    def add_a_row(self, which, year):
        self._save(which, lambda data, model: dict(self._new_row(data, year)))

    @precondition(lambda self: self.forms)
    @rule(which=number, row=number)
    def remove_a_row(self, which, row):
        self._save(which, lambda data, model: dict.fromkeys(filter(None, [self._row(data, row)]), "on"))

    @precondition(lambda self: self.forms)
    @rule(which=number, publication=st.sampled_from(["draft", "in-review", "published", "archived"]))
    def move(self, which, publication):
        self._save(which, lambda data, model: {"publication": publication} if "publication" in data else {})

    def _save(self, which, write, has_reason=True):
        place = which % len(self.forms)
        who, page, model, data = self.forms[place]
        data = data | write(data, model) | (REASON if has_reason else {})
        response = self.send(who, page, data)
        done[f"saved {response.status_code}"] += 1
        if response.status_code == 200 and "adminform" in (response.context or {}):
            self.forms[place] = (who, page, model, typed(response))  # they look again, with what they typed

    @staticmethod
    def _new_row(data, year):
        """Filled in where each list of rows offers one; of an event, in a year."""
        for prefix, values in NEW_ROW.items():
            if f"{prefix}-TOTAL_FORMS" in data:
                start = f"{prefix}-{int(data[f'{prefix}-TOTAL_FORMS']) - 1}-"
                yield from ((start + name, value.format(year=year)) for name, value in values.items())

    @staticmethod
    def _row(data, row):
        counts = [name for name in data if name.endswith("-INITIAL_FORMS") and int(data[name] or 0)]
        rows = [f"{name.removesuffix('INITIAL_FORMS')}{i}-DELETE" for name in counts for i in range(int(data[name]))]
        return one_of(rows, row)

    # --- lists -------------------------------------------------------------------------------------------------------

    @rule(who=person, model=st.sampled_from([PartnerCity, Agreement, Activity]), which=st.sets(number, min_size=1))
    def hand_in_from_the_list(self, who, model, which):
        keys = [*model._base_manager.order_by("pk").values_list("pk", flat=True)]
        data = {"action": "publish", "_selected_action": sorted({one_of(keys, index) for index in which})}
        if keys:
            self.send(who, page_of(model, "changelist"), data)
            done["handed in from a list"] += 1

    @rule(who=person, which=number)
    def delete(self, who, which):
        record = one_of(self.records(), which)
        response = self.send(who, page_of(record, "delete"), {"post": "yes"} | REASON)
        done[f"deleted {response.status_code}"] += 1

    # --- decisions ---------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.changes())
    @rule(who=person, which=number)
    def look(self, who, which):
        if change := one_of(self.changes(), which):
            self.seen[who, change.pk] = rehearse(change).digest

    @precondition(lambda self: self.changes())
    @rule(who=person, which=number, looks=st.sampled_from([True, True, False]), in_emergency=st.sampled_from([0, 0, 1]))
    def publish(self, who, which, looks, in_emergency):
        if not (change := one_of(self.changes(), which)):
            return
        digest = rehearse(change).digest if looks else self.seen.get((who, change.pk), "")
        data = {"digest": digest} | ({"emergency": "on", "remark": "tonight"} if in_emergency else {})
        self._decide(who, change, "publish", data)

    @rule(who=person, which=number, step=st.sampled_from(["send_back", "withdraw", "confirm"]))
    def decide(self, who, which, step):
        states = ["published"] if step == "confirm" else []
        if change := one_of(self.changes(*states), which):
            self._decide(who, change, step, {"remark": "Write more"})

    def _decide(self, who, change, step, data):
        response = self.send(who, reverse(f"admin:review_pendingchange_{step}", args=[change.pk]), data)
        done[f"{step} {response.status_code}"] += 1

    @precondition(lambda self: self.changes())
    @rule(who=person, which=number)
    def schedule(self, who, which):
        if change := one_of(self.changes("waiting"), which):
            self.has_written = True
            due = timezone.now() + timedelta(days=1)
            try:
                digest = rehearse(change).digest
                decisions.schedule(change, self.people[who].user, digest, due)
                done["scheduled"] += 1
            except (decisions.PermissionDenied, decisions.Changed, CannotBeDone):
                done["not scheduled"] += 1

    @precondition(lambda self: self.changes("scheduled"))
    @rule()
    def a_day_passes(self):
        self.has_written = True
        published, again = decisions.carry_out_due(timezone.now() + timedelta(days=2))
        done["carried out when due"] += len(published)
        done["waits again when due"] += len(again)

    # --- earlier states ----------------------------------------------------------------------------------------------

    @rule(who=person, which=number, moment=number)
    def put_back(self, who, which, moment):
        places = sorted(
            ((m, key) for m, key in self.past if m in MODELS), key=lambda place: (place[0].__name__, place[1])
        )
        model, key = one_of(places, which)
        page = reverse("admin:review_compare", args=[ContentType.objects.get_for_model(model).pk, key])
        response = self.people[who].get(page)
        moments = [value for value, _words in response.context["form"].fields["after"].choices if value]
        chosen = one_of(moments, moment)
        before = stored()
        response = self.send(who, page, {"moment": chosen} | REASON)
        done[f"put back {response.status_code}"] += 1
        if "/review/" not in response.get("Location", "/review/"):
            self._expect_put_back(model, key, chosen, before)

    def _expect_put_back(self, model, key, moment, before):
        """The record and its rows stand as they stood then, but for its place before the public."""
        if (then := self._stood_at(model, key, datetime.fromisoformat(moment))) is None:
            return
        expected, found = whole(then, model, key), whole(stored(), model, key)
        kept = [name for name in KEPT if name in found[model, key]]
        stands = before.get((model, key))
        for name in kept if issubclass(model, PublicRecord) else ():
            expected[model, key][name] = stands[name] if stands else found[model, key][name]
        assert found == expected
        done["stands as it stood"] += 1

    def _stood_at(self, model, key, moment):
        """All records as they stood at a moment; None if that was while the register was being made."""
        begun, rows = self.stood[0]
        if moment > begun:
            return next(rows for at, rows in self.stood if at >= moment)
        dates = {row["history_date"] for place in whole(rows, model, key) for row in self.past[place]}
        return rows if max((date for date in dates if date <= begun), default=begun) <= moment else None

    # --- imports -----------------------------------------------------------------------------------------------------

    @rule(text=word, is_new=st.booleans())
    def bring_in(self, text, is_new):
        agreement = Agreement.objects.filter(signed_on="2005-05-12").order_by("pk").first()
        known = [str(agreement.number), "Lwów", "", "", "12.05.2005", text] if agreement else []
        fresh = ["", "Lwów", "umowa o współpracy", f"Umowa {text}", "01.02.2010", ""]
        self.clock.step()
        record, _page = send(self.people["adam"], csv(*filter(None, [known, fresh if is_new else []]), head=HEAD))
        self._apply(record)

    def _apply(self, record):
        record.refresh_from_db()
        self.send("adam", address("apply", record.pk), {"plan": record.plan_digest, "what": "all"})
        record.refresh_from_db()
        done[f"brought in: {record.state}"] += 1

    @precondition(lambda self: SheetImport.objects.filter(state="applied").exists())
    @rule(which=number)
    def take_an_import_back(self, which):
        record = one_of([*SheetImport.objects.filter(state="applied").order_by("pk")], which)
        self.send("adam", address("undo", record.pk), {"undo": "1"})
        done["taken back"] += 1

    # --- what holds after each step ----------------------------------------------------------------------------------

    @invariant()
    def all_holds(self):
        if not self.has_written:
            return
        self.has_written = False
        rows, past, published = stored(), history(), published_changes()
        shown = public(rows)
        new = {pk: change for pk, change in published.items() if pk not in self.published}
        assert [*faults_of_history(rows, past)] == []
        assert [*faults_of_publicity(self.shown, shown, past, new)] == []
        self._is_kept(past)
        for change in new.values():
            if change.kind == "restore":
                self._expect_put_back(change.model, change.object_id, change.command["moment"], self.rows)
        self.rows, self.past, self.shown, self.published = rows, past, shown, published
        self.stood.append((timezone.now(), rows))
        done["steps"] += 1

    def _is_kept(self, past):
        """Rows are only added to history."""
        assert all(past[place][: len(rows)] == rows for place, rows in self.past.items())


@pytest.fixture
def _register(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    AnyOrder.clock = TickingClock()
    monkeypatch.setattr(timezone, "now", AnyOrder.clock)
    make_register()
    AnyOrder.people = sign_in_all()


def tell_a_story(**options):
    given = {"deadline": None, "database": None, "suppress_health_check": [*HealthCheck], "phases": [Phase.generate]}
    run_state_machine_as_test(AnyOrder, settings=settings(**given, **options))


@pytest.mark.usefixtures("_register")
def test_whatever_people_do_in_whatever_order_history_is_complete_and_two_stand_behind_what_is_public():
    ends_at = time.monotonic() + SECONDS
    tell_a_story(**(LONG if SECONDS else QUICK))
    while time.monotonic() < ends_at:
        tell_a_story(**LONG)
    if SECONDS:
        print(*sorted(done.items()), sep="\n")
    assert done["steps"] > (1000 if SECONDS else 20)
