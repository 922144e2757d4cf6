"""What lists count: agreements by field and by place of signing, and cities of which nothing is recorded any more."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from partners.models import AgreementTheme, Theme
from partners.places import places_among


@dataclass(frozen=True)
class AgreementOverview:
    themes: list  # of `Theme`s with `number`, by name
    without_theme: int
    places: list  # of `Place`s
    without_place: int


def overview_of(agreements):
    """The overview of a queryset of agreements."""
    return overview_in(places_and_themes(agreements), themes_of(agreements))


def places_and_themes(agreements):
    """What asks where agreements of a queryset were signed, whether they have a field, and of how many that is so."""
    links = AgreementTheme.objects.filter(agreement=OuterRef("pk"))
    rows = agreements.order_by().annotate(has_theme=Exists(links))
    return rows.values_list("signed_at_pl", "signed_at_en", "has_theme").annotate(number=Count("pk"))


def overview_in(rows, themes):
    """The overview of what `places_and_themes` and `themes_of` ask."""
    rows = list(rows)
    places = places_among((polish, english, number) for polish, english, _has_theme, number in rows)
    without_theme = sum(number for *_place, has_theme, number in rows if not has_theme)
    without_place = sum(number for *_row, number in rows) - sum(place.number for place in places)
    return AgreementOverview(list(themes), without_theme, places, without_place)


def themes_of(agreements):
    """What asks for the fields of agreements of a queryset, each with the `number` of these, by name."""
    found = Theme.objects.filter(agreement_links__agreement__in=agreements.order_by().values("pk"))
    return found.annotate(number=Count("agreement_links")).by_name()


def quiet_years(last_events, day):
    """[(year, number)]: of how many cities nothing dated is recorded since the first years of decades up to a day.

    `last_events` are the dates of the last events, "" where there is none; a year that tells no city from another, or
    no more of them than the decade before, is left out.
    """
    dates = sorted(last_events)
    first = next((int(date[:4]) for date in dates if date), day.year)
    counts, found = {0, len(dates), dates.count("")}, []
    for year in range(first // 10 * 10, day.year + 1, 10):
        number = sum(date < f"{year}" for date in dates)
        if number not in counts:
            found.append((year, number))
            counts.add(number)
    return found
