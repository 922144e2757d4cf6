import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import engines
from django.utils.translation import override
from jinja2 import UndefinedError

from krakow_intl.core.jinja import environment
from tests.templates import render, render_macro


@pytest.mark.parametrize(("language", "expected"), [("pl", "Ukraina"), ("en", "Ukraine")])
def test_a_filter_on_a_constant_speaks_the_language_of_each_page(language, expected):
    template = engines["public pages"].from_string('{{ "UA"|country }}')
    with override(language):
        assert template.render() == expected


@pytest.mark.parametrize(("language", "city"), [("pl", "Miasto"), ("en", "City")])
def test_sentences_of_templates_are_translated_when_these_are_compiled(language, city):
    with override(language):
        template = engines["public pages"].from_string('{{ _("City") }}')
    with override("en" if language == "pl" else "pl"):
        assert template.render() == city


def test_what_stands_in_a_sentence_is_escaped():
    html = render(
        "{% trans day=words %}You are reading the register as of <strong>{{ day }}</strong>.{% endtrans %}", words="<b>"
    )
    assert "<strong>&lt;b&gt;</strong>" in html


def test_a_component_is_rendered_once_for_what_it_is_given():
    told = []
    source = "{% macro said(word) %}{{ tell(word) }}{{ word }}{% endmacro %}{% set said = once(said) %}"
    assert (
        render(source + "{{ said(1) }}{{ said(1) }}{{ said(2) }}", tell=lambda word: told.append(word) or "") == "112"
    )
    assert told == [1, 2]


def test_what_a_template_asks_for_in_vain_is_a_fault():
    with pytest.raises(UndefinedError):
        render("{{ nothing_of_the_kind }}")


def test_a_component_sees_nothing_but_what_it_is_given():
    header = render_macro("components/page.html", 'page_header("Cities")', lead="of the page", eyebrow="of the page")
    assert "of the page" not in header


def test_what_a_template_prints_is_escaped():
    assert render("{{ words }}", words="<b>") == "&lt;b&gt;"


def test_a_page_and_its_components_keep_the_day_and_the_next_page_does_not(rf):
    request = rf.get("/en/", {"on": "2006-04-30"})
    assert 'value="2006-04-30"' in render_macro("components/forms.html", "search_form()", request=request)
    assert 'name="on"' not in render_macro("components/forms.html", "search_form()", request=rf.get("/en/"))


def test_two_things_may_not_go_by_one_name_in_templates():
    with pytest.raises(ImproperlyConfigured, match="by_country"):
        environment(vocabulary=["partners.goals", "partners.goals"])
