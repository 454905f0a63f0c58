"""What to label next: texts that the model is unsure of and that differ, and some at random to measure on.

``python -m training.suggest`` simulates it on the corpus: how well a model does after so many labels, chosen or at random.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer

from nlp.labelling.choice import find_model, load_labeller
from nlp.labelling.label import clean_statement, contexts_alone
from nlp.labelling.ngrams import ngrams
from nlp.labelling.trained import Scores
from training.examples import read_corpus
from training.fit import Target, fit
from training.heads import targets_of
from training.scores import choose
from training.settings import read_settings

LIKE = 0.8  # cosine from which two texts are nearly the same
RANDOM_SHARE = 0.2
POOL_A_TEXT = 20  # of the most unsure texts so many for each to be chosen are looked at for variety
BATCH = 2_000

Floats = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text of the pool by its place: ``why`` it was chosen, and how unsure the model is (0 sure, 1 undecided)."""

    place: int
    why: str
    uncertainty: float


def suggest(
    model: str | Path,
    texts: Sequence[str],
    n: int,
    *,
    headings: Sequence[str] | None = None,
    random_share: float = RANDOM_SHARE,
    seed: int = 0,
) -> list[Suggestion]:
    """``n`` texts to label next, the random ones last; fewer where the pool has no more that differ.

    A share is drawn at random from the whole pool and marked ``random``: only these may be measured on, since the others
    were chosen for being hard. The others (``unsure``) are the most unsure ones that are unlike what is chosen already:
    each step takes the greatest uncertainty × (1 - likeness to the nearest chosen). No two are nearly the same.

    Raises
    ------
    ModelUnusable : there is no such model
    """
    labeller = load_labeller(find_model(model))
    doubt = np.zeros(len(texts))
    for start in range(0, len(texts), BATCH):
        part = [clean_statement(text) for text in texts[start : start + BATCH]]
        given = list(headings[start : start + BATCH]) if headings else [""] * len(part)
        doubt[start : start + len(part)] = uncertainty(
            labeller.scores(part, contexts_alone(given), with_roles=labeller.has_roles),
            exclusive=labeller.head is not None and labeller.head.exclusive,
        )
    usable = np.array([bool(text.strip()) for text in texts])
    return select(texts, doubt, n, usable=usable, random_share=random_share, seed=seed)


def uncertainty(scores: Scores, *, exclusive: bool) -> Floats:
    """How unsure a model is of each text, 0 to 1: of its most doubtful label, or of its role where that is less sure.

    One label for each text: 1 - (best - second). Several: 1 - |2p - 1| of the probability nearest to a half.
    """
    found: Floats = np.zeros(len(scores.bearing))
    if scores.classes:
        if exclusive and len(scores.classes) > 1:
            two = np.sort(scores.chances, axis=1)[:, -2:]
            found = 1 - (two[:, 1] - two[:, 0])
        else:
            found = np.where(scores.bearing, 1 - np.abs(2 * scores.chances - 1).min(axis=1), 0)
    if scores.role_scores:
        found = np.maximum(found, np.minimum(1, 2 * (1 - np.array(scores.role_scores))))
    return found


def select(
    texts: Sequence[str],
    doubt: Floats,
    n: int,
    *,
    usable: npt.NDArray[np.bool_] | None = None,
    random_share: float = RANDOM_SHARE,
    seed: int = 0,
) -> list[Suggestion]:
    """The same from how unsure a model is of each text (see ``suggest``)."""
    places = np.flatnonzero(usable) if usable is not None else np.arange(len(texts))
    at_random = round(n * random_share)
    draw = np.random.default_rng(seed)
    drawn = draw.permutation(places)[:at_random].tolist()
    rest = np.setdiff1d(places, drawn)
    pool = rest[np.argsort(-doubt[rest], kind="stable")][: POOL_A_TEXT * max(n, 1)]
    looked = [*drawn, *pool.tolist()]
    if not looked:
        return []
    rows = TfidfVectorizer(analyzer=ngrams, sublinear_tf=True).fit_transform(
        [clean_statement(texts[p]) for p in looked]
    )
    kept: list[int] = []
    nearest = np.zeros(len(looked))

    def take(at: int) -> None:
        kept.append(at)
        np.maximum(nearest, (rows @ rows[at].T).toarray().ravel(), out=nearest)

    for at in range(len(drawn)):
        if nearest[at] < LIKE:
            take(at)
    first = len(kept)
    open_ = np.arange(len(drawn), len(looked))
    unsure = doubt[np.array(looked, dtype=int)]
    while len(kept) < n and len(open_):
        open_ = open_[nearest[open_] < LIKE]
        if not len(open_):
            break
        at = int(open_[np.argmax(unsure[open_] * (1 - nearest[open_]))])
        take(at)
        open_ = open_[open_ != at]
    order = [*kept[first:], *kept[:first]]
    whys = ["unsure"] * (len(kept) - first) + ["random"] * first
    return [Suggestion(looked[at], why, round(float(unsure[at]), 4)) for at, why in zip(order, whys, strict=True)]


def simulate(
    path: Path, *, start: int = 200, step: int = 200, steps: int = 6, seeds: int = 3
) -> list[tuple[int, float, float]]:
    """Labels, micro-F1 when they were chosen, and when at random: on a fifth of the documents that is never learnt from.

    Means over ``seeds`` draws. The pool are the other documents' statements; every model is trained anew on what is labelled.
    """
    corpus = read_corpus(path)
    target = next(t for t in targets_of(corpus) if t.name in ("aspect", "label"))
    bearing = np.flatnonzero(target.rows)
    texts = [clean_statement(corpus.examples[row].text) for row in bearing]
    groups = [corpus.examples[row].group or str(row) for row in bearing]
    truth = target.truth[bearing]
    settings = replace(read_settings().fit, damage=0.0, folds=3)
    totals: dict[int, list[tuple[float, float]]] = {}
    for seed in range(seeds):
        draw = np.random.default_rng(seed)
        names = draw.permutation(sorted(set(groups)))
        held = set(names[: len(names) // 5])
        test = np.array([at for at, group in enumerate(groups) if group in held])
        pool = np.array([at for at, group in enumerate(groups) if group not in held])
        first = draw.permutation(pool)[:start].tolist()
        for which in (0, 1):
            labelled = list(first)
            for round_ in range(steps):
                f1, left_doubt, left = _round(texts, truth, groups, target, labelled, pool, test, settings)
                totals.setdefault(len(labelled), []).append((f1, which))
                if which:
                    more = draw.permutation(left)[:step].tolist()
                else:
                    chosen = select(
                        [texts[at] for at in left], left_doubt, step, random_share=RANDOM_SHARE, seed=round_
                    )
                    more = [int(left[one.place]) for one in chosen]
                labelled += more
    rows = []
    for size, found in sorted(totals.items()):
        by_doubt, by_chance = ([f1 for f1, which in found if which == wanted] for wanted in (0, 1))
        if by_doubt and by_chance:
            rows.append((size, float(np.mean(by_doubt)), float(np.mean(by_chance))))
    return rows


def _round(
    texts: list[str],
    truth: Any,
    groups: list[str],
    target: Target,
    labelled: list[int],
    pool: Any,
    test: Any,
    settings: Any,
) -> tuple[float, Floats, Any]:
    known = truth[labelled]
    classes = np.flatnonzero(known.any(axis=0) & ~known.all(axis=0))
    everywhere = np.ones(len(labelled), dtype=bool)
    names = tuple(target.classes[at] for at in classes)
    learnt = Target(target.name, names, False, known[:, classes], everywhere)
    own = [f"{groups[at]}" for at in labelled]
    fitted = fit([texts[at] for at in labelled], [learnt], own, settings, name="", version="").classifier
    head = fitted.heads[target.name]
    said = choose(fitted.probabilities([texts[at] for at in test])[target.name], head.thresholds, exclusive=False)
    full = np.zeros((len(test), truth.shape[1]), dtype=bool)
    full[:, classes] = said
    right = truth[test]
    f1 = float(2 * (full & right).sum() / max(1, full.sum() + right.sum()))
    left = np.setdiff1d(pool, labelled)
    chances = fitted.probabilities([texts[at] for at in left])[target.name]
    return f1, 1 - np.abs(2 * chances - 1).min(axis=1), left


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the simulation as a Markdown table."""
    from training.corpus import CORPUS

    parser = argparse.ArgumentParser(prog="python -m training.suggest", description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=CORPUS)
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args(arguments)
    print("| labels | chosen, micro-F1 | at random |\n|---:|---:|---:|")
    for size, chosen, random in simulate(given.corpus, seeds=given.seeds):
        print(f"| {size} | {chosen:.3f} | {random:.3f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
