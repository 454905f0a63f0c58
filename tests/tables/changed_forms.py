"""Reports on forms that there is no file for: whole reports on the form of 2021 with a row and a column more."""

import re

from training.generated.report import write_report
from training.generated.spec import make_spec

GRIDS = ("html", "pipes", "tabs", "markdown")
COLUMNS = ("natural_person", "business", "research", "ngo", "legal_service", "other_org", "total")
NEW = ("4.涉及个人信息保护", "2", "0", "0", "0", "0", "1", "3")
SEED = 7


def printed(way: str) -> tuple[str, str]:
    """A whole report on the form of 2021 and how its file ends."""
    made = write_report(make_spec(SEED, "tables_2021"), way)
    return made.text, made.suffix


def with_row(text: str, way: str, row: tuple[str, ...] = NEW, before: str = "(五)不予处理") -> str:
    """The text with a row before the one that holds ``before``."""
    line = {
        "html": "<tr><td>" + "</td><td>".join(row) + "</td></tr>\n",
        "tabs": "\t\t" + "\t".join(row) + "\n",
        "lines": "\n".join(row) + "\n",
    }.get(way, "|  |  | " + " | ".join(row) + " |\n")
    at = text.rindex("<tr>" if way == "html" else "\n", 0, text.index(before)) + (way != "html")
    return text[:at] + line + text[at:]


def with_column(text: str, way: str, number: str = "2") -> str:
    """The text with the column 境外机构 before the last one of the requests table, one number in every row."""
    start = text.index("三、收到和处理")
    end = text.index("四、政府信息公开行政复议", start)
    lines = [_widened(line, way, number) for line in text[start:end].split("\n")]
    return text[:start] + "\n".join(lines) + text[end:]


def _widened(line: str, way: str, number: str) -> str:
    mark = {"html": r"<td[^>]*>[^<]*</td></tr>$", "tabs": r"\t[^\t]*$"}.get(way, r"\|[^|]*\|$")
    last = re.search(mark, line)
    if last is None:
        return line
    words = re.sub(r"<[^>]*>|[|\t ]", "", last[0])
    if way == "html" and words == "其他":  # the lower of two lines of heads: the one above reaches down
        return line
    inner = {"总计": "境外机构", "申请人情况": ""}.get(words, number if words.isdigit() else "")
    cell = {"html": f"<td{' rowspan=2' if inner == '境外机构' else ''}>{inner}</td>", "tabs": f"\t{inner}"}
    return line[: last.start()] + cell.get(way, f"| {inner} ") + last[0]
