"""What follows from memberships as their form has them: whether they count today, how that is known, the fee due."""

from uuid import uuid4

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from krakow_intl.core.admin.computed import store_rows
from krakow_intl.core.dates import format_period
from krakow_intl.core.display import money
from organizations.models import Membership, Organization
from partners.labels import basis_label


def of_memberships(organization, formsets):
    """[(of when, sentence)] of the memberships, to be called in a rehearsal: rows that can be read are stored."""
    tried = Organization.objects.filter(pk=organization.pk).first() if organization.pk else _made_up()
    for formset in formsets:
        if formset.model is Membership:
            store_rows(formset, tried)
    today = localdate()
    memberships = Membership.objects.filter(organization=tried).with_basis(today).order_by("since", "pk")
    valid = {*Membership.objects.filter(organization=tried).valid(today).values_list("pk", flat=True)}
    return [(_period(each), _sentence(each, each.pk in valid, today)) for each in memberships]


def _made_up():
    organization = Organization(slug=uuid4().hex)
    organization.save()
    return organization


def _period(membership):
    return format_period(membership.since, membership.until) or _("Membership without dates")


def _sentence(membership, is_valid, today):
    basis = basis_label(membership.basis)
    words = [_standing(membership, is_valid, today), *([str(basis.words)] if basis else [])]
    sentence = f"{', '.join(words)}."
    if not (is_valid and membership.fee):
        return sentence
    fee = _("Fee for %(year)s: %(fee)s.") % {
        "year": today.year,
        "fee": money(membership.fee, membership.currency or "PLN"),
    }
    return f"{sentence} {fee}"


def _standing(membership, is_valid, today):
    if is_valid:
        return _("Kraków is a member")
    if membership.since and membership.since.first_day > today:
        return _("Kraków is not a member yet")
    return _("Kraków is not a member any more")
