"""The encoding of a text is told by its letters, or a person is asked; no letter is wrong in silence."""

import pytest

from krakow_intl.sheets.delimited import decode
from krakow_intl.sheets.encodings import EIGHT_BIT
from krakow_intl.sheets.messages import SheetError

POLISH = "Kraków;Łódź;współpraca z miastem Gdańsk;żółć;świadczenie\r\nPoznań;Wrocław;źródło"
GERMAN = "Köln;Düsseldorf;Straße;München;Städtepartnerschaft\r\nGöttingen;Nürnberg;Übersicht"


@pytest.mark.parametrize("name", EIGHT_BIT)
@pytest.mark.parametrize("text", [POLISH, GERMAN, f"{POLISH};{GERMAN}"], ids=["Polish", "German", "both"])
def test_a_text_of_several_words_tells_its_encoding(name, text):
    read, told = decode(text.encode(EIGHT_BIT[name]))
    assert read == text
    assert told == name or text == GERMAN  # whose letters are the same in two of them


@pytest.mark.parametrize("name", EIGHT_BIT)
@pytest.mark.parametrize(
    "word", ["Kraków", "Łódź", "Gdańsk", "źródło", "żółć", "święto", "Köln", "Nürnberg", "Zürich", "Orléans", "Košice"]
)
def test_a_single_word_is_read_rightly_or_asked_about(name, word):
    data = word.encode(EIGHT_BIT[name])
    try:
        assert decode(data)[0] == word
    except SheetError as error:
        assert (error.code, any(words[0] == word for _name, words in error.readings)) == ("choose-encoding", True)
    assert decode(data, name)[0] == word


def test_what_is_utf_8_is_read_so_whatever_was_said():
    assert decode("Kraków".encode(), "DOS (cp852)") == ("Kraków", "utf-8")
    assert decode("żółć".encode("cp1250"), "EBCDIC")[1] == "windows-1250"
