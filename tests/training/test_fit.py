"""What is fitted with scikit-learn is what runs in plain numpy, and training twice gives the same weights."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from nlp.labelling.classifier import cue_features
from nlp.labelling.clauses import clauses
from nlp.labelling.ngrams import ngrams
from training.fit import Settings, Target, _calibrate_together, choose_thresholds, fit

SUBJECTS = ("政策文件", "财政预算", "办事指南", "项目进展", "会议纪要", "通知公告")
TEXTS = [
    f"{subject}{rest}" for subject in SUBJECTS for rest in ("更新不及时。", "内容不够全面", "的解读形式单一,渠道少")
]
GROUPS = [subject for subject in SUBJECTS for _ in range(3)]
TRUTH = np.array([[True, False, False], [False, True, False], [False, False, True]] * len(SUBJECTS))
SETTINGS = Settings(folds=3, min_documents=1, damage=0, cue_weight=0.3)


def fitted(settings=SETTINGS):
    target = Target("aspect", ("timeliness", "content", "interpretation"), False, TRUTH, np.ones(len(TEXTS), bool))
    return fit(TEXTS, [target], GROUPS, settings, name="test", version="1")


@pytest.mark.parametrize(
    "unseen",
    [
        TEXTS,
        [
            "年报更新滞后",
            "没有一个认识的字母: xyz",
            "",
            "一是公开公开公开",
            "会议纪要内容不够全面,办事指南更新不及时。",
        ],
    ],
)
def test_numpy_gives_what_scikit_learn_gives(unseen):
    model = fitted().classifier
    vectorizer = TfidfVectorizer(analyzer=ngrams, min_df=1, sublinear_tf=True).fit(TEXTS)
    known = np.hstack([vectorizer.transform(TEXTS).toarray(), cue_features(TEXTS, 0.3)])
    rows = np.hstack([vectorizer.transform(unseen).toarray(), cue_features(unseen, 0.3)])
    head = model.heads["aspect"]
    for column in range(3):
        machine = LinearSVC(C=SETTINGS.cost, random_state=0).fit(known, TRUTH[:, column])
        margin = machine.decision_function(rows)
        best = clearest_clause(unseen, machine, vectorizer, margin)
        support = head.slope[column] * margin + head.clause_slope[column] * best + head.offset[column]
        expected = 1 / (1 + np.exp(-support))
        np.testing.assert_allclose(model.probabilities(unseen)["aspect"][:, column], expected, atol=1e-3)


def clearest_clause(texts, machine, vectorizer, margin):
    """By scikit-learn: the greatest margin of a text's clauses without cues, its own where it has none."""
    best = margin.copy()
    for row, text in enumerate(texts):
        parts = clauses(text)
        if parts:
            grams = vectorizer.transform(parts).toarray()
            without_cues = np.hstack([grams, np.zeros((len(parts), len(machine.coef_[0]) - grams.shape[1]))])
            best[row] = machine.decision_function(without_cues).max()
    return best


def test_unseen_groups_are_labelled_right():
    chances = fitted().out_of_fold["aspect"]
    assert (chances.argmax(axis=1) == TRUTH.argmax(axis=1)).all()


def test_a_clause_that_speaks_plainly_raises_its_aspect():
    alone, beside = "更新不及时", "更新不及时,而这里还有很长很长的一段话在说完全不相干的别的许多事情"
    model = fitted().classifier
    head = model.heads["aspect"]
    plain = replace(model, heads={"aspect": replace(head, clause_slope=head.clause_slope * 0)})
    timeliness = head.classes.index("timeliness")
    assert (
        model.probabilities([beside])["aspect"][0, timeliness] > plain.probabilities([beside])["aspect"][0, timeliness]
    )
    np.testing.assert_array_equal(model.probabilities([alone])["aspect"][0, timeliness] > 0.5, True)


def test_damage_is_seeded():
    settings = Settings(folds=3, min_documents=1, damage=0.5, seed=3)
    first, second = fitted(settings).classifier, fitted(settings).classifier
    np.testing.assert_array_equal(first.heads["aspect"].weights, second.heads["aspect"].weights)


def test_a_class_without_example_is_named():
    target = Target("aspect", ("a", "b"), False, TRUTH[:, :2] & [True, False], np.ones(len(TEXTS), bool))
    with pytest.raises(ValueError, match="no example of b"):
        fit(TEXTS, [target], GROUPS, SETTINGS, name="test", version="1")


def test_thresholds_lie_where_f1_is_best():
    # All right labels above .6, all wrong ones below .4: any threshold between is perfect.
    chances = np.array([[0.9], [0.7], [0.3], [0.2]] * 5)
    [threshold] = choose_thresholds(chances, np.array([[True], [True], [False], [False]] * 5), 3)
    assert 0.3 < threshold <= 0.7


def test_classes_that_exclude_each_other_are_calibrated_together():
    # Margins with noise: of what has a probability of about p, about p of a hundred are right, in every band.
    dice = np.random.default_rng(5)
    truth = np.eye(3, dtype=bool)[dice.integers(0, 3, 6000)]
    margins = truth * 1.5 + dice.normal(0, 1, truth.shape) - [0.5, 0.0, 0.3]
    slope, offset = _calibrate_together(margins, truth)
    support = np.exp(slope * margins + offset)
    chance = support / support.sum(axis=1, keepdims=True)
    best, right = chance.max(axis=1), truth[np.arange(len(truth)), chance.argmax(axis=1)]
    for low in np.arange(0.4, 1.0, 0.1):
        here = (best >= low) & (best < low + 0.1)
        assert abs(best[here].mean() - right[here].mean()) < 0.05
    # For normal noise of variance 1 the slope is the distance of the means, and the offsets undo the shifts.
    assert slope == pytest.approx([1.5] * 3, abs=0.2)
    assert offset - offset[1] == pytest.approx([0.75, 0, 0.45], abs=0.2)


def test_few_examples_do_not_drive_a_slope_to_infinity():
    truth = np.eye(2, dtype=bool)[[0, 1, 0, 1]]
    slope, offset = _calibrate_together(np.where(truth, 1.0, -1.0), truth)
    assert (slope > 0).all() and (slope < 20).all() and np.isfinite(offset).all()
