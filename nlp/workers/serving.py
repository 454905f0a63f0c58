"""The other side of a process of ours: it reads what it is asked, answers, and has limits."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import IO

from nlp.workers.process import read_frame, write_frame

_told: Callable[[float], None] | None = None


class Channel:
    """The questions on standard input, and the answers on what was standard output; what libraries print goes elsewhere."""

    def __init__(self) -> None:
        signal.signal(
            signal.SIGINT, signal.SIG_IGN
        )  # Ctrl-C reaches the whole group; the program at the other end decides
        self._questions: IO[bytes] = sys.stdin.buffer
        self._answers: IO[bytes] = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)

    def questions(self) -> Iterator[bytes]:
        """What is asked, until the program at the other end is gone."""
        while (data := read_frame(self._questions)) is not None:
            yield data

    def answer(self, data: bytes) -> None:
        """Send an answer. Ends the process when nobody is there to take it."""
        try:
            write_frame(self._answers, data)
        except BrokenPipeError:
            os._exit(0)


def refuse_network() -> None:
    """From now on this process opens no connection: one that tries gets ``PermissionError``."""

    def refuse(event: str, _arguments: tuple[object, ...]) -> None:
        if event.startswith("socket."):
            raise PermissionError(f"{event}: reading a document uses no network.")

    sys.addaudithook(refuse)


def limit_memory(size: int, *, beyond_now: bool = False) -> None:
    """Let this process use so many bytes of address space, or so many more than now; no limit on Windows."""
    try:
        import resource
    except ImportError:
        return
    if beyond_now:
        size += _address_space()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > size:
        resource.setrlimit(resource.RLIMIT_AS, (size, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def limit_files(size: int) -> None:
    """Let this process write no file of more than ``size`` bytes; no limit on Windows."""
    try:
        import resource
    except ImportError:
        return
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # an error, not the end
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    if hard == resource.RLIM_INFINITY or hard > size:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))


def announce(seconds: float) -> None:
    """Tell whoever watches this process that a step begins which has a limit of its own, of so many seconds."""
    if _told is not None:
        _told(seconds)


def announce_to(tell: Callable[[float], None] | None) -> None:
    """Have ``announce`` call ``tell``."""
    global _told
    _told = tell


def _address_space() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 2**30  # where the system does not tell: as much as Python with its libraries has at most
