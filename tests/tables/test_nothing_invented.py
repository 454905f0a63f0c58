"""Random correct tables, printed in every way that copied reports show, with random damage: no number may be misplaced.

The printer below is written from the catalogue of the ways tables arrive as text, not from the reader.
"""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.reading.clean import clean_text
from nlp.records import Source
from nlp.tables.edition import find_edition
from nlp.tables.figures import read_tables

ROWS = [
    ("new_received", "一、本年新收政府信息公开申请数量", 0),
    ("carried_in", "二、上年结转政府信息公开申请数量", 0),
    ("granted", "(一)予以公开", 1),
    ("partial", "(二)部分公开(区分处理的,只计这一情形,不计其他情形)", 1),
    ("ref_state_secret", "1.属于国家秘密", 2),
    ("ref_law", "2.其他法律行政法规禁止公开", 2),
    ("ref_security", "3.危及“三安全一稳定”", 2),
    ("ref_third_party", "4.保护第三方合法权益", 2),
    ("ref_internal", "5.属于三类内部事务信息", 2),
    ("ref_process", "6.属于四类过程性信息", 2),
    ("ref_casefile", "7.属于行政执法案卷", 2),
    ("ref_query", "8.属于行政查询事项", 2),
    ("una_not_held", "1.本机关不掌握相关政府信息", 2),
    ("una_to_create", "2.没有现成信息需要另行制作", 2),
    ("una_unclear", "3.补正后申请内容仍不明确", 2),
    ("np_petition", "1.信访举报投诉类申请", 2),
    ("np_duplicate", "2.重复申请", 2),
    ("np_publication", "3.要求提供公开出版物", 2),
    ("np_excessive", "4.无正当理由大量反复申请", 2),
    ("np_reissue", "5.要求行政机关确认或重新出具已获取信息", 2),
    ("op_no_correction", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", 2),
    ("op_no_payment", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", 2),
    ("op_other", "3.其他", 2),
    ("results_total", "(七)总计", 1),
    ("carried_out", "四、结转下年度继续办理", 0),
]
GROUPS = {
    "granted": "三、本年度办理结果",
    "ref_state_secret": "(三)不予公开",
    "una_not_held": "(四)无法提供",
    "np_petition": "(五)不予处理",
    "op_no_correction": "(六)其他处理",
}
COLUMNS = ["natural_person", "business", "research", "ngo", "legal_service", "other_org", "total"]
SECTION_TWO = {
    "tables_2021": [
        ("第二十条第(一)项", ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
         [("regulations", "规章", ["issued", "repealed", "in_force"]),
          ("normative_docs", "行政规范性文件", ["issued", "repealed", "in_force"])]),
        ("第二十条第(五)项", ["信息内容", "本年处理决定数量"], [("admin_licences", "行政许可", ["decisions"])]),
        ("第二十条第(六)项", ["信息内容", "本年处理决定数量"],
         [("admin_penalties", "行政处罚", ["decisions"]), ("admin_coercions", "行政强制", ["decisions"])]),
        ("第二十条第(八)项", ["信息内容", "本年收费金额(单位:万元)"], [("admin_fees", "行政事业性收费", ["amount"])]),
    ],
    "tables_2019": [
        ("第二十条第(一)项", ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
         [("regulations", "规章", ["made", "newly_disclosed", "total_disclosed"]),
          ("normative_docs", "规范性文件", ["made", "newly_disclosed", "total_disclosed"])]),
        ("第二十条第(五)项", ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
         [("admin_licences", "行政许可", ["previous_items", "change", "decisions"]),
          ("other_services", "其他对外管理服务事项", ["previous_items", "change", "decisions"])]),
        ("第二十条第(六)项", ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
         [("admin_penalties", "行政处罚", ["previous_items", "change", "decisions"]),
          ("admin_coercions", "行政强制", ["previous_items", "change", "decisions"])]),
        ("第二十条第(八)项", ["信息内容", "上一年项目数量", "本年增/减"],
         [("admin_fees", "行政事业性收费", ["previous_items", "change"])]),
        ("第二十条第(九)项", ["信息内容", "采购项目数量", "采购总金额"],
         [("procurement", "政府集中采购", ["items", "amount"])]),
    ],
}  # fmt: skip
DISPUTE_ROWS = ["review", "direct_litigation", "post_review_litigation"]
DISPUTE_COLUMNS = ["upheld", "corrected", "other", "pending", "total"]
DISPUTE_HEADS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def rows_of(edition):
    """The rows of section three: the form of 2019 has one row (六) where that of 2021 has three."""
    if edition == "tables_2021":
        return ROWS, GROUPS
    rows = []
    for row in ROWS:
        if row[0] == "op_no_correction":
            rows.append(("other_processing", "(六)其他处理", 1))
        elif not row[0].startswith("op_"):
            rows.append(row)
    return rows, {key: label for key, label in GROUPS.items() if not key.startswith("op_")}


def make_truth(rng, edition):
    """Numbers for every cell, with all identities holding. A cell is a string; "" is a blank that means nothing."""
    rows, _ = rows_of(edition)
    busy = rng.choice([0.02, 0.1, 0.3])

    def number():
        return rng.choice([1, 1, 2, 3, 8, 15, 121]) if rng.random() < busy else 0

    table = {}
    outcome = [key for key, _, _ in rows if key not in ("new_received", "carried_in", "results_total", "carried_out")]
    for key in outcome:
        table[key] = [number() for _ in range(6)]
    table["results_total"] = [sum(table[key][c] for key in outcome) for c in range(6)]
    table["carried_out"] = [number() for _ in range(6)]
    whole = [a + b for a, b in zip(table["results_total"], table["carried_out"], strict=True)]
    table["carried_in"] = [rng.randint(0, n) if rng.random() < busy else 0 for n in whole]
    table["new_received"] = [a - b for a, b in zip(whole, table["carried_in"], strict=True)]
    cells = {}
    for key, _, _ in rows:
        for column, value in zip(COLUMNS, [*table[key], sum(table[key])], strict=True):
            cells["requests", key, column] = str(value)
    for _, _, lines in SECTION_TWO[edition]:
        for key, _, columns in lines:
            for column in columns:
                value = str(rng.choice([0, 0, 3, 17, 2048]))
                if column == "change" and value != "0":
                    value = rng.choice("+-") + value
                if column == "amount":
                    value = rng.choice(["0", "12.5", "3138.14万元", "8040"])
                cells["disclosure", key, column] = value
    for row in DISPUTE_ROWS:
        values = [number() for _ in range(4)]
        for column, value in zip(DISPUTE_COLUMNS, [*values, sum(values)], strict=True):
            cells["disputes", row, column] = str(value)
    if rng.random() < 0.5:  # blanks for zeros
        share = rng.choice([0.2, 0.7])
        for key, value in cells.items():
            if value == "0" and rng.random() < share:
                cells[key] = ""
    return cells


def split_label(rng, label):
    if rng.random() < 0.15 and len(label) > 3:
        at = rng.randint(2, len(label) - 1)
        return label[:at] + rng.choice([" ", "\n"]) + label[at:]
    return label


class Printer:
    """Prints one report's tables in one of the ways that web copies show."""

    def __init__(self, rng, edition, cells, way, damage):
        self.rng, self.edition, self.cells, self.way, self.damage = rng, edition, cells, way, damage
        self.torn = set()

    def text(self):
        parts = [
            "二、主动公开政府信息情况",
            self.section_two(),
            "三、收到和处理政府信息公开申请情况",
            self.section_three(),
        ]
        parts += ["四、政府信息公开行政复议、行政诉讼情况", self.section_four(), "五、存在的主要问题及改进情况"]
        parts += ["今年公开12条,仍有3个栏目更新不及时。"]
        return (" " if self.way == "one_line" else "\n").join(parts)

    def line(self, labels, values):
        """A row: the label cells that are printed in front of it, then its values."""
        rng = self.rng
        if self.way in ("lines", "spaced_lines"):
            shown = [value for value in values if value != ""]
            gap = "\n\n" if self.way == "spaced_lines" else "\n"
            return gap.join(
                [split_label(rng, label) for label in labels if label] + [rng.choice(["", " "]) + v for v in shown]
            )
        if self.way == "one_line":
            words = [label if rng.random() > 0.1 else label[:2] + " " + label[2:] for label in labels if label]
            return " ".join(words + [value for value in values if value != ""])
        if self.way == "tabs":
            return "\t".join([*labels, *values])
        if self.way == "pipes":
            return " | ".join([*[label for label in labels if label], *values]) + " |"
        if self.way == "torn_pipes":
            text = " | ".join(label for label in labels if label)
            for value in values:
                text += f" | {value}" if value else " |\n"
            return text + rng.choice([" |", " | |", ""])
        raise AssertionError(self.way)

    def join(self, lines):
        return (" " if self.way == "one_line" else "\n").join(lines)

    def section_two(self):
        lines = []
        for caption, heads, rows in SECTION_TWO[self.edition]:
            lines += [self.line([caption], []), self.line(heads, [])]
            for key, label, columns in rows:
                lines.append(self.line([label], [self.cells["disclosure", key, column] for column in columns]))
        return self.join(lines)

    def section_three(self):
        rng = self.rng
        rows, groups = rows_of(self.edition)
        corner = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
        total = rng.choice(["总计", "合计"])
        names = ["自然人", "商业 企业", "科研 机构", "社会公益组织", "法律服务机构", "其他"]
        if self.way == "tabs":
            lines = [
                self.line([corner, "", "", "申请人情况", "", "", "", "", "", ""], []),
                self.line(["", "", "", "自然人", "法人或其他组织", "", "", "", "", total], []),
                self.line(["", "", "", "", *names[1:], ""], []),
            ]
        else:
            lines = [self.line([corner, "申请人情况"], []), self.line(["自然人", "法人或其他组织", total], []),
                     self.line(names[1:], [])]  # fmt: skip
        broken = rng.randrange(len(rows)) if self.damage == "page_break" else -1
        for place, (key, label, level) in enumerate(rows):
            values = [self.cells["requests", key, column] for column in COLUMNS]
            group = groups.get(key)
            if self.way == "tabs":
                labels = ["", "", ""]
                labels[level] = label
                if group:
                    labels[level - 1] = group
                if self.damage == "shifted" and level == 2 and all(values):
                    values = ["", *values][:7] if rng.random() < 0.5 else values
                if self.damage == "repeated" and place > 6 and all(values):
                    kept = sorted(rng.sample(range(7), 4))
                    values = [v for i, v in enumerate(values) for v in ([v, v] if i in kept else [v])]
                if self.damage == "pushed_out" and level > 0 and all(values):
                    values = values[:-1]
                    self.torn.add(key)
                if self.damage == "shifted" and len(values) == 7 and values[0] == "":
                    self.torn.add(key)
            else:
                labels = [group, label] if group else [label]
            if self.damage == "lost_label" and place == 11:
                labels = [""] * len(labels)
                self.torn |= {key, rows[place - 1][0]}
            if self.damage == "misprint" and len(label) > 6 and rng.random() < 0.3:
                at = rng.randint(2, min(len(label), 16) - 2)
                labels[labels.index(label)] = label[:at] + rng.choice(["", "某"]) + label[at + 1 :]
            if place == broken:
                lines.append(rng.choice(["- 4 -", "— 12 —", "第 3 页", self.line(names, [])]))
            lines.append(self.line(labels, values))
        return self.join(lines)

    def section_four(self):
        values = [self.cells["disputes", row, column] for row in DISPUTE_ROWS for column in DISPUTE_COLUMNS]
        if self.damage == "short_disputes" and "0" in values:
            values.remove("0")
        heads = [h[:2] + self.rng.choice(["", " "]) + h[2:] for h in DISPUTE_HEADS]
        return self.join(
            [
                self.line(["行政复议", "行政诉讼"], []),
                self.line([*heads, "未经复议直接起诉", "复议后起诉"], []),
                self.line(heads * 2, []),
                self.line([], values).lstrip("\t |") if self.way != "tabs" else "\t".join(values),
            ]
        )


def number_of(printed):
    return float(printed.replace("万元", "").replace("+", "")) if printed else 0.0


WAYS = ["lines", "spaced_lines", "one_line", "tabs", "pipes", "torn_pipes"]
DAMAGES = ["none", "none", "page_break", "shifted", "repeated", "pushed_out", "lost_label", "short_disputes"]
DAMAGES.append("misprint")


@settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 2**32),
    st.sampled_from(["tables_2019", "tables_2021"]),
    st.sampled_from(WAYS),
    st.sampled_from(DAMAGES),
)
def test_no_number_is_invented_or_misplaced(seed, edition, way, damage):
    rng = random.Random(seed)
    cells = make_truth(rng, edition)
    printer = Printer(rng, edition, cells, way, damage)
    text = printer.text()
    source = Source("0" * 16, "a.txt", "text/plain", "utf-8", "0" * 64, text, (), ())
    clean = clean_text(source)
    assert find_edition(clean) == edition
    figures = read_tables(source, clean, (), edition).figures
    assert {(f.table, f.row, f.column) for f in figures} == set(cells) and len(figures) == len(cells)
    for figure in figures:
        key = (figure.table, figure.row, figure.column)
        truth = cells[key]
        if figure.status in ("given", "inferred"):
            assert float(figure.value) == number_of(truth), (key, figure, truth, text)
            assert truth != "" or figure.status == "inferred", (key, figure, text)
            assert figure.span.of(text).replace(",", "") in truth or figure.status == "inferred"
        elif figure.status == "ambiguous_zero" or figure.status == "blank":
            assert number_of(truth) == 0, (key, figure, truth, text)
        elif figure.status == "absent":
            assert damage in ("lost_label", "misprint"), (key, figure, text)
        else:
            assert figure.status == "ambiguous" and figure.value is None, (key, figure, text)
    if damage == "none" and "" not in cells.values():  # a whole table is read whole
        assert all(figure.status == "given" for figure in figures), text
