"""What the reader says of each cell of a made-up report, against what is printed there.

As a program it edits any number of reports, one edit each, and tells what was read wrong:
``python -m training.generated.judging --count 3000``.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from nlp.analyse import analyse
from nlp.records import Analysis, Edition, Figure
from training.generated.edits import EDITS
from training.generated.printing import FLOWING, WAYS
from training.generated.report import Made, write_report
from training.generated.spec import Spec, make_spec

EDITIONS: tuple[Edition, ...] = ("tables_2021", "tables_2021", "tables_2019", "indicators_2014")
FIRST_SEED = 700_000
Cell = tuple[str, str, str]
VALUED = ("given", "inferred", "ambiguous_zero")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``what`` is said of a cell: ``right``, ``open``, ``lost`` (said to hold nothing, though a number is printed for it),
    ``wrong`` (another number, or candidates without the true one), ``invented`` (a number where none is printed),
    ``zero moved`` (a 0 for a blank or a blank for a 0), or ``reprinted``: what the edit left there, by all signs.
    """

    cell: Cell
    what: str
    truth: str
    figure: Figure | None


def read(made: Made, folder: Path, name: str = "report") -> Analysis:
    """The analysis of a made-up report, through a file as of a user."""
    path = folder / f"{name}{made.suffix}"
    path.write_bytes(made.content)
    return analyse(path)


def judge(spec: Spec, made: Made, analysis: Analysis) -> Iterator[Verdict]:
    """A verdict for every cell of the form."""
    found = {(f.table, f.row, f.column): f for f in analysis.figures}
    for cell, printed in spec.cells.items():
        figure = found.get(cell)
        shown = cell[:2] not in made.lost and cell not in made.unprinted
        yield Verdict(cell, _judge(printed, figure, made.reprinted.get(cell), shown=shown), printed, figure)


def _judge(printed: str, figure: Figure | None, instead: str | None, *, shown: bool) -> str:
    if figure is None:
        return "lost" if shown and printed else "right"
    if figure.status not in VALUED:
        if shown and figure.candidates and instead is None and Decimal(printed or 0) not in figure.candidates:
            return "wrong"
        empty = figure.status in ("blank", "not_applicable")
        if not (empty and shown and printed and instead is None):
            return "right" if empty and not printed else "open"
        return "zero moved" if Decimal(printed) == 0 else "lost"
    assert figure.value is not None
    if printed and figure.value == Decimal(printed):
        return "right"
    if instead and figure.status == "given" and f"{figure.value}" == instead.lstrip("+"):
        return "reprinted"
    if figure.value == 0 and not printed:
        return "right" if figure.status == "ambiguous_zero" else "zero moved"
    return "wrong" if printed else "invented"


def edited(number: int, folder: Path) -> tuple[str, str, list[Verdict], set[str]] | None:
    """How report ``number`` was printed and edited, the verdicts on its cells, the codes of its findings."""
    rng = random.Random(FIRST_SEED + number)
    kind = EDITS[number % len(EDITS)]
    way = WAYS[number // len(EDITS) % len(WAYS)]
    # Running text does not show blank cells: with some it is damaged before any edit.
    blanks = 0.0 if way in FLOWING else rng.choice((0.0, 0.0, 0.3))
    spec = make_spec(FIRST_SEED + number, rng.choice(EDITIONS), blanks=blanks)
    made = write_report(spec, way, edit=kind)
    if not made.edit:
        return None
    analysis = read(made, folder)
    return way, kind, list(judge(spec, made, analysis)), {issue.code for issue in analysis.issues}


def measure(count: int, folder: Path, *, first: int = 0, show: int = 0) -> Counter[str]:
    """Verdicts on all cells of ``count`` edited reports; ``reports`` read, ``silent`` with a wrong cell and no finding."""
    totals: Counter[str] = Counter()
    for number in range(first, first + count):
        outcome = edited(number, folder)
        if outcome is None:
            continue
        way, kind, verdicts, codes = outcome
        totals["reports"] += 1
        totals.update(verdict.what for verdict in verdicts)
        # Nothing can tell that two numbers of a row changed places where the form prescribes no sums of columns.
        bad = [
            verdict
            for verdict in verdicts
            if verdict.what in ("wrong", "invented", "lost")
            or (verdict.what == "reprinted" and verdict.cell[0] == "requests")
        ]
        unsaid = bad and not any(code.split(".")[0] in {verdict.cell[0] for verdict in bad} for code in codes)
        totals["silent"] += bool(unsaid)
        totals["reports_bad"] += any(verdict.what in ("wrong", "invented", "lost") for verdict in bad)
        totals["without_finding"] += not codes
        if show and (unsaid or any(verdict.what != "reprinted" for verdict in bad)):
            show -= 1
            print(number, way, kind, "SILENT" if unsaid else "told", sorted(codes))
            for verdict in bad[:8]:
                figure = verdict.figure
                print(
                    "    ",
                    verdict.what,
                    ".".join(verdict.cell),
                    repr(verdict.truth),
                    figure and (figure.status, figure.value),
                )
    return totals


def main() -> None:
    """Print the figures of a measurement and the first reports that are read wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--show", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(dict(measure(options.count, Path(folder), first=options.first, show=options.show)))


if __name__ == "__main__":
    main()
