import pytest

from krakow_intl.core.search.spelling import did_you_mean


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("norynberga", "Norymberga"), ("budapest", "Budapeszt"), ("lwów", ""), ("xyzxyz", "")],
)
def test_a_near_name_is_proposed(typed, meant):
    assert did_you_mean([typed], ["Norymberga", "Budapeszt", "Lwów"]) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["crackow"], "Kraków"),
        (["geteborg"], "Göteborg"),
        (["lwow", "wimiana"], "Lwów wymiana"),
        (["wimiana", "pope", "1985"], "wymiana pope 1985"),
        (["eksport", "wymiana"], ""),
        (["wxmiana"], ""),
    ],
)
def test_names_are_proposed_as_they_are_written_and_before_other_words(typed, meant):
    texts = ["Göteborgi", "Wymiana", "open", "import 1995 sportu"]
    assert did_you_mean(typed, ["Kraków", "Göteborg", "Lwów"], texts, found=["wxmiana"]) == meant
