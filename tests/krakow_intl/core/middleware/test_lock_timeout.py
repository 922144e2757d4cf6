import pytest
from django.db import connection
from django.http import HttpResponse

from krakow_intl.core.middleware.lock_timeout import READING, WRITING, LockTimeoutMiddleware

QUESTIONS = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}


def waited_for(request):
    """For how long the request waits for a writer, in seconds, as its database says it."""
    told = []

    def answer(request):
        with connection.cursor() as cursor:
            cursor.execute(QUESTIONS[connection.vendor])
            told.append(cursor.fetchone()[0])
        return HttpResponse()

    LockTimeoutMiddleware(answer)(request)
    return told[0] / 1000 if connection.vendor == "sqlite" else int(told[0].removesuffix("s"))


@pytest.mark.django_db(transaction=True)
def test_who_reads_is_told_soon_and_who_writes_waits_for_an_import(rf):
    requests = [rf.get("/"), rf.post("/"), rf.get("/")]
    connection.close()
    assert [waited_for(request) for request in requests] == [READING, WRITING, READING]  # on one that is kept
    for request, seconds in zip(requests, (READING, WRITING, READING), strict=True):
        connection.close()
        assert waited_for(request) == seconds


@pytest.mark.django_db(transaction=True)
def test_a_command_waits_as_a_writer_does():
    if connection.vendor == "sqlite":
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout")
            assert cursor.fetchone()[0] == WRITING * 1000
