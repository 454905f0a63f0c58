"""Parts that the form prescribes and the report lacks."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.records import Analysis, Issue

# The six parts of both fixed forms (国办公开办函〔2019〕60号, 〔2021〕30号).
PARTS = {
    "overview": ("一、总体情况", "overview"),
    "disclosure": ("二、主动公开政府信息情况", "proactive disclosure"),
    "requests": ("三、收到和处理政府信息公开申请情况", "requests"),
    "disputes": ("四、政府信息公开行政复议、行政诉讼情况", "reviews and litigation"),
    "problems": ("五、存在的主要问题及改进情况", "problems and improvements"),
    "other": ("六、其他需要报告的事项", "other matters"),
}


def check_sections(analysis: Analysis) -> Iterator[Issue]:
    """A warning for each of the six prescribed parts without a heading; nothing for the free forms."""
    if analysis.identity.edition not in ("tables_2019", "tables_2021"):
        return
    keys = {section.key for section in analysis.sections if section.level == 1}
    if not keys & set(PARTS):
        yield Issue(
            "sections.none",
            "warning",
            "未找到六个规定部分的标题。 None of the six prescribed headings was found.",
            expected=str(len(PARTS)),
            found="0",
        )
        return
    for key, (zh, en) in PARTS.items():
        if key not in keys:
            yield Issue(f"sections.{key}_missing", "warning", f"缺少“{zh}”部分。 The part on {en} is missing.")
