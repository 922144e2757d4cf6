"""How agreements stand today, in the list that staff have of them: a column, by which it is sorted, and a filter."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.records import RecordChangeList
from partners.labels import STATUSES, basis_label, mark_label, status_label


class AgreementChangeList(RecordChangeList):
    """Knows the status of its agreements, and on what it is based: of all to sort them, in full of those it shows."""

    def get_queryset(self, request, exclude_parameters=None):
        self.root_queryset = self.model_admin.get_queryset(request).with_status(localdate())
        return super().get_queryset(request, exclude_parameters)

    def get_results(self, request):
        super().get_results(request)
        keys = dict.fromkeys(self.result_list.values_list("pk", flat=True))
        shown = self.model.objects.with_status(localdate()).select_related("city").in_bulk([*keys])
        self.result_list = [shown[key] for key in keys if key in shown]


class StatusFilter(admin.SimpleListFilter):
    title = _("status today")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return [(status.value, label.words) for status, label in STATUSES.items()]

    def queryset(self, request, queryset):
        known = {status.value for status in STATUSES}
        return queryset.filter(status=self.value()) if self.value() in known else queryset


def status_in_words(agreement):
    """A status, and behind it how surely it is known and what leads to its end."""
    labels = filter(None, (basis_label(agreement.basis), mark_label(agreement.mark)))
    rest = ", ".join(str(label.words) for label in labels)
    status = status_label(agreement.status).words
    return format_html('{} <span class="quiet">({})</span>', status, rest) if rest else status
