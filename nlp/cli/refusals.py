"""What a command of the second half of a study refuses: said in a sentence, with exit status 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer


@contextmanager
def refusals(out: Path | None = None) -> Iterator[None]:
    """Tags or a sample that cannot be used, and a place that cannot be written, end the command with what to do."""
    from nlp.cli.messages import say
    from nlp.conclusions.design import SampleUnusable
    from nlp.conclusions.tags import TagsUnusable
    from nlp.records import OutputRefused

    try:
        yield
    except (TagsUnusable, SampleUnusable, OutputRefused) as error:
        say(str(error))
    except OSError as error:
        where = error.filename or out
        say(f"{where}: cannot write ({error.strerror or error}). Choose another place with --out.")
    else:
        return
    raise typer.Exit(2)
