"""Nothing in the register changes or deletes what history tells."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from krakow_intl.core.reviewed_history import HistoryIsKept
from tests.partners.factories import CityFactory

pytestmark = pytest.mark.django_db
HISTORIES = [model for model in apps.get_models() if hasattr(model, "instance_type")]
WAYS = {
    "delete many": lambda rows: rows.delete(),
    "change many": lambda rows: rows.update(history_change_reason="other"),
    "delete many without signals": lambda rows: rows._raw_delete(rows.db),
    "change many one by one": lambda rows: rows.bulk_update([*rows], ["history_change_reason"]),
    "delete one": lambda rows: rows[0].delete(),
    "change one": lambda rows: rows[0].save(),
    "make or change one": lambda rows: rows.update_or_create({"approval": "own"}, pk=rows[0].pk),
}


@pytest.mark.parametrize("manager", ["objects", "history"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_no_way_of_the_program_changes_history(way, manager):
    city = CityFactory()
    rows = city.history.all() if manager == "history" else city.history.model.objects.all()
    before = [*rows.values()]
    with pytest.raises(HistoryIsKept):
        way(rows)
    assert [*city.history.model.objects.values()] == before


@pytest.mark.parametrize("model", HISTORIES, ids=lambda model: model.__name__)
def test_every_history_is_kept(model):
    with pytest.raises(HistoryIsKept):
        model.objects.all().delete()
    with pytest.raises(HistoryIsKept):
        model.instance_type.history.update(approval="own")


CLEARING = [("clean_old_history", "--auto", "--days=-1"), ("clean_duplicate_history", "--auto")]


@pytest.mark.parametrize("command", CLEARING, ids=lambda command: command[0])
def test_the_commands_of_the_library_that_clear_history_up_do_nothing(command):
    city = CityFactory()
    city.save()
    before = city.history.count()
    with pytest.raises(HistoryIsKept):
        call_command(*command, stdout=StringIO())
    assert city.history.count() == before


def test_rows_are_added():
    city = CityFactory()
    city.save()
    city.delete()
    assert [row.history_type for row in type(city).history.all()] == ["-", "~", "+"]
