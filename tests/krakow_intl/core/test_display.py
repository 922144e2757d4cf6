from datetime import date
from decimal import Decimal

import pytest

from krakow_intl.core.dates import PartialDate
from krakow_intl.models import Page
from tests.partners.factories import CityFactory
from tests.templates import render

NBSP = "\N{NO-BREAK SPACE}"


def page(**texts):
    return Page(slug="about", **{"name_pl": "O rejestrze", "name_en": "About"} | texts)


@pytest.mark.parametrize(("language", "expected"), [("pl", "O nas"), ("en", "On us")])
def test_a_text_is_given_in_the_language_of_the_page(language, expected):
    assert render('{{ text(page, "lead") }}', language, page=page(lead_pl="O nas", lead_en="On us")) in (
        expected,
        expected.replace("O ", f"O{NBSP}"),
    )


def test_a_text_without_english_is_shown_in_polish_and_said_to_be_polish():
    html = render('{{ text(page, "lead") }}', page=page(lead_pl="O <nas>"))
    assert html == f'<span lang="pl">O{NBSP}&lt;nas&gt;</span> <span class="in-language">(in Polish)</span>'


def test_a_text_that_is_nowhere_is_empty():
    assert render('{{ text(page, "lead") }}{{ prose(page, "body") }}', page=page()) == ""


def test_prose_without_english_is_shown_in_polish_and_said_to_be_polish():
    html = render('{{ prose(page, "body") }}', page=page(body_pl="<p>Jest</p>"))
    assert html == '<p class="in-language">This text exists only in Polish.</p><div lang="pl"><p>Jest</p></div>'


def test_prose_is_cleaned_once_more():
    html = render('{{ prose(page, "body") }}', page=page(body_en='<p onclick="x()">Is<script>alert(1)</script></p>'))
    assert html == "<p>Is</p>"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "path"), [("pl", "/pl/miasta-partnerskie/lviv/"), ("en", "/en/partner-cities/lviv/")]
)
def test_a_reference_leads_to_the_page_in_the_same_language_and_keeps_the_day(rf, language, path):
    CityFactory(slug="lviv")
    body = '<p><a data-ref="city:lviv">Lwów</a></p>'
    html = render(
        '{{ prose(page, "body") }}',
        language,
        rf.get("/", {"on": "2006-04-30"}),
        page=page(body_pl=body, body_en=body),
    )
    assert html == f'<p><a href="{path}?on=2006-04-30">Lwów</a></p>'


def test_a_plain_text_bears_no_mark():
    assert render('{{ words }}{{ plain(page, "lead") }}', page=page(lead_pl="O nas"), words="") == "O nas"


def test_words_of_the_database_are_set_and_escaped():
    assert render("{{ words|typeset }}", "pl", words="w <b>") == f"w{NBSP}&lt;b&gt;"


@pytest.mark.parametrize(
    ("source", "polish", "english"),
    [
        ("{{ month|partial_date }}", "wrzesień_2005", "September_2005"),
        ("{{ date|partial_date }}", "9_lipca_2001", "9_July_2001"),
        ("{{ nothing|partial_date }}", "", ""),
        (
            "{{ time(month) }}",
            '<time datetime="2005-09">wrzesień_2005</time>',
            '<time datetime="2005-09">September_2005</time>',
        ),
        (
            "{{ time(date) }}",
            '<time datetime="2001-07-09">9_lipca_2001</time>',
            '<time datetime="2001-07-09">9_July_2001</time>',
        ),
        ("{{ time(nothing) }}", "", ""),
        ("{{ period(year, month) }}", "1996_– wrzesień_2005", "1996_– September_2005"),
        ("{{ 160000|number }}", "160_000", "160,000"),
        ("{{ 1996|number }}", "1996", "1,996"),
        ("{{ half|number }}", "0,5", "0.5"),
        ("{{ nothing|number }}", "", ""),
        ('{{ 20000|money("EUR") }}', "20_000_EUR", "EUR_20,000"),
        ('{{ half|money("CHF") }}', "0,5_CHF", "CHF_0.5"),
        ('{{ nothing|money("CHF") }}', "", ""),
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
