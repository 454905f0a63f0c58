"""Numbers without a noun that names a metric: a part of what was said before, a total, or a class of documents."""

from __future__ import annotations

from nlp.extraction.binding import began_before
from nlp.extraction.channels import category_of, shortened, strip_noun
from nlp.extraction.fields import Field
from nlp.extraction.grammar import around_channels, last_match, reading
from nlp.extraction.memory import OF_INFORMATION, Fact
from nlp.extraction.metrics import conjuncts
from nlp.extraction.signs import (
    is_given,
    is_increase,
    is_of_all_years,
    is_of_columns,
    is_subtotal,
    is_sum,
    is_sum_of_counts,
)
from nlp.extraction.tally import Tally
from nlp.extraction.totals import is_total, undated
from nlp.quantities import is_item, same_class
from nlp.records import ChannelCount, Count
from nlp.vocabulary.load import load

# Metrics that go on as a list of classes: 公开政策文件22件,会议信息26条.
LISTED = frozenset({"category_count", "documents_published"})
WHOLES = {"applications_by_applicant": "applications_received", "category_count": "disclosed_total"}
NO_PARTS = ("applications", "reviews", "litigations")  # their parts have metrics of their own
NO_CATEGORY_UNITS = frozenset({"起", "宗", "例", "批", "批次", "个", "项", "部"})


def state_by_shape(tally: Tally, field: Field) -> None:
    """A number without noun of its own: a part of what was said before, a total, or a category."""
    memory, number = tally.memory, field.number
    if is_given(memory, field):
        return
    listed = memory.parent and memory.parent.number is None and is_sum_of_counts(memory, field)
    if memory.parent == Fact("category_count") and memory.untouched and reading("of_all").match(field.left):
        memory.lists.clear()  # 政府信息中,共公开31条
        _state_total(tally, field)
    elif memory.parent and not listed:
        _state_part(tally, field, memory.parent)
    elif listed or is_sum_of_counts(memory, field):  # 发布信息:动态8条、财务3条,共计11条
        metric = memory.stated[-1][0]
        whole = WHOLES.get(metric, metric)
        tally.count(whole, field)
        memory.remember(Fact(whole, (), number))
    elif is_of_all_years(memory, field):
        tally.counts.append(Count("disclosed_cumulative", tally.passage.quantity(number), None, "cumulative"))
    elif is_of_columns(tally.passage, field):
        return  # 开设“X”专题,发布各类信息260条
    elif is_total(field) or is_sum(memory, field) or is_increase(memory, field):
        _state_total(tally, field)
    elif number.unit and is_item(number) and number.unit not in NO_CATEGORY_UNITS:
        _state_category_if_published(tally, field)


def _state_total(tally: Tally, field: Field) -> None:
    memory, number = tally.memory, field.number
    cumulative = began_before(tally.passage, memory, field)
    key = "disclosed_cumulative" if cumulative else "disclosed_total"
    period = "cumulative" if cumulative else "year"
    tally.counts.append(Count(key, tally.passage.quantity(number), None, period))  # type: ignore[arg-type]
    memory.last = Fact(key, (), number)
    memory.total = memory.total if cumulative else memory.last


def _state_category_if_published(tally: Tally, field: Field) -> None:
    """A class of information made, published, or listed after another; nothing is known of other things."""
    left, last = field.left, tally.memory.last
    noun = category_of(tally.passage.text, 0, field)
    if last and last.metric == "category_count" and field.right and reading("of_the_one_before").search(left):
        _state_category(tally, field, strip_noun(field.right))  # 发布15条公告和6条通知
        return
    divided = "主动公开" in tally.passage.text[field.number.end : field.number.end + 8]
    made = bool(reading("made").search(left)) and (divided or not reading("not_published").search(left))
    barred = not made and not reading("results").search(noun or "") and reading("not_published").search(left)
    if barred or reading("object_first").match(left) or reading("unknown_carrier").search(left):
        return
    listed = last is not None and last.metric in LISTED and field.gap.lstrip(")")[:1] in (",", "、")
    if noun is None and listed and len(field.noun) > len("信息") and not around_channels("publish").search(field.noun):
        noun = field.noun  # 党务信息36条、政务信息128条
    if made or (noun and (listed or around_channels("publish").search(left))):
        _state_category(tally, field, noun or undated(field.noun), made=made)


def _state_part(tally: Tally, field: Field, parent: Fact) -> None:
    """A part of ``parent``: the year's share of a total of years, a class of information, a kind of what was counted."""
    number = field.number
    if reading("each").search(field.left) and number.value:
        return  # 工作报告2条(中英文各1条): of which is not told
    noun = category_of(tally.passage.text, 0, field) or field.noun or field.right
    noun = reading("column_published").sub("", strip_noun(reading("breakdown").sub("", noun)))
    if parent.channels == ("news_media",) and noun in load("channels")["news_media"]["levels"]:
        tally.channel_counts.append(ChannelCount("news_media", tally.passage.quantity(number), "subset", noun))
    elif parent.metric in OF_INFORMATION:
        newly = parent.metric == "disclosed_cumulative" and reading("newly").search(field.left)
        if parent.channels and parent.number and reading("newly").search(field.left):
            channel = "+".join(parent.channels)  # 网站累计公开…,其中2010年度公开316条
            tally.channel_counts.append(ChannelCount(channel, tally.passage.quantity(number), "year"))
            return
        if newly or (parent.made and is_total(field)):
            tally.count("disclosed_total", field)
        elif field.right and reading("work_done").search(field.left):
            return  # 完成系统升级和20项问题整改
        elif noun and is_item(number) and (field.noun or number.unit != "个") and not is_subtotal(field):
            _state_category(tally, field, noun)
    elif parent.metric == "regulations_issued" and noun:
        _state_category(tally, field, noun)  # 规章13件,其中修改4件
    elif parent.metric.startswith(NO_PARTS) or parent.number is None:
        return
    elif noun and same_class(number.unit, parent.number.unit):
        tally.count(parent.metric, field, category=noun)


def state_each_class(tally: Tally, field: Field) -> bool:
    """招聘信息、考试信息各3条: one number for each class of information; false if it is no list of classes."""
    text, parent = tally.passage.text, tally.memory.parent
    if not field.number.unit or not is_item(field.number) or reading("not_published").search(field.left):
        return False
    pieces = [text[start:end] for start, end in conjuncts(text, field.segment_start, field.number.start)]
    published = last_match(around_channels("publish"), pieces[0])
    pieces[0] = pieces[0][published.end() :] if published else pieces[0]
    pieces[-1] = reading("each").sub("", pieces[-1])
    whole = parent.metric if parent else "category_count" if published or not field.number.value else ""
    classes = all(reading("class_of_information").match(piece) for piece in pieces)
    if not parent and tally.memory.family:
        return False  # of the applications, the letters …
    if len(pieces) < 2 or not classes or whole not in OF_INFORMATION - {""}:
        return False
    for piece in pieces:
        _state_category(tally, field, piece)
    return True


def _state_category(tally: Tally, field: Field, noun: str, *, made: bool = False) -> None:
    tally.count("category_count", field, category=shortened(noun))
    tally.memory.stated.append(("category_count", field.number))
    divided = tally.passage.text[field.number.end : field.number.end + 1] == "("
    if divided or not tally.memory.lists:
        tally.memory.last = Fact("category_count", (), field.number, noun, made)
