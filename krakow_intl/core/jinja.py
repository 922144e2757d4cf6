"""The templates of the public pages: Jinja2, with what each part of the house lets them say and ask."""

from functools import wraps
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured
from django.template.backends.jinja2 import Jinja2, Template
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined, pass_context
from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_NAMESPACE

from krakow_intl.core.as_of import as_of, reading

OPTIONS = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
}
OF_JINJA = {*DEFAULT_FILTERS, *DEFAULT_NAMESPACE}  # which the house may put its own in the place of
GETTEXT = {"gettext": gettext, "ngettext": ngettext, "pgettext": pgettext, "npgettext": npgettext}


class PublicPages(Jinja2):
    """The engine of the public pages."""

    def get_template(self, template_name):
        return PublicPage(super().get_template(template_name).template, self)

    def from_string(self, template_code):
        return PublicPage(super().from_string(template_code).template, self)


class PublicPage(Template):
    """A template that is rendered as of a day: each of its links keeps that day."""

    def render(self, context=None, request=None):
        with reading(as_of(request) if request else None):
            return super().render({"request": None, "as_of": None} | (context or {}), request)


def environment(*, vocabulary=(), **options):
    """The environment of the engine; each module named in `vocabulary` enters its FUNCTIONS and FILTERS."""
    found = Environment(**options | OPTIONS)
    found.policies["ext.i18n.trimmed"] = True
    found.install_gettext_callables(**GETTEXT, newstyle=True)
    for module in map(import_module, vocabulary):
        _enter(found.globals, {function.__name__: function for function in getattr(module, "FUNCTIONS", ())})
        filters = {function.__name__: _when_rendered(function) for function in getattr(module, "FILTERS", ())}
        _enter(found.filters, filters)
    return found


def _enter(known, new):
    """Adds words to those the templates know; two things may not go by one name."""
    if taken := known.keys() & new.keys() - OF_JINJA:
        raise ImproperlyConfigured(f"The templates know something else by the name of {', '.join(sorted(taken))}.")
    known |= new


def _when_rendered(function):
    """A filter that Jinja2 never applies while it compiles, when the language of the page is not known yet."""

    @pass_context
    @wraps(function)
    def filter_(_context, *args, **kwargs):
        return function(*args, **kwargs)

    return filter_
