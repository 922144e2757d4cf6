"""Where a record cannot be deleted its page names all that points to it, with the way there."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.utils.translation import override

from krakow_intl.core.admin.holders import holders_of
from tests.partners.factories import AgreementFactory, AgreementThemeFactory, CityFactory, ThemeFactory
from tests.records import make_world
from tests.staff import account, page_of, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def bulk(client, *records):
    data = {"action": "delete_selected", "_selected_action": [record.pk for record in records]}
    return client.post(page_of(type(records[0]), "changelist"), data).content.decode()


def single(client, record):
    return client.get(page_of(record, "delete")).content.decode()


@pytest.mark.parametrize("ask", [single, bulk], ids=["its own page", "the list"])
def test_a_record_to_which_others_point_names_and_links_them(client, ask):
    city = CityFactory(publication="draft")
    agreement = AgreementFactory(city=city, publication="draft", title_en="Treaty <of> 1995")
    sign_in(client, "reviewer")
    page = ask(client, city)
    assert "annot delete" in page
    assert f'Agreement: <a href="{page_of(agreement, "change")}">Treaty &lt;of&gt; 1995</a>' in page


@pytest.mark.parametrize("ask", [single, bulk], ids=["its own page", "the list"])
def test_a_row_that_points_to_it_leads_to_the_record_it_is_part_of(client, ask):
    theme = ThemeFactory()
    row = AgreementThemeFactory(theme=theme, agreement__title_en="Treaty")
    sign_in(client, "reviewer")
    page = ask(client, theme)
    assert f'(agreement: <a href="{page_of(row.agreement, "change")}">Treaty</a>)' in page


def test_what_a_person_may_not_see_is_not_named():
    theme = ThemeFactory()
    AgreementThemeFactory(theme=theme, agreement__title_en="Treaty")
    with override("en"):
        told = holders_of([theme], admin.site, User.objects.create_user("nobody"))
    assert len(told) == 1
    assert told[0].endswith("one that you may not see")
    assert "Treaty" not in told[0]


def test_what_nothing_points_to_has_no_holders(client):
    theme = ThemeFactory()
    assert holders_of([theme], admin.site, User()) == holders_of([], admin.site, User()) == []
    sign_in(client, "reviewer")
    assert "Are you sure" in single(client, theme)


def test_every_holder_of_a_record_of_any_model_is_linked_and_its_page_opens(client):
    world = make_world()
    user = account("superuser")
    client.force_login(user)
    faults, asked = [], set()
    for model, record in world.items():
        with override("en"):
            told = holders_of([record], admin.site, user)
        for holder in told:
            # the address in a link: '<a href="/en/admin/partners/agreement/5/change/">Treaty</a>'
            links = set(re.findall(r'href="([^"]+)"', holder))
            faults += [] if links else [(model, holder)]
            faults += [(model, link) for link in links - asked if client.get(link).status_code != 200]
            asked |= links
    assert faults == []
    assert len(asked) > 10


def test_a_city_held_by_many_names_each_of_them_once(client, django_assert_max_num_queries):
    city = CityFactory(publication="draft")
    sign_in(client, "reviewer")
    AgreementFactory(city=city)
    single(client, city)
    with django_assert_max_num_queries(60) as few:
        single(client, city)
    for number in range(20):
        AgreementFactory(city=city, title_en=f"Treaty {number:02}")
    with django_assert_max_num_queries(len(few)):
        page = single(client, city)
    assert [page.count(f">Treaty {number:02}</a>") for number in range(20)] == [1] * 20


def test_rows_that_hold_a_record_ask_for_their_pages_at_once(client, django_assert_max_num_queries):
    theme = ThemeFactory()
    AgreementThemeFactory(theme=theme)
    user = account("superuser")
    holders_of([theme], admin.site, user)
    with django_assert_max_num_queries(10) as few:
        holders_of([theme], admin.site, user)
    for number in range(10):
        AgreementThemeFactory(theme=theme, agreement__title_en=f"Treaty {number}")
    with django_assert_max_num_queries(len(few)):
        assert len(holders_of([theme], admin.site, user)) == 11
