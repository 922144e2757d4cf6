"""What Django says to staff in Polish needs no inflection, and what we word anew is still said by Django."""

import re
from html.parser import HTMLParser
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import override

from krakow_intl.management.commands.update_messages import read_catalogue, texts_of
from krakow_intl.models import LoadedFixture
from partners.models import Agreement, Assessment, Theme
from tests.partners.factories import AgreementFactory, AssessmentFactory, ThemeFactory
from tests.staff import account, page_of, sign_in, typed

# what no page of the admin says: "(-a)" for both genders, "Dodaj umowa", "Wybierz obiekt", "Pasek boczny"
STIFF = {
    "both genders at once": r"\(-\w+\)|\w\(\w{1,4}\)\(-",
    "a name that is not inflected": r"(Dodaj|Zmień|Zobacz|Wybierz|skasować) (umowa|użytkownik)",
    "a column as a field": r"Według pola",
    "somebody lost": r"zabierz mnie",
    "objects": r"obiekt",
    "an action that is run": r"Akcja:|Wykonaj wybraną|wybrano akcji|wykonania akcji",
    "models": r"Modele w aplikacji|Nazwa modelu",
    "English": r"Breadcrumbs",
    "a bar at a side": r"Pasek boczny|elementy nawigacji|odfiltrować",
    "quality time": r"cennego czasu",
    "a program’s word for a password": r"uwierzyteln",
    "everything for a choice": r"\bWszystko\b",
    "success": r"pomyślnie",
}
OVERRIDDEN = [
    m for m in read_catalogue() if any(name == "krakow_intl/core/admin/django_messages.py" for name, _ in m.locations)
]


def said_by_django(language):
    """{message: its translations} of the parts of the installed Django from which staff see something."""
    for part in ("conf", "contrib/admin", "contrib/auth"):
        path = Path(django.__file__).parent / part / "locale" / language / "LC_MESSAGES" / "django.po"
        with path.open("rb") as file:
            yield from ((message.id, texts_of(message)) for message in read_po(file) if not message.context)


class Words(HTMLParser):
    """What a person reads or hears of a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        shown = ("title", "aria-label", "placeholder", "value", "data-inline-formset")
        self.found += [value for name, value in attributes if name in shown and value]

    def handle_data(self, text):
        self.found.append(" ".join(text.split()))


def words(response):
    return Words(response.content.decode()).found


def test_django_still_says_all_that_is_worded_anew():
    said = {message for message, _ in said_by_django("en")}
    assert len(OVERRIDDEN) > 90
    assert [m.id for m in OVERRIDDEN if m.id not in said] == []


def test_what_is_worded_anew_differs_from_django():
    said = dict(said_by_django("pl"))
    assert [m.id for m in OVERRIDDEN if texts_of(m) == said.get(m.id)] == []


@pytest.mark.parametrize("pattern", STIFF.values(), ids=STIFF)
def test_the_stiff_words_are_those_of_django(pattern):
    """So that none is looked for below that could never be found."""
    names = {"umowa", "użytkownik"}
    texts = (text for _, translations in said_by_django("pl") for text in translations)
    # a place for a name in a message: "%(name)s", "%s", "{name}"
    filled = (re.sub(r"%\(\w+\)s|%s|{\w+}", name, text) for text in texts for name in names)
    # one of `STIFF`: "Dodaj użytkownik"
    assert any(re.search(pattern, text) for text in filled)


def pages(client):
    """One page of each type in Polish, with what is answered to what was done."""
    agreement = AgreementFactory(publication="draft")
    unused, used = ThemeFactory(), AssessmentFactory(city__publication="draft").city
    for name in ("index", "password_change"):
        yield client.get(reverse(f"admin:{name}"))
    yield client.get("/pl/admin/partners/")
    for model in (Agreement, Assessment, User, LoadedFixture):
        yield client.get(page_of(model, "changelist", "pl"))
        yield client.get(page_of(model, "changelist", "pl") + "?q=zzz")
    for record in (agreement, used, account("editor", username="anna")):
        yield from (client.get(page_of(record, page, "pl")) for page in ("change", "history"))
    for model in (Agreement, User):
        yield client.get(page_of(model, "add", "pl"))
        yield client.get(page_of(model, "changelist", "pl") + "999/change/", follow=True)
    form = page_of(unused, "change", "pl")
    for button in ("_save", "_continue", "_addanother"):
        yield client.post(form, typed(client.get(form)) | {button: "yes"}, follow=True)
    yield from (client.get(page_of(record, "delete", "pl")) for record in (unused, used))
    addresses = page_of(Theme, "changelist", "pl"), page_of(type(used), "changelist", "pl")
    for address, record in zip(addresses, (unused, used), strict=True):
        chosen = {"action": "delete_selected", "_selected_action": [record.pk]}
        yield client.post(address, chosen)
        yield client.post(address, chosen | {"action": ""}, follow=True)
        yield client.post(address, chosen | {"_selected_action": []}, follow=True)
    yield client.post(
        addresses[0], {"action": "delete_selected", "_selected_action": [unused.pk], "post": "yes"}, follow=True
    )
    yield client.post(page_of(agreement, "delete", "pl"), {"post": "yes"}, follow=True)
    yield client.post(reverse("admin:logout"))
    yield client.get(reverse("admin:login"))


@pytest.mark.django_db
@pytest.mark.once
def test_no_page_in_polish_speaks_stiffly(client):
    LoadedFixture.objects.create(name="1.json", digest="1")
    sign_in(client, "superuser")
    # any of `STIFF`: "Dodaj użytkownik"
    stiff = re.compile("|".join(STIFF.values()))
    with override("pl"):
        answers = list(pages(client))
    assert {answer.status_code for answer in answers} == {200}
    assert [
        (answer.request["PATH_INFO"], said) for answer in answers for said in words(answer) if stiff.search(said)
    ] == []
