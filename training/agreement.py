"""How far two blind labellings of the same statements agree. Run as ``python -m training.agreement [FILE]``.

Cohen's kappa and Krippendorff's alpha (nominal) for the roles and for each label, micro-F1 of the labels, with 95%
intervals from resampled passages: the statements of one passage are no independent draws.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

SECOND_LABELLING = Path(__file__).parents[1] / "corpora" / "second_labelling.jsonl"
SAMPLES = 2000
MIN_SUPPORT = 5  # a coefficient on fewer bearers of a label says nothing: it is printed, with its wide interval

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """What one labeller says of a statement; ``role`` is None in a labelling without roles."""

    role: str | None = None
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubled:
    """A statement labelled twice, by its passage and its place there; ``adjudicated`` where the two differ."""

    id: str
    statement: int
    first: Judged
    second: Judged
    adjudicated: Judged | None = None

    @property
    def differs(self) -> bool:
        """Whether role or labels differ; the order of labels does not count."""
        return self.first.role != self.second.role or set(self.first.labels) != set(self.second.labels)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A coefficient with its 95% interval; None where chance alone agrees fully (only one class was ever used)."""

    value: float | None
    low: float | None
    high: float | None

    def __str__(self) -> str:
        if self.value is None:
            return "–"
        return f"{self.value:.3f}" + ("" if self.low is None else f" [{self.low:.3f}, {self.high:.3f}]")


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """Agreement on one label, borne or not, over the statements that both gave its role."""

    label: str
    role: str | None
    first: int
    second: int
    both: int
    kappa: Estimate
    alpha: Estimate


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two labellings; ``f1`` is the micro-F1 of the labels by role, and of all under ``all``."""

    statements: int
    passages: int
    role_differs: int
    labels_differ: int
    role_kappa: Estimate
    role_alpha: Estimate
    f1: dict[str, Estimate]
    labels: tuple[LabelAgreement, ...]


def read_second_labelling(path: Path = SECOND_LABELLING) -> list[Doubled]:
    """All statements of a JSON-lines file. Raises ``ValueError`` naming the line that does not fit."""
    decoder, found = msgspec.json.Decoder(Doubled), []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            found.append(decoder.decode(line))
        except msgspec.MsgspecError as error:
            raise ValueError(f"{path.name}:{number}: {error}. Mend this line, or leave it out.") from None
    return found


def kappa(table: npt.ArrayLike) -> Floats:
    """Cohen's kappa of square tables (first × second, counts); leading axes are kept; NaN where chance is 1.

    >>> round(float(kappa([[1, 1], [0, 2]])), 3)
    0.5
    """
    counts = np.asarray(table, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = counts / counts.sum(axis=(-2, -1), keepdims=True)
        observed = np.trace(share, axis1=-2, axis2=-1)
        chance = (share.sum(axis=-1) * share.sum(axis=-2)).sum(axis=-1)
        return np.asarray(np.where(chance < 1 - 1e-12, (observed - chance) / (1 - chance), np.nan))


def alpha(table: npt.ArrayLike) -> Floats:
    """Krippendorff's alpha for nominal classes and two labellers without gaps, of the same tables as ``kappa``.

    >>> round(float(alpha([[1, 1], [0, 2]])), 3)
    0.533
    """
    counts = np.asarray(table, dtype=float)
    coincidences = counts + np.swapaxes(counts, -1, -2)
    values = coincidences.sum(axis=-1)
    total = values.sum(axis=-1)
    apart = total - np.trace(coincidences, axis1=-2, axis2=-1)
    expected = total**2 - (values**2).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(expected > 0, 1 - (total - 1) * apart / expected, np.nan))


def micro_f1(table: npt.ArrayLike) -> Floats:
    """Micro-F1 of labels from 2 × 2 tables (first × second; not borne, borne); NaN where nothing was labelled.

    >>> float(micro_f1([[5, 1], [1, 3]]))
    0.75
    """
    counts = np.asarray(table, dtype=float)
    borne = 2 * counts[..., 1, 1] + counts[..., 0, 1] + counts[..., 1, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(borne > 0, 2 * counts[..., 1, 1] / borne, np.nan))


def agreement(doubled: Sequence[Doubled], *, samples: int = SAMPLES, seed: int = 0) -> Agreement:
    """How far the two labellings agree.

    Parameters
    ----------
    samples : how many times the passages are drawn anew for the intervals; 0 leaves the intervals out

    Raises
    ------
    ValueError : there is no statement
    """
    if not doubled:
        raise ValueError("no statement was labelled twice. Name a file with at least one line.")
    passages = {name: at for at, name in enumerate(dict.fromkeys(item.id for item in doubled))}
    weights = np.random.default_rng(seed).multinomial(
        len(passages), np.full(len(passages), 1 / len(passages)), size=samples
    )

    def table(pairs: Iterator[tuple[str, int, int]], size: int) -> Floats:
        """Counts a passage: passages × first × second."""
        counts = np.zeros((len(passages), size, size))
        for name, one, two in pairs:
            counts[passages[name], one, two] += 1
        return counts

    def estimate(coefficient: Any, counts: Floats) -> Estimate:
        value = float(coefficient(counts.sum(axis=0)))
        if np.isnan(value):
            return Estimate(None, None, None)
        drawn = coefficient(np.tensordot(weights, counts, axes=1)) if samples else np.zeros(0)
        drawn = drawn[~np.isnan(drawn)]
        low, high = np.percentile(drawn, [2.5, 97.5]) if len(drawn) else (None, None)
        return Estimate(value, *(None if bound is None else float(bound) for bound in (low, high)))

    roles = {
        role: at for at, role in enumerate(dict.fromkeys(part.role for d in doubled for part in (d.first, d.second)))
    }
    by_role = table(((d.id, roles[d.first.role], roles[d.second.role]) for d in doubled), len(roles))
    found: list[LabelAgreement] = []
    f1: dict[str, Estimate] = {}
    everything = np.zeros((len(passages), 2, 2))
    for role in roles:
        same = [d for d in doubled if d.first.role == d.second.role == role]
        classes = dict.fromkeys(label for d in same for label in (*d.first.labels, *d.second.labels))
        summed = np.zeros((len(passages), 2, 2))
        for label in classes:
            counts = table(((d.id, int(label in d.first.labels), int(label in d.second.labels)) for d in same), 2)
            summed += counts
            (_, second), (first, both) = counts.sum(axis=0).astype(int).tolist()
            found.append(
                LabelAgreement(
                    label, role, first + both, second + both, both, estimate(kappa, counts), estimate(alpha, counts)
                )
            )
        everything += summed
        if classes:
            f1[role or "all"] = estimate(micro_f1, summed)
    return Agreement(
        statements=len(doubled),
        passages=len(passages),
        role_differs=sum(d.first.role != d.second.role for d in doubled),
        labels_differ=sum(
            d.first.role == d.second.role and set(d.first.labels) != set(d.second.labels) for d in doubled
        ),
        role_kappa=estimate(kappa, by_role),
        role_alpha=estimate(alpha, by_role),
        f1={"all": estimate(micro_f1, everything), **f1},
        labels=tuple(sorted(found, key=lambda label: (label.role or "", -label.first, label.label))),
    )


def agreement_tables(result: Agreement) -> str:
    """The agreement as two Markdown tables."""
    lines = [
        f"{result.statements} statements of {result.passages} passages. "
        f"Disagreements: {result.role_differs} of role, {result.labels_differ} of labels.",
        "",
        "| what | value [95% interval by passage] |",
        "|---|---|",
        f"| role, Cohen's κ | {result.role_kappa} |",
        f"| role, Krippendorff's α | {result.role_alpha} |",
        *(f"| micro-F1 of the labels, {name} | {value} |" for name, value in result.f1.items()),
        "",
        "| label | first | second | both | κ | α |",
        "|---|---:|---:|---:|---|---|",
    ]
    for label in result.labels:
        name = f"{label.label} ({label.role})" if label.label == "other" else label.label
        few = "" if max(label.first, label.second) >= MIN_SUPPORT else " (few)"
        lines.append(f"| {name}{few} | {label.first} | {label.second} | {label.both} | {label.kappa} | {label.alpha} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the agreement; the exit status comes back: 0 all right, 2 a file that cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m training.agreement", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?", default=SECOND_LABELLING, metavar="FILE")
    given = parser.parse_args(arguments)
    try:
        result = agreement(read_second_labelling(given.file))
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    print(agreement_tables(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
