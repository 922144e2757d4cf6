"""The ways in which staff narrow a list down."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.fields import country_name
from krakow_intl.core.sorting import sort_key

NOT_RECORDED = pgettext_lazy("value of a filter", "not recorded")
A_YEAR = timedelta(days=365)


class ValuesFilter(admin.AllValuesFieldListFilter):
    """The values in use, perhaps with how often each is; where nothing is recorded, that is said."""

    def choices(self, changelist):
        every, *values = super().choices(changelist)
        yield every
        for choice in values:
            value, count = _parts(str(choice["display"]), changelist.add_facets)
            yield choice | {"display": f"{self.name_of(value) or NOT_RECORDED}{count}"}

    def name_of(self, value):
        return value


def _parts(text, has_count):
    """A value and its count, as a list of values shows them: "EUR (3)" is ("EUR", " (3)")."""
    value, brace, count = text.rpartition(" (") if has_count else (text, "", "")
    return value, brace + count


class CountryFilter(ValuesFilter):
    """The countries in use, by name."""

    def name_of(self, value):
        return country_name(value)

    def choices(self, changelist):
        every, *named = super().choices(changelist)
        yield every
        yield from sorted(named, key=lambda choice: sort_key(choice["display"], get_language()[:2]))


class VerifiedFilter(admin.SimpleListFilter):
    title = _("verified")
    parameter_name = "verified"

    def lookups(self, request, model_admin):
        return [("lately", _("within a year")), ("long-ago", _("more than a year ago")), ("never", _("never"))]

    def queryset(self, request, queryset):
        a_year_ago = timezone.localdate() - A_YEAR
        conditions = {
            "lately": Q(verified_on__gte=a_year_ago),
            "long-ago": Q(verified_on__lt=a_year_ago),
            "never": Q(verified_on=None),
        }
        return queryset.filter(conditions.get(self.value(), Q()))


class EnglishFilter(admin.SimpleListFilter):
    title = _("English")
    parameter_name = "english"

    def lookups(self, request, model_admin):
        return [("missing", _("a text lacks English"))]

    def queryset(self, request, queryset):
        if self.value() != "missing":
            return queryset
        texts = translated_texts(queryset.model)
        return queryset.filter(reduce(or_, (filled(f"{text}_pl") & ~filled(f"{text}_en") for text in texts), Q()))


def translated_texts(model):
    """The names of the texts of `model` that exist in two languages: ["name", "lead"]."""
    names = {field.name for field in model._meta.concrete_fields}
    return [name for name in names if {f"{name}_pl", f"{name}_en"} <= names]


def texts_without_english(record):
    return [t for t in translated_texts(type(record)) if getattr(record, f"{t}_pl") and not getattr(record, f"{t}_en")]


def filled(column):
    return Q(**{f"{column}__isnull": False}) & ~Q(**{column: ""})
