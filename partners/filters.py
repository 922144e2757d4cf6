"""What one can ask of lists and of a city's history; a wrong value is named and left out of the question."""

from copy import copy
from functools import cached_property

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Case, Count, Exists, F, OuterRef, Value, When
from django.forms.utils import flatatt
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, Filter, FilterSet

from krakow_intl.core.as_of import as_of
from krakow_intl.core.escaping import escaped
from krakow_intl.core.fields import country_choices
from krakow_intl.core.prepared import asked
from krakow_intl.core.search.postings import matching
from krakow_intl.core.search.query import query_words
from krakow_intl.core.sorting import sort_column, sort_key
from partners.history import KINDS
from partners.labels import BASES, MARKS, STATUSES, relation_label
from partners.models import Agreement, AgreementTheme, Institution, PartnerCity, Relation, Side, Theme
from partners.places import NOT_RECORDED, in_order_of_places, places_among, signed_at
from programme.models import Goal

NO_RELATION = "none"
FEW = 60  # cities of which it is told at once how long nothing is recorded; of many it is asked with a filter
STATUS_CHOICES = [(status.value, label.words) for status, label in STATUSES.items()]
MARK_CHOICES = [(mark.value, label.words) for mark, label in MARKS.items()]
BASIS_CHOICES = [(basis.value, label.words) for basis, label in BASES.items()]
ALL = _("all")
UNKNOWN = _("The register knows no such value here.")


class FastSelect(forms.Select):
    """The same element at once: Django renders two templates for each of its options."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = self.format_value(value)
        options = (("" if code is None else str(code), words) for code, words in self.choices)
        inner = "\n".join(
            f'<option value="{escaped(code)}"{" selected" if code in chosen else ""}>{escaped(words)}</option>'
            for code, words in options
        )
        attributes = flatatt(self.build_attrs(self.attrs, attrs))
        return mark_safe(f'<select name="{escaped(name)}"{attributes}>\n{inner}\n</select>')


class OwnCopy:
    """A filter of which each list has a copy of its own, where Django's copies all that is the same for each, too."""

    def __deepcopy__(self, memo):
        twin = copy(self)
        twin.extra = {**self.extra}
        twin.method = self.method  # which is called by way of its filter
        return twin


class SingleChoiceFilter(OwnCopy, ChoiceFilter):
    """One value of a list."""

    def __init__(self, *args, choices=(), **kwargs):
        kwargs = {"empty_label": ALL, "error_messages": {"invalid_choice": UNKNOWN}, "widget": FastSelect, **kwargs}
        super().__init__(*args, choices=choices, **kwargs)


class YearFilter(OwnCopy, Filter):
    field_class = forms.IntegerField

    def __init__(self, *args, **kwargs):
        message = _("Write a year from 1257 to 2200.")
        no_year = _("This is no year. Write it in four digits, such as 1995.")
        super().__init__(
            *args,
            validators=[MinValueValidator(1257, message), MaxValueValidator(2200, message)],
            error_messages={"invalid": no_year},
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),  # it shows a wrong value as it was typed
            **kwargs,
        )


class SortFilter(SingleChoiceFilter):
    """The order of a list: `orders` maps the name of each to expressions; a minus in front turns it round."""

    def __init__(self, orders, choices):
        self.orders = orders
        super().__init__(label=_("Sort by"), choices=choices, empty_label=None)

    def __deepcopy__(self, memo):
        twin = super().__deepcopy__(memo)
        twin.orders = {**self.orders}
        return twin

    def filter(self, queryset, value):
        if not value:
            return queryset
        first, *others = (expression() for expression in self.orders[value.removeprefix("-")])
        first = first.desc(nulls_last=True) if value.startswith("-") else first.asc(nulls_last=True)
        return queryset.order_by(first, *(other.asc(nulls_last=True) for other in others))


def rank_of(column, values):
    """Sorts by the place of the column's value in the list that `values()` gives."""

    def expression():
        whens = [When(**{column: value}, then=Value(place)) for place, value in enumerate(values())]
        return Case(*whens, default=Value(len(whens)))

    return expression


def by_column(name):
    return lambda: F(name)


def by_name(prefix=""):
    """Sorts by a name in the alphabet of the active language."""
    return lambda: F(sort_column(prefix))


def in_alphabet(choices):
    """The values of `choices` in the order of their labels in the active language."""
    language = get_language()[:2]
    return [value for value, label in sorted(choices, key=lambda choice: sort_key(str(choice[1]), language))]


def countries_in_alphabet():
    return [code for code, _name in country_choices(get_language()[:2])]


class YearsForm(forms.Form):
    def clean(self):
        first, last = self.cleaned_data.get("year_from"), self.cleaned_data.get("year_to")
        if first and last and first > last:
            del self.cleaned_data["year_from"]
            self.add_error("year_to", _("The years end before they begin."))
        return self.cleaned_data


class AgreementFilter(FilterSet):
    city = SingleChoiceFilter(label=_("City"), method="of_city")
    country = SingleChoiceFilter(label=_("Country"), field_name="city__country")
    theme = SingleChoiceFilter(label=_("Field of co-operation"), method="covering")
    kind = SingleChoiceFilter(label=_("Kind"), choices=Agreement.Kind.choices)
    level = SingleChoiceFilter(label=_("Between"), choices=Agreement.Level.choices)
    relation = SingleChoiceFilter(
        label=_("Establishes"),
        choices=[*Relation.choices, (NO_RELATION, _("no relation of the cities"))],
        method="establishing",
    )
    status = SingleChoiceFilter(label=_("Status"), choices=STATUS_CHOICES)
    basis = SingleChoiceFilter(label=_("How it is known"), choices=BASIS_CHOICES)
    mark = SingleChoiceFilter(label=_("What leads to its end"), choices=MARK_CHOICES, method="marked")
    place = SingleChoiceFilter(label=_("Place of signing"), method="signed_in")
    year_from = YearFilter(label=_("Signed from"), method="signed_from")
    year_to = YearFilter(label=_("Signed to"), method="signed_to")
    sort = SortFilter(
        orders={
            "date": [by_column("starts_on"), by_column("number")],
            "end": [by_column("ends_on"), by_column("number")],
            "city": [by_name("city__"), by_column("starts_on")],
            "kind": [rank_of("kind", lambda: in_alphabet(Agreement.Kind.choices)), by_column("starts_on")],
            "status": [rank_of("status", lambda: [value for value, _label in STATUS_CHOICES]), by_column("starts_on")],
        },
        choices=[
            ("", _("agreements of cities first, then of institutions")),
            ("-date", _("date, newest first")),
            ("date", _("date, oldest first")),
            ("-end", _("end, latest first")),
            ("end", _("end, earliest first")),
            ("city", _("city, A–Z")),
            ("-city", _("city, Z–A")),
            ("place", _("place of signing, Kraków first")),
            ("kind", _("kind, A–Z")),
            ("-kind", _("kind, Z–A")),
            ("status", _("status, in force first")),
            ("-status", _("status, in force last")),
        ],
    )

    class Meta:
        model = Agreement
        form = YearsForm
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cities = list(named_cities())
        self.filters["city"].extra["choices"] = [(slug, name) for slug, name, _country in cities]
        self.filters["country"].extra["choices"] = countries_among({country for _slug, _name, country in cities})
        self.filters["theme"].extra["choices"] = [*themes_of_agreements(), (NOT_RECORDED, _("not recorded"))]
        self._enter_places(places_among(places_of_agreements()))

    def _enter_places(self, places):
        self.conditions = {place.key: place.condition for place in places}
        choices = [*((place.key, place.name) for place in places), (NOT_RECORDED, _("not recorded"))]
        self.filters["place"].extra["choices"] = choices
        self.filters["sort"].orders["place"] = [lambda: in_order_of_places(places), by_column("starts_on")]

    def of_city(self, queryset, name, slug):
        return queryset.of_city(slug)

    def establishing(self, queryset, name, relation):
        return queryset.filter(establishes="" if relation == NO_RELATION else relation)

    def covering(self, queryset, name, slug):
        if slug == NOT_RECORDED:
            return queryset.filter(theme_links=None)
        return queryset.filter(Exists(AgreementTheme.objects.filter(agreement=OuterRef("pk"), theme__slug=slug)))

    def marked(self, queryset, name, mark):
        return queryset.marked(mark)

    def signed_in(self, queryset, name, key):
        if key == NOT_RECORDED:
            return queryset.exclude(signed_at_pl__gt="").exclude(signed_at_en__gt="")
        return queryset.filter(self.conditions[key])

    def signed_from(self, queryset, name, year):
        return queryset.filter(signed_on__gte=f"{year}")

    def signed_to(self, queryset, name, year):
        return queryset.filter(signed_on__lt=f"{year + 1}")

    @property
    def grouped_by(self):
        """What the list in its order is divided by: "place" or nothing."""
        return "place" if self.form.cleaned_data.get("sort") == "place" else ""


class CityFilter(FilterSet):
    q = CharFilter(label=_("Name"), max_length=100, method="called_like")
    country = SingleChoiceFilter(label=_("Country"))
    relation = SingleChoiceFilter(
        label=_("Relation"),
        choices=[*Relation.choices, (NO_RELATION, relation_label("").words)],
        method="related_as",
    )
    basis = SingleChoiceFilter(label=_("How the relation is known"), choices=BASIS_CHOICES, field_name="relation_basis")
    theme = SingleChoiceFilter(label=_("Field of co-operation"), method="co_operating_in")
    nothing_since = YearFilter(
        label=_("Nothing recorded since"), method="quiet_since", help_text=_("A year such as 1990.")
    )
    sort = SortFilter(
        orders={
            "name": [by_name()],
            "country": [rank_of("country", countries_in_alphabet), by_name()],
            "first": [by_column("first_agreement_on"), by_name()],
            "last": [by_column("last_event_on"), by_name()],
        },
        choices=[
            ("", _("relation")),
            ("name", _("name, A–Z")),
            ("-name", _("name, Z–A")),
            ("country", _("country, A–Z")),
            ("-country", _("country, Z–A")),
            ("first", _("first agreement, oldest first")),
            ("-first", _("first agreement, newest first")),
            ("last", _("last recorded event, oldest first")),
            ("-last", _("last recorded event, newest first")),
        ],
    )

    class Meta:
        model = PartnerCity
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cities = PartnerCity.objects.public().order_by()
        numbers = dict(cities.values_list("country").annotate(number=Count("pk")))
        self.is_of_few = sum(numbers.values()) <= FEW
        self.filters["country"].extra["choices"] = countries_among(numbers)
        self.filters["theme"].extra["choices"] = list(Theme.objects.by_name().values_list("slug", "name"))

    def called_like(self, queryset, name, text):
        return queryset.called_like(text)

    def related_as(self, queryset, name, relation):
        return queryset.filter(relation="" if relation == NO_RELATION else relation)

    def co_operating_in(self, queryset, name, slug):
        return queryset.co_operating_in(slug, as_of(self.request).day)

    def quiet_since(self, queryset, name, year):
        """Cities `with_last_event` of which no dated event is recorded in a year or later, the longest quiet first."""
        return queryset.filter(last_event_on__lt=f"{year}").order_by("last_event_on", sort_column())

    @property
    def quiet_year(self):
        """The year since which nothing is to be recorded, or None."""
        return self.form.cleaned_data.get("nothing_since")

    @property
    def grouped_by(self):
        """What the list in its order is divided by: the "date" of the last event, "relation", "country" or nothing."""
        if self.quiet_year:
            return "date"
        order = self.form.cleaned_data.get("sort", "").removeprefix("-")
        return {"": "relation", "country": "country"}.get(order, "")


class InstitutionFilter(FilterSet):
    q = CharFilter(label=_("Name or place"), max_length=100, method="found_by")
    side = SingleChoiceFilter(
        label=_("Seat"), choices=[(Side.HOME, _("in Poland")), (Side.PARTNER, _("abroad"))], method="on_side"
    )
    kind = SingleChoiceFilter(label=_("Kind"), choices=Institution.Kind.choices)
    city = SingleChoiceFilter(label=_("Works with"), method="working_with")

    class Meta:
        model = Institution
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cities = PartnerCity.objects.public().by_name()
        self.filters["city"].extra["choices"] = list(cities.values_list("slug", "name"))

    def found_by(self, queryset, name, text):
        words = query_words(text)
        return queryset.filter(*(matching(queryset.model, word) for word in words)) if words else queryset.none()

    def on_side(self, queryset, name, side):
        return queryset.on_side(side)

    def working_with(self, queryset, name, slug):
        return queryset.taking_part_with(PartnerCity.objects.get(slug=slug), as_of(self.request).chosen)


class HistoryForm(forms.Form):
    """What is asked of a city's history; each choice says how many entries of it there are as of a day."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, widget=FastSelect)
    theme = forms.ChoiceField(label=_("Field of co-operation"), required=False, widget=FastSelect)
    goal = forms.ChoiceField(label=_("Goal served"), required=False, widget=FastSelect)

    def __init__(self, data, history, day):
        super().__init__(data)
        self.history, by_then = history, history.up_to(day)
        for name, found in (("kind", by_then.kinds), ("theme", by_then.themes), ("goal", by_then.goals)):
            asked = self._known(name, data.get(name, ""), {value for value, _label, _count in found})
            choices = [(value, f"{label} ({count})") for value, label, count in [*found, *asked]]
            self.fields[name].choices = [("", ALL), *choices]
            self.fields[name].error_messages["invalid_choice"] = UNKNOWN

    def _known(self, name, value, found):
        """The value asked for, if the register knows it although nothing in this history has it."""
        if not value or value in found:
            return []
        if name == "kind":
            return [(value, KINDS[value], 0)] if value in KINDS else []
        records = {"theme": Theme.objects, "goal": Goal.objects.public()}[name]
        return [(record.slug, record.name, 0) for record in records.filter(slug=value)]

    @cached_property
    def shown(self):
        """The part of the history that is asked for."""
        self.full_clean()
        return self.history.only(**self.cleaned_data)


@asked
def named_cities():
    """(slug, name, country) of the public cities."""
    return PartnerCity.objects.public().by_name().values_list("slug", "name", "country")


@asked
def themes_of_agreements():
    """(slug, name) of the fields to which public agreements belong."""
    public = Agreement.objects.public().filter(theme_links__theme=OuterRef("pk"))
    return Theme.objects.filter(Exists(public)).by_name().values_list("slug", "name")


@asked
def places_of_agreements():
    return signed_at(Agreement.objects.public())


def countries_among(codes):
    return [(code, name) for code, name in country_choices(get_language()[:2]) if code in codes]
