"""What the pages of the programme say about goals and figures."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from krakow_intl.dates import format_partial_date
from krakow_intl.templatetags.register import REFERENCE_PAGES, plain

register = template.Library()


@register.filter
def count_for(counts, goal):
    """How many of the counted records serve a goal."""
    return counts.get(goal.pk, 0)


@register.simple_tag
def total(*lists):
    return sum(len(each) for each in lists)


@register.filter
def under(chapters, parent):
    """The chapters that are part of another one, or of none."""
    return [chapter for chapter in chapters if chapter.parent_id == (parent and parent.pk)]


@register.simple_tag
def figure_note(figure):
    """The year of a figure and the greater figure it is part of: "2005, part of: delegations"."""
    words = [format_partial_date(figure.year)] if figure.year else []
    if figure.part_of and figure.part_of.is_published:
        words.append(_("part of: %(whole)s") % {"whole": plain(figure.part_of, "label")})
    return ", ".join(words)


@register.simple_tag
def reference_url(reference):
    """The address of the page that a reference such as "city:solothurn" names, or nothing."""
    kind, _colon, slug = reference.partition(":")
    page = REFERENCE_PAGES.get(kind)
    return reverse(page, args=[slug]) if page and slug else ""
