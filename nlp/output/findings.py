"""The findings of a batch for readers: lines for the terminal, and the list of what is to be settled as page and workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from nlp.checking.codes import rules
from nlp.checking.findings import Checked, CheckedReport, Quote, Standing
from nlp.output.failures import failure_told
from nlp.output.names import name_of
from nlp.output.printed_book import PrintedBook
from nlp.output.seal import BLANK, sealed
from nlp.output.whole import replace_file
from nlp.vocabulary.texts import Translate, in_language, translator

# Columns of the list of what is to be settled, with their widths; the last three are for the office to fill in.
COLUMNS = (
    ("序号", 6), ("报告", 26), ("位置", 30), ("级别", 7), ("发现的问题", 46), ("应为", 12), ("实为", 12), ("原文", 26), ("依据", 24),
    ("代码", 20), ("核实意见", 16), ("整改情况", 16), ("责任人", 10),
)  # fmt: skip
VERDICTS = {"confirmed": "已确认", "dismissed": "不成立", "settled": "已整改"}
OTHER_MARK = "⇄"  # before the name of the report that proves a finding
MAX_SHEETS = 250
MAX_INFO_QUOTES = 3


def lines(report: CheckedReport, language: str = "zh", *, marks: bool = False) -> Iterator[str]:
    """A report and its findings, each with its evidence and where it stands below it.

    With ``marks`` each finding has its mark, by which a verdict names it.
    """
    say = translator(language)
    yield f"{report.name}  {report.title}".rstrip()
    for finding in report.findings:
        severity = say(name_of("severities", finding.severity))
        mark = f" [{finding.mark}]" if marks else ""
        yield f"  {severity} {finding.code}{mark}  {in_language(finding.message, language)}"
        if told := standing_told(finding.standing, language):
            yield f"    {told}"
        yield from _quoted(finding.quotes, finding.severity, language)
        if finding.other:
            yield f"    {say('对照')} {finding.other}"
            yield from _quoted(finding.other_quotes, finding.severity, language)


def standing_told(standing: Standing, language: str) -> str:
    """What people said of a finding, in words; "" when nothing."""
    say = translator(language)
    told = []
    if standing.verdict:
        told.append(say(VERDICTS[standing.verdict]) + (f"（{standing.reason}）" if standing.reason else ""))
    elif standing.reopened:
        told.append(say("证据已变，原结论“{verdict}”不再适用").format(verdict=say(VERDICTS[standing.reopened])))
    if standing.pointed_out:
        told.append(say("上年已指出"))
    return (" · " if language == "en" else "，").join(told)


def failure_lines(checked: Checked, language: str = "zh") -> Iterator[str]:
    """Each file that was not read, why, and what to do."""
    for failure in checked.failures:
        what, hint = failure_told(failure, language)
        yield f"{failure.name}：{what}。{hint}" if language == "zh" else f"{failure.name}: {what} {hint}".rstrip()


def end_line(checked: Checked, language: str = "zh") -> str:
    """What was checked and found, counted, in one line."""
    say = translator(language)
    counts = [
        (say("{n}份报告"), len(checked.reports)), (say("{n}处错误"), checked.count("error")),
        (say("{n}处警告"), checked.count("warning")), (say("{n}处提示"), checked.count("info")),
    ]  # fmt: skip
    more = [
        (say("{n}处已知"), checked.silenced), (say("{n}处不成立或已整改"), checked.closed),
        (say("{n}个文件没有读出"), len(checked.failures)), (say("略过{n}个文件"), len(checked.skipped)),
    ]  # fmt: skip
    parts = [words.format(n=number) for words, number in counts] + [words.format(n=n) for words, n in more if n]
    return ("，" if language == "zh" else ", ").join(parts)


def _quoted(quotes: Sequence[Quote], severity: str, language: str) -> Iterator[str]:
    """The evidence; of an info the first places are enough."""
    shown = quotes[:MAX_INFO_QUOTES] if severity == "info" else quotes
    for quote in shown:
        where = quote.place.told(language)
        yield f"    {where + ': ' if language == 'en' else where + '：'}{quote.before}【{quote.text}】{quote.after}"
    if len(shown) < len(quotes):
        yield "    " + translator(language)("… 另有{n}处（--json）").format(n=len(quotes) - len(shown))


def findings_page(checked: Checked, language: str = "zh") -> str:
    """The findings as a page to be printed on A4, sealed, that loads nothing; all text of the reports is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("nlp.output"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["in_language"] = in_language
    environment.globals |= {"failure_told": failure_told, "standing_told": standing_told}
    template = environment.get_template("findings.html")
    html = template.render(
        checked=checked, name_of=name_of, law_of=law_of, _=translator(language), language=language, other=OTHER_MARK,
        seal=BLANK,
    )  # fmt: skip
    return sealed(html)


def law_of(code: str) -> str:
    """What prescribes the rule with a code; "" where no document does."""
    rule = rules().get(code)
    return rule.law if rule else ""


def write_workbook(checked: Checked, path: Path, *, sheet_per_report: bool = False, language: str = "zh") -> None:
    """Write the workbook of ``findings_workbook`` to a file."""
    data = findings_workbook(checked, sheet_per_report=sheet_per_report, language=language)

    def write(temporary: Path) -> None:
        temporary.write_bytes(data)

    replace_file(path, write)


def findings_workbook(checked: Checked, *, sheet_per_report: bool = False, language: str = "zh") -> bytes:
    """An Excel workbook with one row a finding and columns to be filled in while they are settled, to be printed on A4.

    One sheet for all, or one for each report that has findings; beyond 250 reports the rest share the last sheet.
    """
    say = translator(language)
    columns = [(say(words), width) for words, width in COLUMNS]
    book = PrintedBook()
    for name, reports in _sheets(checked, say, sheet_per_report=sheet_per_report):
        rows = (row for report in reports for row in _rows(report, language))
        book.sheet(name, columns, ((number, *row) for number, row in enumerate(rows, start=1)))
    return book.data()


def _sheets(checked: Checked, say: Translate, *, sheet_per_report: bool) -> list[tuple[str, list[CheckedReport]]]:
    found = [report for report in checked.reports if report.findings]
    if not sheet_per_report or not found:
        return [(say("整改清单"), found)]
    sheets = [(PurePath(report.name).stem, [report]) for report in found[:MAX_SHEETS]]
    return sheets + ([(say("其余"), found[MAX_SHEETS:])] if found[MAX_SHEETS:] else [])


def _rows(report: CheckedReport, language: str) -> Iterator[tuple[str, ...]]:
    say = translator(language)
    for finding in report.findings:
        places = dict.fromkeys(quote.place.told(language) for quote in finding.quotes)
        evidence = [quote.text for quote in finding.quotes]
        if finding.other:
            evidence += [
                f"{OTHER_MARK} {PurePath(finding.other).name}",
                *(quote.text for quote in finding.other_quotes),
            ]
        yield (
            report.title or report.name, "\n".join(places), say(name_of("severities", finding.severity)),
            in_language(finding.message, language), finding.expected or "", finding.found or "", "\n".join(evidence),
            law_of(finding.code), finding.code, standing_told(finding.standing, language), "", "",
        )  # fmt: skip
