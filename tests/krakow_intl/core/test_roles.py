import json

import pytest
from django.conf import settings
from django.utils.translation import override

from krakow_intl.core.roles import Role

ENTRIES = json.loads((settings.FIXTURES_DIR / "00-roles.json").read_text())


def test_the_facts_say_of_each_role_what_it_may_and_of_no_other_group():
    assert [entry["fields"]["name"] for entry in ENTRIES] == Role.values
    assert all(entry["model"] == "auth.group" and entry["fields"]["permissions"] for entry in ENTRIES)


@pytest.mark.parametrize("role", Role)
def test_a_role_tells_in_both_languages_what_it_is_for(role):
    with override("en"):
        assert (english := str(role.label)).startswith(f"{role}: ")
    with override("pl"):
        assert str(role.label) not in ("", english)
