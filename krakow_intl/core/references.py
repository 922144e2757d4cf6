"""What prose refers to as "city:lviv": the page of that record, as long as the public may read it."""

import re

from django.db.models import Value
from django.utils.translation import gettext as _

from krakow_intl.core.kinds import KINDS, kind_of, referable
from krakow_intl.core.prose import references

# a link to a record and its words: <a data-ref="city:lviv">Lviv</a>
LINK = re.compile(r'<a\b[^>]*\bdata-ref="([a-z]+:[a-z0-9-]+)"[^>]*>(.*?)</a>', re.DOTALL)


def linked(html, query=""):
    """`html` with its references as links to their pages, with `query`; those without a page are plain words."""
    addresses = addresses_of(references(html))

    def link(match):
        reference, words = match.groups()
        return f'<a href="{addresses[reference]}{query}">{words}</a>' if reference in addresses else words

    return LINK.sub(link, html)


def addresses_of(names):
    """{"city:lviv": the address of its page} of those references that have one; asks the database once, if at all."""
    public = _found(names, lambda kind: kind.model.objects.public())
    return {f"{kind}:{slug}": KINDS[kind].address(slug) for kind, slug in public}


def missing(names):
    """Those of references that name no record at all, public or not, in their order, each once."""
    names = [*dict.fromkeys(names)]
    there = {f"{kind}:{slug}" for kind, slug in _found(names, lambda kind: kind.model._base_manager.all())}
    return [name for name in names if name not in there]


def unread_references(record, fields):
    """Sentences about what the prose of a record refers to that has no page yet, or no longer."""
    kind = kind_of(type(record))
    itself = f"{kind.name}:{record.slug}" if kind and kind.is_referable else ""
    names = dict.fromkeys(name for field in fields for name in references(getattr(record, field) or ""))
    public = {itself, *addresses_of(names)}
    message = _("A link leads to “%(reference)s”, which is not public: pages show its words without the link.")
    return [message % {"reference": name} for name in names if name not in public]


def _found(names, records_of):
    """(name of the kind, slug) of the records that references name among `records_of` each kind, in one statement."""
    slugs = {}
    for kind, _colon, slug in (name.partition(":") for name in names):
        slugs.setdefault(kind, set()).add(slug)
    tables = [_rows(kind, records_of(kind), slugs[kind.name]) for kind in referable() if kind.name in slugs]
    return tables[0].union(*tables[1:], all=True) if tables else []


def _rows(kind, records, slugs):
    return records.filter(slug__in=slugs).order_by().values_list(Value(kind.name), "slug")
