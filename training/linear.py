"""Fit a linear model over named signs: logistic regression, rare signs and tiny weights left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from nlp.narrative.linear import Linear

MIN_COUNT, MIN_WEIGHT, SURE = 4, 0.02, 4.0


def fit_linear(found: Sequence[Sequence[str]], truth: Sequence[bool], *, cost: float) -> Linear:
    """A model from examples: the signs of each and its answer. The same examples give the same weights.

    Where all answers are the same there is nothing to weigh, and the model always gives that answer.

    Parameters
    ----------
    cost : C of the regression; smaller holds the weights closer to 0
    """
    if len(set(truth)) < 2:
        return Linear({}, SURE if any(truth) else -SURE)
    counts = Counter(sign for row in found for sign in row)
    names = sorted(sign for sign, count in counts.items() if count >= MIN_COUNT)
    column = {sign: at for at, sign in enumerate(names)}
    rows = [[column[sign] for sign in row if sign in column] for row in found]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((c for row in rows for c in row), dtype=np.intp, count=int(ends[-1]))
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    model = LogisticRegression(C=cost, solver="liblinear", random_state=0).fit(matrix, np.asarray(truth))
    weights = {name: float(w) for name, w in zip(names, model.coef_[0], strict=True) if abs(w) >= MIN_WEIGHT}
    return Linear(weights, float(model.intercept_[0]))
