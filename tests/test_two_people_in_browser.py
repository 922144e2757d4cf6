"""Two people at the same form, each in a real browser of their own: nothing that either typed is lost."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory

from krakow_intl.review.models import PendingChange
from tests.partners.factories import CityFactory
from tests.records import make_world
from tests.staff import cookie_of, page_of, save, sign_in
from tests.test_two_people import FIRST, FORMS, SECOND, is_reviewed, stored, text_of

PUBLIC = [model for model in FORMS if is_reviewed(model)]


@pytest.fixture
def browsers(browser, live_server, _static_files, settings, tmp_path):
    """Opens a page for a person with a role, in a browser of their own: `browsers("editor", "anna")`."""
    settings.VAR_DIR = tmp_path
    contexts = []

    def open_for(role, name, **given):
        context = browser.new_context(base_url=live_server.url, **given)
        contexts.append(context)
        context.add_cookies([cookie_of(sign_in(Client(), role, username=name), live_server)])
        return context.new_page()

    yield open_for
    for context in contexts:
        context.close()


@pytest.mark.parametrize("field", ["lead_en", "name_en"])
def test_the_second_of_two_who_save_the_same_sees_both_texts(browsers, field):
    city = CityFactory(publication="draft")
    anna, zofia = two = browsers("editor", "anna"), browsers("reviewer", "zofia")
    for page in two:
        page.goto(page_of(city, "change"))
    anna.fill(f"#id_{field}", "What Anna wrote")
    save(anna)
    zofia.fill(f"#id_{field}", "What Zofia wrote")
    save(zofia)
    city.refresh_from_db()
    assert getattr(city, field) == "What Anna wrote"
    assert zofia.input_value(f"#id_{field}") == "What Zofia wrote"
    assert zofia.get_by_text("What Anna wrote").count() >= 1
    save(zofia)
    city.refresh_from_db()
    assert getattr(city, field) == "What Zofia wrote"


class Form:
    """The form of a record, as a person is shown it."""

    def __init__(self, record, user):
        request, pages = RequestFactory().get("/"), admin.site.get_model_admin(type(record))
        request.user = user
        self.record, self.form = record, pages.get_form(request, record, change=True)
        rows = {inline.template for inline in pages.get_inline_instances(request, record)}
        self.boxes = {type(field.widget) for field in self.form.base_fields.values()} | rows

    def text(self):
        """The name of a box, as it is sent, in which a person writes as they like."""
        return text_of(self.form(instance=self.record))


def enough(forms):
    """As many of the forms as it takes to see each kind of box and of rows that any of them has."""
    seen = set()
    for form in sorted(forms, key=lambda form: len(form.boxes), reverse=True):
        if form.boxes - seen:
            seen |= form.boxes
            yield form


def write(page, field, text):
    page.locator(f"[name={field}]").fill(text)
    page.fill("#id_change_reason", "as the original has it")
    save(page)


def publish_in_another_tab(tab, change):
    """A person publishes a change beside the form that they have open; whether they could."""
    tab.bring_to_front()
    tab.goto(change.get_absolute_url(), wait_until="domcontentloaded")
    buttons = tab.locator("#publish-form button")
    if is_offered := buttons.count() == 1:
        with tab.expect_navigation(wait_until="commit"):
            buttons.click()
    return is_offered


def wrong(steps):
    return [step for step, is_so in steps.items() if not is_so]


def meet(record, field, anna, zofia, tab):
    """What does not go as it should while two write in a record, and one publishes what the other wrote; none: []."""
    before = stored(record, field)
    for page in (anna, zofia):
        page.goto(page_of(record, "change"), wait_until="domcontentloaded")
    write(anna, field, FIRST)
    steps = {
        "handed in": "/pendingchange/" in anna.url and stored(record, field) == before != FIRST,
        "not published by its author": anna.locator("#publish-form").count() == 0,
        "published by another": publish_in_another_tab(tab, PendingChange.objects.waiting().latest("pk")),
        "public": stored(record, field) == FIRST,
    }
    zofia.bring_to_front()
    write(zofia, field, SECOND)
    if "/pendingchange/" in zofia.url:
        return [*wrong(steps), "the form was not shown again"]
    steps["own text kept"] = zofia.locator(f"[name={field}]").input_value() == SECOND
    steps["the other text told"] = zofia.get_by_text(FIRST).first.is_visible() and stored(record, field) == FIRST
    save(zofia)
    told = zofia.text_content("#content-main")
    steps["both handed in"] = "/pendingchange/" in zofia.url and FIRST in told and SECOND in told
    return wrong(steps)


def test_two_write_in_public_records_with_each_kind_of_box_and_another_publishes_them(browsers):
    """What becomes of what they send is asked of every kind of record in `test_two_people.py`; here they fill it in."""
    anna, zofia = browsers("reviewer", "anna", java_script_enabled=False), browsers("reviewer", "zofia")
    tab, user = zofia.context.new_page(), User.objects.get(username="zofia")
    world = make_world(PUBLIC)
    faults = {}
    for form in enough(Form(world[model], user) for model in PUBLIC):
        if found := meet(form.record, form.text(), anna, zofia, tab):
            faults[form.record._meta.label] = found
    assert faults == {}
