"""What is reported about tables, parts and period; and that a correct report is left in peace."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest

from nlp.checking.check import check
from nlp.reading.clean import clean_text
from nlp.records import Analysis, Count, Identity, Quantity, Section, Source, Span
from nlp.tables.figures import read_tables
from nlp.tables.forms import form

PARTS = ("overview", "disclosure", "requests", "disputes", "problems", "other")
HEAD = "信息内容 本年制发件数 本年废止件数 现行有效件数\n"
DISPUTES = """行政复议 行政诉讼
结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉
结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计
"""


def analyse(text, *, edition="tables_2021", parts=PARTS, **identity):
    source = Source("0" * 16, "a.txt", "text/plain", "utf-8", "0" * 64, text, (), ())
    clean = clean_text(source)
    sections = tuple(Section(key, 1, Span(0, 0), Span(0, 0)) for key in parts)
    tables = read_tables(source, clean, (), edition)
    return Analysis(
        source, Identity(edition=edition, **identity), sections, figures=tables.figures, remarks=tables.remarks
    ), clean


def report(edition="tables_2021", disputes="0 0 0 0 0 " * 3, **rows):
    """A report's tables, all zeros but for ``rows``; a row given as ``None`` is left out."""
    this = form(edition)
    lines = [HEAD]
    for table in ("disclosure", "requests"):
        for key, columns in this.cells[table].items():
            values = rows.get(key, " ".join("0" * len(columns)))
            if values is not None:
                lines.append(f"{this.names[table, key]} {values}")
    return "\n".join([*lines, DISPUTES + disputes])


def codes(text, **options):
    return {(issue.severity, issue.code) for issue in check(*analyse(text, **options))}


WHOLE = {"new_received": "3 1 0 0 0 0 4", "granted": "2 1 0 0 0 0 3", "results_total": "2 1 0 0 0 0 3"}


@pytest.mark.parametrize("edition", ["tables_2019", "tables_2021"])
def test_correct_report_has_no_issue(edition):
    rows = WHOLE | {"carried_out": "1 0 0 0 0 0 1"}
    assert codes(report(edition, "1 0 0 1 2 0 0 0 0 0 0 3 0 0 3", **rows), edition=edition, year=2023) == set()


# What is changed in a correct report -> what is found.
WRONG = [
    (WHOLE | {"carried_out": "1 0 0 0 0 0 2"}, {("error", "requests.row_total"), ("error", "requests.balance")}),
    (WHOLE, {("error", "requests.balance")}),  # one request is neither answered nor carried over
    (
        WHOLE | {"carried_out": "1 0 0 0 0 0 1", "partial": "1 0 0 0 0 0 1"},
        {("error", "requests.results_total")},  # four outcomes, three results
    ),
]


@pytest.mark.parametrize(("rows", "expected"), WRONG)
def test_wrong_sums(rows, expected):
    assert codes(report(**rows)) == expected


def test_wrong_total_of_disputes():
    issues = check(*analyse(report(disputes="1 0 0 0 2 " + "0 0 0 0 0 " * 2)))
    assert [(issue.severity, issue.code, issue.expected, issue.found) for issue in issues] == [
        ("error", "disputes.row_total", "1", "2")
    ]
    assert "行政复议" in issues[0].message and len(issues[0].spans) == 5


def test_error_names_cells_and_both_sides():
    text = report(**WHOLE)
    issue = check(*analyse(text))[0]
    assert (issue.expected, issue.found) == ("4", "3") or (issue.expected, issue.found) == ("3", "2")
    assert "自然人" in issue.message or "总计" in issue.message
    assert issue.spans and all(span.of(text).isdigit() for span in issue.spans)


def test_blank_cells_leave_sums_open_and_stay_few():
    # One row with a blank: its sum, its columns' sums cannot be proven, and nothing is called wrong.
    text = report(**WHOLE, carried_out="1 | | | | | | 1").replace("办理 1", "办理 | 1")
    found = check(*analyse(text))
    assert {issue.severity for issue in found} == {"info"} and len(found) <= 3


def test_blank_cells_cannot_save_a_sum_that_is_too_large():
    # 5 and blanks do not add up to 3, whatever the blanks stand for; in one table a row of seven fields.
    text = report().replace("(一)予以公开 0 0 0 0 0 0 0", "(一)予以公开 3 3 1 0 0 0 3")
    assert ("error", "requests.row_total") in codes(text)


def test_damaged_table_gives_few_issues():
    text = report().replace(" 0 0 0 0 0 0 0", " 0 0 0 0 0")
    found = check(*analyse(text))
    assert ("info", "requests.rows_zero") in {(issue.severity, issue.code) for issue in found}
    assert len(found) <= 6 and not any(issue.severity == "error" for issue in found)


def test_unplaced_row_is_named_with_its_reason():
    text = report(**(WHOLE | {"granted": "2 3"}))
    issue = next(issue for issue in check(*analyse(text)) if issue.code == "requests.rows_unplaced")
    assert issue.severity == "warning" and "予以公开" in issue.message and "7列印有2个数" in issue.message


def test_missing_rows_and_tables():
    assert ("warning", "requests.rows_missing") in codes(report(np_duplicate=None))
    found = codes("二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n")
    assert found == {("error", f"{table}.absent") for table in ("disclosure", "requests", "disputes")}


def test_blank_form_is_one_issue():
    text = "\n".join(line.rstrip(" 0") for line in report(disputes="").split("\n"))
    assert codes(text) == {("warning", "form.blank")}


def test_missing_parts():
    assert codes(report(), parts=PARTS[:-1]) == {("warning", "sections.other_missing")}
    assert codes(report(), parts=()) == {("warning", "sections.none")}
    assert codes("全年公开信息2条。", edition="free_form", parts=()) == set()  # a passage has no prescribed parts


PERIODS = [
    ({"year": 2023, "period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)}, set()),
    ({"year": 2018, "period_start": date(2017, 1, 1), "period_end": date(2017, 12, 31)}, {("warning", "period.year")}),
    ({"year": 2023, "period_end": date(2022, 12, 31)}, {("warning", "period.year")}),
    ({"period_start": date(2023, 12, 31), "period_end": date(2023, 1, 1)}, {("warning", "period.reversed")}),
    ({"year": 2023, "published_on": date(2022, 1, 20)}, {("warning", "period.published")}),
    ({"year": 2023, "published_on": date(2024, 1, 20)}, set()),
]


@pytest.mark.parametrize(("identity", "expected"), PERIODS)
def test_period(identity, expected):
    assert codes("", edition="free_form", **identity) == expected


def test_indicators_of_2014():
    rows = ["四、行政复议数量 件 3", "(一)维持具体行政行为数 件 1", "(二)被依法纠错数 件 0", "(三)其他情形数 件 1"]
    text = "\n".join(["统计指标 单位 统计数", *rows])
    assert ("error", "indicators.reviews") in codes(text, edition="indicators_2014")


@pytest.mark.parametrize("text", ["", "\ud800", "规章 9" * 2000, "行政复议 " * 500])
def test_bad_reports_do_not_raise(text):
    for edition in ("free_form", "indicators_2014", "tables_2019", "tables_2021"):
        check(*analyse(text, edition=edition, parts=()))


HOSTILE = [
    "啊" * 200_000,
    "比上年" * 50_000,
    "其中3件、" * 20_000,
    "一、总体情况\n" * 5_000,
    "(" * 200_000,
    "2022年,我局认真" * 20_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_takes_linear_time(text):
    source = Source("0" * 16, "a.txt", "text/plain", "utf-8", "0" * 64, text, (), ())
    counts = tuple(
        Count("applications_received", Quantity(Decimal(n), "件", "exact", Span(n * 30, n * 30 + 2)))
        for n in range(500)
    )
    whole = Span(0, len(text))
    sections = (Section("overview", 1, Span(0, 6), whole), Section("problems", 1, Span(0, 6), whole))
    identity = Identity(edition="tables_2021", year=2023, issuer="云溪县白石镇人民政府")
    started = time.process_time()
    check(Analysis(source, identity, sections, counts=counts), clean_text(source))
    assert time.process_time() - started < 5
