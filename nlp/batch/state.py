"""The state of a run in its folder: opened, refused, or found unwritable."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from nlp.batch.ledger import Ledger, LedgerForeign
from nlp.batch.recovery import drop_damaged_shards, is_damaged, made_under, replace_damaged_ledger
from nlp.inputs.inventory import STATE_FOLDER
from nlp.records import OutputRefused

Start = Literal["new", "resume", "restart"]
MAX_REASON_CHARS = 200


class RunRefused(OutputRefused):
    """A run that cannot begin here: what is wrong and what to do."""


class RunStopped(Exception):
    """A run that could not go on; what was done is kept, and ``--resume`` goes on from there."""


def open_ledger(out: Path, conditions: dict[str, str], start: Start) -> tuple[Ledger, list[str]]:
    """The ledger of the run in the folder ``out``, empty unless it is resumed, and what was found damaged and mended.

    Shards that it does not name are removed.

    Raises
    ------
    RunRefused : the folder cannot be written, another run holds it, or what is in it may neither be used nor thrown away
    """
    state = out / STATE_FOLDER
    path = state / "ledger.sqlite"
    mended: list[str] = []
    try:
        (state / "shards").mkdir(parents=True, exist_ok=True)
        try:
            ledger = Ledger(path)
            _check(ledger, out, conditions, start)
        except sqlite3.DatabaseError as error:
            if not is_damaged(error):
                raise
            ledger, sentence = replace_damaged_ledger(path, made_under(conditions))
            ledger.note(conditions=conditions, finished=False)
            mended.append(sentence)
            _check(ledger, out, conditions, start)
        if start != "resume" and ledger.noted("conditions") is not None:
            ledger.close()
            for old in (path, *state.glob("ledger.sqlite-*")):
                old.unlink(missing_ok=True)
            ledger, mended = Ledger(path), []
        if damaged := drop_damaged_shards(ledger, state / "shards"):
            mended.append(damaged)
        kept = ledger.shard_files()
        for shard in (state / "shards").iterdir():  # of a worker that outlived the ledger, or half written
            if shard.name not in kept:
                shard.unlink(missing_ok=True)
    except LedgerForeign:
        raise RunRefused(f"{out}: its state is that of another version. Replace it with --force.") from None
    except OSError as error:
        raise RunRefused(f"{out}: cannot write ({error.strerror}). Choose another folder with --out.") from None
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise RunRefused(f"{out}: another run writes there. Wait for it or choose another folder.") from None
        raise RunRefused(f"{out}: cannot write ({error}). Choose another folder with --out.") from None
    return ledger, mended


def _check(ledger: Ledger, out: Path, conditions: dict[str, str], start: Start) -> None:
    try:
        _check_conditions(ledger, out, conditions, start)
    except BaseException:
        ledger.close()
        raise


def _check_conditions(ledger: Ledger, out: Path, conditions: dict[str, str], start: Start) -> None:
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


FULL = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the quota is used up",
    errno.EFBIG: "a file may not grow further",
}
WHAT_TO_DO = {
    errno.EMFILE: "too many files are open. Raise the limit (ulimit -n)",
    errno.ENFILE: "too many files are open on this machine. Close other programs",
    errno.EAGAIN: "the system has no room for another process or thread. Close other programs",
    errno.ENOMEM: "memory is short. Close other programs, or use fewer --jobs",
}


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """Turns a disk that is full or gone, and a state that is damaged, into ``RunStopped``."""
    try:
        yield
    except (RunStopped, OutputRefused):
        raise
    except OSError as error:
        raise stopped(out, error.errno, error.strerror or str(error)) from error
    except sqlite3.DatabaseError as error:
        raise stopped(out, None, str(error)) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("pyarrow", "duckdb", "_duckdb"):
            raise
        raise stopped(out, None, " ".join(str(error).split())[:MAX_REASON_CHARS]) from error


def stopped(out: Path, number: int | None, reason: str) -> RunStopped:
    """What to say when results cannot be written."""
    if number in WHAT_TO_DO:
        return RunStopped(f"{out}: {WHAT_TO_DO[number]}, then go on with --resume. What was done is kept.")
    said = reason.lower()
    full = FULL.get(number or 0) or next((FULL[errno.ENOSPC] for word in ("no space", "is full") if word in said), None)
    if full or "file too large" in said:
        return RunStopped(
            f"{out}: {full or FULL[errno.EFBIG]}. What was done is kept: make room, then go on with --resume."
        )
    return RunStopped(f"{out}: cannot write ({reason}). What was done is kept: see to it, then go on with --resume.")
