"""Cells read right on made-up reports, clean and damaged, printed (pytest -s shows them).

The damage is that of the extraction guide's catalogue, not of the reader's code: see ``training.generated.tables``.
"""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal

import pytest

from nlp.reading.clean import clean_text
from nlp.reading.files import read_report
from nlp.records import Figure
from nlp.structure.sections import find_sections
from nlp.tables.edition import find_edition
from nlp.tables.figures import read_figures
from training.generated.report import Made, write_report
from training.generated.spec import Spec, make_spec
from training.generated.tables import DAMAGES, WAYS

EDITIONS = ("tables_2021", "tables_2021", "tables_2019", "indicators_2014")
WITH_BLANKS = {"blanks_dropped", "split_rows"}
MIN_CLEAN, MIN_DAMAGED, MAX_WRONG = 0.995, 0.97, 0.001
FIRST_SEED = 40_000


def read(made: Made, path) -> dict[tuple[str, str, str], Figure]:
    path.write_text(made.text, encoding="utf-8")
    source = read_report(path)
    clean = clean_text(source)
    figures = read_figures(source, clean, find_sections(source, clean), find_edition(clean))
    return {(f.table, f.row, f.column): f for f in figures}


def judge(printed: str, figure: Figure | None, *, shown: bool) -> str:
    """``right``, ``open`` (one of several values, the true one among them), ``lost``, ``wrong`` or ``invented``.

    ``shown`` says whether the cell was printed at all. A row of zeros out of place is right for zeros and blanks.
    """
    if figure is None:
        return "lost"
    truth = Decimal(printed) if printed and shown else None
    if figure.status == "ambiguous":
        return "open" if truth is None or truth in figure.candidates else "wrong"
    if truth is None:
        if figure.value is None or figure.status == "ambiguous_zero":
            return "right"
        return "right" if not shown and figure.value == Decimal(printed or 0) else "invented"
    if figure.value is None:
        return "lost"
    return "right" if figure.value == truth else "wrong"


def measure(count: int, damages: tuple[str | None, ...], folder, *, blanks_everywhere: bool = False) -> Counter[str]:
    """Verdicts on every cell; a zero in a cell that was blank is ``moved zero``."""
    rng = random.Random(count)
    verdicts: Counter[str] = Counter()
    for number in range(count):
        damage = damages[number % len(damages)]
        way = WAYS[(number // len(damages)) % len(WAYS)]
        blanks = rng.choice([0.3, 0.8]) if damage in WITH_BLANKS or blanks_everywhere else 0.0
        spec: Spec = make_spec(FIRST_SEED + number, rng.choice(EDITIONS), blanks=blanks)
        made = write_report(spec, way, damage)
        figures = read(made, folder / f"{number}{made.suffix}")
        for cell, printed in spec.cells.items():
            shown = cell[:2] not in made.lost and cell not in made.unprinted
            verdict = judge(printed, figures.get(cell), shown=shown)
            verdicts["moved zero" if verdict == "invented" and not figures[cell].value else verdict] += 1
    return verdicts


def share(verdicts: Counter[str], *names: str) -> float:
    return sum(verdicts[name] for name in names) / verdicts.total()


@pytest.mark.parametrize("count", [28, pytest.param(1000, marks=pytest.mark.slow)])
def test_clean_tables(count, tmp_path, capsys):
    verdicts = measure(count, (None,), tmp_path)
    with capsys.disabled():
        print(
            f"\n{count} clean reports, {verdicts.total()} cells: {share(verdicts, 'right'):.2%} right, {dict(verdicts)}"
        )
    assert share(verdicts, "right") >= MIN_CLEAN and not verdicts["invented"] + verdicts["moved zero"]
    assert share(verdicts, "wrong") <= MAX_WRONG


@pytest.mark.parametrize("count", [91, pytest.param(1456, marks=pytest.mark.slow)])
def test_damaged_tables(count, tmp_path, capsys):
    verdicts = measure(count, DAMAGES, tmp_path)
    with capsys.disabled():
        print(
            f"\n{count} damaged reports, {verdicts.total()} cells:"
            f" {share(verdicts, 'right'):.2%} right, {dict(verdicts)}"
        )
    assert share(verdicts, "right", "open") >= 0.999
    assert share(verdicts, "right") >= MIN_DAMAGED - 0.01 * (count < 1000)  # a small sample may hold harder reports
    assert share(verdicts, "wrong") <= MAX_WRONG and not verdicts["invented"] + verdicts["moved zero"]


@pytest.mark.parametrize("count", [65, pytest.param(910, marks=pytest.mark.slow)])
def test_damaged_tables_with_blanks(count, tmp_path, capsys):
    """Zeros of a row that a grid shows a cell too far right, total and all, leave no trace: they alone may move."""
    verdicts = measure(count, DAMAGES, tmp_path, blanks_everywhere=True)
    with capsys.disabled():
        print(
            f"\n{count} damaged reports with blanks, {verdicts.total()} cells:"
            f" {share(verdicts, 'right'):.2%} right, {dict(verdicts)}"
        )
    assert not verdicts["invented"] and not verdicts["wrong"]
    assert share(verdicts, "lost", "moved zero") <= MAX_WRONG
    assert share(verdicts, "right") >= 0.85
