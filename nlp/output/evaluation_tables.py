"""What an evaluator is told of a batch, as tables: scores and ranks, counts by rule, likeness, governments and those below."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nlp.checking.codes import rules
from nlp.checking.findings import Checked, CheckedReport
from nlp.checking.likeness import Part
from nlp.checking.scores import Scored, scored
from nlp.checking.settings import Settings
from nlp.output.codebook import english_names
from nlp.output.failures import failure_told, skipped_told
from nlp.output.names import name_of
from nlp.output.numbers import plain
from nlp.output.printed_book import Cell
from nlp.vocabulary.texts import Translate, translator

PARTS: dict[Part, str] = {"overview": "第一部分", "problems": "第五部分"}
STATES = {"equal": "相等", "exceeds": "下级合计大于本级", "open": "无法判断"}
# Headings of the tables with their widths in characters.
COLUMNS: dict[str, dict[str, float]] = {
    "scores": {"名次": 8, "得分": 8, "机关": 26, "年度": 7, "层级": 10, "标题": 40, "错误": 7, "警告": 7, "提示": 7, "已核对": 8, "其中相符": 9, "文件": 30},
    "counts": {"代码": 28, "规则": 44, "错误": 8, "警告": 8, "提示": 8, "报告数": 9, "依据": 40},
    "pairs": {"部分": 11, "机关": 26, "年度": 7, "占本报告": 10, "对照机关": 26, "对照年度": 9, "占对照报告": 11, "文件": 28, "对照文件": 28},
    "rolled_up": {"年度": 7, "机关": 22, "指标": 22, "本级报告": 11, "下级合计": 11, "下级报告数": 11, "其中未写明": 11, "判断": 18, "下级各数": 60},
    "weights": {"级别或代码": 40, "分值": 12},
    "unread": {"文件": 40, "原因": 50, "怎么办": 50},
}  # fmt: skip
MAX_MATRIX = 40  # reports in a matrix: more columns cannot be read in print


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what a reader must know, headings with widths in characters, and rows.

    ``reports`` names the report of each row where a row is one.
    """

    name: str
    note: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[Cell, ...], ...]
    reports: tuple[str, ...] = ()


def tables(checked: Checked, settings: Settings, language: str = "zh") -> list[Table]:
    """The tables of a batch that have rows, the scores first."""
    say = translator(language)
    found = [
        _scores(scored(checked.reports, settings), say),
        _counts(checked, say, language),
        _weights(settings, say),
        _pairs(checked, say),
        *(_matrix(checked, part, say) for part in PARTS),
        _rolled_up(checked, say, language),
        _unread(checked, say, language),
    ]
    return [table for table in found if table.rows]


def _headed(say: Translate, table: str) -> tuple[tuple[str, float], ...]:
    return tuple((say(words), width) for words, width in COLUMNS[table].items())


def _scores(ranked: Sequence[Scored], say: Translate) -> Table:
    note = say(
        "名次在同一年度、同一层级的报告之间排列；得分相同的名次相同，其后的名次顺延。得分为满分减去各处问题的分值，不低于0；已核对为0的，得分只说明没有发现问题。"
    )
    return Table(
        say("汇总"), note, _headed(say, "scores"), tuple(_score_row(entry, ranked, say) for entry in ranked),
        tuple(entry.report.name for entry in ranked),
    )  # fmt: skip


def _score_row(entry: Scored, ranked: Sequence[Scored], say: Translate) -> tuple[Cell, ...]:
    report = entry.report
    alike = [e for e in ranked if (e.report.year, e.report.level) == (report.year, report.level)]
    tied = sum(other.rank == entry.rank for other in alike) > 1
    rank: Cell = say("并列{n}").format(n=entry.rank) if tied else entry.rank
    severities = Counter(finding.severity for finding in report.findings)
    return (
        rank, entry.score, report.body, report.year, say(name_of("levels", report.level)), report.title,
        severities["error"], severities["warning"], severities["info"], report.held.decided, report.held.holds, report.name,
    )  # fmt: skip


def _counts(checked: Checked, say: Translate, language: str) -> Table:
    """How often each rule found something, the gravest and most frequent first."""
    by_code: dict[str, Counter[str]] = defaultdict(Counter)
    reports: dict[str, set[str]] = defaultdict(set)
    for report in checked.reports:
        for finding in report.findings:
            by_code[finding.code][finding.severity] += 1
            reports[finding.code].add(report.name)
    rows = []
    for code, counts in sorted(
        by_code.items(), key=lambda item: (-item[1]["error"], -item[1]["warning"], -item[1]["info"], item[0])
    ):
        rule = rules().get(code)
        name, law = (rule.zh if language == "zh" else rule.en, rule.law) if rule else (code, "")
        rows.append((code, name, counts["error"], counts["warning"], counts["info"], len(reports[code]), law))
    return Table(say("按规则"), "", _headed(say, "counts"), tuple(rows))


def _weights(settings: Settings, say: Translate) -> Table:
    """What the scores were made of."""
    rows: list[tuple[Cell, ...]] = [(say("满分"), settings.full_marks)]
    for key, weight in settings.weights.items():
        named = name_of("severities", key)
        rows.append((say(named) if named != key else key, weight))
    note = say("每处问题的分值：写明代码的按代码，其余按级别。--settings 文件的 [weights] 可以更改。")
    return Table(say("评分办法"), note, _headed(say, "weights"), tuple(rows))


def _pairs(checked: Checked, say: Translate) -> Table:
    named = {report.name: report for report in checked.reports}
    rows = []
    for pair in checked.alike:
        here, there = named[pair.report], named[pair.other]
        rows.append((
            say(PARTS[pair.part]), here.body, here.year, f"{pair.share:.0%}", there.body, there.year,
            f"{pair.share_of_other:.0%}", pair.report, pair.other,
        ))  # fmt: skip
    note = say("不同机关的报告，至少一方有一半文字见于另一方；数字、年份和本机关名称不计。")
    return Table(say("雷同"), note, _headed(say, "pairs"), tuple(rows))


def _matrix(checked: Checked, part: Part, say: Translate) -> Table:
    """How much of each report (row) stands in each other one (column); blank below what is listed."""
    pairs = [pair for pair in checked.alike if pair.part == part]
    shown = list(dict.fromkeys(pair.report for pair in pairs))[:MAX_MATRIX]
    share = {(pair.report, pair.other): pair.share for pair in pairs}
    numbers = {report.name: report for report in checked.reports}
    columns = [(say("机关"), 30.0), *((_short(numbers[name]), 11.0) for name in shown)]
    rows = tuple((_short(numbers[here]), *(_cell(share, here, there) for there in shown)) for here in shown)
    note = say("行中报告的文字有多少见于列中报告；空白为双方都不到一半。")
    if len({pair.report for pair in pairs}) > MAX_MATRIX:
        note += say("仅列最相近的{n}份，其余见“雷同”表。").format(n=MAX_MATRIX)
    return Table(say("雷同矩阵") + " " + say(PARTS[part]), note, tuple(columns), rows)


def _cell(share: Mapping[tuple[str, str], float], here: str, there: str) -> str:
    return "—" if here == there else f"{share[here, there]:.0%}" if (here, there) in share else ""


def _short(report: CheckedReport) -> str:
    return f"{report.body} {report.year}"


def _rolled_up(checked: Checked, say: Translate, language: str) -> Table:
    rows = []
    for entry in checked.rolled_up:
        metric = name_of("metrics", entry.metric) if language == "zh" else english_names("metrics").get(entry.metric)
        each = "；".join(f"{body} {'—' if value is None else plain(value)}" for body, value in entry.children)
        rows.append((
            entry.year, entry.body, metric or entry.metric, entry.value, entry.known, len(entry.children), entry.untold,
            say(STATES[entry.state]), each,
        ))  # fmt: skip
    note = say(
        "只计本批中有报告的下级政府。本级大于下级合计时无法判断：部门的数、没有报告或没有写明的下级，都可能是其余部分。"
    )
    return Table(say("上下级"), note, _headed(say, "rolled_up"), tuple(rows))


def _unread(checked: Checked, say: Translate, language: str) -> Table:
    return Table(
        say("未读出或略过的文件"), say("这些文件没有得分。"), _headed(say, "unread"),
        tuple(_unread_rows(checked, language)),
    )  # fmt: skip


def _unread_rows(checked: Checked, language: str) -> Iterator[tuple[Cell, ...]]:
    for failure in checked.failures:
        yield failure.name, *failure_told(failure, language)
    for skipped in checked.skipped:
        yield skipped.name, *skipped_told(skipped, language)
