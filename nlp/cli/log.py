"""Events of a run as JSON lines on standard error, for the programs that watch long runs."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

FIELDS = ("file", "stage", "code", "status", "timed_out", "files", "seconds", "done", "total", "failed", "rows")


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, event, and the facts of the event. Never text of a report."""

    def format(self, record: logging.LogRecord) -> str:
        """The line for one event."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03}Z"
        facts = {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        return json.dumps({"time": moment, "level": record.levelname.lower(), "event": record.getMessage(), **facts})


@contextmanager
def json_log(wanted: bool) -> Iterator[None]:
    """Events of the package go to standard error meanwhile, if that is wanted."""
    if not wanted:
        yield
        return
    handler, log = logging.StreamHandler(sys.stderr), logging.getLogger("gongkai")
    handler.setFormatter(JsonLines())
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(handler)
