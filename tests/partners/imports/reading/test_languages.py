"""The language of the texts of a column is told by their words, for the whole column and only where it is plain."""

import json

import pytest
from django.conf import settings

from partners.imports.reading.languages import MOVE, STAY, language_of
from tests.partners.imports.conftest import HEADER, actions, plan_of, said

POLISH = [f"Umowa o współpracy między miastami w roku {year}" for year in range(1991, 1999)]
ENGLISH = [f"Agreement on the co-operation of the cities in {year}" for year in range(1991, 1999)]
NAMES = ["Kraków", "Rada Miasta Lwowa", "Uniwersytet Jagielloński", "Stadtrat Leipzig", "Twin Cities", "UJ", "2004"]


def facts(name):
    """The texts of one column of all agreements in the files of facts."""
    entries = (entry for path in settings.FIXTURES_DIR.glob("*.json") for entry in json.loads(path.read_bytes()))
    texts = [entry["fields"].get(name) for entry in entries if entry["model"] == "partners.agreement"]
    return [text for text in texts if text]


def planned(*columns, **options):
    """The plan of a list with columns of texts: (name, texts)."""
    rows = zip(*(texts for _name, texts in columns), strict=True)
    listed = [["Lwów", "umowa", f"{1980 + number}", *texts] for number, texts in enumerate(rows)]
    return plan_of([*HEADER, *(name for name, _texts in columns)], *listed, **options)


def titles(plan):
    facts = plan.rows[0].row.facts
    return {name: facts[name] for name in ("title_pl", "title_en") if name in facts}


@pytest.mark.parametrize("name", ["title", "summary"])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_no_text_of_the_facts_is_taken_for_one_of_the_other_language(name, language):
    texts = facts(f"{name}_{language}")
    assert {language_of(text) for text in texts} <= {language, None}
    assert sum(language_of(text) == language for text in texts) > 0.75 * len(texts)


def test_names_and_other_languages_tell_nothing():
    told = [*NAMES, "Vertrag zwischen den Städten", "Traité d’amitié", "Protokół", "Protocol", "", "—", "List I/2"]
    assert {language_of(text) for text in told} == {None}


@pytest.mark.parametrize(("name", "texts", "other"), [("Tytuł", ENGLISH, "title_en"), ("Title", POLISH, "title_pl")])
def test_a_column_of_texts_of_the_other_language_is_asked_about_once(cities, name, texts, other):
    plan = planned((name, texts))
    assert ([*plan.questions], {*actions(plan)}) == (["language:title"], {"doubtful"})
    assert plan.questions["language:title"].rows == [*range(2, 10)]
    assert titles(planned((name, texts), decisions={"language:title": MOVE})) == {other: texts[0]}
    plan = planned((name, texts), decisions={"language:title": STAY})
    assert (titles(plan).keys() & {other}, plan.questions, {*actions(plan)}) == (set(), {}, {"new"})


def test_two_columns_that_are_the_wrong_way_round_are_put_right(cities):
    columns = [("Tytuł", ENGLISH), ("Title", POLISH)]
    assert [*planned(*columns).questions] == ["language:title"]
    plan = planned(*columns, decisions={"language:title": MOVE})
    assert titles(plan) == {"title_pl": POLISH[0], "title_en": ENGLISH[0]}


def test_of_one_column_beside_the_right_one_it_is_told_that_it_may_be_wrong(cities):
    plan = planned(("Tytuł", POLISH), ("Title", POLISH))
    assert ([*plan.questions], said(plan)[0]) == ([], (0, "language-at-odds"))


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Tytuł", POLISH),
        ("Title", ENGLISH),
        ("Title", POLISH[:4]),
        ("Title", POLISH[:1] * 8),
        ("Title", [*POLISH[:5], *ENGLISH[:3]]),
        ("Title", [*POLISH[:5], *NAMES]),
        ("Tytuł", NAMES),
        ("Strona partnerska", ENGLISH),
        ("Notes", POLISH),
        ("Title", ["—"] * 6),
    ],
)
def test_of_the_right_language_of_few_cells_and_of_names_nothing_is_asked(cities, name, texts):
    assert not planned((name, texts)).questions


def test_what_the_register_wrote_itself_is_not_asked_about(cities):
    assert not planned(("Title", POLISH), ("Wersja", ["1"] * 8)).questions


def test_ten_thousand_texts_are_looked_at_in_no_time():
    for text in ("a" * 30_000, "umowa o " * 4_000, "the " * 8_000, "ó" * 30_000):
        language_of(text)
