"""What one can ask of the list of activities, and how the list in its order is divided."""

from functools import cached_property
from itertools import groupby

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, FilterSet

from krakow_intl.core.as_of import as_of
from krakow_intl.core.display import plain
from krakow_intl.core.prepared import asked
from krakow_intl.core.search.postings import matching
from krakow_intl.core.search.query import query_words
from krakow_intl.core.sorting import sort_column
from partners.filters import SingleChoiceFilter, SortFilter, YearFilter, YearsForm, in_alphabet, rank_of
from partners.goals import country_within, goal_row
from partners.models import Activity, ActivityCity, ActivityInstitution, Institution, PartnerCity
from partners.models.activities import DATED_ON
from programme.models import Goal

DATED, UNDATED = "known", "none"
LINKED = {"city": "cities", "theme": "themes", "institution": "institutions", "audience": "audiences"}


def _choices(relation):
    """What asks for (slug, name) of what public activities are linked to, and of what an address asks for besides."""
    model = Activity._meta.get_field(relation).related_model

    @asked
    def linked(slug):
        records = model.objects.public() if hasattr(model.objects, "public") else model.objects
        activities = Activity.objects.public().order_by().values(relation)
        return records.filter(Q(pk__in=activities) | Q(slug=slug)).by_name().values_list("slug", "name")

    return linked


CHOICES = {name: _choices(relation) for name, relation in LINKED.items()}


@asked
def goals_served(slug):
    """The goals that public activities serve, the geographic ones, and that of a slug."""
    linked = Activity.objects.public().may_serve().order_by().values("goals")
    return Goal.objects.public().filter(Q(pk__in=linked) | Q(kind=Goal.Kind.GEOGRAPHIC) | Q(slug=slug))


@asked
def kinds_and_states():
    return Activity.objects.public().order_by().values_list("kind", "state").distinct()


def first_city():
    """The key by which the first of its cities is sorted."""
    cities = PartnerCity.objects.public().filter(activity_links__activity=OuterRef("pk")).by_name()
    return Subquery(cities.values(sort_column())[:1])


def speaking_of(word):
    """The condition that an activity holds a word, or that the name of one of its cities or institutions does."""
    cities = PartnerCity.objects.public().filter(matching(PartnerCity, word, in_title=True))
    institutions = Institution.objects.public().filter(matching(Institution, word, in_title=True))
    with_cities = ActivityCity.objects.filter(city__in=cities).values("activity")
    of_institutions = ActivityInstitution.objects.filter(institution__in=institutions).values("activity")
    return matching(Activity, word) | Q(pk__in=with_cities) | Q(pk__in=of_institutions)


def newest_first(activities):
    """From the last to the first; those without a date stand at the end, city by city."""
    return activities.order_by(DATED_ON.desc(nulls_last=True), first_city().asc(nulls_last=True), "pk")


def year_of(activity):
    return activity.happened_on and activity.happened_on.year


def first_city_of(activity):
    return activity.city_rows[0] if activity.city_rows else None


def name_of_goal(goal):
    return goal_row(goal)["name"] if goal.kind == Goal.Kind.GEOGRAPHIC else plain(goal, "name")


GROUPS = {"year": year_of, "city": first_city_of, "kind": Activity.get_kind_display}


class ActivityFilter(FilterSet):
    """Activities with `known_to`."""

    q = CharFilter(label=_("Words"), max_length=100, method="holding")
    city = SingleChoiceFilter(label=_("City"), method="linked_to")
    theme = SingleChoiceFilter(label=_("Field of co-operation"), method="linked_to")
    institution = SingleChoiceFilter(label=_("Institution"), method="linked_to")
    audience = SingleChoiceFilter(label=_("For whom"), method="linked_to")
    kind = SingleChoiceFilter(label=_("Kind"))
    state = SingleChoiceFilter(label=_("State"))
    year_from = YearFilter(label=_("From the year"), method="from_year")
    year_to = YearFilter(label=_("To the year"), method="to_year")
    date = SingleChoiceFilter(
        label=_("Date"), choices=[(DATED, _("recorded")), (UNDATED, _("not recorded"))], method="dated"
    )
    goal = SingleChoiceFilter(label=_("Goal served"), method="serving")
    sort = SortFilter(
        orders={
            "date": [lambda: DATED_ON, first_city],
            "city": [first_city, lambda: DATED_ON],
            "kind": [rank_of("kind", lambda: in_alphabet(Activity.Kind.choices)), lambda: DATED_ON],
        },
        choices=[
            ("", _("newest first")),
            ("date", _("oldest first")),
            ("city", _("city, A–Z")),
            ("kind", _("kind, A–Z")),
        ],
    )

    class Meta:
        model = Activity
        form = YearsForm
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, linked in CHOICES.items():
            self.filters[name].extra["choices"] = list(linked(self.data.get(name, "")))
        goals = goals_served(self.data.get("goal", ""))
        self.filters["goal"].extra["choices"] = [(goal.slug, name_of_goal(goal)) for goal in goals]
        rows = list(kinds_and_states())
        kinds, states = ({row[place] for row in rows} for place in (0, 1))
        self.filters["kind"].extra["choices"] = [each for each in Activity.Kind.choices if each[0] in kinds]
        self.filters["state"].extra["choices"] = [each for each in Activity.State.choices if each[0] in states]

    def holding(self, queryset, name, text):
        words = query_words(text)
        return queryset.filter(*map(speaking_of, words)) if words else queryset.none()

    def linked_to(self, queryset, name, slug):
        return queryset.filter(**{f"{LINKED[name]}__slug": slug})

    def serving(self, queryset, name, slug):
        goal, day = Goal.objects.public().get(slug=slug), as_of(self.request).day
        if goal.kind == Goal.Kind.THEMATIC:
            return queryset.may_serve().filter(goals=goal)
        located = Activity.objects.public().may_serve().select_related("source").with_countries()
        return queryset.filter(pk__in=[activity.pk for activity in located if country_within(activity, goal, day)])

    def dated(self, queryset, name, value):
        return queryset.dated() if value == DATED else queryset.filter(starts_on=None, ends_on=None)

    def from_year(self, queryset, name, year):
        return queryset.touching_years(first=year)

    def to_year(self, queryset, name, year):
        return queryset.touching_years(last=year)

    @cached_property
    def grouped_by(self):
        """What the list in its order is divided by: "year", "city" or "kind"."""
        order = self.form.cleaned_data.get("sort", "")
        return order if order in GROUPS else "year"

    def asks(self, *names):
        """Whether something is asked by one of these names, and could be read."""
        return any(self.form.cleaned_data.get(name) for name in names)

    def groups(self, activities):
        """[(year, row of a city or name of a kind, activities)] of a page of the list; None: not recorded."""
        return [(head, list(some)) for head, some in groupby(activities, GROUPS[self.grouped_by])]
