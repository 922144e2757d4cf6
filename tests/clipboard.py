"""What office programs put on the clipboard, and the prose that becomes of it: tests/clipboard/."""

import re
from pathlib import Path

FOLDER = Path(__file__).parent / "clipboard"
SAMPLES = sorted(path.name.removesuffix(".clean.html") for path in FOLDER.glob("*.clean.html"))
# the tag of a paragraph, which the editor puts into every item: "<p>"
PARAGRAPH = re.compile(r"</?p>")
# spaces between two tags: "</li>\n<li>"
BETWEEN_TAGS = re.compile(r">\s+<")


def pasted(name):
    return (FOLDER / f"{name}.html").read_text()


def expected(name):
    return bare((FOLDER / f"{name}.clean.html").read_text())


def bare(html):
    """`html` without spaces between its tags and without tags of paragraphs: its lists, tables and words."""
    return BETWEEN_TAGS.sub("><", PARAGRAPH.sub("", BETWEEN_TAGS.sub("><", html.strip()))).strip()
