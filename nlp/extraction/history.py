"""Counts of several years side by side: 2020年办理3件,2021年办理2件,2022年办理4件."""

from __future__ import annotations

import re

from msgspec.structs import replace

from nlp.extraction.fields import Field
from nlp.extraction.metrics import choose_metrics
from nlp.extraction.tally import Tally
from nlp.extraction.totals import is_total

MIN_YEARS = 3  # two years side by side are a comparison
MAX_SENTENCE_CHARS = 200
YEARS = re.compile(r"(?:^|[,、;:])[^,、;:。\d]{0,8}(20\d\d)年度?[^,、;。\d]{0,20}\d{1,9}[件条起宗份次]")
OWN = re.compile(r"^[^\d]{0,8}(20\d\d)年")
SPAN = re.compile(
    r"20\d\d年?(?:至|到|-|—|~)20\d\d年度?,?(?:分别|各年)[^,。;\d]{0,14}(?:\d{1,9}[件条起宗份次篇][、和及,]{1,2}){0,8}$"
)


def read_history(tally: Tally, field: Field) -> bool:
    """State a number that is one of a list of years, by its own year; false if it is not one.

    Only the year of the report and the one before it are stated, and only when the list ends with the latest year that
    the report speaks of: what another list compares is not known.
    """
    passage, number = tally.passage, field.number
    text = passage.text
    if SPAN.search(text[max(0, number.start - MAX_SENTENCE_CHARS) : number.start]):
        return True  # 2019年至2022年分别收到申请5件、7件、9件、11件: not told apart
    own = OWN.match(field.left)
    if own is None:
        return False
    begin = max(text.rfind("。", 0, number.start) + 1, number.start - MAX_SENTENCE_CHARS)
    end = text.find("。", number.end, number.end + MAX_SENTENCE_CHARS)
    sentence = text[begin : end if end >= 0 else number.end + MAX_SENTENCE_CHARS]
    years = {int(match[1]) for match in YEARS.finditer(sentence)}
    if len(years) < MIN_YEARS:
        return False
    year, latest = int(own[1]), max(years)
    if latest != passage.latest_year or year < latest - 1:
        return True
    whole = replace(field, segment_start=begin, clause_start=begin, left=text[begin : number.start])
    choice = choose_metrics(text, passage.cues, whole, family=tally.memory.family)
    metric = choice.metrics[0].key if choice else "disclosed_total" if is_total(field) else ""
    if metric:
        tally.count(metric, field, period="year" if year == latest else "previous_year")
    return True
