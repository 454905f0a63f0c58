"""The corpus that a model was trained on, found again by its fingerprint: models hold no texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from nlp.labelling.label import clean_statement
from nlp.labelling.label_set import labels_of
from nlp.labelling.ngrams import ngrams
from training.columns import Columns
from training.examples import Corpus, fingerprint_of, read_corpus
from training.records import CorpusUnusable, Example, Finding
from training.taxonomy import Taxonomy

PLACES = ("", "corpora", "corpora/examples")
BATCH = 500


def find_training_corpus(card: dict[str, Any], model: Path, near: Path, given: Path | None = None) -> Path | None:
    """The file that a model was trained on: ``given``, or one of its name and fingerprint beside model or corpus.

    Raises
    ------
    CorpusUnusable : ``given`` is another corpus
    """
    about = card.get("corpus", {})
    if given is not None:
        if not given.exists() or fingerprint_of(given) != about.get("fingerprint"):
            message = f"not the corpus {about.get('name')} that the model was trained on. Name that with --trained-on."
            raise CorpusUnusable([Finding("error", "other_corpus", message, str(given))])
        return given
    roots = [near.parent, model.resolve().parent, *(Path.cwd() / place for place in PLACES)]
    for root in roots:
        path = root / str(about.get("name", ""))
        if path.is_file() and fingerprint_of(path) == about.get("fingerprint"):
            return path
    return None


def read_training_corpus(
    path: Path, card: dict[str, Any], columns: Columns | None, taxonomy: Taxonomy | None
) -> Corpus:
    """The corpus as training read it, bad rows left out; its labels by the taxonomy given, or by that of the model."""
    if taxonomy is None and card.get("names"):
        known = labels_of(card)
        taxonomy = Taxonomy({key: (label.zh, label.en) for key, label in known.own.items()}, known)
    return read_corpus(path, columns=columns, taxonomy=taxonomy, skip_bad_rows=True, min_examples=1)


def nearest(texts: Sequence[str], examples: Sequence[Example]) -> list[tuple[Example, float]]:
    """For each text the example most like it by its characters and pairs of characters, with the cosine from 0 to 1."""
    vectorizer = TfidfVectorizer(analyzer=ngrams, sublinear_tf=True)
    known = vectorizer.fit_transform([clean_statement(example.text) for example in examples]).T.tocsr()
    found: list[tuple[Example, float]] = []
    for start in range(0, len(texts), BATCH):
        likeness = (vectorizer.transform([clean_statement(t) for t in texts[start : start + BATCH]]) @ known).toarray()
        best = likeness.argmax(axis=1)
        shares = likeness[np.arange(len(best)), best].tolist()
        found += [(examples[at], float(share)) for at, share in zip(best.tolist(), shares, strict=True)]
    return found
