import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from krakow_intl.core import turns
from krakow_intl.core.turns import in_turn

OF_ANOTHER_PROCESS = """
import sys, time
from django.conf import settings
from pathlib import Path
settings.configure(VAR_DIR=Path(sys.argv[1]))
from krakow_intl.core.turns import in_turn
with in_turn("page", 5):
    print("begun", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def seconds(name, patience):
    begun = time.monotonic()
    with in_turn(name, patience):
        return time.monotonic() - begun


def test_whoever_comes_while_it_is_done_waits_until_it_is_done():
    with ThreadPoolExecutor() as others:
        with in_turn("page", 5):
            waiting = others.submit(seconds, "page", 5)
            assert seconds("other", 5) < 0.2
            time.sleep(0.3)
        assert 0.2 < waiting.result() < 2


def test_nobody_waits_longer_than_they_have_patience():
    with in_turn("page", 5):
        assert 0.1 <= seconds("page", 0.1) < 1


def test_processes_wait_for_each_other(tmp_path):
    command = [sys.executable, "-c", OF_ANOTHER_PROCESS, tmp_path, "0.5"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "begun\n"
        assert 0.2 < seconds("page", 5) < 3


def test_one_that_was_killed_holds_up_nobody(tmp_path):
    command = [sys.executable, "-c", OF_ANOTHER_PROCESS, tmp_path, "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "begun\n"
        other.kill()
        assert seconds("page", 5) < 1


def test_where_no_lock_can_be_had_nobody_waits(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "file"
    settings.VAR_DIR.touch()
    with in_turn("page", 5):
        assert seconds("page", 5) < 0.1


def test_there_are_so_many_files_and_no_more(tmp_path):
    for number in range(300):
        seconds(f"page {number}", 0)
    assert 1 < len([*(tmp_path / "pages" / "turns").iterdir()]) <= turns.PLACES
