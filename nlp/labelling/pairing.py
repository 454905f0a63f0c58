"""Which measures answer a problem: by aligned label, by place in the list, by shared words (guide, section 6).

Not one to one: a measure may answer several problems, a problem several measures, and more than half of the problem
aspects of real reports have no aligned measure at all, so an unanswered problem is a finding and stays one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from nlp.labelling.features import MARKER
from nlp.labelling.label_set import LabelSet, packaged_labels
from nlp.narrative.statements import REPORTING
from nlp.records import Answer, Statement
from nlp.vocabulary.load import load

ALIGNED, WEAK, NEXT = 0.55, 0.2, 0.25
SAME_PLACE, SHARED_TERMS = 0.2, 0.25
MIN_SCORE = 0.4
# Below this a weak answer is named only when nothing aligned was found.
MAX_ANSWERS = 4
MIN_SHARED_SHARE = 0.12


def pair_statements(
    statements: Sequence[Statement], texts: Sequence[str], *, labels: LabelSet | None = None
) -> dict[int, tuple[Answer, ...]]:
    """The answers of each problem that has any, by the ordinal of the problem, the strongest answer first.

    Parameters
    ----------
    statements : all statements of a report, with labels
    texts : their texts, folded
    labels : what is known of the labels; this project's unless given
    """
    known = labels or packaged_labels()
    # What the parts on the year's work say was done before the problems were named.
    eligible = [s for s in statements if s.section_key not in REPORTING]
    problems = [s for s in eligible if s.role == "problem"]
    measures = [s for s in eligible if s.role == "measure"]
    if not problems or not measures:
        return {}
    grams = {s.ordinal: _grams(texts[s.ordinal]) for s in (*problems, *measures)}
    names = {s.ordinal: known.topics(s.labels) for s in (*problems, *measures)}
    ranks = {s.ordinal: rank for group in (problems, measures) for rank, s in enumerate(group)}
    same_count = len(problems) == len(measures)
    answers: dict[int, tuple[Answer, ...]] = {}
    for problem in problems:
        found = []
        for measure in measures:
            score = _score(names[problem.ordinal], names[measure.ordinal], known)
            if same_count and ranks[problem.ordinal] == ranks[measure.ordinal]:
                score += SAME_PLACE
            if measure.ordinal == problem.ordinal + 1 and (len(measures) > 1 or len(problems) == 1):
                # 整改 reports answer each problem at once.
                score += NEXT
            score += _shared(grams[problem.ordinal], grams[measure.ordinal])
            if score >= MIN_SCORE:
                found.append(Answer(measure.ordinal, round(min(score, 0.95), 2)))
        if found:
            found.sort(key=lambda answer: (-answer.score, answer.measure))
            answers[problem.ordinal] = tuple(found[:MAX_ANSWERS])
    return answers


def _score(problem: frozenset[str], measure: frozenset[str], known: LabelSet) -> float:
    if problem & measure:
        return ALIGNED
    if any(weak in measure for name in problem for weak in known.weakly(name)):
        return WEAK
    return 0.0


def _shared(problem: frozenset[str], measure: frozenset[str]) -> float:
    """What the share of the shorter text's pairs of characters that the other has as well is worth."""
    least = min(len(problem), len(measure))
    share = len(problem & measure) / least if least else 0.0
    return SHARED_TERMS * min(1.0, share / (2 * MIN_SHARED_SHARE)) if share >= MIN_SHARED_SHARE else 0.0


@cache
def _common() -> frozenset[str]:
    """Words that stand in every statement say nothing about what it answers."""
    return frozenset(load("statements")["pairing"]["common"]["surface"])


def _grams(text: str) -> frozenset[str]:
    marker = MARKER.match(text)
    body = text[marker.end() :] if marker else text
    return frozenset(map("".join, pairwise(body))) - _common()
