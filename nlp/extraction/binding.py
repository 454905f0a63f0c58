"""Which channels a number belongs to, and when a number with a metric is a channel count as well."""

from __future__ import annotations

import re

from nlp.extraction.channels import ACCOUNT_CHANNELS, Carrier, category_of, find_carrier, is_bound
from nlp.extraction.cues import Metric
from nlp.extraction.fields import Field
from nlp.extraction.grammar import around_channels, reading
from nlp.extraction.memory import Memory
from nlp.extraction.metrics import Choice, coordinated_metrics
from nlp.extraction.passage import Passage
from nlp.extraction.totals import is_cumulative
from nlp.quantities import is_item
from nlp.records import Scope
from nlp.vocabulary.load import load

COUNTED = re.compile(r"\(\d{1,3}个\)")
MAX_COUNTED_CHARS, MAX_NAME_CHARS = 8, 12
# Documents that a channel publishes are a channel count; the metric is for what is said without a channel.
WHOLES = frozenset({"new_media", "news_media", "disclosure_platform"})  # channels that hold others
DOCUMENTS = frozenset({"documents_published", "normative_docs_issued", "regulations_issued"})
DECISIONS = frozenset({"admin_licences", "admin_penalties", "admin_coercions"})  # on a channel where it published them


def bind(passage: Passage, memory: Memory, field: Field, choice: Choice | None) -> Carrier | None:
    """The channels through which the number was published, ``None`` if it was not, or not said to be.

    They are named in the number's own part of the sentence, or in a part before it (通过网站和微信,全年共公开N条), or
    govern several items (网站发布文件3件,公告5条), or are the subject of the part before (微博粉丝3万人,发布N条).
    """
    text, number = passage.text, field.number
    if memory.part_of == "media_reports":
        return None  # 媒体报道120次,其中日报报道2次: still what media wrote
    named = find_carrier(text, passage.cues, field.clause_start, number.start)
    if named and (named.end > field.segment_start or text[number.start - 1] == "("):
        return named if is_bound(text, named, field) else None
    counted = _counted(passage, field)
    if counted and publishes(passage, field):
        return counted
    governing = find_carrier(text, passage.cues, field.clause_start, field.segment_start)
    if governing and governing.channels == ("disclosure_platform",) and _is_improved(text, governing):
        governing = None
    if governing and not _is_parent(memory, governing):
        return governing if is_bound(text, governing, field) and publishes(passage, field) else None
    goes_on = number.unit and field.gap.startswith(",") and reading("elided_subject").match(field.left)
    if memory.subject and choice is None and goes_on and not _is_event(memory.subject):
        return memory.subject
    return _sibling(memory, field, choice, text)


def _is_improved(text: str, carrier: Carrier) -> bool:
    """Whether a clause only says that the platform was improved: 完善统一公开平台,以市政府名义发布规章6部."""
    before = text[max(0, carrier.start - MAX_NAME_CHARS) : carrier.start]
    return text[carrier.end : carrier.end + 1] == "," and bool(reading("improved").search(before))


def _counted(passage: Passage, field: Field) -> Carrier | None:
    """The channel whose accounts are counted in brackets before the number: 微信公众号(1个)发布信息14条."""
    end = field.previous_end + 1
    if passage.text[field.previous_end : end] != ")" or field.clause_start != field.previous_end:
        return None
    brackets = COUNTED.search(passage.text, max(0, end - MAX_COUNTED_CHARS), end)
    if brackets is None:
        return None
    named = find_carrier(passage.text, passage.cues, max(0, brackets.start() - MAX_NAME_CHARS), brackets.start())
    return named if named and named.end + len("公众账号") >= brackets.start() else None


def _is_event(carrier: Carrier) -> bool:
    """Whether a conference or a meeting was held: 召开新闻发布会4场,发布新闻稿12篇."""
    return all(load("channels")[key].get("carrier_only") for key in carrier.channels)


def _is_parent(memory: Memory, carrier: Carrier) -> bool:
    parent = memory.parent
    return parent is not None and parent.channels == carrier.channels and parent.number is None


def _sibling(memory: Memory, field: Field, choice: Choice | None, text: str) -> Carrier | None:
    sibling = memory.sibling
    if sibling is None or memory.lists or not field.number.unit or not is_item(field.number):
        return None
    left = field.left
    column = reading("column").search(left)
    if not column and any(
        p.search(left) for p in (around_channels("elsewhere"), reading("by_means"), reading("unknown_carrier"))
    ):
        return None
    if reading("others").match(left) and memory.last and not memory.last.category:
        return None  # 头条转载各类信息30条,其他类信息210条: the rest of another list
    verb = around_channels("publish").search(reading("name_of_the_field").sub("", field.left))
    subject = around_channels("time_only").sub("", field.left[: verb.start()]) if verb else ""
    if verb and subject and verb.end() < len(field.noun) and not column:
        return None  # 《政务信息》刊发230条 has a subject of its own
    if sibling.channels == ("gov_gazette",) and "公开" in left:
        return None  # 发布公报12期,公开发布政策文件50件: not in the gazette
    if set(sibling.channels) <= ACCOUNT_CHANNELS and reading("reposts").match(field.noun):
        return sibling  # 公众号推送原创文章143篇、转载186篇
    if choice and not (is_content(choice) and memory.last and memory.last.category):
        return None
    if category_of(text, 0, field) or reading("every_sort").match(field.noun):
        return sibling
    enumerated = field.gap.startswith("、") or set(sibling.channels) <= ACCOUNT_CHANNELS
    left = around_channels("time_only").sub("", left)  # 累计发布1.8万条,2016年发布2400条
    return sibling if enumerated and around_channels("publish").match(left) else None


def publishes(passage: Passage, field: Field) -> bool:
    """Whether a verb of publishing stands before the number in its sentence."""
    return bool(around_channels("publish").search(passage.text, field.clause_start, field.number.start))


def is_content(choice: Choice) -> bool:
    """Whether what is counted is itself something a channel publishes: documents, interpretations …"""
    return all(metric.content or metric.key in DOCUMENTS for metric in choice.metrics)


def counts_for_channel(passage: Passage, memory: Memory, field: Field, carrier: Carrier, choice: Choice) -> bool:
    """Whether a number that has a metric is (also) a count of its channel."""
    if is_content(choice) or load("channels")[carrier.channels[0]].get("carrier_only"):
        return True
    keys = {metric.key for metric in choice.metrics}
    if keys <= DECISIONS:
        return publishes(passage, field)
    if "media_reports" in keys:
        return _published_by_us(passage.text, field, carrier)
    if carrier.start <= choice.cue.start < choice.cue.end <= carrier.end and len(carrier.channels) > 1:
        return publishes(passage, field)  # 通过网站、纠风热线、微信公开: the hotline is one of the ways
    if choice.cue.start < carrier.end:  # the word belongs to the name of the channel, or stands before it
        return choice.cue.end <= carrier.start or (all(m.asset for m in choice.metrics) and publishes(passage, field))
    return bool(memory.lists) and not any(m.breakdown for m in choice.metrics)


def _published_by_us(text: str, field: Field, carrier: Carrier) -> bool:
    """Guide section 8, media: what the body publishes through a paper counts; what media wrote about it does not."""
    told = text[carrier.end : field.number.start]
    verbs = {match[0] for match in around_channels("publish").finditer(told)} - {"宣传"}
    before = text[max(0, carrier.start - 20) : carrier.start]
    if verbs <= {"转载", "报道"} and reading("others_wrote").search(before):
        return False  # 稿件经网站转载3万篇
    if carrier.channels != ("news_media",):
        return bool(verbs) and "采访" not in told
    through = around_channels("through").search(before)
    return not reading("written_about").search(field.left) and bool(through or verbs - {"报道"})


def scope_of(passage: Passage, memory: Memory, field: Field, carrier: Carrier, category: str | None) -> Scope:
    """Which part of what a channel published the number is (guide section 4).

    ``cumulative`` since a beginning before the year, ``shared`` by several channels, ``subset`` for one category or
    for a part of another channel count, else ``year``.
    """
    parent = memory.parent
    if (parent and parent.metric == "disclosed_cumulative") or began_before(passage, memory, field, carrier.channels):
        return "cumulative"
    if len(carrier.channels) > 1:
        return "shared"
    # 网站公开95条,包含招生信息;通过公众号公开58条: another channel named anew is no part of the site.
    anew = reading("own_clause").search(field.gap) and "其中" not in field.gap
    if parent and anew and len(parent.channels) == 1 and not {*parent.channels} & {*carrier.channels, *WHOLES}:
        parent = None
    return "subset" if category or (parent and parent.metric == "" and parent.number) else "year"


def began_before(passage: Passage, memory: Memory, field: Field, channels: tuple[str, ...] = ()) -> bool:
    """Whether the count is cumulative; so is a 累计 that exceeds the total already given for the year."""
    if is_cumulative(passage.text, field, latest_year=passage.latest_year):
        return True
    total = memory.total
    if total is not None and channels and total.channels and total.channels != channels:
        return False  # another channel's
    if total is None or total.number is None or "累计" not in field.left or "全年" in field.left:
        return False
    return field.number.value > total.number.value


def members_of(passage: Passage, memory: Memory, field: Field, carrier: Carrier | None) -> list[str | Metric]:
    """What shares one number, or waits for a number of its own: channels, or the metrics of coordinated nouns."""
    if carrier:
        return list(carrier.channels)
    start = field.clause_start if reading("bare").match(field.left) else field.segment_start
    unit, end = field.number.unit, field.number.start
    return list(coordinated_metrics(passage.cues, passage.text, start, end, unit=unit, family=memory.family))
