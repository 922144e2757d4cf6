"""What a page is about in the words of schema.org, which search engines read."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from krakow_intl.core.fields import country_name
from krakow_intl.core.site_url import absolute
from krakow_intl.templatetags.register import SECTIONS, plain

TABLES = {"partners:city_list": "partners:city_csv", "partners:agreement_list": "partners:agreement_csv"}


def described_in(request, record, kind):
    """What the page that is asked for is about; `record` is the one whose own page it is, of `kind`, or None."""
    is_home = request.path == reverse("home")
    yield _website() if is_home else _breadcrumbs(request.path, record)
    if table := TABLES.get(request.resolver_match.view_name):
        yield _dataset(table)
    if record and kind in DESCRIBED and (told := DESCRIBED[kind](record)):
        yield _filled(url=absolute(request.path), **told)


def name_of(record):
    return plain(record, "name" if hasattr(record, "name") else "title")


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


def _publisher():
    return {"@type": "GovernmentOrganization", "name": _("Kraków City Hall")}


def _website():
    target = {"@type": "EntryPoint", "urlTemplate": absolute(reverse("search")) + "?q={search_term_string}"}
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    return _filled(
        type_="WebSite",
        name=_("Kraków and the World"),
        alternateName=_("Register of international co-operation"),
        url=absolute(reverse("home")),
        inLanguage=get_language(),
        publisher=_publisher(),
        potentialAction=action,
    )


def _dataset(table):
    return _filled(
        type_="Dataset",
        name=_("Agreements of Kraków") if table.endswith("agreement_csv") else _("Partner cities of Kraków"),
        description=_(
            "The agreements and the cities of the register of international co-operation, with source and status."
        ),
        url=absolute(reverse(table.replace("_csv", "_list"))),
        license=absolute(reverse("data")),
        inLanguage=get_language(),
        isAccessibleForFree=True,
        creator=_publisher(),
        distribution={
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": absolute(reverse(table)),
        },
    )


def _city(city):
    place = {"@type": "GeoCoordinates", "latitude": float(city.latitude), "longitude": float(city.longitude)}
    known_as = [city.website, city.wikidata and f"https://www.wikidata.org/entity/{city.wikidata}"]
    return {
        "type_": "City",
        "name": name_of(city),
        "alternateName": city.name_own,
        "description": plain(city, "lead"),
        "geo": place,
        "containedInPlace": {"@type": "Country", "name": country_name(city.country), "identifier": city.country},
        "sameAs": [address for address in known_as if address],
    }


def _signing(agreement):
    """An agreement is told as the event that it was; without a day it was none that a program could place."""
    if not agreement.signed_on:
        return {}
    place = plain(agreement, "signed_at")
    return {
        "type_": "Event",
        "name": _("Signing: %(title)s") % {"title": name_of(agreement)},
        "description": plain(agreement, "summary"),
        "startDate": str(agreement.signed_on),
        "location": place and {"@type": "Place", "name": place, "address": place},
        "about": {"@type": "City", "name": plain(agreement.city, "name")},
    }


def _organization(organization):
    seat = plain(organization, "seat")
    return {
        "type_": "Organization",
        "name": name_of(organization),
        "alternateName": [name for name in (organization.abbreviation, organization.name_own) if name],
        "description": plain(organization, "lead"),
        "foundingDate": organization.founded_on and str(organization.founded_on),
        "location": seat and {"@type": "Place", "name": seat, "address": seat},
        "sameAs": organization.website,
    }


def _institution(institution):
    seat = plain(institution, "place")
    return {
        "type_": "Organization",
        "name": name_of(institution),
        "alternateName": institution.name_own,
        "location": seat and {"@type": "Place", "name": seat, "address": seat},
        "sameAs": institution.website,
    }


def _campaign(campaign):
    return {
        "type_": "GovernmentService",
        "name": name_of(campaign),
        "description": plain(campaign, "lead"),
        "provider": _publisher(),
    }


DESCRIBED = {
    "city": _city,
    "agreement": _signing,
    "organization": _organization,
    "institution": _institution,
    "campaign": _campaign,
}
