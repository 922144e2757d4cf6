"""The words of a text, plain or HTML."""

import re

from django.utils.html import strip_tags

# letters and figures of any alphabet: "Lwów", "Львів", "1973"
WORD = re.compile(r"[^\W_]+")
# a tag at which a new line begins, whose words do not run together: "<p>", "</li>", "<br>"
BLOCK = re.compile(r"</?(?:p|h\d|[uo]l|li|blockquote|br|t[rhd])\b")


def words_in(text):
    return WORD.findall(plain_text(text).replace("’", "").replace("'", ""))


def plain_text(text):
    """A text in one line, without its tags."""
    text = text or ""
    return " ".join((strip_tags(BLOCK.sub(r" \g<0>", text)) if "<" in text else text).split())
