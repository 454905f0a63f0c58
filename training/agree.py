"""How far persons agree who labelled the same texts, what they disagree on, and the corpus once that is settled."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import pyarrow as pa

from nlp.inputs.texts import TextTable
from nlp.output.table_file import WRITERS
from nlp.records import OutputRefused
from training.agreement import Estimate, Floats, kappa
from training.annotators import Item, Judgements, Said

SAMPLES = 500
NONE = "none"  # in a settled sheet: looked at, and no label


@dataclass(frozen=True, slots=True)
class Question:
    """Agreement on one thing: the role, the labels as a whole, or whether one label is borne.

    ``alpha`` is Krippendorff's for any number of persons and gaps, ``kappa`` Cohen's, for more than two persons the mean
    of their pairs. ``borne`` counts the texts to which at least one person gives the label.
    """

    name: str
    texts: int
    borne: int
    agreed: int
    alpha: Estimate
    kappa: Estimate


@dataclass(frozen=True, slots=True)
class Agreement:
    """All questions; ``confusions`` of two persons' roles and labels: how often each pair of answers was given."""

    persons: tuple[str, ...]
    texts: int
    doubled: int
    questions: tuple[Question, ...]
    confusions: Mapping[str, Mapping[tuple[str, str], int]]


def measure(judgements: Judgements, *, samples: int = SAMPLES, seed: int = 0) -> Agreement:
    """How far the persons agree, with 95% intervals from resampled documents (texts, where no group is named)."""
    items = judgements.doubled()
    persons = judgements.persons
    groups = [item.example.group or item.key for item in items]
    places = {name: at for at, name in enumerate(dict.fromkeys(groups))}
    owner = np.array([places[name] for name in groups])
    draws = np.random.default_rng(seed).integers(0, len(places), (samples, len(places)))
    weights = (
        np.stack([np.bincount(draw, minlength=len(places))[owner] for draw in draws]) if samples else np.zeros((0, 0))
    )

    def question(name: str, answer: Callable[[Said], Hashable]) -> Question | None:
        asked = [[answer(item.said[p]) if p in item.said else None for p in persons] for item in items]
        classes = {
            value: at for at, value in enumerate(dict.fromkeys(v for row in asked for v in row if v is not None))
        }
        if len(classes) < 2 and name in ("role", "labels"):
            return None
        codes = np.array([[-1 if v is None else classes[v] for v in row] for row in asked])
        agreed = sum(len(set(v for v in row if v is not None)) == 1 for row in asked)
        borne = sum(True in row for row in asked)
        return Question(
            name, len(items), borne or len(items), agreed, _estimate(_alpha, codes, len(classes), weights),
            _estimate(_kappa, codes, len(classes), weights),
        )  # fmt: skip

    labels = Counter(label for item in items for said in item.said.values() for label in said.labels)
    found = [question("role", lambda said: said.role), question("labels", lambda said: said.shown())]
    found += [question(label, lambda said, label=label: label in said.labels) for label, _ in labels.most_common()]  # type: ignore[misc]
    return Agreement(persons, len(judgements.items), len(items), tuple(q for q in found if q), _confusions(items))


def _estimate(coefficient: Callable[[Any, int, Any], float], codes: Any, classes: int, weights: Any) -> Estimate:
    value = coefficient(codes, classes, np.ones(len(codes), dtype=int))
    if np.isnan(value):
        return Estimate(None, None, None)
    drawn = np.array([coefficient(codes, classes, weight) for weight in weights])
    drawn = drawn[~np.isnan(drawn)]
    low, high = np.percentile(drawn, [2.5, 97.5]).tolist() if len(drawn) else (None, None)
    return Estimate(value, low, high)


def _alpha(codes: Any, classes: int, weight: Any) -> float:
    """Krippendorff's alpha of nominal answers, -1 for none; each text as often as its weight says."""
    if classes < 2:
        return float("nan")
    counts = np.zeros((len(codes), classes))
    for column in codes.T:
        given = np.flatnonzero(column >= 0)
        counts[given, column[given]] += 1
    counts = counts.repeat(weight, axis=0)
    if (counts.sum(axis=0) > 0).sum() < 2:
        return float("nan")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def _kappa(codes: Any, classes: int, weight: Any) -> float:
    found: list[float] = []
    for one, two in combinations(codes.T, 2):
        both = np.flatnonzero((one >= 0) & (two >= 0))
        table: Floats = np.zeros((classes, classes))
        np.add.at(table, (one[both], two[both]), weight[both])
        if table.sum():
            found.append(float(kappa(table)))
    known = [value for value in found if not np.isnan(value)]
    return float(np.mean(known)) if known else float("nan")


def _confusions(items: Sequence[Item]) -> dict[str, dict[tuple[str, str], int]]:
    found: dict[str, Counter[tuple[str, str]]] = {"role": Counter(), "labels": Counter()}
    for item in items:
        for one, two in combinations(item.said.values(), 2):
            if one.role and two.role:
                found["role"][one.role, two.role] += 1
            found["labels"][one.shown() or "—", two.shown() or "—"] += 1
    return {name: dict(counts.most_common()) for name, counts in found.items() if counts}


def write_disagreements(judgements: Judgements, out: Path, *, force: bool = False) -> int:
    """Write the texts on which persons differ as a sheet, with columns ``role`` and ``label`` to settle; how many comes back.

    Raises
    ------
    OutputRefused : the file is there already, or its format is not known
    """
    persons = judgements.persons
    roles = any(said.role for item in judgements.items for said in item.said.values())
    rows = []
    for item in judgements.doubled():
        if item.settled:
            continue
        row = {"key": item.key, "text": item.example.text, "heading": item.example.heading}
        for person in persons:
            said = item.said.get(person)
            row |= {f"role {person}": (said.role or "") if said else ""} if roles else {}
            row[f"label {person}"] = (said.shown() or NONE) if said else ""
        rows.append(row | ({"role": ""} if roles else {}) | {"label": "", "note": ""})
    _write(rows or [dict.fromkeys(("key", "text", "heading", "label", "note"), "")][:0], out, force=force)
    return len(rows)


def write_settled(judgements: Judgements, sheet: Path, out: Path, *, force: bool = False) -> tuple[int, int]:
    """Write the corpus: what all who judged say alike, and what the sheet settles; how many texts, and how many stay open.

    Raises
    ------
    TextsUnusable : the sheet cannot be read
    OutputRefused : a row that is not of these files, or the file is there already
    """
    decided = _decided(sheet, judgements)
    rows: list[dict[str, str]] = []
    left = 0
    for item in judgements.items:
        said = next(iter(item.said.values())) if item.settled else decided.get(item.key)
        if said is None:
            left += 1
            continue
        example = item.example
        row = {"text": example.text, "label": said.shown(), "role": said.role or "", "heading": example.heading}
        row |= {"group": example.group or ""} | {k: v for k, v in example.extra.items() if k not in row}
        rows.append(row)
    _write(rows, out, force=force)
    return len(rows), left


def _decided(sheet: Path, judgements: Judgements) -> dict[str, Said]:
    known = {item.key for item in judgements.items}
    labels = {label for item in judgements.items for said in item.said.values() for label in said.labels}
    found: dict[str, Said] = {}
    number = 1
    for batch in TextTable(sheet, text_column="text").batches(1000):
        for row in batch.table.to_pylist():
            number += 1
            key, label, role = (str(row.get(name) or "").strip() for name in ("key", "label", "role"))
            if key not in known:
                raise OutputRefused(
                    f"{sheet.name}:{number}, column key: {key!r} is no text of these files. Put it back."
                )
            given = [part.strip() for part in label.replace(";", "|").replace("；", "|").split("|") if part.strip()]
            wrong = next((part for part in given if part not in labels and part != NONE), None)
            if wrong is not None:
                raise OutputRefused(
                    f"{sheet.name}:{number}, column label: nobody gave {wrong!r}. Mend it, or have one person give it."
                )
            if given or role:
                found[key] = Said(role or None, frozenset(part for part in given if part != NONE))
    return found


def _write(rows: Sequence[Mapping[str, str]], out: Path, *, force: bool) -> None:
    if out.suffix.lower() not in WRITERS:
        raise OutputRefused(f"{out}: unknown format. Name a file that ends in {', '.join(WRITERS)}.")
    if out.exists() and not force:
        raise OutputRefused(f"{out}: is there already. Choose another file, or replace it with --force.")
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["key", "text", "label"]
    schema = pa.schema([(name, pa.string()) for name in names])
    out.parent.mkdir(parents=True, exist_ok=True)
    writer = WRITERS[out.suffix.lower()](out, schema)
    writer.write(
        pa.table([pa.array([row.get(name, "") for row in rows], pa.string()) for name in names], schema=schema)
    )
    writer.close()
