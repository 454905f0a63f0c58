"""The tables of a made-up report as rows of boxes, laid out and merged as the forms prescribe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nlp.records import Edition
from nlp.tables.forms import form
from training.generated.numbers import Cells

HEADS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
CORNER = "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
GROUPS = {
    "granted": "三、本年度办理结果", "ref_state_secret": "(三)不予公开", "una_not_held": "(四)无法提供",
    "np_petition": "(五)不予处理", "op_no_correction": "(六)其他处理",
}  # fmt: skip
# How many rows of the form stand beside a group's label.
REACH = {"granted": 0, "ref_state_secret": 8, "una_not_held": 3, "np_petition": 5, "op_no_correction": 3}
CAPTIONS = {
    "regulations": "第二十条第(一)项", "admin_licences": "第二十条第(五)项", "admin_penalties": "第二十条第(六)项",
    "admin_fees": "第二十条第(八)项", "procurement": "第二十条第(九)项",
}  # fmt: skip
LABEL_COLUMNS = 3
CONTENT_COLUMNS = 4


class Box(NamedTuple):
    """A cell as it is printed: its words, what it covers, and the cell of the form whose number it holds, if any."""

    text: str
    columns: int = 1
    rows: int = 1
    cell: tuple[str, str, str] | None = None


Row = list[Box]
# A table in one or more parts: Markdown parts them by blank lines, all others print them one below another.
Sheet = list[list[Row]]


def disclosure_sheet(edition: Edition, cells: Cells, *, merged: bool) -> Sheet:
    """Section two. ``merged`` stretches short rows to the width of the widest, as a page does."""
    this = form(edition)
    parts: Sheet = []
    for row, columns in this.cells["disclosure"].items():
        if row in CAPTIONS:
            heads = [Box("信息内容"), *(Box(_head(this.names, edition, column, row)) for column in columns)]
            caption = Box(CAPTIONS[row], CONTENT_COLUMNS if merged else 1)
            blanks = [] if merged else [Box("") for _ in columns]
            parts.append([[caption, *blanks], _stretched(heads) if merged else heads])
        name = this.names["disclosure", row]
        if edition == "tables_2019" and row == "normative_docs":
            name = "规范性文件"
        values = [Box(cells["disclosure", row, column], cell=("disclosure", row, column)) for column in columns]
        parts[-1].append(_stretched([Box(name), *values]) if merged else [Box(name), *values])
    return parts


def _stretched(row: Row) -> Row:
    return [*row[:-1], row[-1]._replace(columns=CONTENT_COLUMNS - len(row) + 1)]


def _head(names: dict[tuple[str, str], str], edition: Edition, column: str, row: str) -> str:
    if column == "amount":
        return "采购总金额" if row == "procurement" else "本年收费金额(单位:万元)"
    if column == "decisions" and edition == "tables_2021":
        return "本年处理决定数量"
    return names["disclosure", column]


def requests_sheet(edition: Edition, cells: Cells) -> Sheet:
    """Section three: three columns of labels, merged, and seven of numbers."""
    this = form(edition)
    rows: list[Row] = [
        [Box(CORNER, LABEL_COLUMNS, 3), Box("申请人情况", len(HEADS))],
        [Box(HEADS[0], 1, 2), Box("法人或其他组织", 5), Box(HEADS[-1], 1, 2)],
        [Box(head) for head in HEADS[1:-1]],
    ]
    names = list(this.cells["requests"])
    inside = 0  # rows that the label beside them still reaches over
    for row in names:
        labels: Row = []
        if row in GROUPS and not (row == "op_no_correction" and edition == "tables_2019"):
            reach = REACH[row] or len(names) - 3
            inside = REACH[row]
            labels.append(Box(GROUPS[row], 1, reach))
        level = 1 if row in ("new_received", "carried_in", "carried_out") else 3 if inside else 2
        labels.append(Box(this.names["requests", row], LABEL_COLUMNS - level + 1))
        inside = max(0, inside - 1)
        values = [
            Box(cells["requests", row, column], cell=("requests", row, column)) for column in this.columns("requests")
        ]
        rows.append([*labels, *values])
    return [rows]


def disputes_sheet(edition: Edition, cells: Cells) -> Sheet:
    """Section four: fifteen numbers in one row."""
    places = [
        ("disputes", row, column)
        for row in form(edition).cells["disputes"]
        for column in form(edition).columns("disputes")
    ]
    return [
        [
            [Box("行政复议", 5), Box("行政诉讼", 10)],
            [*(Box(head, 1, 2) for head in RESULTS), Box("未经复议直接起诉", 5), Box("复议后起诉", 5)],
            [Box(head) for head in RESULTS * 2],
            [Box(cells[place], cell=place) for place in places],
        ]
    ]


def indicators_sheet(cells: Cells) -> Sheet:
    """The table of 2014: label, unit, number."""
    this = form("indicators_2014")
    rows: list[Row] = [[Box("统计指标"), Box("单位"), Box("统计数")]]
    for (_, row), name in this.names.items():
        place = ("indicators", row, "value")
        if place in cells:
            rows.append([Box(name), Box(this.units[row]), Box(cells[place], cell=place)])
        elif row.startswith("sec"):
            rows.append([Box(name), Box(""), Box("")])
    return [rows]


def expanded(rows: Sequence[Row]) -> list[Row]:
    """The rows with a blank box wherever a merged one reaches, so that each covers one column of one row."""
    taken: dict[tuple[int, int], Box] = {}
    for y, row in enumerate(rows):
        x = 0
        for box in row:
            while (y, x) in taken:
                x += 1
            for down in range(min(box.rows, len(rows) - y)):
                for right in range(box.columns):
                    own = down == right == 0
                    taken[y + down, x + right] = box._replace(columns=1, rows=1) if own else Box("")
            x += box.columns
    widths = [max((x for row, x in taken if row == y), default=-1) + 1 for y in range(len(rows))]
    return [[taken.get((y, x), Box("")) for x in range(width)] for y, width in enumerate(widths)]


def with_subtotals(rows: Sequence[Row]) -> list[Row]:
    """Section three with a column for the sum of the organisations before the total, which the form does not have."""
    wider = []
    for row in rows:
        values = [box for box in row if box.cell]
        if values:
            organisations = sum(int(box.text or 0) for box in values[1:6])
            wider.append([*row[:-1], Box(str(organisations)), row[-1]])
        elif row[0].text == HEADS[1]:
            wider.append([*row, Box("小计")])
        else:
            wider.append([box._replace(columns=box.columns + 1) if box.columns > LABEL_COLUMNS else box for box in row])
    return wider


def without_row(rows: Sequence[Row], number: int) -> list[Row]:
    """The rows as an editor leaves them when one is deleted: what was merged over it is shorter by a row."""
    kept = [
        [box._replace(rows=box.rows - 1) if n < number < n + box.rows else box for box in row] if n < number else row
        for n, row in enumerate(rows)
        if n != number
    ]
    reaching = [box._replace(rows=box.rows - 1) for box in rows[number] if box.rows > 1]
    if reaching and number < len(kept):
        kept[number] = [*reaching, *kept[number]]
    return kept
