"""A clerk records cities, agreements, activities and what they gave."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from partners.models import Activity, Agreement, AgreementLink, Assessment, Audience, Benefit, Institution, PartnerCity
from tests.partners.factories import (
    ActivityFactory,
    AgreementFactory,
    CityFactory,
    CityNameFactory,
    DocumentFactory,
    InstitutionFactory,
    ThemeFactory,
)
from tests.programme.factories import GoalFactory
from tests.staff import REASON, account, add, boxes, change, page_of, publish_waiting, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PDF = b"%PDF-1.7\n%%EOF"


def test_a_clerk_records_an_agreement_with_all_that_belongs_to_it(editor):
    city, theme = CityFactory(name_en="Kyiv"), ThemeFactory(name_en="culture")
    earlier = AgreementFactory(city=city, title_en="Agreement of 1976")
    values = {
        "title_pl": "Umowa",
        "title_en": "Agreement",
        "slug": "kyiv-twinning-1993-02-19",
        "city": city.pk,
        "kind": "twinning",
        "establishes": "twin",
        "signed_on": "19 lutego 1993",
        "parties-0-side": "home",
        "parties-0-name_pl": "Miasto Kraków",
        "parties-0-name_en": "City of Kraków",
        "signatories-0-side": "home",
        "signatories-0-person": "Józef Lassota",
        "theme_links-0-theme": theme.pk,
        "links-0-verb": "follows",
        "links-0-earlier": earlier.pk,
    }
    assert add(editor, Agreement, **values).status_code == 302
    agreement = Agreement.objects.get(slug="kyiv-twinning-1993-02-19")
    assert (agreement.signed_on, agreement.number, agreement.publication) == ("1993-02-19", earlier.number + 1, "draft")
    assert [party.name_pl for party in agreement.parties.all()] == ["Miasto Kraków"]
    assert [signatory.person for signatory in agreement.signatories.all()] == ["Józef Lassota"]
    assert [link.earlier for link in agreement.links.all()] == [earlier]
    assert [each.theme for each in agreement.theme_links.all()] == [theme]


def test_a_circle_of_agreements_is_refused_at_its_row(editor):
    earlier, agreement = AgreementFactory(), AgreementFactory()
    AgreementLink.objects.create(agreement=agreement, verb="follows", earlier=earlier)
    values = {"links-0-verb": "follows", "links-0-earlier": agreement.pk}
    assert "would close a circle" in change(editor, earlier, **values).content.decode()


@pytest.mark.parametrize(
    ("events", "row", "message"),
    [
        ([{"kind": "suspended"}], 0, "Say when"),
        ([{"kind": "terminated", "taken_on": "1989"}], 0, "before the agreement comes into force"),
        (
            [{"kind": "notice-given", "taken_on": "2001", "effective_on": "1980"}],
            0,
            "before the agreement comes into force",
        ),
        (
            [{"kind": "terminated", "taken_on": "2001"}, {"kind": "suspended", "taken_on": "2002"}],
            1,
            "had ended by this day",
        ),
        (
            [{"kind": "withdrawn", "taken_on": "2003"}, {"kind": "terminated", "taken_on": "2001"}],
            0,
            "ended the agreement before",
        ),
        (
            [{"kind": "suspended", "taken_on": "2001"}, {"kind": "suspended", "taken_on": "2002"}],
            1,
            "was suspended already",
        ),
        ([{"kind": "resumed", "taken_on": "2001"}], 0, "was not suspended on this day"),
    ],
    ids=["no day", "before", "notice effective before", "after", "ended twice", "suspended twice", "resumed"],
)
def test_events_that_cannot_have_been_are_refused_at_their_row(editor, events, row, message):
    agreement = AgreementFactory(signed_on="1991-12-06")
    response = send_events(editor, agreement, events)
    assert response.status_code == 200
    with override("en"):
        shown = {number: errors for number, errors in enumerate(errors_of_events(response)) if errors}
    assert [*shown] == [row]
    assert [*shown[row]] == ["taken_on"]
    assert message in response.content.decode()
    assert not agreement.events.exists()


def test_events_that_can_have_been_are_kept_with_the_agreement(editor):
    agreement = AgreementFactory(signed_on="1991-12-06")
    events = [
        {"kind": "suspended", "taken_on": "2001"},
        {"kind": "resumed", "taken_on": "2002-03"},
        {"kind": "terminated", "taken_on": "2003-05-06", "effective_on": "2004", "side": "partner"},
    ]
    assert send_events(editor, agreement, events).status_code == 302
    agreement.refresh_from_db()
    assert agreement.suspensions == [["2001-01-01", "2002-03-31"]]
    assert (agreement.ended_on, agreement.end_reason, agreement.ends_as) == ("2004", "terminated", "terminated")


def test_an_event_that_is_deleted_no_longer_stands_in_the_way_of_another(editor):
    agreement = AgreementFactory(signed_on="1991-12-06", events=[{"taken_on": "2001"}])
    row = {"events-1-kind": "withdrawn", "events-1-taken_on": "2003", "events-TOTAL_FORMS": "2"}
    assert "ended the agreement before" in change(editor, agreement, **row).content.decode()
    assert change(editor, agreement, **row, **{"events-0-DELETE": "on"}).status_code == 302
    assert [event.kind for event in agreement.events.all()] == ["withdrawn"]
    assert (agreement.ended_on, agreement.end_reason) == ("2003", "withdrawn")


def test_an_agreement_cannot_be_moved_behind_what_happened_to_it(editor):
    agreement = AgreementFactory(signed_on="1991-12-06", events=[{"taken_on": "2001"}])
    response = change(editor, agreement, signed_on="2002")
    assert [*errors_of_events(response)[0]] == ["taken_on"]
    assert "before the agreement comes into force" in response.content.decode()


def send_events(editor, agreement, events):
    rows = {f"events-{row}-{name}": value for row, event in enumerate(events) for name, value in event.items()}
    return change(editor, agreement, **rows, **{"events-TOTAL_FORMS": str(len(events))})


def errors_of_events(response):
    """What is wrong with each row of the events in a form that is shown again."""
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    return next(formset for formset in formsets if formset.prefix == "events").errors


def test_what_is_odd_is_asked_before_saving_and_told_after_it_and_on_the_page(editor):
    agreement = AgreementFactory(signed_on="1991-12-06", term="open-ended")
    page = page_of(agreement, "change")
    event = {"events-0-kind": "terminated", "events-0-taken_on": "2004-05-06", "events-0-effective_on": "2004-04-01"}
    sent = typed(editor.get(page)) | event | {"term": "fixed"} | REASON
    odd = ("neither its end nor its length is recorded", "and was taken only on")
    asked = editor.post(page, sent)
    assert all(asked.content.decode().count(words) == 2 for words in odd)
    told = editor.post(page, sent | {"confirmed": boxes(asked)}, follow=True).content.decode()
    publish_waiting()
    assert agreement.events.count() == 1
    assert all(told.count(words) == 1 for words in odd)
    shown = editor.get(page).content.decode()
    assert 'class="oddities"' in shown
    assert all(shown.count(words) == 1 for words in odd)


def test_what_is_odd_is_told_once_where_the_page_is_shown_again(editor):
    agreement = AgreementFactory(term="fixed", publication="draft")
    page = page_of(agreement, "change")
    sent = typed(editor.get(page)) | {"title_en": "Corrected", "_continue": "1"}
    told = editor.post(page, sent, follow=True).content.decode()
    assert told.count("neither its end nor its length is recorded") == 1
    usual = editor.get(page_of(AgreementFactory(), "change")).content.decode()
    assert 'class="oddities"' not in usual


def test_two_parties_at_one_place_are_refused(editor):
    names = {"name_pl": "Rada", "name_en": "Council", "side": "partner", "position": "1"}
    rows = {f"parties-{row}-{name}": value for row in (0, 1) for name, value in names.items()}
    agreement = AgreementFactory()
    page = typed(editor.get(page_of(agreement, "change"))) | rows | {"parties-TOTAL_FORMS": "2"}
    response = editor.post(
        page_of(agreement, "change"), page | {"parties-1-id": "", "parties-1-agreement": agreement.pk}
    )
    assert response.status_code == 200
    assert "same position" in response.content.decode() or "duplicate" in response.content.decode()
    assert not agreement.parties.exists()


def test_a_scan_is_kept_shown_to_staff_and_may_be_described_anew(editor, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    agreement = AgreementFactory(title_en="Agreement", held_back=True)
    change(
        editor,
        agreement,
        **{"documents-0-language": "pl", "documents-0-file": SimpleUploadedFile("agreement.pdf", PDF)},
    )
    document = agreement.documents.get()
    assert [path.name for path in (tmp_path / "documents").iterdir()] == [document.file.name]
    assert "agreement" not in document.file.name
    change(editor, agreement, **{"documents-0-title_en": "The signed original"})
    document.refresh_from_db()
    assert document.title_en == "The signed original"
    address = f"/en/admin/partners/agreement/scan/{document.pk}/"
    page = editor.get(page_of(agreement, "change")).content.decode()
    assert f'href="{address}">The signed original (pl).pdf</a>' in page
    assert document.file.name not in page
    response = editor.get(address, headers={"accept-encoding": "gzip"})
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"] == 'attachment; filename="The signed original (pl).pdf"'
    assert response["Cache-Control"].startswith("private, no-store")
    assert "Content-Encoding" not in response


@pytest.mark.parametrize("language", ["polski", "PL", "xx", "po polsku", "pl/de", ".."])
def test_a_scan_is_filed_under_the_code_of_a_language(editor, settings, tmp_path, language):
    settings.VAR_DIR = tmp_path
    agreement = AgreementFactory()
    scan = {"documents-0-language": language, "documents-0-file": SimpleUploadedFile("agreement.pdf", PDF)}
    assert "ISO 639" in change(editor, agreement, **scan).content.decode().split("errorlist")[1]
    assert not agreement.documents.exists()


def test_a_row_without_a_scan_says_so(editor):
    page = editor.get(f"/en/admin/partners/agreement/{AgreementFactory().pk}/change/").content.decode()
    assert "None</div>" not in page
    assert '<div class="readonly">—</div>' in page


def test_a_scan_is_for_staff_who_may_see_the_agreement(client):
    address = f"/en/admin/partners/agreement/scan/{DocumentFactory().pk}/"
    assert client.get(address).status_code == 302
    client.force_login(without_role := account("reader"))
    assert client.get(address).status_code == 404  # the file itself is missing
    without_role.groups.clear()
    assert client.get(address).status_code == 403


def test_a_city_is_added_with_its_other_names(editor):
    place = {"country": "UA", "latitude": "49.84", "longitude": "24.03"}
    names = {"names-0-name": "Lemberg", "names-0-language": "de", "names-0-kind": "exonym"}
    assert add(editor, PartnerCity, name_pl="Lwów", name_en="Lviv", slug="lviv", **place, **names).status_code == 302
    assert list(PartnerCity.objects.named("LEMBERG")) == [PartnerCity.objects.get(slug="lviv")]


@pytest.mark.parametrize("values", [{"latitude": "91"}, {"wikidata": "36036"}, {"country": "XX"}, {"name_en": ""}])
def test_what_no_city_can_have_is_refused_at_its_field(editor, values):
    city = CityFactory()
    assert set(change(editor, city, **values).context["adminform"].form.errors) == set(values)


def test_a_name_given_twice_is_refused(editor):
    city = CityFactory()
    CityNameFactory(city=city, name="Lodsch", language="de")
    values = {"names-1-name": "Lodsch", "names-1-language": "de"}
    assert change(editor, city, **values).status_code == 200
    assert city.names.count() == 1


def test_an_activity_joins_cities_institutions_themes_and_goals(editor):
    links = {
        "city_links-0-city": CityFactory().pk,
        "institution_links-0-institution": InstitutionFactory().pk,
        "theme_links-0-theme": ThemeFactory().pk,
        "goal_links-0-goal": GoalFactory().pk,
    }
    values = {"title_pl": "Dni", "title_en": "Days", "slug": "days", "kind": "presentation", "starts_on": "05.2004"}
    assert add(editor, Activity, **values, **links).status_code == 302
    activity = Activity.objects.get()
    related = (activity.cities, activity.institutions, activity.themes, activity.goals)
    assert [relation.count() for relation in related] == [1, 1, 1, 1]
    assert activity.starts_on == "2004-05"


def test_an_audience_joins_kinds_themes_and_goals(editor):
    links = {
        "kind_links-0-kind": "school",
        "theme_links-0-theme": ThemeFactory().pk,
        "goal_links-0-goal": GoalFactory().pk,
    }
    values = {"name_pl": "Szkoły", "name_en": "Schools", "slug": "schools", "position": "1"}
    assert add(editor, Audience, **values, **links).status_code == 302
    audience = Audience.objects.get()
    assert [relation.count() for relation in (audience.kind_links, audience.themes, audience.goals)] == [1, 1, 1]
    change(editor, audience, name_en="Schools and universities")
    assert audience.history.first().name_en == audience.name_en == "Schools and universities"


def test_an_audience_names_each_kind_once(editor):
    values = {"name_pl": "Szkoły", "name_en": "Schools", "slug": "schools", "position": "1"}
    twice = {"kind_links-TOTAL_FORMS": "2", "kind_links-0-kind": "school", "kind_links-1-kind": "school"}
    assert add(editor, Audience, **values, **twice).status_code == 200
    assert not Audience.objects.exists()


def test_an_activity_that_ends_before_it_starts_is_refused(editor):
    response = change(editor, ActivityFactory(), starts_on="2004", ends_on="2003")
    assert "ends before it starts" in response.content.decode()


def test_an_amount_needs_its_currency(editor):
    values = {"what_pl": "Dar", "what_en": "Gift", "slug": "gift", "city": CityFactory().pk, "direction": "home"}
    assert "needs its currency" in add(editor, Benefit, **values, amount="20000").content.decode()
    assert add(editor, Benefit, **values, amount="20000", currency="EUR").status_code == 302


def test_a_relation_is_assessed_once_a_day(editor):
    values = {"city": CityFactory().pk, "assessed_on": "2006-04-20", "grade": "weak"}
    assert add(editor, Assessment, **values).status_code == 302
    assert "assessed on this day already" in add(editor, Assessment, **values).content.decode()


def test_an_institution_may_be_of_a_place_that_is_no_partner_city(editor):
    values = {"name_pl": "Uniwersytet", "name_en": "University", "slug": "temuco", "kind": "university"}
    add(editor, Institution, **values, place_pl="Temuco", place_en="Temuco", country="CL")
    assert Institution.objects.get().city is None


def test_a_slug_that_would_lead_elsewhere_is_refused_at_its_field(editor):
    city = CityFactory(slug="lemberg", name_en="Lviv")
    city.publication, city.slug = "draft", "lviv"
    city.save()
    for record, slug, word in (
        (CityFactory(held_back=True), "lemberg", "“Lviv” stands"),
        (AgreementFactory(held_back=True), "os-czasu", "The register itself uses “os-czasu”"),
    ):
        page = change(editor, record, slug=slug)
        assert page.status_code == 200
        assert list(page.context["adminform"].form.errors) == ["slug"]
        assert word in page.content.decode()
        assert record.slug != slug


def test_a_page_that_is_frozen_at_an_address_of_the_register_may_still_be_corrected(editor):
    agreement = AgreementFactory(slug="agreement")
    Agreement.objects.update(slug="timeline")
    change(editor, agreement, resolution="I/1")
    assert agreement.resolution == "I/1"
