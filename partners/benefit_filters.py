"""What one can ask of the ledger of what was given and received."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, FilterSet

from krakow_intl.core.prepared import asked
from krakow_intl.core.search.postings import matching
from krakow_intl.core.search.query import query_words
from partners.benefit_words import DIRECTIONS
from partners.filters import SingleChoiceFilter, SortFilter, YearFilter, YearsForm, by_column, by_name
from partners.models import Activity, Audience, Benefit, Institution, PartnerCity, Theme
from partners.models.benefits import IN_THE_LEDGER

GIVEN, PROMISED = "given", "promised"
MONEY, THINGS, NO_NUMBER = "money", "things", "none"
BY_CITY, BY_INSTITUTION = "city", "institution"


@asked
def cities_of_gifts():
    gifts = Benefit.objects.public().filter(city=OuterRef("pk"))
    return PartnerCity.objects.public().filter(Exists(gifts)).by_name().values_list("slug", "name")


@asked
def givers_and_recipients():
    gifts = Benefit.objects.public()
    of_gifts = Q(benefits_given__in=gifts) | Q(benefits_received__in=gifts)
    return Institution.objects.public().filter(of_gifts).by_name().distinct().values_list("slug", "name")


@asked
def themes_of_gifts():
    return _linked(Theme.objects)


@asked
def audiences_of_gifts():
    return _linked(Audience.objects.public())


def _linked(records):
    """(slug, name) of the records to which the activities of public gifts are linked."""
    came_of = Activity.objects.public().filter(benefits__in=Benefit.objects.public())
    return records.filter(activity_links__activity__in=came_of).by_name().distinct().values_list("slug", "name")


CHOICES = {
    "city": cities_of_gifts,
    "institution": givers_and_recipients,
    "theme": themes_of_gifts,
    "audience": audiences_of_gifts,
}


class LedgerSort(SortFilter):
    """An order within each part of the ledger: what Kraków received and what it gave stay apart."""

    def filter(self, queryset, value):
        order = super().filter(queryset, value).query.order_by
        return queryset.order_by(*IN_THE_LEDGER, *order, "pk") if value else queryset


class BenefitFilter(FilterSet):
    q = CharFilter(label=_("Words"), max_length=100, method="holding")
    direction = SingleChoiceFilter(label=_("Who received it"), choices=list(DIRECTIONS.items()))
    city = SingleChoiceFilter(label=_("City"), field_name="city__slug")
    institution = SingleChoiceFilter(label=_("Giver or recipient"), method="of_institution")
    theme = SingleChoiceFilter(label=_("Field of co-operation"), method="in_field")
    audience = SingleChoiceFilter(label=_("Of use to"), method="for_audience")
    form = SingleChoiceFilter(
        label=_("What is recorded"),
        choices=[(MONEY, _("an amount of money")), (THINGS, _("how many")), (NO_NUMBER, _("no number"))],
        method="told_as",
    )
    state = SingleChoiceFilter(
        label=_("Given or promised"),
        choices=[(GIVEN, pgettext_lazy("gifts", "given")), (PROMISED, pgettext_lazy("gifts", "promised"))],
        method="in_state",
    )
    year_from = YearFilter(label=_("Given from"), method="from_year")
    year_to = YearFilter(label=_("Given to"), method="to_year")
    sort = LedgerSort(
        orders={
            "city": [by_name("city__"), by_column("time")],
            "date": [by_column("time"), by_name("city__")],
            "amount": [by_column("currency"), lambda: -F("amount")],
            "number": [by_column("quantity"), by_name("city__")],
        },
        choices=[
            ("", _("city, A–Z")),
            ("-city", _("city, Z–A")),
            ("-date", _("date, newest first")),
            ("date", _("date, oldest first")),
            ("-number", _("number, greatest first")),
            ("-amount", _("money first, by currency")),
        ],
    )
    by = SingleChoiceFilter(
        label=_("Shown"),
        choices=[(BY_CITY, _("by city")), (BY_INSTITUTION, _("by giver and recipient"))],
        empty_label=_("one by one"),
        method="shown_by",
    )

    class Meta:
        model = Benefit
        form = YearsForm
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, linked in CHOICES.items():
            self.filters[name].extra["choices"] = list(linked())

    def holding(self, queryset, name, text):
        """Each word stands in what was given, in who gave or received it, or it is the name of the city."""
        words = query_words(text)
        cities = PartnerCity.objects.public()
        found = (
            matching(Benefit, word) | Q(city__in=cities.filter(matching(PartnerCity, word, in_title=True)))
            for word in words
        )
        return queryset.filter(*found) if words else queryset.none()

    def of_institution(self, queryset, name, slug):
        return queryset.of_bodies(slug=slug)

    def in_field(self, queryset, name, slug):
        return queryset.of_activities(Activity.objects.filter(theme_links__theme__slug=slug))

    def for_audience(self, queryset, name, slug):
        return queryset.of_activities(Activity.objects.filter(audience_links__audience__slug=slug))

    def told_as(self, queryset, name, form):
        if form == NO_NUMBER:
            return queryset.without_number()
        return queryset.filter(**{f"{'amount' if form == MONEY else 'quantity'}__isnull": False})

    def in_state(self, queryset, name, state):
        return queryset.filter(is_promised=state == PROMISED)

    def from_year(self, queryset, name, year):
        return queryset.from_year(year)

    def to_year(self, queryset, name, year):
        return queryset.to_year(year)

    def shown_by(self, queryset, name, by):
        """How it is shown changes nothing of what is shown."""
        return queryset

    def within_years(self, queryset):
        """Of what it finds only what lies wholly within the years it asks for, which totals may hold."""
        first, last = (self.form.cleaned_data.get(name) for name in ("year_from", "year_to"))
        queryset = queryset.wholly_from_year(first) if first else queryset
        return queryset.wholly_to_year(last) if last else queryset

    @property
    def asks_for_years(self):
        return any(self.form.cleaned_data.get(name) for name in ("year_from", "year_to"))

    @property
    def shown(self):
        """What the ledger is divided by: "city", "institution" or nothing."""
        return self.form.cleaned_data.get("by", "")

    @property
    def asks(self):
        """Whether it asks for a part of the ledger, not only how it is shown."""
        return any(value for name, value in self.form.cleaned_data.items() if name not in ("sort", "by"))
