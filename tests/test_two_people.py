"""Two people at the same form, of every model and every row of one: nothing is lost, and nothing is public by one."""

import pytest
from django import forms
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse

from krakow_intl.core.records import Record
from krakow_intl.review.models import PendingChange
from partners.models import Document, SheetAlias
from tests.records import make_world
from tests.staff import REASON, WRITERS, account, page_of, publish_waiting, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# what has a page and no form in which two people write, and why
NOT_WRITTEN = {
    "auth.User": "an account, written by administrators one at a time; its rights are noted in the log",
    "krakow_intl.LoadedFixture": "told by the register itself",
    "krakow_intl.VisitorReport": "written by visitors; staff say what became of it",
    "partners.Recipe": "a name for what was answered of a sheet",
    "partners.SheetImport": "a sheet is brought in and answered step by step",
    "review.PendingChange": "decided about, and not written",
}
FORMS = sorted((m for m in admin.site._registry if m._meta.label not in NOT_WRITTEN), key=lambda m: m._meta.label)
ROWS = [(model, inline.model) for model in FORMS for inline in admin.site._registry[model].inlines]
FIRST, SECOND = "What the first wrote", "What the second wrote"


def label(thing):
    return "-".join(m._meta.model_name for m in (thing if isinstance(thing, tuple) else (thing,)))


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def two():
    """Two people who may write everything, each with a browser."""
    return person("first"), person("second")


def person(name):
    client = Client()
    client.force_login(account(WRITERS, name))
    return client


def text_of(form):
    """The name, as it is sent, of a column in which a person writes as they like; None where there is none."""
    for name, field in reversed(form.fields.items()):
        column = next((c for c in form._meta.model._meta.concrete_fields if c.name == name), None)
        is_text = type(field) is forms.CharField and not isinstance(field.widget, forms.HiddenInput)
        # a name in both languages, but no address word, no code and no web address
        if is_text and isinstance(column, models.CharField | models.TextField) and (column.max_length or 999) >= 100:
            return form[name].html_name
    return None


def row_of(response, model):
    """The form of a row that stands, and what says that it goes."""
    formsets = [each.formset for each in response.context["inline_admin_formsets"]]
    formset = next(formset for formset in formsets if formset.model is model)
    form = next(form for form in formset.forms if form.instance.pk)
    return form, f"{form.prefix}-DELETE"


def world_of(model, row=None):
    world = make_world([model, *([row] if row else [])])
    Document.objects.update(language="pl")  # what no form would let stand
    SheetAlias.objects.update(meaning="signed_on")
    return world[model]


def open_form(client, record):
    response = client.get(page_of(record, "change"))
    assert response.status_code == 200
    return response


def save(client, record, data):
    return client.post(page_of(record, "change"), data | REASON)


def stored(record, name):
    return getattr(type(record)._base_manager.get(pk=record.pk), name)


def says(response, text):
    assert response.status_code == 200, getattr(response, "url", "")
    return text in response.content.decode()


def test_every_model_with_a_form_is_written_by_two():
    assert NOT_WRITTEN.keys() <= {model._meta.label for model in admin.site._registry}
    assert [model for model in FORMS if not issubclass(model, Record)] == []


def is_reviewed(model):
    return model.is_content


def send(two, record, data, model, is_done):
    """What the first of two writes; where it is reviewed the second publishes it, and not its author."""
    author, reviewer = two
    answer = save(author, record, data)
    if is_reviewed(model):
        assert "/pendingchange/" in answer.url
        assert not is_done()
        change = PendingChange.objects.get()
        seen = reviewer.get(change.get_absolute_url()).context["trial"].digest
        publish = reverse("admin:review_pendingchange_publish", args=[change.pk])
        assert author.post(publish, {"digest": seen}).status_code == 403
        assert not is_done()
        reviewer.post(publish, {"digest": seen})
    publish_waiting()
    assert is_done()


@pytest.mark.parametrize("model", FORMS, ids=label)
def test_what_one_writes_another_publishes_and_who_saves_second_loses_nothing(two, model):
    record = world_of(model)
    opened = [open_form(client, record) for client in two]
    name = text_of(opened[0].context["adminform"].form)
    send(two, record, typed(opened[0]) | {name: FIRST}, model, lambda: stored(record, name) == FIRST)
    told = save(two[1], record, typed(opened[1]) | {name: SECOND})
    assert says(told, FIRST)
    assert says(told, SECOND)
    assert stored(record, name) == FIRST
    save(two[1], record, typed(told))
    publish_waiting()
    assert stored(record, name) == SECOND


@pytest.mark.parametrize(("model", "row"), ROWS, ids=label)
def test_a_row_that_one_writes_another_publishes_and_who_saves_second_is_told_of_it(two, model, row):
    record = world_of(model, row)
    opened = [open_form(client, record) for client in two]
    form, gone = row_of(opened[0], row)
    name, key = text_of(form), form.instance.pk
    column = name and name.rpartition("-")[2]

    def is_done():
        return stored(form.instance, column) == FIRST if name else not row._base_manager.filter(pk=key).exists()

    send(two, record, typed(opened[0]) | ({name: FIRST} if name else {gone: "on"}), row, is_done)
    of_record = text_of(opened[1].context["adminform"].form)
    told = save(two[1], record, typed(opened[1]) | {of_record: "Of the second"} | ({name: SECOND} if name else {}))
    assert says(told, "Of the second")
    if name:
        assert says(told, FIRST)
        assert says(told, SECOND)
    else:
        assert says(told, "removed rows")
    save(two[1], record, typed(told))
    publish_waiting()
    assert stored(record, of_record) == "Of the second"
    assert stored(form.instance, column) == SECOND if name else is_done()
