"""A trained model as scikit-learn pipelines, for those who work there: the same features, weights and decisions.

Written as joblib files only when asked for. Such a file can run any code when it is read, so nothing here reads one
unless a person says that its origin is trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import joblib
import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from nlp.labelling.classifier import Classifier, Head, chances_of, cue_features
from nlp.labelling.clauses import clauses
from nlp.labelling.label import clean_statement
from nlp.labelling.label_set import LabelSet
from nlp.labelling.ngrams import Floats, Ngrams, key_of, ngrams
from nlp.labelling.store import ModelUnusable
from nlp.labelling.trained import Trained, accept


class StatementFeatures(TransformerMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """Texts to features: n-grams and cues of the whole text, then the n-grams of each of its clauses.

    The columns are those of the whole (``width``), followed by as many blocks of n-grams as the text with the most clauses
    has; blocks that a text lacks are empty.
    """

    def __init__(self, vectorizer: TfidfVectorizer, cue_weight: float) -> None:
        self.vectorizer, self.cue_weight = vectorizer, cue_weight

    def fit(self, texts: Sequence[str], y: object = None) -> Self:
        """Nothing is learnt: the n-grams are those of the model."""
        return self

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """An array of ``n`` texts × columns."""
        whole = [self.vectorizer.transform(texts)]
        if self.cue_weight:
            whole.append(csr_matrix(cue_features(texts, self.cue_weight)))
        parts = [clauses(text) for text in texts]
        most = max(map(len, parts), default=0)
        blocks = [self.vectorizer.transform([p[at] if at < len(p) else "" for p in parts]) for at in range(most)]
        return hstack([*whole, *blocks], format="csr")


class StatementClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """The decisions of one head of a model on the features of ``StatementFeatures``.

    ``predict`` gives the class of each text where the head is exclusive, else an array of ``n`` texts × ``classes_`` of what
    is accepted; ``predict_proba`` the calibrated probabilities in the order of ``classes_``.

    Parameters
    ----------
    grams, width : how many n-grams there are, and how many columns the whole text has
    best_from : how probable the best label must be to be accepted below its threshold (``None``: never for that alone)
    origin : name and version of the model
    """

    def __init__(
        self, head: Head, grams: int, width: int, best_from: float | None, labels: LabelSet, origin: tuple[str, str]
    ) -> None:
        self.head, self.grams, self.width = head, grams, width
        self.best_from, self.labels, self.origin = best_from, labels, origin

    @property
    def classes_(self) -> np.ndarray[Any, Any]:
        """The classes in the order of the columns."""
        return np.array(self.head.classes)

    def fit(self, features: csr_matrix, y: object = None) -> Self:
        """Not here: calibration and thresholds need folds of whole documents."""
        raise NotImplementedError("this pipeline predicts; learn a new one with `gongkai train CORPUS --joblib FILE`.")

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def predict_proba(self, features: csr_matrix) -> Floats:
        """Probabilities, ``n`` texts × classes; those of an exclusive head sum to 1."""
        head = self.head
        whole = features[:, : self.width] @ head.weights + head.intercept
        best = whole.copy()
        for start in range(self.width, features.shape[1], self.grams):
            block = features[:, start : start + self.grams]
            there = np.flatnonzero(np.diff(block.indptr))
            best[there] = np.maximum(best[there], block[there] @ head.weights[: self.grams] + head.intercept)
        support = head.slope * whole + head.clause_slope * best + head.offset
        return chances_of(head, support)

    def predict(self, features: csr_matrix) -> np.ndarray[Any, Any]:
        """What is accepted of each text."""
        chances = self.predict_proba(features)
        if self.head.exclusive:
            return self.classes_[chances.argmax(axis=1)]
        return accept(self.head, chances, self.best_from)


def clean_texts(texts: Sequence[str]) -> list[str]:
    """Each text as a labeller reads it (``clean_statement``)."""
    return [clean_statement(text) for text in texts]


def pipeline_of(trained: Trained, head: str) -> Pipeline:
    """One head of a model (``role``, ``aspect``, ``label``) as a pipeline, into which texts go as they are.

    >>> from nlp.labelling.choice import choose_labeller
    >>> pipeline_of(choose_labeller(), "role").predict(["一是公开形式较为单一。"]).tolist()
    ['problem']
    """
    model = trained.model
    vectorizer = TfidfVectorizer(analyzer=ngrams, sublinear_tf=True, vocabulary=_terms(model.ngrams))
    vectorizer.idf_ = model.ngrams.idf.astype(np.float64)
    grams = len(model.ngrams.keys)
    features = StatementFeatures(vectorizer, model.cue_weight)
    origin = (model.name, model.version)
    found = model.heads[head]
    classifier = StatementClassifier(found, grams, len(found.weights), trained.best_from, trained.labels, origin)
    return Pipeline([("clean", FunctionTransformer(clean_texts)), ("features", features), ("classifier", classifier)])


def read_trusted_pipeline(path: Path) -> Trained:
    """The model in a file of ``write_pipelines``. Reading it runs whatever code it holds: only for files of one's own.

    Raises
    ------
    ModelUnusable : it is no such file
    """
    try:
        pipeline = joblib.load(path)
        features, classifier = pipeline.named_steps["features"], pipeline.named_steps["classifier"]
        vectorizer, (name, version) = features.vectorizer, classifier.origin
    except Exception as error:  # unpickling raises anything
        raise ModelUnusable(f"{path}: is no pipeline that `gongkai train --joblib` wrote ({error}).") from None
    terms = sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
    known = Ngrams(np.array([key_of(term) for term in terms], dtype=np.uint32), vectorizer.idf_.astype(np.float32))
    model = Classifier(name, version, known, features.cue_weight, {classifier.head.name: classifier.head})
    return Trained(model, classifier.labels, best_from=classifier.best_from)


def _terms(known: Ngrams) -> dict[str, int]:
    """The n-grams of a model with their columns."""
    return {
        chr(key >> 16) + (chr(key & 0xFFFF) if key & 0xFFFF else ""): at for at, key in enumerate(known.keys.tolist())
    }
