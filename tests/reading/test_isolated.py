"""A reader that hangs, crashes, swells or calls out costs the file at hand, never the program."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nlp.reading.isolated import read_isolated, stop_worker
from nlp.reading.rendering import Line
from nlp.records import ReportUnreadable

READERS = """
import ctypes, os, socket, sys, time
from nlp.reading.rendering import Line
from nlp.records import ReportUnreadable

def echo(data, name):
    print("native code prints", flush=True)
    os.write(1, b"to the descriptor too")
    return [Line(data.decode(), "heading", 2, True)]
def hang(data, name): time.sleep(60)
def spin(data, name):
    while True: pass
def crash(data, name): os.abort()
def fault(data, name): ctypes.string_at(0)
def leave(data, name): os._exit(0)
def swell(data, name):
    blocks = []
    while True: blocks.append(bytearray(2**24))
def call(data, name): socket.create_connection(("127.0.0.1", 9))
def wrong(data, name): raise ValueError("a bug of the reader")
def refuse(data, name): raise ReportUnreadable("garbled", f"{name}: no characters.", "Scan it.", stage="read")
def process(data, name): return [Line(str(os.getpid()))]
"""


@pytest.fixture(autouse=True, scope="module")
def readers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readers")
    (folder / "hostile_readers.py").write_text(READERS, encoding="utf-8")
    sys.path.insert(0, str(folder))
    stop_worker()
    yield
    sys.path.remove(str(folder))
    stop_worker()


def test_lines_come_back_whole():
    assert read_isolated("hostile_readers:echo", "公开".encode(), "a") == [Line("公开", "heading", 2, True)]
    assert read_isolated("hostile_readers:echo", b"x" * 3_000_000, "a")[0].text == "x" * 3_000_000


FAILURES = [
    ("hang", "timeout"), ("spin", "timeout"), ("crash", "crashed"), ("leave", "crashed"), ("swell", "memory"),
    ("wrong", "crashed"), ("fault", "crashed"), ("call", "crashed"), ("refuse", "garbled"),
]  # fmt: skip


@pytest.mark.parametrize(("reader", "code"), FAILURES)
def test_failures(reader, code):
    if reader == "swell" and sys.platform == "win32":
        pytest.skip("no limit of memory can be set on Windows")
    with pytest.raises(ReportUnreadable) as caught:
        read_isolated(f"hostile_readers:{reader}", b"", "年报.pdf", seconds=1.5 if code == "timeout" else 20)
    assert caught.value.code == code
    assert "年报.pdf" in caught.value.message and caught.value.hint
    assert read_isolated("hostile_readers:echo", b"next", "b")[0].text == "next"  # the next file is read as ever


def test_network_is_refused():
    with pytest.raises(ReportUnreadable, match="uses no network"):
        read_isolated("hostile_readers:call", b"", "a")


def test_one_process_for_many_files():
    processes = {read_isolated("hostile_readers:process", b"", "a")[0].text for _ in range(5)}
    assert len(processes) == 1 and processes != {str(os.getpid())}


def test_a_worker_that_was_killed_is_replaced():
    first = read_isolated("hostile_readers:process", b"", "a")[0].text
    os.kill(int(first), 9)
    time.sleep(0.1)
    assert read_isolated("hostile_readers:process", b"", "a")[0].text != first


def test_worker_ends_with_its_program():
    """Also when the program is killed and can tell nobody."""
    program = (
        "import os, sys; from nlp.reading.isolated import read_isolated;"
        "print(read_isolated('hostile_readers:process', b'', 'a')[0].text, flush=True); os.kill(os.getpid(), 9)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False)
    worker = int(done.stdout)
    for _ in range(50):
        time.sleep(0.1)
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        state = Path(f"/proc/{worker}/stat")
        if state.exists() and ") Z " in state.read_text():
            return  # ended; nobody has collected it yet
    pytest.fail("the worker lives on without its program")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_after_a_fork_each_process_has_its_own():
    first = read_isolated("hostile_readers:process", b"", "a")[0].text
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, read_isolated("hostile_readers:process", b"", "a")[0].text.encode())
        stop_worker()
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reading, 20).decode() != first
    assert read_isolated("hostile_readers:process", b"", "a")[0].text == first
