"""The best alignment of possible headings with the order of parts that a form prescribes.

Every possible heading is scored: by its words, by its number (does it follow the number before?), by its place in the order,
and by how it stands on its page. The chain of headings with the highest sum is taken, so that no single sign decides: a
wrong number, a mistake in a word or a lost mark is outweighed by the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.reading.numbering import UNNUMBERED
from nlp.records import SectionKey
from nlp.structure.headings import Heading
from nlp.structure.titles import Reading

# A line is a heading only if something says so: what it costs to be one, and what its number and its place give or take.
BEING_A_HEADING = -1.0
NEXT_NUMBER, MISSED_NUMBER, WRONG_NUMBER = 1.0, -0.3, -2.0
FIRST_NUMBER = 0.3  # a text may begin anywhere
DISTRUSTED = -1.5  # a number too high, read as the next one
LATER_IN_ORDER, NEXT_IN_ORDER, EARLIER_IN_ORDER, NOT_IN_ORDER = 0.5, 0.3, -1.5, -0.5
OWN_NUMBER = 0.5  # 五、 before the fifth part of the form; 一、 is the first part of any
UNKNOWN_WORDS = 0.2  # a numbered head without a key: taken only where its number is the next
LOST_NUMBER = -1.2
OTHER_STYLE = -2.0  # numbered as sub-headings are, among parts
NOTHING_BELOW = -0.4  # another heading follows at once: a line of contents
EMPTY_BODY_CHARS = 12
LOOK_BACK = 20  # possible headings between two that are chosen; a list of problems may stand between two parts
MAX_CANDIDATES = 400
KEPT_STATES = 4

Part = tuple[Heading, SectionKey | None]


@dataclass(frozen=True, slots=True)
class _State:
    """The best chain that ends with one heading: ``number`` is the one that heading counts as."""

    score: float
    number: int
    place: int
    lost: int  # headings without a number since the last one with one
    used: frozenset[SectionKey]
    at: int
    key: SectionKey | None
    before: _State | None


START = _State(0.0, 0, -1, 0, frozenset(), -1, None, None)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible heading with what it may name here. ``own_style`` says that it is numbered as its fellows are."""

    heading: Heading
    readings: tuple[Reading, ...]
    own_style: bool = True


def align(
    text: str, candidates: Sequence[Candidate], order: Sequence[SectionKey], *, fixed: bool
) -> tuple[float, list[Part]]:
    """The headings of the best chain with their keys (``None`` for one without), and its score; empty when nothing fits.

    Parameters
    ----------
    text : the clean text that the headings stand in
    candidates : in the order of the text
    order : in which the keys are expected
    fixed : whether the order is a form's, in which the fifth part is numbered 五
    """
    candidates = _strongest(candidates)
    places = {key: place for place, key in enumerate(order)}
    states: list[list[_State]] = []
    best = START
    for at, candidate in enumerate(candidates):
        found: dict[tuple[SectionKey | None, int], _State] = {}
        options = _options(candidate, _standing(text, candidates, at))
        for state in [START, *(state for earlier in states[max(0, at - LOOK_BACK) :] for state in earlier)]:
            numbers = _by_number(candidate, state)
            for key, weight in options:
                if key is not None and key in state.used:
                    continue
                place = places.get(key, state.place) if key else state.place
                words = state.score + weight + _by_order(key, place, state, places)
                for number, gain in numbers:
                    if key is None and gain < NEXT_NUMBER:
                        continue
                    own = fixed and candidate.heading.ordinal == number == place + 1 > 1 and key in places
                    score = words + gain + (OWN_NUMBER if own else 0.0)
                    if (known := found.get((key, number))) is None or score > known.score + 1e-9:
                        used = state.used if key is None else state.used | {key}
                        lost = state.lost + 1 if candidate.heading.ordinal is None else 0
                        found[key, number] = _State(score, number, place, lost, used, at, key, state)
        states.append(sorted(found.values(), key=lambda state: -state.score)[:KEPT_STATES])
        for state in states[-1]:
            if state.score > best.score + 1e-9:
                best = state
    return best.score, _chain(candidates, best)


def _strongest(candidates: Sequence[Candidate]) -> list[Candidate]:
    if len(candidates) <= MAX_CANDIDATES:
        return list(candidates)
    ranked = sorted(candidates, key=lambda candidate: -max((r.weight for r in candidate.readings), default=0.0))
    kept = {id(candidate) for candidate in ranked[:MAX_CANDIDATES]}
    return [candidate for candidate in candidates if id(candidate) in kept]


def _options(candidate: Candidate, standing: float) -> list[tuple[SectionKey | None, float]]:
    """What a heading may be, with what its words and its standing give."""
    worth = BEING_A_HEADING + standing
    options: list[tuple[SectionKey | None, float]] = [(r.key, worth + r.weight) for r in candidate.readings]
    if candidate.own_style and candidate.heading.depth != UNNUMBERED and not candidate.heading.inside:
        options.append((None, worth + UNKNOWN_WORDS))
    return options


def _standing(text: str, candidates: Sequence[Candidate], at: int) -> float:
    """What a heading loses by how it stands: without a number among numbered ones, or with nothing below it."""
    heading = candidates[at].heading
    loss = 0.0
    if not candidates[at].own_style:
        loss += LOST_NUMBER if heading.depth == UNNUMBERED else OTHER_STYLE
    if at + 1 < len(candidates):
        following = candidates[at + 1]
        same = {r.key for r in following.readings} & {r.key for r in candidates[at].readings}
        between = text[heading.end : following.heading.start]
        if following.readings and not same and len(between.strip(" \t\n#*。.")) <= EMPTY_BODY_CHARS:
            loss += NOTHING_BELOW
    return loss


def _by_order(key: SectionKey | None, place: int, state: _State, places: dict[SectionKey, int]) -> float:
    if key is None:
        return 0.0
    if key not in places:
        return NOT_IN_ORDER
    if state.place < 0:
        return 0.0
    if place < state.place:
        return EARLIER_IN_ORDER
    return LATER_IN_ORDER + (NEXT_IN_ORDER if place == state.place + 1 else 0.0)


def _by_number(candidate: Candidate, state: _State) -> list[tuple[int, float]]:
    """The numbers that a heading may count as behind a chain, and what each gives."""
    ordinal, following = candidate.heading.ordinal, state.number + 1
    if candidate.heading.depth == UNNUMBERED or ordinal is None:
        return [(following, 0.0)]
    if ordinal == following:
        return [(ordinal, NEXT_NUMBER)]
    if state is START:
        return [(ordinal, FIRST_NUMBER)]
    if ordinal > following:
        return [(ordinal, MISSED_NUMBER * (ordinal - following)), (following, DISTRUSTED)]
    # Between 二、 and 三、 no part has lost its number.
    wrong = WRONG_NUMBER * (1 + state.lost)
    return [(following, wrong)] if ordinal < state.number else [(ordinal, wrong), (following, wrong)]


def _chain(candidates: Sequence[Candidate], state: _State) -> list[Part]:
    chain: list[Part] = []
    while state.before is not None:
        chain.append((candidates[state.at].heading, state.key))
        state = state.before
    return chain[::-1]
