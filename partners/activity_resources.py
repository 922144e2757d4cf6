"""What stands in the public list of activities: each column with its meaning and its cells."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.display import plain
from krakow_intl.core.resources import Column, Data, ListResource
from partners import cells
from partners.models import Side


def column(name, read, meaning):
    return Column(data=Data(name, read, meaning))


def words(name):
    """A text in the language of the file, or in the other one where there is none."""
    return lambda activity: plain(activity, name)


def slugs(rows):
    """The address words of what it is linked to; none holds a space."""
    return lambda activity: " ".join(row["slug"] for row in getattr(activity, rows))


def institutions(side):
    return lambda activity: " ".join(row["slug"] for row in activity.institution_rows if row["side"] == side)


class ActivityResource(ListResource):
    """Activities `with_links`, `with_audiences` and `known_to`."""

    slug = column("slug", attrgetter("slug"), _("address word of the activity; it never changes"))
    title = column("title", words("title"), _("title, in the language of the file"))
    kind = column("kind", attrgetter("kind"), _("kind: visit, exchange, project, aid and others"))
    state = column(
        "state",
        attrgetter("state"),
        _("done; ongoing, up to the day known_to; or planned: whether it happened is not recorded"),
    )
    starts_on = column(
        "starts_on", attrgetter("starts_on"), _("when it was or began: a year, a month or a day; empty: not recorded")
    )
    ends_on = column("ends_on", attrgetter("ends_on"), _("when it ended: a year, a month or a day"))
    recurrence = column("recurrence", words("recurrence"), _("how often it was, in the language of the file"))
    place = column("place", words("place"), _("where it was, in the language of the file"))
    cities = column("cities", slugs("city_rows"), _("address words of the cities it was done with"))
    home_institutions = column(
        "home_institutions",
        institutions(Side.HOME),
        _("address words of the institutions of Kraków and Poland that took part"),
    )
    partner_institutions = column(
        "partner_institutions",
        institutions(Side.PARTNER),
        _("address words of the institutions of the other side that took part"),
    )
    themes = column("themes", slugs("theme_rows"), _("address words of its fields of co-operation"))
    goals = column(
        "goals",
        slugs("goal_rows"),
        _("address words of the thematic goals of the programme that it serves, as the editors read it"),
    )
    audiences = column(
        "audiences", slugs("audience_rows"), _("address words of those for whom it is, as the editors read it")
    )
    description = column("description", words("description"), _("what was done, in the language of the file"))
    source = column("source", cells.public_source, _("document the facts are taken from: its address word"))
    passage = column("passage", attrgetter("passage"), _("where in that document; several places divided by commas"))
    known_to = column("known_to", cells.known_to, _("last day up to which the register knows of it"))
    url = column("url", cells.address, _("address of the page of the activity"))
