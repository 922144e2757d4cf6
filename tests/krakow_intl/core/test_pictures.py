from io import BytesIO

import pytest
from PIL import Image, ImageChops

from krakow_intl.core.pictures import HEIGHT, MARGIN, PAPER, WIDTH, Words, draw

POLISH = "ĄĆĘŁŃÓŚŹŻąćęłńóśźż"


def image(*words):
    return Image.open(BytesIO(draw(Words(*words)))).convert("RGB")


def ink(picture):
    """The smallest box that holds everything below the stripe at the top."""
    below = picture.crop((0, 20, WIDTH, HEIGHT))
    return ImageChops.difference(below, Image.new("RGB", below.size, PAPER)).getbbox()


def test_a_picture_is_as_large_as_networks_ask_for_and_light():
    file = draw(Words("Kraków i świat", "Miasto bliźniacze · Ukraina", "Lwów", "od 23 października 1995"))
    assert Image.open(BytesIO(file)).size == (1200, 630)
    assert len(file) < 60_000


def test_its_title_stands_in_the_file_as_text():
    assert Image.open(BytesIO(draw(Words("a", "b", "Łódź „Zażółć”")))).text["Title"] == "Łódź „Zażółć”"


@pytest.mark.parametrize("letter", POLISH)
def test_every_polish_letter_is_drawn_as_itself(letter):
    missing = image("", "", "\ue000")
    plain = image("", "", letter.translate(str.maketrans(POLISH, "ACELNOSZZacelnoszz")))
    drawn = image("", "", letter)
    assert all(ImageChops.difference(drawn, other).getbbox() for other in (missing, plain))


@pytest.mark.parametrize(
    "words",
    [
        ("", "", ""),
        ("s", "k", "Lwów", "w"),
        ("s", "k" * 400, "Konstantynopol" * 30, "w " * 400),
        ("s", "k", "słowo " * 100, ""),
        ("s", "k", "Porozumienie o współpracy między Uniwersytetem Jagiellońskim a Uniwersytetem w Lipsku", "1976"),
    ],
    ids=["nothing", "little", "unbroken", "much", "usual"],
)
def test_nothing_runs_off_the_picture(words):
    left, _top, right, bottom = ink(image(*words))
    assert (left, bottom) >= (MARGIN - 12, 0)
    assert right <= WIDTH - MARGIN + 12
    assert bottom <= HEIGHT - 20 - 30


def test_what_is_too_long_is_left_out_in_whole_words():
    one, other = (image("", "", "", "słowo " * 8 + word * 9) for word in ("krakowskie", "wiedeńskie"))
    assert ImageChops.difference(one, other).getbbox() is None


def test_the_same_words_are_drawn_once():
    assert draw(Words("a", "b", "c")) is draw(Words("a", "b", "c"))
