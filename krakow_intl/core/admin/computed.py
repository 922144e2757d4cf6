"""What the register computes from what stands in a form, told beside it before anything is stored.

A page of staff that tells of it has a method `computed(request, form, formsets)`, which returns [(of what, sentence)];
what is said of the record itself has "" for its subject. What it writes on the way is tried in a rehearsal.
"""

from copy import copy

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from krakow_intl.core.admin.submission import Submission
from krakow_intl.core.reviewing import CannotBeDone, rehearsal

SHOW = "_computed"  # the name of the button that asks what follows
CONTRADICTS = gettext_lazy(
    "What stands in the form contradicts itself: correct what is marked, or save to be told what it is."
)


class ComputedMixin:
    """Mixin of pages: what follows from a form stands beside it, and follows what is typed where scripts run."""

    computed = None

    def get_urls(self):
        if self.computed is None:
            return super().get_urls()
        view = self.admin_site.admin_view(self.computed_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_computed"
        addresses = [
            path("add/computed/", view, name=f"{name}_of_new"),
            path("<path:object_id>/computed/", view, name=name),
        ]
        return [*addresses, *super().get_urls()]

    @method_decorator(require_POST)
    def computed_view(self, request, object_id=None):
        """The sentences alone, of a form as it was sent; nothing is stored."""
        with rehearsal():
            record = self.get_object(request, unquote(object_id)) if object_id else None
            if object_id and record is None:
                raise Http404
            if not self.may_write(request, record):
                raise PermissionDenied
            try:
                sent = Submission(self, request, record and record.pk)
            except CannotBeDone as refused:
                raise Http404 from refused
            sentences = self.what_follows(request, sent.form, sent.formsets)
        response = render(request, "admin/computed_sentences.html", {"computed": sentences})
        response["X-Computed"] = "yes"  # so that no page to sign in at is taken for it
        return response

    def what_follows(self, request, form, formsets):
        """[(of what, sentence)] of a form, whatever stands in it."""
        try:
            with rehearsal():
                return self.computed(request, form, formsets)
        except (DatabaseError, OverflowError, ValidationError):
            return [("", CONTRADICTS)]

    def computed_context(self, request, form, formsets, record):
        if self.computed is None:
            return {}
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_computed"
        address = reverse(name, args=[record.pk]) if record else reverse(f"{name}_of_new")
        sentences = self.what_follows(request, form, formsets) if record or form.is_bound else []
        may_ask = self.may_write(request, record)
        return {"computed": sentences, "computed_address": address if may_ask else "", "computed_button": SHOW}


def store_rows(formset, owner):
    """Tries the rows of a formset that can be read, as those of a stored `owner`; the form keeps what it holds."""
    if not formset.is_bound:
        return
    for form in formset.forms:
        if form.errors or not form.has_changed():
            continue
        row = copy(form.instance)
        setattr(row, formset.fk.name, owner)
        is_gone = form.cleaned_data.get("DELETE")
        if not is_gone:
            row.save()
        elif row.pk:
            row.delete()


def unread(form, names):
    """A sentence that names those fields, of `names`, in which nothing stands that can be; none if there are none."""
    labels = [str(form.fields[name].label) for name in names if name in form.errors and name in form.fields]
    if not labels:
        return []
    listed = get_text_list([_("“%s”") % label for label in labels], _("and"))
    return [("", _("This cannot be so, and does not count yet: %(fields)s.") % {"fields": listed})]
