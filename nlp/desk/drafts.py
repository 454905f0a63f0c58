"""The drafts that were dropped on the desk: in memory only, and only the last few."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from nlp.batch.findings import across_finding
from nlp.checking.check import RANK
from nlp.checking.findings import Checked, CheckedReport
from nlp.checking.settings import Settings, graded
from nlp.desk.messages import Compare, Compared, Examine, Examined, Members, Refused
from nlp.desk.workshop import Workshop
from nlp.records import Analysis, Failure

MAX_BATCHES = 30
MAX_BYTES = 2**30  # of all drafts that are held; the oldest batches go first
MAX_FILES = 2_000  # of a batch, those in archives counted one by one


@dataclass(slots=True)
class Draft:
    """One report of a batch: its bytes, and what was found in it or why it could not be read."""

    name: str
    data: bytes = b""
    examined: Examined | None = None
    report: CheckedReport | None = None
    failure: Failure | None = None

    @property
    def analysis(self) -> Analysis | None:
        """What the report says; ``None`` when it could not be read."""
        return self.examined.analysis if self.examined else None


@dataclass(slots=True)
class Batch:
    """What was dropped together. ``waiting`` files are still to be read; ``compared`` once they were held together."""

    id: str
    drafts: list[Draft] = field(default_factory=list)
    waiting: int = 0
    closed: bool = False  # no more files come
    comparing: bool = False
    compared: bool = False

    @property
    def done(self) -> bool:
        """Whether everything was read and compared."""
        return self.closed and self.waiting == 0 and self.compared

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(len(draft.data) for draft in self.drafts)

    def checked(self) -> Checked:
        """The findings of the batch as those of ``gongkai check``."""
        reports = [draft.report for draft in self.drafts if draft.report]
        return Checked(reports, [draft.failure for draft in self.drafts if draft.failure])


class Drafts:
    """The batches, each read by the workshop in a thread of its own. Nothing of them is written to disk."""

    def __init__(self, workshop: Workshop, settings: Settings) -> None:
        self._workshop, self._settings = workshop, settings
        self._batches: OrderedDict[str, Batch] = OrderedDict()
        self._lock = threading.Lock()

    def new(self) -> Batch:
        """A batch without files. Its id cannot be guessed."""
        batch = Batch(secrets.token_urlsafe(9))
        with self._lock:
            self._batches[batch.id] = batch
            self._make_room()
        return batch

    def get(self, batch_id: str) -> Batch | None:
        """The batch with an id; ``None`` when there is none, or it has been forgotten."""
        with self._lock:
            return self._batches.get(batch_id)

    def all(self) -> list[Batch]:
        """The batches that are held, the last first."""
        with self._lock:
            return [batch for batch in reversed(self._batches.values()) if batch.drafts]

    def forget(self, batch_id: str) -> None:
        """Let a batch go."""
        with self._lock:
            self._batches.pop(batch_id, None)

    def add(self, batch: Batch, name: str, data: bytes) -> None:
        """Read a file into the batch, in the background."""
        with self._lock:
            batch.waiting += 1
            self._make_room()
        threading.Thread(target=self._read, args=(batch, name, data), daemon=True).start()

    def close(self, batch: Batch) -> None:
        """No more files come: what was read is compared as soon as all is read."""
        with self._lock:
            batch.closed = True
        self._settle(batch)

    def _read(self, batch: Batch, name: str, data: bytes) -> None:
        try:
            for draft in self._drafts_of(name, data):
                with self._lock:
                    if len(batch.drafts) < MAX_FILES:
                        batch.drafts.append(draft)
        finally:
            with self._lock:
                batch.waiting -= 1
            self._settle(batch)

    def _drafts_of(self, name: str, data: bytes) -> Iterator[Draft]:
        match self._workshop.ask(Examine(name, data, self._settings)):
            case Examined() as examined:
                yield Draft(name, data, examined, examined.report)
            case Refused(failure):
                yield Draft(name, data, failure=failure)
            case Members(members):
                for member in members:
                    if member.failure is not None:
                        yield Draft(member.name, failure=member.failure)
                    else:
                        yield from self._drafts_of(member.name, member.data)

    def _settle(self, batch: Batch) -> None:
        """Compare the reports of a batch with each other once all are there."""
        with self._lock:
            if not batch.closed or batch.waiting or batch.comparing:
                return
            batch.comparing = True
            drafts = {draft.name: draft for draft in batch.drafts if draft.examined}
        prints = tuple(draft.examined.print_ for draft in drafts.values() if draft.examined)
        found = self._workshop.ask(Compare(prints, self._settings)) if len(prints) > 1 else Compared(())
        for across in found.found if isinstance(found, Compared) else ():
            issue = graded(across.issue, self._settings)
            here, there = drafts[across.report], drafts[across.other]
            if issue is not None and here.report is not None:
                finding = across_finding(across, issue, here.analysis, there.analysis)
                findings = sorted((*here.report.findings, finding), key=lambda f: RANK[f.severity])
                here.report = replace(here.report, findings=tuple(findings))
        batch.drafts.sort(key=lambda draft: draft.name)
        batch.compared = True

    def _make_room(self) -> None:
        while len(self._batches) > 1 and (
            len(self._batches) > MAX_BATCHES or sum(batch.size for batch in self._batches.values()) > MAX_BYTES
        ):
            self._batches.popitem(last=False)
