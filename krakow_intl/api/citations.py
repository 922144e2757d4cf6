"""How a record is cited, for programs that keep references: BibTeX and RIS."""

from hashlib import sha256

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from krakow_intl.core.as_of import as_of
from krakow_intl.core.content_version import content_version
from krakow_intl.core.display import name_of
from krakow_intl.core.kinds import referable
from krakow_intl.core.site_url import absolute

# what BibTeX would take for a command, and how it is written there
ESCAPES = str.maketrans({"\\": r"\textbackslash{}"} | {sign: f"\\{sign}" for sign in "{}#$%&_"})


@require_safe
def citation(request, kind, slug, ending):
    if ending not in FORMATS:
        raise Http404
    record = get_object_or_404(_records(kind), slug=slug)
    day = as_of(request).day
    write, content_type = FORMATS[ending]
    response = HttpResponse(write(_facts(kind, record, day)), content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}-{slug}.{ending}"'
    return response


def _records(name):
    kind = next((kind for kind in referable() if kind.name == name), None)
    if kind is None:
        raise Http404
    return kind.model.objects.public()


def _facts(kind, record, day):
    """What a citation tells; the state is that of the whole register when it was told."""
    state = sha256(content_version().encode()).hexdigest()[:12]
    note = _("As of %(day)s, state %(state)s of the register; later corrections show at this address.")
    return {
        "key": f"krakow-{kind}-{record.slug}-{day}",
        "title": name_of(record),
        "author": _("City of Kraków"),
        "register": _("Kraków and the World. Register of international co-operation"),
        "day": day,
        "address": f"{absolute(record.get_absolute_url())}?on={day}",
        "note": note % {"day": day.isoformat(), "state": state},
        "language": get_language()[:2],
    }


def bibtex(facts):
    told = {
        "title": f"{{{_escaped(facts['title'])}}}",
        "author": f"{{{_escaped(facts['author'])}}}",
        "howpublished": _escaped(facts["register"]),
        "year": str(facts["day"].year),
        "url": facts["address"],
        "urldate": str(facts["day"]),
        "note": _escaped(facts["note"]),
        "langid": {"pl": "polish", "en": "english"}[facts["language"]],
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in told.items())
    return f"@misc{{{facts['key']},\n{lines}}}\n"


def _escaped(text):
    return text.translate(ESCAPES)


def ris(facts):
    told = [
        ("TY", "ELEC"),
        ("TI", facts["title"]),
        ("AU", facts["author"]),
        ("T2", facts["register"]),
        ("PY", facts["day"].year),
        ("DA", f"{facts['day']:%Y/%m/%d}"),
        ("Y2", f"{facts['day']:%Y/%m/%d}"),
        ("UR", facts["address"]),
        ("N1", facts["note"]),
        ("LA", facts["language"]),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(str(value).split())}\r\n" for tag, value in told)


FORMATS = {"bib": (bibtex, "application/x-bibtex"), "ris": (ris, "application/x-research-info-systems")}
