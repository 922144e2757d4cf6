from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.reviewed_history import ReviewedHistory
from krakow_intl.imports.writing import bulk
from partners.models import Agreement, Party
from tests.partners.factories import AgreementFactory, CityFactory, PartyFactory
from tests.partners.imports.conftest import stored

STAMP = bulk.HistoryStamp(None, "import 1", datetime(2006, 4, 20, 12, tzinfo=UTC))
TOLD = {field.attname for field in ReviewedHistory._meta.fields}
TOLD |= {"history_id", "history_date", "history_change_reason", "history_user_id", "history_type"}


@pytest.fixture(autouse=True)
def in_polish():
    with override("pl"):
        yield


def past(record):
    """The rows of history of a record as plain values."""
    rows = record.history.order_by("history_id").values()
    return [(row["history_type"], {name: row[name] for name in row if name not in TOLD}) for row in rows]


def columns(record):
    return stored(Party, pk=record.pk)[0]


def test_history_says_the_same_as_if_each_had_been_saved(db):
    agreement = AgreementFactory()
    saved = PartyFactory(agreement=agreement, position=1, name_pl="Rada", name_en="Council")
    made = Party(agreement=agreement, side="home", position=1, name_pl="Rada", name_en="Council")
    bulk.create([made], STAMP)
    assert past(made) == [("+", columns(made))]
    assert {name for _kind, values in past(saved) for name in values} == set(columns(saved))


def test_what_is_added_at_once_is_stored_as_if_each_had_been_saved(db):
    given = {"kind": "declaration", "term": "fixed", "term_months": 60, "signed_on": PartialDate("1991-05")}
    given |= {"city": CityFactory(), "suspensions": [["2001-01-01", None]], "title_pl": "O <b>przyjaźni</b>"}
    *made, saved = [Agreement(**given, number=number, slug=f"act-{number}") for number in (1, 2, 3)]
    bulk.create(made, STAMP)
    saved.save()
    first, second, third = stored(Agreement)
    same = first.keys() - {"id", "number", "slug"}
    assert all(first[name] == second[name] == third[name] for name in same)
    assert (first["ends_on"], first["suspensions"]) == (date(1996, 5, 30), [["2001-01-01", None]])
    assert [(record.pk, record._state.adding) for record in made] == [(first["id"], False), (second["id"], False)]


def test_a_change_counts_up_the_version(db):
    party = PartyFactory(name_pl="Rada")
    party.name_pl = "Magistrat"
    bulk.change([party], STAMP)
    assert (columns(party)["name_pl"], columns(party)["version"]) == ("Magistrat", 2)
    assert past(party)[-1] == ("~", columns(party))


def test_a_deletion_is_told_once(db):
    party = PartyFactory()
    bulk.delete([party], STAMP)
    assert not Party.objects.exists()
    assert [row.history_type for row in Party.history.filter(history_change_reason="import 1")] == ["-"]


def test_what_was_is_put_back_to_the_last_column(db):
    party = PartyFactory(name_pl="Rada")
    before, row = columns(party), party.history.get()
    party.name_pl, party.position = "Magistrat", 9
    bulk.change([party], STAMP)
    bulk.restore([row], STAMP, "~")
    assert columns(party) == before | {"version": 3}  # which no other state ever had
    bulk.delete([Party.objects.get()], STAMP)
    bulk.restore([row], STAMP, "+")
    assert columns(party) == before | {"version": 4}


def test_many_are_written_in_few_statements(db, django_assert_max_num_queries):
    agreement = AgreementFactory()
    parties = [Party(agreement=agreement, side="home", position=number, name_pl="x") for number in range(1, 501)]
    with django_assert_max_num_queries(12):
        bulk.create(parties, STAMP)
    assert Party.history.count() == 500


@pytest.mark.parametrize("write", [bulk.create, bulk.change, bulk.delete])
def test_nothing_takes_no_statement(write, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        write([], STAMP)
