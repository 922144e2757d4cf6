"""The picture of a page that networks show beside a link to it: its name, in the register's letters and colours."""

from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageColor, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from krakow_intl.core.typography import NBSP, typeset

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
PAPER, INK, INK_SOFT, BRICK = "#fbf9f4", "#1d1f21", "#46484a", "#82290f"
TITLE_SIZES = (168, 132, 104, 88, 76, 64, 56)
MAX_LINES = 4
TITLE_TOP, TITLE_BOTTOM = 222, 520
SHADES = 10  # of each ink on the paper, of which the edges of letters need no more


class Words(NamedTuple):
    """What the picture says: the site, what kind of thing the page is about, its name, and when."""

    site: str
    kind: str
    title: str
    when: str = ""


def draw(words):
    """The picture as PNG, in the typography of the active language; its title stands in the file as text too."""
    return _draw(Words(*(typeset(str(text)) for text in words)))


@lru_cache(maxsize=256)
def _draw(words):
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, WIDTH, 14), fill=BRICK)
    image.paste(BRICK, (MARGIN, 62), _mark(64))
    canvas.text((MARGIN + 84, 94), words.site, INK, _letters("Regular", 38), anchor="lm")
    canvas.text((MARGIN, 196), _within(words.kind, 36), BRICK, _letters("Semibold", 36), anchor="ls")
    size, lines = _set(words.title)
    for place, line in enumerate(lines):
        canvas.text((MARGIN, TITLE_TOP + place * size * 1.14), line, INK, _letters("Regular", size), anchor="la")
    canvas.text((MARGIN, 574), _within(words.when, 36), INK_SOFT, _letters("Regular", 36), anchor="ls")
    return _png(image, words.title)


def _set(title):
    """The largest size in which `title` fits, and its lines; at the smallest the rest is left out."""
    for size in TITLE_SIZES:
        letters = _letters("Regular", size)
        lines = _lines(title, letters)
        most = min(MAX_LINES, int((TITLE_BOTTOM - TITLE_TOP) / (size * 1.14)))
        if len(lines) <= most and all(letters.getlength(line) <= WIDTH - 2 * MARGIN for line in lines):
            return size, lines
    return size, [_within(line, size) for line in (*lines[: most - 1], " ".join(lines[most - 1 :]))]


def _lines(title, letters):
    lines = [""]
    for word in title.split(" "):
        longer = f"{lines[-1]} {word}".strip(" ")
        if letters.getlength(longer) <= WIDTH - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def _within(text, size):
    """`text`, cut to the width of the picture, between words if it has any."""
    letters = _letters("Semibold", size)
    if letters.getlength(text[:200]) <= WIDTH - 2 * MARGIN and len(text) <= 200:
        return text
    kept = text[:200]
    while letters.getlength(f"{kept}…") > WIDTH - 2 * MARGIN:
        kept = kept[:-1]
    words = text[: len(kept) + 1].rpartition(" ")[0]
    return f"{(words or kept).rstrip(f' ,;–{NBSP}')}…"


@cache
def _letters(weight, size):
    return ImageFont.truetype(str(files("font_source_serif_pro") / "files" / f"SourceSerifPro-{weight}.ttf"), size)


@cache
def _mark(size):
    """The register's mark (static/img/mark.svg) as a mask: a bar, and two ways that lead from it to two places."""
    scale = size * 4 / 32  # drawn four times as large, so that its edges come out smooth
    mask = Image.new("L", (size * 4, size * 4))
    canvas = ImageDraw.Draw(mask)
    canvas.rectangle([scale * side for side in (4.5, 3, 9.5, 29)], fill=255)
    for curve in (((9, 17), (16, 16.5), (22, 12), (24.5, 7)), ((9, 15), (16, 15.5), (22, 20), (24.5, 25))):
        points = [_on_curve(curve, step / 40) for step in range(41)]
        canvas.line([(x * scale, y * scale) for x, y in points], fill=255, width=round(2.75 * scale), joint="curve")
    for y in (6, 26):
        canvas.ellipse([scale * side for side in (21, y - 4, 29, y + 4)], fill=255)
    return mask.resize((size, size), Image.Resampling.LANCZOS)


def _on_curve(points, t):
    """The point at `t` (0 to 1) of a cubic Bézier curve."""
    shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    return tuple(sum(share * point[axis] for share, point in zip(shares, points, strict=True)) for axis in (0, 1))


def _png(image, title):
    metadata = PngInfo()
    metadata.add_itxt("Title", title)
    file = BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(file, "PNG", pnginfo=metadata)
    return file.getvalue()


@cache
def _palette():
    """An image with the colours of every picture: the paper, the inks, and what their edges mix with the paper."""
    paper, *inks = map(ImageColor.getrgb, (PAPER, INK, INK_SOFT, BRICK))
    mixed = [_mix(paper, ink, step / SHADES) for ink in inks for step in range(1, SHADES + 1)]
    image = Image.new("P", (1, 1))
    image.putpalette([share for colour in (paper, *mixed) for share in colour])
    return image


def _mix(paper, ink, share):
    return [round(light + (dark - light) * share) for light, dark in zip(paper, ink, strict=True)]
