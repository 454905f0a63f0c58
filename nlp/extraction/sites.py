"""A number as the ranker sees it: its readings with their clues, and its signs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from nlp.extraction.clauses import Clause
from nlp.extraction.evidence import nouns_of, signs_of, sums_of
from nlp.extraction.passage import Passage
from nlp.extraction.proposals import Proposals
from nlp.extraction.readings import Candidate, Reading, Said, find_readings
from nlp.records import Span


def site_of(
    passage: Passage, clauses: Sequence[Clause], clause: Clause, said: Said, proposed: Reading
) -> tuple[list[Candidate], list[str]]:
    """The readings of a number that have a clue, that it states nothing first, and the signs of the number.

    ``proposed`` is what it means by the rules.
    """
    candidates = find_readings(passage, clause, said)
    signs = [
        *signs_of(passage, clause, said),
        *sums_of(clauses, clause.ordinal, said),
        *nouns_of(candidates),
    ]
    signs += [f"rule={proposed.key}", f"rule:{proposed.kind}"]
    found = next((candidate for candidate in candidates if candidate.reading.key == proposed.key), None)
    if found is None:
        candidates.append(Candidate(proposed, ["rule", "rule&alone"]))
    else:
        whole = next((clue for clue in reversed(found.clues) if "&" in clue), "")
        found.clues += ["rule", f"rule&{whole}" if not whole.startswith("but:") else f"rule&{found.clues[0]}"]
    return candidates, signs


def words_site(
    candidates: list[Candidate], proposals: Proposals, metric: str, span: Span, *, value: Decimal
) -> list[Candidate]:
    """The two readings of a denial or an implied fact, that of the rules with its clue."""
    nothing, stated = candidates
    said = proposals.says(metric, span.start, span.end, value=value)
    (stated if said else nothing).clues.extend(["rule", f"rule&{metric}"])
    return candidates
