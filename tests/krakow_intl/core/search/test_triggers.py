from datetime import UTC, datetime
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from krakow_intl.core.search import triggers
from krakow_intl.core.search.index import TITLE, search_words_of
from krakow_intl.core.search.triggers import indexed_columns, rebuild_index
from krakow_intl.imports.writing import bulk
from krakow_intl.models import SearchPosting
from partners.models import Activity, Agreement, CityName, Institution, PartnerCity
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    AgreementThemeFactory,
    CityNameFactory,
    InstitutionFactory,
)

pytestmark = pytest.mark.django_db
STAMP = bulk.HistoryStamp(None, "import", datetime(2026, 5, 5, tzinfo=UTC))
WORDS = ["umowa", "sport", "tramwaj", "teatr", "szkoła", "Łódź", "most", "muzeum", "1995", "park"]
MODELS = (Agreement, Activity, Institution, PartnerCity)


def index():
    return {*SearchPosting.objects.values_list("word", "kind", "in_title", "record")}


def from_nothing():
    """The index as the records themselves have it, whatever stands in their columns."""
    rows = set()
    for model, column in indexed_columns().items():
        for record in model._base_manager.all():
            words = record.folded() if column == "key" else search_words_of(record)
            for word in words.split():
                in_title = column == "key" or word.startswith(TITLE)
                rows.add((word.removeprefix(TITLE)[:40], model._meta.model_name, in_title, record.pk))
    return rows


def words_of(record):
    kind = record._meta.model_name
    return {*SearchPosting.objects.filter(kind=kind, record=record.pk).values_list("word", flat=True)}


class Edits:
    """Edits of every way in which records are written, chosen at random."""

    def __init__(self, seed):
        self.random = Random(seed)

    def any(self):
        names = sorted(name for name in vars(Edits) if name.startswith("edit_"))
        with override("pl"):
            getattr(self, self.random.choice(names))()

    def text(self):
        return " ".join(self.random.sample(WORDS, 3))

    def one(self, model=None):
        model = model or self.random.choice(MODELS)
        return model.objects.get(pk=self.random.choice(model.objects.order_by("pk").values_list("pk", flat=True)))

    def edit_save(self):
        record = self.one()
        setattr(record, f"{record.search_titles[0]}_{self.random.choice(['pl', 'en'])}", self.text())
        record.save()

    def edit_save_one_column(self):
        institution = self.one(Institution)
        institution.description_pl = f"<p>{self.text()}</p>"
        institution.save(update_fields=["description_pl", "search_words"])

    def edit_save_the_same(self):
        self.one().save()

    def edit_add(self):
        self.random.choice([AgreementFactory, ActivityFactory, InstitutionFactory])()

    def edit_add_many(self):
        city = self.one(PartnerCity)
        number = Agreement.objects.order_by("number").last().number
        titles = [self.text() for _ in range(3)]
        new = [
            AgreementFactory.build(city=city, title_pl=title, slug=f"new-{number}-{n}")
            for n, title in enumerate(titles)
        ]
        for place, each in enumerate(new, 1):
            each.number = number + place
        bulk.create(new, STAMP)

    def edit_overwrite(self):
        changed = list(Agreement.objects.order_by("pk")[:3])
        for each in changed:
            each.title_pl, each.signed_on = self.text(), PartialDate(str(self.random.randrange(1980, 2000)))
        bulk.change(changed, STAMP)

    def edit_put_back(self):
        agreement = self.one(Agreement)
        bulk.restore([agreement.history.order_by("history_id").first()], STAMP, "~")

    def edit_update(self):
        model = self.random.choice(MODELS)
        column = f"{model.search_titles[0]}_en"
        model.objects.filter(pk__gte=self.one(model).pk).update(**{column: self.text()})

    def edit_update_many(self):
        some = list(Activity.objects.order_by("pk")[:3])
        for each in some:
            each.title_pl = self.text()
        Activity.objects.bulk_update(some, ["title_pl"])

    def edit_withdraw(self):
        record = self.one()
        record.publication = "archived"
        record.save()

    def edit_delete(self):
        if Activity.objects.count() > 2:
            self.one(Activity).delete()

    def edit_delete_many(self):
        Activity.objects.filter(pk__in=[self.one(Activity).pk]).delete()
        ActivityFactory.create_batch(2)

    def edit_delete_as_an_import_does(self):
        institution = InstitutionFactory(name_pl=self.text())
        bulk.delete([institution], STAMP)

    def edit_rename_a_city(self):
        city = self.one(PartnerCity)
        city.name_pl = city.name_own = self.text()
        city.save()

    def edit_name_a_city(self):
        CityNameFactory(city=self.one(PartnerCity), name=f"{self.text()} {self.random.random()}")

    def edit_take_a_name_away(self):
        CityName.objects.filter(pk=CityNameFactory(city=self.one(PartnerCity), name=self.text()).pk).delete()

    def edit_in_vain(self):
        with transaction.atomic():
            self.edit_save()
            self.edit_delete()
            transaction.set_rollback(True)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_written_the_index_is_as_one_built_from_nothing(seed):
    for _ in range(3):
        AgreementFactory(), ActivityFactory(), InstitutionFactory()
    edits = Edits(seed)
    for _ in range(25):
        edits.any()
    kept = index()
    assert kept == from_nothing()
    rebuild_index()
    assert index() == kept


def test_a_word_of_the_title_is_told_from_others_and_stands_there_once():
    body = InstitutionFactory(
        name_pl="Teatr", name_en="Theatre", description_pl="<p>Teatr i muzyka</p>", kind="culture"
    )
    rows = SearchPosting.objects.filter(kind="institution", record=body.pk)
    assert {*rows.filter(in_title=True).values_list("word", flat=True)} == {"teatr", "theatre"}
    assert {"muzyka"} <= {*rows.filter(in_title=False).values_list("word", flat=True)}


def test_another_name_of_a_city_is_one_as_a_whole():
    name = CityNameFactory(name="Frankfurt nad Menem")
    rows = SearchPosting.objects.filter(kind="cityname", record=name.pk)
    assert {*rows.values_list("word", "in_title")} == {("frankfurt", True), ("nad", True), ("menem", True)}


def test_what_the_former_code_writes_is_kept_too():
    body = InstitutionFactory()
    with connection.cursor() as cursor:
        words = f" ^teatr teatr {'x' * 60} "
        cursor.execute("UPDATE partners_institution SET search_words = %s WHERE id = %s", [words, body.pk])
    assert words_of(body) == {"teatr", "x" * 40}
    Institution.objects.filter(pk=body.pk).delete()
    assert not SearchPosting.objects.filter(kind="institution", record=body.pk).exists()


@pytest.mark.once
def test_sqlite_finds_a_word_of_one_record_without_looking_at_those_of_others():
    keeper = triggers._SQLite("partners_institution", "institution", "search_words")
    statement = keeper._delete().replace("OLD.id", "1").replace("OLD.search_words", "' ^teatr teatr '")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        (found,) = [row[-1] for row in cursor.fetchall() if row[-1].startswith("SEARCH gone")]
    assert found.endswith("(word=? AND kind=? AND in_title=? AND record=?)")


def test_a_record_without_words_has_none_in_the_index():
    body = InstitutionFactory()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partners_institution SET search_words = '' WHERE id = %s", [body.pk])
    assert words_of(body) == set()


def test_each_kind_of_record_has_a_name_of_its_own():
    names = [model._meta.model_name for model in indexed_columns()]
    assert len(names) == len({*names})
    assert max(map(len, names)) <= SearchPosting._meta.get_field("kind").max_length


def test_triggers_are_put_in_once_and_again_where_they_are_missing():
    with connection.cursor() as cursor:
        before = triggers._DIALECTS[connection.vendor].standing(cursor)
        assert len(before) == 3 * len(indexed_columns())
        table = "" if connection.vendor == "sqlite" else " ON partners_institution"
        cursor.execute(f"DROP TRIGGER partners_institution_search_insert{table}")
        triggers.put_in()
        assert triggers._DIALECTS[connection.vendor].standing(cursor) == before
    assert words_of(InstitutionFactory(name_pl="Teatr")) >= {"teatr"}


@pytest.mark.parametrize("plan", [[], ["a migration"]])
def test_before_a_migration_sqlite_forgets_its_triggers(plan):
    with connection.cursor() as cursor:
        try:
            triggers.take_out(plan=plan)
            standing = triggers._DIALECTS[connection.vendor].standing(cursor)
            assert bool(standing) == (not plan or connection.vendor != "sqlite")
        finally:
            triggers.put_in()


def test_what_was_written_meanwhile_is_indexed_by_preparing(settings, tmp_path):
    settings.FIXTURES_DIR = tmp_path
    AgreementThemeFactory()
    SearchPosting.objects.all().delete()
    call_command("rebuild_keys", all=True, verbosity=0)
    assert index() == from_nothing()
