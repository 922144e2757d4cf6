import pytest

from krakow_intl.core.search.spelling import NAMES, OTHER_NAMES, WORDS, Spellings, did_you_mean, near_keys
from partners.models import CityName, Institution, PartnerCity
from tests.partners.factories import CityFactory, CityNameFactory, InstitutionFactory

pytestmark = pytest.mark.django_db


def proposed(typed, known=()):
    cities = Spellings(PartnerCity.objects.public(), ("name_pl",), NAMES)
    return did_you_mean(
        typed, known, [cities, Spellings(Institution.objects.public(), ("name_pl",), WORDS)], ["Kraków"]
    )


@pytest.fixture(autouse=True)
def _register():
    for name in ("Norymberga", "Budapeszt", "Lwów", "Göteborg"):
        CityFactory(name_pl=name, name_en=None)
    for name in ("Göteborgi", "Wymiana", "open", "import 1995 sportu"):
        InstitutionFactory(name_pl=name, name_en=None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("norynberga", "Norymberga"),
        ("budapest", "Budapeszt"),
        ("lwów", ""),
        ("xyzxyz", ""),
        ("qorymberga", "Norymberga"),
    ],
)
def test_a_near_name_is_proposed(typed, meant):
    assert proposed([typed]) == meant


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
    assert proposed(typed, known=["wxmiana", "lwow"]) == meant


def test_our_own_name_of_a_city_is_proposed_before_others():
    city = CityFactory(name_pl="Moskwa", name_en=None)
    CityNameFactory(city=city, name="Mosca")
    places = [
        Spellings(PartnerCity.objects.public(), ("name_pl",), NAMES),
        Spellings(CityName.objects.all(), ("name",), OTHER_NAMES),
    ]
    assert did_you_mean(["moscwa"], (), places) == "Moskwa"
    assert did_you_mean(["mosvca"], (), places[1:]) == "Mosca"


def test_what_is_held_back_is_not_proposed():
    InstitutionFactory(name_pl="Tajemnica", name_en=None, held_back=True)
    assert near_keys("tajemnnica") == ["tajemnica"]
    assert proposed(["tajemnnica"]) == ""


@pytest.mark.parametrize("typed", ["", "x", "xy", "'", "żźć", "Лвив"])
def test_short_and_strange_words_are_near_nothing(typed):
    assert near_keys(typed) == []
