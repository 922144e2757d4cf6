import pytest
from django.utils.translation import override

from partners.models import CityName, PartnerCity, SheetAlias
from tests.partners.factories import CityFactory
from tests.partners.imports.conftest import HEADER, actions, applied, plan_of, said

KIND, DAY = "umowa o partnerstwie", "1991"


@pytest.mark.parametrize(
    ("name", "country", "slug", "code"),
    [
        ("Lwów", None, "lviv", None),
        ("LWOW ", None, "lviv", None),
        ("L'viv", "Ukraina", "lviv", None),
        ("Lviv (Ukraina)", None, "lviv", None),
        ("LWÓW, Ukraina", None, "lviv", None),
        ("Lwów, Mediolan", None, None, "several-agreements"),
        ("Lwów, Polska", None, None, "other-country"),
        ("miasto Lwów", "UA", "lviv", None),
        ("Lwów", "Polska", None, "other-country"),
        ("Lwów (Polska)", None, None, "other-country"),
        ("Lvov", None, None, "unknown-city"),
        ("Powiat norymberski", None, None, "not-a-city"),
        ("Krakau", None, None, "own-city"),
        ("Miasto Kraków (Polska)", "PL", None, "own-city"),
        ("Краків", None, None, "own-city"),
        ("Nowy Kraków", None, None, "unknown-city"),
        ("Landkreis Leipzig", None, None, "not-a-city"),
        ("Komitat Baranya", None, None, "not-a-city"),
        ("obwód lwowski", None, None, "not-a-city"),
        ("Lwów", "Nigdzie", "lviv", "unknown-country"),
        ("-", None, None, "missing-value"),
        ("Lwów (Lviv)", None, "lviv", None),
        ("Lwów (Lviv) (UA)", None, "lviv", None),
        ("Lwów (Idaho)", None, None, "unknown-city"),
        ("Lwów (?)", None, None, "unknown-city"),
        ("Lwów?", None, None, "unknown-city"),
        ("Lwów (Lviv, Ukraina)", None, "lviv", None),
        ("Lwów ()", None, "lviv", None),
        ("Lwów (Mediolan)", None, None, "unknown-city"),
        ("Lwów (obwód)", "Ukraina", None, "not-a-city"),
        ("Lwów (rejon)", None, None, "not-a-city"),
        ("Lwów (Francja)", "Ukraina", None, "other-country"),
        ("Lwów, Francja", "Ukraina", None, "other-country"),
        ("✓", None, None, "unknown-city"),
        ("j.w.", "Ukraina", None, "said-above"),
        ('- " -', None, None, "said-above"),
        ("(Lwów" * 9, None, None, "unknown-city"),
    ],
)
def test_a_city_is_found_by_its_names_with_the_country_as_a_check(cities, name, country, slug, code):
    plan = plan_of([*HEADER, "Kraj"], [name, KIND, DAY, country])
    assert plan.rows[0].row.values.get("city") == slug
    assert said(plan) == ([(2, code)] if code else [])


@pytest.mark.parametrize("name", ["Lwów (Idaho)", "Lwów (powiat)"])
def test_what_stands_in_brackets_beside_a_name_is_asked_about_with_that_city_first(cities, name):
    plan = plan_of(HEADER, [name, KIND, DAY])
    [question] = plan.questions.values()
    assert question.choices[0][0] == "lviv"
    [message] = [message for message in plan.messages if message.level == "decision"]
    assert message.value == name


@pytest.mark.parametrize(("country", "code"), [("ZSRR", None), ("Czechosłowacja", "other-country")])
def test_a_state_that_is_no_more_checks_a_city_by_what_it_held(cities, country, code):
    SheetAlias.objects.create(about="country", text="ZSRR", meaning="SU")
    SheetAlias.objects.create(about="country", text="Czechosłowacja", meaning="CS")
    assert said(plan_of([*HEADER, "Kraj"], ["Lwów", KIND, DAY, country])) == ([(2, code)] if code else [])


@pytest.mark.parametrize(
    ("city", "country", "guess"),
    [("Norymbergia", "Niemcy", "Perhaps it is Nuremberg."), ("Lwów", "Equador", "Perhaps it is Ecuador.")],
)
def test_a_name_that_is_not_known_is_told_with_the_likeliest(cities, city, country, guess):
    with override("en"):
        [message] = [m for m in plan_of([*HEADER, "Kraj"], [city, KIND, DAY, country]).messages if m.value]
        assert guess in message.text


@pytest.fixture
def santiago(db):
    return [
        CityFactory(slug=slug, name_pl="Santiago", name_en="Santiago", country=slug[-2:]) for slug in ("s-CL", "s-ES")
    ]


@pytest.mark.parametrize(
    ("name", "slug", "code"),
    [
        ("Santiago (Chile)", "s-CL", None),
        ("Santiago (Compostela)", "s-ES", None),
        ("Santiago (Kuba)", None, "other-country"),
        ("Santiago (?)", None, "unknown-city"),
    ],
)
def test_brackets_tell_cities_of_one_name_apart(santiago, name, slug, code):
    santiago[1].names.create(name="Compostela")
    plan = plan_of(HEADER, [name, KIND, DAY])
    assert (plan.rows[0].row.values.get("city"), said(plan)) == (slug, [(2, code)] if code else [])


def test_an_ambiguous_name_is_asked_about_unless_the_country_tells(santiago):
    plan = plan_of([*HEADER, "Kraj"], ["Santiago", KIND, "1991"], ["Santiago", KIND, "1992", "Chile"])
    assert (actions(plan), said(plan)) == (["doubtful", "new"], [(2, "ambiguous-city")])
    choices = [value for value, _label in plan.questions["city:santiago"].choices]
    assert choices[:2] == ["s-CL", "s-ES"]


def test_one_answer_counts_for_all_rows_and_is_remembered(cities):
    rows = [["Lvov", KIND, "1991"], ["LVOV", KIND, "1992"]]
    plan = plan_of(HEADER, *rows)
    assert plan.questions["city:lvov"].rows == [2, 3]
    assert applied(HEADER, *rows, decisions={"city:lvov": "lviv"}).result == "applied"
    assert CityName.objects.get().city == cities["lviv"]
    assert actions(plan_of(HEADER, *rows)) == ["unchanged"] * 2


def test_the_likeliest_cities_are_offered_first(cities):
    choices = plan_of(HEADER, ["Norymbergia", KIND, DAY]).questions["city:norymbergia"].choices
    assert choices[0][0] == "nuremberg"


def test_a_row_is_left_out_when_that_is_decided(cities):
    plan = plan_of(HEADER, ["Nigdzie", KIND, DAY], decisions={"city:nigdzie": "leave-out"})
    assert (actions(plan), said(plan), plan.is_clean) == (["unchanged"], [(2, "left-out")], True)


def test_a_draft_city_is_made_only_when_that_is_decided(cities):
    answer = {
        "slug": "odessa",
        "name_pl": "Odessa",
        "name_en": "Odesa",
        "country": "UA",
        "latitude": 46,
        "longitude": 30,
    }
    outcome = applied(HEADER, ["Odessa", KIND, "1991"], ["Odessa", KIND, "1992"], decisions={"city:odessa": answer})
    city = PartnerCity.objects.get(slug="odessa")
    assert (outcome.result, city.publication, city.agreements.count()) == ("applied", "draft", 2)
    assert city.history.get().history_change_reason == outcome.record.reason


def test_an_unknown_country_may_be_confirmed(cities):
    row = ["Lwów", KIND, DAY, "Nigdzie"]
    assert actions(plan_of([*HEADER, "Kraj"], row, decisions={"country:nigdzie": "confirm"})) == ["new"]


def test_a_text_without_end_is_answered_at_once(cities):
    assert actions(plan_of(HEADER, ["(x" * 15_000, KIND, DAY])) == ["doubtful"]
