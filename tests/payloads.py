"""Sixty texts that run a script wherever a page takes them for something else than text, and where they are written."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from krakow_intl.core.fields import ComputedField, CountryField, PartialDateField, ProseField
from krakow_intl.core.prose import sanitize, with_references
from tests.records import is_public, make_published, models_of_the_house

# Each calls r() with its own number, as an element, an attribute, an address, a style, a script, or a template.
PAYLOADS = [
    "<script>r(0)</script>",
    "<svg onload=r(1)>",
    "<img src=x onerror=r(2)>",
    '"><script>r(3)</script>',
    "'><svg/onload=r(4)>",
    '" autofocus onfocus="r(5)',
    "' onmouseover='r(6)",
    "</title><script>r(7)</script>",
    "</textarea><svg onload=r(8)>",
    "</script><script>r(9)</script>",
    "</style><svg onload=r(10)>",
    "--><svg onload=r(11)>",
    "]]><svg onload=r(12)>",
    "<a href=javascript:r(13)>x</a>",
    "javascript:r(14)",
    "jAvA\tscript:r(15)",
    '<a href="java&#115;cript:r(16)">x</a>',
    "<iframe src=javascript:r(17)>",
    "<iframe srcdoc='<svg onload=parent.r(18)>'>",
    "<object data=data:text/html,<svg/onload=r(19)>>",
    "<embed src=javascript:r(20)>",
    "<base href=//e.example/>",
    "<link rel=stylesheet href=//e.example/22.css>",
    "<meta http-equiv=refresh content='0;javascript:r(23)'>",
    "<details open ontoggle=r(24)>",
    "<video><source onerror=r(25)></video>",
    "<input autofocus onfocus=r(26)>",
    "<body onload=r(27)>",
    "<marquee onstart=r(28)>",
    "<form action=javascript:r(29)><button>x",
    "<button formaction=javascript:r(30)>x</button>",
    "<svg><script>r(31)</script></svg>",
    "<svg><animate onbegin=r(32) attributeName=x>",
    "<svg><a xlink:href=javascript:r(33)><text>x</text></a>",
    "<svg><use href=data:image/svg+xml,x#x>",
    "<math href=javascript:r(35)>x</math>",
    "<math><mtext><table><mglyph><style><img src=x onerror=r(36)>",
    "<svg></p><style><a id='</style><img src=x onerror=r(37)>'>",
    "<noscript><p title='</noscript><svg onload=r(38)>'>",
    "<form><math><mtext></form><form><mglyph><svg onload=r(39)>",
    "<select><template><svg onload=r(40)>",
    "<p style=background:url(//e.example/41)>x</p>",
    "<style>@import'//e.example/42'</style>",
    "<style>*{background:url(//e.example/43)}</style>",
    "{{constructor.constructor('r(44)')()}}",
    "{% csrf_token %}{{ settings.SECRET_KEY }}",
    "${r(46)}#{r(46)}",
    "\\u003csvg onload=r(47)\\u003e",
    '\\"};r(48);//',
    "'-r(49)-'",
    '"-r(50)-"',
    "`${r(51)}`",
    '"}</script><svg onload=r(52)>',
    "\u2028r(53)//",
    "＜svg onload=r(54)＞",
    "<\u200bsvg onload=r(55)>",
    "&lt;svg onload=r(56)&gt;",
    "&#60;svg onload=r(57)&#62;",
    "%3Csvg%20onload=r(58)%3E",
    "<x onclick=r(59)>x",
]
TYPED_BY_NOBODY = {  # the register writes these itself
    *("SignInBrake", "StaffSession", "StaffDesk", "SettledQuestion", "LoadedFixture", "ContentChange", "StoredVersion"),
    *("PendingChange", "SheetImport"),  # made by what people hand in and send, see `World`
}
NOT_WRITTEN = {  # why a column of text holds none of them
    "slug": "an address word: letters, figures and hyphens",
    "wikidata": "Q and figures",
    "delivery_address": "of letters, figures and hyphens",
    "language": "a code of two letters, or shorter than any of them",
    "language_own": "shorter than any of them",
    "letter": "one letter",
    "currency": "three letters",
    "end_reason": "one of three words, written by the register",
    "page": "an address of the register, checked by the form of reports",
    "about": "a reference",
    "sender": "a digest",
    "provider": "a digest",
    "digest": "a digest",
    "columns": "a digest",
}


def models_with_texts():
    """The models in which people write."""
    return [model for model in models_of_the_house() if model.__name__ not in TYPED_BY_NOBODY and texts_of(model)]


def filled_with_payloads(records):
    """{model: its records}, in which each column of text holds each of `PAYLOADS` that may stand in it."""
    return {model: _fill(model, records) for model in models_with_texts()}


def texts_of(model):
    """{name of a column: the texts in which all payloads stand that fit into it}."""
    found = {field.name: portions(field) for field in model._meta.concrete_fields if _is_text(field)}
    return {name: texts for name, texts in found.items() if texts}


def columns_without(model):
    """The columns of text of a model into which nothing goes, without the language."""
    return {base_of(field.name) for field in model._meta.concrete_fields if _is_text(field) and not portions(field)}


def _is_text(field):
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
    is_other = isinstance(field, ComputedField | PartialDateField | CountryField)
    return is_text and not is_other and not hasattr(field.model, f"{field.name}_pl")


def base_of(name):
    """The name of a column without its language: "name" of "name_pl"."""
    return name.removesuffix("_pl").removesuffix("_en")


def portions(field):
    """Texts of the length of a field in which all payloads stand that are valid in it."""
    if isinstance(field, ProseField):
        return ["".join(f"<div>{sanitize(with_references(payload))}</div>" for payload in PAYLOADS)]
    if isinstance(field, models.EmailField | models.URLField):
        pattern = '"{}"@example.org' if isinstance(field, models.EmailField) else 'https://example.org/?"{}'
        return [text for text in map(pattern.format, PAYLOADS) if _is_valid(field, text)]
    texts = [payload for payload in PAYLOADS if _is_valid(field, payload)]
    return packed(texts, field.max_length or 100_000)


def _is_valid(field, text):
    try:
        field.run_validators(text)
    except ValidationError:
        return False
    return field.name not in NOT_WRITTEN


def packed(texts, length):
    """The texts in as few as hold them, one after the other."""
    packed = []
    for text in sorted(texts, key=len, reverse=True):
        place = next((n for n, other in enumerate(packed) if len(other) + len(text) < length), None)
        if place is None:
            packed.append(text)
        else:
            packed[place] += f" {text}"
    return packed


def _fill(model, records):
    """The record of a model with the first text in each column, then others with the next."""
    columns = texts_of(model)
    others = range(1, max(map(len, columns.values())))
    filled = [records[model], *(_another(model, records, number) for number in others)]
    for number, record in enumerate(filled):
        write(record, columns, number)
    return filled


def write(record, columns, number):
    """Writes into each column its next text, another one into each, the same into both languages, until all were."""
    bases = [*dict.fromkeys(map(base_of, columns))]
    for name, texts in columns.items():
        if number < len(texts):
            setattr(record, name, texts[(number + bases.index(base_of(name))) % len(texts)])
    record.save()


def _another(model, records, number):
    """One more record of a model; if it must be the only one of what it points to, of new ones of those."""
    others = dict(records)
    for field in [None, *(field for field in model._meta.concrete_fields if field.is_relation)]:
        if field is not None and field.related_model in records:
            others[field.related_model] = make_published(field.related_model, records)
        try:
            with transaction.atomic():
                return make_published(model, others, f"Jawne {number}")
        except (IntegrityError, ValidationError) as error:
            refused = error
    raise refused


def has_page(record):
    return is_public(type(record)) and hasattr(record, "get_absolute_url")
