"""What follows from a form stands beside it, and is told of what is typed before anything is stored."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import override

from krakow_intl.core.content_version import content_version
from krakow_intl.core.dates import PartialDate
from organizations.models import Membership, Organization
from partners.models import Agreement, AgreementEvent, AgreementLink, PartnerCity
from tests.organizations.factories import MembershipFactory
from tests.partners.factories import AgreementFactory, CityFactory
from tests.staff import account, page_of, sign_in, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock")]  # it is 2026
MODELS = (Agreement, AgreementEvent, AgreementLink, PartnerCity, Organization, Membership)


def computed_at(record_or_model):
    options = record_or_model._meta
    name = f"admin:{options.app_label}_{options.model_name}_computed"
    is_new = isinstance(record_or_model, type)
    with override("en"):
        return reverse(f"{name}_of_new") if is_new else reverse(name, args=[record_or_model.pk])


def plain(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def told(client, record_or_model, **values):
    """What is answered while the form of a record, or of a new one, is being written."""
    page = page_of(record_or_model, "add" if isinstance(record_or_model, type) else "change")
    sent = typed(client.get(page)) | values
    response = client.post(computed_at(record_or_model), sent)
    assert (response.status_code, response["X-Computed"]) == (200, "yes")
    return plain(response)


def stored():
    return [
        [*model.objects.order_by("pk").values(), *model.history.order_by("history_id").values()] for model in MODELS
    ]


@pytest.fixture
def agreement():
    return AgreementFactory(
        city=CityFactory(name_pl="Kijów", name_en="Kyiv"), signed_on="1993-02-19", establishes="twin"
    )


def test_the_sentence_of_the_public_page_stands_on_the_form(editor, agreement):
    page = plain(editor.get(page_of(agreement, "change")))
    assert "What follows from it" in page
    assert "In force, by its terms." in page
    assert f'data-computed="{computed_at(agreement)}"' in page


def test_a_reader_reads_it_and_is_offered_no_button(client, agreement):
    sign_in(client, "reader")
    page = plain(client.get(page_of(agreement, "change")))
    assert "In force, by its terms." in page
    assert "Show what follows" not in page
    assert "data-computed" not in page


def test_the_sentence_follows_what_is_typed_and_nothing_is_written(editor, agreement):
    before, version = stored(), content_version()
    values = {"term": "tacit-renewal", "valid_until": "31.12.2030", "renewal_months": "60", "notice_months": "6"}
    page = told(editor, agreement, **values)
    assert "renew" in page
    assert "30 June 2030" in page
    assert (stored(), content_version()) == (before, version)


def test_the_events_that_are_typed_count(editor, agreement):
    values = {"events-0-kind": "terminated", "events-0-taken_on": "1 May 2020", "events-0-effective_on": "31.12.2020"}
    page = told(editor, agreement, **values)
    assert "Terminated" in page
    assert "31 December 2020" in page
    assert not AgreementEvent.objects.exists()


def test_an_event_that_is_ticked_to_go_does_not_count(editor):
    agreement = AgreementFactory(events=[{"kind": "terminated", "taken_on": "2020-05-01"}])
    assert "Terminated" in told(editor, agreement)
    assert "In force" in told(editor, agreement, **{"events-0-DELETE": "on"})
    assert agreement.events.exists()


def test_a_new_agreement_is_told_of_as_soon_as_its_city_is_known(editor):
    city = CityFactory(name_en="Kyiv")
    assert "Choose the city" in told(editor, Agreement)
    page = told(editor, Agreement, city=city.pk, signed_on="1999", term="fixed", term_months="12")
    assert "Expired" in page
    page = told(editor, Agreement, city=city.pk, signed_on="1999", establishes="twin", kind="twinning")
    assert "In force" in page
    assert "twin city" in page
    assert not Agreement.objects.exists()


def test_what_follows_for_others_is_told(editor, agreement):
    earlier = AgreementFactory(city=agreement.city, signed_on="1976", title_en="Agreement of friendship")
    page = told(editor, agreement, **{"links-0-verb": "replaces", "links-0-earlier": earlier.pk})
    assert "Agreement of friendship" in page
    assert "Superseded" in page
    page = told(editor, agreement, establishes="")
    assert "Kyiv" in page
    assert not AgreementLink.objects.exists()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"valid_until": "jutro rano"}, "does not count yet: “In force until”"),
        ({"term_months": "-5", "signed_on": "32.13.1999"}, "“Signed on” and “Term (months)”"),
        ({"valid_until": "2030", "term": "open-ended"}, "contradicts itself"),
        ({"renewal_months": "0", "term": "tacit-renewal"}, "contradicts itself"),
        ({"term": "fixed", "valid_until": "1990"}, "does not count yet: “In force until”"),
        ({"events-0-kind": "resumed", "events-0-taken_on": "2000"}, "event or a link"),
        ({"number": "1", "slug": "?"}, "In force"),
        ({"title_pl": "", "city": ""}, "In force"),
        ({"source": "99999999", "city": "x"}, "In force"),
        ({"term_months": "99999999999999999999"}, "does not count yet"),
        ({"title_pl": "x" * 500, "kind": "nothing"}, "In force"),
    ],
    ids=str,
)
def test_whatever_is_typed_is_answered(editor, agreement, values, words):
    page = told(editor, agreement, **values)
    assert words in page
    assert "<script" not in page


def test_nothing_that_is_typed_becomes_a_part_of_the_page(editor, agreement):
    earlier = AgreementFactory(city=agreement.city, signed_on="1976", title_en="<img src=x onerror=alert(1)>")
    page = told(editor, agreement, **{"links-0-verb": "replaces", "links-0-earlier": earlier.pk})
    assert "<img" not in page
    assert "&lt;img" in page


@pytest.mark.parametrize("role", ["reader", "importer"])
def test_only_who_may_write_is_told(client, role):
    city = CityFactory()
    sign_in(client, role)
    for address in (computed_at(city), computed_at(PartnerCity)):
        assert client.post(address, {"names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}).status_code == 403


def test_what_is_no_form_of_ours_is_refused(editor, agreement):
    address = computed_at(agreement)
    assert editor.get(address).status_code == 405
    assert editor.post(address).status_code == 400
    assert editor.post(address.replace(f"/{agreement.pk}/", "/99999/")).status_code == 404
    assert editor.post(address.replace(f"/{agreement.pk}/", "/x/")).status_code == 404


def test_without_scripts_a_button_shows_what_follows_and_keeps_what_is_typed(editor, agreement):
    page = page_of(agreement, "change")
    before = stored()
    values = {"_computed": "yes", "term": "fixed", "valid_until": "2001", "title_en": "Half a title"}
    response = editor.post(page, typed(editor.get(page)) | values)
    assert response.status_code == 200
    assert "Expired" in plain(response)
    assert "Half a title" in plain(response)
    assert "data-unsaved" in plain(response)
    assert stored() == before
    again = editor.post(page_of(Agreement, "add"), typed(editor.get(page_of(Agreement, "add"))) | {"_computed": "yes"})
    assert "Choose the city" in plain(again)


def test_after_a_save_the_form_tells_what_was_saved(editor):
    draft = AgreementFactory(publication="draft")
    page = page_of(draft, "change")
    values = {"_continue": "yes", "term": "fixed", "valid_until": "2001"}
    response = editor.post(page, typed(editor.get(page)) | values, follow=True)
    assert "Expired" in plain(response)


def test_what_is_told_before_saving_is_what_the_page_says_then(editor):
    draft = AgreementFactory(publication="draft", signed_on="1999-03-01")
    values = {"term": "tacit-renewal", "valid_until": "2005-06", "renewal_months": "24", "notice_months": "3"}
    before = told(editor, draft, **values)
    page = page_of(draft, "change")
    editor.post(page, typed(editor.get(page)) | values)
    sentence = editor.get(page).context["computed"][0][1].replace(" (not public)", "").removesuffix(" not public")
    assert sentence.replace("\N{NO-BREAK SPACE}", " ") in before


def test_somebody_who_changed_it_meanwhile_is_counted(editor):
    draft = AgreementFactory(publication="draft", signed_on="1999-03-01")
    page = page_of(draft, "change")
    sent = typed(editor.get(page))
    other = Agreement.objects.get(pk=draft.pk)
    other.term, other.valid_until = "fixed", PartialDate("2001-01-01")
    other.save()
    assert "Expired" in plain(editor.post(computed_at(draft), sent | {"title_en": "Another title"}))


def test_memberships_tell_whether_they_count_and_the_fee(editor):
    membership = MembershipFactory(since="1995", until=None, fee=200, currency="EUR")
    page = plain(editor.get(page_of(membership.organization, "change")))
    assert "Kraków is a member, presumed. Fee for 2026: EUR 200." in page
    page = told(editor, membership.organization, **{"memberships-0-until": "2001"})
    assert "Kraków is not a member any more, on record." in page
    page = told(editor, Organization, **{"memberships-0-since": "2030", "memberships-0-publication": "draft"})
    assert "Kraków is not a member yet" in page
    assert Organization.objects.count() == Membership.objects.count() == 1


def test_the_form_of_a_city_tells_its_relation(editor, agreement):
    page = plain(editor.get(page_of(agreement.city, "change")))
    assert "twin city, since February 1993" in page or "twin city, since" in page
    assert "twin city" in told(editor, agreement.city, lead_en="x")


def test_a_session_that_ended_is_not_answered_with_sentences(client, agreement):
    assert not User.objects.filter(username="editor").exists()
    account("editor")
    response = client.post(computed_at(agreement), {})
    assert response.status_code == 302
    assert "X-Computed" not in response
