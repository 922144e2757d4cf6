"""No number of the register is negative, and nothing was checked or done on a day that is still to come."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core.records import Record
from organizations.models import Membership
from programme.models import Figure
from programme.sourced import Sourced
from tests.lists import page_of as list_of
from tests.lists import plan_of
from tests.organizations.factories import MembershipFactory
from tests.partners.factories import AssessmentFactory, BenefitFactory
from tests.records import models_of_the_house
from tests.staff import page_of, typed

MODELS = [model for model in models_of_the_house() if issubclass(model, Record)]
BELOW_ZERO_BY_NATURE = {("PartnerCity", "latitude"), ("PartnerCity", "longitude")}
NUMBERS = [
    (model, field.name)
    for model in MODELS
    for field in model._meta.concrete_fields
    if isinstance(field, models.IntegerField | models.DecimalField | models.FloatField) and field.editable
    if not field.primary_key
]
DAYS = [
    *((model, "verified_on") for model in MODELS if issubclass(model, Sourced)),
    *((model, name) for model in MODELS for name in model.done_on),
]
TOMORROW = timezone.localdate() + timedelta(days=1)


def label(value):
    return value._meta.label if isinstance(value, type) else str(value)


def faults(record):
    """The names of the fields that are refused."""
    try:
        record.clean_fields(exclude=[field.name for field in record._meta.concrete_fields if field.is_relation])
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize(("model", "name"), NUMBERS, ids=label)
def test_a_negative_number_is_refused_at_its_field(model, name):
    assert (name in faults(model(**{name: -1}))) is ((model.__name__, name) not in BELOW_ZERO_BY_NATURE)
    assert name not in faults(model(**{name: 1}))


@pytest.mark.parametrize(("model", "name"), DAYS, ids=label)
def test_a_check_or_a_deed_of_tomorrow_is_refused_at_its_field(model, name):
    assert name in faults(model(**{name: TOMORROW}))
    assert name not in faults(model(**{name: timezone.localdate()}))


WRITTEN_DAYS = [
    (model, field.name)
    for model in MODELS
    for field in model._meta.concrete_fields
    if type(field) is models.DateField and field.editable
]


@pytest.mark.parametrize(("model", "name"), WRITTEN_DAYS, ids=label)
@pytest.mark.parametrize("year", [206, 9999])
def test_a_year_that_nobody_means_is_refused_at_its_field(model, name, year):
    assert name in faults(model(**{name: date(year, 1, 1)}))


def test_every_number_that_people_write_was_looked_at():
    assert {(Membership, "fee"), (Figure, "value")} <= {*NUMBERS}


@pytest.mark.django_db
def test_a_form_says_it_at_the_field_of_the_record_and_of_the_row(editor):
    gift, membership = BenefitFactory(publication="draft"), MembershipFactory(publication="draft")
    page = page_of(gift, "change")
    response = editor.post(page, typed(editor.get(page), quantity="-3", verified_on=TOMORROW.isoformat()))
    assert response.context["adminform"].form.errors.keys() == {"quantity", "verified_on"}
    page = page_of(membership.organization, "change")
    values = {"memberships-0-fee": "-0.01", "memberships-0-currency": "EUR"}
    response = editor.post(page, typed(editor.get(page)) | values)
    row = response.context["inline_admin_formsets"][0].formset.forms[0]
    assert row.errors.keys() == {"fee"}


@pytest.mark.django_db
def test_a_number_that_is_negative_already_is_no_reason_to_refuse_another_field():
    assessment = AssessmentFactory()
    assessment.assessed_on = TOMORROW
    assessment.clean_fields(exclude=["assessed_on"])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value", "words"),
    [("Yearly fee", -3, "cannot be negative"), ("Verified on", TOMORROW, "still to come")],
)
def test_a_list_that_is_brought_in_is_refused_it_in_its_row(column, value, words):
    membership = MembershipFactory(organization__slug="owhc", since="1995", fee=None, currency="")
    with override("en"):
        rows = list_of("memberships")
        rows[1][rows[0].index(column)] = value
        plan = plan_of("memberships", rows)
        assert any(words in str(message.text) for message in plan.messages), [str(m.text) for m in plan.messages]
    assert not plan.written
    membership.refresh_from_db()
    assert (membership.fee, membership.verified_on) == (None, None)
