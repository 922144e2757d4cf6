"""What the pages of the programme say about goals and figures."""

from django import template
from django.urls import reverse

from krakow_intl.templatetags.register import REFERENCE_PAGES

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
def reference_url(reference):
    """The address of the page that a reference such as "city:solothurn" names, or nothing."""
    kind, _colon, slug = reference.partition(":")
    page = REFERENCE_PAGES.get(kind)
    return reverse(page, args=[slug]) if page and slug else ""
