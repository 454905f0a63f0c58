"""A process of ours that is asked and answers: whatever a file does to it costs that file, and no more."""

from __future__ import annotations

import errno
import os
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import IO

from nlp.workers.interpreter import python_command

LENGTH = struct.Struct("<Q")
MAX_LAST_WORDS_BYTES = 1_000_000
MAX_LAST_WORDS_CHARS = 200


class Ended(Exception):
    """A process that did not live to answer: its exit status, whether it was too slow, the last line that it printed."""

    def __init__(self, status: int, *, timed_out: bool, words: str) -> None:
        super().__init__(f"status {status}")
        self.status, self.timed_out, self.words = status, timed_out, words

    @property
    def how(self) -> str:
        """How it ended, for a message: ``signal 11`` or ``status 3: MemoryError``."""
        status = f"signal {-self.status}" if self.status < 0 else f"status {self.status}"
        return f"{status}: {self.words}" if self.words else status


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Send one message: its length, then its bytes."""
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next message; ``None`` when the other side is gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None


def start_thread(work: Callable[..., None], *arguments: object) -> threading.Thread:
    """A thread that does not keep the program from ending. Raises ``OSError`` when the system has no room for one."""
    thread = threading.Thread(target=work, args=arguments, daemon=True)
    try:
        thread.start()
    except RuntimeError as error:
        raise OSError(errno.EAGAIN, str(error)) from None
    return thread


class Process:
    """A Python that runs ``code`` with an explicit path and talks over its standard streams in frames.

    Parameters
    ----------
    code, arguments : see ``nlp.workers.interpreter.python_command``
    environment : what is added to the environment, where it does not say otherwise

    Raises ``OSError`` when it cannot be started.
    """

    def __init__(self, code: str, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        self.owner = os.getpid()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (what native code prints; its last line tells of a crash)
        try:
            self._process = subprocess.Popen(
                python_command(code, *arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
                env={**(environment or {}), **os.environ},
            )  # fmt: skip
        except OSError:
            self._log.close()
            raise
        self._changed = threading.Condition()
        self._deadline: float | None = None
        self._over = self._timed_out = False
        self._watcher: threading.Thread | None = None

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    @property
    def lives(self) -> bool:
        """Whether it can be asked: it runs, and was started by this process, not by the one that this was forked from."""
        return self.owner == os.getpid() and not self._over and self._process.poll() is None

    def send(self, data: bytes, *, seconds: float) -> None:
        """Ask something. Raises ``Ended`` when it is dead, or does not take the message within ``seconds``.

        Raises ``OSError`` when it cannot be watched.
        """
        assert self._process.stdin is not None
        self._allow(seconds)
        try:
            write_frame(self._process.stdin, data)
        except (OSError, ValueError):  # it died while it was spoken to
            raise self._ended() from None
        finally:
            self._allow(None)

    def receive(self, *, seconds: float) -> bytes:
        """The next answer. Raises ``Ended`` when it dies, or does not answer within ``seconds``; then it is dead."""
        assert self._process.stdout is not None
        self._allow(seconds)
        try:
            data = read_frame(self._process.stdout)
        except (OSError, ValueError):
            data = None
        finally:
            self._allow(None)
        if data is None:
            raise self._ended()
        return data

    def end(self, *, wait_seconds: float = 0) -> int:
        """End the process, at once or when it has had time to end by itself; its exit status comes back."""
        with self._changed:
            self._over = True
            self._changed.notify_all()
        if self._process.stdin is not None:
            with suppress(OSError):  # what was not yet sent cannot be sent any more
                self._process.stdin.close()
        try:
            status = self._process.wait(timeout=wait_seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        for stream in (self._process.stdout, self._log):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        return status

    def kill(self) -> None:
        """End the process from another thread: whoever waits for its answer gets ``Ended``."""
        self._process.kill()

    def _ended(self) -> Ended:
        try:
            self._process.wait(timeout=2)  # it may have closed its output and still be at its end
        except subprocess.TimeoutExpired:
            self._process.kill()
        status = self._process.wait()
        words = self._last_words()
        self.end()
        return Ended(status, timed_out=self._timed_out, words=words)

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = self._log.read(MAX_LAST_WORDS_BYTES).decode("utf-8", "replace").split("\n")
        return next((line.strip()[:MAX_LAST_WORDS_CHARS] for line in reversed(lines) if line.strip()), "")

    def _allow(self, seconds: float | None) -> None:
        """From now on it may take so many seconds; ``None`` when nothing is expected of it."""
        with self._changed:
            self._deadline = None if seconds is None else time.monotonic() + seconds
            if seconds is not None and self._watcher is None:
                self._watcher = start_thread(self._watch)
            self._changed.notify_all()

    def _watch(self) -> None:
        with self._changed:
            while not self._over:
                left = None if self._deadline is None else self._deadline - time.monotonic()
                if left is not None and left <= 0:
                    self._timed_out, self._deadline = True, None
                    self._process.kill()
                else:
                    self._changed.wait(left)
