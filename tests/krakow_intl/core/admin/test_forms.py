"""What happens when two people write in the same record."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from partners.models import CityName, PartnerCity
from tests.partners.factories import CityFactory, CityNameFactory
from tests.staff import account, errors, page_of, sign_in, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]


NUREMBERG = {
    "name_pl": "Norymberga",
    "name_en": "Nuremberg",
    "slug": "nuremberg",
    "country": "DE",
    "latitude": "49.45",
    "longitude": "11.07",
}


@pytest.fixture
def city():
    return CityFactory(
        slug="lodz",
        name_pl="Łódź",
        name_en="Łódź",
        lead_pl="Dawny lead",
        lead_en="The old lead",
        publication="draft",
    )


@pytest.fixture
def address(city):
    return page_of(city, "change")


@pytest.fixture
def two_editors():
    anna = sign_in(Client(), "editor", username="anna", first_name="Anna", last_name="Nowak")
    return anna, sign_in(Client(), "editor", username="jan")


def test_an_editor_changes_a_record_and_its_version_is_counted(client, city, address):
    sign_in(client, "editor")
    response = client.post(address, typed(client.get(address), lead_en="A new lead"))
    assert response.status_code == 302
    city.refresh_from_db()
    assert (city.lead_en, city.version) == ("A new lead", 2)


def test_saving_without_a_change_writes_nothing(client, city, address):
    sign_in(client, "editor")
    assert client.post(address, typed(client.get(address))).status_code == 302
    city.refresh_from_db()
    assert (city.version, city.history.count()) == (1, 1)


def test_the_second_of_two_editors_is_told_who_changed_what(two_editors, city, address):
    anna, jan = two_editors
    hers, his = typed(anna.get(address)), typed(jan.get(address))
    anna.post(address, hers | {"lead_en": "What Anna wrote"})
    response = jan.post(address, his | {"lead_pl": "Co napisał Jan"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Anna Nowak" in page
    assert "What Anna wrote" in page
    assert "Co napisał Jan" in page
    city.refresh_from_db()
    assert (city.lead_pl, city.lead_en) == ("Dawny lead", "What Anna wrote")


def test_saving_again_keeps_what_both_wrote(two_editors, city, address):
    anna, jan = two_editors
    hers, his = typed(anna.get(address)), typed(jan.get(address))
    anna.post(address, hers | {"lead_en": "What Anna wrote", "country": "PL"})
    shown_again = jan.post(address, his | {"lead_pl": "Co napisał Jan"})
    assert jan.post(address, typed(shown_again)).status_code == 302
    city.refresh_from_db()
    assert (city.lead_pl, city.lead_en, city.country) == ("Co napisał Jan", "What Anna wrote", "PL")


def test_where_both_wrote_the_text_typed_last_is_kept_and_shown(two_editors, city, address):
    anna, jan = two_editors
    hers, his = typed(anna.get(address)), typed(jan.get(address))
    anna.post(address, hers | {"lead_en": "What Anna wrote"})
    shown_again = jan.post(address, his | {"lead_en": "What Jan wrote"})
    assert typed(shown_again)["lead_en"] == "What Jan wrote"
    jan.post(address, typed(shown_again))
    city.refresh_from_db()
    assert city.lead_en == "What Jan wrote"


def test_a_form_without_its_version_is_shown_again(client, city, address):
    sign_in(client, "editor")
    response = client.post(address, typed(client.get(address), lead_en="New", opened_version=""))
    assert response.status_code == 200
    assert city.history.count() == 1


def test_rows_count_as_changes_of_their_record(two_editors, city, address):
    anna, jan = two_editors
    hers, his = typed(anna.get(address)), typed(jan.get(address))
    anna.post(address, hers | {"names-0-name": "Litzmannstadt", "names-0-language": "de"})
    response = jan.post(address, his | {"lead_pl": "Co napisał Jan"})
    assert response.status_code == 200
    assert "Litzmannstadt" in response.content.decode()
    assert jan.post(address, typed(response)).status_code == 302
    assert [name.name for name in city.names.all()] == ["Litzmannstadt"]


def test_a_row_that_was_changed_meanwhile_is_not_overwritten(two_editors, city, address):
    row = CityNameFactory(city=city, name="Lodsch")
    anna, jan = two_editors
    hers, his = typed(anna.get(address)), typed(jan.get(address))
    anna.post(address, hers | {"names-0-name": "Lodz"})
    response = jan.post(address, his | {"names-0-kind": CityName.Kind.HISTORIC})
    assert response.status_code == 200
    jan.post(address, typed(response))
    row.refresh_from_db()
    assert (row.name, row.kind) == ("Lodz", CityName.Kind.HISTORIC)


def test_a_row_that_was_removed_meanwhile_is_passed_over(two_editors, city, address):
    for name in ("Lodsch", "Lodz", "Łódź"):
        CityNameFactory(city=city, name=name)
    anna, jan = two_editors
    hers, his = typed(anna.get(address)), typed(jan.get(address))
    anna.post(address, hers | {"names-0-DELETE": "on"})
    response = jan.post(address, his | {"names-0-name": "Litzmannstadt", "names-2-name": "Łodzia"})
    assert response.status_code == 200
    assert "Somebody removed rows" in response.content.decode()
    assert jan.post(address, typed(response)).status_code == 302
    assert sorted(name.name for name in city.names.all()) == ["Lodz", "Łodzia"]


def test_who_writes_in_a_record_that_was_deleted_meanwhile_is_shown_what_he_wrote(client, city, address):
    sign_in(client, "editor")
    data = typed(client.get(address)) | {"lead_en": "A <b>new</b> lead"}
    city.delete()
    response = client.post(address, data)
    assert response.status_code == 410
    assert "A &lt;b&gt;new&lt;/b&gt; lead" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_a_record_that_is_gone_is_said_to_be_gone(client, city, address):
    sign_in(client, "editor")
    city.delete()
    assert "doesn’t exist" in client.get(address, follow=True).content.decode()


def test_sending_the_form_of_a_new_record_twice_makes_one(client):
    sign_in(client, "editor")
    address = page_of(PartnerCity, "add")
    data = typed(client.get(address)) | NUREMBERG
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 200
    assert PartnerCity.objects.count() == 1


def test_two_who_save_the_same_at_the_same_moment_are_told_so(client, monkeypatch):
    """The database refuses the second; looking again finds the first one's record and says what is wrong."""
    sign_in(client, "editor")
    address = page_of(PartnerCity, "add")
    data = typed(client.get(address)) | NUREMBERG
    CityFactory(slug="nuremberg")
    check = PartnerCity.validate_unique
    too_early = lambda *args, **kwargs: monkeypatch.setattr(PartnerCity, "validate_unique", check)  # noqa: E731
    monkeypatch.setattr(PartnerCity, "validate_unique", too_early)
    response = client.post(address, data)
    assert response.status_code == 200
    assert "slug" in response.context["adminform"].form.errors


@pytest.mark.parametrize(
    ("field", "text"),
    [("lead_en", "x" * 100_001), ("description_en", "<p>" + "x" * 100_001 + "</p>"), ("name_pl", "NUL \x00")],
    ids=["too long", "too long prose", "a control character"],
)
def test_what_cannot_be_kept_is_refused_at_its_field(client, address, field, text):
    sign_in(client, "editor")
    response = client.post(address, typed(client.get(address)) | {field: text})
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors


def test_too_many_rows_are_refused_with_a_message(client, address):
    sign_in(client, "editor")
    data = typed(client.get(address)) | {"names-TOTAL_FORMS": "5000"}
    response = client.post(address, data)
    assert response.status_code == 200
    assert "200" in " ".join(map(str, response.context["errors"]))


def test_line_ends_of_a_browser_are_no_change(client, city, address):
    city.lead_pl = "Pierwszy\nDrugi"
    city.save()
    sign_in(client, "editor")
    client.post(address, typed(client.get(address), lead_pl="Pierwszy\r\nDrugi"))
    city.refresh_from_db()
    assert (city.lead_pl, city.version) == ("Pierwszy\nDrugi", 2)


def test_an_account_of_the_same_name_is_made_once(client):
    account("editor", username="anna")
    sign_in(client, "administrator")
    address = page_of(User, "add")
    data = {"username": "anna", "usable_password": "true", "password1": "Twardowski-99", "password2": "Twardowski-99"}
    assert client.post(address, data).status_code == 200


def at_once(*requests):
    """The status codes of requests sent at the same moment."""
    gate = Barrier(len(requests))

    def send(request):
        gate.wait()
        try:
            return request().status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(requests)) as pool:
        return sorted(pool.map(send, requests))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_shown_what_the_other_wrote():
    city = CityFactory(lead_en="The old lead", publication="draft")
    address = page_of(city, "change")
    anna, jan = (sign_in(Client(), "editor", username=name) for name in ("anna", "jan"))
    data = typed(anna.get(address))
    codes = at_once(
        lambda: anna.post(address, data | {"lead_en": "What Anna wrote"}),
        lambda: jan.post(address, data | {"lead_en": "What Jan wrote"}),
    )
    city.refresh_from_db()
    assert (codes, city.version) == ([200, 302], 2)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_the_same_at_once_one_is_told_that_it_exists():
    address = page_of(PartnerCity, "add")
    clients = [sign_in(Client(), "editor", username=name) for name in ("anna", "jan")]
    data = typed(clients[0].get(address)) | NUREMBERG
    codes = at_once(*[lambda client=client: client.post(address, data) for client in clients])
    assert (codes, PartnerCity.objects.count()) == ([200, 302], 1)


def test_a_row_that_somebody_else_added_meanwhile_is_told_and_not_added_twice(editor):
    city = CityFactory(publication="draft")
    page, row = page_of(city, "change"), {"names-0-name": "Lemberg", "names-0-language": "de"}
    opened = typed(editor.get(page))
    editor.post(page, opened | row)
    told = editor.post(page, opened | row)
    again = editor.post(page, typed(told))
    assert [response.status_code for response in (told, again)] == [200, 200]
    assert len(errors(again)) == 1
    assert city.names.count() == 1
    shown = typed(editor.get(page))
    replaced = {"names-0-DELETE": "on", "names-1-name": "Lemberg", "names-1-language": "de"}
    editor.post(page, shown | replaced)
    assert [name.name for name in city.names.all()] == ["Lemberg"]
