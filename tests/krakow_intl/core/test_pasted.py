"""What office programs put on the clipboard keeps its lists and tables, loses its looks, and none of its words."""

import random
import re

import pytest

from krakow_intl.core.markup import MAX_DEPTH
from krakow_intl.core.prose import in_lines, safe, sanitize
from tests.clipboard import SAMPLES, bare, expected, pasted

# a tag that says how it looks: '<p style="mso-list:l0">'
STYLED = re.compile(r"<[^>]*(?:mso|style|class)")
TAGS = [
    "p",
    "h1",
    "h2",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "a",
    "b",
    "strong",
    "em",
    "span",
    "div",
    "br",
]
PIECES = [f"<{end}{tag}>" for tag in TAGS for end in ("", "", "/", "/")] + [
    "<p style='mso-list:l0 level1 lfo1'>",
    "<p style='mso-list:l0 level2 lfo1'>",
    "<span style='mso-list:Ignore'>1.</span>",
    "<span style='mso-list:Ignore'>a)</span>",
    "<li data-aria-level=2>",
    "<ol start=3 type=a>",
    "<td rowspan=3>",
    "<th colspan=2>",
    "<![if !supportLists]>",
    "<![endif]>",
    "<b style='font-weight:normal'>",
    *("<svg>", "<math>", "<select>", "<textarea>", "<noscript>", "<template>", "<!--", "-->", "<p", '"', ">"),
    *("x", "ż", " ", "\n", "&nbsp;", "1. ", "&lt;b&gt;"),
]


@pytest.mark.parametrize("name", SAMPLES)
def test_what_was_copied_in_an_office_program_keeps_its_lists_and_tables(name):
    clean = sanitize(pasted(name))
    assert bare(clean) == expected(name)
    assert sanitize(clean) == safe(clean) == clean


@pytest.mark.parametrize("seed", range(10))
def test_whatever_is_torn_to_pieces_a_second_cleaning_changes_nothing(seed):
    chance = random.Random(seed)
    for _time in range(300):
        html = "".join(chance.choices(PIECES, k=chance.randint(1, 40)))
        clean = sanitize(html)
        assert sanitize(clean) == clean, html
        assert safe(clean) == clean, html
        assert not STYLED.search(clean), html


@pytest.mark.parametrize("html", ["<ul><li>", "<div>", "<blockquote><table><tr><td>", "<strong><ul>"])
def test_what_stands_too_deep_is_read_and_keeps_its_words(html):
    clean = sanitize(html * 500 + "koniec")
    assert clean.count("<ul>") <= MAX_DEPTH
    assert "koniec" in clean


@pytest.mark.parametrize(
    ("marks", "html"),
    [
        (["1.", "2.", "1."], "<ol><li>0</li><li>1</li></ol><ol><li>2</li></ol>"),
        (["(i)", "(ii)", "(iii)"], '<ol type="i"><li>0</li><li>1</li><li>2</li></ol>'),
        (["h)", "i)", "j)"], '<ol start="8" type="a"><li>0</li><li>1</li><li>2</li></ol>'),
        (["I.", "II."], '<ol type="I"><li>0</li><li>1</li></ol>'),
        (["1.1.", "1.2."], "<ol><li>0</li><li>1</li></ol>"),
        (["–", "–"], "<ul><li>0</li><li>1</li></ul>"),
        (["", ""], "<ul><li>0</li><li>1</li></ul>"),
        (["1", "2"], "<ol><li>0</li><li>1</li></ol>"),
        (["Art. 1", "§2"], "Art. 1 0§2 1"),
    ],
    ids=[
        "anew",
        "Roman",
        "a letter that is a number",
        "capitals",
        "two numbers",
        "dashes",
        "pictures",
        "bare",
        "words",
    ],
)
def test_a_list_counts_as_it_did(marks, html):
    item = "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>{}</span>{}</p>"
    assert bare(sanitize("".join(item.format(mark, number) for number, mark in enumerate(marks)))) == html


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p style='mso-list:l0 level1 lfo1'>o współpracy</p>", "o współpracy"),
        ("<p style='mso-list:l0 level1 lfo1'><span>o</span> współpracy</p>", "o współpracy"),
        ("<p style='mso-list:l0 level1 lfo1'>§ 5 umowy</p>", "§ 5 umowy"),
        ("<p style='mso-list:l0 level1 lfo1'>1.&nbsp;&nbsp; raz</p>", "raz"),
        ("<h2 style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1. </span>Dzieje</h2>", "1. Dzieje"),
        ("<p style='mso-list:none'>1. raz</p>", "1. raz"),
        ("<div>raz</div><div>dwa</div>", "raz\ndwa"),
        ("<strong><p>raz</p><ul><li>dwa</li></ul></strong>", "raz\ndwa"),
        ("<ul>raz<li>dwa</li></ul>", "raz\ndwa"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\nc"),
    ],
)
def test_no_word_is_lost(html, words):
    assert in_lines(sanitize(html)) == words


@pytest.mark.parametrize(
    ("row", "clean"),
    [
        ("<th>a</th><th>b</th>", '<thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>'),
        ("<th></th><th>b</th>", '<thead><tr><td></td><th scope="col">b</th></tr></thead>'),
        ("<th>a</th><td>b</td>", '<tbody><tr><th scope="row">a</th><td>b</td></tr></tbody>'),
        ("<td colspan=1 rowspan=0>a</td>", "<tbody><tr><td>a</td></tr></tbody>"),
        ("<td colspan=9999>a</td>", '<tbody><tr><td colspan="20">a</td></tr></tbody>'),
        ("<td colspan='２' rowspan=-4>a</td>", "<tbody><tr><td>a</td></tr></tbody>"),
        ("<td rowspan=5>a</td>", "<tbody><tr><td>a</td></tr></tbody>"),
        ("", ""),
    ],
)
def test_a_table_says_what_heads_it_and_spans_what_there_is(row, clean):
    assert sanitize(f"<table><tr>{row}</tr></table>") == (clean and f"<table>{clean}</table>")


def test_a_heading_that_reaches_down_heads_the_row_below_it_too():
    clean = sanitize("<table><tr><th rowspan=2>a</th><th>b</th></tr><tr><td>c</td></tr><tr><td>1<td>2</tr></table>")
    head, body = clean.split("</thead>")
    assert (head.count("<th "), head.count("<tr>")) == (3, 2)
    assert body == "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
