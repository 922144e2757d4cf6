import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from krakow_intl.core import content_version as module
from krakow_intl.core.content_version import content_version, writes_content
from krakow_intl.core.records import Publication
from krakow_intl.models import ContentChange, VisitorReport
from partners.models import Agreement, PartnerCity, Party, SheetImport
from tests.partners.factories import AgreementFactory, CityFactory, PartyFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_marker(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setitem(module._known, "asked_at", float("inf"))  # no other machine changes anything


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "partners_partnercity" ("slug") VALUES (%s)',
        "insert or ignore into partners_partnercity values (1)",
        'UPDATE "partners_partnercity" SET "slug" = %s',
        "UPDATE ONLY partners_partnercity SET slug = 'x'",
        'DELETE FROM "partners_partnercity" WHERE id IN (%s)',
        "WITH gone AS (DELETE FROM partners_partnercity RETURNING *) SELECT * FROM gone",
        "/* by hand */ UPDATE partners_partnercity SET slug = 'x'",
        'TRUNCATE "partners_partnercity"',
        "MERGE INTO partners_partnercity USING x ON true WHEN MATCHED THEN DELETE",
    ],
)
def test_a_statement_that_writes_public_records_is_known_in_every_shape(sql):
    assert writes_content(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "(SELECT 1 FROM partners_partnercity) UNION (SELECT 2 FROM partners_partnercity)",
        "WITH x AS (SELECT * FROM partners_partnercity) SELECT * FROM x",
        "SELECT *, ROW_NUMBER() OVER (PARTITION BY kind) FROM partners_agreement",
        'SELECT "id" FROM "partners_partnercity" FOR UPDATE OF "partners_partnercity"',
        "SELECT 'UPDATE', updated_at FROM partners_partnercity",
        "SET lock_timeout = 0",
        "VALUES (1)",
        'INSERT INTO "django_session" VALUES (1)',
        'INSERT INTO "partners_historicalagreement" SELECT * FROM "partners_agreement"',
        'UPDATE "krakow_intl_visitorreport" SET "status" = %s',
        'INSERT INTO "partners_assessment" VALUES (1)',
    ],
)
def test_one_that_only_reads_them_or_writes_elsewhere_is_none(sql):
    assert not writes_content(sql)


def version_after(change):
    """Whether the version is another one after a change."""
    before = content_version()
    change()
    return content_version() != before


def test_what_stands_on_no_page_leaves_the_pages_alone():
    city = CityFactory(publication=Publication.DRAFT)
    agreement = AgreementFactory(publication=Publication.DRAFT)
    changes = {
        "draft saved": city.save,
        "draft added": lambda: AgreementFactory(publication=Publication.IN_REVIEW, city=agreement.city),
        "row of a draft": lambda: PartyFactory(agreement=agreement),
        "rows of a draft": lambda: Party.objects.bulk_create([Party(agreement=agreement, position=7)]),
        "drafts": lambda: PartnerCity.objects.bulk_create(
            [PartnerCity(slug="x", country="DE", latitude=1, longitude=1)]
        ),
        "report": lambda: VisitorReport.objects.create(text="Wrong"),
        "session": lambda: Session.objects.create(session_key="x", expire_date=timezone.now()),
        "preview": lambda: SheetImport.objects.create(name="x", digest="x"),
    }
    assert {name: version_after(change) for name, change in changes.items()} == dict.fromkeys(changes, False)


def test_what_the_public_sees_or_saw_renews_the_pages():
    agreement = AgreementFactory()
    party = PartyFactory(agreement=agreement)
    draft = CityFactory(publication=Publication.DRAFT)

    def withdraw():
        agreement.publication = Publication.ARCHIVED
        agreement.save()

    def publish():
        draft.publication = Publication.PUBLISHED
        draft.save()

    def move():
        party.agreement = AgreementFactory(publication=Publication.DRAFT, city=agreement.city)
        party.save()

    changes = {
        "row moved away": move,
        "row added": lambda: PartyFactory(agreement=agreement),
        "rows added": lambda: Party.objects.bulk_create([Party(agreement=agreement, position=7)]),
        "withdrawn": withdraw,
        "published": publish,
        "many at once": lambda: Agreement.objects.update(publication=Publication.PUBLISHED),
        "overwritten": lambda: Agreement.objects.bulk_update([agreement], ["slug"]),
        "deleted": lambda: Party.objects.all().delete(),
    }
    assert {name: version_after(change) for name, change in changes.items()} == dict.fromkeys(changes, True)


def test_a_change_after_one_that_was_taken_back_counts():
    city = CityFactory()

    def change():
        with transaction.atomic():
            with transaction.atomic():
                city.save()
                transaction.set_rollback(True)
            city.save()
            stands.append(content_version())

    stands = []
    ContentChange.objects.all().delete()
    assert version_after(change)
    assert content_version() != stands[0]
    assert ContentChange.objects.count() == 1


def test_the_connection_carries_the_same_however_often_it_is_opened():
    for _ in range(3):
        connection.close()
        connection.ensure_connection()
    assert connection.execute_wrappers == [module.note_changes]


def test_what_counts_queries_while_a_connection_is_opened_takes_nothing_else_away(monkeypatch):
    connection.close()
    monkeypatch.setattr(connections["default"], "execute_wrappers", [])  # of a thread that has none yet
    with connection.execute_wrapper(lambda execute, *query: execute(*query)):
        connection.ensure_connection()
    assert connection.execute_wrappers == [module.note_changes]


def test_another_machine_learns_of_a_change(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path / "other"
    monkeypatch.setitem(module._known, "asked_at", float("-inf"))
    here = content_version()
    settings.VAR_DIR = tmp_path / "ours"
    CityFactory()
    settings.VAR_DIR = tmp_path / "other"
    monkeypatch.setitem(module._known, "asked_at", float("-inf"))
    assert (content_version() != here) == (connection.vendor == "postgresql")  # SQLite serves one machine


@pytest.mark.postgresql
def test_all_machines_know_the_same_state_and_none_that_its_own_change_has_overtaken(settings, tmp_path, monkeypatch):
    def told_on(machine):
        settings.VAR_DIR = tmp_path / machine
        monkeypatch.setitem(module._known, "asked_at", float("-inf"))
        return content_version()

    CityFactory()
    known = told_on("one")
    assert told_on("other") == known

    def away(database):
        raise OperationalError

    monkeypatch.setattr(module, "state_in", away)
    assert told_on("other") == known  # what is kept is told while the database is away
    module.renew()
    assert told_on("other") != known  # but not if it may be what was withdrawn


def test_the_marker_is_all_that_a_change_leaves_on_the_disk(settings):
    for _ in range(3):
        CityFactory()
    assert [*map(str, settings.VAR_DIR.rglob("*"))] == [
        str(settings.VAR_DIR / "pages"),
        str(settings.VAR_DIR / "pages" / "changes"),
    ]
