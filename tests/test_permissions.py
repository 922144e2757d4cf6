"""Every role is answered at every address as `permissions.txt` declares, by every method; nobody gets beyond it."""

from itertools import cycle

import pytest
from django.contrib import auth
from django.contrib.admin import site
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client

from krakow_intl.core.jinja import PublicPage
from tests.permissions import ROLES, World, alternatives, answer_of, rule_for, rules
from tests.routes import routes

pytestmark = [pytest.mark.django_db, pytest.mark.once]
get_user = auth.get_user
METHODS = ("GET", "HEAD", "POST")
NEVER = ("PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "FOO")
KNOWN = [*rules()]
ROUTES = sorted(routes(), key=lambda route: route.name)
HALVES = {"one half": ROUTES[::2], "the other half": ROUTES[1::2]}  # so that two processes share the work


@pytest.fixture
def world(settings, tmp_path, monkeypatch):
    """All records, an account of each role, and pages that are decided about, and not drawn."""
    settings.VAR_DIR = tmp_path
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {name: {"BACKEND": memory, "LOCATION": f"{tmp_path} {name}"} for name in settings.CACHES}
    for template in (Template, PublicPage):
        monkeypatch.setattr(template, "render", lambda *arguments, **options: "-")
    monkeypatch.setattr(site, "get_app_list", lambda request, app_label=None: [{"app_label": app_label, "name": ""}])
    monkeypatch.setattr(site, "each_context", lambda request: {})
    return World()


@pytest.fixture
def ask(world, monkeypatch):
    """The answer to a role at a route; what a request writes is taken back."""
    client = Client(raise_request_exception=False)

    def ask(role, method, route):
        account = world.accounts.get(role)
        monkeypatch.setattr(auth, "get_user", lambda request: account or get_user(request))
        with transaction.atomic():
            response = client.generic(method, world.address(route))
            answer = answer_of(response)
            if response.streaming:
                response.getvalue()
            transaction.set_rollback(True)
        client.cookies.clear()
        return answer

    return ask


def test_every_route_has_a_rule_for_each_method_and_every_rule_a_route():
    asked = {(route.name, method): rule_for(route.name, method, KNOWN) for route in ROUTES for method in METHODS}
    assert [cell for cell, rule in asked.items() if rule is None] == []
    further = (rule_for(route.name, method, KNOWN) for route in ROUTES for method in NEVER)
    used = {(rule.line, rule.method) for rule in [*asked.values(), *filter(None, further)]}
    assert {(rule.line, rule.method) for rule in KNOWN} - used == set()


def test_rules_name_their_routes_so_that_a_new_one_has_none():
    assert {rule.pattern for rule in KNOWN if "*" in rule.pattern} == {
        "en/admin/(?P<url>?*)$",
        "en/admin/*/*/<path:object_id>/",
    }
    for name in ("admin:partners_agreement_secret", "admin:partners_secret_changelist", "partners:secret", "secret"):
        assert rule_for(name, "GET", KNOWN) is rule_for(name, "POST", KNOWN) is None


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_every_role_is_answered_as_declared_by_every_method(ask, half):
    """By HEAD, and by what is never done, each route is asked by one role, the next by the next; else by all."""
    found = {}
    for route, in_turn, never in zip(half, cycle(ROLES), cycle(NEVER), strict=False):
        cells = [(method, role) for method in ("GET", "POST") for role in ROLES]
        cells += [
            ("HEAD", in_turn),
            (never, in_turn),
            *((method, role) for method in ("PUT", "DELETE") for role in (in_turn, "superuser")),
        ]
        for method, role in cells:
            rule = rule_for(route.name, method, KNOWN)
            declared = rule.answers[ROLES.index(role)] if rule else "405"
            if (answer := ask(role, method, route)) != declared:
                found[route.name, method, role] = answer, declared
    assert found == {}


def test_braces_stand_for_each_of_their_words():
    assert [*alternatives("a_{b,c}_{d,e}")] == ["a_b_d", "a_b_e", "a_c_d", "a_c_e"]
    assert [*alternatives("plain")] == ["plain"]
