"""A release held against its sources: digests of its files, and random values computed anew from the reports' bytes."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from nlp.analyse import analyse_source
from nlp.batch.collected import list_reports
from nlp.batch.collecting import Collected, Columns
from nlp.batch.settings import Settings
from nlp.conclusions.design import SampleUnusable, sha256_of
from nlp.conclusions.place import SUMS, read_sums
from nlp.conclusions.release.masking import Masks
from nlp.conclusions.tags import Tags
from nlp.inputs.paths import expanded
from nlp.output.frames import arrow_table
from nlp.output.rows import TABLES, rows_of
from nlp.reading.files import read_report
from nlp.records import ReportUnreadable
from nlp.version import versions

ID_CHARS = 16
# What depends on where the sources lie, not on what they say.
OF_THE_PLACE = frozenset({"name", "input_columns"})
TOLERANCE = 1e-6  # of scores, which may differ in the last digit between machines


@dataclass(frozen=True, slots=True)
class Value:
    """A value that was drawn: its table, its row, its column."""

    table: str
    row: Mapping[str, Any]
    column: str

    @property
    def report(self) -> str:
        """The report that it was read from."""
        return str(self.row["report_id"])

    def __str__(self) -> str:
        keys = [
            f"{name}={self.row[name]}"
            for name in ("report_id", "statement_id", "row", "column", "start")
            if self.row.get(name) is not None
        ]
        return f"{self.table}.{self.column} ({', '.join(keys)})"


@dataclass(slots=True)
class Verified:
    """What became of each value: equal, different (with what was computed), or without its source."""

    equal: int = 0
    different: list[tuple[Value, str]] = field(default_factory=list)
    without_source: list[Value] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        """Whether every value was computed anew and is equal."""
        return self.equal > 0 and not self.different and not self.without_source


def check_sums(folder: Path) -> list[str]:
    """The files of a release that are missing, changed, or not in ``SHA256SUMS``, each with a word.

    Raises ``SampleUnusable`` where there is no such list.
    """
    sums = read_sums(folder)
    if not sums:
        raise SampleUnusable(f"{folder}: has no {SUMS}. Name the folder that `gongkai release` wrote.")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {SUMS}
    faults = [f"{name}: missing" for name in sorted(sums.keys() - there)]
    faults += [f"{name}: not in {SUMS}" for name in sorted(there - sums.keys())]
    return faults + [
        f"{name}: changed" for name in sorted(there & sums.keys()) if sha256_of(folder / name) != sums[name]
    ]


def verify(
    folder: Path,
    sources: Iterable[str | Path],
    *,
    count: int = 100,
    seed: int = 0,
    settings: Settings | None = None,
    columns: Columns | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Verified:
    """Draw values of a release at random, find the reports they were read from among the sources, and compute them anew.

    Parameters
    ----------
    sources : files, folders, archives and tables, as `gongkai tag` reads them; reports are known by their bytes
    settings : the model to label with; the package's unless given

    Raises
    ------
    SampleUnusable : no release in ``folder``, or nothing in its tables
    """
    result = Verified(notes=_made_otherwise(folder, settings or Settings()))
    with Tags(folder / "data") as tags:
        values = draw_values(tags, count, random.Random(seed))
    if not values:
        raise SampleUnusable(f"{folder}: no value in its tables.")
    wanted: dict[str, list[Value]] = {}
    for value in values:
        wanted.setdefault(value.report, []).append(value)
    masked = _provenance(folder).get("personal_data_masked", False)
    with tempfile.TemporaryDirectory(prefix="gongkai-") as temporary:
        for path in _reports(expanded(sources), Path(temporary), columns or Columns()):
            report = sha256_of(path)[:ID_CHARS]
            if report not in wanted:
                continue
            _compare(result, wanted.pop(report), _computed(path, settings or Settings(), masked=masked))
            progress(len(values) - sum(map(len, wanted.values())), len(values))
            if not wanted:
                break
    result.without_source = [value for left in wanted.values() for value in left]
    return result


def _reports(inputs: Iterable[str], folder: Path, columns: Columns) -> Iterable[Path]:
    for _, _, found in list_reports(inputs, folder, columns):
        if isinstance(found, Collected) and found.path and Path(found.file).is_file():
            yield Path(found.file)


def draw_values(tags: Tags, count: int, dice: random.Random) -> list[Value]:
    """Values of random columns of random rows, the tables taking turns: rare ones are looked at, too."""
    tables = [name for name in TABLES if tags.need(name).one(f'SELECT count(*) FROM "{name}"')]
    rows: dict[str, list[dict[str, Any]]] = {}
    for name in tables:
        found = tags.db.execute(
            f'SELECT * FROM "{name}" USING SAMPLE reservoir({max(1, count)} ROWS) REPEATABLE ({dice.getrandbits(31)})'
        )
        names = [column[0] for column in found.description or ()]
        rows[name] = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        dice.shuffle(rows[name])
    values: list[Value] = []
    while len(values) < count and any(rows.values()):
        for name in tables:
            if rows[name] and len(values) < count:
                row = rows[name].pop()
                told = [
                    column for column in row if column not in {"report_id", *OF_THE_PLACE} and row[column] is not None
                ]
                if told:
                    values.append(Value(name, row, dice.choice(told)))
    return values


def _computed(path: Path, settings: Settings, *, masked: bool) -> dict[str, list[dict[str, Any]]] | str:
    """The rows of every table of a report, computed now; why it cannot be read, if it cannot."""
    try:
        analysis = analyse_source(read_report(path), labeller=settings.labeller())
    except ReportUnreadable as error:
        return error.message
    rows = {name: arrow_table(name, found).to_pylist() for name, found in rows_of(analysis).items()}
    if masked:
        masks = Masks()
        masks.add(
            analysis.source.report_id,
            [s for c in rows["contacts"] if c["personal"] for s in (c["raw"], c["value"]) if s],
        )
        rows = {name: [masks.row(row) for row in found] for name, found in rows.items()}
    return rows


def _compare(result: Verified, values: Iterable[Value], computed: dict[str, list[dict[str, Any]]] | str) -> None:
    for value in values:
        if isinstance(computed, str):
            result.different.append((value, computed))
            continue
        rows = computed[value.table]
        if any(_same(value.row, row) for row in rows):
            result.equal += 1
            continue
        near = max(rows, key=lambda row: sum(_equal(value.row[name], row[name]) for name in value.row), default=None)
        now = "no such row" if near is None else ", ".join(
            f"{name} {value.row[name]!r} in the release, {near[name]!r} now"
            for name in value.row
            if name not in OF_THE_PLACE and not _equal(value.row[name], near[name])
        )  # fmt: skip
        result.different.append((value, now))


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(_equal(one[name], other.get(name)) for name in one if name not in OF_THE_PLACE)


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, float | Decimal) and isinstance(other, float | Decimal | int):
        return abs(float(one) - float(other)) <= TOLERANCE
    return bool(one == other)


def _provenance(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _made_otherwise(folder: Path, settings: Settings) -> list[str]:
    """What of the versions then differs from those now: values may differ for that alone."""
    then = _provenance(folder).get("run", {}).get("versions", {})
    now = versions(settings.labeller())
    return [
        f"made with {name} {then[name]}, recomputed with {now[name]}: values may differ for that"
        for name in now
        if name in then and then[name] != now[name]
    ]
