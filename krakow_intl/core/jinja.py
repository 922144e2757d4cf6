"""The templates of the public pages: Jinja2, with what each part of the house lets them say and ask."""

from functools import lru_cache, wraps
from importlib import import_module

import jinja2
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.template.backends.jinja2 import Jinja2, Template
from django.utils.translation import get_language, gettext, ngettext, npgettext, override, pgettext
from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_NAMESPACE
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from krakow_intl.core.as_of import as_of, reading
from krakow_intl.core.page_language import rendering_in

OPTIONS = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ["jinja2.ext.i18n"],
}
OF_JINJA = {*DEFAULT_FILTERS, *DEFAULT_NAMESPACE}  # which the house may put its own in the place of
GETTEXT = {"gettext": gettext, "ngettext": ngettext, "pgettext": pgettext, "npgettext": npgettext}
OF_ONE_SENTENCE = {"_": gettext, "gettext": gettext, "pgettext": pgettext}  # which needs no number to be told


class PublicPages(Jinja2):
    """The engine of the public pages: each of its templates is compiled once for each language."""

    @property
    def env(self):
        return self.environments[get_language() or settings.LANGUAGE_CODE]

    @env.setter
    def env(self, made):
        self.environments = {code: made.speaking(code) for code, _name in settings.LANGUAGES}

    def get_template(self, template_name):
        return PublicPage(super().get_template(template_name).template, self)

    def from_string(self, template_code):
        return PublicPage(super().from_string(template_code).template, self)


class PublicPage(Template):
    """A template that is rendered as of a day: each of its links keeps that day."""

    def render(self, context=None, request=None):
        language = self.template.environment.language
        with rendering_in(language), reading(as_of(request) if request else None):
            return super().render({"request": None, "as_of": None} | (context or {}), request)


class Environment(jinja2.Environment):
    """Templates whose sentences are translated when they are compiled, not each time they are rendered."""

    def speaking(self, language):
        """The same in one language."""
        found = self.overlay()
        found.language = language
        return found

    def make_globals(self, of_template):
        """One table of words for each template, which Jinja2 else puts together for each component that is used."""
        return {**self.globals, **(of_template or {})}

    def _generate(self, source, *args, **kwargs):
        with override(self.language):
            translated = Translation(self).visit(source)
        return super()._generate(translated, *args, **kwargs)


class Translation(NodeTransformer):
    """Puts each sentence that is told by its words alone in the place of the call that would translate it."""

    def __init__(self, environment):
        self.environment = environment

    def visit_Call(self, node):
        node = self.generic_visit(node)
        translate = OF_ONE_SENTENCE.get(getattr(node.node, "name", None))
        is_plain = all(isinstance(word, nodes.Const) for word in node.args) and not (node.dyn_args or node.dyn_kwargs)
        if not translate or not is_plain:
            return node
        sentence = Markup(translate(*(word.value for word in node.args)))
        if not node.kwargs:
            return nodes.TemplateData(sentence % {}, lineno=node.lineno)
        values = [nodes.Pair(nodes.Const(each.key), each.value) for each in node.kwargs]
        return nodes.Mod(nodes.TemplateData(sentence), nodes.Dict(values), lineno=node.lineno)


def once(component):
    """A component that says the same whenever it is given the same: it is rendered once a language."""
    return lru_cache(maxsize=1000)(component)


def environment(*, vocabulary=(), **options):
    """The environment of the engine; each module named in `vocabulary` enters its FUNCTIONS and FILTERS."""
    found = Environment(**options | OPTIONS)
    found.policies["ext.i18n.trimmed"] = True
    found.install_gettext_callables(**GETTEXT, newstyle=True)
    found.globals["once"] = once
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
