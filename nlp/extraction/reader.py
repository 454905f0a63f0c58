"""Reads paragraphs number by number and states what each number means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from nlp.extraction.binding import began_before, bind, counts_for_channel, scope_of
from nlp.extraction.channels import ACCOUNT_CHANNELS, Carrier, category_of, find_carrier, strip_noun
from nlp.extraction.cues import Cue, Metric, metrics
from nlp.extraction.fields import Field, find_fields
from nlp.extraction.grammar import around_channels, duties, reading
from nlp.extraction.implied import answered, denied, upheld
from nlp.extraction.memory import OF_INFORMATION, Breakdown, Fact, Memory, family_of
from nlp.extraction.metrics import DATE, Choice, choose_metrics, coordinated_metrics, is_total
from nlp.extraction.passage import open_passage, paragraph_text
from nlp.extraction.zeros import find_zeros
from nlp.quantities import find_numbers, is_item, same_class, unit_classes
from nlp.reading.clean import CleanText
from nlp.reading.paragraphs import Paragraph
from nlp.records import ChannelCount, Count
from nlp.vocabulary.load import load

MAX_NOUN_CHARS = 24
WORTH_READING = re.compile(r"\d|[未没无零]|不存在|[一二两三四五六七八九十][次场期条件篇份名人项起]")
LIST_MARK = re.compile(r"\s*(?:[-*•●◆]|\d{1,2}[.、)]|\(?[一二三四五六七八九十\d]{1,3}[)、])")
FORMS = ("applications_online", "applications_letter", "applications_in_person", "applications_fax")
ADDRESSED = frozenset({"个", "家", "名", "位", "人", "所", "处"})
NO_CATEGORY_UNITS = frozenset({"起", "宗", "例", "批", "批次", "个", "项", "部"})


class Reader:
    """Reads paragraphs in order and collects what they state."""

    def __init__(self, clean: CleanText, *, latest_year: int) -> None:
        self.clean, self.latest_year = clean, latest_year
        self.channel_counts: list[ChannelCount] = []
        self.counts: list[Count] = []
        self.memory = Memory()
        self.before = ""

    def read(self, paragraph: Paragraph) -> None:
        """Read one paragraph, its numbers and what it says without numbers in the order of the text."""
        text = paragraph_text(self.clean, paragraph).rstrip()
        if not WORTH_READING.search(text):
            self.before = text
            return
        passage = self.passage = open_passage(self.clean, paragraph, latest_year=self.latest_year)
        memory = self.memory = self._goes_on(text) or Memory()
        memory.family = memory.family or family_of(passage)
        events: list[tuple[int, Callable[[], object]]] = []
        for zero in find_zeros(text, passage.cues):
            events.append((zero.start, lambda zero=zero: self.counts.extend(denied(passage, memory, zero))))  # type: ignore[misc]
        for field in find_fields(text, list(find_numbers(passage.masked))):
            events.append((field.number.start, lambda field=field: self._read_number(field)))  # type: ignore[misc]
        for name, read in (("implied", answered), ("upheld", upheld)):
            for match in reading(name).finditer(passage.masked):
                events.append(
                    (match.start(), lambda match=match, read=read: self.counts.extend(read(passage, memory, match)))  # type: ignore[misc]
                )
        for _, state in sorted(events, key=lambda event: event[0]):
            state()

    def _goes_on(self, text: str) -> Memory | None:
        """The memory for a paragraph that goes on with the breakdown of the one before, ``None`` if it does not."""
        before, self.before = self.before, text
        if re.match(r"\s*(?:其中|包括)", text):
            return Memory(last=self.memory.last)
        if self.memory.carried and (before.endswith(";") or (not before.endswith("。") and LIST_MARK.match(text))):
            return Memory(last=self.memory.last, lists=self.memory.lists[:1], carried=True, family=self.memory.family)
        last = self.memory.last
        if last is None or last.metric not in OF_INFORMATION or not reading("list_follows").search(before[-40:]):
            return None
        return Memory(last=last, lists=[Breakdown(last, False)], carried=True)

    # -- what a number means ------------------------------------------------------------------------------------------

    def _read_number(self, field: Field) -> None:
        passage, memory, number = self.passage, self.memory, field.number
        memory.follow_lists(passage, field)
        memory.follow_family(passage, number.start)
        stated = len(self.channel_counts) + len(self.counts)
        if self._means_nothing(field) or self._give_waiting(field):
            return
        self._state(field)
        memory.untouched = False
        if not memory.lists and len(self.channel_counts) + len(self.counts) == stated:
            memory.last = None  # 化解矛盾35件,其中重大3件: parts of a number that is not ours

    def _state(self, field: Field) -> None:
        passage, memory, number = self.passage, self.memory, field.number
        if number.unit in ("%", "个百分点"):
            self._state_rate(field)
            return
        if memory.last and self._is_of_last_year(field):
            self._state_last_year(field, memory.last)
            return
        choice = self._choose(field)
        field = self._narrow(field)
        if choice and memory.part_of == "applications_received" and choice.metrics[0].key == memory.part_of:
            if len(choice.metrics) == 1:
                return  # 其中征地类申请3件: a part that no metric names
            choice = replace(choice, metrics=choice.metrics[1:])
        carrier = bind(passage, memory, field, choice)
        if self._distribute(field, carrier):
            return
        if carrier and (choice is None or counts_for_channel(passage, memory, field, carrier, choice)):
            self._state_channel_count(field, carrier, choice)
        elif choice and not self._is_category(choice, field):
            self._state_metrics(field, choice)
        elif self._is_trained(field):
            self._count("trainees", field)
        elif self._may_lack_unit(field):
            self._state_by_shape(field)

    def _is_of_last_year(self, field: Field) -> bool:
        """比2022年(31件) after a fact, or 2021年为1876条 in a report on 2022."""
        if reading("last_year").search(self.passage.masked[field.clause_start : field.number.start]):
            return True
        alone = reading("year_alone").match(field.left)
        return bool(alone) and int(alone["year"]) < self.latest_year if alone else False

    def _means_nothing(self, field: Field) -> bool:
        """A duty (每月不少于8条), or the number of an enumeration (1. …)."""
        number, text = field.number, self.passage.text
        if duties().search(text[field.segment_start : number.digits]):
            return True
        sentence = max(text.rfind("。", 0, number.start), number.start - 100) + 1
        if reading("plan").search(text, sentence, number.start):
            return True
        before = text[max(field.clause_start, number.start - 30) : number.start]
        if number.unit not in ("%", "个百分点") and reading("delta").search(before):
            return True
        if number.unit in ADDRESSED and reading("addressed").search(before):
            return True
        return not number.unit and text[number.end : number.end + 1] in (".", "、", ")") and not field.left.strip("( ")

    def _choose(self, field: Field) -> Choice | None:
        """The metric of the number, first without the words read for the number before (3名专职和2名兼职)."""
        passage, memory = self.passage, self.memory
        narrow = self._narrow(field)
        choice = choose_metrics(passage.text, passage.cues, narrow, family=memory.family, part_of=memory.part_of)
        if choice is None and narrow.left != field.left:
            alone = replace(field, clause_start=field.segment_start)
            choice = choose_metrics(passage.text, passage.cues, alone, family=memory.family, part_of=memory.part_of)
        if choice is None and memory.part_of.startswith("applications"):
            choice = self._other_part(field)
        if choice is None and memory.last and memory.last.metric.startswith("normative_docs") and is_item(field.number):
            if reading("issued_too").match(field.noun):  # 现行有效63件。全年制发11件
                choice = Choice((metrics()["normative_docs_issued"],), Cue(field.segment_start, field.number.start, (), ""))
        return choice

    def _narrow(self, field: Field) -> Field:
        """The field from the end of what was read, and from the word that opens a breakdown (主要为|机构信息)."""
        start = field.segment_start
        for match in reading("breakdown").finditer(field.left):
            if len(field.noun) - match.end() >= 2:
                start = field.segment_start + match.end()
        read_to = self.memory.read_to
        if start == field.segment_start and read_to <= field.clause_start:
            return field
        return field.beginning_at(max(start, read_to), self.passage.text)

    def _other_part(self, field: Field) -> Choice | None:
        """其他6件 among applicants, ways or outcomes."""
        if not reading("others").fullmatch(field.noun) or not self.counts or not is_item(field.number):
            return None
        before = self.counts[-1].metric
        key = "applications_other_form" if before in FORMS else "applications_other_result"
        key = before if before == "applications_by_applicant" else key
        return Choice((metrics()[key],), Cue(field.segment_start, field.number.start, (), ""))

    def _is_category(self, choice: Choice, field: Field) -> bool:
        """Whether the number is one part of the information disclosed, whatever its noun."""
        parent = self.memory.parent
        if parent is None:
            return False
        if parent.made and choice.metrics[0].family == "applications":
            return True
        if parent.metric not in OF_INFORMATION or (parent.category and reading("rules_made").search(parent.category)):
            return False
        return is_item(field.number) and not any(m.breakdown for m in choice.metrics)

    def _is_trained(self, field: Field) -> bool:
        """100人次参加 after a training in the same sentence."""
        if "people" not in unit_classes().get(field.number.unit, frozenset()):
            return False
        text = self.passage.text
        told = text[text.rfind("。", 0, field.number.start) + 1 : field.number.start]
        last = self.memory.last
        if not field.noun and field.gap in ("、", ",", "") and last and last.metric == "trainings_held":
            return True  # 培训2期、126人次
        return metrics()["trainees"].admits(told) and bool(reading("takes_part").search(field.left + field.right))

    def _may_lack_unit(self, field: Field) -> bool:
        number = field.number
        following = self.passage.text[number.end : number.end + 1]
        return bool(number.unit) or (following in ("", *",。;、)\n") and bool(field.noun) and number.value < 1_900)

    # -- what is stated -----------------------------------------------------------------------------------------------

    def _count(self, metric: str, field: Field, category: str | None = None) -> None:
        unit = field.number.unit or metrics()[metric].default_unit
        self.counts.append(Count(metric, self.passage.quantity(field.number, unit=unit), category))

    def _state_channel_count(self, field: Field, carrier: Carrier, choice: Choice | None) -> None:
        passage, memory, number = self.passage, self.memory, field.number
        account = set(carrier.channels) <= ACCOUNT_CHANNELS
        begin = carrier.end if carrier.end <= number.start else 0
        category = category_of(passage.text, begin, field, account=account)
        scope = scope_of(passage, memory, field, carrier, category)
        quantity = passage.quantity(number, unit=number.unit or "条")
        self.channel_counts.append(ChannelCount(carrier.key, quantity, scope, category))
        for metric in choice.metrics if choice else ():
            if choice and metric.content and choice.cue.start >= carrier.end:  # 政策解读 in a channel is both
                self._count(metric.key, field, category=category)
        memory.published.append(number)
        memory.last = Fact("", carrier.channels, number, category)
        if scope != "cumulative" and not category and not memory.total:
            memory.total = memory.last
        memory.subject = None
        if not memory.lists:
            memory.sibling = carrier

    def _state_metrics(self, field: Field, choice: Choice) -> None:
        passage, memory = self.passage, self.memory
        for metric in choice.metrics:
            self._count(metric.key, field)
        memory.stated.append((choice.metrics[0].key, field.number))
        named = find_carrier(passage.text, passage.cues, field.segment_start, field.number.start)
        if named and memory.subject and choice.metrics[0].key == "new_media_accounts" == memory.part_of:
            named = memory.subject  # 政务新媒体87个,其中微信公众号52个: the parts add no channel
        elif named and memory.subject and choice.metrics[0].key == "new_media_accounts":
            named = replace(named, channels=tuple(dict.fromkeys((*memory.subject.channels, *named.channels))))
        memory.subject = named or memory.subject
        if choice.cue.start >= field.number.end:
            memory.read_to = choice.cue.end
        if memory.parent and memory.parent.metric in OF_INFORMATION:
            return  # a part does not become what the next 其中 divides
        memory.remember(Fact(choice.metrics[0].key, (), field.number))
        if len(choice.metrics) > 1:
            memory.received = None  # 收到并办结: answered already
        if choice.metrics[0].key == "gazette_issues":  # 公报出版24期,登载规章12件: items in the gazette
            memory.sibling = find_carrier(passage.text, passage.cues, field.clause_start, field.number.start)
            memory.last = Fact("", (), field.number, "公报")

    def _state_by_shape(self, field: Field) -> None:
        """A number without noun of its own: a part of what was said before, a total, or a category."""
        memory, number = self.memory, field.number
        if memory.parent:
            self._state_part(field, memory.parent)
        elif self._is_sum_of_counts(field):
            metric = memory.stated[-1][0]
            whole = "applications_received" if metric == "applications_by_applicant" else metric
            self._count(whole, field)
            memory.remember(Fact(whole, (), number))
        elif is_total(field) or self._is_sum(field) or self._is_increase(field):
            cumulative = began_before(self.passage, memory, field)
            key = "disclosed_cumulative" if cumulative else "disclosed_total"
            period = "cumulative" if cumulative else "year"
            self.counts.append(Count(key, self.passage.quantity(number), None, period))  # type: ignore[arg-type]
            memory.last = Fact(key, (), number)
            memory.total = memory.total if cumulative else memory.last
        elif number.unit and is_item(number) and number.unit not in NO_CATEGORY_UNITS:
            self._state_category_if_published(field)

    def _is_increase(self, field: Field) -> bool:
        """2016年新增50条 after a count of information."""
        last = self.memory.last
        noun = DATE.sub("", field.noun)
        return last is not None and last.metric in OF_INFORMATION and bool(reading("increase").match(noun))

    def _is_sum(self, field: Field) -> bool:
        """共N条 after channel counts that add up to it."""
        published = self.memory.published
        summed = sum(number.value for number in published)
        return len(published) > 1 and summed == field.number.value and bool(reading("sum").match(field.left))

    def _is_sum_of_counts(self, field: Field) -> bool:
        """合计29件 after counts of one metric that add up to it."""
        stated = self.memory.stated
        same = [number for metric, number in stated if metric == stated[-1][0]]
        if len(same) < 2 or not reading("sum").match(field.left):
            return False
        return sum(number.value for number in same) == field.number.value and same[-1].unit == field.number.unit

    def _state_category_if_published(self, field: Field) -> None:
        left, last = field.left, self.memory.last
        if reading("object_first").match(left) or reading("not_published").search(left):
            return
        noun = category_of(self.passage.text, 0, field)
        made = bool(reading("made").search(left))
        listed = last is not None and last.metric == "category_count" and field.gap[:1] in (",", "、")
        if noun is None and listed and field.gap.startswith("、") and len(field.noun) > len("信息"):
            noun = field.noun  # 党务信息36条、政务信息128条
        if made or (noun and (listed or around_channels("publish").search(left))):
            self._state_category(field, noun or field.noun, made=made)

    def _state_part(self, field: Field, parent: Fact) -> None:
        number = field.number
        noun = category_of(self.passage.text, 0, field) or field.noun or field.right
        noun = strip_noun(reading("breakdown").sub("", noun))
        if parent.channels == ("news_media",) and noun in load("channels")["news_media"]["levels"]:
            self.channel_counts.append(ChannelCount("news_media", self.passage.quantity(number), "subset", noun))
        elif parent.metric in OF_INFORMATION:
            newly = parent.metric == "disclosed_cumulative" and reading("newly").search(field.left)
            if newly or (parent.made and is_total(field)):
                self._count("disclosed_total", field)
            elif noun and is_item(number):
                self._state_category(field, noun)
        elif parent.metric.startswith("applications") or parent.number is None:
            return
        elif noun and same_class(number.unit, parent.number.unit):
            self._count(parent.metric, field, category=noun)

    def _state_category(self, field: Field, noun: str, *, made: bool = False) -> None:
        self._count("category_count", field, category=noun[-MAX_NOUN_CHARS:])
        divided = self.passage.text[field.number.end : field.number.end + 1] == "("
        if divided or not self.memory.lists:
            self.memory.last = Fact("category_count", (), field.number, noun, made)

    def _state_rate(self, field: Field) -> None:
        if field.number.unit != "%":
            return
        value = field.number.value
        before = field.left or self.passage.text[field.clause_start : field.number.start]
        if reading("change").search(before):
            down = reading("down").search(before)
            quantity = self.passage.quantity(field.number, value=-value if down else value)
            self.counts.append(Count("yoy_change", quantity))
        else:
            self._count("rate", field, category=field.noun[-MAX_NOUN_CHARS:] or None)

    def _state_last_year(self, field: Field, last: Fact) -> None:
        if last.metric and last.number and same_class(field.number.unit, last.number.unit):
            quantity = self.passage.quantity(field.number)
            self.counts.append(Count(last.metric, quantity, last.category, "previous_year"))

    # -- one number for several, several for several ------------------------------------------------------------------

    def _distribute(self, field: Field, carrier: Carrier | None) -> bool:
        """各N条, 均为N件, 分别为N件、M件; a zero after a coordination is a zero for each member."""
        left = self.passage.text[field.clause_start : field.number.start]
        each, respective = reading("each").search(left), reading("respective").search(left)
        if not each and not respective and field.number.value:
            return False
        members = list(self._members(field, carrier))
        if not respective:
            members = list(dict.fromkeys(members))
        if len(members) < 2:
            return False
        if respective and not each:
            self._give(field, members[0])
            self.memory.waiting = members[1:]
        else:
            for member in members:
                self._give(field, member)
        return True

    def _members(self, field: Field, carrier: Carrier | None) -> Iterable[str | Metric]:
        if carrier:
            return carrier.channels
        passage = self.passage
        start = field.clause_start if reading("bare").match(field.left) else field.segment_start
        return coordinated_metrics(
            passage.cues, passage.text, start, field.number.start, unit=field.number.unit, family=self.memory.family
        )

    def _give_waiting(self, field: Field) -> bool:
        if self.memory.waiting and re.fullmatch(r"[、,和及与]{1,2}", field.gap):
            self._give(field, self.memory.waiting.pop(0))
            return True
        self.memory.waiting = []
        return False

    def _give(self, field: Field, member: str | Metric) -> None:
        if isinstance(member, Metric):
            self._count(member.key, field)
            self.memory.last = Fact(member.key, (), field.number)
        else:
            self.channel_counts.append(ChannelCount(member, self.passage.quantity(field.number), "year"))
            self.memory.last = Fact("", (member,), field.number)
