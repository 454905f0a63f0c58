"""Fit a linear classifier: n-grams and cues, one calibrated margin a class, a threshold a class, all by grouped folds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from joblib import Parallel, cpu_count, delayed
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from nlp.labelling.classifier import Classifier, Head, chances_of, cue_features
from nlp.labelling.clauses import clauses
from nlp.labelling.ngrams import Ngrams, key_of, ngrams
from training.damage import damage

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

RIDGE, BEGIN_SLOPE = 0.01, 2.0  # little, so that few examples cannot drive a slope to infinity
PARALLEL_FROM = 5_000  # texts; processes take a second or two to start


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a training run can vary. ``cost`` is the SVM's C; ``balance`` weighs classes by their rarity; ``damage`` is the
    share of training texts that are damaged.

    A class with fewer than ``min_positives`` examples keeps the common threshold: its own would be noise.
    """

    folds: int = 5
    min_documents: int = 2
    cost: float = 1.0
    balance: bool = False
    cue_weight: float = 0.1
    damage: float = 0.2
    min_positives: int = 15
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """What one head shall learn: ``truth`` is ``n`` texts × classes; ``rows`` says which texts bear on it."""

    name: str
    classes: tuple[str, ...]
    exclusive: bool
    truth: Bools
    rows: Bools


@dataclass(frozen=True, slots=True)
class Fitted:
    """A classifier with the honest view of itself: for each head the probabilities that the folds not containing a text gave it.

    Rows outside ``Target.rows`` are predicted too, by the models of all folds' training parts that lack them.
    """

    classifier: Classifier
    out_of_fold: dict[str, Floats]


def fit(
    texts: Sequence[str],
    targets: Sequence[Target],
    groups: Sequence[str],
    settings: Settings,
    *,
    name: str,
    version: str,
) -> Fitted:
    """Train the heads and calibrate them on folds that never share a group.

    Parameters
    ----------
    texts : folded statements
    groups : what must not be split between folds (a family of passages, a document), one a text

    Raises
    ------
    ValueError : fewer groups than folds, or a class without an example
    """
    if len(set(groups)) < settings.folds:
        raise ValueError(f"{len(set(groups))} groups for {settings.folds} folds: give more groups, or fewer --folds.")
    for target in targets:
        empty = [c for c, n in zip(target.classes, target.truth[target.rows].sum(axis=0), strict=True) if n == 0]
        if empty:
            raise ValueError(
                f"no example of {', '.join(empty)}: add statements with this label, or take the label out."
            )
    texts = list(texts)
    margins = {t.name: np.zeros(t.truth.shape) for t in targets}
    best = {t.name: np.zeros(t.truth.shape) for t in targets}
    parts = [clauses(text) for text in texts]
    folds = list(GroupKFold(settings.folds).split(texts, groups=groups))
    jobs = min(len(folds), cpu_count()) if len(texts) >= PARALLEL_FROM else 1
    found = Parallel(n_jobs=jobs)(delayed(_margins)(texts, parts, targets, settings, *fold) for fold in folds)
    for (_, test), fold in zip(folds, found, strict=True):
        for target, (whole, clearest_said) in zip(targets, fold, strict=True):
            margins[target.name][test], best[target.name][test] = whole, clearest_said
    features = _Features(texts, settings)
    heads, out_of_fold = {}, {}
    for target in targets:
        rows = np.flatnonzero(target.rows)
        weights, intercept = _separate(features.train[rows], target.truth[rows], settings)
        if target.exclusive:
            slope, offset = _calibrate_together(margins[target.name][rows], target.truth[rows])
            clause_slope = np.zeros_like(slope)
        else:
            slope, clause_slope, offset = _calibrate(margins[target.name], best[target.name], target.truth, rows)
        arrays = (weights, intercept, slope, clause_slope, offset, np.zeros_like(slope))
        head = Head(target.name, target.classes, target.exclusive, *(np.asarray(a, dtype=np.float32) for a in arrays))
        support = slope * margins[target.name] + clause_slope * best[target.name] + offset
        chance = chances_of(head, support.astype(np.float32)).astype(np.float64)
        if not target.exclusive:
            thresholds = choose_thresholds(chance[rows], target.truth[rows], settings.min_positives)
            head = replace(head, thresholds=thresholds.astype(np.float32))
        heads[target.name], out_of_fold[target.name] = head, chance
    model = Classifier(name, version, features.ngrams, settings.cue_weight, heads)
    return Fitted(model, out_of_fold)


def _margins(
    texts: Sequence[str],
    parts: Sequence[Sequence[str]],
    targets: Sequence[Target],
    settings: Settings,
    train: npt.NDArray[np.intp],
    test: npt.NDArray[np.intp],
) -> list[tuple[Floats, Floats]]:
    """For each target the margins of the texts of one fold, and those of what speaks most plainly, the whole or a clause."""
    features = _Features([texts[i] for i in train], settings)
    known, unseen = features.train, features.of([texts[i] for i in test])
    owners = [place for place, i in enumerate(test) for _ in parts[i]]
    said = features.grams([part for i in test for part in parts[i]]) if owners else None
    found = []
    for target in targets:
        rows = np.flatnonzero(target.rows[train])
        weights, intercept = _separate(known[rows], target.truth[train][rows], settings)
        whole = unseen @ weights + intercept
        best = whole if said is None else _best(said @ weights[: said.shape[1]] + intercept, owners, whole)
        found.append((whole, best))
    return found


class _Features:
    """The features of the training texts, a share of them damaged, and of others in the same columns."""

    def __init__(self, texts: Sequence[str], settings: Settings) -> None:
        texts = damage(texts, share=settings.damage, seed=settings.seed)
        self.weight = settings.cue_weight
        self.vectorizer = TfidfVectorizer(analyzer=ngrams, min_df=settings.min_documents, sublinear_tf=True)
        self.train = self._with_cues(self.vectorizer.fit_transform(texts), texts)
        keys = np.array([key_of(term) for term in self.vectorizer.get_feature_names_out()], dtype=np.uint32)
        self.ngrams = Ngrams(keys, self.vectorizer.idf_.astype(np.float32))

    def of(self, texts: Sequence[str]) -> csr_matrix:
        return self._with_cues(self.grams(texts), texts)

    def grams(self, texts: Sequence[str]) -> csr_matrix:
        """The n-grams alone: of clauses."""
        return self.vectorizer.transform(texts)

    def _with_cues(self, grams: csr_matrix, texts: Sequence[str]) -> csr_matrix:
        return hstack([grams, cue_features(texts, self.weight)], format="csr") if self.weight else grams.tocsr()


def _separate(features: csr_matrix, truth: Bools, settings: Settings) -> tuple[Floats, Floats]:
    """One against the rest for each class: weights (features × classes) and intercepts."""
    weight = "balanced" if settings.balance else None
    weights, intercepts = [], []
    for column in truth.T:
        if column.all() or not column.any():  # a fold may lack a rare class
            weights.append(np.zeros(features.shape[1]))
            intercepts.append(1.0 if column.all() else -1.0)
            continue
        machine = LinearSVC(C=settings.cost, class_weight=weight, random_state=settings.seed).fit(features, column)
        weights.append(machine.coef_[0])
        intercepts.append(machine.intercept_[0])
    return np.stack(weights, axis=1), np.array(intercepts)


def _best(said: Floats, owners: Sequence[int], whole: Floats) -> Floats:
    """The greatest margin of each text: of the ``whole`` or of one of its clauses."""
    best = whole.copy()
    np.maximum.at(best, list(owners), said)
    return best


def _calibrate_together(margins: Floats, truth: Bools) -> tuple[Floats, Floats]:
    """A slope and an offset for each of several classes of which a text has one: of the softmax, on margins of unseen texts.

    Classes calibrated each by itself and then made to sum to 1 are neither sure enough where one is plain nor doubtful
    enough where two are near.
    """
    classes, right, rows = truth.shape[1], truth.argmax(axis=1), np.arange(len(truth))
    begin = np.concatenate((np.full(classes, BEGIN_SLOPE), np.zeros(classes)))

    def loss(parameters: Floats) -> tuple[float, Floats]:
        support = parameters[:classes] * margins + parameters[classes:]
        support -= support.max(axis=1, keepdims=True)
        chance = np.exp(support)
        chance /= chance.sum(axis=1, keepdims=True)
        off, away = chance - truth, parameters - begin
        value = -np.log(chance[rows, right] + 1e-12).sum() + RIDGE * (away**2).sum()
        return float(value), np.concatenate(((off * margins).sum(axis=0), off.sum(axis=0))) + 2 * RIDGE * away

    best = minimize(loss, begin, jac=True, method="L-BFGS-B").x
    return best[:classes], best[classes:]


def _calibrate(
    margins: Floats, best: Floats, truth: Bools, rows: npt.NDArray[np.intp]
) -> tuple[Floats, Floats, Floats]:
    """Slopes and offset of a sigmoid for each class (Platt's method, on margins of unseen texts).

    The second slope is that of the whole or its clearest clause.
    """
    slopes, clause_slopes, offsets = [], [], []
    for at, column in enumerate(truth[rows].T):
        seen = np.stack([margins[rows, at], best[rows, at]], axis=1)
        line = LogisticRegression(C=100).fit(seen, column)
        slopes.append(line.coef_[0, 0])
        clause_slopes.append(line.coef_[0, 1])
        offsets.append(line.intercept_[0])
    return np.array(slopes), np.array(clause_slopes), np.array(offsets)


def choose_thresholds(chance: Floats, truth: Bools, min_positives: int) -> Floats:
    """The probability from which each class is accepted: where its F1 on unseen texts is best, drawn toward the common one.

    A class's own best threshold is noisy; the mean with the threshold that is best for all classes together did better
    on held-out families than either alone.
    """
    grid = np.arange(0.1, 0.91, 0.02)

    def f1(chosen: Bools, right: Bools) -> float:
        return float(2 * (chosen & right).sum() / max(1, chosen.sum() + right.sum()))

    common = max(grid, key=lambda t: f1(chance >= t, truth))

    def best(scores: Floats, right: Bools) -> float:
        return max(grid, key=lambda t: f1(scores >= t, right)) if right.sum() >= min_positives else common

    own = [best(scores, right) for scores, right in zip(chance.T, truth.T, strict=True)]
    return (np.array(own) + common) / 2
