"""What every role is answered at every address: the rules of `permissions.txt`, which are asked for real."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import product
from pathlib import Path

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType

from krakow_intl.core.reviewing import Proposal, desk
from krakow_intl.models import Page
from krakow_intl.review.models import PendingChange
from partners.imports.writing.applying import store_upload
from partners.imports.writing.background import read_sheet
from partners.models import Agreement, Benefit, Document, PartnerCity, SheetImport
from programme.models import Source
from tests.partners.admin.sheets import GOOD, WRONG_DAY, csv
from tests.records import make_published, make_world
from tests.routes import kind_of
from tests.staff import account

ROLES = ("nobody", "reader", "editor", "reviewer", "importer", "administrator", "superuser")
RULES = Path(__file__).with_name("permissions.txt")
OF_ANY_KIND = {f"admin:review_{name}" for name in ("preview", "links", "compare", "deleted")}
OF_A_KIND = ("picture", "citation")  # whose addresses name the kind of a record
LOGIN = "login"  # is sent to sign in


@dataclass(frozen=True)
class Rule:
    """What each of `ROLES` is answered at the addresses that match a pattern, asked by a method."""

    line: str  # the pattern as it was written, which may stand for several
    pattern: str
    method: str
    answers: tuple


def rules():
    groups, lines = {}, (line.split() for line in RULES.read_text().splitlines())
    for first, second, *rest in (line for line in lines if line and not line[0].startswith("#")):
        if second == "=":
            groups[first] = ",".join(filter(None, [groups.get(first), *rest]))
            continue
        assert len(rest) == len(ROLES), first
        yield from (Rule(first, one, second, tuple(rest)) for one in alternatives(_spelt_out(first, groups)))


def _spelt_out(pattern, groups):
    for name, words in groups.items():
        pattern = pattern.replace(f"{{{name}}}", f"{{{words}}}")
    return pattern


def alternatives(pattern):
    """The patterns that one with braces stands for: "a{b,c}d" for "abd" and "acd"."""
    parts = pattern.replace("}", "{").split("{")
    yield from map("".join, product(*(part.split(",") for part in parts)))


def rule_for(name, method, known):
    found = (rule for rule in known if rule.method == method and fnmatchcase(name, rule.pattern))
    return next(found, None) or (rule_for(name, "GET", known) if method == "HEAD" else None)


def answer_of(response):
    """The answer in a word: its status, or "login"."""
    to_login = response.status_code == 302 and "/login/?next=" in response["Location"]
    return LOGIN if to_login else str(response.status_code)


class World:
    """A record of every kind, published, of which another person made all, and an account of every role."""

    def __init__(self):
        self.accounts = {role: account(role) for role in ROLES[1:]}
        self.author = account("editor", "author")
        self.records = make_world()
        Document.objects.filter(pk=self.records[Document].pk).update(language="pl")
        gift = make_published(Benefit, self.records, publication="in-review")
        proposal = Proposal("publish", self.author, Benefit, {}, records=((Benefit, gift.pk, gift.version),))
        self.records[PendingChange] = desk().hand_in(proposal)
        self.records[SheetImport] = store_upload(csv(GOOD, WRONG_DAY), "umowy.csv", self.author)
        read_sheet(self.records[SheetImport])
        for slug in ("about", "data", "privacy", "contact"):
            make_published(Page, self.records, slug=slug)

    def address(self, route):
        """The address of a route with records that exist."""
        record = self._record(route)
        key = self.records[Document].pk if route.name == "admin:partners_document_scan" else record and record.pk
        values = {"pk": key, "id": key, "object_id": key, "slug": getattr(record, "slug", ""), "language": "pl"}
        values |= {"kind": "city" if route.name in OF_A_KIND else "csv", "app_label": "partners", "url": "nowhere"}
        values |= {"name": "unverified", "token": "made-up", "section": "lists", "number": 1}
        values |= {
            "collection": "cities",
            "key": self.records[PartnerCity].slug,
            "ending": "bib" if route.name == "citation" else "csv",
        }
        if route.name in OF_ANY_KIND:
            city = self.records[PartnerCity]
            values |= {"kind": ContentType.objects.get_for_model(city).pk, "pk": city.pk}
        return route.filled(values)

    def _record(self, route):
        if kind := kind_of(route):
            return self.records[kind.model]
        special = {
            **dict.fromkeys(OF_A_KIND, PartnerCity),
            **dict.fromkeys(("partners:city_calendar", "city_feed"), PartnerCity),
            "admin:lost_second_factor": User,
            "partners:document_detail": Agreement,
            "programme:source_scan": Source,
        }
        return self.records.get(special.get(route.name) or route.model)
