"""Which measures answer a problem: aligned labels, place in the text and shared words, weighed as the corpus taught.

Not one to one: a measure may answer several problems, a problem several measures, and more than half of the problem
aspects of real reports have no aligned measure at all (labelling guide, section 6), so an unanswered problem is a finding
and stays one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from nlp.labelling.features import without_marker
from nlp.labelling.label_set import LabelSet, packaged_labels
from nlp.narrative.linear import Linear, load_linear
from nlp.narrative.markers import read_marker
from nlp.narrative.statements import REPORTING
from nlp.packaged import packaged
from nlp.records import Answer, Statement
from nlp.vocabulary.load import load

FILE: Final = "pairing.json"
MAX_ANSWERS = 4
MIN_SCORE = 0.5
# Pairs further apart than this occur only in files of many reports.
MAX_APART = 60


@dataclass(frozen=True, slots=True)
class Side:
    """A problem or a measure as it is compared: its place among all statements and among its block, and what it says.

    A block are the problems (or measures) that follow each other; ``turn`` counts the blocks up to it, ``rank`` its place
    in the block, ``size`` how many the block has.
    """

    ordinal: int
    turn: int
    rank: int
    size: int
    heading: str
    marker: tuple[str, int] | None
    aspects: frozenset[str]
    pairs: frozenset[str]


def pair_statements(
    statements: Sequence[Statement],
    texts: Sequence[str],
    *,
    labels: LabelSet | None = None,
    pairing: Linear | None = None,
) -> dict[int, tuple[Answer, ...]]:
    """The answers of each problem that has any, by the ordinal of the problem, the most probable answer first.

    Parameters
    ----------
    statements : all statements of a report, with labels
    texts : their texts, folded
    labels : what is known of the labels; this project's unless given
    pairing : the weights of signs; the packaged ones unless given
    """
    known = labels or packaged_labels()
    problems, measures = sides(statements, texts, known)
    if not problems or not measures:
        return {}
    model = pairing or packaged_pairing()
    answers: dict[int, tuple[Answer, ...]] = {}
    for problem in problems:
        found = []
        for measure, seen in candidates(problem, problems, measures, known):
            score = 1 / (1 + math.exp(-model.weigh(seen)))
            if score >= MIN_SCORE:
                found.append(Answer(measure.ordinal, round(score, 2)))
        if found:
            found.sort(key=lambda answer: (-answer.score, answer.measure))
            answers[problem.ordinal] = tuple(found[:MAX_ANSWERS])
    return answers


def sides(statements: Sequence[Statement], texts: Sequence[str], known: LabelSet) -> tuple[list[Side], list[Side]]:
    """The problems and the measures of a report. What its parts on the year's work say was done before, and is left out."""
    blocks: list[list[Statement]] = []
    for statement in statements:
        if statement.section_key in REPORTING or statement.role not in ("problem", "measure"):
            continue
        if not blocks or blocks[-1][0].role != statement.role:
            blocks.append([])
        blocks[-1].append(statement)
    found: dict[str, list[Side]] = {"problem": [], "measure": []}
    for turn, block in enumerate(blocks):
        for rank, s in enumerate(block):
            text = texts[s.ordinal]
            side = Side(
                s.ordinal, turn, rank, len(block), s.heading, read_marker(text), known.topics(s.labels), _pairs(text)
            )
            found[s.role].append(side)
    return found["problem"], found["measure"]


def candidates(
    problem: Side, problems: Sequence[Side], measures: Sequence[Side], known: LabelSet
) -> Iterator[tuple[Side, list[str]]]:
    """The measures that may answer a problem, each with the signs of the pair."""
    near = [m for m in measures if abs(m.ordinal - problem.ordinal) <= MAX_APART]
    shares = [_shared(problem, measure) for measure in near]
    best = max(shares, default=0.0)
    for measure, share in zip(near, shares, strict=True):
        topic = _topic(problem, measure, known)
        yield measure, _signs(problem, measure, topic, share, share == best and share > 0, len(problems), len(measures))


def _topic(problem: Side, measure: Side, known: LabelSet) -> str:
    """How far the labels of a measure speak of what the problem is about."""
    common = len(problem.aspects & measure.aspects)
    if common:
        return "aligned" if common == len(problem.aspects) else "partly"
    weak = any(name in measure.aspects for aspect in problem.aspects for name in known.weakly(aspect))
    return "weak" if weak else "none"


def _signs(
    problem: Side, measure: Side, topic: str, share: float, best: bool, problems: int, measures: int
) -> list[str]:
    common = len(problem.aspects & measure.aspects)
    turns = measure.turn - problem.turn
    place = f"turns={max(-1, min(4, turns))}"
    ranks = "same" if problem.rank == measure.rank else "off" if abs(problem.rank - measure.rank) > 1 else "near"
    sizes = "same" if problem.size == measure.size else "more" if measure.size > problem.size else "fewer"
    numbers = "none"
    if problem.marker and measure.marker:
        numbers = "same" if problem.marker[1] == measure.marker[1] else "other"
    alone = f"{min(2, problem.size)}{min(2, measure.size)}"
    words = f"words={min(5, int(share * 12))}"
    found = [
        f"topic={topic}",
        f"common={min(3, common)}|{min(3, len(problem.aspects))}|{min(3, len(measure.aspects))}",
        place,
        f"{place}|sizes={sizes}|ranks={ranks}",
        f"{place}|topic={topic}",
        f"{place}|alone={alone}|next={measure.ordinal == problem.ordinal + 1}",
        f"ranks={ranks}|sizes={sizes}|topic={topic}",
        f"numbers={numbers}|topic={topic}",
        f"numbers={numbers}|sizes={sizes}",
        words,
        f"{words}|topic={topic}",
        f"best={best}|topic={topic}",
        f"heading={'same' if problem.heading == measure.heading else 'other'}|{place}",
        f"problems={min(4, problems)}|topic={topic}",
        f"measures={min(4, measures)}|topic={topic}",
    ]
    found += [f"aspect={name}" for name in sorted(problem.aspects & measure.aspects)]
    if topic in ("weak", "none"):
        found += [f"{left}>{right}" for left in sorted(problem.aspects) for right in sorted(measure.aspects)]
    return found


def _shared(problem: Side, measure: Side) -> float:
    """The share of the shorter text's pairs of characters that the other has as well."""
    least = min(len(problem.pairs), len(measure.pairs))
    return len(problem.pairs & measure.pairs) / least if least else 0.0


@cache
def _common() -> frozenset[str]:
    """Words that stand in every statement say nothing about what it answers."""
    return frozenset(load("statements")["pairing"]["common"]["surface"])


def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(without_marker(text)))) - _common()


@cache
def packaged_pairing() -> Linear:
    """The weights that come with the package. Raises ``FileNotFoundError`` in a checkout without ``models/``."""
    return load_linear(packaged("statements") / FILE)
