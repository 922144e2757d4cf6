"""The goals that the fixtures say are served, held against the rule in docs/goals.md."""

import json
import re
from collections import Counter
from datetime import date

import pytest
from django.conf import settings

from krakow_intl.core.dates import PartialDate
from programme.geographic_goals import counting_day, is_within

RULE = (settings.BASE_DIR / "docs" / "goals.md").read_text()
ENTRIES = [entry for path in sorted(settings.FIXTURES_DIR.glob("*.json")) for entry in json.loads(path.read_text())]
RECORDS = {entry["fields"]["slug"]: entry["fields"] for entry in ENTRIES if "slug" in entry["fields"]}
CITIES = {entry["fields"]["slug"]: entry["fields"] for entry in ENTRIES if entry["model"] == "partners.partnercity"}
KNOWN_TO = date(2006, 4, 20)  # of the programme, which is the source of all
SERVING = ("partners.activity", "organizations.involvement", "polonia.campaign")
GOALS = [entry["fields"] for entry in ENTRIES if entry["model"] == "programme.goal"]
LINKS = [
    (entry["fields"], goal)
    for entry in ENTRIES
    if entry["model"] in SERVING
    for [goal] in entry["fields"].get("goals", [])
]
# the heading of a goal: "### `thematic-a` Kraków among the metropolises of Europe (II.1.1 a)"
HEADING = re.compile(r"^### `([a-z-]+)` (.+) \((.+)\)$", re.MULTILINE)
# an example in the rule of a goal: the "Does not" and "milan-sport" of "- Does not: any other. Example: `milan-sport`."
EXAMPLE = re.compile(r"^- (Serves|Does not): (?:(?!\n- )[^`])*Example:\s+`([a-z0-9-]+)`\.$", re.MULTILINE)


def rules():
    """{goal: [("Serves" or "Does not", slug of the example)]}."""
    parts = HEADING.split(RULE)[1:]
    return {slug: EXAMPLE.findall(text) for slug, text in zip(parts[::4], parts[3::4], strict=True)}


def test_every_goal_has_its_rule_under_its_name_and_passage():
    expected = [(goal["slug"], goal["name_en"], goal["passage"]) for goal in GOALS]
    assert HEADING.findall(RULE) == expected


def test_talks_and_plans_serve_no_goal():
    early = [(fields["slug"], goal) for fields, goal in LINKS if "talks" in fields.get("kind", "")]
    early += [(fields["slug"], goal) for fields, goal in LINKS if fields.get("state") == "planned"]
    assert early == []


def test_nothing_is_linked_to_a_geographic_goal_by_hand():
    kinds = {goal["slug"]: goal["kind"] for goal in GOALS}
    assert [(fields["slug"], goal) for fields, goal in LINKS if kinds[goal] != "thematic"] == []


def test_every_geographic_goal_and_no_other_has_an_area():
    assert [goal["slug"] for goal in GOALS if (goal["kind"] == "geographic") != bool(goal.get("area"))] == []


def test_nothing_is_linked_to_a_goal_twice():
    links = Counter((fields["slug"], goal) for fields, goal in LINKS)
    assert [link for link, times in links.items() if times > 1] == []


@pytest.mark.parametrize("goal", [goal["slug"] for goal in GOALS if goal["kind"] == "thematic"])
def test_the_examples_of_the_rule_are_linked_as_it_says(goal):
    linked = {fields["slug"] for fields, served in LINKS if served == goal}
    examples = rules()[goal]
    assert [slug for _verdict, slug in examples if slug not in RECORDS] == []
    assert [example for example in examples if (example[0] == "Serves") != (example[1] in linked)] == []
    assert "Does not" in dict(examples)
    assert ("Serves" in dict(examples)) == bool(linked)


@pytest.mark.parametrize("goal", [goal["slug"] for goal in GOALS if goal["kind"] == "geographic"])
def test_the_examples_of_a_geographic_goal_lie_where_the_rule_says(goal):
    verdicts = [("Serves" if serves_by_country(goal, RECORDS[slug]) else "Does not", slug) for _, slug in rules()[goal]]
    assert verdicts == rules()[goal]
    assert dict(verdicts).keys() == {"Serves", "Does not"}


def serves_by_country(goal, activity):
    start, end = (PartialDate(text) if (text := activity.get(name)) else None for name in ("starts_on", "ends_on"))
    countries = [CITIES[slug]["country"] for [slug] in activity["cities"]]
    is_early = activity["kind"] == "talks" or activity["state"] == "planned"
    return not is_early and is_within(RECORDS[goal]["area"], countries, counting_day(start, end, KNOWN_TO, KNOWN_TO))
