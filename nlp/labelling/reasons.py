"""Why a statement got its role or label: what each of its words weighed in the model's decision."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

import numpy as np

from nlp.labelling.classifier import Classifier
from nlp.labelling.features import aspect_lexicon, cue_matrix, feature_names, role_patterns, without_marker
from nlp.labelling.ngrams import key_of, ngrams
from nlp.narrative.lexicon import role_lexicon

MAX_REASONS = 8


@dataclass(frozen=True, slots=True)
class Reason:
    """Words of a statement and what they weighed for a class; below 0 against it.

    ``characters`` are one or two characters in a row, a ``cue`` is a term of the vocabulary (with all that it stands for).
    """

    words: str
    weight: float
    kind: Literal["characters", "cue"]


def reasons(model: Classifier, text: str, head: str, key: str, *, limit: int | None = MAX_REASONS) -> list[Reason]:
    """The weightiest reasons for the class ``key`` of a head, the weightiest first; all of them without a limit.

    Together with the class's intercept all reasons add up to the model's decision on the whole statement. What order,
    heading and section added to a role, and the clauses to an aspect, is not among them.

    Parameters
    ----------
    text : folded and in simplified script, as ``clean_statement`` gives it

    Raises
    ------
    KeyError : the model has no such head
    ValueError : the head has no such class
    """
    at = model.heads[head].classes.index(key)
    column = at + sum(len(other.classes) for other in takewhile(lambda h: h.name != head, model.heads.values()))
    found = [*_characters(model, text, column), *_cues(model, text, column)]
    found.sort(key=lambda reason: -abs(reason.weight))
    return found[:limit]


def _characters(model: Classifier, text: str, column: int) -> list[Reason]:
    counted = Counter(ngrams(text))
    terms = list(counted)
    columns = model.ngrams.columns(np.array([key_of(term) for term in terms], dtype=np.uint32))
    known = [(term, at) for term, at in zip(terms, columns.tolist(), strict=True) if at >= 0]
    more = {term: 1 + np.log(counted[term]) for term, _ in known}
    length = np.sqrt(sum((model.ngrams.idf[at] * more[term]) ** 2 for term, at in known)) or 1.0
    return [
        Reason(term, float(model.ngram_weights[at, column] * more[term] / length), "characters") for term, at in known
    ]


def _cues(model: Classifier, text: str, column: int) -> list[Reason]:
    """What the cues of the vocabulary weigh: each group once, told by the terms that belong to it."""
    if not model.cue_weight:
        return []
    present = np.flatnonzero(cue_matrix([text])[0])
    names = feature_names()
    terms = _terms(text)
    return [
        Reason("、".join(terms.get(names[at].partition("@")[0], [])), float(model.cue_weights[at, column]), "cue")
        for at in present.tolist()
    ]


def _terms(text: str) -> dict[str, list[str]]:
    """The terms of the vocabulary in a statement, by the groups they belong to."""
    body = without_marker(text)
    found: dict[str, dict[str, None]] = {}
    for lexicon in (role_lexicon(), aspect_lexicon()):
        for start, end, groups in lexicon.find(body):
            for group in groups:
                found.setdefault(group, {})[body[start:end]] = None
    for match in role_patterns().finditer(body):
        found.setdefault(f"role.{match.lastgroup}", {})[match.group()] = None
    return {group: list(terms) for group, terms in found.items()}
