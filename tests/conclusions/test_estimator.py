"""The estimator on cases worked out by hand, and beside another implementation where that one's assumptions hold."""

import numpy as np
import pytest
from scipy.stats import t

from nlp.conclusions.estimator import Group, Labelled, Tuning, difference, estimate, tune, without_scores


def labelled(labels, scores, chance, report, stratum=None):
    count = len(labels)
    return Labelled(
        np.array(labels, dtype=float).reshape(count, -1),
        np.array(scores, dtype=float).reshape(count, -1),
        np.full(count, chance, dtype=float) if np.isscalar(chance) else np.array(chance, dtype=float),
        np.array(report),
        np.zeros(count, dtype=int) if stratum is None else np.array(stratum),
    )


def whole(units, scores, count):
    return Group(units, np.atleast_1d(np.array(scores, dtype=float)), np.ones(count, dtype=bool))


def test_scores_of_all_and_errors_of_the_labelled_make_the_estimate():
    # 100 units with scores that add up to 30; of four labelled ones the errors are 1 - .5, 0 - 0, 1 - 1, 0 - .5: mean 0.
    sample = labelled([1, 0, 1, 0], [0.5, 0, 1, 0.5], 0.04, [0, 1, 2, 3])
    shares = estimate(sample, whole(100, 30, 4), Tuning(np.ones(1), 0.0))
    assert shares.value[0] == pytest.approx(0.3)
    # Errors .5, 0, 0, -.5 of four reports: variance 4/3 × (0.25 + 0.25) / 16, less the four in a hundred that are seen.
    error = (0.96 * 4 / 3 * 0.5 / 16) ** 0.5
    assert shares.error[0] == pytest.approx(error)
    assert shares.freedom == 3
    assert shares.high[0] == pytest.approx(0.3 + t.ppf(0.975, 3) * error)
    assert shares.low[0] == pytest.approx(max(0, 0.3 - t.ppf(0.975, 3) * error))


def test_a_unit_counts_as_often_as_it_stands_for_others():
    # One unit stands for 10, one for 2: without scores the share is 10/12.
    sample = labelled([1, 0], [0, 0], [0.1, 0.5], [0, 1])
    assert estimate(sample, whole(12, 0, 2), without_scores(1)).value[0] == pytest.approx(10 / 12)


def test_variance_is_between_reports_not_statements():
    apart = labelled([1, 1, 0, 0], [0] * 4, 1e-9, [0, 1, 2, 3])
    together = labelled([1, 1, 0, 0], [0] * 4, 1e-9, [0, 0, 1, 1])
    alone = Tuning(np.zeros(1), 0.0)
    one, other = (estimate(sample, whole(1000, 0, 4), alone) for sample in (apart, together))
    # Deviations ± 1/2 over 4: 4/3 × 4 × 1/64 and, summed by report (± 1/4), 2/1 × 2 × 1/16.
    assert one.error[0] ** 2 == pytest.approx(1 / 12)
    assert other.error[0] ** 2 == pytest.approx(1 / 4)


def test_variance_within_strata_only():
    # All of one stratum bear the label, none of the other: the strata are known, nothing is uncertain but pseudo errors.
    sample = labelled([1, 1, 0, 0], [0] * 4, 1e-9, [0, 1, 2, 3], [0, 0, 1, 1])
    shares = estimate(sample, whole(100, 0, 4), Tuning(np.zeros(1), 0.0))
    assert shares.error[0] ** 2 == pytest.approx(2 * 2 * 2 * (1 / 8 - 1 / 8) ** 2 + 4 * (0.5 / 4 - 0.125) ** 2)
    assert shares.value[0] == pytest.approx(0.5) and shares.freedom == 2


def test_who_labels_everything_is_certain():
    sample = labelled([1, 0, 0, 0], [0.2, 0.1, 0, 0], 1.0, [0, 0, 1, 2])
    shares = estimate(sample, whole(4, 0.3, 4), tune(sample))
    assert (shares.low[0], shares.value[0], shares.high[0]) == pytest.approx((0.25, 0.25, 0.25))


def test_a_rare_label_that_was_not_seen_may_still_occur():
    sample = labelled([0] * 100, [0] * 100, 0.01, range(100))
    shares = estimate(sample, whole(10_000, 0, 100), without_scores(1))
    # Two pseudo errors in a hundred: 1.98 × √2 / 100. The rule of three says .03.
    assert shares.low[0] == 0 and shares.high[0] == pytest.approx(t.ppf(0.975, 99) * 2**0.5 * 0.99**0.5 / 100)


def test_one_labelled_report_tells_nothing_about_others():
    shares = estimate(labelled([1, 1], [1, 1], 0.01, [0, 0]), whole(200, 100, 2), without_scores(1))
    assert (shares.low[0], shares.high[0]) == (0, 1)


def test_groups_without_labels_are_as_the_scores_say():
    sample = labelled([1, 0], [1, 0], 0.1, [0, 1])
    empty = Group(50, np.array([20.0]), np.zeros(2, dtype=bool))
    assert estimate(sample, empty, tune(sample)).value[0] == pytest.approx(0.4)


def test_difference_of_groups_is_the_difference_of_their_shares():
    sample = labelled([1, 0, 1, 1], [0] * 4, 1e-9, [0, 1, 2, 3])
    one, other = (Group(50, np.zeros(1), np.array(members)) for members in ([1, 1, 0, 0], [0, 0, 1, 1]))
    one, other = (Group(g.units, g.scores, g.members.astype(bool)) for g in (one, other))
    apart = difference(sample, other, one, Tuning(np.zeros(1), 0.0))
    assert apart.value[0] == pytest.approx(0.5)
    assert apart.low[0] >= -1 and apart.high[0] <= 1


def test_scores_that_say_nothing_get_no_weight_and_those_that_say_all_get_all():
    dice = np.random.default_rng(0)
    labels = (dice.random(400) < 0.3).astype(float)
    useless = tune(labelled(labels, dice.random(400), 0.01, range(400)))
    perfect = tune(labelled(labels, labels, 0.01, range(400)))
    assert useless.weight[0] < 0.15 and useless.pseudo_errors > 1.9
    assert perfect.weight[0] == pytest.approx(1) and perfect.pseudo_errors == pytest.approx(1)


@pytest.mark.parametrize("share", [0.5, 0.2])
def test_agrees_with_ppi_py_where_its_assumptions_hold(share):
    """Independent units, equal probabilities, common labels, a frame much larger than the sample."""
    ppi_py = pytest.importorskip("ppi_py")
    dice = np.random.default_rng(3)
    units, size = 200_000, 1000
    truth = (dice.random(units) < share).astype(float)
    scores = np.clip(0.6 * truth + 0.2 + 0.2 * dice.standard_normal(units), 0, 1)
    drawn = dice.permutation(units)[:size]
    rest = np.setdiff1d(np.arange(units), drawn)
    sample = labelled(truth[drawn], scores[drawn], size / units, range(size))
    tuned = tune(sample)
    ours = estimate(sample, whole(units, scores.sum(), size), Tuning(tuned.weight, 0.0))
    point = ppi_py.ppi_mean_pointestimate(truth[drawn], scores[drawn], scores[rest])
    low, high = ppi_py.ppi_mean_ci(truth[drawn], scores[drawn], scores[rest], alpha=0.05)
    assert ours.value[0] == pytest.approx(float(np.squeeze(point)), abs=0.0005)
    assert ours.high[0] - ours.low[0] == pytest.approx(float(np.squeeze(high - low)), rel=0.015)
