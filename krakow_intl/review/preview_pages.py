"""The pages on which a record is looked at as it would be public: by staff, and by others at an address for a week."""

from datetime import timedelta

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from krakow_intl.core import audit
from krakow_intl.core.admin.history import user_name
from krakow_intl.core.admin.keys import KEY
from krakow_intl.core.site_url import absolute
from krakow_intl.review.models import PendingChange, PreviewLink
from krakow_intl.review.previews import preview_of_change, preview_of_record, shown_on

VALID = timedelta(days=7)
MAX_VALID_LINKS = 20  # of a record
SIGNER = signing.Signer(salt="krakow_intl.review.preview")


def token_of(link):
    """What stands in the address of a link."""
    return SIGNER.sign(str(link.pk))


def record_for(request, kind, pk):
    """The record whose preview a person asks for, which they may see."""
    kind = get_object_or_404(ContentType, pk=kind)
    model = kind.model_class()
    if model is None or not admin.site.is_registered(model):
        raise Http404
    record = get_object_or_404(model._base_manager, pk=pk)
    if not admin.site.get_model_admin(model).has_view_permission(request, record):
        raise PermissionDenied
    return record


@require_safe
def preview(request, kind, pk, language):
    record = record_for(request, kind, pk)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    page = _or_404(preview_of_record(record, language))
    audit.note("preview", "shown", what=audit.name_of(record), language=language)
    return page


def links(request, kind, pk):
    """The links to the preview of a record: they are made and revoked here."""
    record = record_for(request, kind, pk)
    if shown_on(record) is None:
        raise Http404
    of_record = PreviewLink.objects.filter(content_type=ContentType.objects.get_for_model(record), object_id=pk)
    if request.method == "POST":
        _decide(request, record, of_record)
        return redirect(request.path)
    context = {
        **admin.site.each_context(request),
        "title": _("Links to the preview: %s") % record,
        "opts": record._meta,
        "record": record,
        "links": [_told(link) for link in of_record.select_related("made_by", "change")],
        "changes": PendingChange.objects.waiting().about(record).filter(kind=PendingChange.Kind.FORM),
    }
    return TemplateResponse(request, "admin/review/links.html", context)


def _decide(request, record, of_record):
    if not admin.site.get_model_admin(type(record)).has_change_permission(request, record):
        raise PermissionDenied
    now = timezone.now()
    if key := request.POST.get("revoke", ""):
        audit.note("preview link", "revoked", what=audit.name_of(record), link=key)
        of_record.filter(pk=int(key) if KEY.fullmatch(key) else 0, revoked_at=None).update(revoked_at=now)
        messages.success(request, _("The link leads nowhere any more."))
    elif of_record.valid(now).count() >= MAX_VALID_LINKS:
        messages.error(request, _("There are many links to this already: revoke one first."))
    else:
        change = request.POST.get("change", "")
        changes = PendingChange.objects.waiting().about(record)
        link = PreviewLink.objects.create(
            content_type=ContentType.objects.get_for_model(record),
            object_id=record.pk,
            change=changes.filter(pk=int(change)).first() if KEY.fullmatch(change) else None,
            made_by=request.user,
            expires_at=now + VALID,
        )
        audit.note("preview link", "made", what=audit.name_of(record), link=link.pk)
        messages.success(request, _("The link is valid for seven days."))


def _told(link):
    is_valid = link.revoked_at is None and link.expires_at > timezone.now()
    address = absolute(reverse("shared_preview", args=[token_of(link)])) if is_valid else ""
    return {"link": link, "by": user_name(link.made_by), "address": address}


@require_safe
def shared_preview(request, token):
    """What a link shows to whoever has it: the record as it would look now, in the language of the address."""
    try:
        key = SIGNER.unsign(token)
    except signing.BadSignature as error:
        raise Http404 from error
    link = PreviewLink.objects.valid(timezone.now()).filter(pk=key).select_related("change", "content_type").first()
    if link is None or (record := link.stored()) is None:
        raise Http404
    language, is_open = get_language()[:2], link.change and link.change.is_open
    page = preview_of_change(link.change, language) if is_open else preview_of_record(record, language)
    audit.note("preview link", "used", what=audit.name_of(record), link=link.pk)
    return _or_404(page)


def _or_404(response):
    if response is None:
        raise Http404
    return response
