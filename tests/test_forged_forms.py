"""Forms that no page of ours sends are answered 400 and write nothing, on every page that has rows."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet

from tests.records import make_published, make_world
from tests.staff import page_of, sign_in, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WITH_ROWS = sorted((m for m, pages in admin.site._registry.items() if pages.inlines), key=lambda m: m._meta.label)


def without(start):
    """A forgery that leaves out what begins so."""
    return lambda data, prefix, key: {
        name: value for name, value in data.items() if not name.startswith(prefix + start)
    }


def with_counts(total, initial):
    counts = {"TOTAL_FORMS": total, "INITIAL_FORMS": initial}
    return lambda data, prefix, key: data | {f"{prefix}-{name}": value for name, value in counts.items()}


FORGERIES = {
    "no counts": without("-TOTAL"),
    "no first count": without("-INITIAL"),
    "nothing of the rows": without("-"),
    "nothing at all": lambda data, prefix, key: {},
    "counts that are no numbers": with_counts("many", "few"),
    "empty counts": with_counts("", ""),
    "negative counts": with_counts("-1", "-1"),
    "more rows than were shown": with_counts("1", "2"),
    "a thousand million rows": with_counts("1000000000", "1000000000"),
    "a number that no column holds": with_counts("9" * 30, "9" * 30),
    "a row of another record": lambda data, prefix, key: data | {f"{prefix}-0-id": str(key)},
    "a new row that has a key": lambda data, prefix, key: (
        with_counts("2", "1")(data, prefix, key) | {f"{prefix}-1-id": str(key)}
    ),
    "a row without a key": lambda data, prefix, key: data | {f"{prefix}-0-id": ""},
    "a key that is none": lambda data, prefix, key: data | {f"{prefix}-0-id": "1 OR 1=1"},
    "a key that no column holds": lambda data, prefix, key: data | {f"{prefix}-0-id": "9" * 30},
}


def under_another(formset):
    """A forgery by which a row hangs on another record than the one that its form is of."""
    parent = formset.fk.name
    return {"a row under another": lambda data, prefix, key: data | {f"{prefix}-0-{parent}": str(key + 1000)}}


def all_rows():
    return {model: [*QuerySet(model).order_by("pk").values()] for model in apps.get_models() if _is_kept(model)}


def _is_kept(model):
    return model._meta.app_label != "sessions" and model._meta.model_name != "user"


@pytest.mark.parametrize("model", WITH_ROWS, ids=lambda model: model._meta.label)
def test_a_forged_form_is_refused_and_writes_nothing(client, model, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    sign_in(client, "superuser")
    client.raise_request_exception = False
    world = make_world()
    inlines = {inline.model: inline for inline in admin.site._registry[model].inlines if inline.model in world}
    others = {inlined: make_published(inlined, world | {model: make_published(model, world)}) for inlined in inlines}
    page = page_of(world[model], "change")
    response = client.get(page)
    data, before = typed(response), all_rows()
    found = {}
    for formset in response.context["inline_admin_formsets"]:
        prefix, key = formset.formset.prefix, others[formset.formset.model].pk
        for name, forge in (FORGERIES | under_another(formset.formset)).items():
            answer = client.post(page, forge(data, prefix, key) | {"change_reason": "because"})
            if answer.status_code != 400:
                found[prefix, name] = answer.status_code
    assert found == {}
    assert all_rows() == before


@pytest.mark.parametrize("model", WITH_ROWS, ids=lambda model: model._meta.label)
def test_a_forged_form_of_a_new_record_is_refused_too(client, model):
    sign_in(client, "superuser")
    response = client.get(page_of(model, "add"))
    if response.status_code == 200:
        assert client.post(page_of(model, "add"), {}).status_code == 400
        assert client.post(page_of(model, "add"), {"pending": "9" * 30, "writer": "x"}).status_code in (400, 403)
        for formset in (each.formset for each in response.context["inline_admin_formsets"]):
            (forge,) = under_another(formset).values()
            assert client.post(page_of(model, "add"), forge(typed(response), formset.prefix, 1)).status_code == 400
