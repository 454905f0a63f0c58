"""Checks many reports in worker processes: one that hangs or dies costs the file it was at."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import msgspec

from nlp.batch.collecting import Collected
from nlp.checking.findings import CheckedReport
from nlp.checking.fingerprint import Fingerprint, packed, unpacked
from nlp.checking.settings import Settings
from nlp.records import Failure, ReportUnreadable
from nlp.workers.pool import SECONDS_A_FILE, Died, Finished, Workers, serve

WORKER = "from nlp.batch.checking import main\nmain()\n"
FILES_A_TASK = 8
ATTEMPTS = 2  # a worker may also be ended from outside (memory short, an operator)
PACKAGE = Path(__file__).parents[1]
Result = tuple[CheckedReport, Fingerprint] | Failure


@dataclass(frozen=True, slots=True)
class How:
    """How reports are checked; see ``check_files``."""

    settings: Settings
    only: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    model: str | None = None


class _Answer(msgspec.Struct):
    """What became of a file: its report with the packed fingerprint, or its failure."""

    report: CheckedReport | None = None
    print_: bytes = b""
    failure: Failure | None = None


def results(
    items: Sequence[Collected], jobs: int, how: How, *, seconds_a_file: float = SECONDS_A_FILE
) -> Iterator[Result]:
    """What became of each item, in their order.

    Raises ``OSError`` when no worker can be started, or workers end before they begin.
    """
    found: dict[int, Result] = {at: item.failure for at, item in enumerate(items) if item.failure is not None}
    waiting = [at for at in range(len(items)) if at not in found]
    tasks = [waiting[at : at + FILES_A_TASK] for at in range(0, len(waiting), FILES_A_TASK)]
    attempts: dict[int, int] = {}
    following = 0
    if tasks:
        workers: Workers[list[int]] = Workers(
            min(jobs, len(tasks)), WORKER, msgspec.json.encode(how).decode(), seconds_a_file=seconds_a_file
        )
        running = 0
        try:
            while tasks or running:
                while tasks and workers.room:
                    task = tasks.pop(0)
                    workers.submit(task, msgspec.msgpack.encode([items[at] for at in task]))
                    running += 1
                event = workers.event()
                running -= 1
                if isinstance(event, Finished):
                    answers = msgspec.msgpack.decode(event.result, type=list[_Answer])
                    found |= {at: _result(answer) for at, answer in zip(event.job, answers, strict=True)}
                elif isinstance(event, Died):
                    tasks[:0] = _bury(event, items, found, attempts, seconds_a_file)
                else:
                    raise OSError(event.errno, event.reason)
                while following in found:
                    yield found.pop(following)
                    following += 1
        finally:
            workers.close()
    yield from (found[at] for at in range(following, len(items)))


def _bury(
    event: Died[list[int]],
    items: Sequence[Collected],
    found: dict[int, Result],
    attempts: dict[int, int],
    seconds: float,
) -> list[list[int]]:
    """The tasks to do again after a worker died: the file it was at by itself, if it is not to blame, and the others."""
    others = list(event.job)
    culprit = others.pop(event.at or 0)
    attempts[culprit] = attempts.get(culprit, 0) + 1
    if event.at is None and attempts[culprit] > ATTEMPTS:
        raise OSError(None, f"the worker processes end before they begin ({event.how})")
    if (not event.timed_out and attempts[culprit] < ATTEMPTS) or event.at is None:
        return [[culprit], *([others] if others else [])]
    name = items[culprit].shown
    found[culprit] = (
        Failure(name, "check", "timeout", f"{name}: took more than {seconds:g} s.", "Look at the file.")
        if event.timed_out
        else Failure(
            name, "check", "worker_died", f"{name}: the program died on it ({event.how}).", "The file may be damaged."
        )
    )
    return [others] if others else []


def _result(answer: _Answer) -> Result:
    if answer.failure is not None:
        return answer.failure
    assert answer.report is not None
    return answer.report, unpacked(answer.print_)


def main() -> None:
    """Check what is sent until the program at the other end is gone. The first argument is ``How`` as JSON."""
    how = msgspec.json.decode(sys.argv[1], type=How)

    def work(message: bytes, begins: Callable[[int], None]) -> bytes:
        answers = []
        for at, item in enumerate(msgspec.msgpack.decode(message, type=list[Collected])):
            begins(at)
            answers.append(_check(item, how))
        return msgspec.msgpack.encode(answers)

    serve(work)


def _check(item: Collected, how: How) -> _Answer:
    from nlp.batch.checked import check_source
    from nlp.reading.files import read_report

    name = item.shown
    try:
        source = read_report(item.file)
        _, report, print_ = check_source(name, source, how.settings, only=how.only, ignore=how.ignore, model=how.model)
        return _Answer(report, packed(print_))
    except ReportUnreadable as error:
        return _Answer(failure=Failure(name, error.stage, error.code, error.message, error.hint))
    except MemoryError:
        return _Answer(failure=Failure(name, "check", "memory", f"{name}: too large to be read.", "Split the file."))
    except Exception as error:  # a fault of the program may not stop the other reports
        lines = [f for f in traceback.extract_tb(error.__traceback__) if PACKAGE in Path(f.filename).parents]
        where = f" in {PurePath(lines[-1].filename).name}:{lines[-1].lineno}" if lines else ""
        message = f"The program failed on it ({type(error).__name__}{where})."
        hint = "Report the fault with the file; the other files are not affected."
        return _Answer(failure=Failure(name, "check", "internal_error", message, hint))
