"""The scans of agreements: taken in as PDF only, shown to the staff who may see the agreement."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from krakow_intl.core import audit
from krakow_intl.core.admin import RecordStackedInline
from krakow_intl.core.admin.forms import RecordForm
from krakow_intl.core.admin.scans import ScanInput, clean_scan
from krakow_intl.core.downloads import download
from partners.models import Document

SCAN = "partners_document_scan"


class DocumentForm(RecordForm):
    class Meta:
        widgets = {"file": ScanInput()}

    def clean_file(self):
        return clean_scan(self, "file")


class Documents(RecordStackedInline):
    model = Document
    form = DocumentForm
    fields = (("language", "file", "kept"), ("title_pl", "title_en"))
    readonly_fields = ("kept",)

    @admin.display(description=_("scan"))
    def kept(self, document):
        if not document.pk:
            return "—"
        return format_html('<a href="{}">{}</a>', reverse(f"admin:{SCAN}", args=[document.pk]), document.file_name)


@require_safe
def scan(request, pk):
    """The file itself, as something to be saved and never opened within our pages."""
    if not request.user.has_perm("partners.view_document"):
        raise PermissionDenied
    document = get_object_or_404(Document.objects.select_related("agreement"), pk=pk)
    audit.note("download", "handed-out", what=audit.name_of(document), part="scan")
    return download(request, document.file, document.file_name, "application/pdf", "private, no-store")
