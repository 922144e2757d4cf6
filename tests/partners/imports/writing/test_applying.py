import os
import subprocess
import sys
from threading import Thread
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from partners.imports.writing import applying, writer
from partners.imports.writing.applying import apply_import, missing_rights, plain_name, preview, read_before
from partners.models import Agreement, Party, SheetAlias, SheetImport
from tests.partners.factories import AgreementFactory, ThemeFactory
from tests.partners.imports.conftest import HEADER, applied, make_cities, plan_of, record_of

WIDE = [*HEADER, "Strona krakowska", "Dziedziny współpracy", "Poprzedni akt", "Związek"]
KIND = "umowa o partnerstwie"
ROWS = [["Lwów", KIND, "1991", "Rada", "kultura"], ["Mediolan", KIND, "1992", "Rada", None]]
BAD = ["Nigdzie", KIND, "1991"]
RIGHTS = ["import_agreements", "add_agreement", "change_agreement"]
KILLED = """
import sys, time, django
django.setup()
from django.conf import settings
from pathlib import Path
from partners.imports.writing import writer
from partners.imports.writing.applying import apply_import
from partners.models import SheetImport

def stop(*_):
    print("half-way", flush=True)
    time.sleep(60)

settings.VAR_DIR = Path(sys.argv[1])
writer.Writer._write_relations = stop
apply_import(SheetImport.objects.get(), None)
"""


@pytest.fixture
def culture(db):
    return ThemeFactory(slug="culture", name_pl="kultura", name_en="culture")


def user_with(*names):
    user = User.objects.create_user("clerk")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("umowy.xlsx", "umowy.xlsx"),
        ("C:\\Users\\jan\\umowy.xlsx", "umowy.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\u202e.csv", "ab.csv"),
        ("", "?"),
        ("x" * 500, "x" * 200),
    ],
)
def test_a_file_s_name_is_only_shown(name, shown):
    assert plain_name(name) == shown


def test_a_file_is_kept_under_a_name_of_our_own(cities):
    record = record_of(HEADER, ROWS[0][:3])
    assert record.name == "umowy.csv"
    assert len(record.file.name) == 32
    assert (record.report["new"], record.counts["new"], record.is_open) == (1, 1, True)


def test_apply_writes_everything_with_who_why_and_when(cities, culture):
    user = user_with(*RIGHTS, "add_party", "add_agreementtheme")
    outcome = applied(WIDE, *ROWS, user=user)
    record = outcome.record
    assert (outcome.result, record.state, record.applied_by) == ("applied", "applied", user)
    assert record.report["applied"] is True
    assert record.report["import_id"] == record.pk
    for model, count in ((Agreement, 2), (Party, 2)):
        past = model.history.filter(history_change_reason=f"import {record.pk}", history_date=record.applied_at)
        assert [row.history_user for row in past] == [user] * count
        assert model.objects.count() == count


def test_new_agreements_are_numbered_on_and_come_in_as_drafts(cities):
    AgreementFactory(number=41)
    applied(HEADER, ROWS[0][:3], ROWS[1][:3])
    agreements = Agreement.objects.filter(publication="draft").order_by("number")
    assert [agreement.number for agreement in agreements] == [42, 43]
    assert all(agreement.search_words and agreement.starts_on for agreement in agreements)


def test_agreements_are_published_where_that_is_said(cities):
    applied(HEADER, ROWS[0][:3], publish=True)
    assert Agreement.objects.get().publication == "published"


def test_a_bad_row_keeps_the_good_ones_out_unless_they_are_chosen(cities):
    assert applied(HEADER, ROWS[0][:3], BAD).result == "not-clean"
    assert not Agreement.objects.exists()
    assert applied(HEADER, ROWS[0][:3], BAD, only_good=True).result == "applied"
    assert Agreement.objects.count() == 1


def test_a_file_refused_as_a_whole_is_never_applied(cities):
    assert applied(["Miasto", "Kraj"], ["Lwów", "UA"], only_good=True).result == "not-clean"


def test_the_register_changed_in_between_so_the_new_plan_is_shown(cities):
    record = record_of(HEADER, ROWS[0][:3])
    AgreementFactory(city=cities["lviv"], signed_on="1991", kind="partnership")
    outcome = apply_import(record, None)
    counts = outcome.record.counts
    assert (outcome.result, counts["unchanged"], counts["new"], Agreement.objects.count()) == ("changed", 1, 0, 1)
    assert apply_import(outcome.record, None).result == "applied"


def test_a_double_click_applies_once(cities):
    record = record_of(HEADER, ROWS[0][:3])
    assert [apply_import(record, None).result for _click in range(2)] == ["applied", "applied-before"]
    assert Agreement.history.count() == 1


def test_the_same_bytes_are_known_again(cities):
    record = applied(HEADER, ROWS[0][:3]).record
    assert read_before(record.digest) == record
    assert applied(HEADER, ROWS[0][:3]).record.counts["unchanged"] == 1
    assert read_before(record.digest) == record  # the second wrote nothing
    assert read_before("0" * 64) is None


@pytest.mark.parametrize(
    ("rights", "missing"),
    [
        (RIGHTS, ["partners.add_agreementtheme", "partners.add_party"]),
        ([*RIGHTS[1:], "add_party", "add_agreementtheme"], ["partners.import_agreements"]),
        ([RIGHTS[0], "add_party", "add_agreementtheme"], ["partners.add_agreement"]),
        ([*RIGHTS, "add_party", "add_agreementtheme"], []),
    ],
)
def test_a_person_may_apply_only_what_he_may_add(cities, culture, rights, missing):
    user = user_with(*rights)
    assert missing_rights(user, plan_of(WIDE, *ROWS)) == missing
    if missing:
        with pytest.raises(PermissionDenied):
            applied(WIDE, *ROWS, user=user)
        assert not Agreement.objects.exists()


def test_a_person_may_apply_only_what_he_may_change_and_publish(cities):
    AgreementFactory(city=cities["lviv"], signed_on="1991", kind="partnership", resolution="I/1")
    plan = plan_of([*HEADER, "Uchwała"], ["Lwów", KIND, "1991", "II/2"])
    assert missing_rights(user_with("import_agreements"), plan) == ["partners.change_agreement"]
    published = plan_of(HEADER, ["Mediolan", KIND, "1991"], publication="published")
    assert "partners.publish_agreement" in missing_rights(User.objects.get(), published)


def test_a_person_may_apply_only_the_events_he_may_add(cities):
    agreement = AgreementFactory(city=cities["lviv"], signed_on="1991", events=[{"kind": "ratified"}])
    user, right = user_with("import_agreements"), "partners.add_agreementevent"
    for cell in ("rejestracja 1992", "ratyfikacja 2004-05-06 (Kraków)"):
        plan = plan_of([*HEADER, "Zdarzenia"], ["Lwów", KIND, agreement.signed_on, cell])
        assert {right, "partners.change_agreementevent"} <= {*missing_rights(user, plan)}
    plan = plan_of([*HEADER, "Zdarzenia"], ["Lwów", KIND, "1999", "rejestracja 2000"])
    assert right in missing_rights(user, plan)


def test_an_error_half_way_leaves_nothing(cities, culture, monkeypatch):
    record = record_of(WIDE, *ROWS)
    monkeypatch.setattr(writer.Writer, "_write_relations", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        apply_import(record, None)
    monkeypatch.undo()
    record.refresh_from_db()
    assert (Agreement.objects.count(), Agreement.history.count(), record.is_open) == (0, 0, True)
    assert apply_import(record, None).result == "applied"


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_half_way_leaves_nothing_and_bars_nobody(tmp_path, settings):
    make_cities()
    record = record_of(HEADER, ROWS[0][:3])
    command = [sys.executable, "-c", KILLED, str(settings.VAR_DIR)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "half-way\n"
        process.kill()
    assert (Agreement.objects.count(), Agreement.history.count()) == (0, 0)
    assert apply_import(record, None).result == "applied"


def environment():
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{database['USER']}@{quote(database['HOST'], safe='')}/{database['NAME']}"
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("clicks", [["a", "a"], ["a", "b"]], ids=["double click", "two imports"])
def test_two_at_once_are_dealt_with_one_after_the_other(clicks):
    make_cities()
    rows = [["Lwów", KIND, str(year)] for year in range(1900, 2000)]
    records = {name: record_of(HEADER, *rows) for name in set(clicks)}
    said = in_threads([lambda name=name: apply_import(records[name], None).result for name in clicks])
    assert sorted(said) == (["applied", "applied-before"] if len(records) == 1 else ["applied", "changed"])
    assert Agreement.objects.count() == Agreement.history.count() == 100


@pytest.mark.django_db(transaction=True)
def test_an_agreement_added_at_that_very_moment_costs_no_number_twice(monkeypatch):
    cities = make_cities()
    record = record_of(HEADER, ROWS[0][:3])
    plan_noun = applying.plan_noun

    def plan_and_wait(*args, **options):
        plan = plan_noun(*args, **options)
        if not Agreement.objects.exists() and connection.vendor == "postgresql":
            in_threads([lambda: AgreementFactory(city=cities["milan"], number=1)])
        return plan

    monkeypatch.setattr(applying, "plan_noun", plan_and_wait)
    assert apply_import(record, None).result == "applied"
    numbers = list(Agreement.objects.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))


def in_threads(works):
    """What works give that begin together, each with a connection of its own."""
    given = []

    def run(work):
        try:
            given.append(work())
        finally:
            connection.close()

    threads = [Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_imports_that_were_not_applied_are_no_earlier_reading(cities):
    record = record_of(HEADER, ROWS[0][:3])
    assert read_before(record.digest) is None
    assert SheetImport.objects.applied().count() == 0


EXPLAINED = {"Ort": "city:en", "Miasto": "notes:pl", "Inna": "source:pl"}


@pytest.mark.parametrize(("rights", "words"), [((), []), (("add_sheetalias", "change_sheetalias"), ["Ort"])])
def test_what_was_said_of_unknown_columns_is_known_once_it_is_applied(cities, rights, words):
    user = user_with(*RIGHTS, *rights)
    record = record_of(["Ort", *HEADER[1:], "Miasto"], [*ROWS[0][:3], "x"], mapping=EXPLAINED)
    assert not SheetAlias.objects.exists()
    assert apply_import(record, user).result == "applied"
    assert [word.text for word in SheetAlias.objects.all()] == words
    past = SheetAlias.history.values_list("history_user", "history_change_reason")
    assert list(past) == [(user.pk, record.reason)] * len(words)


def test_preview_again_keeps_what_a_person_decided(cities):
    record = record_of(HEADER, ["Lvov", KIND, "1991"])
    record.decisions = {"city:lvov": "lviv"}
    preview(record)
    assert SheetImport.objects.get().counts["new"] == 1


SAID = {
    "word:kind:p": "partnership",
    "word:level:?x": "nothing",
    "word:level:qwerty": "nothing",
    "country:teutonia": "DE",
    "word:date:asdf": "nothing",
}


@pytest.mark.parametrize("rights", [(), ("add_sheetalias", "change_sheetalias")])
def test_what_a_person_said_of_words_is_known_once_it_is_applied(cities, rights):
    user, header = user_with(*RIGHTS, *rights), [*HEADER, "Poziom", "Kraj", "Obowiązuje od"]
    row = ["Norymberga", "p", "1991", "Qwerty", "Teutonia", "asdf"]
    record = record_of(header, row, decisions=SAID)
    assert apply_import(record, user).result == "applied"
    words = set(SheetAlias.objects.values_list("about", "text", "meaning"))
    assert words == (
        {("kind", "p", "partnership"), ("level", "Qwerty", ""), ("country", "Teutonia", "DE")} if rights else set()
    )
    past = SheetAlias.history.values_list("history_user", "history_change_reason")
    assert list(past) == [(user.pk, record.reason)] * len(words)
    again = plan_of(header, [row[0], "P.", "1992", "qwerty", "TEUTONIA", ""])
    assert (len(again.questions), again.counts["new"]) == ((0, 1) if rights else (3, 0))
    for word in SheetAlias.objects.all():
        word.full_clean()


def test_an_answer_about_a_word_that_was_explained_since_is_no_matter(cities):
    record = record_of(HEADER, ["Lwów", "p", "1991"], decisions={"word:kind:p": "partnership"})
    SheetAlias.objects.create(about="kind", text="p", meaning="protocol")
    assert apply_import(record, None).result == "changed"
    assert SheetAlias.objects.get().meaning == "protocol"
