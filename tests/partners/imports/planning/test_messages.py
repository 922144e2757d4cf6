import re

import pytest
from django.conf import settings
from django.utils.translation import override

from krakow_intl.sheets import dates, messages
from partners.imports.planning.messages import REMARKS, remark


@pytest.mark.parametrize("code", [code for code, (_level, text) in REMARKS.items() if text])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_remark_can_be_said(code, language):
    class Anything(dict):
        def __missing__(self, name):
            return f"<{name}>"

    with override(language):
        assert str(REMARKS[code][1]) % Anything()


def test_a_remark_shows_no_more_of_a_value_than_fits():
    message = remark("unknown-agreement", row=2, column="Poprzedni akt", value="x" * 10_000)
    assert (message.level, len(message.value), len(str(message.text)) < 400) == ("error", 200, True)


def test_a_text_stands_in_for_the_sentence():
    assert remark("not-possible", text="So not.").text == "So not."


def test_the_manual_names_every_code():
    manual = (settings.BASE_DIR / "docs/import.md").read_text()
    table = manual.partition("## Messages")[2].partition("## Decisions")[0]
    known = {*REMARKS, *messages.FILE_ERRORS, *messages.CELL_WARNINGS, *dates.DATE_WARNINGS, "unsupported-type"}
    # a code in the manual: the "no-rows" of "`no-rows`"
    assert set(re.findall(r"`([a-z-]+)`", table)) == known
