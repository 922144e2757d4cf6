"""The audiences that the fixtures say activities are for, held against the rule in docs/audiences.md."""

import json
import re
from collections import Counter

from django.conf import settings

RULE = (settings.BASE_DIR / "docs" / "audiences.md").read_text()
ENTRIES = [entry for path in sorted(settings.FIXTURES_DIR.glob("*.json")) for entry in json.loads(path.read_text())]
LINKS = [
    (entry["fields"]["audience"][0], entry["fields"]["activity"][0])
    for entry in ENTRIES
    if entry["model"] == "partners.activityaudience"
]
# the heading of an audience: "### `schools` Teachers and schools"
HEADING = re.compile(r"^### `([a-z-]+)` (.+)$", re.MULTILINE)
# an example in the rule of an audience: the "Not" and "strasbourg-club" of "- Not: mayors. Example: `strasbourg-club`."
EXAMPLE = re.compile(r"^- (For|Not): (?:(?!\n- )[^`])*Example:\s+`([a-z0-9-]+)`\.$", re.MULTILINE)


def slugs_of(model):
    return [entry["fields"]["slug"] for entry in ENTRIES if entry["model"] == model]


def test_every_audience_has_its_rule_under_its_name():
    audiences = [entry["fields"] for entry in ENTRIES if entry["model"] == "partners.audience"]
    assert HEADING.findall(RULE) == [(audience["slug"], audience["name_en"]) for audience in audiences]


def test_the_examples_of_the_rule_are_linked_as_it_says():
    parts, activities = HEADING.split(RULE)[1:], set(slugs_of("partners.activity"))
    for audience, text in zip(parts[::3], parts[2::3], strict=True):
        examples = EXAMPLE.findall(text)
        assert [verdict for verdict, _slug in examples] == ["For", "Not"], audience
        assert {slug for _verdict, slug in examples} <= activities
        assert [slug for verdict, slug in examples if (verdict == "For") != ((audience, slug) in LINKS)] == []


def test_no_activity_is_linked_to_an_audience_twice_and_no_audience_is_left_out():
    assert [link for link, times in Counter(LINKS).items() if times > 1] == []
    assert {audience for audience, _activity in LINKS} == set(slugs_of("partners.audience"))
