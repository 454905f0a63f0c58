"""What could not be read: numbers that a scan shows unclearly, pages that are pictures, an end that is cut off."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.checking.rule import Examined, Rule, check_for
from nlp.records import Analysis, Issue, Span

MIN_CUT_CHARS = 20  # of a last line; a signature or an attachment's name is shorter or has no comma
ENDS = frozenset('。.!！?？;；:：)）”"》】…|')


@check_for(
    Rule(
        "reading.page_unread",
        "warning",
        "有页面没有读到文字",
        "A page without text was not read",
        "",
        "PDF第2页是图片，没有识别",
    ),
    Rule(
        "reading.low_confidence",
        "warning",
        "扫描件字迹不清",
        "A number of a scan was recognised with low confidence",
        "",
        "扫描件中某格的数字看不清",
    ),
    Rule(
        "reading.cut_off",
        "warning",
        "文末中断",
        "The text breaks off",
        "",
        "报告在一句话中间结束",
    ),
)
def check_unclear(report: Examined) -> Iterator[Issue]:
    """A warning for each place with digits whose recognition had a low confidence, and for each page that was not read."""
    analysis = report.analysis
    for repair in analysis.source.repairs:
        if repair.kind == "unread":
            yield Issue(
                "reading.page_unread",
                "warning",
                f"{repair.span.of(analysis.source.text).strip('〔〕')}，其中的内容不在结果里。请安装 gongkai[ocr]，或换用有文字的文件。"
                " A page is a picture and was not read; what it says is missing here. Install the extra ocr, or use a file"
                " with text.",
                spans=(repair.span,),
            )
        if repair.kind == "ocr" and any(character.isdigit() for character in repair.replacement):
            yield Issue(
                "reading.low_confidence",
                "warning",
                f"扫描件此处字迹不清,识别为“{repair.replacement[:60]}”,请对照原件。",
                spans=(repair.span,),
            )
    yield from _cut_off(analysis)


def _cut_off(analysis: Analysis) -> Iterator[Issue]:
    """The last thing a report says breaks off within a sentence."""
    text = analysis.source.text
    if analysis.identity.title is None or not analysis.statements:
        return
    end = analysis.statements[-1].span.end
    start = text.rfind("\n", 0, end) + 1
    line = text[start:end]
    if text[end:].strip() or len(line) < MIN_CUT_CHARS or line[-1] in ENDS or not {"，", ",", "。"} & set(line):
        return
    yield Issue(
        "reading.cut_off",
        "warning",
        f"文末“{line[-12:]}”后没有句号，内容可能不全。请核对原文件。 The text breaks off after “{line[-12:]}”.",
        found=line[-12:],
        spans=(Span(max(start, end - 12), end),),
    )
