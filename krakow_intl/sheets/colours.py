"""The colours of cells: how workbooks name them, and what people call them."""

import re
from colorsys import hls_to_rgb, rgb_to_hls

from django.utils.translation import pgettext_lazy
from openpyxl.styles.colors import COLOR_INDEX

INDEXED = [colour[-6:] for colour in COLOR_INDEX] + ["000000", "FFFFFF"]  # the last two are those of the window
WHITE = "FFFFFF"
# six figures in base sixteen: "FFFF00"
HEX = re.compile(r"[0-9A-F]{6}")
NAMES = {
    "black": pgettext_lazy("colour", "black"),
    "grey": pgettext_lazy("colour", "grey"),
    "white": pgettext_lazy("colour", "white"),
    "red": pgettext_lazy("colour", "red"),
    "pink": pgettext_lazy("colour", "pink"),
    "brown": pgettext_lazy("colour", "brown"),
    "orange": pgettext_lazy("colour", "orange"),
    "yellow": pgettext_lazy("colour", "yellow"),
    "green": pgettext_lazy("colour", "green"),
    "turquoise": pgettext_lazy("colour", "turquoise"),
    "blue": pgettext_lazy("colour", "blue"),
    "violet": pgettext_lazy("colour", "violet"),
}
HUES = [(15, "red"), (40, "orange"), (70, "yellow"), (165, "green"), (190, "turquoise"), (255, "blue"), (295, "violet")]
GOLD = 48  # degrees: below it what is not light is orange, as spreadsheet programs call it
# what people call a colour in Polish, English and German; of a Polish word its beginning
WORDS = {
    "grey": ("szar-", "grey", "gray", "grau", "graue"),
    "red": ("czerwon-", "red", "rot", "rote"),
    "pink": ("różow-", "pink", "rosa"),
    "brown": ("brązow-", "brown", "braun", "braune"),
    "orange": ("pomarańczow-", "orange"),
    "yellow": ("żółt-", "yellow", "gelb", "gelbe"),
    "green": ("zielon-", "green", "grün", "grüne"),
    "turquoise": ("turkusow-", "turquoise", "türkis"),
    "blue": ("niebiesk-", "błękitn-", "blue", "blau", "blaue"),
    "violet": ("fioletow-", "violet", "purple", "violett", "lila"),
}


def normal(rgb):
    """A fill as six figures: "ffffff00" -> "FFFF00"; "" for white, which is none, and for what is no colour."""
    rgb = rgb[-6:].upper()
    return rgb if HEX.fullmatch(rgb) and rgb != WHITE else ""


def tinted(rgb, tint):
    """A colour made darker (a tint from -1) or lighter (up to 1), as workbooks do it."""
    hue, light, saturation = rgb_to_hls(*_shares(rgb))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(255 * share):02X}" for share in hls_to_rgb(hue, min(max(light, 0), 1), saturation))


def colour_key(rgb):
    """What people call a colour: "FFFF00" -> "yellow"."""
    shares = _shares(rgb)
    hue, light, _saturation = rgb_to_hls(*shares)
    if max(shares) - min(shares) < 0.1:
        return "black" if light < 0.2 else "white" if light > 0.97 else "grey"
    degrees = 360 * hue
    name = next((name for end, name in HUES if degrees < end), "pink" if degrees < 345 else "red")
    if name == "red" and light > 0.75:
        return "pink"
    if name == "yellow" and degrees < GOLD and light < 0.6:
        name = "orange"
    return "brown" if name == "orange" and light < 0.35 else name


def _shares(rgb):
    return [int(rgb[place : place + 2], 16) / 255 for place in (0, 2, 4)]
