"""What residents find by what they type: each line of `judged_queries.txt`, over the facts of the programme."""

import re
from datetime import date
from pathlib import Path

import pytest

from krakow_intl.core.kinds import KINDS
from krakow_intl.core.search.score import best_first
from krakow_intl.portal.search_results import SearchPage
from tests.facts import load_facts

TODAY = date(2026, 5, 5)
LINES = Path(__file__).with_name("judged_queries.txt").read_text().splitlines()
JUDGED = [line.split(" | ") for line in LINES if line and not line.startswith("#")]
MANY = 150


@pytest.fixture(scope="module")
def facts(django_db_setup, django_db_blocker):
    """The facts of the programme, in a database that forgets them after these tests."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load_facts()
        yield
        transaction.set_rollback(True)


def test_there_are_many_and_no_query_is_judged_twice():
    assert len({query for query, _judgements in JUDGED}) == len(JUDGED) >= MANY


@pytest.mark.parametrize(("query", "judgements"), JUDGED, ids=[ascii(query) for query, _judgements in JUDGED])
def test_a_query_finds_what_it_was_judged_to_find(query, judgements, facts, db):
    # a character of which only the code is written here: "\u0301"
    typed = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), query)
    page = SearchPage(typed, TODAY, "pl")
    for judgement in judgements.split(" ; "):
        place, *wanted = judgement.split()
        _judge(page, place, wanted)


def _judge(page, place, wanted):
    if place == "0":
        assert page.counts.total == 0
    elif place == "~":
        assert page.suggestion == " ".join(wanted)
    elif place == "-":
        assert not [name for name in wanted if _is_among(name, _whole(page, name))]
    elif place == "1":  # any of several may be the first
        assert any(_is_among(name, _found(page, name)[:1]) for name in wanted)
    else:
        assert [name for name in wanted if not _is_among(name, _found(page, name)[: int(place)])] == []


def _is_among(name, slugs):
    """Whether a record is among some; of "lviv-*" any one of them."""
    slug = name.partition(":")[2]
    return any(other.startswith(slug[:-1]) for other in slugs) if slug.endswith("*") else slug in slugs


def _found(page, name):
    return _slugs(page, name, lambda result: result.found)


def _whole(page, name):
    return _slugs(page, name, lambda result: result._part(True))


def _slugs(page, name, part):
    """The slugs of the records of a kind that were found, the best first."""
    kind = KINDS[name.partition(":")[0]]
    result = next((each for each in page.results if each.group.key == kind.search.key), None)
    keys = [key for key, _score in best_first(part(result))] if result else []
    slugs = dict(kind.model.objects.filter(pk__in=keys).values_list("pk", "slug"))
    return [slugs[key] for key in keys]
