from datetime import date

import pytest
from django.core.paginator import Paginator
from django.test import Client

from krakow_intl.core.links import lasting_address
from partners.models import PartnerCity
from tests.templates import render, render_macro

HEADER = '{% include "layout/header.html" %}'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ url_on(city) }}", "/en/partner-cities/lviv/?on=2006-04-30"),
        ('{{ url_on("partners:city_list") }}', "/en/partner-cities/?on=2006-04-30"),
        ('{{ url_on("partners:city_detail", "kyiv") }}', "/en/partner-cities/kyiv/?on=2006-04-30"),
        ('{{ url_on("search", q="a&b", page="") }}', "/en/search/?on=2006-04-30&amp;q=a%26b"),
        ("{{ link(city) }}", '<a href="/en/partner-cities/lviv/?on=2006-04-30">Lviv</a>'),
        ("{{ link(city, words) }}", '<a href="/en/partner-cities/lviv/?on=2006-04-30">a &lt;city&gt;</a>'),
        ("{{ day_fields() }}", '<input type="hidden" name="on" value="2006-04-30">'),
    ],
)
def test_links_and_forms_keep_the_day(rf, source, expected):
    city = PartnerCity(slug="lviv", name_pl="Lwów", name_en="Lviv")
    assert render(source, request=rf.get("/en/", {"on": "2006-04-30"}), city=city, words="a <city>") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{{ url_on("search", q="a") }}', "/en/search/?q=a"),
        ('{{ url_on("search") }}', "/en/search/"),
        ("{{ day_fields() }}", ""),
    ],
)
def test_today_needs_no_query(rf, source, expected):
    assert render(source, request=rf.get("/en/"), city=None) == expected


def test_a_component_included_alone_keeps_the_day_too(rf):
    request = rf.get("/en/", {"on": "2006-04-30"})
    html = render_macro("components/forms.html", "search_form()", request=request)
    assert '<input type="hidden" name="on" value="2006-04-30">' in html


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/en/partner-cities/lviv/?on=2006-04-30", "/pl/miasta-partnerskie/lviv/?on=2006-04-30"),
        ("/en/search/?q=L%27viv%20%26%20more&page=2", "/pl/szukaj/?q=L%27viv%20%26%20more&amp;page=2"),
        ("/en/no-such-page/", "/pl/"),
        ("/nowhere/", "/pl/"),
        ("//evil.example/", "/pl/"),
    ],
)
def test_the_language_switch_keeps_the_page_and_its_query(rf, address, other):
    html = render(HEADER, request=rf.get(address))
    assert f'<a href="{other}" lang="pl" hreflang="pl">polski</a>' in html
    assert '<span lang="en" aria-current="true">English</span>' in html


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/en/compare/?city=lviv&city=s%C3%A8te&on=2006-04-30", "?miasto=lviv&amp;miasto=s%C3%A8te&amp;on=2006-04-30"),
        ("/en/compare/?miasto=lviv&city=kyiv", "?miasto=lviv&amp;miasto=kyiv"),
        ("/en/compare/?on=2006-04-30", "?on=2006-04-30"),
        ("/en/compare/", ""),
    ],
)
def test_the_language_switch_names_a_parameter_as_the_language_does(rf, address, other):
    html = render(HEADER, request=rf.get(address), parameter_names={"pl": "miasto", "en": "city"})
    assert f'<a href="/pl/porownanie/{other}" lang="pl" hreflang="pl">polski</a>' in html


def test_without_a_request_the_language_switch_leads_home():
    assert '<a href="/pl/" lang="pl" hreflang="pl">' in render(HEADER)


def test_the_navigation_marks_where_the_reader_is(rf):
    html = render(HEADER, request=rf.get("/en/partner-cities/lviv/", {"on": "2006-04-30"}))
    assert '<a href="/en/partner-cities/?on=2006-04-30" aria-current="true">Cities</a>' in html
    assert html.partition('class="navigation"')[2].count("aria-current") == 1


def test_the_canonical_address_is_as_of_today_and_knows_no_foreign_parameter(rf):
    request = rf.get("/en/agreements/?on=2006-04-30&page=2&utm_x=1")
    html = render('{% include "layout/addresses.html" %}', request=request)
    assert '<link rel="canonical" href="http://testserver/en/agreements/?page=2">' in html
    assert '<link rel="alternate" hreflang="pl" href="http://testserver/pl/umowy/?page=2">' in html


def test_the_form_of_the_day_keeps_the_other_parameters(rf):
    html = render_macro(
        "components/forms.html",
        "day_form(request, as_of)",
        request=rf.get("/en/agreements/?city=lviv&page=3&on=2006-04-30"),
    )
    assert html.count('<input type="hidden" name="city" value="lviv">') == 2
    assert 'name="page"' not in html
    assert 'value="2006-04-30" min="1257-01-01"' in html
    assert '<option value="2006-04-30" selected>' in html
    assert '<option value="2005-12-31">' in html


def pages(request, page):
    return render_macro("components/page.html", "pagination(page, request)", request=request, page=page)


def test_pages_of_a_list_keep_the_query(rf):
    request = rf.get("/en/agreements/?city=lviv&page=2")
    html = render_macro(
        "components/page.html", "pagination(page, request)", request=request, page=Paginator(range(30), 10).page(2)
    )
    assert 'href="?city=lviv&amp;page=3"' in html


def test_a_list_of_one_page_needs_no_pages(rf):
    assert (
        render_macro(
            "components/page.html", "pagination(page, request)", request=rf.get("/"), page=Paginator([], 10).page(1)
        )
        == ""
    )


@pytest.mark.parametrize(
    ("address", "day", "expected"),
    [
        ("/en/agreements/?status=expired", date(2006, 4, 30), "/en/agreements/?status=expired&on=2006-04-30"),
        ("/en/?on=2006-04-30", date(2006, 4, 30), "/en/?on=2006-04-30"),
        ("/en/about/", None, "/en/about/"),
    ],
)
def test_a_page_has_an_address_at_which_it_lasts(rf, settings, address, day, expected):
    settings.SITE_URL = "https://register.example"
    assert lasting_address(rf.get(address), day) == f"https://register.example{expected}"


@pytest.mark.once
@pytest.mark.django_db
def test_a_form_that_is_sent_to_an_address_without_a_name_is_refused_like_any_other():
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/en/admin/partners/partnercity/7/nowhere/").status_code == 403
