"""The list of agreements says how each stands today, is sorted by it and narrowed down to it."""

import pytest

from partners.models import Agreement, AgreementLink
from tests.partners.factories import AgreementFactory
from tests.staff import page_of, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def agreements(db):
    AgreementFactory(number=1, signed_on="1995-10-23", term="not-recorded")
    AgreementFactory(number=2, signed_on="1990", term="fixed", valid_until="1995")
    AgreementFactory(number=3, signed_on=None)
    later = AgreementFactory(number=4, signed_on="2001", publication="draft")
    AgreementLink.objects.create(agreement=later, verb="follows", earlier=Agreement.objects.get(number=1))


def listed(client, query="", language="en"):
    return client.get(page_of(Agreement, "changelist", language) + query)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["in force", "presumed", "expired", "status not known"]),
        ("pl", ["w mocy", "domniemane", "okres upłynął"]),
    ],
)
def test_each_line_begins_with_date_status_and_publication(client, agreements, language, words):
    sign_in(client, "reader")
    page = listed(client, "?o=4", language).content.decode()
    assert [word for word in words if word not in page] == []
    heads = [page.index(f'class="sortable column-{name}') for name in ("signed_on", "status", "publication", "number")]
    assert heads == sorted(heads)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("?status=in-force", {1, 4}),
        ("?status=expired", {2}),
        ("?status=unknown", {3}),
        ("?status=nonsense", {1, 2, 3, 4}),
        ("?status=%00", {1, 2, 3, 4}),
        ("?status=in-force&publication__exact=draft", {4}),
        ("?status=in-force&_facets=True", {1, 4}),
    ],
)
def test_it_is_narrowed_down_to_a_status(client, agreements, query, numbers):
    sign_in(client, "reader")
    client.raise_request_exception = False
    response = listed(client, query)
    if response.status_code == 200:
        assert {agreement.number for agreement in response.context["cl"].result_list} == numbers
    assert response.status_code < 500


@pytest.mark.parametrize(("query", "numbers"), [("?o=1.3", [2, 1, 4, 3]), ("?o=-1.-3", [3, 4, 1, 2])])
def test_it_is_sorted_by_status(client, agreements, query, numbers):
    sign_in(client, "reader")
    assert [agreement.number for agreement in listed(client, query).context["cl"].result_list] == numbers


def test_the_latest_stand_first_and_those_without_a_date_last(client, agreements):
    sign_in(client, "reader")
    assert [agreement.number for agreement in listed(client).context["cl"].result_list] == [4, 1, 2, 3]


def test_what_leads_to_the_form_is_number_and_title(client, agreements):
    sign_in(client, "reader")
    page = listed(client).content.decode()
    form = page_of(Agreement.objects.get(number=1), "change")
    assert page.count(f'href="{form}"') == 2


def test_actions_and_sheets_work_with_statuses_in_the_list(client, agreements):
    sign_in(client, "editor")
    draft = Agreement.objects.get(number=4)
    data = {"action": "publish", "_selected_action": [draft.pk]}
    assert client.post(page_of(Agreement, "changelist") + "?status=in-force&o=2", data).status_code == 302
    draft.refresh_from_db()
    assert draft.publication == "in-review"
    sheet = client.get("/en/admin/partners/agreement/sheet/csv/?status=expired&o=2")
    assert "1990" in b"".join(sheet).decode()
