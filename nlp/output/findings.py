"""The findings of a batch for readers: lines for the terminal, a page, a workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path, PurePath

from nlp.checking.findings import Checked, CheckedReport, Quote
from nlp.output.files import replace_file
from nlp.output.names import name_of

HEADINGS = (
    "报告 report", "标题 title", "级别 severity", "代码 code", "说明 message", "应为 expected", "实为 found",
    "原文 evidence",
    "位置 start", "对照报告 other", "对照原文 other evidence",
)  # fmt: skip
WIDTHS = (24, 36, 10, 26, 60, 14, 14, 40, 8, 24, 40)
MAX_CELL_CHARS = 32_000
MAX_SHEETS = 250
MAX_INFO_QUOTES = 3
LANGUAGES = re.compile(r"(?<=[。？！”]) (?=[A-Z0-9“])")  # a message is Chinese, then English
BAD_SHEET_CHARS = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


def lines(report: CheckedReport) -> Iterator[str]:
    """A report and its findings, each with its evidence below it."""
    yield f"{report.name}  {report.title}".rstrip()
    for finding in report.findings:
        yield f"  {name_of('severities', finding.severity)} {finding.severity} {finding.code}"
        yield from (f"    {sentence}" for sentence in LANGUAGES.split(finding.message, maxsplit=1))
        yield from _quoted(finding.quotes, finding.severity)
        if finding.other:
            yield f"    对照 against {finding.other}"
            yield from _quoted(finding.other_quotes, finding.severity)


def _quoted(quotes: Sequence[Quote], severity: str) -> Iterator[str]:
    """The evidence; of an info the first places are enough."""
    shown = quotes[:MAX_INFO_QUOTES] if severity == "info" else quotes
    for quote in shown:
        yield f"      @{quote.start} {quote.before}【{quote.text}】{quote.after}"
    if len(shown) < len(quotes):
        yield f"      … 另有{len(quotes) - len(shown)}处 and {len(quotes) - len(shown)} more (--json)"


def findings_page(checked: Checked) -> str:
    """The findings as an HTML page that loads nothing; all text of the reports is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("nlp.output"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("findings.html").render(checked=checked, name_of=name_of)


def write_workbook(checked: Checked, path: Path, *, sheet_per_report: bool = False) -> None:
    """An Excel workbook with one row a finding: one sheet for all, or one for each report that has findings.

    Text stays text: no formulas and no links. Beyond 250 reports the rest share the last sheet.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, options)
    book.set_properties({"title": "Gongkai", "created": datetime(2000, 1, 1)})
    heading = book.add_format({"bold": True, "bg_color": "#DDE7F0", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    groups: dict[str, list[CheckedReport]] = {}
    taken: set[str] = set()
    for report in checked.reports:
        if not report.findings:
            continue
        if not sheet_per_report:
            groups.setdefault("检查结果", []).append(report)
        elif len(groups) < MAX_SHEETS:
            groups[_sheet_name(report.name, taken)] = [report]
        else:
            groups.setdefault("其余 others", []).append(report)
    for name, reports in (groups or {"检查结果": []}).items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, (words, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.write_string(0, column, words, heading)
            sheet.set_column(column, column, width)
        rows = [row for report in reports for row in _rows(report)]
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(number, column, value, wrapped)
                elif value:
                    sheet.write_string(number, column, value[:MAX_CELL_CHARS], wrapped)
        sheet.autofilter(0, 0, max(1, len(rows)), len(HEADINGS) - 1)
    book.close()

    def write(temporary: Path) -> None:
        temporary.write_bytes(data.getvalue())

    replace_file(path, write)


def _rows(report: CheckedReport) -> Iterator[tuple[str | int | None, ...]]:
    for finding in report.findings:
        evidence = "\n".join(quote.text for quote in finding.quotes)
        other = "\n".join(quote.text for quote in finding.other_quotes)
        place = finding.quotes[0].start if finding.quotes else None
        severity = name_of("severities", finding.severity)
        yield (
            report.name, report.title, severity, finding.code, finding.message, finding.expected, finding.found,
            evidence,
            place, finding.other, other,
        )  # fmt: skip


def _sheet_name(name: str, taken: set[str]) -> str:
    """At most 31 characters, none that Excel forbids, none twice whatever the case."""
    stem = BAD_SHEET_CHARS.sub("_", PurePath(name).stem)[:31] or "report"
    candidate, number = stem, 1
    while candidate.lower() in taken:
        number += 1
        candidate = f"{stem[: 30 - len(str(number))]}~{number}"
    taken.add(candidate.lower())
    return candidate
