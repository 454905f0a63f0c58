"""The reports of cases that are told in words: a table printed twice, labels before all numbers, two years in one file."""

from __future__ import annotations

from nlp.tables.forms import form

FORM = form("tables_2021")
ROWS = list(FORM.cells["requests"])
NUMBERS = {"new_received": "3 1 0 0 0 0 4", "granted": "2 1 0 0 0 0 3", "results_total": "2 1 0 0 0 0 3"}
NUMBERS["carried_out"] = "1 0 0 0 0 0 1"
HEAD = "汀原市{year}年政府信息公开工作年度报告\n一、总体情况\n全年工作平稳,公开及时准确。\n二、主动公开政府信息情况\n见附表。\n"
TABLE = "三、收到和处理政府信息公开申请情况\n申请人情况\n自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
END = "四、政府信息公开行政复议、行政诉讼情况\n无。\n五、存在的主要问题及改进情况\n{problems}\n六、其他需要报告的事项\n无。\n"
PROSE = "公开内容还不够丰富,将继续充实重点领域的内容。" * 30


def table(labels: dict[str, str] | None = None, **numbers: str) -> str:
    """Section three; ``labels`` are printed in place of those of the form."""
    printed = NUMBERS | numbers
    lines = [
        f"{(labels or {}).get(row, FORM.names['requests', row])} {printed.get(row, '0 0 0 0 0 0 0')}" for row in ROWS
    ]
    return TABLE + "\n".join(lines) + "\n"


def report(year: int = 2023, body: str = "", problems: str = "公开不够及时。") -> str:
    """A report of the form of 2021 with ``body`` between its second and its fourth section."""
    return HEAD.format(year=year) + body + END.format(problems=problems)


def apart() -> str:
    """All labels of section three, then all its numbers, row by row."""
    labels = "\n".join(FORM.names["requests", row] for row in ROWS)
    numbers = "\n".join(" ".join(NUMBERS.get(row, "0 0 0 0 0 0 0").split()) for row in ROWS).replace(" ", "\n")
    return TABLE + labels + "\n" + numbers + "\n"


# What each case describes.
TEXTS = {
    "peers000": report(
        body=TABLE
        + "\n".join(f"{FORM.names['requests', row]} 0 0 0 0 0 0 0" for row in ROWS[1:-2])
        + "\n(七)总计\t3510\t1\t0\t0\t0\t0\t3511\n四、结转下年度继续办理\t91\t0\t0\t0\t0\t0\t91\n"
    ),
    "peers002": report(body=table() + "附:汇总表\n" + table(results_total="5 1 0 0 0 0 6", granted="5 1 0 0 0 0 6")),
    "peers003": report(2023, table(), PROSE) + report(2024, table(new_received="8 1 0 0 0 0 9"), PROSE),
    "peers005": report(body=table(new_received="3510 1 0 0 0 0 3511")).replace(
        "全年工作平稳", "全市收到申请3646件,同比增长1.08%(上年3607件)"
    ),
    "peers009": report(
        body=table(op_no_correction="67 3 0 0 0 0 70").replace(
            FORM.names["requests", "op_no_correction"],
            "1.申请人无正当理由逾期不补\n- 5 -\n正、行政机关不再处理其政府信",
        )
    ),
    "peers010": report(body=table(new_received="94 1 0 0 0 0 95")).replace(
        "全年工作平稳", "县政府办公室代表县政府受理申请17件"
    ),
    "peers011": report(body=table({"ref_law": "2.其他法律行政止公开"}, ref_law="6 1 0 0 0 0 7")),
    "peers021": "<html><head><title>汀原市水务局2023年政府信息公开工作年度报告</title></head><body><p>一、总体情况</p>"
    "<p>全年主动公开政府信息63条,其中门户网站60条。</p><p>二、主动公开政府信息情况</p><p>见附表。</p></body></html>",
    "peers023": "汀原市2023年政府信息公开工作年度报告\n一、总体情况\n工作平稳。\n三、主动公开政府信息情况\n见附表。\n"
    "三、收到和处理政府信息公开申请情况\n未收到申请。\n四、政府信息公开行政复议、行政诉讼情况\n无。\n",
    "peers024": report(
        body="第二十条第(五)项\n信息内容 本年处理决定数量\n行政许可 -5\n第二十条第(六)项\n信息内容 本年处理决定数量\n"
        "行政处罚 3.5\n行政强制 0\n",
        problems="暂无问题。",
    ),
    "peers026": report(body=apart()),
}
