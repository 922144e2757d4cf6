"""What visitors report lies before staff; what was set apart lies apart, and is moved or deleted by the heap."""

import pytest

from krakow_intl.models import VisitorReport
from tests.staff import page_of, sign_in, typed

pytestmark = pytest.mark.django_db
LIST = page_of(VisitorReport, "changelist")


@pytest.fixture
def reports():
    VisitorReport.objects.bulk_create(VisitorReport(text=f"seen {number}", digest=f"s{number}") for number in range(2))
    VisitorReport.objects.bulk_create(
        VisitorReport(text=f"apart {number}", digest=f"a{number}", is_set_apart=True) for number in range(3)
    )


def texts(response):
    return sorted(report.text for report in response.context["cl"].result_list)


def agreement(client, action, address=LIST + "?set_apart=yes", **data):
    keys = VisitorReport.objects.set_apart().values_list("pk", flat=True)
    return client.post(address, {"action": action, "_selected_action": [*keys]} | data)


def confirmed(client, page, address=LIST + "?set_apart=yes"):
    """What comes of the button on the page that asks whether to delete."""
    names = ("keys", "select_across", "newest")
    keys, select_across, newest = (page.context[name] for name in names)
    data = {"_selected_action": keys, "select_across": select_across, "newest": newest, "action": "delete_selected"}
    return client.post(address, data, follow=True)


def test_the_list_shows_what_was_not_set_apart_and_says_how_much_was(client, reports):
    page = sign_in(client, "editor").get(LIST)
    assert texts(page) == ["seen 0", "seen 1"]
    assert '<a href="?set_apart=yes">3 reports wait set apart.</a>' in page.content.decode()


def test_where_nothing_was_set_apart_nothing_is_said_of_it(client):
    assert (
        'set_apart=yes">' not in sign_in(client, "editor").get(LIST).content.decode().partition("changelist-filter")[0]
    )


@pytest.mark.parametrize(("value", "count"), [("yes", 3), ("all", 5), ("nonsense", 2), ("", 2)])
def test_what_was_set_apart_is_a_list_of_its_own(client, reports, value, count):
    page = sign_in(client, "editor").get(LIST, {"set_apart": value})
    assert len(texts(page)) == count


def test_the_first_page_tells_what_waits_where(client, reports):
    page = sign_in(client, "editor").get("/en/admin/").content.decode()
    assert "2 reports from the public wait for an answer." in page
    assert f'<a href="{LIST}?set_apart=yes">3 reports wait set apart.</a>' in page


def test_what_was_set_apart_by_mistake_is_moved_back(client, reports):
    sign_in(client, "editor", username="anna")
    first = VisitorReport.objects.set_apart().order_by("pk").first()
    agreement(client, "move_back", _selected_action=[first.pk])
    first.refresh_from_db()
    assert (first.is_set_apart, first.version, VisitorReport.objects.set_apart().count()) == (False, 2, 2)
    assert first.history.get().history_user.username == "anna"


def test_a_single_report_is_moved_in_its_form(client, reports):
    address = page_of(first := VisitorReport.objects.set_apart().first(), "change")
    data = typed(sign_in(client, "editor").get(address))
    assert data.pop("is_set_apart") == ["on"]
    client.post(address, data)
    first.refresh_from_db()
    assert first.is_set_apart is False


def test_who_may_not_delete_may_not_delete_many(client, reports):
    sign_in(client, "editor")
    assert "delete_selected" not in client.get(LIST).content.decode()
    agreement(client, "delete_selected", newest="99999")
    assert VisitorReport.objects.count() == 5


def test_deleting_is_asked_once_more_and_takes_what_was_selected(client, reports):
    sign_in(client, "administrator")
    chosen = [*VisitorReport.objects.set_apart().values_list("pk", flat=True)[:2]]
    page = agreement(client, "delete_selected", _selected_action=chosen)
    assert "2 reports will be deleted for good." in page.content.decode()
    assert VisitorReport.objects.count() == 5
    assert "2 reports were deleted." in confirmed(client, page).content.decode()
    assert VisitorReport.objects.set_apart().count() == 1


def test_a_whole_heap_is_deleted_at_once_but_not_what_came_in_meanwhile(client, reports):
    VisitorReport.objects.bulk_create(VisitorReport(text="x", digest=f"x{n}", is_set_apart=True) for n in range(1100))
    sign_in(client, "administrator")
    page = agreement(client, "delete_selected", _selected_action=["1"], select_across="1")
    assert "1103 reports will be deleted for good." in page.content.decode().replace(",", "").replace("\xa0", "")
    VisitorReport.objects.create(text="meanwhile", digest="m", is_set_apart=True)
    confirmed(client, page)
    assert sorted(VisitorReport.objects.values_list("text", flat=True)) == ["meanwhile", "seen 0", "seen 1"]


@pytest.mark.parametrize("newest", ["abc", "-1", "٣", "9" * 30, "\x00"])
def test_an_odd_number_deletes_nothing(client, reports, newest):
    sign_in(client, "administrator")
    assert agreement(client, "delete_selected", newest=newest).status_code == 200
    assert VisitorReport.objects.count() == 5
