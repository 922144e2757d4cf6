from datetime import date

import pytest

from partners.models import Agreement
from partners.overviews import overview_of, quiet_years
from tests.partners.factories import AgreementFactory, AgreementThemeFactory, ThemeFactory

DAY = date(2006, 4, 30)


@pytest.mark.django_db
def test_an_overview_counts_fields_and_places_and_what_has_none():
    culture, sport = ThemeFactory(slug="culture"), ThemeFactory(slug="sport")
    first, second, third = AgreementFactory.create_batch(3)
    for agreement, theme in ((first, culture), (first, sport), (second, culture)):
        AgreementThemeFactory(agreement=agreement, theme=theme)
    Agreement.objects.filter(pk=third.pk).update(signed_at_pl="Wiedeń", signed_at_en="Vienna")
    found = overview_of(Agreement.objects.with_status(DAY).filter(status="in-force"))
    assert [(theme.slug, theme.number) for theme in found.themes] == [("culture", 2), ("sport", 1)]
    assert [(place.key, place.number) for place in found.places] == [("vienna", 1)]
    assert (found.without_theme, found.without_place) == (1, 2)


@pytest.mark.parametrize(
    ("last_events", "expected"),
    [
        ([], []),
        (["", ""], []),
        (["1986-03-13", "1989-07", "1992", "2005"], [(1990, 2), (2000, 3)]),
        (["", "1986", "2005"], [(1990, 2)]),
        (["2001", "2003"], []),
        (["1257", "2006-04-20"], [(1260, 1)]),
    ],
    ids=str,
)
def test_the_years_that_are_offered_tell_some_cities_from_the_others(last_events, expected):
    assert quiet_years(last_events, DAY) == expected
