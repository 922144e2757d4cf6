"""What stands in the way of deleting a record: those that point to it, each named, with the way to its form."""

from django.contrib.admin.utils import NestedObjects
from django.db import router
from django.db.models import prefetch_related_objects
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from krakow_intl.core.admin.desk import form_at


def holders_of(records, site, user):
    """How a page names what keeps `records` from being deleted, in the order of the names."""
    if not records:
        return []
    collector = NestedObjects(using=router.db_for_write(type(records[0])), origin=records)
    collector.collect(records)
    found = {(type(holder), holder.pk): holder for holder in collector.protected}
    _fetch_what_they_point_to(found.values())
    return sorted({_named(holder, site, user) for holder in found.values()})


def _fetch_what_they_point_to(holders):
    """At once for all of a kind: by that they are called, and on its page rows are written."""
    kinds = {}
    for holder in holders:
        kinds.setdefault(type(holder), []).append(holder)
    for kind, some in kinds.items():
        prefetch_related_objects(some, *(field.name for field in kind._meta.concrete_fields if field.is_relation))


def _named(holder, site, user):
    """A record with its link; a row of one with the link of that one; of what a person may not see its kind alone."""
    kind, page = capfirst(holder._meta.verbose_name), _with_page(holder, site)
    if not site_shows(page or holder, user) or not site_shows(holder, user):
        return format_html("{}: {}", kind, _("one that you may not see"))
    if page is None:
        return format_html("{}: {}", kind, holder)
    name = format_html('<a href="{}">{}</a>', form_at(type(page), page.pk), page)
    if page is holder:
        return format_html("{}: {}", kind, name)
    return format_html("{}: {} ({}: {})", kind, holder, page._meta.verbose_name, name)


def site_shows(record, user):
    return any(
        user.has_perm(f"{record._meta.app_label}.{verb}_{record._meta.model_name}") for verb in ("view", "change")
    )


def _with_page(record, site):
    """The record itself if staff have a page of it, else the one that it is a row of."""
    if type(record) in site._registry:
        return record
    for field in record._meta.concrete_fields:
        if field.is_relation and _is_row(record, field, site):
            return getattr(record, field.name)
    return None


def _is_row(record, field, site):
    pages = site._registry.get(field.related_model)
    rows = [inline for inline in pages.inlines if inline.model is type(record)] if pages else []
    return any(inline.fk_name in (None, field.name) for inline in rows)
