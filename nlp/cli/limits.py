"""A limit of time for what a command does in its own process, as workers have it for a file."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from nlp.records import ReportUnreadable
from nlp.workers.pool import SECONDS_A_FILE
from nlp.workers.serving import announce_to


@contextmanager
def within_seconds(name: str, seconds: float = SECONDS_A_FILE) -> Iterator[None]:
    """Ends what takes longer, a pattern that is being matched included; steps that announce a limit of their own come on top.

    Without effect on Windows, which has no alarm, and outside the main thread.

    Raises
    ------
    ReportUnreadable : ``timeout``
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def over(_signal: int, _frame: object) -> None:
        raise ReportUnreadable("timeout", f"{name}: took more than {seconds:g} s.", "Look at the file.", "analyse")

    def allow(more: float) -> None:
        signal.setitimer(signal.ITIMER_REAL, seconds + more)

    before = signal.signal(signal.SIGALRM, over)
    announce_to(allow)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        announce_to(None)
