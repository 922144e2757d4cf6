"""The latest dated fact of each city, asked city by city at once where a list of all of them is wanted."""

from django.db.models import Max, Q

from partners.models import Activity, Agreement, AgreementEvent, Benefit


def last_events(on):
    """{key of a city: the latest date up to a day, as text} as `with_last_event` tells it, of cities that have any."""
    activities = Activity.objects.public().exclude(state=Activity.State.PLANNED)
    latest = {}
    for records, city, columns in (
        (Agreement.objects.public(), "city", ("signed_on", "valid_from")),
        (activities, "city_links__city", ("starts_on", "ends_on")),
        (Benefit.objects.public().filter(is_promised=False), "city", ("given_on",)),
        (AgreementEvent.objects.public(), "agreement__city", ("taken_on", "effective_on")),
    ):
        for key, *days in _by_city(records, city, columns, on.isoformat()):
            latest[key] = max([latest.get(key, ""), *(str(day) for day in days if day)])
    return {key: day for key, day in latest.items() if key and day}


def _by_city(records, city, columns, day):
    maxima = {f"last_{column}": Max(column, filter=Q(**{f"{column}__lte": day})) for column in columns}
    return records.order_by().values(city).annotate(**maxima).values_list(city, *maxima)
