"""A sheet as text, as a table of a web page, or as one of a Word document."""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from training.generated.sheets import Box, Row, Sheet

FLOWING = ("lines", "spaced_lines", "one_line")  # nothing shows where a row ends
TEXTS = (*FLOWING, "tabs", "pipes", "markdown")
MERGED = ("html", "word")  # cells reach over several columns and rows
WAYS = (*TEXTS, "html", "plain_html", "word")  # plain_html: a cell for every column, as a copied spreadsheet has
# A heading with its paragraphs and tables.
Part = tuple[str, list[str | Sheet]]
GAPS = {"lines": "\n", "spaced_lines": "\n\n", "one_line": " "}


def as_text(sheet: Sheet, way: str) -> str:
    """The sheet in one of ``TEXTS``."""
    if way in FLOWING:
        return GAPS[way].join(box.text for part in sheet for row in part for box in row if box.text)
    return ("\n\n" if way == "markdown" else "\n").join(_lines(part, way) for part in sheet)


def _lines(rows: Sequence[Row], way: str) -> str:
    if way == "tabs":
        return "\n".join("\t".join(box.text for box in row) for row in rows)
    lines = ["| " + " | ".join(box.text for box in row) + " |" for row in rows]
    if way == "markdown":
        lines.insert(1, "| " + " | ".join("---" for _ in rows[0]) + " |")
    return "\n".join(lines)


def as_html(sheet: Sheet) -> str:
    """The sheet as a table of a page."""
    rows = [row for part in sheet for row in part]
    lines = ["<tr>" + "".join(map(_html_cell, row)) + "</tr>" for row in rows]
    return "<table border='1'>\n" + "\n".join(lines) + "\n</table>"


def _html_cell(box: Box) -> str:
    spans = f" colspan='{box.columns}'" if box.columns > 1 else ""
    spans += f" rowspan='{box.rows}'" if box.rows > 1 else ""
    return f"<td{spans}>{html.escape(box.text)}</td>"


def as_page(parts: Sequence[Part]) -> str:
    """A web page of headings with their paragraphs and tables."""
    lines = ["<html><head><meta charset='utf-8'><title>年报</title></head><body>"]
    for heading, body in parts:
        if heading:
            lines.append(f"<h2>{html.escape(heading)}</h2>")
        for item in body:
            if isinstance(item, str):
                lines.append(f"<p>{html.escape(item)}</p>".replace("\n", "</p><p>"))
            else:
                lines.append(as_html(item))
    return "\n".join([*lines, "</body></html>"])


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def as_document(parts: Sequence[Part]) -> bytes:
    """A Word document of headings with their paragraphs and tables; the bytes of two runs are the same."""
    body = []
    for heading, items in parts:
        body += [_paragraph(heading)] if heading else []
        for item in items:
            if isinstance(item, str):
                body += [_paragraph(line) for line in item.split("\n")]
            else:
                body.append(_word_table([row for part in item for row in part]))
    document = f'<w:document xmlns:w="{W}"><w:body>{"".join(body)}</w:body></w:document>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in (
            ("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", document),
        ):  # fmt: skip
            package.writestr(zipfile.ZipInfo(name), content)
    return file.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def _word_table(rows: Sequence[Row]) -> str:
    """Word merges downwards by a cell of its own in every row below."""
    lines = []
    below: dict[int, tuple[int, int]] = {}  # by column: how many a merged cell covers, and in how many rows to come
    for row in rows:
        cells, waiting, column = [], list(row), 0
        going_on: dict[int, tuple[int, int]] = {}
        while waiting or column in below:
            if column in below:
                width, left = below.pop(column)
                cells.append(_word_cell("", width, "<w:vMerge/>"))
            else:
                box = waiting.pop(0)
                width, left = box.columns, box.rows
                cells.append(_word_cell(box.text, width, '<w:vMerge w:val="restart"/>' if left > 1 else ""))
            if left > 1:
                going_on[column] = width, left - 1
            column += width
        below |= going_on
        lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
    width = max((sum(box.columns for box in row) for row in rows), default=1)
    return f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * width}</w:tblGrid>{''.join(lines)}</w:tbl>"


def _word_cell(text: str, columns: int, merge: str) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{_paragraph(text)}</w:tc>"
