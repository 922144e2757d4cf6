"""The words that stand in the facts of the register, as people search for them."""

import json
import re
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"


def words_of_fixtures():
    """Every word of two letters or more in the texts of the fixtures, each once, in alphabetical order."""
    texts = [text for path in FIXTURES.glob("*.json") for text in _texts(json.loads(path.read_text()))]
    # letters without figures: "Kraków", "d" of "I.2.3 d" is too short
    return sorted({word for text in texts for word in re.findall(r"[^\W\d_]{2,}", text)})


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value if isinstance(value, list) else value.values():
            yield from _texts(part)
