import pytest
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from partners.labels import mark_label, relation_label, status_label
from partners.models import Relation
from partners.terms import Mark, Status
from tests.templates import render_macro


@pytest.mark.parametrize("status", Status)
def test_every_status_has_its_words_and_its_shape(status):
    html = render_macro("components/badges.html", "status(code)", "pl", code=status.value)
    assert f'class="badge badge--{status.value}"' in html
    assert f"{status_label(status).shape}</svg>{status_label(status).words}" in html


@pytest.mark.parametrize("relation", [*Relation.values, "", "not-yet"])
def test_every_relation_has_its_words_its_shape_and_a_heading(relation):
    html = render_macro("components/badges.html", "relation(code, count=4)", "pl", code=relation)
    assert f"badge--{relation or 'no-agreement'}" in html
    assert str(relation_label(relation).words) in html
    assert str(relation_label(relation).heading)


def test_no_status_is_one_that_is_not_known():
    assert status_label("") == status_label(Status.UNKNOWN)
    assert "status not known" in render_macro("components/badges.html", "status('')")


@pytest.mark.parametrize("mark", Mark)
def test_every_mark_has_its_words_its_shape_and_the_day_to_which_it_leads(mark):
    html = render_macro("components/badges.html", "mark(code, day)", "en", code=mark.value, day=PartialDate("2027-01"))
    assert f'class="badge badge--{mark.value}"' in html
    with override("en"):
        assert f"{mark_label(mark).shape}</svg>{mark_label(mark).words}" in html
    assert "in force until January 2027" in html.replace("\xa0", " ")
    assert "in force" not in render_macro("components/badges.html", "mark(code)", "en", code=mark.value)


def test_nothing_stands_beside_an_agreement_that_is_not_to_end():
    assert mark_label(None) is None
