from datetime import date

import pytest
from django.db.models import CharField, DateField, F, Value

from krakow_intl.core.formulas import Formula
from programme.models import Source
from tests.programme.factories import SourceFactory

pytestmark = pytest.mark.django_db


def later(day):
    """Whether what a source knows of comes before that day, twice said."""
    text = "CASE WHEN {known} < {day} THEN {word} WHEN {known} = {day} THEN 'then' ELSE {slug} END"
    parts = {"known": F("known_to"), "day": Value(day, DateField()), "word": Value("100%"), "slug": F("slug")}
    return Formula(text, CharField(), **parts)


@pytest.fixture(autouse=True)
def _sources():
    for year in (2005, 2006, 2007):
        SourceFactory(slug=f"of-{year}", known_to=date(year, 1, 1))


def test_parts_stand_in_the_text_as_often_as_it_says():
    told = Source.objects.annotate(told=later(date(2006, 1, 1))).order_by("known_to").values_list("told", flat=True)
    assert list(told) == ["100%", "then", "of-2007"]


def test_a_formula_is_asked_like_any_other_expression():
    sources = Source.objects.annotate(told=later(date(2006, 1, 1)))
    assert sources.filter(told__startswith="of").get().slug == "of-2007"
    assert [source.slug for source in sources.order_by("told")] == ["of-2005", "of-2007", "of-2006"]
    assert sources.values("told").distinct().count() == 3


def test_a_part_may_be_another_formula():
    twice = Formula("CASE {told} WHEN 'then' THEN {told} ELSE '' END", CharField(), told=later(date(2006, 1, 1)))
    assert set(Source.objects.annotate(twice=twice).values_list("twice", flat=True)) == {"", "then"}
