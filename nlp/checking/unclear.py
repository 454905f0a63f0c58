"""What could not be read: numbers that a scan shows unclearly, pages that are pictures."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.records import Analysis, Issue


def check_unclear(analysis: Analysis) -> Iterator[Issue]:
    """A warning for each place with digits whose recognition had a low confidence, and for each page that was not read."""
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
