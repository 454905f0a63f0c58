"""Intervals of nominal 95% cover, in simulated studies: statements with a model's own errors, drawn and labelled anew each time.

``pytest -s tests/conclusions/test_coverage.py`` prints the table that stands in the README.
"""

import re
from pathlib import Path

import numpy as np
import pytest

from nlp.conclusions.estimator import Group, Labelled, difference, estimate, tune, without_scores
from nlp.conclusions.frame import LEAST_SHARE

STUDIES = 500
UNITS = 3000
ROOT = Path(__file__).parents[2]
SIZES = (100, 200, 400)
DESIGNS = ("statements", "statements, more where unsure", "whole reports")
NOMINAL, LEAST_COVERED, MOST_WIDTH = 0.95, 0.93, 0.75


def draw(dice, chance, document):
    """Systematic draw with these probabilities, documents in random order: what ``sample`` does in a stratum."""
    order = np.lexsort((dice.random(len(chance)), dice.permutation(document.max() + 1)[document]))
    passed = np.floor(np.concatenate([[0], np.cumsum(chance[order])]) + dice.random() + 1e-9)
    return order[np.diff(passed) > 0]


def chances(people, size, design):
    """The probability of each statement."""
    if design == "whole reports":
        documents = len(np.unique(people.document))
        return np.full(len(people.document), size * documents / len(people.document) / documents)
    if design == "statements":
        return np.full(len(people.document), size / len(people.document))
    doubt = np.sqrt(people.doubt * (1 - people.doubt) + (people.scores * (1 - people.scores)).sum(axis=1))
    weight = LEAST_SHARE + (1 - LEAST_SHARE) * doubt / doubt.mean()
    chance = np.minimum(1, size * weight / weight.sum())
    return chance


def study(people, size, design, dice):
    """The labelled units of one study."""
    chance = chances(people, size, design)
    if design == "whole reports":
        documents = np.unique(people.document)
        drawn = documents[dice.random(len(documents)).argsort()[: round(chance[0] * len(documents))]]
        rows = np.flatnonzero(np.isin(people.document, drawn))
    else:
        rows = draw(dice, chance, people.document)
    whole = np.zeros(len(rows), dtype=int)
    return rows, Labelled(people.truth[rows], people.scores[rows], chance[rows], people.document[rows], whole)


def simulate(population, size, design, studies=STUDIES):
    """Coverage (mean over labels, least of the labels) and width beside that of the labels alone (median over labels)."""
    dice = np.random.default_rng(size)
    covered, width, alone = [], [], []
    for _ in range(studies):
        people = population.part(dice, UNITS)
        rows, labelled = study(people, size, design, dice)
        group = Group(len(people.document), people.scores.sum(axis=0), np.ones(len(rows), dtype=bool))
        ours = estimate(labelled, group, tune(labelled))
        labels = estimate(labelled, group, without_scores(labelled.labels.shape[1]))
        true = people.truth.mean(axis=0)
        covered.append((ours.low <= true + 1e-12) & (ours.high >= true - 1e-12))
        width.append(ours.high - ours.low)
        alone.append(labels.high - labels.low)
    by_label, mean, mean_alone = (np.mean(part, axis=0) for part in (covered, width, alone))
    return by_label.mean(), by_label.min(), np.median(mean), np.median(mean / mean_alone)


def line(design, size, result):
    covered, least, width, ratio = result
    return f"| {design} | {size} | {covered:.3f} | {least:.3f} | {100 * width:.1f} | {ratio:.2f} |"


def test_intervals_cover_in_a_few_studies(population):
    covered, _, _, ratio = simulate(population, 200, DESIGNS[1], studies=100)
    assert covered >= LEAST_COVERED and ratio <= MOST_WIDTH


@pytest.mark.slow
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("design", DESIGNS)
def test_intervals_cover(population, size, design, capsys):
    result = simulate(population, size, design)
    shown = line(design, size, result)
    with capsys.disabled():
        print("\n" + shown)
    covered, _, _, ratio = result
    assert covered >= LEAST_COVERED, shown
    assert ratio <= MOST_WIDTH, shown
    # The README tells what this test measures; libraries may differ in the last digit.
    row = re.compile(re.escape(f"| {design} | {size} |") + r"((?: [\d.]+ \|){4})")
    for readme in ("README.md", "README.zh-CN.md"):
        found = row.search((ROOT / readme).read_text(encoding="utf-8"))
        assert found, f"{readme} lacks {shown}"
        told = [float(cell) for cell in found[1].split("|") if cell.strip()]
        assert told == pytest.approx([covered, result[1], 100 * result[2], ratio], abs=0.06), shown


def test_intervals_of_groups_and_differences_cover(population):
    """Groups that the sample was not stratified by, and the difference of two of them."""
    dice = np.random.default_rng(7)
    of_group, of_difference = [], []
    for _ in range(200):
        people = population.part(dice, UNITS)
        rows, labelled = study(people, 300, "statements", dice)
        groups = []
        for level in ("county", "township"):
            here = people.level == level
            groups.append(
                (Group(int(here.sum()), people.scores[here].sum(axis=0), here[rows]), people.truth[here].mean(axis=0))
            )
        tuning = tune(labelled)
        (one, true), (other, true_other) = groups
        ours = estimate(labelled, one, tuning)
        of_group.append((ours.low <= true + 1e-12) & (ours.high >= true - 1e-12))
        apart = difference(labelled, one, other, tuning)
        change = true - true_other
        of_difference.append((apart.low <= change + 1e-12) & (apart.high >= change - 1e-12))
    assert np.mean(of_group) >= LEAST_COVERED
    assert np.mean(of_difference) >= LEAST_COVERED


def test_a_poor_model_does_no_harm(population):
    """With three in five of the true labels moved to another label, intervals still cover and are no wider than without scores."""
    dice = np.random.default_rng(5)
    scores = population.scores.copy()
    lost = np.where((dice.random(scores.shape) < 0.6) & (population.truth > 0), scores, 0)
    scores -= lost
    for row in np.flatnonzero(lost.any(axis=1)):
        scores[row] = np.maximum(scores[row], np.roll(lost[row], dice.integers(1, scores.shape[1])))
    poor = type(population)(population.document, population.level, population.doubt, scores, population.truth)
    covered, _, _, ratio = simulate(poor, 200, "statements", studies=100)
    assert covered >= LEAST_COVERED
    assert ratio <= 1
