"""The narrative against the tables and against itself: wordings that agree, and wordings that do not.

The county, its bureau and all numbers are invented. Each wording stands in a report whose tables print 12 received,
1 carried in, 12 answered (6 granted, 1 in part, 2 refused, 3 not held), 1 carried over, 2 reviews, 1 litigation, 2
documents.
"""

from __future__ import annotations

import pytest

import nlp
from nlp.tables.forms import form

ROWS = {
    "normative_docs": "2 1 9", "new_received": "10 2 0 0 0 0 12", "carried_in": "1 0 0 0 0 0 1",
    "granted": "5 1 0 0 0 0 6", "partial": "1 0 0 0 0 0 1", "ref_third_party": "1 0 0 0 0 0 1",
    "ref_casefile": "1 0 0 0 0 0 1", "una_not_held": "2 1 0 0 0 0 3", "results_total": "10 2 0 0 0 0 12",
    "carried_out": "1 0 0 0 0 0 1",
}  # fmt: skip


def report(text: str, *, tables: bool = True, six: str = "本年度未收取信息处理费。") -> str:
    this = form("tables_2021")
    lines = []
    for table in ("disclosure", "requests"):
        lines.append(
            {"disclosure": "二、主动公开政府信息情况", "requests": "三、收到和处理政府信息公开申请情况"}[table]
        )
        lines.append("信息内容 本年制发件数 本年废止件数 现行有效件数" if table == "disclosure" else "")
        for row, columns in this.cells[table].items():
            lines.append(f"{this.names[table, row]} {ROWS.get(row, ' '.join('0' * len(columns)))}")
    lines += [
        "四、政府信息公开行政复议、行政诉讼情况", "行政复议 行政诉讼",
        "结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉",
        "结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计",
        "1 0 0 1 2 0 0 0 0 0 1 0 0 0 1",
    ]  # fmt: skip
    period = "2023年1月1日至2023年12月31日"
    head = f"云溪县财政局2023年政府信息公开工作年度报告\n本报告由云溪县财政局编制,统计期限为{period}。\n"
    foot = (
        "\n五、存在的主要问题及改进情况\n一是公开不够及时。二是解读少。下一步,加强学习。\n六、其他需要报告的事项\n"
        + six
    )
    return head + "一、总体情况\n" + text + "\n" + ("\n".join(lines) if tables else "") + foot


def findings(text: str, **options: object) -> list[tuple[str, str | None, str | None]]:
    issues = nlp.analyse_text(report(text, **options)).issues  # type: ignore[arg-type]
    return [(i.code, i.expected, i.found) for i in issues if i.severity != "info"]


AGREE = [
    "全年共收到政府信息公开申请12件(其中自然人10件、企业2件),上年结转1件,办理答复12件,结转下年度1件。",
    "2023年,局机关受理政府信息公开申请12件,较上年(9件)增长33.3%。其中,通过网络申请8件,信函申请4件。",
    "本年度办理政府信息公开申请13件(含上年结转1件),已办结12件,其中予以公开6件,部分公开1件,不予公开2件。",
    "收到依申请公开12件,均在法定期限内予以答复或正在办理。",  # not all are said to be closed
    "全年新收到申请12件,其中涉及征地拆迁5件、预算3件。",  # parts that are no total
    "被申请行政复议2件,维持1件,尚未审结1件;行政诉讼1件,法院驳回原告诉讼请求。",
    "2022年收到申请9件,2023年收到申请12件,同比增加3件。",  # another year's number
    "我局2023年收到公民、法人和其他组织提出的政府信息公开申请12件。",  # the list is no breakdown
    "全局办理行政复议案件34件、应诉案件8件。因信息公开引发行政复议2件、行政诉讼1件。",  # business work
    "共收到申请12件,当面答复2件,电话答复3件。按期答复率100%。",
    "今年以来,县直各部门共收到申请88件,我局收到12件。",  # other bodies
    "共收到政府信息公开申请12件,办结11件,1件正在办理中。",  # of those received this year
    "第一季度收到申请3件,全年收到申请12件。",
    "制发规范性文件2件,废止1件,现行有效规范性文件9件。其中与其他部门联合制发1件。",
    "接听热线咨询1200余次,答复网民留言45件,办理建议提案6件。",
    "收到申请12件,答复12件,其中主动公开3件,同意公开3件。",  # the older outcomes
    "落实2022年度评估整改要求,2022年年度报告已在网站公布。",
    "截至2022年底累计公开300条,2023年新增120条。",
    "编印《惠企政策问答》200册。收到申请12件。",  # 企业 in a title
    "属于行政执法案卷不予公开1件,因涉及第三方合法权益不予公开1件。",
    "全年收到申请12件,同比增长50%,上年结转1件。",  # the change has no number to be checked with
]


@pytest.mark.parametrize("text", AGREE)
def test_no_alarm(text):
    assert findings(text) == []


DIFFER = [
    ("全年共收到政府信息公开申请14件。", ("prose.applications_received", "12", "14")),
    ("依申请公开:2023年度共受理11份申请。", ("prose.applications_received", "12", "11")),
    ("申请总数为15件。", ("prose.applications_received", "12", "15")),
    ("未收到政府信息公开申请。", ("prose.applications_received", "12", "0")),
    ("新收申请12件,上年结转3件。", ("prose.applications_carried_in", "1", "3")),
    ("受理申请12件,办结13件。", ("prose.applications_answered", "12", "13")),
    ("收到12件,上年结转1件,办结12件,结转下年度继续办理2件。", ("prose.applications_carried_out", "1", "2")),
    ("收到申请12件,其中自然人申请9件。", ("prose.applications_by_applicant", "10", "9")),
    ("收到申请12件,其中予以公开7件。", ("prose.applications_granted", "6", "7")),
    ("收到申请12件,部分公开2件。", ("prose.applications_partial", "1", "2")),
    ("收到申请12件,不予公开4件。", ("prose.applications_refused", "2", "4")),
    ("收到申请12件,因本机关不掌握无法提供5件。", ("prose.applications_unavailable", "3", "5")),
    ("全年因不予公开被申请行政复议3件。", ("prose.reviews", "2", "3")),
    ("没有发生行政复议案件。", ("prose.reviews", "2", "0")),
    ("被申请行政复议2件,其中维持2件。", ("prose.reviews_upheld", "1", "2")),
    ("因信息公开被提起行政诉讼4件。", ("prose.litigations", "1", "4")),
    ("行政诉讼1件,其中复议后起诉2件。", ("prose.litigations", "1", "2")),
    ("制发行政规范性文件3件。", ("prose.normative_docs_issued", "2", "3")),
    ("现行有效行政规范性文件8件。", ("prose.normative_docs_valid", "9", "8")),
]


@pytest.mark.parametrize(("text", "expected"), DIFFER)
def test_prose_against_table(text, expected):
    assert expected in findings(text)


def test_both_sides_are_evidence():
    text = report("全年共收到政府信息公开申请14件。")
    issue = next(i for i in nlp.analyse_text(text).issues if i.code == "prose.applications_received")
    assert [span.of(text) for span in issue.spans] == ["14件", "12"] and issue.severity == "error"
    assert "本年新收政府信息公开申请数量" in issue.message and "总计" in issue.message


ITSELF = [
    ("收到申请12件。共受理政府信息公开申请15件。", "prose.conflict.applications_received"),
    ("收到申请12件,上年结转2件,办结12件,结转下年度1件。", "prose.balance"),
    ("收到申请12件,其中自然人8件,法人或其他组织3件。", "sum.applicants"),
    ("收到申请12件,其中网络申请9件、信函申请5件。", "sum.parts"),
    ("主动公开政府信息100条,其中政策类30条、财政类40条、其他类25条。", "sum.parts"),
    ("主动公开政府信息100条,其中法规类30条(部门文件10条、上级文件21条)。", "sum.parts"),
    ("主动公开政府信息100条,其中财政类130条。", "sum.part_exceeds"),
    ("主动公开政府信息100条,其中财政类40条,占50%。", "share.wrong"),
    ("收到申请12件,比上年(10件)增长25%。", "change.wrong"),
    ("收到申请12件,同比增长25%(上年10件)。", "change.wrong"),
    ("收到申请12件,比上年(10件)减少2件。", "change.wrong"),
    ("收到申请12件,与上年持平(上年10件)。", "change.wrong"),
    ("收到申请12件,结转下年度1件。上述申请均已办结。", "contradiction.all_closed"),
    ("全年收取信息处理费300元。", "prose.conflict.fees_charged"),
]


@pytest.mark.parametrize(("text", "code"), ITSELF)
def test_prose_against_itself(text, code):
    assert code in [found for found, _, _ in findings(text, tables=False)]


SUMS_THAT_HOLD = [
    "主动公开政府信息100条,其中网站90条、微信60条、公开栏20条。",  # several channels carry one item
    "主动公开政府信息3050条,其中民生类2944条、财政类285条、工作动态1014条。",  # overlapping
    "主动公开政府信息100条,其中政策类30条、财政类40条。",  # partial
    "主动公开政府信息约100条,其中政策类30条、其他类80条。",  # about
    "主动公开政府信息65条,其中政策类20条,占30%;财政类45条,占69.2%。",  # cut off or rounded
    "收到申请97件,较2022年(80件)上升21.3%。",
    "被申请行政复议51件,其中维持26件,纠正9件,其他结果12件,尚\n未审结4件。",  # a page broke the list
    "办理建议提案19件,其中建议8件、提案11件,办复率100%。",
    "主动公开政府信息100条,其中政策类60条(部门文件40条、上级文件20条)、财政类40条。",
]


@pytest.mark.parametrize("text", SUMS_THAT_HOLD)
def test_sums_that_hold_or_cannot_be_told(text):
    assert [f for f in findings(text, tables=False) if f[0].startswith(("sum", "share", "change"))] == []


@pytest.mark.parametrize(
    "text",
    [
        "全年收取信息处理费950元。其中,甲局1件,收取420元;乙县2件,收取530元。",
        "全年收到申请50件,已办结49件。3个工作日内答复43件,10个工作日内答复6件。",
    ],
)
def test_parts_of_a_number_do_not_contradict_it(text):
    found = findings(text, tables=False, six="落实年度工作要点。")
    assert [f for f in found if f[0].startswith("prose.conflict")] == []


def test_a_fee_that_section_six_does_not_report():
    found = findings("全年收取信息处理费300元。", six="落实年度工作要点。")
    assert [code for code, _, _ in found] == ["fees.not_in_section_six"]
