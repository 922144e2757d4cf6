"""What the staff's pages share with the public ones."""

from django import template
from django.template.loader import get_template

from krakow_intl.core import display

register = template.Library()
register.filter(display.number)


@register.simple_tag
def component(name, *args):
    """A component of the public pages: a macro of templates/components/page.html."""
    return getattr(get_template("components/page.html").template.module, name)(*args)
