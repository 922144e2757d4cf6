"""What happens when several people do the same at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(work, arguments):
    """What `work` gives for each of `arguments`, begun together, each in a thread with a connection of its own."""
    barrier = Barrier(len(arguments))

    def run(argument):
        barrier.wait(timeout=20)
        try:
            return work(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))
