"""What is internal reaches those with the right alone, on whatever page of the staff, in whatever file."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone

from krakow_intl.core.admin.desk import SECTIONS
from krakow_intl.core.internal import internal_columns
from krakow_intl.review.models import PendingChange
from partners.imports.planning.planner import plan_import
from partners.models import Agreement, Assessment
from tests.partners.admin.sheets import GOOD, HEAD, csv, send
from tests.partners.factories import AgreementFactory, AssessmentFactory, CityFactory
from tests.partners.imports.conftest import load_words
from tests.permissions import World
from tests.records import models_of_the_house
from tests.routes import routes
from tests.staff import REASON, WRITERS, account, change, errors, page_of, publish_waiting, sign_in, typed
from tests.test_public_pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SECRET = "smocza jama"
CLERK = "clerk"  # writes, reviews and brings lists in, without the rights to what is internal
OUTSIDERS = ("reader", "administrator", CLERK)
INTERNAL = {right for model in models_of_the_house() for right in internal_columns(model).values()}


def clerk():
    user = User.objects.create_user(CLERK, is_staff=True)
    rights = account(WRITERS, "writer").get_all_permissions() - INTERNAL
    names = [right.partition(".")[2] for right in rights if not right.endswith("_assessment")]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def world(settings, tmp_path, client):
    settings.VAR_DIR = tmp_path
    world = World()
    world.accounts[CLERK] = clerk()
    for model in models_of_the_house():
        for column in internal_columns(model):
            if hasattr(model, column):
                keep_secrets(world.records[model], column)
    for column in ("reason_pl", "reason_en", "next_step_pl"):
        keep_secrets(world.records[Assessment], column)
    hand_in(client, world)
    delete_some()
    return world


COLUMNS = ["Nr", "Miasto", "Rodzaj aktu", "Tytuł", "Data podpisania", "Uchwała"]


def row_of(agreement):
    return [str(agreement.number), "Lwów", "", agreement.title_pl, "12.05.2005", "XX/1"]


def keep_secrets(record, column):
    """Two versions, minutes apart, for what is saved at once is told as one."""
    for number, text in enumerate((f"{SECRET} 1", f"{SECRET} 2"), 1):
        setattr(record, column, text)
        record._history_date = timezone.now() + timedelta(minutes=number)
        record.save()
    del record._history_date


def hand_in(client, world):
    """A form that changes what is internal too, and a sheet that holds some."""
    client.force_login(world.author)
    page = page_of(world.records[Agreement], "change")
    sent = typed(client.get(page), internal_notes=f"{SECRET} 3", resolution="XX/1")
    assert not errors(client.post(page, sent | REASON))
    client.force_login(world.accounts["importer"])
    send(client, csv([*GOOD, SECRET], head=[*HEAD, "Uwagi"]))


def delete_some():
    city = CityFactory(publication="draft")
    for record in (AssessmentFactory(city=city, reason_pl=SECRET), AgreementFactory(internal_notes=SECRET)):
        record.delete()


def addresses(client, world):
    """Every address of the staff, and those that show more than their route names."""
    yield from (world.address(route) for route in routes() if route.path.startswith("en/admin/"))
    for model in (Agreement, Assessment):
        kind = ContentType.objects.get_for_model(model).pk
        yield reverse("admin:review_deleted", args=[kind])
        for key in model.history.values_list("id", flat=True).distinct():
            yield from states(client, kind, key)
        for suffix in ("csv", "xlsx", "ods"):
            yield f"{page_of(model, 'changelist')}sheet/{suffix}/"
            yield f"{page_of(model, 'changelist')}list/{suffix}/"
        yield f"{page_of(model, 'changelist')}?q={SECRET.split()[0]}"
    yield from (change.get_absolute_url() for change in PendingChange.objects.all())
    yield from (f"/en/admin/desk/{name}/" for name in [section.name for section in SECTIONS])


def states(client, kind, key):
    """The comparisons of any two states that a page offers."""
    page = reverse("admin:review_compare", args=[kind, key])
    response = client.get(page)
    yield page
    if response.status_code == 200:
        moments = [moment.replace("+", "%2B") for moment, _words in response.context["form"].fields["after"].choices]
        yield from (f"{page}?before={first}&after={last}" for first in moments for last in moments)


def told(client, address):
    response = client.get(address)
    return text_of(response) if response.status_code == 200 and "zip" not in response["Content-Type"] else ""


def shown_to(client, user, world):
    client.force_login(user)
    return [address for address in dict.fromkeys(addresses(client, world)) if SECRET in told(client, address)]


@pytest.mark.slow
def test_nothing_internal_is_shown_to_those_without_the_right(client, world):
    assert {role: shown_to(client, world.accounts[role], world) for role in OUTSIDERS} == {
        role: [] for role in OUTSIDERS
    }


def test_what_is_internal_would_be_found_where_it_may_be_shown(client, world):
    client.force_login(account("reviewer", "zofia"))
    agreement = world.records[Agreement]
    kind = ContentType.objects.get_for_model(Agreement).pk
    pages = [page_of(agreement, "change"), page_of(agreement, "history"), next(states(client, kind, agreement.pk))]
    pages += [PendingChange.objects.filter(kind="form").get().get_absolute_url()]
    pages += [
        f"{page_of(Agreement, 'changelist')}{way}/{suffix}/" for way in ("sheet", "list") for suffix in ("csv", "xlsx")
    ]
    pages += [page_of(world.records[Assessment], page) for page in ("change", "history")]
    assert [address for address in pages if SECRET not in told(client, address)] == []


def test_all_that_is_published_at_once_is_told_without_what_is_internal(client, world):
    client.force_login(world.accounts[CLERK])
    keys = [*PendingChange.objects.waiting().values_list("pk", flat=True)]
    page = client.post("/en/admin/review/pendingchange/", {"action": "publish_selected", "_selected_action": keys})
    text = page.content.decode()
    assert "XX/1" in text
    assert SECRET not in text


@pytest.mark.parametrize("lookup", ["internal_notes", "internal_notes__contains", "internal_notes__startswith"])
def test_no_filter_in_an_address_tells_what_stands_in_a_column_that_is_not_shown(client, world, lookup):
    page = f"{page_of(Agreement, 'changelist')}?{lookup}=smocza"
    client.force_login(world.accounts["reader"])
    assert client.get(page).status_code == 400
    client.force_login(world.accounts["reviewer"])
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("lookup", ["assessments__isnull", "assessments__grade", "assessments"])
def test_no_filter_leads_along_records_that_are_not_shown(client, world, lookup):
    client.force_login(world.accounts["reader"])
    assert client.get(f"/en/admin/partners/partnercity/?{lookup}=0").status_code == 400


@pytest.mark.parametrize("publication", ["draft", "published"])
def test_what_is_sent_for_a_column_that_is_not_shown_changes_nothing(client, publication):
    agreement = AgreementFactory(publication=publication, internal_notes=SECRET)
    client.force_login(clerk())
    change(client, agreement, internal_notes="forged", resolution="XX/1")
    assert (agreement.internal_notes, agreement.resolution) == (SECRET, "XX/1")


def test_what_is_sent_for_such_a_column_of_a_new_record_is_not_kept(client):
    draft = AgreementFactory(publication="draft")
    client.force_login(clerk())
    data = typed(client.get(page_of(Agreement, "add"))) | REASON
    data |= {
        "city": draft.city_id,
        "kind": "partnership",
        "title_pl": "Umowa",
        "title_en": "Agreement",
        "slug": "new",
        "internal_notes": "forged",
    }
    assert errors(client.post(page_of(Agreement, "add"), data)) == []
    assert Agreement.objects.get(slug="new").internal_notes == ""


def test_whoever_saved_first_is_told_of_without_what_is_internal(client):
    agreement = AgreementFactory(publication="draft")
    client.force_login(clerk())
    sent = typed(client.get(page_of(agreement, "change")), resolution="XX/1") | REASON
    keep_secrets(agreement, "internal_notes")
    agreement.signed_at_pl = "Wawel"
    agreement.save()
    text = client.post(page_of(agreement, "change"), sent).content.decode()
    assert "Wawel" in text
    assert SECRET not in text


def test_a_column_of_a_sheet_that_its_owner_may_not_see_is_not_read(client):
    agreement = AgreementFactory(
        publication="draft", city__name_pl="Lwów", signed_on="2005-05-12", internal_notes=SECRET
    )
    client.force_login(clerk())
    load_words()
    record, page = send(client, csv([*row_of(agreement), "forged"], head=[*COLUMNS, "Uwagi"]))
    text = page.content.decode()
    assert "you have no right to see and to write what stands there" in text
    assert SECRET not in text
    assert "internal_notes" not in str(record.report["plan"])
    client.post(
        reverse("admin:partners_sheetimport_apply", args=[record.pk]), {"plan": record.plan_digest, "what": "all"}
    )
    agreement.refresh_from_db()
    assert (agreement.internal_notes, agreement.resolution) == (SECRET, "XX/1")


@pytest.mark.parametrize("decisions", [{"constant:notes": "forged"}, {"comments:notes": "add"}])
def test_no_answer_about_a_sheet_writes_into_a_column_that_is_not_shown(decisions):
    agreement = AgreementFactory(
        publication="draft", city__name_pl="Lwów", signed_on="2005-05-12", internal_notes=SECRET
    )
    load_words()
    plan = plan_import(csv(row_of(agreement), head=COLUMNS), decisions=decisions, user=clerk())
    assert [sorted(planned.changes) for planned in plan.rows] == [["resolution"]]


def test_a_sheet_of_a_colleague_is_not_shown_to_those_who_may_not_see_all_of_it(client, world):
    record = send_as(client, world, "importer")
    client.force_login(world.accounts[CLERK])
    for page in ("change", "marked", "undo"):
        assert client.get(reverse(f"admin:partners_sheetimport_{page}", args=[record.pk])).status_code == 403


def send_as(client, world, role):
    client.force_login(world.accounts[role])
    return send(client, csv([*GOOD, SECRET], head=[*HEAD, "Uwagi"]))[0]


@pytest.mark.parametrize("publication", ["draft", "published"])
def test_an_earlier_state_comes_back_without_what_is_internal(client, publication):
    agreement = AgreementFactory(publication=publication, internal_notes="long ago", resolution="I/1")
    agreement._history_date = timezone.now() + timedelta(minutes=1)
    agreement.internal_notes, agreement.resolution = SECRET, "II/2"
    agreement.save()
    client.force_login(clerk())
    page = reverse("admin:review_compare", args=[ContentType.objects.get_for_model(Agreement).pk, agreement.pk])
    moment, _words = client.get(page).context["form"].fields["after"].choices[-1]
    client.post(page, {"moment": moment, **REASON})
    publish_waiting()
    agreement.refresh_from_db()
    assert (agreement.internal_notes, agreement.resolution) == (SECRET, "I/1")


def test_what_goes_with_a_record_that_is_deleted_is_not_told_to_those_who_may_not_see_it(client):
    city = CityFactory(publication="draft")
    AssessmentFactory(city=city, reason_pl=SECRET, grade="exemplary")
    client.force_login(clerk())
    text = client.get(page_of(city, "delete")).content.decode()
    assert "exemplary" not in text
    assert SECRET not in text


def test_what_a_record_keeps_internal_is_named_once_and_its_right_exists():
    for right in INTERNAL:
        app, _dot, codename = right.partition(".")
        assert Permission.objects.filter(content_type__app_label=app, codename=codename).exists()


def test_readers_see_the_rest_of_an_agreement(client):
    agreement = AgreementFactory(internal_notes=SECRET, resolution="XX/1")
    sign_in(client, "reader")
    assert "XX/1" in client.get(page_of(agreement, "change")).content.decode()
