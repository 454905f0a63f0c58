"""Roles and aspects from the cue vocabulary alone, by the ties of the labelling guide.

A rule may abstain: a statement without cues gets no label. Scores are constants of the rules, measured once on labelled
statements written for this project; they are not probabilities of the single statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nlp.labelling.aspects import OTHER
from nlp.labelling.context import Context
from nlp.labelling.features import Clause, Cue, aspect_lexicon, find_clauses
from nlp.labelling.label_set import packaged_labels
from nlp.labelling.labeller import Judgement, Support
from nlp.narrative.statements import REPORTING
from nlp.records import Role, SectionKey
from nlp.vocabulary.load import load

ROLES: tuple[Role, ...] = ("problem", "measure", "achievement", "boilerplate")
# Votes of a cue outside the first clause count less: the head of an item says what it is.
BODY_WEIGHT = 0.8
MAX_COUNT = 2
EXPECTED_BONUS = 1.0
# In parts that report on the year: problem, measure, achievement, boilerplate.
REPORTING_BONUS = (-1.5, -2.5, 2.0, 0.0)
FORMAL: frozenset[SectionKey | None] = frozenset(["preamble", "disclosure", "requests", "disputes", "fees", "appendix"])
FORMAL_BONUS = 2.5
MARKED_LOSS = 1.2
BOILERPLATE = 3
START = {"problem": 0.3, "measure": 0.9, "achievement": -0.8, "boilerplate": -0.7}
ANNOUNCES_BONUS = 4.0  # boilerplate: the statement ends with a colon
LIST_WEIGHT = 0.6
NAMED_SHIFT = 1.5
# Margin between the two best roles → share of right roles.
ROLE_SCORES = ((4.0, 0.97), (2.0, 0.92), (1.0, 0.8), (0.5, 0.7), (0.0, 0.55))

# Shares of right labels on labelled statements, by what speaks for the aspect: two cues; one cue and no other aspect
# asserted; one cue among others; two halves in one clause; its topic only; a short cue beside a rival.
REPEATED, SOLE, SURE, COMBINED, TOPIC, CONTESTED, HINT = 0.95, 0.88, 0.7, 0.6, 0.5, 0.38, 0.2
ACCEPT = 0.5
LEAST_ALONE = 0.3
LONG_CUE_CHARS = 3
LATER_SENTENCES = 1
ASIDES = frozenset(["tail", "frame"])
MAX_LABELS = 4
PREDICATES = {
    "problem": frozenset(["role.deficit", "role.need"]),
    "measure": frozenset(["role.verb", "role.future", "role.need"]),
}


class Rules:
    """The rules behind the ``Labeller`` interface."""

    name = "rules"
    labels = packaged_labels()

    def roles_and_aspects(self, texts: Sequence[str], contexts: Sequence[Context]) -> list[Judgement]:
        """The role of each text and its aspects; none where no cue speaks for one."""
        found = find_clauses(texts)
        totals = [
            count_votes(text, clauses, context) for text, clauses, context in zip(texts, found, contexts, strict=True)
        ]
        judgements = []
        for clauses, votes in zip(found, share_in_lists(totals, contexts), strict=True):
            role, score = best_role(votes)
            labelled = role == "problem" or role == "measure"
            judgements.append(Judgement(role, score, judge_aspects(clauses, role) if labelled else {}))
        return judgements


@cache
def _votes() -> dict[str, tuple[tuple[int, float], ...]]:
    return {
        f"role.{name}": tuple((ROLES.index(role), float(vote)) for role, vote in entry.get("votes", {}).items())
        for name, entry in load("cues")["role"].items()
    }


def count_votes(text: str, clauses: Sequence[Clause], context: Context) -> list[float]:
    """What modality, completion and announcements (guide, section 1) give to each of ``ROLES``."""
    votes = _votes()
    totals = [START[role] for role in ROLES]
    if context.section_key in REPORTING:
        for index, bonus in enumerate(REPORTING_BONUS):
            totals[index] += bonus
    elif context.expected:
        totals[ROLES.index(context.expected)] += EXPECTED_BONUS
    if context.section_key in FORMAL:
        totals[BOILERPLATE] += FORMAL_BONUS
    if text.endswith(":"):
        totals[BOILERPLATE] += ANNOUNCES_BONUS
    if clauses[0].start:
        totals[BOILERPLATE] -= MARKED_LOSS
    # A slogan at the end of a long item does not make it one.
    later = BODY_WEIGHT * min(1.0, 3 / len(clauses))
    # What a statement starts from (针对人手不足的现状,) tells at most that it is a transition (role rule 2).
    frames = [clause for clause in clauses[:-1] if clause.kind == "frame"]
    others = [clause for clause in clauses if clause not in frames] if frames else clauses
    for place, weight, slogan_weight in (
        (frames, 0.0, 1.0), (others[:1], 1.0, 1.0), (others[1:], BODY_WEIGHT, later)
    ):  # fmt: skip
        groups = [group for clause in place for cue in clause.roles for group in cue]
        for group in set(groups):
            count = min(groups.count(group), MAX_COUNT)
            for index, vote in votes[group]:
                totals[index] += count * vote * (slogan_weight if index == BOILERPLATE and vote > 0 else weight)
    _weigh_contents(clauses, totals)
    return totals


def _weigh_contents(clauses: Sequence[Clause], totals: list[float]) -> None:
    """Move votes from boilerplate to what follows an announcement in the same statement (role rule 1).

    不足 that are only announced make a lead-in and 针对上述问题 a transition; with contents they are more.
    """
    shift = ""
    for clause in clauses:
        groups = {group for cue in clause.roles for group in cue}
        if "role.transition" in groups:
            shift = "measure"
        elif "role.vague" in groups:
            shift = shift or "problem"
        if shift == "measure" and clause.kind == "frame":
            continue
        if shift and any(group.endswith(".sure") for cue in clause.aspects for group in cue.groups):
            totals[BOILERPLATE] -= NAMED_SHIFT
            totals[0 if shift == "problem" else 1] += NAMED_SHIFT
            return


def share_in_lists(totals: Sequence[list[float]], contexts: Sequence[Context]) -> list[list[float]]:
    """The votes, mixed with those of the other items of a list (一是…二是…): items of one list share their role."""
    lists: dict[int, list[int]] = {}
    for index, context in enumerate(contexts):
        if context.list_number is not None:
            lists.setdefault(context.list_number, []).append(index)
    shared = [list(votes) for votes in totals]
    for members in lists.values():
        if len(members) > 1:
            means = [sum(totals[index][role] for index in members) / len(members) for role in range(len(ROLES))]
            for index in members:
                shared[index] = [
                    (1 - LIST_WEIGHT) * own + LIST_WEIGHT * mean for own, mean in zip(totals[index], means, strict=True)
                ]
    return shared


def best_role(totals: Sequence[float]) -> tuple[Role, float]:
    """The role with most votes, and its score by the margin to the next."""
    best = max(range(len(ROLES)), key=totals.__getitem__)
    margin = totals[best] - max(total for index, total in enumerate(totals) if index != best)
    return ROLES[best], next(score for least, score in ROLE_SCORES if margin >= least)


@dataclass(slots=True)
class Evidence:
    """What the clauses of a statement say for one aspect."""

    sure: int = 0  # cues that assert it
    topics: int = 0  # cues that only name what it is about, beside a word of deficit or action
    hints: int = 0
    alone: bool = False  # a topic that its clause shares with no other asserted aspect
    plain: bool = False  # asserted at least once in the head, without a rival in the clause
    rule: str = ""  # the combination that made it


def judge_aspects(clauses: Sequence[Clause], role: Role) -> dict[str, Support]:
    """The aspects that a problem or measure asserts, strongest first; empty when no cue speaks for any."""
    predicates = PREDICATES[role]
    evidence: dict[str, Evidence] = {}
    taken: frozenset[str] = frozenset()
    for number, clause in enumerate(clauses):
        if number == 0 or clause.kind not in ASIDES:
            taken |= _weigh_clause(clause, number, predicates, taken, evidence)
    asserting = sum(1 for found in evidence.values() if found.sure or found.rule)
    scores = {aspect: _score(found, asserting) for aspect, found in evidence.items()}
    if len(scores) > 1:
        scores.pop(OTHER, None)
    ranked = sorted(scores.items(), key=lambda item: -item[1][0])
    if not ranked:
        return {}
    least = ACCEPT if ranked[0][1][0] >= ACCEPT else max(ranked[0][1][0], LEAST_ALONE)
    return {
        aspect: Support(score, f"rule:{rule}", score >= least and rank < MAX_LABELS and (score >= ACCEPT or rank == 0))
        for rank, (aspect, (score, rule)) in enumerate(ranked)
    }


def _score(found: Evidence, asserting: int) -> tuple[float, str]:
    if found.sure > 1:
        return REPEATED, "repeated"
    if found.sure and found.plain:
        return (SOLE if asserting == 1 else SURE), "sure"
    if found.rule:
        return COMBINED, found.rule
    if found.sure:
        return CONTESTED, "contested"
    if found.topics:
        if asserting == 0 or found.alone:
            return TOPIC, "topic"
        return (CONTESTED if found.topics > 1 else HINT), "topic"
    return HINT, "hint"


def _weigh_clause(
    clause: Clause, number: int, predicates: frozenset[str], taken: frozenset[str], evidence: dict[str, Evidence]
) -> frozenset[str]:
    """Add to ``evidence`` what one clause says; the aspects that its own aspects take from the clauses after it."""
    predicate = any(not predicates.isdisjoint(cue) for cue in clause.roles)
    readings = _readings()
    sure: dict[str, list[Cue]] = {}
    topics: dict[str, int] = {}
    hints: set[str] = set()
    parts: set[str] = set()
    for cue in clause.aspects:
        for group in cue.groups:
            strength, aspect = readings[group]
            if strength == "sure":
                sure.setdefault(aspect, []).append(cue)
            elif strength == "part":
                parts.add(group)
            elif strength == "topic" and predicate:
                topics[aspect] = topics.get(aspect, 0) + 1
            elif aspect:
                hints.add(aspect)
    if not (sure or topics or hints or parts):
        return frozenset()
    lost = {loser for winner in sure if winner in _yields() for loser in _yields()[winner]}
    # Two aspects that take the clause from one another (回应 and 解读) both stay.
    lost -= {winner for winner in lost if winner in sure and any(other in _yields().get(winner, ()) for other in sure)}
    if clause.kind == "result" and number > 0:
        lost |= RESULT_ASPECTS
    rules = {}
    if len(parts) > 1:
        rules = {aspect: rule for rule, aspect, needed in _combinations() if needed <= parts}
    names = sure.keys() - lost
    if not names:
        for aspect in topics.keys() - lost - taken:
            evidence.setdefault(aspect, Evidence()).alone |= clause.sentence == 0
    for aspect in names:
        cues = sure[aspect]
        found = evidence.setdefault(aspect, Evidence())
        found.sure += len(cues)
        short = max(cue.end - cue.start for cue in cues) < LONG_CUE_CHARS
        # A list under one predicate (范围、时效性) asserts all its members.
        rival = len(names) > 1 and short and not any(cue.listed for cue in cues)
        found.plain |= not rival and (clause.sentence == 0 or (predicate and clause.sentence <= LATER_SENTENCES))
    for aspect, rule in rules.items():
        if aspect not in lost and aspect not in taken:
            evidence.setdefault(aspect, Evidence()).rule = rule
    for aspect, count in topics.items():
        if aspect not in lost and aspect not in taken:
            evidence.setdefault(aspect, Evidence()).topics += count
    for aspect in hints - lost - taken:
        evidence.setdefault(aspect, Evidence()).hints += 1
    return frozenset(loser for winner in names if winner in _yields() for loser in _yields()[winner])


# With 提高 or 提升 in a later clause these are qualities of the result; awareness and skill are aims of their own.
RESULT_ASPECTS = frozenset(
    ["quality", "timeliness", "publicity", "content", "mechanism", "platform", "interaction", "other"]
)


@cache
def _combinations() -> tuple[tuple[str, str, frozenset[str]], ...]:
    entries = load("cues")["combination"]
    return tuple((name, entry["aspect"], frozenset(entry["all"])) for name, entry in entries.items())


@cache
def _readings() -> dict[str, tuple[str, str]]:
    """What a group of aspect cues says: strength and aspect; an empty aspect for silent terms."""
    readings: dict[str, tuple[str, str]] = {}
    for group in aspect_lexicon().groups():
        table, *rest = group.split(".")
        readings[group] = (rest[1], rest[0]) if table == "aspect" else (table, "")
    return readings


@cache
def _yields() -> dict[str, frozenset[str]]:
    return {winner: frozenset(entry["losers"]) for winner, entry in load("cues")["yields"].items()}
