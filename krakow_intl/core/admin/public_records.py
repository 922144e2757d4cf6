"""The staff's pages of what residents may see once it is published."""

from django.contrib import admin, messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import NoReverseMatch
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.confirming import ConfirmingMixin
from krakow_intl.core.admin.filters import EnglishFilter, texts_without_english
from krakow_intl.core.admin.history import is_written_by, label_of
from krakow_intl.core.admin.publication import propose_publication, was_public
from krakow_intl.core.admin.records import RecordAdmin
from krakow_intl.core.fields import ProseField
from krakow_intl.core.records import Publication
from krakow_intl.core.references import unread_references

MAX_AT_ONCE = 100
NAMED_AT_MOST = 10


def odd_sentences_of(record):
    """What is odd about a record, and where its prose leads to what nobody can read."""
    prose = [field.name for field in record._meta.concrete_fields if isinstance(field, ProseField)]
    return [*record.warnings(), *unread_references(record, prose)]


class PublicRecordAdmin(ConfirmingMixin, RecordAdmin):
    actions = ("publish",)
    common_fieldsets = ((_("Publication"), {"fields": ("publication",)}),)

    def get_list_display(self, request):
        """The publication stands where a list names it, and else before all that is told of a record."""
        columns = super().get_list_display(request)
        return columns if "publication" in columns else ["publication", *columns]

    def get_list_display_links(self, request, list_display):
        """What leads to a form is what the record is called, wherever it stands."""
        if self.list_display_links:
            return super().get_list_display_links(request, list_display)
        return [column for column in list_display if getattr(column, "__name__", column) == self.model.search_titles[0]]

    def get_list_filter(self, request):
        return [*self.list_filter, "publication", EnglishFilter]

    def get_readonly_fields(self, request, obj=None):
        is_frozen = obj is not None and hasattr(obj, "slug") and _was_opened_published(obj)
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
            for sentence in odd_sentences_of(form.instance):
                messages.warning(request, sentence)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and request.method == "GET":
            context["oddities"] = odd_sentences_of(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def has_delete_permission(self, request, obj=None):
        """What the public once saw is withdrawn, so that its address can say so, and not deleted.

        What nobody else has written in goes by the hand of its author.
        """
        may_delete = super().has_delete_permission(request, obj)
        if obj is None:
            return may_delete
        return not was_public(obj) and (may_delete or is_written_by(request.user, self.model, obj.pk))

    @admin.action(description=_("Hand in what is selected for publication"), permissions=["change"])
    def publish(self, request, queryset):
        held_back = queryset.held_back().exclude(publication=Publication.ARCHIVED)
        with transaction.atomic():
            records = [*self.model.objects.filter(pk__in=held_back.values("pk")).select_for_update()[: MAX_AT_ONCE + 1]]
            if len(records) > MAX_AT_ONCE:
                message = gettext("Hand in at most %(number)s records at once; nothing was handed in.")
                return messages.error(request, message % {"number": MAX_AT_ONCE})
            if not records:
                return messages.warning(request, gettext("Nothing of what is selected waits for publication."))
            for record in records:
                self._to_review(record)
            change = propose_publication(request.user, records)
        _tell(request, records)
        return redirect(change.get_absolute_url())

    @staticmethod
    def _to_review(record):
        if record.publication != Publication.IN_REVIEW:
            record.publication = Publication.IN_REVIEW
            record._change_reason = gettext("handed in from the list")
            record.save()


def _was_opened_published(record):
    """Whether a record was published when its form was made; what was typed may have withdrawn it since."""
    return vars(record).setdefault("_was_opened_published", record.is_published)


def _tell(request, records):
    count = len(records)
    message = ngettext("%(count)s record was handed in.", "%(count)s records were handed in.", count)
    messages.success(request, message % {"count": count})
    lacking = [str(record) for record in records if texts_without_english(record)]
    if lacking:
        names = ", ".join(lacking[:NAMED_AT_MOST]) + ("…" if len(lacking) > NAMED_AT_MOST else "")
        messages.warning(request, gettext("English is missing in: %(names)s.") % {"names": names})
