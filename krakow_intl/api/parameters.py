"""What can be asked of the API, and what is answered to a question it does not know: every wrong parameter by name."""

from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter
from rest_framework.exceptions import ValidationError

from krakow_intl.api.serializers import columns_of, serializer_of
from krakow_intl.core.as_of import FIRST_YEAR, LAST_YEAR, as_of
from krakow_intl.core.public_data import collection_of
from krakow_intl.imports.cells import ChoiceCell, LinkCell, LinksCell

OF_A_PAGE = {"sort", "by"}  # what filters of pages ask besides, which changes nothing of the records
OF_A_LIST = {"cursor", "limit"}
OF_A_RECORD = {"on", "fields", "include"}
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
                    queryset=lambda request, model=cell.model: _public(model),
                    to_field_name="slug",
                    error_messages={"invalid_choice": UNKNOWN},
                ),
            )


def _public(model):
    return model.objects.public() if hasattr(model.objects, "public") else model.objects.all()


class Question:
    """What a request asks of a collection; raises a `ValidationError` that names each parameter that is wrong."""

    def __init__(self, collection, request, is_list):
        self.collection, self.request, self.errors = collection, request, {}
        self.as_of = as_of(request)
        self.known = OF_A_RECORD | (OF_A_LIST | self.filter_names if is_list else set())
        self._refuse_unknown()
        if self.as_of.error:
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            self.errors["on"] = [_("Write a day as in 2006-04-30, of the years %(first)s to %(last)s.") % years]
        self.fields = self._listed("fields", serializer_of(collection)._declared_fields)
        self.included = self._listed("include", includable(collection))
        self.limit = self._limit()

    @property
    def filter_names(self):
        return set(filters_of(self.collection).base_filters) - OF_A_PAGE

    def records(self):
        """What is found, in the order of the primary key."""
        filters = filters_of(self.collection)(
            self.request.GET, self.collection.records(self.as_of), request=self.request
        )
        for name, errors in filters.errors.get_json_data().items():
            self.errors[name] = [error["message"] for error in errors]
        self.refuse()
        return filters.qs.order_by("pk")

    def refuse(self):
        if self.errors:
            raise ValidationError(self.errors)

    def _refuse_unknown(self):
        for name, values in self.request.GET.lists():
            if name not in self.known:
                message = _("There is no such parameter here. There are: %(names)s.")
                self.errors[name] = [message % {"names": ", ".join(sorted(self.known))}]
            elif len(values) > 1:
                self.errors[name] = [_("This parameter is given more than once.")]

    def _listed(self, name, known):
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

    def _limit(self):
        text = self.request.GET.get("limit", str(USUAL_LIMIT))
        if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MAX_LIMIT:
            return int(text)
        self.errors["limit"] = [_("Write a number from 1 to %(max)d.") % {"max": MAX_LIMIT}]
        return USUAL_LIMIT


def includable(collection):
    """{name of a field: the collection of the records it leads to}."""
    found = {}
    for column in columns_of(collection):
        cell = column.cell.cell if isinstance(column.cell, LinksCell) else column.cell
        if isinstance(cell, LinkCell) and (target := collection_of(cell.model)):
            found[column.code] = target
    return found
