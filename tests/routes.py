"""Every address that the register answers, as its resolver knows them, with the records of a small world in them."""

import re
from dataclasses import dataclass

from django.apps import apps
from django.urls import URLResolver, get_resolver
from django.utils.translation import override

from krakow_intl.core.kinds import KINDS

# what is filled in in a route: the "<slug:slug>" of "miasta/<slug:slug>/", the "(?P<url>.*)" of "(?P<url>.*)$"
BLANK = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


@dataclass(frozen=True)
class Route:
    """An address with blanks: its name, or where it has none itself; the name of the list that it stands below."""

    name: str
    path: str
    below: str

    @property
    def model(self):
        """The model whose record it shows, or None."""
        app, _, model = self.below.removeprefix("admin:").removesuffix("_changelist").rpartition("_")
        return apps.get_model(app, model) if app else None

    def blanks(self):
        return [first or second for first, second in BLANK.findall(self.path)]

    def filled(self, values):
        """The address with the values of its blanks."""
        path = BLANK.sub(lambda blank: str(values[blank[1] or blank[2]]), self.path)
        return "/" + path.replace("^", "").replace("$", "")


def routes(language="en"):
    with override(language):
        return [*_routes(get_resolver().url_patterns)]


def _routes(patterns, namespace="", path=""):
    names = [pattern.name for pattern in patterns if not isinstance(pattern, URLResolver) and pattern.name]
    below = next((f"{namespace}{name}" for name in names if name.endswith("_changelist")), "")
    for pattern in patterns:
        whole = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _routes(pattern.url_patterns, inner, whole)
        else:
            yield Route(f"{namespace}{pattern.name}" if pattern.name else whole, whole, below)


def kind_of(route):
    """The public kind whose page a route is, or None."""
    return next((kind for kind in KINDS.values() if kind.page == route.name), None)
