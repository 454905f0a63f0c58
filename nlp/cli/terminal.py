"""What is printed, as the terminal or the pipe can take it: no escape sequence of a report, no character it cannot encode."""

from __future__ import annotations

import errno
import json
import math
import os
import re
import sys
from collections.abc import Callable, Iterable
from typing import IO, TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

FILE_WIDTH_CHARS = 140
# Controls (a terminal obeys some), marks that turn the direction of the text round, halves of characters.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
OUTPUT_GONE = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG}


def visible(text: str) -> str:
    r"""``text`` with everything that a terminal would obey, or could not show, spelt out; line ends and tabs stay.

    >>> print(visible("年报\x1b[31m.txt"))
    年报\x1b[31m.txt
    """
    return UNSAFE.sub(lambda found: _spelt(found[0]), text)


def one_line(text: str) -> str:
    r"""The same for a name: line ends are spelt out too, so that it cannot pretend to be a message of ours.

    >>> print(one_line("a\n0 not read"))
    a\x0a0 not read
    """
    return re.sub(r"[\n\t]", lambda found: _spelt(found[0]), visible(text))


def echo(text: object) -> None:
    """Print a line of data to standard output."""
    typer.echo(visible(str(text)))


def print_json(values: Any) -> None:
    """Print values as JSON that is valid whatever the output can encode, and does nothing to a terminal."""
    text = json_text(values)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(json.loads(text), indent=2)
    typer.echo(text)


def json_text(values: Any) -> str:
    """Values as JSON; what a terminal would obey is written as JSON's own escapes, so that nothing is lost.

    A number that is none, or infinite, becomes null: JSON has no word for it.
    """
    try:
        text = json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(values), ensure_ascii=False, indent=2, allow_nan=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def console_of() -> Console:
    """Where tables are printed: as wide as the terminal, and wide enough for every column in a file or a pipe.

    Texts are printed as they are: what looks like markup or the name of an emoji is neither.
    """
    from rich.console import Console
    from rich.segment import Segment
    from rich.text import Text

    class Plain(Console):
        def render_str(self, text: str, *arguments: Any, **options: Any) -> Text:
            return super().render_str(visible(text), *arguments, **options)

        def render(self, *arguments: Any, **options: Any) -> Iterable[Segment]:
            for segment in super().render(*arguments, **options):
                yield segment if segment.control else Segment(visible(segment.text), segment.style)

    options: dict[str, Any] = {"highlight": False, "markup": False, "emoji": False}
    console = Plain(**options)
    if console.is_terminal or "COLUMNS" in os.environ:
        return console
    return Plain(width=FILE_WIDTH_CHARS, **options)


def run(command: Callable[[], object]) -> None:
    """Run the command: what the output cannot encode is spelt out, and an output that is full or gone ends it quietly."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    status: str | int | None = 0
    try:
        try:
            command()
        except SystemExit as end:
            status = end.code
        sys.stdout.flush()
    except OSError as error:
        if error.errno not in OUTPUT_GONE:
            raise
        _let_go(sys.stdout)
        _tell(f"standard output: cannot write ({error.strerror}). Choose another place.")
        status = 1
    sys.exit(status)


def _tell(message: str) -> None:
    try:
        print(message, file=sys.stderr, flush=True)
    except OSError:  # it is full, too
        _let_go(sys.stderr)


def _let_go(stream: IO[str]) -> None:
    """Have what is left in a stream written nowhere, since Python writes it when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())


def _finite(values: Any) -> Any:
    if isinstance(values, dict):
        return {key: _finite(value) for key, value in values.items()}
    if isinstance(values, list | tuple):
        return [_finite(value) for value in values]
    return None if isinstance(values, float) and not math.isfinite(values) else values


def _spelt(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
