"""Every page of the admin opens, for every model that is registered, its form in both languages."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import override

from krakow_intl.models import (
    ContentChange,
    LoadedFixture,
    ScheduledJob,
    SearchPosting,
    SettledQuestion,
    SignInBrake,
    StaffDesk,
    StaffSession,
    StoredVersion,
)
from tests.records import make_world, models_of_the_house

OF_THE_HOUSE = {  # what it notes of itself
    *(ContentChange, LoadedFixture, ScheduledJob, SearchPosting, SettledQuestion),
    *(SignInBrake, StaffDesk, StaffSession, StoredVersion),
}
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture
def administrator(client):
    client.force_login(get_user_model().objects.create_superuser("administrator-of-the-tests"))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_admin_page_opens(administrator, model):
    record = make_world([model])[model]
    pages = [("pl", "changelist"), ("en", "add"), ("pl", "change"), ("en", "change"), ("pl", "history")]
    faults = {}
    for language, page in pages:
        arguments = [record.pk] if page in ("change", "history") else []
        with override(language):
            address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)
        response = administrator.get(address)
        allowed = page != "add" or admin.site._registry[model].has_add_permission(response.wsgi_request)
        if response.status_code != (200 if allowed else 403):
            faults[address] = response.status_code
    assert faults == {}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("name", ["index", "password_change", "jsi18n"])
def test_the_pages_of_the_admin_itself_open(administrator, name, language):
    with override(language):
        address = reverse(f"admin:{name}")
    assert administrator.get(address).status_code == 200


def test_every_model_has_a_page_in_the_admin_or_a_place_on_the_page_of_what_it_is_part_of():
    inside = {inline.model for model in MODELS for inline in admin.site._registry[model].inlines}
    homeless = set(models_of_the_house()) - set(MODELS) - inside - OF_THE_HOUSE
    assert homeless == set()
