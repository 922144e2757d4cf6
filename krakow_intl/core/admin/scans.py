"""Scans: taken in as PDF only, and as something to be saved, never opened within our pages."""

from django.core.exceptions import ValidationError
from django.forms import FileInput
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from krakow_intl.core.admin.forms import PageForm

LARGEST_SCAN = 20 * 1024 * 1024
END = 1024  # bytes, among the last of which a PDF says that it ends


class ScanInput(FileInput):
    def __init__(self):
        super().__init__(attrs={"accept": ".pdf,application/pdf"})


def clean_scan(form, name):
    """The file of a field: a PDF by what it begins and ends with, whatever its name says."""
    file = form.cleaned_data[name]
    if name not in form.changed_data or not file:
        return file
    if file.size > LARGEST_SCAN:
        message = _("The file has %(size)s; the most is %(limit)s.")
        sizes = {"size": filesizeformat(file.size), "limit": filesizeformat(LARGEST_SCAN)}
        raise ValidationError(message, params=sizes)
    if file.read(5) != b"%PDF-" or not file.name.lower().endswith(".pdf"):
        raise ValidationError(_("This is no PDF file: save the scan as PDF."))
    file.seek(max(file.size - END, 0))
    if b"%%EOF" not in file.read():
        raise ValidationError(_("The file was cut off on its way: its end is missing. Please choose it again."))
    file.seek(0)
    return file


class ScanForm(PageForm):
    """The form of a record that has one `scan`."""

    class Meta:
        widgets = {"scan": ScanInput()}

    def clean_scan(self):
        return clean_scan(self, "scan")
