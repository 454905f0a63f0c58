"""Cells read right on made-up reports, clean and damaged, printed (pytest -s shows them).

The damage is that of the extraction guide's catalogue, not of the reader's code: see ``training.generated.tables``. What the
verdicts mean: ``training.generated.judging``.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest

from training.generated.judging import judge, read
from training.generated.printing import WAYS
from training.generated.report import write_report
from training.generated.spec import Spec, make_spec
from training.generated.tables import DAMAGES, IN_CELLS, IN_ROWS, IN_WORDS

EDITIONS = ("tables_2021", "tables_2021", "tables_2019", "indicators_2014")
WITH_BLANKS = {"blanks_dropped", "split_rows"}
MIN_CLEAN, MIN_DAMAGED, MIN_IN_CELLS, MAX_MOVED = 0.995, 0.97, 0.95, 0.001
FIRST_SEED = 40_000


def measure(count: int, damages: tuple[str | None, ...], folder, *, blanks_everywhere: bool = False) -> Counter[str]:
    """Verdicts on every cell."""
    rng = random.Random(count)
    verdicts: Counter[str] = Counter()
    for number in range(count):
        damage = damages[number % len(damages)]
        way = WAYS[(number // len(damages)) % len(WAYS)]
        blanks = rng.choice([0.3, 0.8]) if damage in WITH_BLANKS or blanks_everywhere else 0.0
        spec: Spec = make_spec(FIRST_SEED + number, rng.choice(EDITIONS), blanks=blanks)
        made = write_report(spec, way, damage)
        verdicts.update(verdict.what for verdict in judge(spec, made, read(made, folder)))
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
    assert share(verdicts, "right") >= MIN_CLEAN and not verdicts["invented"] + verdicts["zero moved"]
    assert not verdicts["wrong"] + verdicts["lost"]


@pytest.mark.parametrize("count", [91, pytest.param(1456, marks=pytest.mark.slow)])
def test_damaged_tables(count, tmp_path, capsys):
    verdicts = measure(count, (*IN_ROWS, *IN_WORDS), tmp_path)
    with capsys.disabled():
        print(
            f"\n{count} damaged reports, {verdicts.total()} cells:"
            f" {share(verdicts, 'right'):.2%} right, {dict(verdicts)}"
        )
    assert share(verdicts, "right", "open") >= 0.999
    assert share(verdicts, "right") >= MIN_DAMAGED - 0.01 * (count < 1000)  # a small sample may hold harder reports
    assert not verdicts["invented"] + verdicts["wrong"] + verdicts["lost"]
    assert share(verdicts, "zero moved") <= MAX_MOVED


@pytest.mark.parametrize("count", [45, pytest.param(900, marks=pytest.mark.slow)])
def test_damaged_cells(count, tmp_path, capsys):
    """In a tenth of the rows a cell is lost, doubled, split or pushed in, or the row is cut in two: less can be proven."""
    verdicts = measure(count, IN_CELLS, tmp_path)
    with capsys.disabled():
        print(
            f"\n{count} reports with damaged cells, {verdicts.total()} cells:"
            f" {share(verdicts, 'right'):.2%} right, {dict(verdicts)}"
        )
    assert share(verdicts, "right") >= MIN_IN_CELLS
    assert not verdicts["invented"] + verdicts["wrong"] + verdicts["lost"]
    assert share(verdicts, "zero moved") <= MAX_MOVED


@pytest.mark.parametrize("count", [65, pytest.param(910, marks=pytest.mark.slow)])
def test_damaged_tables_with_blanks(count, tmp_path, capsys):
    """Zeros of a row that a grid shows a cell too far right, total and all, leave no trace: they alone may move."""
    verdicts = measure(count, DAMAGES, tmp_path, blanks_everywhere=True)
    with capsys.disabled():
        print(
            f"\n{count} damaged reports with blanks, {verdicts.total()} cells:"
            f" {share(verdicts, 'right'):.2%} right, {dict(verdicts)}"
        )
    assert not verdicts["invented"] + verdicts["wrong"] + verdicts["lost"]
    assert share(verdicts, "zero moved") <= MAX_MOVED
    assert share(verdicts, "right") >= 0.85
