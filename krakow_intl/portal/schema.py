"""What a page is about in the words of schema.org, which search engines read."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.display import name_of
from krakow_intl.core.schema_org import publisher
from krakow_intl.core.site_url import absolute
from krakow_intl.portal.navigation import SECTIONS

TABLES = {  # lists, the files that hold them, and what those are called
    "partners:city_list": ("partners:city_csv", _("Partner cities of Kraków")),
    "partners:agreement_list": ("partners:agreement_csv", _("Agreements of Kraków")),
    "partners:activity_list": ("partners:activity_csv", _("Activities of Kraków and cities abroad")),
    "partners:benefit_list": ("partners:benefit_csv", _("What Kraków received from cities abroad and gave to them")),
}


def described_in(request, record, kind):
    """What the page that is asked for is about; `record` is the one whose own page it is, of that `Kind`, or None."""
    is_home = request.path == reverse("home")
    yield _website() if is_home else _breadcrumbs(request.path, record)
    view_name = request.resolver_match.view_name
    if view_name in TABLES:
        yield _dataset(view_name, *TABLES[view_name])
    if kind and kind.schema and (properties := kind.schema(record)):
        yield _filled(url=absolute(request.path), **properties)


def _filled(**properties):
    """The properties that are known; a name in Python stands for its name with @."""
    return {("@type" if name == "type_" else name): value for name, value in properties.items() if value}


def _breadcrumbs(path, record):
    steps = [(_("Home"), reverse("home"))]
    steps += [(str(label), reverse(name)) for name, label in SECTIONS if path.startswith(reverse(name))]
    if record and path != steps[-1][1]:
        steps.append((name_of(record), path))
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": absolute(url)}
        for place, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _website():
    target = {"@type": "EntryPoint", "urlTemplate": absolute(reverse("search")) + "?q={search_term_string}"}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    return _filled(
        type_="WebSite",
        name=_("Kraków and the World"),
        alternateName=_("Register of international co-operation"),
        url=absolute(reverse("home")),
        inLanguage=get_language(),
        publisher=publisher(),
        potentialAction=action,
    )


def _dataset(page, table, name):
    return _filled(
        type_="Dataset",
        name=name,
        description=gettext("One list of the register of international co-operation, each row with its source."),
        url=absolute(reverse(page)),
        license=absolute(reverse("data")),
        inLanguage=get_language(),
        isAccessibleForFree=True,
        creator=publisher(),
        distribution={
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": absolute(reverse(table)),
        },
    )
