"""The public page as it would look: to staff, and to whoever has a link; nothing of it is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.review.models import PendingChange, PreviewLink
from krakow_intl.review.preview_pages import token_of
from partners.models import PartnerCity
from tests.partners.factories import ActivityFactory, AgreementFactory, CityFactory
from tests.staff import REASON, account, page_of, sign_in, typed

pytestmark = pytest.mark.django_db
CITIES = "/en/partner-cities/"


@pytest.fixture
def draft():
    return CityFactory(slug="lviv", name_en="Lviv", name_pl="Lwów", lead_en="A lead", publication="draft")


def preview_addresses(client, record):
    """The addresses beside the form of a record, by language; and that of its links."""
    return {language or "links": address for _words, address, language in _tools(client, record)}


def _tools(client, record):
    return client.get(page_of(record, "change")).context["review_tools"]


def test_a_draft_is_seen_as_it_would_be_public_in_both_languages(client, draft):
    sign_in(client, "editor")
    addresses = preview_addresses(client, draft)
    english, polish = (client.get(addresses[language]) for language in ("en", "pl"))
    assert ("<h1>Lviv</h1>" in english.content.decode(), 'lang="pl"' in polish.content.decode()[:200]) == (True, True)
    assert "A preview: this is not public" in english.content.decode()
    assert ("no-store" in english["Cache-Control"], english["X-Robots-Tag"]) == (True, "noindex, nofollow")
    draft.refresh_from_db()
    assert (draft.publication, draft.version, draft.history.count()) == ("draft", 1, 1)
    assert client.get(f"{CITIES}lviv/").status_code == 404


def test_what_a_draft_belongs_to_is_shown_as_public_too(client, draft):
    agreement = AgreementFactory(city=draft, publication="draft", title_en="Agreement on parks")
    sign_in(client, "editor")
    page = client.get(preview_addresses(client, agreement)["en"]).content.decode()
    assert "Agreement on parks" in page
    assert PartnerCity.objects.get().publication == "draft"


def test_a_change_is_seen_on_the_page_as_it_would_look_and_the_page_stays_as_it_is(client):
    city = CityFactory(slug="lviv", lead_en="The old lead")
    before = client.get(f"{CITIES}lviv/").content
    sign_in(client, "editor")
    page = page_of(city, "change")
    client.post(page, typed(client.get(page)) | REASON | {"lead_en": "The new lead"})
    change = PendingChange.objects.get()
    seen = client.get(f"/en/admin/review/pendingchange/{change.pk}/preview/en/").content.decode()
    assert ("The new lead" in seen, "The old lead" in seen) == (True, False)
    client.logout()
    assert client.get(f"{CITIES}lviv/").content == before


def test_h25_a_link_shows_one_record_to_whoever_has_it_until_it_is_revoked(client, draft):
    sign_in(client, "editor")
    links = preview_addresses(client, draft)["links"]
    page = client.post(links, follow=True)
    [told] = page.context["links"]
    assert told["address"] in page.content.decode()
    path = told["address"].partition("testserver")[2]
    client.logout()
    seen = client.get(path)
    assert ("Lviv" in seen.content.decode(), seen["Cache-Control"], seen.cookies) == (True, "private, no-store", {})
    assert client.get(path.replace("/en/", "/pl/").replace("preview", "podglad")).status_code in (200, 404)
    client.force_login(account("editor", "jan"))
    client.post(links, {"revoke": told["link"].pk})
    client.logout()
    assert client.get(path).status_code == 404


def test_h25_a_token_that_was_made_up_or_changed_leads_nowhere_and_no_cache_keeps_what_it_answers(client, draft):
    sign_in(client, "editor")
    for record in (draft, CityFactory(publication="draft")):
        client.post(preview_addresses(client, record)["links"])
    client.logout()
    first, second = PreviewLink.objects.order_by("pk")
    key, signature = token_of(first).split(":")
    changed = [
        f"{second.pk}:{signature}",
        f"{key}:{signature[:-1]}",
        f"{key}:{signature.swapcase()}",
        f"0{key}:{signature}",
    ]
    for token in ("1", "1:nonsense", "x" * 500, "%00", "..", *changed):
        for asked in (client.get, client.head):
            answer = asked(f"/en/preview/{token}/")
            assert (answer.status_code, answer["Cache-Control"]) == (404, "private, no-store")
    answer = client.head(f"/en/preview/{token_of(first)}/")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_h25_a_link_expires_after_a_week(client, draft, clock):
    sign_in(client, "editor")
    client.post(preview_addresses(client, draft)["links"])
    link = PreviewLink.objects.get()
    assert timedelta(days=6, hours=23) < link.expires_at - timezone.now() <= timedelta(days=7)
    link.expires_at = timezone.now() - timedelta(seconds=1)
    link.save()
    client.logout()
    with override("en"):
        assert client.get(f"/en/preview/{token_of(link)}/").status_code == 404


def test_who_may_not_change_a_record_makes_no_link_and_who_may_not_see_it_sees_no_preview(client, draft):
    sign_in(client, "reader")
    addresses = preview_addresses(client, draft)
    assert client.post(addresses["links"]).status_code == 403
    client.force_login(account("importer"))
    page = ActivityFactory(publication="draft")
    importer_sees = client.get(preview_addresses(client, page)["en"])
    assert importer_sees.status_code == 200
    client.logout()
    assert client.get(addresses["en"]).status_code == 302
    assert not PreviewLink.objects.exists()
