"""References to records survive the editor."""

from html import unescape

import pytest
from django.contrib import admin
from django.utils.translation import override

from krakow_intl.core.display import prose
from krakow_intl.core.fields import ProseField
from krakow_intl.core.kinds import referable
from krakow_intl.core.prose import in_lines, references, sanitize, strange_addresses, with_links, with_references
from krakow_intl.models import Page
from tests.partners.factories import CityFactory
from tests.records import make_published, make_world
from tests.staff import page_of, sign_in, typed

PROSE = '<p>Z miastem <a data-ref="city:lviv">Lwów</a> i <a href="https://www.krakow.pl/">Krakowem</a>.</p>'


def test_the_editor_is_shown_links_and_gives_back_references():
    shown = with_links(PROSE)
    assert '<a href="city:lviv">Lwów</a>' in shown
    assert sanitize(with_references(shown)) == PROSE


@pytest.mark.parametrize(
    "link",
    [
        '<a href="city:lviv">',
        "<a href='city:lviv'>",
        "<A HREF=city:lviv>",
        '<a href=" City:Lviv ">',
        '<a target="_blank" href="city:lviv" rel="noopener">',
        '<a data-ref="city:lviv">',
    ],
)
def test_a_reference_is_known_however_it_is_written(link):
    assert references(sanitize(with_references(f"<p>{link}Lwów</a></p>"))) == ["city:lviv"]


@pytest.mark.parametrize("kind", [kind.name for kind in referable()])
def test_every_kind_of_record_can_be_referred_to(kind):
    assert references(sanitize(with_references(f'<a href="{kind}:x-1">x</a>'))) == [f"{kind}:x-1"]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="javascript:alert-1">x</a>',
        '<a href="data:text-html">x</a>',
        "<svg/onload=alert(1)>",
        '<a href="city:lviv" onclick="alert(1)">x</a>',
        '<iframe src="//example.org"></iframe>',
        '<p style="color:red">x</p>',
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        '<a data-ref="city:lviv&quot; onclick=&quot;alert(1)">x</a>',
    ],
)
def test_nothing_dangerous_comes_through_and_a_second_cleaning_changes_nothing(html):
    clean = sanitize(with_references(html))
    assert not any(word in clean for word in ("alert", "style", "iframe", "data:", "onload"))
    assert sanitize(with_references(with_links(clean))) == clean


def test_an_address_that_names_no_kind_of_record_is_strange():
    html = (
        '<a href="town:lviv">x</a><a href="https://krakow.pl">y</a><a href="mailto:a@b.pl">z</a><a href="city:x">v</a>'
    )
    assert strange_addresses(html) == ["town:lviv"]


@pytest.mark.django_db
def test_references_survive_the_form(client):
    CityFactory(slug="lviv")
    page = Page.objects.create(slug="about", name_pl="O", name_en="About", body_pl=PROSE)
    sign_in(client, "editor")
    data = typed(client.get(page_of(page, "change")))
    assert 'href="city:lviv"' in data["body_pl"]
    client.post(page_of(page, "change"), data | {"name_en": "About the register"})
    page.refresh_from_db()
    assert (page.name_en, page.body_pl) == ("About the register", PROSE)
    changed = page.history.first().diff_against(page.history.last()).changed_fields
    assert "body_pl" not in changed


@pytest.mark.django_db
def test_a_link_to_an_unknown_kind_of_record_is_refused(client):
    page = Page.objects.create(slug="about", name_pl="O", name_en="About")
    sign_in(client, "editor")
    data = typed(client.get(page_of(page, "change"))) | {"body_pl": '<p><a href="town:lviv">x</a></p>'}
    assert "names no record" in client.post(page_of(page, "change"), data).content.decode()


def fields_of_prose():
    for model in admin.site._registry:
        for field in model._meta.concrete_fields:
            if isinstance(field, ProseField) and field.editable:
                yield pytest.param(model, field.name, id=f"{model._meta.label_lower}.{field.name}")


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.parametrize(("model", "name"), [*fields_of_prose()])
def test_a_link_to_no_record_is_refused_at_its_field_and_what_is_written_is_kept(client, model, name):
    record = make_published(model, make_world([model]))
    sign_in(client, "superuser")
    response = client.get(page_of(record, "change"))
    if name not in response.context["adminform"].form.fields:  # without its language, as the field of both is
        return
    text = '<p>Zob. <a href="city:lvivv">Lwów</a> i <a href="goal:nowhere">cel</a>.</p>'
    response = client.post(page_of(record, "change"), typed(response) | {name: text, "change_reason": "link"})
    errors = response.context["adminform"].form.errors
    with override("en"):
        assert errors == {name: [NO_RECORD.format("city:lvivv"), NO_RECORD.format("goal:nowhere")]}
    assert text in unescape(response.content.decode())


NO_RECORD = "“{}” names no record of the register: correct the address of the link, or remove it."


@pytest.mark.django_db
@pytest.mark.parametrize("publication", ["draft", "published"])
def test_a_link_to_a_record_is_taken_and_told_of_where_nobody_can_follow_it(client, publication):
    CityFactory(slug="lviv", publication=publication)
    page = Page.objects.create(slug="about", name_pl="O", name_en="About")
    sign_in(client, "editor")
    data = typed(client.get(page_of(page, "change"))) | {"body_pl": '<p><a href="city:lviv">Lwów</a></p>'}
    response = client.post(page_of(page, "change"), data, follow=True)
    page.refresh_from_db()
    assert page.body_pl == '<p><a data-ref="city:lviv">Lwów</a></p>'
    assert ("A link leads to “city:lviv”" in response.content.decode()) is (publication == "draft")


@pytest.mark.django_db
def test_a_link_whose_record_is_gone_is_plain_words_and_refused_at_the_next_change(client):
    city = CityFactory(slug="lviv", publication="draft")
    text = '<p><a data-ref="city:lviv">Lwów</a></p>'
    page = Page.objects.create(slug="about", name_pl="O", name_en="About", body_pl=text, publication="published")
    sign_in(client, "superuser")
    data = typed(client.get(page_of(page, "change")))
    city.delete()
    assert "“city:lviv” names no record" in client.post(page_of(page, "change"), data).content.decode()
    with override("pl"):
        assert prose(page, "body") == "<p>Lwów</p>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>Umowa</p><p>aneks<br>do niej</p>", "Umowa\naneks\ndo niej"),
        ("<h2>Dzieje</h2><ul><li><p>raz</p></li><li>dwa</li></ul>", "Dzieje\nraz\ndwa"),
        ("<p>A &amp; B &lt;b&gt;</p>", "A & B <b>"),
        (PROSE, "Z miastem Lwów i Krakowem."),
    ],
    ids=["nothing", "paragraphs", "a list", "signs", "links"],
)
def test_prose_is_told_without_its_marks_line_by_line(html, text):
    assert in_lines(html) == text
