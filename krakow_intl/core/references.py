"""What prose refers to as "city:lviv": the page of that record, as long as the public may read it."""

import re

from django.db.models import Value

from krakow_intl.core.kinds import KINDS, referable
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
    slugs = {}
    for kind, _colon, slug in (name.partition(":") for name in names):
        slugs.setdefault(kind, set()).add(slug)
    tables = [_public(kind, slugs[kind.name]) for kind in referable() if kind.name in slugs]
    rows = tables[0].union(*tables[1:], all=True) if tables else []
    return {f"{kind}:{slug}": KINDS[kind].address(slug) for kind, slug in rows}


def _public(kind, slugs):
    records = kind.model.objects.public().filter(slug__in=slugs)
    return records.order_by().values_list(Value(kind.name), "slug")
