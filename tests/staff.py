"""People with a role, and the forms they fill in as a browser would."""

import json
import re
from functools import cache
from html.parser import HTMLParser

from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django.utils.translation import override

# where nobody is led after signing in, whatever an address says
ELSEWHERE = [
    *("https://example.org", "//example.org", "///example.org", "/\\example.org", "\\\\example.org"),
    *("http://testserver@example.org", "http://testserver.example.org", "javascript:alert(1)", "data:text/html,x"),
    *("/\t/example.org", "//example.org%0d%0aX:1", "http:///example.org", "https:example.org"),
]
WRITERS = "reviewer+importer"  # whoever does all that is done with texts


def load_roles():
    """What loading their file makes of the roles, in a few statements instead of hundreds."""
    if Group.objects.exists():
        return
    keys = ("codename", "content_type__app_label", "content_type__model")
    rights = {tuple(key): pk for *key, pk in Permission.objects.values_list(*keys, "pk")}
    groups = {group.name: group for group in Group.objects.bulk_create(Group(name=role) for role in _rights_of_roles())}
    through = Group.permissions.through
    through.objects.bulk_create(
        through(group=groups[role], permission_id=rights[tuple(key)])
        for role, keys in _rights_of_roles().items()
        for key in keys
    )


@cache
def _rights_of_roles():
    entries = json.loads((settings.BASE_DIR / "fixtures" / "00-roles.json").read_bytes())
    return {entry["fields"]["name"]: entry["fields"]["permissions"] for entry in entries}


def account(role, username=None, **given):
    """An account with a `Role`, with several as "reviewer+importer", or "superuser"."""
    username = username or role
    if role == "superuser":
        return User.objects.create_superuser(username, **given)
    load_roles()
    user = User.objects.create_user(username, is_staff=True, **given)
    user.groups.set(Group.objects.filter(name__in=role.split("+")))
    return user


def sign_in(client, role, **given):
    client.force_login(account(role, **given))
    return client


def page_of(record_or_model, page, language="en"):
    """The address of an admin page: "changelist" and "add" of a model, "change", "history" and "delete" of a record."""
    arguments = [] if isinstance(record_or_model, type) else [record_or_model.pk]
    options = record_or_model._meta
    with override(language):
        return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=arguments)


def cookie_of(client, server):
    """The cookie by which a browser goes on as whom a client signed in."""
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}


def save(page):
    """Presses the first *Save* of a form in a browser and waits for what follows."""
    page.locator("[name=_save]").first.click()
    page.wait_for_load_state()


def pick(page, row, typed, told):
    """Picks, with the keyboard, the one record that is `told` once `typed` has narrowed the list in a `row`."""
    page.locator(f"{row} .select2-selection").first.focus()
    page.keyboard.press("Enter")
    page.locator("input.select2-search__field:focus").wait_for()
    page.keyboard.insert_text(typed)
    page.wait_for_function(
        """told => {
            const [one, ...others] = document.querySelectorAll(".select2-results__option[aria-selected]");
            return one?.textContent.includes(told) && !others.length;
        }""",
        arg=told,
    )
    page.keyboard.press("Enter")


class FormReader(HTMLParser):
    """What a browser would send of the form with `id`: {name: value}, without its buttons."""

    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.data, self.inside = form_id, {}, False
        self.text_of, self.select = None, None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.inside = attributes.get("id") == self.form_id
        elif self.inside and "disabled" not in attributes:
            self._read(tag, attributes, attributes.get("name"))

    def _read(self, tag, attributes, name):
        if tag == "input" and name and attributes.get("type") not in ("submit", "file", "button"):
            is_box = attributes.get("type") in ("checkbox", "radio")
            if not is_box:
                self.data[name] = attributes.get("value") or ""
            elif "checked" in attributes:
                self.data.setdefault(name, []).append(attributes.get("value") or "on")
        elif tag == "textarea":
            self.text_of, self.data[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and (self.select not in self.data or "selected" in attributes):
            self.data[self.select] = attributes.get("value") or ""

    def handle_data(self, data):
        if self.text_of:
            self.data[self.text_of] += data.removeprefix("\n") if not self.data[self.text_of] else data

    def handle_endtag(self, tag):
        self.text_of = None if tag == "textarea" else self.text_of
        self.select = None if tag == "select" else self.select
        self.inside = self.inside and tag != "form"


def typed(response, **changes):
    """The data of the change form that `response` shows, with `changes`."""
    reader = FormReader(f"{response.context['opts'].model_name}_form")
    reader.feed(response.content.decode())
    return reader.data | changes


# a box that is to be ticked, by its key: type="checkbox" name="confirmed" value="0123..."
A_BOX = re.compile(r'type="checkbox" name="confirmed" value="(\w{32})"')


def boxes(response):
    """The keys of what a form asks to confirm before it is stored."""
    return A_BOX.findall(response.content.decode()) if response.status_code == 200 else []


def errors(response):
    """The errors that a form was shown again with, as texts; none if it was not."""
    return [str(error) for error in response.context["errors"]] if response.context else []


def add(client, model, **values):
    """Fills in and sends the page on which a record is added."""
    response = send_and_tick(client, page_of(model, "add"), REASON | values)
    publish_waiting()
    return response


def send_and_tick(client, page, values):
    """Sends a form, and once more with every box ticked if something is odd."""
    sent = typed(client.get(page)) | values
    response = client.post(page, sent)
    ticks = boxes(response)
    return client.post(page, sent | {"confirmed": ticks}) if ticks else response


REASON = {"change_reason": "as the original has it"}


def change(client, record, **values):
    """Fills in and sends the page of a record, which holds afterwards what another person let be published."""
    response = send_and_tick(client, page_of(record, "change"), REASON | values)
    publish_waiting()
    record.refresh_from_db()
    return response


def anna():
    """The name of an account of all who write, for whom commands are run."""
    if not User.objects.filter(username="anna").exists():
        account(WRITERS, "anna")
    return "anna"


def publish_waiting():
    """A person who wrote none of it publishes all that waits for review; returns how it stands then."""
    from krakow_intl.review.decisions import publish
    from krakow_intl.review.models import PendingChange
    from krakow_intl.review.trial import rehearse

    waiting = [*PendingChange.objects.waiting()]
    if waiting:
        zofia = User.objects.filter(username="zofia").first() or account("reviewer", "zofia")
    return [publish(change, zofia, rehearse(change).digest) for change in waiting]
