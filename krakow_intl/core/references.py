"""What prose refers to as "city:lviv": the page of that record, as long as the public may read it."""

import re

from django.apps import apps
from django.db.models import Value
from django.urls import reverse

from krakow_intl.core.prose import references

LINK = re.compile(r'<a\b[^>]*\bdata-ref="([a-z]+:[a-z0-9-]+)"[^>]*>(.*?)</a>', re.DOTALL)
OF_PUBLISHED = {kind: {f"{kind}__publication": "published"} for kind in ("city", "programme")}
RECORDS = {  # kind: the page of such a record, its table, and what else must be so that the page stands
    "city": ("partners:city_detail", "partners.PartnerCity", {}),
    "agreement": ("partners:agreement_detail", "partners.Agreement", OF_PUBLISHED["city"]),
    "institution": ("partners:institution_detail", "partners.Institution", {}),
    "organization": ("organizations:organization_detail", "organizations.Organization", {}),
    "campaign": ("polonia:polonia_detail", "polonia.Campaign", {}),
    "community": ("polonia:polonia_detail", "polonia.Community", {}),
    "goal": ("programme:goal_detail", "programme.Goal", OF_PUBLISHED["programme"]),
    "chapter": ("programme:chapter_detail", "programme.Chapter", OF_PUBLISHED["programme"]),
}


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
    tables = [_public(kind, slugs[kind]) for kind in RECORDS if kind in slugs]
    rows = tables[0].union(*tables[1:], all=True) if tables else []
    return {f"{kind}:{slug}": reverse(RECORDS[kind][0], args=[slug]) for kind, slug in rows}


def _public(kind, slugs):
    _page, table, condition = RECORDS[kind]
    records = apps.get_model(table).objects.published().filter(slug__in=slugs, **condition)
    return records.order_by().values_list(Value(kind), "slug")
