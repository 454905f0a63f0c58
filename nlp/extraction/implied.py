"""Values that are said without a number: 收到4件,全部按时回复 and 行政复议2件,均维持."""

from __future__ import annotations

import re
from decimal import Decimal

from nlp.extraction.grammar import reading
from nlp.extraction.memory import Fact, Memory
from nlp.extraction.passage import Passage
from nlp.extraction.signs import FORMS
from nlp.extraction.zeros import Zero
from nlp.records import Count, Quantity

DISPUTES = frozenset({"reviews", "litigations"})
OUTCOMES = {
    "部分公开": "partial",
    "不予公开": "refused",
    "无法提供": "unavailable",
    "不予处理": "not_processed",
}
MAX_CLAUSE_CHARS = 12
MAX_BRACKET_CHARS = 50
OF_BRACKET = re.compile(r"(?<!\d)(?P<number>\d{1,9})[^\d,。;()]{1,3}\([^()]{0,40}\)\Z")


def answered(passage: Passage, memory: Memory, match: re.Match[str]) -> list[Count]:
    """As many applications answered (and granted: 全部予以公开) as were received, if a clause says that all were.

    Without 全部 or 均 the clause must follow the number received: after 其中38件同意公开 the words 已按期办结 may speak
    of the 38. A clause with a number of its own says how many itself.
    """
    memory.follow_family(passage, match.start())
    fact = memory.received
    if fact is None or not fact.value_known or (not match["all"] and memory.last is not fact):
        return []
    if re.match(r"[^,。;]{0,8}\d", passage.masked[match.end() : match.end() + MAX_CLAUSE_CHARS]):
        return []
    if reading("but_for").search(passage.text[max(0, match.start() - MAX_CLAUSE_CHARS) : match.start()]):
        return []  # 2件撤回,其余均已答复
    sentence = passage.text.rfind("。", 0, match.start()) + 1
    said = memory.last if memory.last and memory.last.metric.startswith("applications") else fact
    known = said.number.end if said.number and said.number.start >= sentence else sentence
    if re.search(r"\d", passage.masked[known : match.start()]):
        return []  # 收到群众来信37件,均已答复: the letters
    own = OF_BRACKET.search(passage.masked, max(0, match.start() - MAX_BRACKET_CHARS), match.start())
    if own and fact.number and own.start("number") != fact.number.digits:
        return []  # 13件(含2件结转)均已答复: the 13
    memory.received = None
    granted = match["answered"] == "予以公开"
    told = ("applications_answered", "applications_granted") if granted else ("applications_answered",)
    return [_implied(metric, fact, passage, match) for metric in told]


def made_by(passage: Passage, memory: Memory, match: re.Match[str]) -> list[Count]:
    """The way in which all applications were made: 收到6件,均为信函申请."""
    fact, last = memory.received, memory.last
    if fact is None or not fact.value_known or last is not fact or fact.number is None:
        return []
    if re.search(r"[\d。]", passage.masked[fact.number.end : match.start()]):
        return []
    start, end = match.span("way")
    named = [cue for cue in passage.cues.between(start, match.end()) if cue.start == start and cue.end >= end]
    ways = [metric.key for cue in named for metric in cue.metrics if metric.key in FORMS]  # no 网上公开答复
    return [_implied(ways[0], fact, passage, match)] if ways else []


def upheld(passage: Passage, memory: Memory, match: re.Match[str]) -> list[Count]:
    """As many upheld as there were reviews and litigations in the sentence, if a clause says that all were."""
    if re.match(r"[^,。;]{0,4}\d", passage.masked[match.end() : match.end() + MAX_CLAUSE_CHARS]):
        return []  # 复议机关维持2件: said with its number
    sentence = passage.text.rfind("。", 0, match.start())
    facts, memory.disputes = memory.disputes, []
    if not facts or facts[-1].number is None or re.search(r"\d", passage.masked[facts[-1].number.end : match.start()]):
        return []  # 诉讼5起,已审结4起,全部胜诉: of the 4
    if "诉" in match[0]:
        facts = [fact for fact in facts if fact.metric == "litigations"]
    return [
        _implied(f"{fact.metric}_upheld", fact, passage, match)
        for fact in facts
        if fact.value_known and fact.number and fact.number.start > sentence
    ]


def resulted(passage: Passage, memory: Memory, match: re.Match[str]) -> list[Count]:
    """The one outcome of all that was just counted: 答复申请3件,均为部分公开; 诉讼1件,尚未审结."""
    fact = memory.last
    if fact is None or not fact.value_known or not fact.number or fact.number.end != match.start():
        return []
    if match["pending"]:
        return [_implied(f"{fact.metric}_pending", fact, passage, match)] if fact.metric in DISPUTES else []
    if fact.metric not in ("applications_received", "applications_answered"):
        return []
    return [_implied(f"applications_{OUTCOMES[match['outcome']]}", fact, passage, match)]


def denied(passage: Passage, memory: Memory, zero: Zero) -> list[Count]:
    """The zero said in words, once in a paragraph for each metric; its unit is ""."""
    if zero.metric in memory.denied:
        return []
    memory.denied.add(zero.metric)
    return [Count(zero.metric, Quantity(Decimal(0), "", "exact", passage.span(zero.start, zero.end)))]


def _implied(metric: str, fact: Fact, passage: Passage, match: re.Match[str]) -> Count:
    number = fact.number
    assert number is not None  # callers ask value_known first
    return Count(metric, Quantity(number.value, number.unit, number.qualifier, passage.span(*match.span())))
