"""What a number counts, by the words before it and after it."""

from __future__ import annotations

from msgspec import Struct

from nlp.extraction.cues import Cue, Cues, Metric
from nlp.extraction.fields import Field
from nlp.extraction.grammar import reading
from nlp.quantities import Number

PLACES = frozenset({"个", "家", "处", "所"})
MAX_PLAIN_CHARS = 4  # 申请, 申请件, 提出申请; 申请公开政府信息 is what was asked for


class Choice(Struct, frozen=True, gc=False):
    """The metrics that one number counts (several only where one number stands for both) and the word that says so."""

    metrics: tuple[Metric, ...]
    cue: Cue


def choose_metrics(text: str, cues: Cues, field: Field, *, family: str, part_of: str = "") -> Choice | None:
    """The metrics of a number: the nearest noun before it, else one after it, else one of the part before.

    Chinese puts the head of a noun phrase last, so of several nouns before the number the last one counts.
    ``family`` is what was spoken of before (applications, reviews …): 自然人6件 are applicants after applications.
    ``part_of`` is the metric that the number is a part of: within applications 网上申请3件 says how they were made.
    """
    number = field.number
    window = f"{field.left}\ufffc{field.right}"
    listed = field.clause_start == field.previous_end and bool(reading("of_the_one_before").search(field.left))
    if not (listed and field.right):  # 9项行政许可、3项备案事项: the noun before is that of the 9
        chosen = _nearest(cues, field.segment_start, number.start, number, window, family, part_of)
        if chosen:
            return chosen
    right_end = field.right_end
    if number.unit in PLACES:  # 12个图书馆设立查阅点15个: what is counted ends at the verb
        act = reading("acts").search(field.right)
        right_end = number.end + act.start() if act else right_end
    disputed = reading("disputed").match(field.right)
    if disputed:  # 3宗被行政复议结果维持: the reviews
        right_end = number.end + disputed.end()
    chosen = _nearest(cues, number.end, right_end, number, window, family)
    if chosen:
        return chosen
    if field.segment_start > field.clause_start and reading("bare").match(field.left) and not _has_noun(field):
        before = text[field.clause_start : number.start]
        return _nearest(cues, field.clause_start, field.segment_start, number, f"{before}\ufffc{field.right}", family)
    return None


def _has_noun(field: Field) -> bool:
    """Whether what is counted stands after the number: 15个行政村, 有6件被纠正."""
    return bool(field.right) and not reading("all_of_them").match(field.right)


def _nearest(
    cues: Cues, start: int, end: int, number: Number, window: str, family: str, part_of: str = ""
) -> Choice | None:
    general = None
    found = cues.between(start, end)
    for position in range(len(found) - 1, -1, -1):
        cue = found[position]
        fuller = _named_by_two(found[position - 1], cue) if position else None
        if fuller and number.unit in fuller.units and family in ("", fuller.family):
            return Choice((fuller,), found[position - 1])
        fitting = [m for m in cue.metrics if m.fits(unit=number.unit, window=window, family=family)]
        within = part_of.startswith("applications")
        fitting = [m for m in fitting if not m.part or (within and not reading("served").search(window))]
        if general:  # 通过来信收到申请3件: another family is not what says more
            fitting = [m for m in fitting if "applications" in (m.family, m.need_family)]
        if fitting:
            if not fitting[0].joint:
                return Choice((fitting[0],), cue)
            joint = tuple(m for m in fitting if m.joint)
            if position and cue.start - found[position - 1].end == 1:  # 受理和办结6件
                verbs = [m for m in found[position - 1].metrics if m.need_family]
                joint = (*(m for m in verbs if m.key == "applications_received"), *joint)
            if not within:
                return Choice(joint, cue)
            general = general or Choice(joint, cue)  # 申请 itself: look for what says more
    return general


def _named_by_two(before: Cue, cue: Cue) -> Metric | None:
    """公民|申请 says who applied, also where applications were not spoken of before; 不掌握政府信息|答复 is an outcome."""
    answered = not cue.speaks_of() and any(m.key == "applications_answered" for m in cue.metrics)
    if answered and cue.start - before.end <= MAX_PLAIN_CHARS:
        return next((m for m in before.metrics if m.family == "applications" and m.strong), None)
    if before.end != cue.start or cue.end - cue.start > MAX_PLAIN_CHARS or cue.speaks_of() != "applications":
        return None
    return next((m for m in before.metrics if m.key == "applications_by_applicant"), None)


def coordinated_metrics(cues: Cues, text: str, start: int, end: int, *, unit: str, family: str) -> list[Metric]:
    """One metric for each noun of a coordination: 行政复议、行政诉讼 → reviews, litigations."""
    found: list[Metric] = []
    for piece_start, piece_end in conjuncts(text, start, end):
        window = text[piece_start:piece_end]
        for cue in reversed(cues.between(piece_start, piece_end)):
            fitting = [m for m in cue.metrics if m.fits(unit=unit, window=window, family=family)]
            if fitting:
                found.append(fitting[0])
                break
    return found


def conjuncts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The members of a coordination, as positions."""
    pieces, at = [], start
    for match in reading("conjunction").finditer(text, start, end):
        pieces.append((at, match.start()))
        at = match.end()
    return [*pieces, (at, end)]
