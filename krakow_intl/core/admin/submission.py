"""What was sent from the page of a record: bound to its form and rows, brought up to date, stored, or shown again."""

from copy import copy
from dataclasses import dataclass, field

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.formsets import all_valid
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from krakow_intl.core.reviewing import CannotBeDone

# what a browser sends with a form that says nothing of the record
OF_THE_BROWSER = (
    "csrfmiddlewaretoken",
    "writer",
    "pending",
    "sign-in-",
    "_save",
    "_continue",
    "_addanother",
    "_saveasnew",
    "_computed",
)


@dataclass
class Told:
    """Takes the place of the messages that a page would show."""

    sentences: list = field(default_factory=list)

    def add(self, level, message, extra_tags=""):
        self.sentences.append(str(message))


def content_of(request):
    """[(name, [values])] of a form, as far as it speaks of the record."""
    return [[name, values] for name, values in request.POST.lists() if not name.startswith(OF_THE_BROWSER)]


def content_of_file(file):
    """The bytes of a file that came with a form, whoever read it before."""
    file.seek(0)
    return file.read()


def request_of(user, content, files=()):
    """A request by which a person would send this again; `files`: (name of the field, name, bytes, type)."""
    request = HttpRequest()
    request.method, request.user, request.session = "POST", user, {}
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.POST = _posted(content)
    request.FILES = MultiValueDict()
    for name, *file in files:
        request.FILES.appendlist(name, SimpleUploadedFile(*file))
    request._messages = Told()
    return request


def shown_again(request, content):
    """A copy of a request by which a page shows what was sent before, to go on from there."""
    request = copy(request)
    request.method, request.is_only_shown = "POST", True
    request.POST = _posted(content)
    request._files = MultiValueDict()
    return request


def _posted(content):
    data = QueryDict(mutable=True)
    for name, values in content:
        data.setlist(name, values)
    return data


class Submission:
    """A form and its rows, bound to what was sent; what others wrote meanwhile in other fields is taken over."""

    def __init__(self, pages, request, object_id=None):
        self.pages, self.request, self.object_id = pages, request, object_id
        self.is_new = object_id is None
        self._bind()
        if self._is_stale():
            request.POST = self._merged()
            self._bind()

    def _bind(self):
        pages, request = self.pages, self.request
        self.record = None if self.is_new else pages.get_object(request, str(self.object_id))
        if self.record is None and not self.is_new:
            raise CannotBeDone(_("The record is gone."))
        may = pages.has_add_permission(request) if self.is_new else pages.has_change_permission(request, self.record)
        if not may:
            raise CannotBeDone(_("Its author may no longer write here."))
        fields = flatten_fieldsets(pages.get_fieldsets(request, self.record))
        form_class = pages.get_form(request, self.record, change=not self.is_new, fields=fields)
        self.form = form_class(request.POST, request.FILES, instance=self.record)
        self.formsets, _inlines = pages._create_formsets(request, self.form.instance, change=not self.is_new)
        is_valid = self.form.is_valid()
        self.written = pages.save_form(request, self.form, change=not self.is_new) if is_valid else self.form.instance
        self.is_valid = all_valid(self.formsets) and is_valid

    def _rows(self):
        return [row for formset in self.formsets for row in formset.forms]

    def _is_stale(self):
        forms = [self.form, *self._rows()]
        return any(getattr(form, "stale_version", None) is not None for form in forms) or any(
            getattr(formset, "has_lost_rows", False) for formset in self.formsets
        )

    def _merged(self):
        """What was sent, with what others wrote since in fields that were left alone, and without rows that went."""
        data = self.request.POST.copy()
        for formset in self.formsets:
            if getattr(formset, "has_lost_rows", False):
                _take_over(data, formset.data, f"{formset.prefix}-")
        for form in [self.form, *self._rows()]:
            if getattr(form, "stale_version", None) is not None:
                for name in form.fields:
                    _take_over(data, form.data, form[name].html_name)
        return data

    def errors(self):
        """Sentences about what is wrong, each with the label of its field."""
        for form in [self.form, *self._rows()]:
            for name, errors in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                yield from (f"{label}: {error}" if label else str(error) for error in errors)
        for formset in self.formsets:
            yield from map(str, formset.non_form_errors())

    def store(self):
        """Writes it, to be called in a transaction; returns the record. CannotBeDone says what is wrong."""
        if not self.is_valid:
            raise CannotBeDone(*self.errors())
        try:
            self.pages.save_model(self.request, self.written, self.form, change=not self.is_new)
            self.pages.save_related(self.request, self.form, self.formsets, change=not self.is_new)
        except PermissionDenied as error:
            raise CannotBeDone(_("Its author may no longer write here.")) from error
        return self.written


def _take_over(data, other, start):
    """What `other` says takes the place of what `data` does: of one name, or of all that begin with one in "-"."""

    def is_meant(name):
        return name == start or (start.endswith("-") and name.startswith(start))

    for name in [*filter(is_meant, data)]:
        del data[name]
    for name in filter(is_meant, other):
        data.setlist(name, other.getlist(name))
