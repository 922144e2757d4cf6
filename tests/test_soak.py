"""The soak fails on each fault it looks for, and on none that it made itself."""

import re

import pytest

from tests.soak.browser import Answer
from tests.soak.journal import PUBLISHED, Journal, figures, reasons
from tests.soak.server import faults_in
from tests.soak.staff import ROWS, sheet
from tests.soak.visitors import ColdAddresses

pytestmark = pytest.mark.soak

HIT, MISS = ({"cache-status": f"register; {told}"} for told in ("hit", "fwd=miss; stored"))
WORKERS = {7: 100.0, 8: 100.0}


def answer(at, kind="page", path="/pl/", seconds=0.01, status=200, headers=HIT, fault=""):
    return Answer(kind, path, at, seconds, status, headers, fault)


@pytest.fixture
def journal():
    """A minute in which all was well."""
    answers = [answer(moment / 10) for moment in range(600)] + [answer(20, PUBLISHED, status=302, headers={})]
    versions = [(0.0, 5), (20.0, 7)]
    return Journal(seconds=60, cycle=12, answers=answers, versions=versions, workers=[WORKERS, {**WORKERS}])


def test_a_soak_in_which_all_is_well_gives_no_reason_to_fail(journal):
    assert list(reasons(journal)) == []
    # the line of all answers: "all   601   10   10   200: 600, 302: 1"
    assert any(re.match(r"all +601 +10 +10 +200: 600, 302: 1$", line) for line in figures(journal))


def add(name, *entries):
    return lambda journal: getattr(journal, name).extend(entries)


def slow_down(by):
    def change(journal):
        for one in journal.answers:
            one.seconds *= by if one.at >= 48 else 1

    return change


def slow_in_a_full_run(journal):
    journal.seconds, journal.cycle = 600, 60
    journal.answers = [answer(at, seconds=0.38 if at >= 540 else 0.3) for at in range(600)]


def grow_in_a_full_run(journal):
    slow_in_a_full_run(journal)
    last_workers(p7=121, p8=119)(journal)


def say_nothing_of_the_cache(journal):
    for one in journal.answers:
        one.headers = {}


def slow_somewhat(journal):
    for one in journal.answers:
        one.seconds = 0.38 if one.at >= 48 else 0.3


def last_workers(**sizes):
    return lambda journal: journal.workers.__setitem__(1, {int(pid[1:]): size for pid, size in sizes.items()})


def take_an_hour(journal):
    journal.seconds, journal.cycle = 3600, 60


def many(number, kind):
    return [answer(60 + place / 100, kind, f"/{place}", headers=MISS) for place in range(number)]


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (add("answers", answer(30, status=500, fault="answered 500")), "1 × page: answered 500"),
        (add("answers", answer(30, status=0, fault="reset")), "1 × page: reset"),
        (add("log", (30, "ERROR django.request: no")), "ERROR django.request: no"),
        (add("faults", "a client gave up"), "a client gave up"),
        (slow_down(10), "p99 grew from 10 to 100 ms"),
        (slow_in_a_full_run, "p99 grew from 300 to 380 ms"),
        (last_workers(p7=100, p9=100), r"the workers were \[7, 8\] and are \[7, 9\]"),
        (last_workers(p7=201, p8=100), "worker 7 grew from 100 to 201 MiB"),
        (grow_in_a_full_run, "worker 7 grew from 100 to 121 MiB"),
        (say_nothing_of_the_cache, "no answer says with Cache-Status"),
        (add("answers", *(answer(place / 2, headers=MISS) for place in range(100))), "should have been hits"),
        (add("versions", (40.0, 9)), "said to have changed 1 times without"),
        (add("answers", answer(50, PUBLISHED, status=302)), "after 1 published saves"),
        (lambda journal: journal.versions.__setitem__(slice(None), [(0, None)]), "no marker of changes"),
        (take_an_hour, "only 601 requests"),
        (take_an_hour, "only 0 of 601 requests were cold"),
    ],
)
def test_a_soak_fails_on_each_fault(journal, happens, reason):
    happens(journal)
    # one of the reasons above: "p99 grew from 10 to 100 ms"
    assert re.search(reason, "\n".join(reasons(journal)))


@pytest.mark.parametrize(
    "happens",
    [
        slow_down(4),
        slow_somewhat,
        last_workers(p7=199, p8=199),
        add("answers", *many(100, "search")),
        add("answers", answer(30, headers=MISS), answer(31, headers=MISS)),
        add("answers", *(answer(20.5, headers=MISS) for _ in range(90))),
        add("answers", *(answer(30 + place / 100, seconds=1, headers=MISS) for place in range(90))),
    ],
    ids=[
        "a few ms slower",
        "a handful slower",
        "a little larger",
        "cold",
        "the first misses of each worker",
        "just after a publication",
        "while the page is being made",
    ],
)
def test_a_soak_does_not_fail_on_what_is_usual(journal, happens):
    happens(journal)
    assert list(reasons(journal)) == []


@pytest.mark.parametrize(("status", "at", "fails"), [(503, 30.5, 0), (0, 30.5, 0), (500, 30.5, 1), (503, 32, 1)])
def test_who_is_told_to_come_again_just_after_a_connection_was_cut_is_counted_apart(journal, status, at, fails):
    journal.cuts.append(30)
    journal.answers.append(answer(at, status=status, fault="no"))
    assert len(list(reasons(journal))) == fails
    assert f"connections cut 1 times, which {1 - fails} requests felt" in figures(journal)


def test_the_faults_in_a_log_are_told_with_their_lines_and_no_other():
    log = (
        "[2026-01-31 12:00:00 +0100] [1] [INFO] Listening\n"
        "2026-01-31 12:00:01,123 ERROR django.request [ab] Internal Server Error\nTraceback\n  no such thing\n"
        "2026-01-31 12:00:02,123 WARNING django.request [ab] slow\n"
    )
    [(_at, fault)] = faults_in(log)
    assert fault.splitlines()[0].endswith("Internal Server Error")
    assert fault.splitlines()[-1] == "  no such thing"
    assert list(faults_in("Traceback\n  at the start\n")) == [(0.0, "Traceback\n  at the start")]


def test_cold_addresses_are_hardly_ever_the_same():
    cold = ColdAddresses(seed=1)
    assert len({cold.next() for _ in range(1000)}) > 990


def test_each_sheet_has_its_own_rows():
    first, second = (set(sheet(number).splitlines()) for number in (0, 1))
    assert (len(first), len(first & second)) == (ROWS + 1, 1)
