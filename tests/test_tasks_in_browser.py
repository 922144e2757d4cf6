"""Every page in which a task of the staff leaves them, in a real browser: no fault that axe finds, nothing cut off."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from krakow_intl.core.admin.desk import SECTIONS, Desk
from krakow_intl.core.reviewing import Proposal, desk
from krakow_intl.models import VisitorReport
from krakow_intl.review import decisions
from krakow_intl.review.models import PendingChange, PreviewLink
from krakow_intl.review.preview_pages import VALID, token_of
from krakow_intl.review.rounds import begin
from krakow_intl.review.rounds import hand_in as hand_in_round
from krakow_intl.review.trial import rehearse
from partners.models import Agreement, PartnerCity, SheetImport, Theme
from tests.organizations.factories import MembershipFactory
from tests.partners.admin.sheets import address, csv, post, send
from tests.partners.factories import AgreementFactory, CityFactory, CityNameFactory, PartyFactory, ThemeFactory
from tests.partners.imports.conftest import load_words
from tests.staff import WRITERS, cookie_of, page_of, save
from tests.test_own_words import HEAD, apply, last_change, person, row_of, write
from tests.test_page_types import IS_CUT_OFF

APPEARANCES = [("pl", "light", 1280), ("en", "dark", 320)]
WIDTHS = (1280, 390, 320)
Kind = PendingChange.Kind


def digest(change):
    return rehearse(change).digest


class Register:
    """A register in which every kind of change waits, and the people who wrote it and look at it."""

    def __init__(self):
        self.anna, self.ewa = person("editor", "anna"), person("reviewer", "ewa")
        self.zofia = person(WRITERS, "zofia")
        self.lviv = CityFactory(slug="lviv", name_pl="Lwów", name_en="Lviv", country="UA", verified_on=None)
        CityNameFactory(city=self.lviv)
        self.agreement = self.make_agreement(title_en="Agrement")
        PartyFactory(agreement=self.agreement)
        self.changes = {}
        for tell in (self.write_forms, self.decide, self.do_to_many, self.turn_back, self.bring_sheets_in):
            tell()

    def make_agreement(self, **given):
        return AgreementFactory(city=self.lviv, verified_on=None, **given)

    def handed_in(self, what, client, record, **values):
        write(client, record, **values)
        self.changes[what] = last_change()
        return self.changes[what]

    def propose(self, what, kind, model, command, **given):
        self.changes[what] = desk().hand_in(Proposal(kind, self.anna.user, model, command, "why", **given))

    def write_forms(self):
        self.handed_in("form", self.anna, self.agreement, title_en="Agreement", **{"parties-0-DELETE": "on"})
        self.handed_in("withdrawal", self.anna, self.make_agreement(), publication="archived")
        stale = self.handed_in("stale form", self.anna, self.make_agreement(title_en="Old"), title_en="Anna’s")
        moved = stale.record
        moved.title_en = "Another’s"
        moved.save()
        lost = CityFactory()
        self.handed_in("form of what is gone", self.anna, lost, wikidata="Q1")
        PartnerCity.objects.filter(pk=lost.pk).delete()

    def decide(self):
        sent_back = self.handed_in("sent back", self.anna, self.lviv, lead_en="A city on the Poltva")
        decisions.send_back(sent_back, self.ewa.user, "Write a whole sentence.\nAnd name the river.")
        decisions.send_back(
            self.handed_in("sent back to the reviewer", self.zofia, self.lviv, wikidata="Q1"), self.ewa.user, "Q36036"
        )
        due = self.handed_in("scheduled", self.anna, self.lviv, wikidata="Q36036")
        decisions.schedule(due, self.ewa.user, digest(due), timezone.now() + timedelta(days=2))
        emergency = self.handed_in("emergency", self.anna, self.make_agreement(), title_en="At once")
        decisions.publish(emergency, self.ewa.user, digest(emergency), in_emergency=True, why="It is tonight")

    def do_to_many(self):
        drafts = [CityFactory(publication="draft", name_en=name, name_pl=name) for name in ("Kyiv", "Vilnius")]
        data = {"action": "publish", "_selected_action": [city.pk for city in drafts]}
        self.anna.post(page_of(PartnerCity, "changelist"), data)
        self.changes["bulk publication"] = last_change()
        theme = ThemeFactory()
        self.propose("removal", Kind.DELETE, Theme, {"name": "x"}, records=((Theme, theme.pk, theme.version),))
        walk = begin(self.anna.user, (Agreement,), city=self.lviv)
        for item, said in zip(walk.items.all(), ("true", "asked", "skipped"), strict=False):
            item.answer, item.remark, item.version = said, "Is it so?" * (said == "asked"), item.stored().version
            item.checked_on = timezone.localdate() if said == "true" else None
            item.save()
        self.changes["round"] = hand_in_round(walk, self.anna.user)

    def turn_back(self):
        moment = self.lviv.history.last().history_date.isoformat()
        self.lviv.refresh_from_db()
        self.lviv.lead_en = "A city of lions"
        self.lviv.save()
        said = {"moment": moment, "version": self.lviv.version}
        self.propose("restoring", Kind.RESTORE, PartnerCity, said, pk=self.lviv.pk)
        query = f"?change={self.changes['emergency'].pk}"
        self.anna.post(reverse("admin:take_back") + query, {"change_reason": "a mistake"})
        self.changes["taking back"] = last_change()
        self.deleted = self.make_agreement(publication="draft")
        write(self.zofia, self.deleted, title_en="Written, and deleted")
        Agreement.objects.filter(pk=self.deleted.pk).get().delete()

    def bring_sheets_in(self):
        jan = person("importer", "jan")
        applied = self.send(jan)
        decisions.publish(last_change(), self.ewa.user, digest(last_change()))
        post(jan, "undo", applied, undo="1")
        self.changes["undoing of an import"] = last_change()
        self.sheet = self.send(jan)
        self.changes["import"] = last_change()

    def send(self, jan):
        agreement = self.make_agreement(signed_on="2005-05-12", title_pl="Umowa o parkach")
        sheet, _page = send(jan, csv(row_of(agreement), head=HEAD))
        apply(jan, sheet)
        return sheet

    def fill_the_desk(self):
        """Something for every section of the desk of `zofia`, besides what waits already."""
        begin(self.zofia.user, city=self.lviv)
        self.draft = CityFactory(publication="draft")
        write(self.zofia, self.draft, lead_en="Half written")
        self.make_agreement(term="fixed", valid_until=(timezone.localdate() + timedelta(days=90)).isoformat())
        self.make_agreement(events=[{"kind": "suspended", "taken_on": "2022-03-02"}])
        self.make_agreement(term="not-recorded")
        MembershipFactory(fee=100, currency="EUR")
        other = CityFactory(lead_pl="Miasto", lead_en="A city", description_pl="<p>Historia.</p>")
        other.lead_pl = "Inne miasto"
        other.save()
        VisitorReport.objects.create(text="Wrong date", digest="1")
        VisitorReport.objects.create(text="Wrong", digest="2", is_set_apart=True)
        asked = {"questions": [{"key": "a"}]}
        SheetImport.objects.create(name="asks.xlsx", file="x", digest="1", uploaded_by=self.zofia.user, report=asked)

    def addresses(self, language):
        """{what is done: the page on which it is}, in a language."""
        with override(language):
            written = {what: change.get_absolute_url() for what, change in self.changes.items()}
            return written | self.of_desk(language) | self.of_past(language) | self.of_previews(language)

    def of_desk(self, language):
        mine = self.changes["sent back to the reviewer"]
        return {
            "desk": reverse("admin:index"),
            "section of the desk": reverse("admin:desk_section", args=["english-older"]),
            "changes": reverse("admin:review_pendingchange_changelist") + "?state=all",
            "form under review": page_of(self.agreement, "change", language),
            "form that was sent back": f"{page_of(self.lviv, 'change', language)}?pending={mine.pk}",
            "sheet that was handed in": address("change", self.sheet.pk, language=language),
            "sheets": address("changelist", language=language),
        }

    def of_past(self, language):
        return {
            "two states": self.reverse("compare", self.lviv),
            "history": page_of(self.lviv, "history", language),
            "deleted": reverse("admin:review_deleted", args=[ContentType.objects.get_for_model(Agreement).pk]),
            "state of what was deleted": self.reverse("compare", self.deleted),
            "taking back of many": f"{reverse('admin:take_back')}?change={self.changes['emergency'].pk}",
        }

    def of_previews(self, language):
        kind = ContentType.objects.get_for_model(PartnerCity)
        shared = {"content_type": kind, "object_id": self.lviv.pk, "expires_at": timezone.now() + VALID}
        link = PreviewLink.objects.create(**shared, change=self.changes["scheduled"], made_by=self.anna.user)
        return {
            "links to the preview": self.reverse("links", self.lviv),
            "preview by a link": reverse("shared_preview", args=[token_of(link)]),
            "preview beside the form": self.reverse("preview", self.draft, language),
            "preview of a change": reverse(
                "admin:review_pendingchange_preview", args=[self.changes["form"].pk, language]
            ),
        }

    @staticmethod
    def reverse(page, record, *more):
        kind = ContentType.objects.get_for_model(record)
        return reverse(f"admin:review_{page}", args=[kind.pk, record.pk, *more])


@pytest.fixture
def register(live_server, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    load_words()
    with override("en"):
        made = Register()
        made.fill_the_desk()
    return made


@pytest.fixture
def look(page, axe_faults, live_server):
    """Opens the pages of a person in an appearance and returns {what: what is wrong there}."""

    def faults():
        """What axe finds in the appearance of the page, and at which widths the page is cut off."""
        found, size = axe_faults(page), page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size(size | {"width": width})
            found += [f"is cut off at {width}"] * page.evaluate(IS_CUT_OFF)
        page.set_viewport_size(size)
        return found

    def at(client, addresses, scheme, width):
        page.context.add_cookies([cookie_of(client, live_server)])
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        found = {}
        for what, where in addresses.items():
            answer = page.goto(where)
            found[what] = [*([answer.status] if answer.status != 200 else []), *faults()]
        return {what: wrong for what, wrong in found.items() if wrong}

    at.faults = faults
    return at


def every_other(addresses, first):
    return dict([*addresses.items()][first::2])


def left_out(register):
    """The sections of the desk of `zofia` in which nothing waits, and the kinds of changes of which none does."""
    zofia, changes = Desk(register.zofia.user), PendingChange.objects.all()
    sections = {each.name for each in SECTIONS if not len(each.rows(zofia)[:])}
    return sections | {*Kind.values} - {change.kind for change in changes}


def test_no_page_of_a_task_has_a_fault(register, look):
    assert left_out(register) == set()
    faults = {}
    for place, (language, scheme, width) in enumerate(APPEARANCES):
        addresses = every_other(register.addresses(language), place)
        faults |= look(register.zofia, addresses, scheme, width)
    mine = {"sent back, to its author": register.addresses("pl")["sent back"]}
    faults |= look(register.anna, mine, "light", 320)
    assert faults == {}, "\n".join(f"{what}: {found}" for what, found in faults.items())


def let_another_save_first(page, city, anna, zofia):
    page.goto(page_of(city, "change", "pl"))
    write(anna, city, lead_en="What Anna wrote")
    decisions.publish(last_change(), zofia.user, digest(last_change()))
    page.fill("#id_lead_en", "What Zofia wrote")
    page.fill("#id_change_reason", "as it is")
    save(page)
    assert page.get_by_text("What Anna wrote").first.is_visible()
    assert page.input_value("#id_lead_en") == "What Zofia wrote"


def type_nonsense(page, city, anna, zofia):
    page.goto(page_of(city, "change"))
    page.fill("#id_wikidata", "north")
    page.fill("#id_names-0-name", "Lemberg")
    save(page)
    assert page.locator(".errorlist").count() == 1


def give_no_reason(page, city, anna, zofia):
    page.goto(page_of(city, "change", "pl"))
    page.fill("#id_lead_en", "Without a reason")
    save(page)
    assert not PendingChange.objects.waiting().exists()


def write_in_what_is_gone(page, city, anna, zofia):
    lost = CityFactory(publication="draft")
    page.goto(page_of(lost, "change"))
    page.fill("#id_lead_en", "Written while it was deleted")
    PartnerCity.objects.get(pk=lost.pk).delete()
    save(page)
    assert page.get_by_text("Written while it was deleted").count() == 1


def choose_many_to_publish(page, city, anna, zofia):
    write(anna, city, wikidata="Q36036")
    page.goto(page_of(PendingChange, "changelist", "pl"))
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("publish_selected")
    page.locator("[name=index]").first.click()
    page.wait_for_load_state()
    assert page.locator(".review__one").count() == 1


STEPS = [let_another_save_first, type_nonsense, give_no_reason, write_in_what_is_gone, choose_many_to_publish]


def test_no_page_has_a_fault_that_says_why_it_did_not_save_or_asks_once_more(page, look, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    city, anna, zofia = CityFactory(), person("editor", "anna"), person("reviewer", "zofia")
    look(zofia, {}, "light", 1280)
    faults = {}
    for place, step in enumerate(STEPS):
        _language, scheme, width = APPEARANCES[place % 2]
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        step(page, city, anna, zofia)
        if found := look.faults():
            faults[step.__name__] = found
    assert faults == {}
