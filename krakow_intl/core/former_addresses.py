"""Where pages once stood: what was public answers there for ever, and no other record takes its place."""

from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from krakow_intl.core.kinds import FORMER_PAGES, kind_of, referable, with_address

PUBLISHED = "published"  # as `records.Publication` writes it
GONE = "gone"
TAKEN_BACK = "undo of"  # how history begins to say why it took away what should never have been there
END_OF_TIME = datetime.max.replace(tzinfo=UTC)


def present_address(match):
    """Where what stood at an address, a `ResolverMatch`, stands now; GONE if nowhere, None if nothing ever did."""
    if match.view_name in FORMER_PAGES:
        return FORMER_PAGES[match.view_name](**match.kwargs)
    holder = last_holder(kinds_at(match), match.kwargs.get("slug"))
    return _address_of_record(match, *holder) if holder else None


def has_address(model):
    """Whether each record of `model` has an address of its own, made of its slug."""
    return bool((kind := kind_of(model)) and kind.has_address)


def refuse_address(record):
    """Raises a `ValidationError` if the page of a record could not be reached, or would take another's place."""
    kind = kind_of(type(record))
    if not has_address(type(record)) or not record.slug:
        return
    if _is_out_of_reach(record):
        message = _("The register itself uses “%(slug)s” in its addresses: choose another word.")
        raise ValidationError({"slug": message % {"slug": record.slug}})
    if other := next(_others_at(kind, record), None):
        message = _("“%(name)s” stands at this address, or once stood there in public: choose another word.")
        raise ValidationError({"slug": message % {"name": other}})


def slugs_once_public(kind):
    """The slugs under which records of a kind were ever published, but for those that were taken back."""
    model = kind.model
    kept = model.published_history().exclude(id__in=_taken_back(model).values("id"))
    return set(kept.values_list("slug", flat=True).distinct())


def public_spans(kind, key, **values):
    """The spans of time, (from, to), in which a record was public and history says that of it."""
    spans = spans_of_history(kind.model, key, publication=PUBLISHED, **values)
    for parent in kind.model.belongs_to:
        spans = common_spans(spans, _spans_of_parent(kind.model, key, parent)) if spans else []
    return spans


def kinds_at(match):
    """The kinds of record whose pages, or pictures, stand at such addresses."""
    if "kind" in match.kwargs:
        return [kind for kind in referable() if kind.name == match.kwargs["kind"]]
    is_page = match.view_name == match.kwargs.get("slug")
    return [kind for kind in with_address() if (kind.is_page if is_page else kind.page == match.view_name)]


def _once_at(kind, slug):
    """(spans, kind, key) of each record of a kind that was ever public under a slug."""
    keys = kind.model.history.filter(slug=slug).order_by().values_list("id", flat=True).distinct()
    found = ((public_spans(kind, key, slug=slug), kind, key) for key in keys)
    return [once for once in found if once[0]]


def last_holder(kinds, slug):
    """(kind, key) of the record that was the last to be public under a slug, or None."""
    holders = [once for kind in kinds for once in _once_at(kind, slug)]
    return max(holders, key=lambda once: max(end for _start, end in once[0]))[1:] if holders else None


def _address_of_record(match, kind, key):
    slug = kind.model.objects.public().filter(pk=key).values_list("slug", flat=True).first()
    try:
        name, kwargs = (match.view_name, match.kwargs | {"slug": slug}) if kind.page else (slug, {})
        return reverse(name, kwargs=kwargs) if slug else GONE
    except NoReverseMatch:  # a page about the register, at a word that is no address
        return GONE


def _is_out_of_reach(record):
    """Whether, in some language, a fixed word of the address plan stands where the page of a record would."""
    for code, _name in settings.LANGUAGES:
        with override(code):
            try:
                found = resolve(record.get_absolute_url())
            except (NoReverseMatch, Resolver404):
                continue
        if found.kwargs.get("slug") != record.slug:
            return True
    return False


def _others_at(kind, record):
    """The names of other records that stand where the page of `record` would, or stood there in public."""
    for other in (other for other in with_address() if other.page == kind.page):
        model = other.model
        if other is not kind:  # of its own kind, the database lets no two have one slug
            yield from map(str, model.objects.filter(slug=record.slug))
        for _when, _kind, key in _once_at(other, record.slug):
            if (other.name, key) != (kind.name, record.pk) and not _taken_back(model).filter(id=key).exists():
                yield str(model.history.filter(id=key).first().instance)


def _taken_back(model):
    """How history tells of the end of what should never have been there."""
    return model.history.filter(history_type="-", history_change_reason__startswith=TAKEN_BACK).order_by()


def spans_of_history(model, key, **values):
    """The spans of time, (from, to), in which the history of a record says that."""
    history = model.history.filter(id=key).order_by("history_date", "history_id")
    rows = [*history.values("history_type", "history_date", *values)]
    spans = []
    for row, end in zip(rows, [*(row["history_date"] for row in rows[1:]), END_OF_TIME], strict=False):
        if row["history_type"] != "-" and all(row[name] == value for name, value in values.items()):
            start = spans.pop()[0] if spans and spans[-1][1] == row["history_date"] else row["history_date"]
            spans.append((start, end))
    return spans


def _spans_of_parent(model, key, name):
    """The spans in which a record belonged to what was published itself."""
    field = model._meta.get_field(name)
    keys = model.history.filter(id=key).order_by().values_list(field.attname, flat=True).distinct()
    return [
        span
        for parent in keys
        for span in common_spans(
            spans_of_history(model, key, **{field.attname: parent}),
            spans_of_history(field.related_model, parent, publication=PUBLISHED),
        )
    ]


def common_spans(spans, others):
    """What two lists of spans have in common."""
    pairs = ((max(one[0], other[0]), min(one[1], other[1])) for one in spans for other in others)
    return [(start, end) for start, end in pairs if start < end]
