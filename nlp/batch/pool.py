"""Who tags the files of a run: worker processes, or for tests this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Protocol

import msgspec

from nlp.batch.settings import Settings
from nlp.batch.worker import Task, run_task
from nlp.workers.pool import Event, Finished, Unwritable, Workers

WORKER = "from nlp.batch.worker import main\nmain()\n"


class Pool(Protocol):
    """Takes tasks and tells what became of them, in any order."""

    @property
    def room(self) -> bool: ...

    def submit(self, job: Task, message: bytes) -> None: ...

    def event(self) -> Event[Task]: ...

    def close(self) -> None: ...


def start_workers(
    jobs: int, settings: Settings, *, began: Callable[[Task, int], None], seconds_a_file: float
) -> Workers[Task]:
    """Worker processes that tag; see ``nlp.workers.pool.Workers``."""
    return Workers(jobs, WORKER, json.dumps(settings.as_dict()), began=began, seconds_a_file=seconds_a_file)


class InProcess:
    """No workers and no limits: each task is done when its event is asked for."""

    def __init__(self, settings: Settings, *, began: Callable[[Task, int], None]) -> None:
        self._settings, self._began = settings, began
        self._tasks: list[Task] = []

    @property
    def room(self) -> bool:
        return not self._tasks

    def submit(self, job: Task, message: bytes) -> None:
        self._tasks.append(job)

    def event(self) -> Event[Task]:
        task = self._tasks.pop(0)
        try:
            done = run_task(task, self._settings, begins=lambda row: self._began(task, row))
        except OSError as error:
            return Unwritable(task, error.errno, error.strerror or str(error))
        return Finished(task, msgspec.msgpack.encode(done))

    def close(self) -> None:
        self._tasks.clear()
