"""What was said before: the facts that later numbers of a paragraph refer back to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec import Struct

from nlp.extraction.channels import Carrier, find_carrier
from nlp.extraction.cues import Cues, Metric, metrics
from nlp.extraction.fields import Field
from nlp.extraction.grammar import around_channels, breakdowns, last_of, reading
from nlp.extraction.passage import Passage
from nlp.extraction.totals import is_total
from nlp.quantities import Number, is_item

STOP = re.compile(r"[。!?\n]")
SUMMED = re.compile("累计|共计|总计")
DIVIDES = re.compile(r"\s{0,40}(?:其中|包括)")
NEVER_FIRST = frozenset({"分为", "涉及", "内有", "内含"})
LIST_MARK = re.compile(r"\s{0,40}(?:[-*•●◆]|\d{1,2}[.、)]|\(?[一二三四五六七八九十\d]{1,3}[)、])")
# Metrics whose parts are categories of information; "" stands for a channel count.
OF_INFORMATION = frozenset({"disclosed_total", "disclosed_cumulative", "category_count", ""})


class Fact(Struct, frozen=True, gc=False):
    """Something that was read: its metric ("" for a channel count), its channels, its number, its category.

    ``made`` marks information made or obtained (制作、获取): its parts are classes of documents.
    """

    metric: str
    channels: tuple[str, ...] = ()
    number: Number | None = None
    category: str | None = None
    made: bool = False

    @property
    def value_known(self) -> bool:
        """Whether it is a number above zero."""
        return self.number is not None and self.number.value > 0


class Breakdown(Struct, frozen=True, gc=False):
    """An open list of parts: what they are parts of, and whether a bracket will close it."""

    parent: Fact
    bracket: bool


@dataclass(slots=True)
class Memory:
    """The state of reading within a paragraph.

    Attributes
    ----------
    last : the fact just read
    lists : open breakdowns, the innermost last
    family : what was spoken of last (applications, reviews …)
    total : the first total of the paragraph
    sibling : channels that govern the next items too (网站发布文件3件,公告5条)
    subject : channels named in a part that counted something else (微博粉丝3万人,发布…)
    waiting : members of a coordination that still wait for their number (分别为3件、5件)
    read_to : up to where words after a number have been used for it
    received : applications received that have not been said to be answered
    disputes : reviews and litigations of which no result has been said
    denied : metrics of which the paragraph has said that there were none
    published : the channel counts of the sentence, for a sum that follows them
    stated : the counts of the sentence by metric, for a sum that follows them
    untouched : whether no number of the paragraph has been read yet
    unread : where the sentence of the number before begins if that number told nothing
    carried : whether the paragraph is one item of a list that an earlier one opened
    """

    last: Fact | None = None
    lists: list[Breakdown] = field(default_factory=list)
    family: str = ""
    total: Fact | None = None
    sibling: Carrier | None = None
    subject: Carrier | None = None
    waiting: list[str | Metric] = field(default_factory=list)
    read_to: int = 0
    received: Fact | None = None
    disputes: list[Fact] = field(default_factory=list)
    denied: set[str] = field(default_factory=set)
    published: list[Number] = field(default_factory=list)
    stated: list[tuple[str, Number]] = field(default_factory=list)
    untouched: bool = True
    unread: int | None = None
    carried: bool = False
    _family_read: int = 0

    @property
    def parent(self) -> Fact | None:
        """What the next number is a part of, ``None`` outside breakdowns."""
        return self.lists[-1].parent if self.lists else None

    @property
    def part_of(self) -> str:
        """The metric of the parent, "" if there is none."""
        return self.lists[-1].parent.metric if self.lists else ""

    def follow_family(self, passage: Passage, end: int) -> None:
        """Take note of what the text up to ``end`` speaks of."""
        for cue in passage.cues.between(self._family_read, end):
            way = self.part_of.startswith("applications") and any(metric.part for metric in cue.metrics)
            way = way and not reading("served").search(passage.text[self._family_read : end])
            self.family = self.family if way else cue.speaks_of() or self.family  # 其中来访3件: of the applications
        self._family_read = end

    def follow_lists(self, passage: Passage, field: Field) -> None:
        """Close and open breakdowns by what stands between the last number and this one."""
        self._close_lists(passage, field)
        self._open_list(passage, field)
        closing = self.lists and not self.lists[-1].bracket and SUMMED.search(field.left)
        if closing and is_total(field):  # …,累计公开信息N条 after a breakdown is no part of it
            self.lists.pop()

    def _close_lists(self, passage: Passage, field: Field) -> None:
        gap = field.gap
        for _ in range(gap.count(")") - gap.count("(")):
            if self.lists and self.lists[-1].bracket:
                self.lists.pop()
        stop = STOP.search(gap)
        if stop:
            # 。政策法规类11条 goes on with the breakdown of the sentence before
            if not (self.lists and reading("next_part").match(gap[stop.end() :].strip())):
                self.lists.clear()
                self.sibling = None
            self.subject = None
            self.unread = None
            self.published.clear()
            if not reading("sum").match(field.left):
                self.stated.clear()
        elif reading("applied_anew").search(gap):
            self.lists.clear()  # ;收到申请65件: another matter
            self.sibling = None
        elif ";" in gap:
            if not self.lists:
                self.sibling = None
            elif not self.lists[-1].bracket and find_carrier(
                passage.text, passage.cues, field.segment_start, field.number.start
            ):
                self.lists.clear()  # ;微信公众号发布…: the next channel, not a part of this one

    def _open_list(self, passage: Passage, field: Field) -> None:
        gap, last = field.gap, self.last
        opener = last_of(found for found in breakdowns(gap) if not _is_bracketed(gap, found))
        if opener is None:
            if reading("announced").search(gap) and not is_total(
                field
            ):  # 公开以下信息:A 3条、B 5条; 在公众号发布信息:A 3条、B 5条
                carrier = find_carrier(passage.text, passage.cues, field.clause_start, field.segment_start)
                whole = Fact("", carrier.channels) if carrier else Fact("category_count")
                self.lists.append(Breakdown(whole, False))
                return
            if last is None:
                return
            if gap.startswith("(") and ")" not in gap and last.number and field.previous_end == last.number.end:
                self.lists.append(Breakdown(last, True))
            elif gap.startswith("、") and not self.lists and last.metric == "disclosed_total":
                self.lists.append(Breakdown(last, False))
            elif not self.lists and last.metric == "hotline_orders" and field.noun.endswith("类"):
                self.lists.append(Breakdown(last, False))  # 热线服务9120人次,咨询类7000件
            return
        if opener[0].endswith("如下") and is_total(field):
            return  # 情况如下:全年公开信息230条
        start = max(field.clause_start, field.previous_end, self.read_to)  # 8个查阅点(其中部门5个): no channel
        carrier = find_carrier(passage.text, passage.cues, start, field.previous_end + opener.start())
        parent = Fact("", carrier.channels) if carrier and not re.search(r"\d", gap) else last
        if reading("by_attribute").search(opener[0]):
            parent = Fact("category_count", made=True)
        elif reading("requests_divided").search(opener[0]):
            asked = last is not None and last.metric.startswith("applications")
            parent = last if asked else Fact("applications_answered")
        elif reading("divided_information").search(opener[0]) and (last is None or last.metric not in OF_INFORMATION):
            parent = Fact("category_count")  # 发布的信息中,民生类66条 after something else
        elif (
            parent is None
            and self.untouched
            and not _asked_for(passage, field, opener)
            and opener[0].lstrip(",")[:2] not in NEVER_FIRST
        ):
            parent = Fact("category_count") if _divides(field, opener) else None  # 其中 at the very beginning
        if parent is None:
            return
        bracket = "(" in gap[: opener.start() + 1] and ")" not in gap
        if self.lists and not bracket and not carrier and not self.lists[-1].bracket and self.parent is parent:
            return
        self.lists.append(Breakdown(parent, bracket))

    def remember(self, fact: Fact) -> None:
        """Take note of a fact that has a metric, and of what may still be said about it."""
        self.last = fact
        self.sibling = None
        self.family = metrics()[fact.metric].family or self.family  # 热线受理诉求23件,办结22件: of the hotline
        if fact.metric == "applications_received":
            self.received = fact
        elif fact.metric in ("applications_carried_in", "applications_answered"):
            self.received = None
        elif fact.metric in ("reviews", "litigations"):
            self.disputes.append(fact)
        else:  # 维持3件: the result of the reviews has been said
            self.disputes = [d for d in self.disputes if not fact.metric.startswith(f"{d.metric}_")]


def _divides(field: Field, opener: re.Match[str]) -> bool:
    """Whether a list of classes follows: 情况如下:机构信息3条; not 情况如下:全年公开信息230条, where the report begins."""
    if opener[0] != "其中" and (is_total(field) or not is_item(field.number)):
        return False  # 主要工作包括:公开信息230条, 召开会议2次
    if not opener[0].endswith("如下"):
        return True
    classes = reading("class_of_information").match(field.noun)
    return bool(classes) and not around_channels("publish").search(field.noun) and "收到" not in field.noun


def _asked_for(passage: Passage, field: Field, opener: re.Match[str]) -> bool:
    """Whether applications are spoken of: 申请人主要为公民,法人1件 divides no information."""
    before = passage.cues.between(0, field.previous_end + opener.start())
    return any(cue.speaks_of() == "applications" for cue in before)


def _is_bracketed(gap: str, opener: re.Match[str]) -> bool:
    """Whether what opens stands in a bracket that is closed again: 主流媒体(包括新媒体), 其中文件(含政策法规)7条."""
    return ")" in gap[opener.end() :] and "(" in gap[: opener.end()]


def begin(memory: Memory, *, before: str, text: str) -> Memory:
    """The memory for a paragraph: empty, unless it goes on with the breakdown of the paragraph ``before``."""
    last = memory.last
    if DIVIDES.match(text):
        return Memory(last=last, family=memory.family)
    if memory.carried and (before.endswith(";") or (not before.endswith("。") and LIST_MARK.match(text))):
        return Memory(last=last, lists=memory.lists[:1], carried=True, family=memory.family)
    if last and last.metric in OF_INFORMATION and reading("list_follows").search(before[-40:]):
        return Memory(last=last, lists=[Breakdown(last, False)], carried=True)
    return Memory()


def family_of(passage: Passage) -> str:
    """What a paragraph speaks of before its first word, by its section and its heading."""
    if passage.paragraph.section_key in ("requests", "on_request"):
        return "applications"
    return _family_of_heading(passage.paragraph.heading)


@lru_cache(maxsize=256)
def _family_of_heading(heading: str) -> str:
    family = ""
    for cue in Cues(heading).all:
        family = cue.speaks_of() or family
    return family
