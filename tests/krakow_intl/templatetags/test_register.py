from datetime import date
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.utils.translation import override

from krakow_intl.core.dates import PartialDate
from krakow_intl.models import Page
from partners.models import PartnerCity
from tests.partners.factories import CityFactory

NBSP = "\N{NO-BREAK SPACE}"


def render(source, language="en", request=None, **context):
    template = Template("{% load i18n register %}" + source)
    with override(language):
        return template.render(RequestContext(request, context) if request else Context(context)).strip()


def page(**texts):
    return Page(slug="about", **{"name_pl": "O rejestrze", "name_en": "About"} | texts)


# words


@pytest.mark.parametrize(("language", "expected"), [("pl", "O nas"), ("en", "On us")])
def test_a_text_is_given_in_the_language_of_the_page(language, expected):
    assert render('{% text page "lead" %}', language, page=page(lead_pl="O nas", lead_en="On us")) in (
        expected,
        expected.replace("O ", f"O{NBSP}"),
    )


def test_a_text_without_english_is_shown_in_polish_and_said_to_be_polish():
    html = render('{% text page "lead" %}', page=page(lead_pl="O <nas>"))
    assert html == f'<span lang="pl">O{NBSP}&lt;nas&gt;</span> <span class="in-language">(in Polish)</span>'


def test_a_text_that_is_nowhere_is_empty():
    assert render('{% text page "lead" %}{% prose page "body" %}', page=page()) == ""


def test_prose_without_english_is_shown_in_polish_and_said_to_be_polish():
    html = render('{% prose page "body" %}', page=page(body_pl="<p>Jest</p>"))
    assert html == '<p class="in-language">This text exists only in Polish.</p><div lang="pl"><p>Jest</p></div>'


def test_prose_is_cleaned_once_more():
    html = render('{% prose page "body" %}', page=page(body_en='<p onclick="x()">Is<script>alert(1)</script></p>'))
    assert html == "<p>Is</p>"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "path"), [("pl", "/pl/miasta-partnerskie/lviv/"), ("en", "/en/partner-cities/lviv/")]
)
def test_a_reference_leads_to_the_page_in_the_same_language_and_keeps_the_day(rf, language, path):
    CityFactory(slug="lviv")
    body = '<p><a data-ref="city:lviv">Lwów</a></p>'
    html = render(
        '{% prose page "body" %}',
        language,
        rf.get("/", {"on": "2006-04-30"}),
        page=page(body_pl=body, body_en=body),
    )
    assert html == f'<p><a href="{path}?on=2006-04-30">Lwów</a></p>'


def test_a_plain_text_bears_no_mark():
    assert render('{{ words }}{% plain page "lead" %}', page=page(lead_pl="O nas"), words="") == "O nas"


def test_words_of_the_database_are_set_and_escaped():
    assert render("{{ words|typeset }}", "pl", words="w <b>") == f"w{NBSP}&lt;b&gt;"


@pytest.mark.parametrize("stored", ["Programme 2006, I.2.1 d", "Program 2006, I.2.1 d"])
@pytest.mark.parametrize(("language", "expected"), [("pl", "Program 2006, I.2.1 d"), ("en", "Programme 2006, I.2.1 d")])
def test_a_source_names_the_programme_in_the_language_of_the_page(stored, language, expected):
    assert render("{{ words|source_label }}", language, words=stored) == expected


def test_any_other_source_is_printed_as_it_stands():
    assert render("{{ words|source_label }}", "pl", words="Programme of exchanges, 12") == "Programme of exchanges, 12"


# figures and dates


@pytest.mark.parametrize(
    ("source", "polish", "english"),
    [
        ("{{ month|partial_date }}", "wrzesień_2005", "September_2005"),
        ("{{ date|partial_date }}", "9_lipca_2001", "9_July_2001"),
        ("{{ nothing|partial_date }}", "", ""),
        (
            "{% time month %}",
            '<time datetime="2005-09">wrzesień_2005</time>',
            '<time datetime="2005-09">September_2005</time>',
        ),
        (
            "{% time date %}",
            '<time datetime="2001-07-09">9_lipca_2001</time>',
            '<time datetime="2001-07-09">9_July_2001</time>',
        ),
        ("{% time nothing %}", "", ""),
        ("{% period year month %}", "1996_– wrzesień_2005", "1996_– September_2005"),
        ("{{ 160000|number }}", "160_000", "160,000"),
        ("{{ 1996|number }}", "1996", "1,996"),
        ("{{ half|number }}", "0,5", "0.5"),
        ("{{ nothing|number }}", "", ""),
        ('{{ 20000|money:"EUR" }}', "20_000_EUR", "EUR_20,000"),
        ('{{ half|money:"CHF" }}', "0,5_CHF", "CHF_0.5"),
        ('{{ nothing|money:"CHF" }}', "", ""),
        ('{{ "UA"|country }}', "Ukraina", "Ukraine"),
        ('{{ ""|country }}', "", ""),
    ],
)
def test_figures_dates_and_countries_are_said_in_the_language_of_the_page(source, polish, english):
    values = {
        "month": PartialDate("2005-09"),
        "year": PartialDate("1996"),
        "date": date(2001, 7, 9),
        "half": Decimal("0.5"),
        "nothing": None,
    }
    said = [render(source, language, **values).replace(NBSP, "_") for language in ("pl", "en")]
    assert said == [polish, english]


# addresses


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% url_on city %}", "/en/partner-cities/lviv/?on=2006-04-30"),
        ('{% url_on "partners:city_list" %}', "/en/partner-cities/?on=2006-04-30"),
        ('{% url_on "partners:city_detail" "kyiv" %}', "/en/partner-cities/kyiv/?on=2006-04-30"),
        ('{% url_on "search" q="a&b" page="" %}', "/en/search/?on=2006-04-30&amp;q=a%26b"),
        ("{% link city %}", '<a href="/en/partner-cities/lviv/?on=2006-04-30">Lviv</a>'),
        ("{% link city words %}", '<a href="/en/partner-cities/lviv/?on=2006-04-30">a &lt;city&gt;</a>'),
        ("{% day_fields %}", '<input type="hidden" name="on" value="2006-04-30">'),
    ],
)
def test_links_and_forms_keep_the_day(rf, source, expected):
    city = PartnerCity(slug="lviv", name_pl="Lwów", name_en="Lviv")
    assert render(source, request=rf.get("/en/", {"on": "2006-04-30"}), city=city, words="a <city>") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% url_on "search" q="a" %}', "/en/search/?q=a"),
        ('{% url_on "search" %}', "/en/search/"),
        ("{% day_fields %}", ""),
    ],
)
def test_today_needs_no_query(rf, source, expected):
    assert render(source, request=rf.get("/en/"), city=None) == expected


def test_a_component_included_alone_keeps_the_day_too(rf):
    request = rf.get("/en/", {"on": "2006-04-30"})
    html = render('{% include "components/search_form.html" only %}', request=request)
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
    html = render("{% language_switch %}", request=rf.get(address))
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
    html = render("{% language_switch %}", request=rf.get(address), parameter_names={"pl": "miasto", "en": "city"})
    assert f'<a href="/pl/porownanie/{other}" lang="pl" hreflang="pl">polski</a>' in html


def test_without_a_request_the_language_switch_leads_home():
    assert '<a href="/pl/" lang="pl" hreflang="pl">' in render("{% language_switch %}")


def test_the_navigation_marks_where_the_reader_is(rf):
    html = render("{% navigation %}", request=rf.get("/en/partner-cities/lviv/", {"on": "2006-04-30"}))
    assert '<a href="/en/partner-cities/?on=2006-04-30" aria-current="true">Cities</a>' in html
    assert html.count("aria-current") == 1


def test_the_canonical_address_is_as_of_today_and_knows_no_foreign_parameter(rf):
    html = render("{% addresses %}", request=rf.get("/en/agreements/?on=2006-04-30&page=2&utm_x=1"))
    assert '<link rel="canonical" href="http://testserver/en/agreements/?page=2">' in html
    assert '<link rel="alternate" hreflang="pl" href="http://testserver/pl/umowy/?page=2">' in html


def test_the_form_of_the_day_keeps_the_other_parameters(rf):
    html = render("{% day_form %}", request=rf.get("/en/agreements/?city=lviv&page=3&on=2006-04-30"))
    assert html.count('<input type="hidden" name="city" value="lviv">') == 2
    assert 'name="page"' not in html
    assert 'value="2006-04-30" min="1257-01-01"' in html
    assert '<option value="2006-04-30" selected>' in html
    assert '<option value="2005-12-31">' in html


def test_pages_of_a_list_keep_the_query(rf):
    request = rf.get("/en/agreements/?city=lviv&page=2")
    html = render("{% pagination page %}", request=request, page=Paginator(range(30), 10).page(2))
    assert 'href="?city=lviv&amp;page=3"' in html


def test_a_list_of_one_page_needs_no_pages(rf):
    assert render("{% pagination page %}", request=rf.get("/"), page=Paginator([], 10).page(1)) == ""


# components with content


def test_a_fact_without_content_is_said_not_to_be_recorded():
    assert "not recorded" in render('{% fact "Term" %} {% endfact %}')


def test_a_fact_shows_its_content_and_note():
    html = render('{% fact "Term" note="of 1991" %}<em>five years</em>{% endfact %}')
    assert "<dt>Term</dt><dd><em>five years</em>" in html
    assert "of 1991" in html


def test_a_notice_and_a_region_hold_their_content():
    assert "<p>Mind</p>" in render('{% notice "warn" title="So" %}<p>Mind</p>{% endnotice %}')
    assert 'role="region" aria-label="Agreements" tabindex="0"' in render(
        '{% scroll_table "Agreements" %}<table></table>{% endscroll_table %}'
    )
