"""What can be asked of the API, and what is answered to a question it does not know: every wrong parameter by name."""

from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter
from rest_framework.exceptions import ValidationError

from krakow_intl.api.moments import read_moment
from krakow_intl.api.serializers import columns_of, serializer_of
from krakow_intl.core.as_of import FIRST_YEAR, LAST_YEAR, as_of
from krakow_intl.core.public_data import collection_of
from krakow_intl.core.records import public_records
from krakow_intl.imports.cells import ChoiceCell, LinkCell, LinksCell

OF_A_PAGE = {"sort", "by"}  # what filters of pages ask besides, which changes nothing of the records
OF_A_LIST = {"cursor", "limit"}
OF_A_RECORD = {"on", "fields"}
MAX_LIMIT, USUAL_LIMIT = 200, 50
UNKNOWN = gettext_lazy("The register knows no such value here.")


@cache
def filters_of(collection):
    """The FilterSet class of a collection: its own, or one of its choices and of what it is linked to."""
    return collection.filters or type("CollectionFilter", (FilterSet,), dict(_usual_filters(collection)))


def _usual_filters(collection):
    for column in columns_of(collection):
        cell = column.cell
        if isinstance(cell, ChoiceCell):
            choices = [(code, label) for code, label in cell.field.flatchoices if code]
            yield (
                cell.name,
                ChoiceFilter(choices=choices, label=column.name, error_messages={"invalid_choice": UNKNOWN}),
            )
        elif isinstance(cell, LinkCell) and collection_of(cell.model):
            yield (
                cell.name,
                ModelChoiceFilter(
                    queryset=lambda request, model=cell.model: public_records(model),
                    to_field_name="slug",
                    error_messages={"invalid_choice": UNKNOWN},
                ),
            )


def asked_of(collection):
    """{name: filter} of what can be asked of a collection besides what every one is asked."""
    filters = filters_of(collection)({}, collection.model.objects.none(), request=None).filters
    return {name: one for name, one in filters.items() if name not in OF_A_PAGE}


class Parameters:
    """What a request asks; `refuse` raises a `ValidationError` that names each parameter that is wrong."""

    def __init__(self, request, known):
        self.request, self.errors = request, {}
        for name, values in request.GET.lists():
            if name not in known:
                message = _("There is no such parameter here. There are: %(names)s.")
                self.errors[name] = [message % {"names": ", ".join(sorted(known)) or "–"}]
            elif len(values) > 1:
                self.errors[name] = [_("This parameter is given more than once.")]

    def refuse(self):
        if self.errors:
            raise ValidationError(self.errors)

    def number(self, name, usual, largest):
        text = self.request.GET.get(name, str(usual))
        if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= largest:
            return int(text)
        self.errors[name] = [_("Write a number from 1 to %(max)d.") % {"max": largest}]
        return usual

    def listed(self, name, known):
        """The words of a parameter that lists some, such as "fields=key,name"."""
        words = [word.strip() for word in self.request.GET.get(name, "").split(",") if word.strip()]
        strange = [word for word in words if word not in known]
        if strange:
            message = ngettext(
                "%(strange)s is no name that can stand here. There are: %(names)s.",
                "%(strange)s are no names that can stand here. There are: %(names)s.",
                len(strange),
            )
            self.errors[name] = [message % {"strange": ", ".join(strange)[:80], "names": ", ".join(sorted(known))}]
        return words

    def moment(self, name):
        """The moment that a parameter names; None where it is not given."""
        text = self.request.GET.get(name)
        at = read_moment(text) if text is not None else None
        if text is not None and at is None:
            self.errors[name] = [_("Write a moment of the last 366 days, with its zone: 2026-11-30T12:00:00Z.")]
        return at


class Question(Parameters):
    """What a request asks of a collection."""

    def __init__(self, collection, request, is_list=False, is_file=False):
        known = set(OF_A_RECORD)
        if is_list or is_file:
            known |= set(filters_of(collection).base_filters) - OF_A_PAGE
        if is_list:
            known |= OF_A_LIST
        if includable(collection) and not is_file:
            known.add("include")
        super().__init__(request, known)
        self.limit = self.number("limit", USUAL_LIMIT, MAX_LIMIT)
        self.collection, self.as_of = collection, as_of(request)
        if self.as_of.error:
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            self.errors["on"] = [_("Write a day as in 2006-04-30, of the years %(first)s to %(last)s.") % years]
        self.fields = self.listed("fields", serializer_of(collection)._declared_fields)
        self.included = self.listed("include", includable(collection))

    def records(self):
        """What is found, in the order of the primary key."""
        records = self.collection.records(self.as_of)
        filters = filters_of(self.collection)(self.request.GET, records, request=self.request)
        for name, errors in filters.errors.get_json_data().items():
            self.errors[name] = [error["message"] for error in errors]
        self.refuse()
        return filters.qs.order_by("pk")


def includable(collection):
    """{name of a field: the collection of the records it leads to}."""
    found = {}
    for column in columns_of(collection):
        cell = column.cell.cell if isinstance(column.cell, LinksCell) else column.cell
        if isinstance(cell, LinkCell) and (target := collection_of(cell.model)):
            found[column.code] = target
    return found
