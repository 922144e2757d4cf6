"""The summary of a desk reaches those who want it, and tells numbers alone."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from krakow_intl.models import StaffDesk, VisitorReport
from tests.staff import account

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_a_server(settings):
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.org", "register@example.org"


def person(name="anna", *, wants=True, email="anna@example.org", role="editor", **given):
    user = account(role, name, email=email, **given)
    StaffDesk.objects.create(user=user, wants_mail=wants, language="en")
    return user


def run():
    output, errors = StringIO(), StringIO()
    call_command("mail_desk", stdout=output, stderr=errors)
    return output.getvalue()


def test_it_counts_what_waits_and_names_no_record():
    VisitorReport.objects.create(text="SECRET words of a visitor", digest="1")
    person()
    run()
    (message,) = mail.outbox
    assert message.to == ["anna@example.org"]
    assert message.from_email == "register@example.org"
    assert "    1  Reports of visitors" in message.body
    assert "http://testserver/en/admin/" in message.body
    assert "SECRET" not in message.body


@pytest.mark.parametrize(
    "given",
    [{"wants": False}, {"email": ""}, {"is_active": False}, {"role": "reader"}],
    ids=["not-wanted", "no-address", "closed", "nothing-waits"],
)
def test_nobody_else_is_sent_anything(given):
    VisitorReport.objects.create(text="a", digest="1")
    person(**given)
    run()
    assert mail.outbox == []


def test_without_a_server_nothing_is_sent(settings):
    settings.EMAIL_HOST = ""
    VisitorReport.objects.create(text="a", digest="1")
    person()
    assert "EMAIL_HOST is not set" in run()
    assert mail.outbox == []


def test_one_who_cannot_be_reached_keeps_no_mail_from_the_others(monkeypatch):
    VisitorReport.objects.create(text="a", digest="1")
    person("anna")
    person("ewa", email="ewa@example.org")
    from krakow_intl.management.commands import mail_desk

    send = mail_desk.send_mail

    def fail_once(subject, text, sender, to, **given):
        if to == ["anna@example.org"]:
            raise OSError("refused")
        return send(subject, text, sender, to, **given)

    monkeypatch.setattr(mail_desk, "send_mail", fail_once)
    with pytest.raises(CommandError, match="1 of them"):
        run()
    assert [message.to for message in mail.outbox] == [["ewa@example.org"]]


def test_the_wish_is_offered_only_where_it_can_be_met(client, settings):
    user = account("editor", email="")
    client.force_login(user)
    assert "wants_mail" not in client.get("/en/admin/desk/wishes/").context["form"].fields
    user.email = "anna@example.org"
    user.save()
    client.post("/en/admin/desk/wishes/", {"wants_mail": "on"})
    assert StaffDesk.objects.get().wants_mail
    assert StaffDesk.objects.get().language == "en"
    settings.EMAIL_HOST = ""
    assert "wants_mail" not in client.get("/en/admin/desk/wishes/").context["form"].fields
