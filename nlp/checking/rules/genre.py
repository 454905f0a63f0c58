"""A document that is no annual report on disclosure, or one of another name."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.checking.rule import CONTENT, Examined, Rule, check_for
from nlp.records import Issue
from nlp.structure.genre import genres


@check_for(
    Rule(
        "genre.other",
        "warning",
        "不是政府信息公开工作年度报告",
        "The file is a document of another kind",
        CONTENT,
        "文件是法治政府建设年度报告",
    ),
    Rule(
        "genre.summary",
        "info",
        "是工作总结，不是年度报告",
        "The file is a summary in place of the annual report",
        CONTENT,
        "文件是政务公开工作总结",
    ),
)
def check_genre(report: Examined) -> Iterator[Issue]:
    """A warning for another document, whose numbers are none of disclosure; an info for a summary in place of a report."""
    analysis = report.analysis
    genre = genres().get(analysis.identity.genre or "")
    if genre is None or genre.key == "annual_report" or genre.of == "annual_report":
        return
    spans = [span for name, span in analysis.identity.spans.items() if name == "title"]
    if genre.disclosure:
        yield Issue(
            "genre.summary", "info",
            f"文件是{genre.zh}，不是年度报告。 The file is a {genre.en}, no annual report.",
            found=genre.key, spans=tuple(spans),
        )  # fmt: skip
        return
    yield Issue(
        "genre.other", "warning",
        f"文件是{genre.zh}，不是政府信息公开工作年度报告：只读取身份、章节、联系方式、陈述和一般数据，不作为公开数据。"
        f" The file is a document of another kind ({genre.en}): identity, parts, contacts, statements and general counts are"
        " read, none of disclosure.",
        found=genre.key, spans=tuple(spans),
    )  # fmt: skip
