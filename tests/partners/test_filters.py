from datetime import date

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.translation import override

from partners.filters import UNKNOWN, AgreementFilter, CityFilter, HistoryForm, InstitutionFilter
from partners.history import History
from partners.models import Agreement, Institution, PartnerCity
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    AgreementThemeFactory,
    CityFactory,
    InstitutionFactory,
    PartyFactory,
    ThemeFactory,
)
from tests.programme.factories import GoalFactory

pytestmark = pytest.mark.django_db
DAY = date(2006, 4, 30)


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def agreements(query):
    return AgreementFilter(QueryDict(query), Agreement.objects.with_status(DAY).in_order_of_time())


def cities(query):
    found = PartnerCity.objects.with_relation(DAY).with_beginnings(DAY).with_agreements(DAY)
    return CityFilter(QueryDict(query), found.in_order_of_relation(), request=RequestFactory().get("/"))


def numbers(query):
    return [agreement.number for agreement in agreements(query).qs]


@pytest.fixture
def register():
    """1 Lviv 1995, in force; 2 Nuremberg 1979, a framework; 3 Nuremberg 1991, twinning; 4 Lviv's chambers, undated."""
    lviv = CityFactory(slug="lviv", name_en="Lviv", name_pl="Lwów", country="UA")
    nuremberg = CityFactory(slug="nuremberg", name_en="Nuremberg", country="DE")
    AgreementFactory(number=1, city=lviv, kind="cooperation", signed_on="1995-10-23")
    AgreementFactory(number=2, city=nuremberg, kind="framework", signed_on="1979", term="fixed", valid_until="1985")
    AgreementFactory(number=3, city=nuremberg, twinning=True, signed_on="1991-12-09")
    AgreementFactory(number=4, city=lviv, kind="cooperation", level="institutional", establishes="", undated=True)


def test_agreements_are_found_by_what_leads_to_their_end():
    AgreementFactory(number=5, events=[{"kind": "notice-given", "taken_on": "2006-03"}])
    AgreementFactory(number=6, events=[{"kind": "will-to-end", "taken_on": "2006-03"}])
    AgreementFactory(number=7, events=[{"kind": "will-to-end", "taken_on": "2006-05"}])
    assert (numbers("mark=notice-running"), numbers("mark=will-to-end")) == ([5], [6])
    assert agreements("mark=blue").errors == {"mark": [UNKNOWN]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [2, 3, 1, 4]),
        ("city=lviv", [1, 4]),
        ("country=DE", [2, 3]),
        ("kind=twinning", [3]),
        ("level=institutional", [4]),
        ("relation=partner", [2, 1]),
        ("relation=none", [4]),
        ("status=in-force", [3, 1]),
        ("status=expired", [2]),
        ("status=unknown", [4]),
        ("year_from=1991", [3, 1]),
        ("year_to=1991", [2, 3]),
        ("year_from=1979&year_to=1979", [2]),
        ("city=lviv&country=DE&status=not-yet", []),
        ("sort=-date", [1, 3, 2, 4]),
        ("sort=end", [2, 1, 3, 4]),
        ("sort=-end", [2, 1, 3, 4]),
        ("sort=city", [1, 4, 2, 3]),
        ("sort=-city", [2, 3, 1, 4]),
        ("sort=kind", [1, 4, 2, 3]),
        ("sort=status", [3, 1, 2, 4]),
        ("sort=-status", [4, 2, 3, 1]),
        ("theme=culture", [2, 1]),
        ("theme=not-recorded", [3, 4]),
        ("theme=culture&status=in-force&basis=by-its-terms", [1]),
        ("theme=culture&status=in-force&basis=on-record", []),
        ("place=krakow", [1]),
        ("place=milan", [2]),
        ("place=not-recorded", [3, 4]),
        ("sort=place", [1, 2, 3, 4]),
        ("city=&kind=&year_from=&sort=&utm_source=x", [2, 3, 1, 4]),
    ],
    ids=str,
)
def test_agreements_are_filtered_and_sorted(register, query, expected):
    culture = ThemeFactory(slug="culture")
    for number, polish, english in ((1, "Kraków", "Kraków"), (2, "Mediolan", "Milan")):
        Agreement.objects.filter(number=number).update(signed_at_pl=polish, signed_at_en=english)
        AgreementThemeFactory(agreement=Agreement.objects.get(number=number), theme=culture)
    assert numbers(query) == expected


def test_a_city_that_joined_an_agreement_finds_it_too(register):
    PartyFactory(agreement=Agreement.objects.get(number=2), city=PartnerCity.objects.get(slug="lviv"))
    assert numbers("city=lviv") == [2, 1, 4]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("city=atlantis", "city"),
        ("theme=none", "theme"),
        ("place=Kraków", "place"),
        ("kind=bliźniacza", "kind"),
        ("status=alive", "status"),
        ("sort=title", "sort"),
    ],
    ids=str,
)
def test_a_wrong_value_is_named_and_left_out(register, query, field):
    filters = agreements(query)
    assert [agreement.number for agreement in filters.qs] == [2, 3, 1, 4]
    assert list(filters.errors) == [field]
    assert len(str(filters.errors[field])) < 300


def test_each_list_has_filters_of_its_own(register):
    one, other = AgreementFilter(QueryDict(), None), AgreementFilter(QueryDict(), None)
    for name in ("city", "sort"):
        assert one.filters[name].extra is not other.filters[name].extra
        assert one.filters[name].parent is one
    assert one.filters["city"].filter.f is one.filters["city"]
    assert one.filters["sort"].orders is not other.filters["sort"].orders
    assert "place" not in AgreementFilter.base_filters["sort"].orders


def test_the_lists_of_choices_hold_what_is_published(register):
    CityFactory(slug="atlantis", country="GR", held_back=True)
    form = agreements("").form
    assert [value for value, _label in form.fields["city"].choices] == ["", "lviv", "nuremberg"]
    assert [value for value, _label in form.fields["country"].choices] == ["", "DE", "UA"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["nuremberg", "lviv", "quito"]),
        ("sort=name", ["lviv", "nuremberg", "quito"]),
        ("sort=-name", ["quito", "nuremberg", "lviv"]),
        ("sort=country", ["quito", "nuremberg", "lviv"]),
        ("sort=first", ["nuremberg", "lviv", "quito"]),
        ("sort=-first", ["lviv", "nuremberg", "quito"]),
        ("q=lwow", ["lviv"]),
        ("q=%25", []),
        ("country=EC", ["quito"]),
        ("relation=twin", ["nuremberg"]),
        ("relation=none", ["quito"]),
        ("theme=culture", ["lviv"]),
        ("theme=sport", ["nuremberg", "lviv", "quito"]),
    ],
    ids=str,
)
def test_cities_are_filtered_and_sorted(register, query, expected):
    CityFactory(slug="quito", name_en="Quito", country="EC")
    AgreementThemeFactory(agreement=Agreement.objects.get(number=1), theme=ThemeFactory(slug="culture"))
    assert [city.slug for city in cities(query).qs] == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("nothing_since=1992", ["quito", "nuremberg"]),
        ("nothing_since=1992&sort=name", ["nuremberg", "quito"]),
        ("nothing_since=1991", ["quito"]),
        ("nothing_since=1996", ["quito", "nuremberg", "lviv"]),
        ("nothing_since=soon", ["nuremberg", "lviv", "quito"]),
    ],
    ids=str,
)
def test_cities_are_found_of_which_nothing_is_recorded_since_a_year(register, query, expected):
    CityFactory(slug="quito", name_en="Quito", country="EC")
    found = PartnerCity.objects.with_relation(DAY).with_beginnings(DAY).with_last_event(DAY)
    filters = CityFilter(QueryDict(query), found.in_order_of_relation(), request=RequestFactory().get("/"))
    assert [city.slug for city in filters.qs] == expected
    assert filters.grouped_by == ("relation" if "soon" in query else "date")
    assert list(filters.errors) == (["nothing_since"] if "soon" in query else [])


@pytest.mark.parametrize(
    ("query", "group"),
    [
        ("", "relation"),
        ("sort=country", "country"),
        ("sort=-country", "country"),
        ("sort=name", ""),
        ("sort=x", "relation"),
    ],
)
def test_cities_are_grouped_by_what_they_are_sorted_by(query, group):
    filters = cities(query)
    assert filters.qs is not None
    assert filters.grouped_by == group


@pytest.mark.parametrize(
    ("query", "known"),
    [
        ("kind=visit", True),
        ("kind=x", False),
        ("theme=sport", True),
        ("theme=x", False),
        ("goal=thematic-a", True),
        ("goal=thematic-b", False),
    ],
)
def test_a_history_knows_what_it_holds_nothing_of(query, known):
    ThemeFactory(slug="sport")
    GoalFactory(slug="thematic-a")
    GoalFactory(slug="thematic-b", held_back=True)
    form = HistoryForm(QueryDict(query), History([]), date(2006, 4, 30))
    assert [str(error) for errors in form.errors.values() for error in errors] == ([] if known else [UNKNOWN])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["agh", "mpk", "temuco", "vag"]),
        ("q=uniwersytety", ["agh", "temuco"]),
        ("q=%25", []),
        ("q=nuremb", ["vag"]),
        ("side=home", ["agh", "mpk"]),
        ("side=partner", ["temuco", "vag"]),
        ("kind=service", ["mpk", "vag"]),
        ("city=nuremberg", ["mpk", "vag"]),
        ("city=lviv", ["agh"]),
        ("city=nuremberg&kind=university", []),
        ("kind=x&city=atlantis", ["agh", "mpk", "temuco", "vag"]),
    ],
    ids=str,
)
def test_institutions_are_filtered(register, query, expected):
    nuremberg = PartnerCity.objects.get(slug="nuremberg")
    agh = InstitutionFactory(slug="agh", of_krakow=True, name_pl="Uniwersytet AGH", name_en="AGH University")
    mpk = InstitutionFactory(slug="mpk", of_krakow=True, kind="service")
    InstitutionFactory(slug="temuco", city=None, name_pl="Uniwersytet w Temuco", name_en="Temuco University")
    InstitutionFactory(slug="vag", city=nuremberg, kind="service", place_pl="Norymberga", place_en="Nuremberg")
    PartyFactory(agreement=Agreement.objects.get(number=4), institution=agh)
    ActivityFactory(cities=[nuremberg], institutions=[mpk])
    institutions, request = Institution.objects.in_order_of_side_and_kind(), RequestFactory().get("/")
    found = InstitutionFilter(QueryDict(query), institutions, request=request)
    assert sorted(body.slug for body in found.qs) == expected


def test_bodies_of_krakow_come_first_then_the_kinds_in_their_order():
    for slug, facts in {
        "museum": {"kind": "culture"},
        "school": {"kind": "school"},
        "b": {"of_krakow": True, "kind": "firm", "name_en": "B"},
        "a": {"of_krakow": True, "kind": "firm", "name_en": "A"},
        "office": {"of_krakow": True, "kind": "office"},
    }.items():
        InstitutionFactory(slug=slug, **facts)
    found = Institution.objects.in_order_of_side_and_kind()
    assert [body.slug for body in found] == ["office", "a", "b", "school", "museum"]
