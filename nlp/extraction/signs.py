"""Signs around a number that tell whether it means anything, and what it is when no noun says so."""

from __future__ import annotations

import re

from nlp.extraction.binding import is_content
from nlp.extraction.cues import Cue, metrics
from nlp.extraction.fields import Field
from nlp.extraction.grammar import breakdowns, duties, reading
from nlp.extraction.memory import OF_INFORMATION, Memory
from nlp.extraction.metrics import Choice
from nlp.extraction.passage import Passage
from nlp.extraction.totals import undated
from nlp.quantities import is_item, unit_classes

ADDRESSED = frozenset({"个", "家", "名", "位", "人", "所", "处"})  # 对12个社区
FORMS = ("applications_online", "applications_letter", "applications_in_person", "applications_fax")
RESULTS = frozenset(
    f"applications_{way}" for way in ("granted", "partial", "refused", "unavailable", "not_processed", "other_result")
)
OF_POWERS = frozenset({"admin_licences", "admin_penalties", "admin_coercions", "inspections"})
OF_BUSINESS_TOO = frozenset({"inspections", "consultations", "complaints"})
MAX_PLAN_CHARS = 100
MAX_AFTER_CHARS = 12


def means_nothing(passage: Passage, field: Field) -> bool:
    """A duty (每月不少于8条), a plan, a change in items, whom something was done to, the number of an enumeration."""
    number, text = field.number, passage.text
    if duties().search(text[field.segment_start : number.digits]):
        return True
    sentence = max(text.rfind("。", 0, number.start), number.start - MAX_PLAN_CHARS) + 1
    if reading("plan").search(text[sentence : number.start]):
        return True
    before = text[max(field.clause_start, number.start - 30) : number.start]
    if number.unit not in ("%", "个百分点") and reading("delta").search(before):
        return True
    if number.unit in ADDRESSED and reading("addressed").search(before):
        return True
    if reading("awarded").match(field.right):
        return True
    if number.unit in ("个", "大") and reading("kinds").match(field.right):
        return True  # 公开卫生、交通等4个领域的信息
    if not number.unit and re.match(r"\.[一-龥]|的", text[number.end : number.end + 2]):
        return True  # 1.属于国家秘密
    return not number.unit and text[number.end : number.end + 1] in (".", "、", ")") and not field.left.strip("( ")


def is_of_last_year(passage: Passage, field: Field) -> bool:
    """比2022年(31件) after a fact, or 2021年为1876条 in a report on 2022."""
    if reading("last_year").search(passage.masked[field.clause_start : field.number.start]):
        return True
    alone = reading("year_alone").match(field.left)
    return alone is not None and int(alone["year"]) < passage.latest_year


def begins_change(field: Field) -> re.Match[str] | None:
    """The words before the value that a change began with: 由上年的2.1万, 信息员由5名增加到8名."""
    plain = reading("from_so_many").search(field.left) if reading("grows").match(field.right) else None
    return plain or reading("from_last_year").search(field.left)


def other_part(memory: Memory, field: Field, *, before: str) -> Choice | None:
    """其他6件 among applicants, ways or outcomes; ``before`` is the metric of the count before it."""
    if not memory.part_of.startswith("applications") or before in ("", "applications_received"):
        return None  # 其中征地类5件,其他1件: kinds of what was asked for
    if not reading("others").fullmatch(field.noun) or not is_item(field.number):
        return None
    key = "applications_other_form" if before in FORMS else "applications_other_result"
    return _chosen(before if before == "applications_by_applicant" else key, field)


def already_public(memory: Memory, field: Field) -> Choice | None:
    """已通过网站公开2件 among the outcomes of requests."""
    last = memory.last
    outcome = last is not None and (last.metric in RESULTS or last.metric.startswith("applications_"))
    said = outcome and is_item(field.number) and reading("already_public").match(field.noun)
    return _chosen("applications_other_result", field) if said else None


def issued_too(memory: Memory, field: Field) -> Choice | None:
    """全年制发11件 after 现行有效规范性文件63件."""
    last = memory.last
    if last is None or not last.metric.startswith("normative_docs") or not is_item(field.number):
        return None
    return _chosen("normative_docs_issued", field) if reading("issued_too").match(field.noun) else None


def looks(field: Field) -> Choice | None:
    """点击量为52310条: the noun decides, whatever the measure word."""
    return _chosen("views", field) if reading("looks").search(field.noun) and is_item(field.number) else None


def _chosen(metric: str, field: Field) -> Choice:
    return Choice((metrics()[metric],), Cue(field.segment_start, field.number.start, (), ""))


def is_category(passage: Passage, memory: Memory, field: Field, choice: Choice) -> bool:
    """Whether the number is one part of the information disclosed, whatever its noun."""
    parent = memory.parent
    if parent is None:
        return False
    if parent.made and choice.metrics[0].family == "applications":
        return True
    if parent.metric not in OF_INFORMATION or (parent.category and reading("rules_made").search(parent.category)):
        return False
    following = passage.text[field.number.end : field.number.end + MAX_AFTER_CHARS]
    if choice.metrics[0].family == "applications" and reading("said_of_requests").match(following):
        return False
    if choice.metrics[0].key == "media_reports" and reading("taken_over").search(field.left):
        return False
    return is_item(field.number) and not any(m.breakdown for m in choice.metrics)


def is_kind_of_parent(memory: Memory, field: Field) -> bool:
    """留言1123件,其中建议类201件: kinds of what was counted, not proposals."""
    parent = memory.parent
    if parent is None or parent.number is None or not field.noun.endswith("类"):
        return False
    return parent.metric not in OF_INFORMATION and not parent.metric.startswith("applications")


def is_part_of_unread(memory: Memory, field: Field, choice: Choice) -> bool:
    """办理法律服务事项1530件,其中电话咨询类640件: parts of a number that told nothing are no matters of disclosure."""
    published = memory.last is not None and memory.last.metric == "category_count" and field.gap.startswith("、")
    if published and choice.metrics[0].key in OF_POWERS:
        return True  # 公开权责清单3份、行政许可事项46项
    if memory.lists or memory.last or memory.unread is None or choice.metrics[0].key not in OF_BUSINESS_TOO:
        return False
    return any(True for _ in breakdowns(field.gap)) or field.noun.endswith("类")


def is_carried_on(passage: Passage, memory: Memory, choice: Choice) -> bool:
    """Whether a bare 结转 is carried out: 予以公开4件,不存在3件,结转1件; 办结6件,结转1件."""
    if choice.metrics[0].key != "applications_carried_in" or passage.text[choice.cue.start : choice.cue.end] != "结转":
        return False
    dated = reading("carried_from").search(passage.text[max(0, choice.cue.start - 8) : choice.cue.start])
    if dated and int(dated["year"]) < passage.latest_year:
        return False  # 办结177件(含上一年的结转3件, the year in figures)
    return any(metric in RESULTS or metric == "applications_answered" for metric, _ in memory.stated)


def is_catalogued(passage: Passage, choice: Choice) -> bool:
    """Whether kinds of matters are listed, no applications: 梳理主动公开事项256项,依申请公开事项12项."""
    sentence = max(passage.text.rfind("。", 0, choice.cue.start), choice.cue.start - MAX_PLAN_CHARS) + 1
    if choice.metrics[0].key in OF_POWERS:
        return bool(reading("of_powers").search(passage.text[sentence : choice.cue.start]))
    if choice.metrics[0].family != "applications" or choice.metrics[0].need_family:
        return False
    return bool(reading("catalogued").search(passage.text[sentence : choice.cue.start]))


def is_listed_with_others(passage: Passage, field: Field, choice: Choice) -> bool:
    """Whether the noun is one of several with one number for all: 公开规范性文件、提案答复等政府信息19件."""
    between = passage.text[choice.cue.end : field.number.start] if choice.cue.end <= field.number.start else ""
    if choice.metrics[0].family == "applications" and between.startswith("等"):
        before = passage.cues.between(field.segment_start, choice.cue.start)
        return any(cue.speaks_of() not in ("", "applications") for cue in before)  # 来信、公开申请等31件
    as_form = reading("as_form").match(between)  # 采用图解等形式,发布信息90条
    return is_content(choice) and bool(reading("listed_with").match(between) or as_form)


def is_trained(passage: Passage, memory: Memory, field: Field) -> bool:
    """100人次参加 after a training in the same sentence, 培训2期、126人次, 培训13个部门36名."""
    if "people" not in unit_classes().get(field.number.unit, frozenset()):
        return False
    last = memory.last
    if not field.noun and field.gap in ("、", ",", "") and last and last.metric == "trainings_held":
        return True
    told = passage.text[passage.text.rfind("。", 0, field.number.start) + 1 : field.number.start]
    took_part = reading("takes_part").search(field.left + field.right) or reading("of_units").match(field.left)
    return metrics()["trainees"].admits(told + field.right) and bool(took_part)


def may_lack_unit(passage: Passage, field: Field) -> bool:
    """Whether the number has a measure word, or ends its part of the sentence and has a noun."""
    number = field.number
    following = passage.text[number.end : number.end + 1]
    return bool(number.unit) or (following in ("", *",。;、)\n") and bool(field.noun) and number.value < 1_900)


def is_increase(memory: Memory, field: Field) -> bool:
    """2016年新增50条 after a count of information."""
    last = memory.last
    noun = undated(field.noun)
    return last is not None and last.metric in OF_INFORMATION and bool(reading("increase").match(noun))


def is_of_all_years(memory: Memory, field: Field) -> bool:
    """历年累计345条 after what was disclosed in the year."""
    last = memory.last
    known = last is not None and (last.metric in OF_INFORMATION or last.metric == "documents_published")
    said = reading("over_the_years").match(field.left)
    return said is not None and (known or bool(said["told"]))


def is_given(memory: Memory, field: Field) -> bool:
    """Whether the information was given to the applicants: 受理申请3件,公开信息3条."""
    last = memory.last
    if last is None or last.number is None or not last.metric.startswith("applications"):
        return False
    same = field.gap.startswith(",") and bool(reading("given").match(field.noun))
    return same and field.number.value <= last.number.value


def is_of_columns(passage: Passage, field: Field) -> bool:
    """Whether the information stands in columns just named: 开设“X”等3个专题,发布各类信息260条."""
    before = passage.text[max(0, field.number.start - MAX_PLAN_CHARS) : field.number.start]
    return bool(reading("of_columns").search(before))


def is_sum(memory: Memory, field: Field) -> bool:
    """共N条 after channel counts that add up to it."""
    summed = sum(number.value for number in memory.published)
    return len(memory.published) > 1 and summed == field.number.value and bool(reading("sum").match(field.left))


def is_subtotal(field: Field) -> bool:
    """共发布102条 at the end of a list."""
    return bool(reading("sum").match(field.left))


def is_sum_of_counts(memory: Memory, field: Field) -> bool:
    """合计29件 after counts of one metric that add up to it."""
    stated = memory.stated
    same = [number for metric, number in stated if metric == stated[-1][0]]
    if len(same) < 2 or not reading("sum").match(field.left):
        return False
    return sum(number.value for number in same) == field.number.value and same[-1].unit == field.number.unit
