"""The codebook: what each table, column, label, channel and metric means, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nlp.checking.codes import codes
from nlp.labelling.taxonomy import LabelName
from nlp.output.names import names
from nlp.vocabulary.load import load


def codebook(labels: Sequence[LabelName]) -> str:
    """The codebook as Markdown, made from the vocabulary that the program itself uses.

    Parameters
    ----------
    labels : those of the model that made the tags
    """
    parts = ["# 数据字典 Codebook", ""]
    for name, table in load("codebook").items():
        parts += [f"## {name} {table['zh']}", "", table["en"] + ".", ""]
        parts += _table(("column", "列", "type", "description"), ((c[0], c[2], c[1], c[3]) for c in table["columns"]))
    parts += ["## 标签 Labels", ""]
    named = ((label.key, label.scheme, label.zh, label.en, label.definition) for label in labels)
    parts += _table(("label", "scheme", "中文", "English", "definition"), named)
    for title, name in (("渠道 Channels", "channels"), ("指标 Metrics", "metrics"), ("联系方式 Contacts", "contacts")):
        parts += [f"## {title}", "", *_table(("id", "中文"), names(name).items())]
    issues = ((code, zh, en) for code, (zh, en) in codes().items())
    parts += ["## 检查代码 Codes of findings", "", *_table(("code", "中文", "English"), issues)]
    return "\n".join(parts)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows), ""]
