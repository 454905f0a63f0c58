"""The state of a run in its folder: opened, refused, or found unwritable."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from nlp.batch.ledger import Ledger
from nlp.inputs.inventory import STATE_FOLDER
from nlp.records import OutputRefused

Start = Literal["new", "resume", "restart"]


class RunRefused(OutputRefused):
    """A run that cannot begin here: what is wrong and what to do."""


class RunStopped(Exception):
    """A run that could not go on; what was done is kept, and ``--resume`` goes on from there."""


def open_ledger(out: Path, conditions: dict[str, str], start: Start) -> Ledger:
    """The ledger of the run in the folder ``out``, empty unless it is resumed; shards that it does not name are removed.

    Raises
    ------
    RunRefused : the folder cannot be written, another run holds it, or what is in it may neither be used nor thrown away
    """
    state = out / STATE_FOLDER
    path = state / "ledger.sqlite"
    try:
        (state / "shards").mkdir(parents=True, exist_ok=True)
        ledger = Ledger(path)
    except OSError as error:
        raise RunRefused(f"{out}: cannot write ({error.strerror}). Choose another folder with --out.") from None
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise RunRefused(f"{out}: another run writes there. Wait for it or choose another folder.") from None
        raise RunRefused(f"{out}: cannot write ({error}). Choose another folder with --out.") from None
    except sqlite3.DatabaseError as error:
        raise RunRefused(
            f"{path}: is no ledger or is damaged ({error}). Remove {state} to tag everything anew."
        ) from None
    try:
        _check(ledger, out, conditions, start)
    except BaseException:
        ledger.close()
        raise
    if start != "resume" and ledger.noted("conditions") is not None:
        ledger.close()
        for old in (path, *state.glob("ledger.sqlite-*")):
            old.unlink(missing_ok=True)
        ledger = Ledger(path)
    kept = ledger.shard_files()
    for shard in (state / "shards").iterdir():  # of a worker that outlived the ledger, or half written
        if shard.name not in kept:
            shard.unlink(missing_ok=True)
    return ledger


def _check(ledger: Ledger, out: Path, conditions: dict[str, str], start: Start) -> None:
    before = ledger.noted("conditions")
    if not isinstance(before, dict) or start == "restart":
        return
    if start == "new" and ledger.noted("finished") is False and (count := ledger.results_count()):
        raise RunRefused(
            f"{out}: holds an unfinished run with {count} results. "
            "Go on with --resume, or throw them away with --force."
        )
    if start == "resume" and before != conditions:
        changed = [
            f"{name} {before.get(name, '—')} then, {conditions.get(name, '—')} now"
            for name in sorted({*before, *conditions})
            if before.get(name) != conditions.get(name)
        ]
        raise RunRefused(
            f"{out}: its results were made under other conditions ({'; '.join(changed)}) and cannot be mixed with "
            "new ones. Tag everything anew with --force, or into another folder."
        )


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Turns a disk that is full or gone into ``RunStopped``."""
    try:
        yield
    except OSError as error:
        raise stopped(out, error.errno, error.strerror or str(error)) from error
    except sqlite3.OperationalError as error:
        raise stopped(out, None, str(error)) from error


def stopped(out: Path, number: int | None, reason: str) -> RunStopped:
    """What to say when results cannot be written."""
    what = (
        "the disk is full" if number in (errno.ENOSPC, errno.EDQUOT) or "full" in reason else f"cannot write ({reason})"
    )
    return RunStopped(f"{out}: {what}. What was done is kept: make room, then go on with --resume.")
