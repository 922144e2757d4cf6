"""The ledger of what was given and received as public data: each column with what it means."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.display import plain
from krakow_intl.core.resources import Column, Data, ListResource
from partners import cells
from partners.models import Side


def direction(benefit):
    return "received" if benefit.direction == Side.HOME else "given"


def activity(benefit):
    return benefit.came_of.slug if benefit.came_of else ""


def unit(benefit):
    return plain(benefit, "unit")


def body(side):
    """Its giver or recipient in words."""
    return lambda benefit: plain(benefit, side) or getattr(benefit, f"{side}_name") or ""


def column(name, read, meaning):
    return Column(data=Data(name, read, meaning))


class BenefitResource(ListResource):
    """Benefits `with_sides` and `known_to`."""

    slug = column("slug", attrgetter("slug"), _("address word of the gift; it never changes"))
    what = column("what", lambda benefit: plain(benefit, "what"), _("what it was, in the language of the file"))
    direction = column("direction", direction, _("received: Kraków received it; given: Kraków gave it"))
    promised = column(
        "promised",
        lambda benefit: "yes" if benefit.is_promised else "no",
        _("yes: it was promised or being handed over, and how much had been given is not recorded; no: it was given"),
    )
    city = column("city", attrgetter("city.slug"), _("address word of the partner city"))
    country = column("country", attrgetter("city.country"), _("country of that city, two letters of ISO 3166-1"))
    quantity = column("quantity", attrgetter("quantity"), _("how many; empty: not recorded"))
    unit = column("unit", unit, _("of what, in the language of the file; numbers of different units do not add up"))
    amount = column("amount", attrgetter("amount"), _("amount of money; empty: not recorded"))
    currency = column("currency", attrgetter("currency"), _("its currency, three letters of ISO 4217"))
    precision = column("precision", attrgetter("precision"), _("how exact the number is: exact, about or over"))
    given_on = column("given_on", attrgetter("given_on"), _("date on which it was given, as exactly as it is known"))
    giver = column("giver", body("giver"), _("who gave it, in words"))
    giver_institution = column(
        "giver_institution", attrgetter("giver_slug"), _("address word of the institution that gave it")
    )
    recipient = column("recipient", body("recipient"), _("who received it, in words"))
    recipient_institution = column(
        "recipient_institution", attrgetter("recipient_slug"), _("address word of the institution that received it")
    )
    activity = column("activity", activity, _("address word of the activity it came of"))
    description = column(
        "description",
        lambda benefit: plain(benefit, "description"),
        _("what else is known, in the language of the file"),
    )
    source = column("source", cells.public_source, _("document the facts are taken from: its address word"))
    passage = column("passage", attrgetter("passage"), _("where in that document; several places divided by commas"))
    verified_on = column("verified_on", attrgetter("verified_on"), _("day on which it was last checked"))
    known_to = column("known_to", cells.known_to, _("last day up to which the register knows of it"))
    url = column("url", cells.address, _("address of the page of the gift"))
