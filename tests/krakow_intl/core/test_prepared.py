import inspect
import sys
from datetime import date
from threading import Thread

import pytest
from django.db import connection
from django.db.models import Exists, F, OuterRef, Value
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from krakow_intl import urls  # noqa: F401, which imports every page
from krakow_intl.core.prepared import _statement, asked, prepared
from partners.models import Agreement, PartnerCity
from programme.models import Source
from tests.partners.factories import AgreementFactory, CityFactory
from tests.records import models_of_the_house
from tests.sample import tell_everything

DAYS = date(1986, 2, 28), date(1998, 6, 1), date(2006, 4, 20), date(2026, 11, 29)
PREPARED = [
    (model, name)
    for model in models_of_the_house()
    for name, method in inspect.getmembers(type(model._default_manager.all()))
    if hasattr(method, "is_prepared")
]

ASKED = [
    question
    for name, module in sorted(sys.modules.items())
    if name.partition(".")[0] in ("krakow_intl", "programme", "partners", "organizations", "polonia")
    for question in vars(module).values()
    if hasattr(question, "is_asked") and question.__module__ == name
]

pytestmark = pytest.mark.django_db


def rows_of(queryset):
    """What a queryset answers, with all that is annotated."""
    names = ["pk", *queryset.query.annotations]
    return sorted(([getattr(record, name) for name in names] for record in queryset.order_by()), key=str)


def arguments_of(method):
    asks_for_a_day = "on" in inspect.signature(method).parameters
    return [(day,) for day in DAYS] if asks_for_a_day else [()]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_what_is_prepared_answers_as_it_was_written(language):
    tell_everything()
    with override(language):
        for model, name in PREPARED:
            method = getattr(type(model._default_manager.all()), name)
            for arguments in arguments_of(method):
                written = method.__wrapped__(model.objects.all(), *arguments)
                prepared = method(model.objects.all(), *arguments)
                assert (model, name, rows_of(prepared)) == (model, name, rows_of(written))


def test_all_that_statuses_rest_on_is_prepared():
    assert {*PREPARED} >= {(Agreement, "with_status"), (PartnerCity, "with_relation"), (PartnerCity, "with_beginnings")}


def values_of(question):
    """The arguments of two questions, by the names under which a question takes them."""
    city, other = PartnerCity.objects.order_by("pk")[:2]
    first = {"slug": city.slug, "city": city.pk, "reference": f"city:{city.slug}", "day": DAYS[3], "chosen": None}
    second = {"slug": other.slug, "city": other.pk, "reference": "city:none", "day": DAYS[2], "chosen": DAYS[2]}
    names = inspect.signature(question).parameters
    return [[values[name] for name in names] for values in (first, second)]


def told(records):
    """The rows, or of records their columns and those of what was asked beside them."""
    return [row if isinstance(row, tuple | dict) else (columns(row), *map(columns, beside(row))) for row in records]


def columns(record):
    return {name: value for name, value in vars(record).items() if not name.startswith("_")}


def beside(record):
    lists = getattr(record, "_prefetched_objects_cache", {}).values()
    return [*filter(None, record._state.fields_cache.values()), *(one for some in lists for one in some)]


@pytest.mark.parametrize("language", ["pl", "en"])
def test_what_is_asked_is_answered_as_it_was_written(language):
    tell_everything()
    with override(language):
        for question in ASKED:
            for arguments in values_of(question):
                written = told(question.__wrapped__(*arguments))
                assert (question.__name__, told(question(*arguments))) == (question.__name__, written)


def test_the_pages_of_cities_and_the_lists_ask_so():
    names = {"city_called", "agreements_of", "activities_of", "first_agreements", "first_activities", "first_gifts"}
    assert names <= {question.__name__ for question in ASKED}


@asked
def sources_called(slug):
    return Source.objects.filter(slug=slug)


def test_what_is_asked_is_built_once_and_cannot_be_narrowed():
    with CaptureQueriesContext(connection) as asked_for:
        assert [list(sources_called("one")), list(sources_called("two"))] == [[], []]
    assert len(asked_for) == 2
    with pytest.raises(TypeError):
        sources_called("one").filter(known_to=DAYS[0])


@asked
def sources_of_a_length(number):
    return Source.objects.all()[:number]


def test_what_is_built_otherwise_for_other_arguments_is_refused():
    with pytest.raises(TypeError):
        sources_of_a_length(3)


@prepared
def known_by(sources, on):
    return sources.annotate(day=Value(on.isoformat()[:7])).filter(known_to__lte=on)


def test_each_argument_reaches_the_database_as_what_the_method_makes_of_it():
    sources = {year: Source.objects.create(slug=f"of-{year}", known_to=date(year, 1, 1)) for year in (2005, 2006)}
    (source,) = known_by(Source.objects.all(), date(2005, 6, 1))
    assert (source, source.day) == (sources[2005], "2005-06")
    assert known_by(Source.objects.all(), date(2006, 6, 1)).count() == 2


def test_it_is_built_once():
    Agreement.objects.with_status(DAYS[0])
    with CaptureQueriesContext(connection) as queries:
        written = [str(Agreement.objects.with_status(day).query) for day in DAYS]
    assert not len(queries)
    assert len({len(text) for text in written}) == 1


def test_a_row_is_asked_by_what_it_points_to():
    @prepared
    def of_countries(agreements, country):
        return agreements.filter(city__country=country).annotate(place=F("city__slug"))

    CityFactory(country="UA")
    agreement = AgreementFactory(city__slug="leipzig", city__country="DE")
    assert [(found, found.place) for found in of_countries(Agreement.objects.all(), "DE")] == [(agreement, "leipzig")]


def test_what_is_prepared_may_stand_within_what_is_prepared():
    @prepared
    def with_living(cities, on):
        living = Agreement.objects.in_force(on).filter(city=OuterRef("pk"))
        return cities.annotate(lives=Exists(living), relation_then=Value(on.isoformat()))

    city = AgreementFactory(signed_on="1990", term="open-ended").city
    for day, expected in ((date(1989, 1, 1), False), (date(1991, 1, 1), True)):
        found = with_living(PartnerCity.objects.all(), day).get(pk=city.pk)
        assert (found.lives, found.relation_then) == (expected, day.isoformat())


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (lambda found, on: found.annotate(year=Value(on.year + 1)), "not known"),
        (lambda found, on: found.filter(city__activities__starts_on="2000"), "joins more"),
        (lambda found, on: found.filter(title="x") if on.year == 2345 else found.filter(kind="x"), "other SQL"),
    ],
    ids=["another-image", "many-rows", "other-sql"],
)
def test_what_could_not_be_prepared_is_refused(method, words):
    with pytest.raises(TypeError, match=words):
        prepared(method)(Agreement.objects.all(), DAYS[0])


@pytest.mark.django_db(transaction=True)
def test_threads_share_what_is_prepared():
    _statement.cache_clear()
    AgreementFactory(signed_on="1990", term="open-ended")
    found = []

    def ask():
        found.extend(agreement.status for agreement in Agreement.objects.with_status(DAYS[2]))
        connection.close()

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["in-force"] * 4
