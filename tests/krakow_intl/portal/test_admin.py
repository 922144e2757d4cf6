"""What visitors report lies before staff; what was set apart lies apart, and is moved or deleted by the heap."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from django.utils.translation import override

from krakow_intl.core.dates import format_partial_date
from krakow_intl.models import VisitorReport
from tests.partners.factories import CityFactory
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
    assert page.count("/krakow_intl/visitorreport/") > 2
    assert f'href="{LIST}?set_apart=yes">3 reports wait set apart.</a>' in page


def test_what_was_set_apart_by_mistake_is_moved_back(client, reports):
    sign_in(client, "editor", username="anna")
    first = VisitorReport.objects.set_apart().order_by("pk").first()
    agreement(client, "move_back", _selected_action=[first.pk])
    first.refresh_from_db()
    assert (first.is_set_apart, first.version, VisitorReport.objects.set_apart().count()) == (False, 2, 2)
    moved, came_in = first.history.all()
    assert (moved.history_user.username, came_in.history_user, came_in.is_set_apart) == ("anna", None, True)
    assert came_in.history_date == first.received_at


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
    sign_in(client, "reviewer")
    chosen = [*VisitorReport.objects.set_apart().values_list("pk", flat=True)[:2]]
    page = agreement(client, "delete_selected", _selected_action=chosen)
    assert "2 reports will be deleted for good." in page.content.decode()
    assert VisitorReport.objects.count() == 5
    assert "2 reports were deleted." in confirmed(client, page).content.decode()
    assert VisitorReport.objects.set_apart().count() == 1


def test_a_whole_heap_is_deleted_at_once_but_not_what_came_in_meanwhile(client, reports):
    VisitorReport.objects.bulk_create(VisitorReport(text="x", digest=f"x{n}", is_set_apart=True) for n in range(1100))
    sign_in(client, "reviewer")
    page = agreement(client, "delete_selected", _selected_action=["1"], select_across="1")
    assert "1103 reports will be deleted for good." in page.content.decode().replace(",", "").replace("\xa0", "")
    VisitorReport.objects.create(text="meanwhile", digest="m", is_set_apart=True)
    confirmed(client, page)
    assert sorted(VisitorReport.objects.values_list("text", flat=True)) == ["meanwhile", "seen 0", "seen 1"]


@pytest.mark.parametrize("newest", ["abc", "-1", "٣", "9" * 30, "\x00"])
def test_an_odd_number_deletes_nothing(client, reports, newest):
    sign_in(client, "reviewer")
    assert agreement(client, "delete_selected", newest=newest).status_code == 200
    assert VisitorReport.objects.count() == 5


# number, record and due day


def column(page, name):
    """The cells of a column of the list, as they stand there."""
    # a cell: '<td class="field-due">18 May 2026</td>'
    return re.findall(rf'<t[dh] class="field-{name}[^"]*">(.*?)</t[dh]>', page.content.decode(), re.DOTALL)


def test_the_list_links_the_records_by_one_query_a_kind(client, django_assert_max_num_queries):
    lviv, held_back = CityFactory(slug="lviv", name_en="Lviv"), CityFactory(slug="b", name_en="Pécs", held_back=True)
    abouts = ["city:lviv", "city:b", "city:gone", ""] * 5
    VisitorReport.objects.bulk_create(
        VisitorReport(text="x", digest=str(n), about=about, page="/en/about/") for n, about in enumerate(abouts)
    )
    sign_in(client, "editor").get(LIST)
    with django_assert_max_num_queries(12):
        cells = column(client.get(LIST, {"o": "1"}), "subject")
    assert cells[:4] == [
        f'<a href="{page_of(lviv, "change")}">Lviv</a>',
        f'<a href="{page_of(held_back, "change")}">Pécs</a>',
        "city:gone",
        '<a href="/en/about/">/en/about/</a>',
    ]


def test_what_is_overdue_is_marked_and_can_be_listed_alone(client):
    today = localdate()
    days = {"late": today - timedelta(1), "today": today, "far": today + timedelta(8), "none": None}
    for text, day in days.items():
        VisitorReport.objects.create(text=text, digest=text, due_on=day)
    VisitorReport.objects.create(text="done", digest="done", due_on=today - timedelta(9), status="answered")
    VisitorReport.objects.create(text="apart", digest="apart", due_on=today - timedelta(9), is_set_apart=True)
    sign_in(client, "editor")
    assert texts(client.get(LIST, {"due": "overdue"})) == ["late"]
    assert texts(client.get(LIST, {"due": "week"})) == ["today"]
    marked = [cell for cell in column(client.get(LIST), "due") if "overdue" in cell]
    with override("en"):
        assert marked == [f'{format_partial_date(days["late"])} <span class="overdue">overdue</span>']
    assert texts(client.get(LIST, {"o": "4"})) == ["done", "far", "late", "none", "today"]


def test_a_report_is_found_by_its_number_alone(client, reports):
    wanted = VisitorReport.objects.not_set_apart().first()
    sign_in(client, "editor")
    assert texts(client.get(LIST, {"q": f" {wanted.number} "})) == [wanted.text]
    assert texts(client.get(LIST, {"q": "1999" + wanted.number[4:]})) == []
    assert texts(client.get(LIST, {"q": "2026-" + "9" * 18})) == []
