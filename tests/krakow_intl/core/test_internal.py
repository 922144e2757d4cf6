"""What is internal is asked of one declaration, whatever shape the columns come in."""

import pytest
from django.contrib.auth.models import Permission

from krakow_intl.core.internal import columns_for, hidden_columns, internal_columns, may_look_along, may_see
from partners.models import Agreement, Assessment, PartnerCity
from tests.staff import account

pytestmark = pytest.mark.django_db
NAMES = ["title_pl", ("kind", "internal_notes"), ("internal_notes",), "internal_notes"]


def test_columns_keep_their_groups_and_an_empty_group_is_left_out():
    assert columns_for(account("reader"), Agreement, NAMES) == ["title_pl", ("kind",)]
    assert columns_for(account("editor"), Agreement, NAMES) == NAMES


def test_fields_are_told_like_their_names():
    fields = {field.name for field in columns_for(account("reader"), Agreement)}
    assert {field.name for field in columns_for(None, Agreement)} - fields == {"internal_notes"}


@pytest.mark.parametrize(
    ("role", "is_shown"),
    [("reader", False), ("administrator", False), ("editor", True), ("reviewer", True), ("importer", True)],
)
def test_internal_notes_are_for_those_who_write(role, is_shown):
    assert (not hidden_columns(account(role), Agreement)) is is_shown


def test_a_right_that_is_given_to_a_person_alone_counts():
    anna = account("reader")
    anna.user_permissions.add(Permission.objects.get(codename="view_internal_notes"))
    assert hidden_columns(anna, Agreement) == set()


def test_an_internal_text_is_internal_in_both_languages(monkeypatch):
    monkeypatch.setattr(Agreement, "internal_fields", {"summary": "partners.view_internal_notes"})
    assert {"summary", "summary_pl", "summary_en"} == {*internal_columns(Agreement)}
    assert columns_for(account("reader"), Agreement, ["summary_pl", "title_pl"]) == ["title_pl"]


@pytest.mark.parametrize(("role", "may"), [("reader", False), ("importer", False), ("editor", True)])
def test_assessments_are_not_for_everybody(role, may):
    assert may_see(account(role), Assessment) is may
    assert may_see(None, Assessment)


@pytest.mark.parametrize(
    ("model", "path", "may"),
    [
        (Agreement, "internal_notes", False),
        (Agreement, "internal_notes__icontains", False),
        (Agreement, "city__name_pl__contains", True),
        (Agreement, "links__earlier__internal_notes", False),
        (Agreement, "city__assessments__grade", False),
        (PartnerCity, "assessments__isnull", False),
        (PartnerCity, "agreements__internal_notes__regex", False),
        (PartnerCity, "pk__in", True),
        (PartnerCity, "name_pl__length__gt", True),
        (PartnerCity, "nothing__of__this", True),
    ],
)
def test_no_path_leads_to_what_is_not_shown(model, path, may):
    assert may_look_along(account("reader"), model, path) is may
    assert may_look_along(account("superuser"), model, path)
