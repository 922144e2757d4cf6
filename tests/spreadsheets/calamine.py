"""python-calamine as a witness: it reads spreadsheets too, in a process of its own, for some files hang or abort it.

Run as a program it takes files on its input, one after another, and answers each on its output.
"""

import atexit
import io
import pickle
import resource
import signal
import struct
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAX_SECONDS = 2  # of the processor, for one file
MAX_MEMORY = 512 << 20
LENGTH = struct.Struct(">Q")


class CalamineRefused(Exception):
    """It refuses the file, and says why."""


class CalamineDied(Exception):
    """It aborted or went beyond its limits; the next file is read by another process."""


def read(data):
    """{name of a sheet: its rows from A1 on, with "" in an empty cell}."""
    sheets, refusal = _child.ask(data)
    if refusal:
        raise CalamineRefused(refusal)
    return sheets


class _Child:
    """The process that reads; it is started for the first file, and again for the first after it died."""

    process = None

    def ask(self, data):
        self.process = self.process or self._start()
        try:
            _send(self.process.stdin, data)
            return pickle.loads(_receive(self.process.stdout))
        except (BrokenPipeError, EOFError) as error:
            self.stop()
            raise CalamineDied from error

    def _start(self):
        command = [sys.executable, "-m", __name__]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None


_child = _Child()
atexit.register(_child.stop)


def _send(stream, data):
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def _receive(stream):
    head = stream.read(LENGTH.size)
    data = stream.read(*LENGTH.unpack(head)) if len(head) == LENGTH.size else b""
    if not data:
        raise EOFError
    return data


def _serve(files, answers):
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    while True:
        data = _receive(files)
        signal.setitimer(signal.ITIMER_VIRTUAL, MAX_SECONDS)  # the signal ends the process
        answer = pickle.dumps(_answer(data))
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        _send(answers, answer)


def _answer(data):
    """(sheets, None), or (None, why there are none)."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}, None
    except CalamineError as error:
        return None, str(error) or type(error).__name__


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
