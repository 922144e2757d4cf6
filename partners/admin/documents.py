"""The scans of agreements: taken in as PDF only, shown to the staff who may see the agreement."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import FileInput
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin import RecordStackedInline
from krakow_intl.core.admin.forms import RecordForm
from krakow_intl.core.downloads import download
from partners.models import Document

LARGEST_SCAN = 20 * 1024 * 1024
SCAN = "partners_document_scan"


class DocumentForm(RecordForm):
    class Meta:
        widgets = {"file": FileInput(attrs={"accept": ".pdf,application/pdf"})}

    def clean_file(self):
        """A PDF by what it begins with, whatever its name says."""
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data:
            return file
        if file.size > LARGEST_SCAN:
            message = _("The file has %(size)s; the most is %(limit)s.")
            sizes = {"size": filesizeformat(file.size), "limit": filesizeformat(LARGEST_SCAN)}
            raise ValidationError(message, params=sizes)
        if file.read(5) != b"%PDF-" or not file.name.lower().endswith(".pdf"):
            raise ValidationError(_("This is no PDF file: save the scan as PDF."))
        file.seek(0)
        return file


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


def scan(request, pk):
    """The file itself, as something to be saved and never opened within our pages."""
    if not request.user.has_perm("partners.view_document"):
        raise PermissionDenied
    document = get_object_or_404(Document.objects.select_related("agreement"), pk=pk)
    return download(request, document.file, document.file_name, "application/pdf", "private, no-store")
