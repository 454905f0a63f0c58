"""Several labels in one cell, told apart from one label whose name holds a separator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import msgspec

from training.records import Example, Findings

# What tools and people put between labels; doccano writes #. The second kind also stands in names (公开不规范、质量不高).
SEPARATORS, ALSO_IN_NAMES = (";", "；", "#"), ("、", ",", "，")


@dataclass(slots=True)
class Joined:
    """Takes cells apart that hold several labels, and says so, once for each way.

    Parameters
    ----------
    known : the labels that there are (a taxonomy's, a model's); ``None``: those that stand in a cell by themselves
    separator : what stands between labels, when a person has said so; nothing else is then taken for one
    """

    findings: Findings
    known: frozenset[str] | None = None
    separator: str | None = None
    _cells: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)
    _alone: frozenset[str] = frozenset()
    _twice: frozenset[str] = frozenset()

    def study(self, examples: Iterable[Example]) -> None:
        """Look at all labels of a corpus, so that what stands alone somewhere is known."""
        cells = {label.strip() for example in examples for label in example.labels}
        self._alone = frozenset(cell for cell in cells if not _separators_in(cell) and _listed(cell) is None)
        partners: dict[str, set[str]] = {}
        for cell in cells:
            for separator in _separators_in(cell, SEPARATORS):
                parts = _parts(cell, separator)
                for part in parts:
                    partners.setdefault(part, set()).add(cell)
        self._twice = frozenset(part for part, cells_of in partners.items() if len(cells_of) > 1)

    def apart(self, examples: Iterable[Example]) -> Iterator[Example]:
        """The examples with one label for each label that their cells hold."""
        for example in examples:
            labels: list[str] = []
            for cell in example.labels:
                if cell not in self._cells:
                    self.findings.file = example.file or self.findings.file
                    self._cells[cell] = self._read(cell, example.row)
                labels += self._cells[cell]
            unique = tuple(dict.fromkeys(labels))
            yield example if unique == example.labels else replace(example, labels=unique)

    def _read(self, cell: str, row: int) -> tuple[str, ...]:
        if self.separator is not None:
            return _parts(cell, self.separator) or (cell,)
        if self.known is not None and cell.strip() in self.known:
            return (cell,)
        listed = _listed(cell.strip())
        if listed is not None:
            self._say(cell, listed, "a list of JSON", row)
            return listed
        for separator in _separators_in(cell):
            parts = _parts(cell, separator)
            if len(parts) > 1 and self._are_labels(parts, separator):
                self._say(cell, parts, f"joined by {separator}", row)
                return parts
        if self.known is None and (separators := _separators_in(cell, SEPARATORS)):
            message = (
                f"{cell!r} is taken for one label, for its parts stand nowhere by themselves. If it is several, say what "
                f"joins them with --joined-by {separators[0]!r}."
            )
            self.findings.warn("one_label", message, row=row, column="label")
        return (cell,)

    def _are_labels(self, parts: tuple[str, ...], separator: str) -> bool:
        if self.known is not None:
            there = [part in self.known for part in parts]
            return all(there) or (separator in SEPARATORS and any(there))
        if separator in SEPARATORS:
            return all(part in self._alone or part in self._twice for part in parts)
        return all(part in self._alone for part in parts)

    def _say(self, cell: str, parts: tuple[str, ...], how: str, row: int) -> None:
        if how in self._told:
            return
        self._told.add(how)
        message = (
            f"{cell!r} is read as {len(parts)} labels, {' and '.join(parts) or 'none'} ({how}), and others like it too. If it "
            "is the name of one, say --joined-by '|'."
        )
        self.findings.warn("joined", message, row=row, column="label")


def _separators_in(cell: str, among: tuple[str, ...] = SEPARATORS + ALSO_IN_NAMES) -> list[str]:
    return [separator for separator in among if separator in cell]


def _parts(cell: str, separator: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in cell.split(separator) if part.strip()))


def _listed(cell: str) -> tuple[str, ...] | None:
    """The labels of ``["A", "B"]`` or ``{"choices": ["A", "B"]}``; ``None`` for anything else.

    >>> _listed('{"choices": ["甲", "乙"]}'), _listed("[甲]")
    (('甲', '乙'), None)
    """
    if not (cell.startswith("[") and cell.endswith("]")) and not (cell.startswith("{") and cell.endswith("}")):
        return None
    try:
        value = msgspec.json.decode(cell)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None
    if isinstance(value, dict):
        value = value.get("choices")
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        return None
    return tuple(dict.fromkeys(value))
