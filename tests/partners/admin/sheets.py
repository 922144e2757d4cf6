"""Sheets that a person of the office sends, and the pages on which they are answered."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from partners.admin.import_forms import token
from partners.models import SheetImport
from tests.staff import publish_waiting

HEAD = ["Miasto", "Rodzaj aktu", "Tytuł", "Data podpisania"]
GOOD = ["Lwów", "umowa o współpracy", "Umowa o parkach", "12.05.2005"]
WRONG_DAY = ["Lwów", "umowa o współpracy", "Umowa o lasach", "31.02.2005"]
UNKNOWN_CITY = ["Nowy Gród", "protokół", "Protokół o mostach", "2004"]


def csv(*rows, head=HEAD):
    return "\r\n".join(";".join(row) for row in [head, *rows]).encode()


def address(page, *arguments, language="en"):
    with override(language):
        return reverse(f"admin:partners_sheetimport_{page}", args=arguments)


def send(client, data, name="umowy.csv", **given):
    """Sends a file as a person does; the import it became, and its page."""
    response = client.post(address("add"), {"file": SimpleUploadedFile(name, data)} | given, follow=True)
    return SheetImport.objects.latest("pk"), response


def post(client, page, record, **data):
    """Sends a form of an import's page; the page that follows."""
    record.refresh_from_db()
    return client.post(address(page, record.pk), data, follow=True)


def reply(client, record, answers):
    """Answers questions of an import, told by their keys."""
    names = {f"answer-{token(key)}": answer for key, answer in answers.items()}
    return post(client, "answers", record, key=list(answers), **names)


def apply(client, record, **data):
    """Has an import applied, by another person where the public would see it; its page then."""
    record.refresh_from_db()
    page = post(client, "apply", record, **{"plan": record.plan_digest, "what": "all"} | data)
    return client.get(address("change", record.pk)) if publish_waiting() else page


def undo(client, record, **data):
    """Has an import taken back, by another person where the public would see it."""
    page = post(client, "undo", record, **{"undo": "1"} | data)
    publish_waiting()
    return page


def told(response):
    """The messages above a page."""
    return [str(message) for message in response.context["messages"]]
