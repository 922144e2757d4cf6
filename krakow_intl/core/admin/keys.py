"""The keys of records as they stand in addresses and forms of the staff's pages; what is none leads to no page."""

import re
from functools import wraps

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.http import Http404
from django.utils.translation import gettext as _

# a key of a record, which a column can hold: "42"
KEY = re.compile(r"[0-9]{1,18}")
OF_RECORDS = {"pk", "id", "object_id"}  # the names under which an address holds one


class ChosenByKeyMixin:
    """Mixin of lists in which records are chosen for what is done to many at once."""

    def response_action(self, request, queryset):
        if all(KEY.fullmatch(key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            return super().response_action(request, queryset)
        return messages.error(request, _("What was selected is no record of this list; nothing was done."))


def only_with_keys(view):
    """`view`, which is asked for keys alone: others have no record, whoever asks."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        if all(KEY.fullmatch(unquote(str(kwargs[name]))) for name in OF_RECORDS & kwargs.keys()):
            return view(request, *args, **kwargs)
        raise Http404

    return inner
