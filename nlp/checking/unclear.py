"""Numbers that a scan shows unclearly."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.records import Analysis, Issue


def check_unclear(analysis: Analysis) -> Iterator[Issue]:
    """A warning for each place with digits whose recognition had a low confidence."""
    for repair in analysis.source.repairs:
        if repair.kind == "ocr" and any(character.isdigit() for character in repair.replacement):
            yield Issue(
                "reading.low_confidence",
                "warning",
                f"扫描件此处字迹不清,识别为“{repair.replacement[:60]}”,请对照原件。",
                spans=(repair.span,),
            )
