"""What follows from an agreement as its form has it: for itself, for what it is linked to, for the city."""

from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from krakow_intl.core.admin.computed import store_rows, unread
from krakow_intl.core.records import Publication
from partners.aftermath import linked_to, relation_of, standing_of
from partners.models import Agreement

OF_THE_SENTENCE = (  # what the sentence is made of
    *("city", "kind", "level", "establishes", "title_pl", "title_en", "source", "verified_on"),
    *("signed_on", "term", "valid_from", "valid_until", "term_months", "renewal_months", "notice_months"),
)
ROWS = ("events", "links")
WITHOUT_A_CITY = gettext_lazy("Choose the city: the register then says how the agreement stands.")


def of_agreement(form, formsets):
    """[(of what, sentence)], to be called in a rehearsal: the agreement is stored for it as far as it can be read."""
    agreement = _tried(form)
    if agreement.city_id is None:
        return [("", str(WITHOUT_A_CITY))]
    keys = {agreement.pk} - {None} | _earlier(formsets)
    before = _others(agreement, keys)
    if form.is_bound:
        _store(agreement, formsets)
    own = [("", sentence) for _heading, sentence in standing_of([agreement.pk]).values()]
    after = _others(agreement, keys)
    changed = [(name, sentence) for name, sentence in after.items() if before.get(name) != sentence]
    return [*own, *unread(form, OF_THE_SENTENCE), *_unread_rows(formsets), *changed]


def _store(agreement, formsets):
    agreement.save()
    for formset in formsets:
        if formset.prefix in ROWS:
            store_rows(formset, agreement)


def _tried(form):
    """A copy of what a form holds, as it would be once it is public; what it lacks to be stored is made up."""
    agreement = Agreement.objects.filter(pk=form.instance.pk).first() or Agreement(slug=uuid4().hex)
    for name in OF_THE_SENTENCE:
        if name not in form.errors:
            attname = Agreement._meta.get_field(name).attname
            setattr(agreement, attname, getattr(form.instance, attname))
    if agreement.publication != Publication.ARCHIVED:
        agreement.publication = Publication.PUBLISHED
    return agreement


def _earlier(formsets):
    rows = (form.instance for formset in formsets if formset.prefix == "links" for form in formset.forms)
    return {row.earlier_id for row in rows} - {None}


def _others(agreement, keys):
    """{agreement or city: how it stands} of what an agreement and others are linked to, without itself."""
    linked = linked_to(keys | ({agreement.pk} - {None}))
    return dict(standing_of((keys | linked) - {agreement.pk}).values()) | relation_of([agreement.city_id])


def _unread_rows(formsets):
    rows = [form for formset in formsets if formset.prefix in ROWS and formset.is_bound for form in formset.forms]
    if not any(row.errors for row in rows):
        return []
    return [("", _("An event or a link to an earlier agreement cannot be so, and does not count yet."))]


def of_city(record):
    """The relation of a city that is stored, and whether its department is one because the sources name none."""
    told = [*relation_of([record.pk]).values()] if record.pk else []
    if record.department and record.department.is_general:
        told.append(_("Its department is the general one, for the sources name none."))
    return [("", sentence) for sentence in told]
