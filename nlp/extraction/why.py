"""Why a number was read as it was: the reading, the next likeliest, and the weightiest signs between them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nlp.extraction.facts import read_facts
from nlp.extraction.ranker import Ranked, Ranker
from nlp.reading.clean import CleanText
from nlp.records import Span
from nlp.structure.paragraphs import Paragraph


class Decision(Struct, frozen=True):
    """One decision: where, the reading and its score, the rival and its score, and words with their weights.

    A positive weight speaks for the reading, a negative one for the rival. A reading is a metric, a channel, several of
    them, or ``-`` for nothing.
    """

    span: Span
    reading: str
    score: float
    rival: str
    rival_score: float
    reasons: tuple[tuple[str, float], ...]


def explain(clean: CleanText, paragraphs: Sequence[Paragraph], ranker: Ranker, *, most: int = 6) -> list[Decision]:
    """Every decision of the ranker about a report, in the order in which they were made, with ``most`` reasons each."""
    found: list[Decision] = []

    def note(span: Span, signs: Sequence[str], ranked: Ranked) -> None:
        order = ranked.shares.argsort()[::-1]
        best, rival = int(order[0]), int(order[min(1, len(order) - 1)])
        reasons = ranker.reasons(signs, ranked.candidate(best), ranked.candidate(rival))
        found.append(Decision(
            span, ranked.reading.key, ranked.score, ranked.candidate(rival).reading.key, float(ranked.shares[rival]),
            tuple(reasons[:most]),
        ))  # fmt: skip

    read_facts(clean, paragraphs, ranker, note)
    return found
