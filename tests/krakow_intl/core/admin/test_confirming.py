"""What is odd is said at its field before it is stored, and stored once its writer has ticked that it is so."""

import re

import pytest
from django.utils.translation import override

from krakow_intl.review.models import PendingChange
from krakow_intl.review.trial import rehearse
from organizations.models import Organization
from partners.models import Agreement, AgreementLink, PartnerCity
from programme.models import Department
from tests.organizations.factories import OrganizationFactory
from tests.partners.factories import AgreementFactory, AgreementLinkFactory, CityFactory, CityNameFactory
from tests.programme.factories import DepartmentFactory
from tests.staff import REASON, boxes, page_of, publish_waiting, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock")]  # it is 2026
# what carries a box that was ticked before
CARRIED = re.compile(r'type="hidden" name="confirmed" value="(\w{32})"')


def send(client, record_or_model, ticks=(), **values):
    page = page_of(record_or_model, "add" if isinstance(record_or_model, type) else "change")
    return client.post(page, typed(client.get(page)) | values | {"confirmed": list(ticks)})


def field_errors(response, name):
    return " ".join(map(str, response.context["adminform"].form.errors.get(name, [])))


@pytest.fixture
def draft():
    return AgreementFactory(signed_on="1995-06-10", publication="draft")


def test_it_is_asked_at_the_field_and_nothing_is_stored_or_lost(editor, draft):
    response = send(editor, draft, valid_from="1995-01-01", title_en="A new title")
    assert len(boxes(response)) == 1
    assert "before it was signed" in field_errors(response, "valid_from")
    page = response.content.decode()
    assert "nothing is stored yet" in page
    assert 'value="A new title"' in page
    assert 'href="#id_valid_from"' in page
    assert "Please correct" not in page
    assert "does not count yet" not in page
    draft.refresh_from_db()
    assert (draft.valid_from, draft.version) == (None, 1)


def test_what_is_ticked_is_stored(editor, draft):
    (key,) = boxes(send(editor, draft, valid_from="1995-01-01"))
    assert send(editor, draft, [key], valid_from="1995-01-01").status_code == 302
    draft.refresh_from_db()
    assert draft.valid_from == "1995-01-01"


def test_another_oddity_is_asked_anew_and_what_was_ticked_stays_ticked(editor, draft):
    (key,) = boxes(send(editor, draft, valid_from="1995-01-01"))
    (other,) = boxes(send(editor, draft, [key], valid_from="1994-01-01"))
    assert other != key
    response = send(editor, draft, [key], valid_from="1995-01-01", term="fixed")
    assert key in boxes(response)
    assert len(boxes(response)) == 2
    assert send(editor, draft, boxes(response), valid_from="1995-01-01", term="fixed").status_code == 302


def test_a_tick_of_one_language_holds_in_the_other(editor, draft):
    (key,) = boxes(send(editor, draft, valid_from="1995-01-01"))
    page = page_of(draft, "change", "pl")
    values = typed(editor.get(page)) | {"valid_from": "1995-01-01", "confirmed": [key]}
    assert editor.post(page, values).status_code == 302


def test_a_tick_survives_an_error_elsewhere(editor, draft):
    (key,) = boxes(send(editor, draft, valid_from="1995-01-01"))
    response = send(editor, draft, [key], valid_from="1995-01-01", title_pl="")
    assert CARRIED.findall(response.content.decode()) == [key]
    assert send(editor, draft, [key, "<script>", "0" * 31], title_pl="").content.decode().count("<script>") == 0


def test_what_was_odd_before_is_shown_and_does_not_nag(editor):
    draft = AgreementFactory(signed_on="1995-06-10", valid_from="1995-01-01", publication="draft")
    assert "before it was signed" in editor.get(page_of(draft, "change")).content.decode()
    assert send(editor, draft, title_en="Another title").status_code == 302
    assert len(boxes(send(editor, draft, valid_from="1995-02-01"))) == 1


def test_at_a_row_it_is_asked_there(editor, draft):
    other = AgreementFactory(city=CityFactory(name_en="Vilnius"), number=17)
    values = {"links-0-verb": "replaces", "links-0-earlier": other.pk}
    response = send(editor, draft, **values)
    (key,) = boxes(response)
    formset = next(each.formset for each in response.context["inline_admin_formsets"] if each.formset.prefix == "links")
    assert "filed under another city: Vilnius" in str(formset.forms[0].errors["earlier"])
    assert not AgreementLink.objects.exists()
    assert send(editor, draft, [key], **values).status_code == 302
    assert AgreementLink.objects.get().earlier == other
    assert send(editor, draft, title_en="Another title").status_code == 302


def test_an_event_that_took_effect_before_it_was_taken_is_asked_at_its_row(editor, draft):
    values = {"events-0-kind": "ratified", "events-0-taken_on": "2004-05-06", "events-0-effective_on": "2004-04"}
    response = send(editor, draft, **values)
    formset = next(e.formset for e in response.context["inline_admin_formsets"] if e.formset.prefix == "events")
    assert "taken only" in str(formset.forms[0].errors["effective_on"])
    assert send(editor, draft, boxes(response), **values).status_code == 302


def test_a_new_record_is_asked_about_too(editor):
    city = CityFactory()
    AgreementFactory(city=city, title_pl="Umowa", title_en="Agreement", number=5)
    values = {"title_pl": "Umowa", "title_en": "Another", "city": city.pk, "kind": "other", "slug": ""}
    response = send(editor, Agreement, **values)
    assert "no. 5 with this city has the same title" in field_errors(response, "title_pl")
    assert send(editor, Agreement, boxes(response), **values).status_code == 302


NUREMBERG = {"name_pl": "Norymberga", "name_en": "", "country": "DE", "latitude": "49", "longitude": "11"}


@pytest.mark.parametrize(
    "names",
    [
        {"name_pl": "NORYMBERGA"},
        {"name_en": "norymberga"},
        {"name_own": "Nürnberg"},
        {"name_pl": "Nuernberg", "name_own": "Nurnberg"},
        {"names-0-name": "Norimberga"},
    ],
    ids=str,
)
def test_a_second_city_of_the_same_name_and_country_is_asked_about(editor, names):
    city = CityFactory(name_pl="Norymberga", name_en="Nuremberg", name_own="Nürnberg", country="DE")
    CityNameFactory(city=city, name="Norimberga")
    values = NUREMBERG | {"name_pl": "Inne miasto"} | names
    response = send(editor, PartnerCity, **values)
    assert "is it the same city?" in field_errors(response, "name_pl")
    assert PartnerCity.objects.count() == 1
    assert send(editor, PartnerCity, **values | {"country": "AT"}).status_code == 302
    assert send(editor, PartnerCity, boxes(response), **values).status_code == 302
    assert PartnerCity.objects.count() == 3


def test_what_is_public_is_handed_in_with_its_ticks_and_the_review_page_tells_it(editor):
    agreement = AgreementFactory(signed_on="1995-06-10")
    (key,) = boxes(send(editor, agreement, valid_from="1995-01-01", **REASON))
    assert not PendingChange.objects.exists()
    assert send(editor, agreement, [key], valid_from="1995-01-01", **REASON).status_code == 302
    change = PendingChange.objects.get()
    with override("en"):
        trial = rehearse(change)
    assert trial.errors == []
    assert any("before it was signed" in str(sentence) for sentence in trial.warnings)
    again = editor.get(page_of(agreement, "change") + f"?pending={change.pk}").content.decode()
    assert CARRIED.findall(again) == [key]
    publish_waiting()
    agreement.refresh_from_db()
    assert agreement.valid_from == "1995-01-01"


def test_the_reason_is_asked_after_the_ticks_which_stay(editor):
    agreement = AgreementFactory(signed_on="1995-06-10")
    (key,) = boxes(send(editor, agreement, valid_from="1995-01-01"))
    response = send(editor, agreement, [key], valid_from="1995-01-01")
    assert response.context["adminform"].form.errors.keys() == {"change_reason"}
    assert CARRIED.findall(response.content.decode()) == [key]


def test_of_a_department_and_of_a_date_to_come_it_is_asked_too(editor):
    values = {"name_pl": "Wydział", "name_en": "Department"}
    response = send(editor, Department, **values)
    assert "Nothing tells how to reach it" in field_errors(response, "email")
    assert send(editor, Department, boxes(response), **values).status_code == 302
    department = Department.objects.get()
    assert send(editor, department, name_en="Another name").status_code == 302


def test_what_cannot_be_odd_is_stored_at_once(editor):
    assert send(editor, Organization, name_pl="Liga", name_en="League", slug="league").status_code == 302
    organization = OrganizationFactory(publication="draft")
    assert send(editor, organization, name_en="Another").status_code == 302


def test_in_lists_and_of_public_records_of_old_nothing_is_asked(editor):
    link = AgreementLinkFactory(verb="replaces", agreement__publication="draft", earlier__city=CityFactory())
    assert send(editor, link.agreement, title_en="Another").status_code == 302
    department = DepartmentFactory(publication="draft", email="")
    assert send(editor, department, email="a@example.org").status_code == 302
