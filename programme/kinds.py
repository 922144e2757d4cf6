"""The goals and the chapters of the programme, for pages that speak of every kind of record."""

from krakow_intl.core.former_addresses import GONE
from krakow_intl.core.kinds import Kind, enter, former_page
from krakow_intl.templatetags.register import plain
from programme.models import Chapter, Goal, Programme


def in_programme(records, _day):
    return records.select_related("programme")


enter(
    Kind(
        name="goal",
        model=Goal,
        page="programme:goal_detail",
        with_facts=in_programme,
        picture=lambda goal: (goal.get_kind_display(), ""),
    ),
    Kind(
        name="chapter",
        model=Chapter,
        page="programme:chapter_detail",
        with_facts=in_programme,
        picture=lambda chapter: (plain(chapter.programme, "name"), ""),
    ),
)


@former_page("programme:programme_detail")
def former_programme():
    return GONE if Programme.published_history().exists() else None
