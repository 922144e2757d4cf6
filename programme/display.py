"""What the pages of the programme say about chapters, goals and figures."""

import re
from html import unescape

from django.db.models import Max
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from krakow_intl.core.dates import format_partial_date
from krakow_intl.core.display import plain, prose
from krakow_intl.core.prose import safe
from krakow_intl.core.references import addresses_of
from krakow_intl.core.sorting import fold
from programme.geographic_goals import NAMED
from programme.models import Source
from programme.sourced import as_read, knowledge_among

# a heading of prose, its rank and its words: "<h2>Twin cities</h2>"
HEADING = re.compile(r"<h([234])>(.*?)</h\1>", re.DOTALL)
TAKEN = {"main", "chapters", "contents", "figures", "goals", "parts"}  # ids of the pages themselves


def chapter_text(chapter):
    """The text of a chapter as {"html", "parts"}: its headings bear ids, and `parts` are the (id, words) of the first
    rank."""
    return _in_parts(prose(chapter, "body"))


def chapter_parts(chapter):
    """The parts of a chapter alone, for contents that lead to each."""
    return _in_parts(safe(plain(chapter, "body")))["parts"]


def _in_parts(html):
    parts, taken = [], set(TAKEN)

    def with_id(match):
        rank, words = match.groups()
        name = _free(slugify(fold(unescape(strip_tags(words))))[:60] or "part", taken)
        if rank == "2":
            parts.append((name, mark_safe(strip_tags(words))))
        return f'<h{rank} id="{name}">{words}</h{rank}>'

    return {"html": mark_safe(HEADING.sub(with_id, html)), "parts": parts}


def _free(name, taken):
    """`name`, or with a number where it is taken; taken from now on."""
    number = 1
    while (free := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    taken.add(free)
    return free


def sources_known_to():
    """The latest day up to which a source reports, or None."""
    return Source.objects.public().aggregate(latest=Max("known_to"))["latest"]


def by_then(*found):
    """The records of some `AsRead` without those that came later."""
    return [record for each in found for record in each.records + each.undated]


def count_for(counts, goal):
    """How many of the counted records serve a goal."""
    return counts.get(goal.pk, 0)


def numbers(tallies):
    return {record: tally.number for record, tally in tallies.items()}


def greatest(records, *counts):
    """The greatest number among what is counted for some records."""
    return max((count_for(each, record) for each in counts for record in records), default=0)


def named_countries():
    """The countries that the programme of 2006 counts in Central and Eastern Europe, in its order."""
    return NAMED


def linked_days(*lists):
    """The first and the last day on which editors linked something of the lists to a goal; None if no day is known."""
    days = [record.linked_on for records in lists for record in records if getattr(record, "linked_on", None)]
    return (min(days), max(days)) if days else None


def total(*lists):
    return sum(len(each) for each in lists)


def under(chapters, parent):
    """The chapters that are part of another one, or of none."""
    return [chapter for chapter in chapters if chapter.parent_id == (parent and parent.pk)]


def shares_among(figures):
    """[(figure, number of the whole, figure of the whole or None)] of those that are part of another, or per cent."""
    of_hundred = [(figure, 100, None) for figure in figures if figure.unit == "%"]
    parts = [figure for figure in figures if figure.part_of and figure.part_of.is_published]
    return of_hundred + [(each, each.part_of.value, each.part_of) for each in parts if each.unit == each.part_of.unit]


def series_among(figures):
    """[(label, [(year, number)])] of what was counted in more than one year."""
    by_label = {}
    for figure in (figure for figure in figures if figure.year):
        by_label.setdefault((plain(figure, "label"), plain(figure, "unit")), {})[figure.year.year] = figure.value
    labelled = ((f"{label} ({unit})" if unit else label, numbers) for (label, unit), numbers in by_label.items())
    return [(label, sorted(numbers.items())) for label, numbers in labelled if len(numbers) > 1]


def figure_note(figure):
    """The year of a figure and the greater figure it is part of: "2005, part of: delegations"."""
    words = [format_partial_date(figure.year)] if figure.year else []
    if figure.part_of and figure.part_of.is_published:
        words.append(_("part of: %(whole)s") % {"whole": plain(figure.part_of, "label")})
    return ", ".join(words)


def with_pages(figures):
    """The figures, each with `page`: the address of the record it speaks of, or nothing."""
    addresses = addresses_of(figure.about for figure in figures)
    for figure in figures:
        figure.page = addresses.get(figure.about, "")
    return figures


FUNCTIONS = (
    sources_known_to,
    by_then,
    chapter_text,
    chapter_parts,
    numbers,
    greatest,
    linked_days,
    named_countries,
    total,
    shares_among,
    series_among,
    figure_note,
    with_pages,
)
FILTERS = (
    as_read,
    knowledge_among,
    count_for,
    under,
)
