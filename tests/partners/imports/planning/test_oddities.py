"""What a sheet says that is odd is told before it comes in, in the words that its record will have."""

import pytest
from django.utils.translation import override

from partners.models import Agreement
from tests.partners.factories import AgreementFactory, CityFactory
from tests.partners.imports.conftest import HEADER, applied, plan_of

TITLE, END, LENGTH, NOTICE, EVENTS = (
    *("Tytuł", "Obowiązuje do", "Okres (mies.)"),
    *("Okres wypowiedzenia (mies.)", "Zdarzenia"),
)
EARLIER, LINK = "Poprzedni akt", "Związek"
ROW = ["Lwów", "umowa o partnerstwie", "01.02.1991"]


@pytest.fixture(autouse=True)
def _register(clock, cities):
    """It is 2026; Milan has an agreement, and so has a second city of Italy, a twin."""
    AgreementFactory(
        number=7, slug="milan-1990", city=cities["milan"], signed_on="1990-01-01", title_pl="Umowa o parkach"
    )
    florence = CityFactory(slug="florence", name_pl="Florencja", name_en="Florence", country="IT")
    AgreementFactory(number=8, slug="florence-1980", city=florence, signed_on="1980-01-01", establishes="twin")


def told(row, others):
    """What is odd about a row with some more columns: {name: cell}."""
    plan = plan_of([*HEADER, *others], [*row, *others.values()])
    with override("en"):
        texts = [str(message.text) for message in plan.messages if message.code == "odd"]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts]


def test_of_what_is_usual_nothing_is_told():
    assert told(ROW, {TITLE: "Umowa o parkach"}) == []


@pytest.mark.parametrize(
    ("row", "others", "words"),
    [
        (ROW, {LENGTH: "12", NOTICE: "13"}, "The notice is longer than the term"),
        (ROW, {END: "2500"}, "It ends in the year 2500"),
        (ROW, {EVENTS: "wypowiedzenie 2004-05-06, w mocy do 2004-04-01"}, "was taken only on 6 May 2004"),
        (["Mediolan", *ROW[1:]], {TITLE: "Umowa o parkach"}, "Agreement no. 7 with this city has the same title"),
        (
            ["Mediolan", "umowa na zasadzie miast bliźniaczych", "1995"],
            {},
            "Florence, in the same country, is a twin city",
        ),
        (ROW, {EARLIER: "7", LINK: "zastępuje"}, "It replaces agreement no. 7, which is filed under another city"),
    ],
    ids=["notice", "far end", "event", "title", "twin", "replaces"],
)
def test_what_is_odd_is_told_and_refuses_nothing(row, others, words):
    assert words in " ".join(told(row, others))


def test_the_sentences_are_those_of_the_record(cities):
    applied([*HEADER, END], [*ROW, "2500"])
    agreement = Agreement.objects.get(city=cities["lviv"])
    with override("en"):
        assert list(map(str, agreement.warnings())) == ["It ends in the year 2500, more than a hundred years from now."]
