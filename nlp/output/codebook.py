"""The codebook: what each table, column, row of the forms, label, channel, metric and code means, in Chinese and English.

A codebook is a list of chapters, each a table whose cells are plain, or Chinese and English at once; it is shown in both languages or in one,
as Markdown or as a page.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from nlp.checking.codes import rules
from nlp.labelling.aspects import SCHEMES
from nlp.labelling.taxonomy import LabelName
from nlp.output.names import names
from nlp.tables.forms import form
from nlp.vocabulary.editions import forms
from nlp.vocabulary.load import load

Shown = Literal["both", "zh", "en"]
LANGUAGES = ("zh", "en")
# Kinds of ids, with the title of their chapter.
KINDS = {
    "sections": ("章节键", "Section keys"), "roles": ("类别", "Roles"), "statuses": ("单元格的状态", "Statuses of cells"),
    "channels": ("渠道", "Channels"), "metrics": ("指标", "Metrics"), "contacts": ("联系方式", "Contacts"), "scopes": ("范围", "Scopes"),
    "levels": ("层级", "Levels"), "editions": ("表格版本", "Editions of the form"), "severities": ("严重程度", "Severities"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Both:
    """A text in both languages; the other stands in for one that is not written."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        """The text in a language."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)


Cell = str | Both


def in_both(cell: Cell) -> tuple[str, str]:
    """A cell in Chinese and in English; a plain one is the same in both.

    >>> in_both(Both("列", "column")), in_both("year")
    (('列', 'column'), ('year', 'year'))
    """
    return (cell, cell) if isinstance(cell, str) else (cell.zh, cell.en)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A table of the codebook under an ``anchor``; ``note`` stands above it. Columns of ``Both`` are two where both languages are shown."""

    anchor: str
    title: Both
    note: Both
    head: tuple[Both, ...]
    rows: tuple[tuple[Cell, ...], ...]


def codebook(labels: Sequence[LabelName]) -> str:
    """The codebook of a run as Markdown, in both languages.

    Parameters
    ----------
    labels : those of the model that made the tags
    """
    return markdown([*tables("codebook"), *chapters(labels)], Both("数据字典", "Codebook"))


def tables(file: str, only: Iterable[str] | None = None) -> Iterator[Chapter]:
    """The columns of the tables of ``codebook.toml`` or ``conclusions.toml``, or of some of them."""
    told = load("codebook_zh")
    for name, table in load(file).items():
        if not isinstance(table, dict) or "columns" not in table or (only is not None and name not in only):
            continue
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (column, zh, kind, Both(told.get(name, {}).get(column) or told["every"].get(column, ""), text))
            for column, kind, zh, text in table["columns"]
        )
        head = (Both("列", "column"), Both("名称", "Chinese"), Both("类型", "type"), Both("说明", "description"))
        yield Chapter(
            name,
            Both(f"{name} {table['zh']}", name),
            Both(told["tables"].get(name, ""), table["en"]),
            head,
            tuple(rows),
        )


def chapters(labels: Sequence[LabelName]) -> Iterator[Chapter]:
    """Labels, ids of every kind, the rows and columns of the forms, and the codes of the checks."""
    yield _labels(labels)
    head = (Both("标识", "id"), Both("中文", "Chinese"), Both("英文", "English"))
    for kind, title in KINDS.items():
        english = english_names(kind)
        ids: tuple[tuple[Cell, ...], ...] = tuple((key, zh, english.get(key, "")) for key, zh in names(kind).items())
        yield Chapter(kind, Both(*title), Both("", ""), head, ids)
    yield from _forms()
    yield _checks()


def _checks() -> Chapter:
    head = (
        Both("代码", "code"),
        Both("严重程度", "severity"),
        Both("检查什么", "what is checked"),
        Both("依据", "legal basis"),
    )
    rows = tuple((rule.code, rule.severity, Both(rule.zh, rule.en), rule.law or "—") for rule in rules().values())
    return Chapter("checks", Both("检查", "Checks"), Both("", ""), head, rows)


def _labels(labels: Sequence[LabelName]) -> Chapter:
    definitions = _definitions()
    rows = tuple(
        (
            label.key, label.scheme, label.zh, label.en, Both(definitions.get((label.scheme, label.key), ""), label.definition),
            _number(label.threshold), _number(label.f1), "—" if label.support is None else str(label.support),
        )
        for label in labels
    )  # fmt: skip
    note = Both(
        "阈值：得分达到多少才采纳。F1 与样本数：在没见过的文本上测得；措施与问题共用的方面一并测量。",
        "threshold: the score from which a label is accepted. F1 and support: on texts that the model had not seen; an aspect is measured on problems and measures together",
    )
    head = (
        Both("标签", "label"), Both("体系", "scheme"), Both("中文", "Chinese"), Both("英文", "English"), Both("定义", "definition"),
        Both("阈值", "threshold"), Both("F1", "F1"), Both("样本数", "support"),
    )  # fmt: skip
    return Chapter("labels_of_the_model", Both("标签", "Labels"), note, head, rows)


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


@cache
def _definitions() -> Mapping[tuple[str, str], str]:
    """The Chinese definitions of this project's labels, by scheme and key."""
    told = load("codebook_zh")["definitions"]
    return {
        (scheme, entry[scheme]): told.get(name, "") for name, entry in load("aspects").items() for scheme in SCHEMES
    }


def english_names(kind: str) -> dict[str, str]:
    """The English names of the ids of a kind."""
    if kind == "contacts":
        return {key: entry.get("en", "") for key, entry in load(kind)["labels"].items()} | load("names_en")[kind]
    if kind == "editions":
        return {key: form["en"] for key, form in forms().items()}
    if kind in ("channels", "metrics"):
        return {key: entry.get("en", "") for key, entry in load(kind).items() if isinstance(entry, dict)}
    return dict(load("names_en")[kind])


def _forms() -> Iterator[Chapter]:
    """The rows of each edition of the form, with the columns that each has."""
    head = (
        Both("表", "table"),
        Both("行", "row"),
        Both("中文", "Chinese"),
        Both("英文", "English"),
        Both("列", "columns"),
        Both("单位", "unit"),
    )
    column_head = (Both("表", "table"), Both("列", "column"), Both("中文", "Chinese"), Both("英文", "English"))
    columns: dict[tuple[str, str], tuple[Cell, ...]] = {}
    for edition in forms():
        this = form(edition)
        rows: list[tuple[Cell, ...]] = []
        for table, of in this.cells.items():
            for row, there in of.items():
                rows.append((table, row, *_named(this, table, row), " ".join(there), this.units.get(row, "")))
                for column in there:
                    columns.setdefault((table, column), (table, column, *_named(this, table, column)))
        title = Both(names("editions")[edition], english_names("editions")[edition])
        yield Chapter(f"form_{edition}", title, Both("", ""), head, tuple(rows))
    yield Chapter(
        "form_columns", Both("表格的列", "Columns of the forms"), Both("", ""), column_head, tuple(columns.values())
    )


def _named(this: Any, table: str, key: str) -> tuple[str, str]:
    english = this.english.get((table, key)) or load("names_en").get(table, {}).get(key) or key.replace("_", " ")
    return this.names.get((table, key), "数值" if key == "value" else key), english


def markdown(parts: Iterable[Chapter], title: Both, language: Shown = "both") -> str:
    """Chapters as Markdown."""
    lines = [f"# {_title(title, language)}", ""]
    for part in parts:
        lines += [f"## {_title(part.title, language)}", ""]
        if note := _said(part.note, language):
            lines += [note, ""]
        head, rows = _grid(part, language)
        lines += ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
        lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
        lines.append("")
    return "\n".join(lines)


def page(parts: Sequence[Chapter], title: Both, language: Shown = "both", introduction: str = "") -> str:
    """Chapters as a page of HTML by itself, with a list of them at the top. ``introduction`` is HTML."""
    escape = html.escape
    listed = "".join(f'<li><a href="#{part.anchor}">{escape(_title(part.title, language))}</a></li>' for part in parts)
    body = []
    for part in parts:
        head, rows = _grid(part, language)
        cells = "".join(f"<th scope=col>{escape(cell)}</th>" for cell in head)
        lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        body.append(
            f'<section id="{part.anchor}"><h2>{escape(_title(part.title, language))}</h2><p>{escape(_said(part.note, language))}</p>'
            f"<div class=wide><table><thead><tr>{cells}</tr></thead><tbody>{lines}</tbody></table></div></section>"
        )
    return f"""<!doctype html>
<html lang="{"en" if language == "en" else "zh"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(_title(title, language))}</title>
<style>
body {{ margin: 0 auto; max-width: 1100px; padding: 12px 20px; font: 15px/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #222; }}
h1 {{ font-size: 22px; }} h2 {{ font-size: 17px; margin-top: 32px; border-bottom: 1px solid #ddd; }} nav ul {{ columns: 3 220px; padding-left: 18px; }}
.wide {{ overflow-x: auto; }} table {{ border-collapse: collapse; font-size: 13px; }} th, td {{ border: 1px solid #ddd; padding: 2px 8px; text-align: left; vertical-align: top; }}
th {{ background: #eef3f8; }}
</style>
</head>
<body>
<h1>{escape(_title(title, language))}</h1>
{introduction}
<nav><ul>{listed}</ul></nav>
{"".join(body)}
</body>
</html>
"""


def _title(text: Both, language: Shown) -> str:
    if language == "both":
        return text.zh if text.en in text.zh.split() else f"{text.zh} {text.en}".strip()
    return text.in_(language)


def _said(text: Both, language: Shown) -> str:
    if language == "both":
        return " ".join(part.rstrip("。.") + end for part, end in ((text.zh, "。"), (text.en, ".")) if part)
    return text.in_(language)


def _grid(part: Chapter, language: Shown) -> tuple[list[str], list[list[str]]]:
    """Head and rows: in both languages a column of ``Both`` becomes two."""
    double = [
        language == "both" and any(isinstance(row[at], Both) for row in part.rows) for at in range(len(part.head))
    ]
    head: list[str] = []
    for name, two in zip(part.head, double, strict=True):
        head += [name.zh, name.en] if two else [_title(name, language)]
    rows = []
    for row in part.rows:
        cells: list[str] = []
        for cell, two in zip(row, double, strict=True):
            cells += in_both(cell) if two else [cell if isinstance(cell, str) else _title(cell, language)]
        rows.append(cells)
    return head, rows
