"""No text of the facts speaks of a present that its source cannot know: what is told in 2006 is told as of 2006."""

import json
import re

import pytest
from django.conf import settings

# words of the present: "dziś", "nadal", "w najbliższym czasie"
POLISH = re.compile(
    r"\b(dziś|dzisiaj|dzisiejsz\w*|obecn(?:ie|y|a|e|ego|ej|ych|ym)|aktualn\w+|nadal|wciąż|teraz|ostatnio|dotychczas|niebawem|wkrótce|"
    r"współcześnie|do tej pory|do dziś|w najbliższym czasie|w ostatnich latach)\b",
    re.IGNORECASE,
)
# the same in English: "today", "still", "at present"
ENGLISH = re.compile(
    r"\b(now|nowadays|today|still|currently|current|at present|presently|recently|lately|these days|to this day|"
    r"so far|soon|shortly|up to now|to date|present-day|in recent years)\b",
    re.IGNORECASE,
)
TO_ASK = "the reader is told to ask whether it is still so, for the register does not know"
ALLOWED = {  # (record, field): the words, and why they may stand there
    ("la-serena", "lead_en"): ("so far", "“so far apart” is a distance"),
    ("la-serena-mayor-visit-2005", "description_en"): ("so far", "“so far apart” is a distance"),
    ("privacy", "body_en"): ("soon", "“as soon as” says when the register itself erases an address"),
    ("firms", "how_to_begin_pl"): ("dzisiaj", TO_ASK),
    ("firms", "how_to_begin_en"): ("today", TO_ASK),
    ("researchers", "how_to_begin_pl"): ("nadal", TO_ASK),
    ("researchers", "how_to_begin_en"): ("still", TO_ASK),
    ("schools", "how_to_begin_pl"): ("nadal", TO_ASK),
    ("schools", "how_to_begin_en"): ("still", TO_ASK),
    ("students", "how_to_begin_pl"): ("dzisiaj", TO_ASK),
    ("students", "how_to_begin_en"): ("today", TO_ASK),
    ("cities-with-agreements", "body_pl"): ("w ostatnich latach", "“w ostatnich latach przed 2006 rokiem” is dated"),
    ("", "basis_en"): ("still", "of the statement on accessibility: an assessment that is yet to be made"),
}


def texts():
    for path in sorted(settings.FIXTURES_DIR.glob("*.json")):
        for entry in json.loads(path.read_text()):
            fields = entry["fields"]
            for name, text in fields.items():
                if isinstance(text, str) and name.endswith(("_pl", "_en")):
                    yield (str(fields.get("slug", "")), name), text


def words_of_the_present(name, text):
    found = (POLISH if name.endswith("_pl") else ENGLISH).findall(text)
    return ", ".join(word.lower() for word in found)


def test_no_text_speaks_of_a_present_it_cannot_know():
    found = {key: words for key, text in texts() if (words := words_of_the_present(key[1], text))}
    assert found == {key: words for key, (words, _reason) in ALLOWED.items()}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lead_pl", "Miasta nadal współpracują."),
        ("lead_pl", "Obecnie trwają rozmowy."),
        ("lead_en", "The two cities still co-operate."),
        ("lead_en", "At present there is no agreement."),
    ],
)
def test_a_word_of_the_present_is_found(name, text):
    assert words_of_the_present(name, text)
