"""A draft of every kind is saved without its English and without its address word; both may come later."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.utils.translation import override

from krakow_intl.core.admin.forms import PageForm
from krakow_intl.core.admin.history import revisions
from krakow_intl.core.english import english_texts
from krakow_intl.core.records import PublicRecord
from krakow_intl.imports.nouns import NOUNS
from krakow_intl.review.models import PendingChange
from krakow_intl.review.trial import rehearse
from organizations.models import Involvement
from partners.exports import agreements_response
from partners.imports.planning.planner import plan_import
from partners.models import Agreement, PartnerCity
from programme.models import Goal
from tests.lists import page_of as list_of
from tests.lists import plan_of, said
from tests.organizations.factories import OrganizationFactory
from tests.partners.factories import ActivityFactory, AgreementFactory, BenefitFactory, CityFactory
from tests.polonia.factories import CampaignFactory
from tests.records import make_world
from tests.staff import REASON, add, boxes, page_of, publish_waiting, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MODELS = sorted(
    (model for model in admin.site._registry if issubclass(model, PublicRecord)), key=lambda model: model._meta.label
)

FREE = {Goal: {"letter": "z"}, Agreement: {"number": ""}}  # what may stand but once


@pytest.fixture
def administrator(client):
    client.force_login(get_user_model().objects.create_superuser("administrator-of-the-tests"))
    return client


def twin_of(client, model):
    """What a form of `model` holds for a record like one that stands, without rows, English and address word."""
    record = make_world([model])[model]
    sent = typed(client.get(page_of(record, "change")))
    empty = typed(client.get(page_of(model, "add")))
    own = {name: value for name, value in sent.items() if "-" not in name and name != "opened_version"}
    later = dict.fromkeys([*english_texts(model), "slug"], "")
    return empty | own | later | {"publication": "draft"} | FREE.get(model, {})


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_draft_of_every_kind_lacks_english_and_address_word(administrator, model):
    values = twin_of(administrator, model)
    before = {*model.objects.values_list("pk", flat=True)}
    response = administrator.post(page_of(model, "add"), values)
    if ticks := boxes(response):  # of a second city of the same name, and the like
        response = administrator.post(page_of(model, "add"), values | {"confirmed": ticks})
    assert response.status_code == 302, [*response.context["errors"]]
    draft = model.objects.exclude(pk__in=before).get()
    assert draft.publication == "draft"
    assert all(not getattr(draft, name) for name in english_texts(model))
    assert draft.slug
    for page in ("changelist", "change", "history", "delete"):
        where = model if page == "changelist" else draft
        for language in ("pl", "en"):
            assert administrator.get(page_of(where, page, language)).status_code == 200
    again = administrator.get(page_of(draft, "change"))
    assert again.context["adminform"].form.initial["slug"] == draft.slug


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_form_of_what_has_drafts_is_that_of_a_page_and_asks_why(model):
    assert issubclass(admin.site._registry[model].form, PageForm)


def test_a_draft_without_an_english_name_is_handed_in_and_published_once_it_has_one(editor):
    city = CityFactory(slug="lodz-test", name_pl="Norymberga", name_en="", publication="draft")
    page = page_of(city, "change")
    editor.post(page, typed(editor.get(page)) | REASON | {"publication": "in-review"})
    with override("en"):
        refused = rehearse(PendingChange.objects.get()).errors
    assert refused == ["Norymberga cannot be published before it has: name (English)."]
    editor.post(page, typed(editor.get(page), name_en="Nuremberg") | REASON | {"publication": "draft"})
    editor.post(page, typed(editor.get(page)) | REASON | {"publication": "in-review"})
    publish_waiting()
    city.refresh_from_db()
    assert city.publication == "published"


def test_two_rows_that_were_added_at_once_are_given_two_address_words(editor):
    organization = OrganizationFactory()
    page = page_of(organization, "change")
    values = typed(editor.get(page)) | {"involvements-TOTAL_FORMS": "2", "memberships-TOTAL_FORMS": "0"}
    for number in (0, 1):
        row = {"kind": "prize", "title_pl": "Nagroda", "title_en": "", "slug": "", "publication": "draft"}
        values |= {f"involvements-{number}-{name}": value for name, value in row.items()}
    response = editor.post(page, values | REASON)
    assert response.status_code == 302
    assert {row.slug for row in Involvement.objects.all()} == {"nagroda", "nagroda-2"}


def test_the_polish_name_is_needed(editor):
    response = add(editor, PartnerCity, name_en="Nuremberg", country="DE", latitude="1", longitude="1")
    assert response.context["adminform"].form.errors.keys() == {"name_pl"}


def test_an_address_word_that_is_wrong_is_not_replaced(editor):
    values = {"name_pl": "Łódź", "country": "PL", "latitude": "1", "longitude": "1"}
    response = add(editor, PartnerCity, **values, slug="z odstępem")
    assert response.context["adminform"].form.errors.keys() == {"slug"}


def test_the_proposed_word_can_be_changed_until_publication(editor):
    draft = AgreementFactory(slug="lviv-agreement-undated", publication="draft")
    page = page_of(draft, "change")
    assert editor.post(page, typed(editor.get(page), slug="lviv-1995")).status_code == 302
    draft.refresh_from_db()
    assert draft.slug == "lviv-1995"
    draft.publication = "published"
    draft.save()
    assert "slug" not in editor.get(page).context["adminform"].form.fields


def test_history_and_sentences_name_a_draft_without_english():
    agreement = AgreementFactory(title_en="", publication="draft")
    assert str(agreement) == agreement.title_pl
    assert revisions(agreement)


@pytest.mark.parametrize(
    "factory", [CityFactory, ActivityFactory, BenefitFactory, OrganizationFactory, CampaignFactory]
)
def test_a_draft_without_english_goes_out_in_a_list_and_comes_back(factory):
    record = factory(publication="draft", **dict.fromkeys(english_texts(factory._meta.model), ""))
    noun = next(noun for noun in NOUNS if NOUNS[noun].model is type(record))
    with override("en"):
        plan = plan_of(noun, list_of(noun))
    assert (plan.counts["unchanged"], said(plan)) == (plan.counts["rows"], [])


def test_an_agreement_without_english_goes_out_in_a_sheet_and_comes_back():
    agreement = AgreementFactory(title_en="", publication="draft")
    plan = plan_import(agreements_response(Agreement.objects.all(), "xlsx", is_public=False).content)
    assert [(row.number, row.action.value) for row in plan.rows] == [(2, "unchanged")], agreement


def test_a_draft_without_english_is_found_and_marked_in_the_list_of_the_staff(editor):
    CityFactory(name_pl="Norymberga", name_en="", publication="draft")
    CityFactory(name_pl="Lipsk", name_en="Leipzig")
    for language, mark in (("en", "no English"), ("pl", "brak tekstu angielskiego")):
        page = editor.get(page_of(PartnerCity, "changelist", language) + "?q=Norymberga").content.decode()
        assert page.count("Norymberga") > 0
        assert page.count('class="no-english"') == 1
        assert language == "pl" or mark in page
    page = editor.get(page_of(PartnerCity, "changelist") + "?english=missing").content.decode()
    assert "Norymberga" in page
    assert "Leipzig" not in page
