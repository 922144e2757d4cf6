"""A record is picked in the form of another without scripts too: from a list, or by a search that stores nothing."""

import re

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile

from krakow_intl.core.admin import choosing
from partners.models import Agreement, Institution, PartnerCity
from tests.partners.factories import AgreementFactory, CityFactory, InstitutionFactory
from tests.records import make_world
from tests.staff import account, page_of, sign_in, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PICKING = {
    model: pages.autocomplete_fields
    for model, pages in admin.site._registry.items()
    if getattr(pages, "autocomplete_fields", ())
}


def options_of(page, name):
    """[(key, label)] of a list in a page."""
    # a list of options: '<select name="city" id="id_city"> ... </select>'
    inside = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)[0]
    # an option of a list: '<option value="5" selected>Lviv</option>'
    return re.findall(r'<option value="(\d*)"[^>]*>([^<]*)</option>', inside)


def selected_in(page, name):
    """The label of what is chosen in a list."""
    # what is chosen: '<option value="5" selected>Lviv</option>'
    return re.findall(r"<option[^>]* selected>([^<]*)", page.split(f'<select name="{name}"')[1].split("</select>")[0])[
        0
    ]


def test_every_field_that_picks_a_record_lists_them(client):
    world = make_world()
    sign_in(client, "superuser")
    wrong = []
    for model, fields in PICKING.items():
        page = client.get(page_of(model, "add")).content.decode()
        for field in fields:
            record = world[model._meta.get_field(field).related_model]
            keys = [key for key, _label in options_of(page, field)]
            if str(record.pk) not in keys or keys[0] != "":
                wrong.append((model._meta.label, field, keys))
    assert PICKING
    assert wrong == []


def test_rows_list_them_too_and_nothing_is_chosen_for_a_person(client):
    agreement = AgreementFactory(title_en="Treaty", number=7)
    sign_in(client, "editor")
    page = client.get(page_of(Agreement, "add")).content.decode()
    for name in ("city", "parties-0-city", "links-0-earlier"):
        assert len(options_of(page, name)) == 2
        assert selected_in(page, name) == "—"
    assert options_of(page, "links-0-earlier")[1] == (
        str(agreement.pk),
        f"{agreement.city.name_en} · {agreement.signed_on} · Treaty · no. 7",
    )


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(choosing, "MAX_LISTED", 3)
    return [CityFactory(name_en=f"City {letter}", name_pl=f"Miasto {letter}") for letter in "ABCDEFGH"]


def test_a_long_list_is_cut_and_searched_without_loss_and_nothing_is_stored(client, many):
    sign_in(client, "editor")
    page = client.get(page_of(Agreement, "add"))
    assert [label for _key, label in options_of(page.content.decode(), "city")] == ["—", "City A", "City B", "City C"]
    sent = typed(page) | {"title_pl": "Umowa o <b>", "parties-0-name_pl": "Miasto", "city-find-text": "city g"}
    response = client.post(page_of(Agreement, "add"), sent)
    shown = response.content.decode()
    assert response.status_code == 200
    assert not Agreement.objects.exists()
    assert f'<option value="{many[6].pk}" selected>City G</option>' in shown
    assert (typed(response)["title_pl"], typed(response)["parties-0-name_pl"]) == ("Umowa o <b>", "Miasto")
    assert "errorlist" not in shown
    assert "errornote" not in shown
    assert typed(response)["city-find-text"] == ""


def test_a_long_list_is_turned_page_by_page(client, many):
    sign_in(client, "editor")
    address = page_of(Agreement, "add")
    sent = typed(client.get(address)) | {"city-find-text": "miasto"}
    first = client.post(address, sent).content.decode()
    assert 'name="city-turn-page" value="2 miasto"' in first
    second = client.post(address, sent | {"city-find-text": "", "city-turn-page": "2 miasto"}).content.decode()
    assert [label for _key, label in options_of(second, "city")] == ["—", "City D", "City E", "City F"]
    last = client.post(address, sent | {"city-find-text": "", "city-turn-page": "3 miasto"}).content.decode()
    assert [label for _key, label in options_of(last, "city")] == ["—", "City G", "City H"]
    assert 'value="4 miasto"' not in last


def test_what_was_picked_stays_in_the_list_whatever_is_looked_for(client, many):
    agreement = AgreementFactory(city=many[7], publication="draft")
    sign_in(client, "editor")
    page = client.get(page_of(agreement, "change"))
    assert f'<option value="{many[7].pk}" selected>City H</option>' in page.content.decode()
    sent = typed(page) | {"city-find-text": "nowhere"}
    shown = client.post(page_of(agreement, "change"), sent).content.decode()
    assert "Nothing was found for “nowhere”" in shown
    assert f'<option value="{many[7].pk}" selected>City H</option>' in shown


@pytest.mark.parametrize(
    "sent",
    [
        {"city-turn-page": "9" * 40},
        {"city-turn-page": "-1 x"},
        {"city-turn-page": "²"},
        {"city-turn-page": "0"},
        {"city-find-text": "x" * 5000},
        {"city-find-text": "[(*", "city": "abc"},
        {"city-find-text": "a", "city": "9" * 30},
        {"nonsense-find-text": "a"},
        {"city-find-text": "a", "signed_on": "31.02.1991", "number": "x"},
    ],
)
def test_odd_searches_never_break_a_form(client, many, sent):
    sign_in(client, "editor")
    client.raise_request_exception = False
    address = page_of(Agreement, "add")
    assert client.post(address, typed(client.get(address)) | sent).status_code == 200
    assert not Agreement.objects.exists()


def test_a_search_neither_changes_nor_hands_in_what_is_public(client, many):
    agreement = AgreementFactory(city=many[0])
    sign_in(client, "editor")
    address = page_of(agreement, "change")
    sent = typed(client.get(address)) | {"title_en": "Other", "change_reason": "why", "city-find-text": "city"}
    response = client.post(address, sent)
    agreement.refresh_from_db()
    assert (response.status_code, agreement.title_en == "Other", typed(response)["title_en"]) == (200, False, "Other")


def test_who_sees_none_of_a_kind_is_offered_none(client, many):
    clerk = account("reader")
    clerk.groups.clear()
    for right in ("view_institution", "add_institution", "change_institution"):
        clerk.user_permissions.add(_right(right))
    client.force_login(clerk)
    page = client.get(page_of(Institution, "add")).content.decode()
    assert options_of(page, "city") == [("", "—")]
    assert "City A" not in page
    found = client.post(page_of(Institution, "add"), {"city-find-text": "city a"}).content.decode()
    assert "City A" not in found


def _right(codename):
    from django.contrib.auth.models import Permission

    return Permission.objects.get(codename=codename)


def test_files_that_a_browser_does_not_keep_are_named(client, many):
    sign_in(client, "editor")
    address = page_of(Agreement, "add")
    scan = SimpleUploadedFile("umowa.pdf", b"%PDF-1.7\n%%EOF")
    sent = typed(client.get(address)) | {"city-find-text": "city", "documents-0-file": scan}
    assert "choose them once more (umowa.pdf)" in client.post(address, sent).content.decode()


def test_a_form_asks_for_each_kind_once_however_many_rows_it_has(client, django_assert_max_num_queries):
    agreement = AgreementFactory(publication="draft")
    sign_in(client, "superuser")
    for number in range(5):
        InstitutionFactory(name_en=f"Institution {number}")
    address = page_of(agreement, "change")
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    for number, institution in enumerate(Institution.objects.all()):
        agreement.parties.create(
            side="home", position=number + 1, name_pl="x", name_en="x", institution=institution, city=agreement.city
        )
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_a_deleted_record_in_a_form_that_is_shown_again_breaks_nothing(client):
    city = CityFactory()
    sign_in(client, "editor")
    address = page_of(Agreement, "add")
    sent = typed(client.get(address)) | {"city": str(city.pk)}
    PartnerCity.objects.all().delete()
    assert client.post(address, sent).status_code == 200
