"""The sheet that `gongkai sample` writes, filled in: a table whose labels stand in several columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from nlp.conclusions.sheet import FILLED, LABEL_COLUMNS, NONE, SHOWN
from nlp.output.names import names
from training.columns import as_text

LABELS = tuple(f"label_{number}" for number in range(1, LABEL_COLUMNS + 1))
KEYS = {key for key, _, _ in (*SHOWN, *FILLED)}


def is_sample(head: Sequence[str]) -> bool:
    """Whether a head is that of a sample: its columns are called by key, or by key and Chinese name.

    >>> is_sample(["id 编号", "text 陈述", "role 类别", "label_1 标签1"]), is_sample(["id", "text", "label"])
    (True, False)
    """
    keys = {name.split()[0] for name in head if name.strip()}
    return {"id", "text", "role", LABELS[0]} <= keys


def plain(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """The sheet as one with a column ``label``: its head, then its rows; those that nobody filled in have ``skipped`` 1."""
    keys = [name.split()[0] if name.strip() else "" for name in head]
    kept = [at for at, key in enumerate(keys) if key and key not in LABELS and key != "role"]
    yield [*(keys[at] for at in kept), "role", "label", "skipped"]
    for cells in rows:
        texts = {key: as_text(cell).strip() for key, cell in zip(keys, cells, strict=False)}
        if not any(texts.values()):
            continue
        said = [_key(texts[name], "labels") for name in LABELS if texts.get(name)]
        role = _key(texts.get("role", ""), "roles")
        labels = "|".join(label for label in said if label != NONE)
        yield [*(texts.get(keys[at], "") for at in kept), role, labels, "" if role or said else "1"]


def _key(text: str, kind: str) -> str:
    """The key of what a drop-down shows (timeliness_poor 公开不及时), or of a Chinese name by itself."""
    if text in ("无", "无标签"):
        return NONE
    known = names(kind)
    first = text.split()[0] if text else ""
    if first in known or first == NONE or text != first:
        return first
    return next((key for key, zh in known.items() if zh == text), text)
