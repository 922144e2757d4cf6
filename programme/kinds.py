"""The goals, chapters and figures of the programme, for pages that speak of every kind of record."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from krakow_intl.core.address_plan import reverse
from krakow_intl.core.dates import format_partial_date
from krakow_intl.core.display import plain
from krakow_intl.core.former_addresses import GONE
from krakow_intl.core.kinds import Kind, enter, former_page
from krakow_intl.core.search.groups import SearchGroup, place_on
from programme.models import Chapter, Figure, Goal, Programme, Source


def in_programme(records, _day):
    return records.select_related("programme")


enter(
    Kind(
        name="goal",
        model=Goal,
        page="programme:goal_detail",
        with_facts=in_programme,
        picture=lambda goal: (goal.get_kind_display(), ""),
        search=SearchGroup("goals", _("Goals"), lambda _day: Goal.objects.public(), place=1),
    ),
    Kind(
        name="chapter",
        model=Chapter,
        page="programme:chapter_detail",
        with_facts=in_programme,
        picture=lambda chapter: (plain(chapter.programme, "name"), ""),
        search=SearchGroup("chapters", _("Programme"), lambda _day: Chapter.objects.public(), place=1),
    ),
    Kind(
        name="source",
        model=Source,
        page="programme:source_detail",
        picture=lambda source: (source.get_kind_display(), format_partial_date(source.known_to)),
        search=SearchGroup("sources", _("Sources"), lambda _day: Source.objects.public(), place=1),
    ),
    Kind(
        name="figure",
        model=Figure,
        search=SearchGroup(
            "figures",
            _("Figures"),
            lambda _day: Figure.objects.public(),
            address=lambda figure: place_on(reverse("programme:figure_list"), figure),
            date=attrgetter("year"),
            place=1,
        ),
    ),
)


@former_page("programme:programme_detail")
def former_programme():
    return GONE if Programme.published_history().exists() else None
