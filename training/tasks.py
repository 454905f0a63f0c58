"""Texts with what a model says of them, to be corrected in an annotation tool: from tags, or from what `apply` wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nlp.batch.apply import PREFIX
from nlp.conclusions.tags import Tags
from nlp.inputs.texts import TextTable
from nlp.output.names import names as zh_names
from training.columns import ROLE_MARK

ID = "gongkai_id"  # tools number their tasks themselves under id
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Task:
    """A text with what a model says: ``scores`` by label, ``labels`` those accepted, the most probable first.

    ``data`` holds every other column, as text.
    """

    id: str
    text: str
    heading: str = ""
    role: str | None = None
    role_score: float | None = None
    labels: tuple[str, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def certainty(self) -> float:
        """How sure the model is of what it is least sure of: 1 is sure, .5 undecided.

        >>> Task("1", "更新慢", labels=("late",), scores={"late": 0.7, "few": 0.1}).certainty
        0.7
        """
        sure = [score if key in self.labels else 1 - score for key, score in self.scores.items()]
        return round(min([*sure, 1.0 if self.role_score is None else self.role_score]), 4)

    def marks(self) -> list[str]:
        """Role and labels in one list, for tools that have but one."""
        return [*([f"{ROLE_MARK}{self.role}"] if self.role else []), *self.labels]


@dataclass(frozen=True, slots=True)
class Tasks:
    """Tasks, the least certain first; ``labels`` and ``roles`` are what may be chosen, with Chinese names ("" for none)."""

    tasks: tuple[Task, ...]
    labels: Mapping[str, str]
    roles: Mapping[str, str]
    origin: str
    exclusive: bool = False


class TasksUnusable(Exception):
    """Neither tags nor a table with predictions; the message says what is missing and what to do."""


def read_tasks(path: Path, *, n: int | None = None, prefix: str = PREFIX) -> Tasks:
    """The tasks of a folder of tags, or of a table that ``gongkai apply`` wrote.

    Of tags the statements come that bear labels or are problems or measures.

    Parameters
    ----------
    n : only the ``n`` that are least certain
    prefix : how the names of the columns of predictions begin

    Raises
    ------
    TagsUnusable, TextsUnusable, TasksUnusable : nothing usable is there
    """
    found = _of_tags(path) if path.is_dir() else _of_table(path, prefix)
    if not found.tasks:
        raise TasksUnusable(f"{path}: no text with labels. Name tags or a table that `gongkai apply` wrote.")
    ranked = sorted(found.tasks, key=lambda task: task.certainty)  # equal ones stay in the order of the input
    return Tasks(tuple(ranked[:n]), found.labels, found.roles, found.origin, found.exclusive)


def _of_tags(folder: Path) -> Tasks:
    with Tags(folder) as tags:
        tags.need("reports", "statements", "labels", "sections")
        rows = tags.rows("""
            WITH said AS (
                SELECT report_id, statement_id, list({'k': label, 's': score, 'a': accepted} ORDER BY score DESC) AS labels,
                       any_value(origin) AS origin
                FROM labels GROUP BY ALL
            ), headed AS (
                SELECT n.report_id, n.statement_id, arg_max(h.title, h.start) AS title
                FROM statements n JOIN sections h ON h.report_id = n.report_id AND h.start <= n.start AND n.start < h."end"
                GROUP BY ALL
            )
            SELECT n.report_id, n.statement_id, r.name, n.section_key, n.start, n."end", n.text, h.title, n.role, n.role_score,
                   s.labels, s.origin
            FROM statements n JOIN reports r USING (report_id) LEFT JOIN said s USING (report_id, statement_id)
                 LEFT JOIN headed h USING (report_id, statement_id)
            WHERE s.labels IS NOT NULL OR n.role IN ('problem', 'measure')
            ORDER BY n.report_id, n.statement_id
        """)
        known = {label.key: label.zh for label in tags.labels}
    tasks: list[Task] = []
    origins: dict[str | None, None] = {}
    for report, number, name, section, start, end, text, heading, role, role_score, labels, origin in rows:
        place = {"report_id": report, "statement_id": number, "report": name, "section_key": section}
        place |= {"start": start, "end": end}
        said = labels or ()
        tasks.append(
            Task(
                f"{report}:{number}",
                text or "",
                heading or "",
                role,
                role_score,
                tuple(one["k"] for one in said if one["a"]),
                {one["k"]: one["s"] for one in said},
                {key: "" if value is None else str(value) for key, value in place.items()},
            )
        )
        origins[origin] = None
    roles = zh_names("roles") | {task.role: "" for task in tasks if task.role and task.role not in zh_names("roles")}
    return Tasks(tuple(tasks), known, roles, next(filter(None, origins), "gongkai"))


def _of_table(path: Path, prefix: str) -> Tasks:
    table = TextTable(path)
    names = table.schema.names
    said, wide = f"{prefix}_scores", f"{prefix}:"
    if f"{prefix}_labels" not in names or not (said in names or any(name.startswith(wide) for name in names)):
        raise TasksUnusable(
            f"{path}: no column {prefix}_labels with scores; there are {', '.join(names)}. "
            "Name a table that `gongkai apply` wrote, or how its columns begin with --prefix."
        )
    tasks: list[Task] = []
    known: dict[str, str] = {}
    roles: dict[str, str] = {}
    for row in _rows(table):
        text = row[table.text or ""]
        if not text.strip():
            continue
        if said in names:
            scores = {str(k): float(v) for k, v in json.loads(row[said] or "{}").items()}
        else:
            scores = {k.removeprefix(wide): float(v) for k, v in row.items() if k.startswith(wide) and v}
        labels = tuple(part for part in row[f"{prefix}_labels"].split("|") if part)
        known |= {key: known.get(key, "") for key in scores}
        known |= dict(zip(labels, row.get(f"{prefix}_names", "").split("|"), strict=False))
        role = row.get(f"{prefix}_role") or None
        if role:
            roles[role] = zh_names("roles").get(role, "")
        score = row.get(f"{prefix}_role_score")
        data = {k: v for k, v in row.items() if not k.startswith((f"{prefix}_", wide)) and k != table.text}
        heading = data.pop(table.heading, "") if table.heading else ""
        number = next((data[k] for k in data if k.strip().lower() in ("id", "编号", "序号") and data[k]), None)
        role_score = float(score) if score else None
        tasks.append(Task(number or str(len(tasks) + 1), text, heading, role, role_score, labels, scores, data))
    if set(roles) <= set(zh_names("roles")) and roles:
        roles = dict(zh_names("roles"))
    exclusive = all(len(task.labels) == 1 for task in tasks if task.scores)
    return Tasks(tuple(tasks), known, roles, f"gongkai apply ({path.name})", exclusive)


def _rows(table: TextTable) -> Iterator[dict[str, str]]:
    for batch in table.batches(BATCH):
        columns: list[list[Any]] = [column.to_pylist() for column in batch.table.columns]
        for values in zip(*columns, strict=True):
            yield {
                name: "" if value is None else value if isinstance(value, str) else str(value)
                for name, value in zip(batch.table.column_names, values, strict=True)
            }
