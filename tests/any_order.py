"""A small register that several people work in, and what must hold of it after each of their steps."""

from collections import defaultdict
from datetime import timedelta

from django.apps import apps
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from krakow_intl.core.admin.history import tracked_fields
from krakow_intl.core.records import BEFORE_THE_PUBLIC, Publication, PublicRecord
from krakow_intl.review.effects import parts_of, row_models
from krakow_intl.review.models import PendingChange
from partners.models import Activity, Agreement, Institution, PartnerCity, Theme
from tests.organizations.factories import MembershipFactory
from tests.partners.factories import (
    ActivityFactory,
    AgreementEventFactory,
    AgreementFactory,
    CityFactory,
    CityNameFactory,
    DocumentFactory,
    InstitutionFactory,
    PartyFactory,
    ThemeFactory,
)
from tests.partners.imports.conftest import load_words
from tests.staff import WRITERS, account

PEOPLE = {"anna": "editor", "jan": "editor", "ewa": "reviewer", "zofia": "reviewer", "adam": WRITERS}
TRACKED = [model for model in apps.get_models() if hasattr(model, "history") and model.is_content]
COLUMNS = {model: [column.attname for column in tracked_fields(model)] for model in TRACKED}
OF_HISTORY = ("history_id", "history_type", "history_date", "history_user_id", "pending_change", "approved_by_id")
TEXT_OF = {  # the column that people write in
    PartnerCity: "lead_en",
    Agreement: "title_en",
    Institution: "name_en",
    Activity: "title_en",
    Theme: "name_en",
}


class TickingClock:
    """No two moments are the same, and each step is a while after the one before."""

    def __init__(self):
        self.now = self.begun = timezone.now()

    def __call__(self):
        self.now += timedelta(milliseconds=1)
        return self.now

    def step(self):
        self.now += timedelta(seconds=10)

    def begin_again(self):
        """A while after the register was made, whatever time has passed since: nobody's sign-in ends by that."""
        self.now = self.begun + timedelta(minutes=1)


def make_register():
    """Drafts and what is published, with rows of several kinds."""
    load_words()
    ThemeFactory()
    city = CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv", country="UA")
    CityNameFactory(city=city)
    CityNameFactory(city=CityFactory(publication="draft"))
    titles = {"title_pl": "Umowa o parkach", "title_en": "Agreement on parks"}
    agreement = AgreementFactory(city=city, signed_on="2005-05-12", **titles)
    PartyFactory(agreement=agreement)
    draft = AgreementFactory(city=city, publication="draft", signed_on="2007-06-13")
    AgreementEventFactory(agreement=draft, taken_on="2012", document=DocumentFactory(agreement=draft, stored=True))
    school = InstitutionFactory(city=city)
    ActivityFactory(cities=[city], institutions=[school])
    ActivityFactory(cities=[city], publication="draft")
    MembershipFactory(organization__publication="draft")


def sign_in_all():
    """{name: their browser}, each of a person with a role."""
    browsers = {}
    for name, role in PEOPLE.items():
        browsers[name] = Client()
        browsers[name].user = account(role, name)
        browsers[name].force_login(browsers[name].user)
    return browsers


def stored():
    """{(model, key): {column: value}} of all records that have a history; with their versions."""
    return {
        (model, row.pop("id")): row
        for model in TRACKED
        for row in QuerySet(model).values("id", "version", *COLUMNS[model])
    }


def history():
    """{(model, key): its rows of history, as they were written}."""
    found = defaultdict(list)
    for model in TRACKED:
        rows = QuerySet(model.history.model).order_by("history_id")
        for row in rows.values("id", "version", "approval", *OF_HISTORY, *COLUMNS[model]):
            found[model, row["id"]].append(row)
    return found


def said(row):
    """What a row tells of a record, without what is counted."""
    return {name: value for name, value in row.items() if name not in ("id", "version", "approval", *OF_HISTORY)}


def public(rows):
    """{(model, key): columns} of what the public sees: records, rows of these, and lists of words."""
    seen = {}
    for model in TRACKED:
        if issubclass(model, PublicRecord):
            keys = model.objects.public().values_list("pk", flat=True)
            seen |= {(model, key): said(rows[model, key]) for key in keys}
    for (model, key), row in rows.items():
        is_row = model.is_content and not issubclass(model, PublicRecord)
        if is_row and all((owner, row[column]) in seen for owner, column in _owners(model)):
            seen[model, key] = said(row)
    return seen


def _owners(model):
    return [(owner, column) for owner in TRACKED for part, column in parts_of(owner) if part is model]


def whole(rows, model, key):
    """{(model, key): columns} of a record and its rows, as they go together."""
    found = {(model, key): said(rows[model, key])} if (model, key) in rows else {}
    for part, owner in row_models(model):
        found |= {(one, pk): said(row) for (one, pk), row in rows.items() if one is part and row[owner] == key}
    return found


def faults_of_history(rows, past):
    """Where a record is not what its history tells last, or a version was used twice."""
    for place in rows.keys() | past.keys():
        last = past[place][-1] if past.get(place) else None
        stands = last is not None and last["history_type"] != "-"
        if stands != (place in rows):
            yield place, "stands, and history says it does not, or the other way round"
        elif stands and (said(last), last["version"]) != (said(rows[place]), rows[place]["version"]):
            yield place, "is not what history tells", _difference(last, rows[place])
        versions = [row["version"] for row in past.get(place, ()) if row["history_type"] != "-"]
        if versions != sorted(set(versions)):
            yield place, "versions", versions


def _difference(one, other):
    return {name: (one[name], value) for name, value in other.items() if one[name] != value}


def faults_of_publicity(before, after, past, published):
    """What came before the public, or left it, by another way than a change that another person approved."""
    for place in before.keys() | after.keys():
        if before.get(place) == after.get(place):
            continue
        last = past[place][-1]
        if last["pending_change"] in published:
            yield from _faults_of_approval(place, past[place], published[last["pending_change"]])
        elif not _follows_others(place, last, published, past):
            yield place, "changed before the public without an approved change", last


def _follows_others(place, last, published, past):
    """A record, or a row, also comes and goes with what it belongs to."""
    model, _key = place
    owners = [(owner, last[column]) for owner, column in _owners(model)]
    owners += [
        (model._meta.get_field(name).related_model, last[model._meta.get_field(name).attname])
        for name in getattr(model, "belongs_to", ())
    ]
    return any(past[owner][-1]["pending_change"] in published for owner in owners if past.get(owner))


def _faults_of_approval(place, rows, change):
    last = rows[-1]
    if last["approved_by_id"] != change.decided_by_id or last["approval"] != change.approval:
        yield place, "does not name who approved it", last
    if change.approval == "emergency":
        return
    if change.decided_by_id in change.writers() | writers_before(rows, change):
        yield place, "was published by who wrote it", last


def writers_before(rows, change):
    """Who wrote a record since it last was before the public, until a change brought it there."""
    writers = set()
    for row in rows:
        if row["pending_change"] == change.pk:
            break
        writers.add(row["history_user_id"])
        if row.get("publication", Publication.PUBLISHED) in BEFORE_THE_PUBLIC:
            writers.clear()
    return writers - {None}


def published_changes():
    return {change.pk: change for change in PendingChange.objects.filter(state=PendingChange.State.PUBLISHED)}
