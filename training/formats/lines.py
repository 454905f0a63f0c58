"""Lines of JSON, one object a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from training.records import Findings


def read_objects(path: Path, encoding: str, findings: Findings) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and object of each line that is not blank; one line is in memory at a time."""
    decoder = msgspec.json.Decoder()
    with path.open(encoding=encoding, newline="\n", errors="strict") as file:
        lines = enumerate(file, start=1)
        while True:
            try:
                number, line = next(lines)
            except StopIteration:
                return
            except UnicodeDecodeError as error:
                findings.fatal("encoding", f"not {encoding} throughout ({error.reason}). Save the file as UTF-8.")
            if not line.strip():
                continue
            try:
                value = decoder.decode(line.strip())
            except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
                findings.bad_row("json", f"not JSON ({error}). Each line must hold one whole object.", row=number)
                continue
            if isinstance(value, dict):
                yield number, value
            else:
                findings.bad_row("json", f"holds a {type(value).__name__}, not an object in {{…}}.", row=number)
