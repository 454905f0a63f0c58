"""Parts of the report, its period and day, words left over from another report. All bodies are invented."""

from __future__ import annotations

import random
from datetime import date

import pytest

import nlp
from nlp.checking.rules.period import deadline
from nlp.records import Identity
from training.generated.printing import as_text
from training.generated.report import write_report
from training.generated.spec import make_spec
from training.generated.tables import TablePrinter

SPEC = make_spec(3, "tables_2021")
TEXT = write_report(SPEC, "lines").text


def codes(text: str) -> list[str]:
    return [issue.code for issue in nlp.analyse_text(text).issues if issue.severity != "info"]


def test_the_report_itself_is_clean():
    assert codes(TEXT) == []


SIX = TEXT[TEXT.index("六、其他需要报告的事项") :]
CHANGED = [
    (TEXT.replace(SIX, ""), ["sections.other_missing"]),
    (TEXT.replace(SIX, "六、其他需要报告的事项\n"), ["sections.empty"]),
    (TEXT.replace(SIX, "六、其他需要报告的事项\n无\n"), ["sections.only_none"]),
    (TEXT.replace(SIX, "六、其他需要报告的事项\n无其他需要报告的事项。\n"), []),  # a sentence says it
    (TEXT.replace("六、其他", "五、其他"), ["sections.number"]),
    (
        TEXT.replace(SIX, "五、存在的主要问题及改进情况\n一是公开的内容较少,形式也不够多样,群众了解得不多。\n" + SIX),
        ["sections.doubled"],
    ),
    (TEXT.replace("总体情况", f"总体情况\n我校高度重视。{SPEC.year - 1}年,我校认真贯彻《条例》。"), ["leftover.year"]),
    (TEXT.replace("信息内容", "信息内容\n上一年项目数量\n本年增/减", 1), ["form.mixed"]),
    (TEXT.replace("编制。", f"编制{SPEC.year - 1}年度政府信息公开工作年度报告。"), ["leftover.year"]),
    (TEXT.replace(f"至{SPEC.year}年12月31日", f"至{SPEC.year}年12月30日"), ["period.calendar"]),
]


@pytest.mark.parametrize(("text", "expected"), CHANGED)
def test_changed_reports(text, expected):
    assert codes(text) == expected


def test_a_school_reports_by_academic_year():
    title, period = "澄江职业学院2012年信息公开工作年度报告", "统计时间按学年计算,为2011年9月1日至2012年8月31日。"
    text = f"{title}\n{period}\n一、概述\n公开信息100条。"
    assert codes(text) == []


# Issuer and year -> the last day to publish: 条例 第四十九条 since 2019, before it 31 March for all.
DAYS = [
    ("云溪县财政局", 2022, date(2023, 1, 31)),
    ("云溪县住房和城乡建设局", 2022, date(2023, 1, 31)),  # 城乡 is no township
    ("云溪县人民政府", 2022, date(2023, 3, 31)),
    ("云溪县白石镇人民政府", 2022, None),
    ("云溪县白石镇人民政府", 2017, date(2018, 3, 31)),
    ("云溪县财政局", 2017, date(2018, 3, 31)),
    ("云溪县第一人民医院", 2022, None),
]


@pytest.mark.parametrize(("issuer", "year", "day"), DAYS)
def test_deadline(issuer, year, day):
    assert deadline(Identity(issuer=issuer, year=year)) == day


def test_townships_have_a_day_only_if_one_is_set():
    assert deadline(Identity(issuer="白石镇", year=2022), townships=(1, 31)) == date(2023, 1, 31)


OTHER_BODY = [
    ("白石滩镇人民政府", "我局高度重视,专人负责。", "leftover.body"),
    ("白石滩镇人民政府", "我镇高度重视,专人负责。我县下发了通知。", None),
    ("白石滩镇人民政府", "全年培训两次。柳河湾镇认真落实各项要求。", "leftover.name"),
    ("白石滩镇人民政府", "全年培训两次。各镇认真落实各项要求。", None),
    ("白石滩镇人民政府", "全年培训两次。白石滩镇认真落实各项要求。", None),
    ("云溪县财政局", "我镇认真落实各项要求。", "leftover.body"),
]


@pytest.mark.parametrize(("issuer", "sentence", "code"), OTHER_BODY)
def test_another_body(issuer, sentence, code):
    head = f"{issuer}2023年政府信息公开工作年度报告\n本报告由{issuer}编制。\n"
    text = f"{head}一、总体情况\n{sentence}\n二、主动公开情况\n公开100条。"
    found = [c for c in codes(text) if c.startswith("leftover")]
    assert found == ([code] if code else [])


def test_blank_official_form():
    # 国办公开办函〔2021〕30号 as it is handed out: labels, no number. 200 blank cells and nothing else.
    cells = {cell: "" for cell in SPEC.cells}
    printer = TablePrinter(random.Random(1), "tables_2021", cells, "tabs")
    names = {
        "disclosure": "二、主动公开政府信息情况",
        "requests": "三、收到和处理政府信息公开申请情况",
        "disputes": "四、政府信息公开行政复议、行政诉讼情况",
    }
    parts = [f"{heading}\n{as_text(printer.table(table), 'tabs')}" for table, heading in names.items()]
    text = "一、总体情况\n" + "\n".join(parts) + "\n五、存在的主要问题及改进情况\n六、其他需要报告的事项\n"
    analysis = nlp.analyse_text(text)
    assert len(analysis.figures) == 200
    assert {figure.status for figure in analysis.figures} == {"blank"}
    assert not analysis.counts and not analysis.channel_counts and not analysis.contacts


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("暂无问题。", True),
        ("本年度我局政府信息公开工作不存在突出问题。", True),
        ("没有发现问题和不足。", True),
        ("无", True),
        ("问题不突出,但公开不够及时,下一步按月核对。", False),
        ("没有专人负责。", False),
    ],
)
def test_section_five_that_says_only_that_there_is_none(words, told):
    start, end = TEXT.index("五、存在"), TEXT.index(SIX)
    heading = TEXT[start:end].split("\n")[0]
    assert ("sections.only_none" in codes(f"{TEXT[:start]}{heading}\n{words}\n{TEXT[end:]}")) == told


@pytest.mark.parametrize(("told", "severity"), [("", "error"), ("具体见附件。", "warning")])
def test_a_missing_table_is_an_error_unless_it_is_elsewhere(told, severity):
    start, end = TEXT.index("四、政府信息公开行政复议"), TEXT.index("五、存在")
    heading = TEXT[start:end].split("\n")[0]
    issues = nlp.analyse_text(f"{TEXT[:start]}{heading}\n{told}\n{TEXT[end:]}").issues
    assert [issue.severity for issue in issues if issue.code == "disputes.absent"] == [severity]
