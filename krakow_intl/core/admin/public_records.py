"""The staff's pages of what residents may see once it is published."""

from django.contrib import admin, messages
from django.db import transaction
from django.urls import NoReverseMatch
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.filters import EnglishFilter, texts_without_english
from krakow_intl.core.admin.history import label_of
from krakow_intl.core.admin.publication import may_publish
from krakow_intl.core.admin.records import RecordAdmin
from krakow_intl.core.admin.reminders import record_reminders
from krakow_intl.core.records import Publication

MAX_AT_ONCE = 500
NAMED_AT_MOST = 10


class PublicRecordAdmin(RecordAdmin):
    actions = ("publish",)
    common_fieldsets = ((_("Publication"), {"fields": ("publication",)}),)

    def get_list_display(self, request):
        return [*super().get_list_display(request), "publication"]

    def get_list_filter(self, request):
        return [*self.list_filter, "publication", EnglishFilter]

    def get_readonly_fields(self, request, obj=None):
        is_frozen = obj is not None and obj.is_published and hasattr(obj, "slug")
        return (*super().get_readonly_fields(request, obj), *(("slug",) if is_frozen else ()))

    def get_view_on_site_url(self, obj=None):
        """The public page of what is published; a page may have an address word that the address plan does not know."""
        if obj is None or not obj.is_published or not hasattr(obj, "get_absolute_url"):
            return None
        try:
            return obj.get_absolute_url()
        except NoReverseMatch:
            return None

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if obj.is_published and (texts := texts_without_english(obj)):
            labels = ", ".join(str(label_of(obj._meta.get_field(text))) for text in texts)
            message = gettext("English is missing: %(texts)s. The page shows the Polish and says so.")
            messages.warning(request, message % {"texts": labels})

    def save_related(self, request, form, formsets, change):
        """Its rows are stored first: what is odd about a record may be so because of them."""
        super().save_related(request, form, formsets, change)
        if "_continue" not in request.POST:  # else its page is shown again, with all that is odd
            for sentence in form.instance.warnings():
                messages.warning(request, sentence)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and request.method == "GET":
            context["oddities"] = obj.warnings()
            context["waiting"] = record_reminders(request.user, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def has_publish_permission(self, request):
        return may_publish(request.user, self.model)

    @admin.action(description=_("Publish what is selected"), permissions=["publish"])
    def publish(self, request, queryset):
        with transaction.atomic():
            waiting = queryset.held_back()
            records = [*self.model.objects.filter(pk__in=waiting.values("pk")).select_for_update()[: MAX_AT_ONCE + 1]]
            if len(records) > MAX_AT_ONCE:
                message = gettext("Publish at most %(number)s records at once; nothing was published.")
                return messages.error(request, message % {"number": MAX_AT_ONCE})
            for record in records:
                self._publish(request, record)
        return _tell(request, records)

    def _publish(self, request, record):
        record.publication = Publication.PUBLISHED
        record._change_reason = gettext("published from the list")
        record.save()
        self.log_change(request, record, record._change_reason)


def _tell(request, records):
    count = len(records)
    message = ngettext("%(count)s record was published.", "%(count)s records were published.", count)
    messages.success(request, message % {"count": count})
    lacking = [str(record) for record in records if texts_without_english(record)]
    if lacking:
        names = ", ".join(lacking[:NAMED_AT_MOST]) + ("…" if len(lacking) > NAMED_AT_MOST else "")
        messages.warning(request, gettext("English is missing in: %(names)s.") % {"names": names})
