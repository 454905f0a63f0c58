"""Reads paragraphs number by number and states what each number means."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from msgspec.structs import replace

from nlp.extraction.binding import bind, counts_for_channel, scope_of
from nlp.extraction.channels import ACCOUNT_CHANNELS, Carrier, category_of, find_carrier
from nlp.extraction.cues import metrics
from nlp.extraction.distribution import distribute, give_waiting
from nlp.extraction.fields import Field, find_fields
from nlp.extraction.grammar import breakdowns, reading
from nlp.extraction.history import read_history
from nlp.extraction.implied import answered, denied, made_by, resulted, upheld
from nlp.extraction.memory import OF_INFORMATION, Fact, Memory, begin, family_of
from nlp.extraction.metrics import Choice, choose_metrics
from nlp.extraction.parts import state_by_shape
from nlp.extraction.passage import Passage
from nlp.extraction.rates import read_rate
from nlp.extraction.signs import (
    already_public,
    begins_change,
    is_carried_on,
    is_catalogued,
    is_category,
    is_kind_of_parent,
    is_listed_with_others,
    is_of_last_year,
    is_part_of_unread,
    is_trained,
    issued_too,
    looks,
    may_lack_unit,
    means_nothing,
    other_part,
)
from nlp.extraction.tally import Tally
from nlp.extraction.totals import is_total
from nlp.extraction.zeros import Zero, find_zeros
from nlp.quantities import Number, same_class
from nlp.reading.clean import CleanText
from nlp.records import ChannelCount, Count

# What an account has: 公众号开通至今,粉丝5693人,发布508条.
AUDIENCE = frozenset({"followers", "views"})
WORTH_READING = re.compile(r"\d|[未没无零]|不存在|[一二两三四五六七八九十][次场期条件篇份名人位项起部]")


class Reader:
    """Reads the paragraphs of a report in order and collects what they state."""

    tally: Tally  # of the paragraph being read

    def __init__(self, clean: CleanText, *, latest_year: int) -> None:
        self.clean, self.latest_year = clean, latest_year
        self.channel_counts: list[ChannelCount] = []
        self.counts: list[Count] = []
        self.memory = Memory()
        self.before = ""

    def read(self, passage: Passage, numbers: Sequence[Number]) -> None:
        """Read one paragraph, its numbers and what it says without numbers in the order of the text."""
        text = passage.text
        memory = self.memory = begin(self.memory, before=self.before, text=text)
        self.tally = Tally(passage, memory, self.counts, self.channel_counts)
        memory.family = memory.family or family_of(passage)
        self.before = text
        events: list[tuple[int, Callable[[Any], None], Any]] = []
        events += [(zero.start, self._deny, zero) for zero in find_zeros(text, passage.cues)]
        for field in find_fields(text, [number for number in numbers if number.counted]):
            events.append((field.number.start, self._read_number, field))
        events += [(m.start(), self._imply, m) for m in reading("implied").finditer(passage.masked)]
        events += [(m.start(), self._imply_way, m) for m in reading("all_by").finditer(passage.masked)]
        events += [(m.start(), self._uphold, m) for m in reading("upheld").finditer(passage.masked)]
        events += [(m.start(), self._result, m) for m in reading("resulted").finditer(passage.masked)]
        events.sort(key=itemgetter(0))
        for _, state, said in events:
            state(said)

    # -- what is said without a number --------------------------------------------------------------------------------

    def _deny(self, zero: Zero) -> None:
        self.counts += denied(self.tally.passage, self.tally.memory, zero)

    def _imply(self, match: re.Match[str]) -> None:
        self.counts += answered(self.tally.passage, self.tally.memory, match)

    def _imply_way(self, match: re.Match[str]) -> None:
        self.counts += made_by(self.tally.passage, self.tally.memory, match)

    def _uphold(self, match: re.Match[str]) -> None:
        self.counts += upheld(self.tally.passage, self.tally.memory, match)

    def _result(self, match: re.Match[str]) -> None:
        self.counts += resulted(self.tally.passage, self.tally.memory, match)

    # -- what a number means ------------------------------------------------------------------------------------------

    def _read_number(self, field: Field) -> None:
        passage, memory, number = self.tally.passage, self.tally.memory, field.number
        memory.follow_lists(passage, field)
        memory.follow_family(passage, number.start)
        stated = len(self.tally)
        if means_nothing(passage, field):  # 大喇叭每天广播2次,全年播放信息460条
            named = find_carrier(passage.text, passage.cues, field.segment_start, number.start)
            memory.subject = named or memory.subject
            return
        if give_waiting(self.tally, field):
            return
        self._state(field)
        memory.untouched = False
        silent = len(self.tally) == stated
        memory.unread = field.clause_start if silent else None
        if silent and reading("unknown_carrier").search(field.noun):
            memory.sibling = None  # 在各类平台发布88条,其中国家级平台2条
        if not memory.lists and silent:
            memory.last = None  # 化解矛盾35件,其中重大3件: parts of a number that is not ours

    def _state(self, field: Field) -> None:
        passage, memory, number = self.tally.passage, self.tally.memory, field.number
        if number.unit in ("%", "个百分点"):
            self.counts.extend(read_rate(passage, field))
            return
        if read_history(self.tally, field):
            return
        if memory.last and is_of_last_year(passage, field):
            self._state_last_year(field, memory.last)
            return
        begun = begins_change(field)
        if begun and not memory.lists and self._state_beginning(replace(field, left=field.left[: begun.start()])):
            return  # 由上年的2.1万
        if memory.last and memory.last.metric and not memory.lists and reading("grew_to").fullmatch(field.left):
            self.tally.count(memory.last.metric, field)  # 由上年的2.1万增至2.8万
            return
        narrow = self._narrow(field)
        choice = None if is_kind_of_parent(memory, field) else self._choose(field, narrow)
        field = narrow
        if choice and memory.part_of == "applications_received" and choice.metrics[0].key == memory.part_of:
            if find_carrier(passage.text, passage.cues, field.segment_start, number.start):
                self.tally.count("applications_online", field)  # 其中政务公开平台申请11件
                return
            if len(choice.metrics) == 1 and not reading("newly_received").search(field.left):
                return  # 其中征地类申请3件: a part that no metric names
            choice = replace(choice, metrics=choice.metrics[1:] or choice.metrics)
        carrier = bind(passage, memory, field, choice)
        if distribute(self.tally, field, carrier):
            return
        if carrier and (choice is None or counts_for_channel(passage, memory, field, carrier, choice)):
            self._state_channel_count(field, carrier, choice)
        elif choice and not is_category(passage, memory, field, choice):
            self._state_metrics(field, choice)
        elif is_trained(passage, memory, field):
            self.tally.count("trainees", field)
        elif may_lack_unit(passage, field):
            state_by_shape(self.tally, field)

    def _choose(self, field: Field, narrow: Field) -> Choice | None:
        """The metric of the number, first without the words read for the number before (3名专职和2名兼职)."""
        passage, memory = self.tally.passage, self.tally.memory
        choice = choose_metrics(passage.text, passage.cues, narrow, family=memory.family, part_of=memory.part_of)
        if choice is None and narrow.left != field.left:
            alone = replace(field, clause_start=field.segment_start)
            choice = choose_metrics(passage.text, passage.cues, alone, family=memory.family, part_of=memory.part_of)
        if choice and choice.cue.start < field.segment_start and choice.metrics[0].key in memory.denied:
            choice = None  # 未发生行政诉讼,公开信息17条
        if choice and is_listed_with_others(passage, field, choice):
            choice = None
        if choice is None and memory.unread is not None and reading("bare").match(field.left):
            whole = replace(field, clause_start=memory.unread)  # 收取处理费2笔,共计1300元
            choice = choose_metrics(passage.text, passage.cues, whole, family=memory.family)
        if choice is None and memory.part_of.startswith("applications"):
            choice = other_part(memory, field, before=self.counts[-1].metric if self.counts else "")
        if choice and (is_catalogued(passage, choice) or is_part_of_unread(memory, field, choice)):
            return None
        if choice and is_carried_on(passage, memory, choice):
            return replace(choice, metrics=(metrics()["applications_carried_out"],))
        return choice or issued_too(memory, field) or already_public(memory, field) or looks(field)

    def _narrow(self, field: Field) -> Field:
        """The field from the end of what was read, and from the word that opens a breakdown (主要为|机构信息)."""
        start = field.segment_start
        for match in breakdowns(field.left):
            closed = ")" in field.left[match.end() :] and "(" in field.left[: match.end()]  # 主流媒体(包括新媒体)
            if len(field.noun) - match.end() >= 2 and not closed:
                start = field.segment_start + match.end()
        read_to = self.tally.memory.read_to
        if start == field.segment_start and read_to <= field.clause_start:
            return field
        return field.beginning_at(max(start, read_to), self.tally.passage.text)

    # -- what is stated -----------------------------------------------------------------------------------------------

    def _state_channel_count(self, field: Field, carrier: Carrier, choice: Choice | None) -> None:
        passage, memory, number = self.tally.passage, self.tally.memory, field.number
        account = set(carrier.channels) <= ACCOUNT_CHANNELS
        begin = carrier.end if carrier.end <= number.start else 0
        category = category_of(passage.text, begin, field, account=account)
        scope = scope_of(passage, memory, field, carrier, category)
        quantity = passage.quantity(number, unit=number.unit or "条")
        self.channel_counts.append(ChannelCount(carrier.key, quantity, scope, category))
        for metric in choice.metrics if choice else ():
            if choice and metric.content and choice.cue.start >= carrier.end:  # 政策解读 in a channel is both
                self.tally.count(metric.key, field, category=category)
        memory.published.append(number)
        memory.last = Fact("", carrier.channels, number, category)
        if scope != "cumulative" and not category and not memory.total:
            memory.total = memory.last
        memory.subject = None
        if not memory.lists:
            memory.sibling = carrier

    def _state_metrics(self, field: Field, choice: Choice) -> None:
        passage, memory = self.tally.passage, self.tally.memory
        last_year = reading("of_last_year").search(passage.text[field.clause_start : field.number.start])
        for metric in choice.metrics:
            self.tally.count(metric.key, field, period="previous_year" if last_year else "year")
        memory.stated.append((choice.metrics[0].key, field.number))
        start = field.clause_start if choice.metrics[0].key in AUDIENCE else field.segment_start
        named = find_carrier(passage.text, passage.cues, start, field.number.start)
        if named and memory.subject and choice.metrics[0].key == "new_media_accounts" == memory.part_of:
            named = memory.subject  # 政务新媒体87个,其中微信公众号52个: the parts add no channel
        elif named and memory.subject and choice.metrics[0].key == "new_media_accounts":
            named = replace(named, channels=tuple(dict.fromkeys((*memory.subject.channels, *named.channels))))
        memory.subject = named or memory.subject
        if choice.cue.start >= field.number.end:
            memory.read_to = choice.cue.end
        if memory.parent and memory.parent.metric in OF_INFORMATION:
            return  # a part does not become what the next 其中 divides
        if choice.metrics[0].key == "litigations" and not field.number.value and memory.disputes:
            memory.family = "reviews"  # 复议5宗、诉讼0宗,其中2宗维持: of the reviews
            return
        memory.remember(Fact(choice.metrics[0].key, (), field.number))
        if len(choice.metrics) > 1:
            memory.received = None  # 收到并办结: answered already
        if choice.metrics[0].key == "gazette_issues":  # 公报出版24期,登载规章12件: items in the gazette
            memory.sibling = find_carrier(passage.text, passage.cues, field.clause_start, field.number.start)
            memory.last = Fact("", (), field.number, "公报")

    def _state_last_year(self, field: Field, last: Fact) -> None:
        named = self._choose(field, self._narrow(field)) if field.noun else None
        if named and named.cue.start >= field.segment_start:  # 粉丝由上年的2.1万增至2.8万
            last = Fact(named.metrics[0].key, (), field.number)
            self.tally.memory.remember(last)
        if last.metric and last.number and same_class(field.number.unit, last.number.unit):
            self.tally.count(last.metric, field, last.category, period="previous_year")

    def _state_beginning(self, field: Field) -> bool:
        """Last year's value, from which this year's grew, by the noun in front of it; false if it tells nothing."""
        choice = self._choose(field, self._narrow(field))
        metric = choice.metrics[0].key if choice else "disclosed_total" if is_total(field) else ""
        if metric:
            self.tally.count(metric, field, period="previous_year")
            self.tally.memory.remember(Fact(metric, (), field.number))
        return bool(metric)
