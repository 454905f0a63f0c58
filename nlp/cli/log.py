"""Events of a run as JSON lines on standard error, for the programs that watch long runs."""

from __future__ import annotations

import json
import logging
import sys
import time

FIELDS = ("file", "stage", "code", "status", "timed_out", "files", "seconds", "done", "total", "failed", "rows")


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, event, and the facts of the event. Never text of a report."""

    def format(self, record: logging.LogRecord) -> str:
        """The line for one event."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03}Z"
        facts = {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        return json.dumps({"time": moment, "level": record.levelname.lower(), "event": record.getMessage(), **facts})


def log_to_stderr() -> None:
    """Write the events of the package to standard error from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    log = logging.getLogger("gongkai")
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
