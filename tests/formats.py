"""Renders the sample reports to every format that is read, and compares what comes back: ``python -m tests.formats``.

Each report of ``corpora/reports`` is written as Word, as web pages in three styles, in GB18030, and as PDF (by reportlab,
by LibreOffice and by Chromium where they are installed), and its analysis is compared with that of the report itself,
fact by fact. The table that is printed is the one of the README.
"""

from __future__ import annotations

import argparse
import html
import io
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

import nlp
from nlp.analyse import analyse_source
from nlp.reading.clean import fold
from nlp.reading.files import read_report
from nlp.reading.scans.read import can_read_scans
from nlp.records import Analysis, Cell, Source
from tests.ofd import MAKERS, as_ofd

REPORTS = Path(__file__).parents[1] / "corpora" / "reports"


@dataclass(frozen=True)
class Piece:
    """A line of a report, or a table: its cells, each with its text."""

    text: str
    cells: tuple[tuple[str, Cell], ...] = ()

    def rows(self) -> Iterator[list[tuple[str, Cell]]]:
        """The cells of each row, from the left."""
        for row in range(max(cell.row for _, cell in self.cells) + 1):
            yield sorted((pair for pair in self.cells if pair[1].row == row), key=lambda pair: pair[1].column)


def pieces_of(source: Source) -> list[Piece]:
    """The lines and tables of a report, to be written in another format."""
    pieces = []
    for block in source.blocks:
        text = block.span.of(source.text)
        if block.cells:
            pieces.append(Piece(text, tuple((cell.span.of(source.text), cell) for cell in block.cells)))
        else:
            pieces += [Piece(line.strip()) for line in text.replace("\t", " ").split("\n") if line.strip()]
    return pieces


def as_word(pieces: list[Piece]) -> bytes:
    """A .docx file; merged cells as Word merges them."""
    body = "".join(
        _word_table(piece) if piece.cells else _word_paragraph(piece.text, indented=True) for piece in pieces
    )
    section = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"/></w:sectPr>'
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + body
        + section
        + "</w:body></w:document>"
    )
    types = (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        '"/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", document)
    return file.getvalue()


def _word_paragraph(text: str, *, indented: bool = False) -> str:
    indent = '<w:pPr><w:ind w:firstLine="420"/></w:pPr>' if indented else ""
    return f'<w:p>{indent}<w:r><w:t xml:space="preserve">{escape(_printable(text))}</w:t></w:r></w:p>'


def _printable(text: str) -> str:
    return "".join(character for character in text if character >= " " and not "\ud800" <= character <= "\udfff")


def _word_table(piece: Piece) -> str:
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    width = max(cell.column + cell.column_span for _, cell in piece.cells)
    covered = {
        (row, cell.column): cell for _, cell in piece.cells for row in range(cell.row + 1, cell.row + cell.row_span)
    }
    rows = []
    for number, row in enumerate(piece.rows()):
        here = [(text, cell, "restart" if cell.row_span > 1 else "") for text, cell in row]
        here += [("", cell, "continue") for (at, _), cell in covered.items() if at == number]
        tcs = []
        for text, cell, merge in sorted(here, key=lambda item: item[1].column):
            properties = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
            properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
            tcs.append(f"<w:tc><w:tcPr>{properties}</w:tcPr>{_word_paragraph(text)}</w:tc>")
        rows.append("<w:tr>" + "".join(tcs) + "</w:tr>")
    grid = f'<w:gridCol w:w="{9000 // width}"/>' * width
    return f"<w:tbl><w:tblPr><w:tblBorders>{border}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"


def _html_table(piece: Piece, cell_markup: str = "{}") -> str:
    rows = []
    for row in piece.rows():
        tds = []
        for text, cell in row:
            spans = (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "") + (
                f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
            )
            tds.append(f"<td{spans}>{cell_markup.format(html.escape(text))}</td>")
        rows.append("<tr>" + "".join(tds) + "</tr>")
    return "<table border=1>" + "\n".join(rows) + "</table>"


def as_plain_page(pieces: list[Piece]) -> bytes:
    """A page of paragraphs and tables and nothing else."""
    body = "\n".join(_html_table(piece) if piece.cells else f"<p>{html.escape(piece.text)}</p>" for piece in pieces)
    style = "<style>table{border-collapse:collapse}td{border:1px solid #000}p{text-indent:2em}body{font:16px/1.8 serif}</style>"
    return f'<!DOCTYPE html><html><head><meta charset="utf-8">{style}</head><body>{body}</body></html>'.encode()


def as_word_page(pieces: list[Piece]) -> bytes:
    """A page that Word exported: spans everywhere, its declaration of the encoding wrong."""
    span = (
        '<p class=MsoNormal style="text-indent:21pt"><span lang=EN-US style="font-family:宋体"><o:p></o:p>{}</span></p>'
    )
    body = "\n".join(
        _html_table(piece, span) if piece.cells else span.format(html.escape(piece.text)) for piece in pieces
    )
    page = f'<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="gb2312"></head><body><div class=Section1>{body}</div></body></html>'
    return page.encode()


def as_site_page(pieces: list[Piece]) -> bytes:
    """A page of a site in GB18030: menus, layout tables, paragraphs of line breaks only, a foot."""
    parts = [
        _html_table(piece) if piece.cells else "&nbsp;&nbsp;" + html.escape(piece.text) + "<br>" for piece in pieces
    ]
    body = "\n".join(parts)
    menu = (
        "<ul class=nav>"
        + "".join(f"<li><a href=/{n}>{n}</a></li>" for n in ("首页", "政务公开", "办事服务", "互动交流"))
        + "</ul>"
    )
    foot = "<div class=footer>版权所有 网站标识码 备案序号</div>"
    page = (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>{menu}<table><tr><td>'
        f"<table><tr><td><div id=zoom>{body}</div></td></tr></table></td></tr></table>{foot}</body></html>"
    )
    return page.encode("gb18030", "replace")


def as_text(pieces: list[Piece]) -> bytes:
    """Text in GB18030, a row a line, its cells parted by tabs."""
    return "\n".join(piece.text for piece in pieces).encode("gb18030", "replace")


def as_pdf(pieces: list[Piece]) -> bytes:
    """A PDF with page numbers, made by reportlab; its font is one that every PDF reader brings along."""
    from reportlab.lib.colors import black
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=10.5, leading=17, firstLineIndent=21, wordWrap="CJK"
    )
    small = ParagraphStyle("cell", fontName="STSong-Light", fontSize=8, leading=10, wordWrap="CJK")
    flow: list[object] = []
    for piece in pieces:
        if not piece.cells:
            flow.append(Paragraph(escape(_printable(piece.text)), style))
            continue
        height = max(cell.row + cell.row_span for _, cell in piece.cells)
        width = max(cell.column + cell.column_span for _, cell in piece.cells)
        grid: list[list[object]] = [[""] * width for _ in range(height)]
        commands: list[tuple[object, ...]] = [
            ("GRID", (0, 0), (-1, -1), 0.5, black),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ]
        for text, cell in piece.cells:
            grid[cell.row][cell.column] = Paragraph(escape(_printable(text)), small)
            end = (cell.column + cell.column_span - 1, cell.row + cell.row_span - 1)
            if cell.row_span > 1 or cell.column_span > 1:
                commands.append(("SPAN", (cell.column, cell.row), end))
        shares = [
            2
            + max(
                [min(len(text), 14) for text, cell in piece.cells if cell.column == n and cell.column_span == 1] or [2]
            )
            for n in range(width)
        ]
        flow += [Table(grid, colWidths=[460 * share / sum(shares) for share in shares], style=commands), Spacer(1, 6)]

    def number(canvas: Canvas, document: object) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(A4[0] / 2, 30, f"- {canvas.getPageNumber()} -")

    file = io.BytesIO()
    SimpleDocTemplate(file, pagesize=A4, leftMargin=60, rightMargin=60).build(
        flow, onFirstPage=number, onLaterPages=number
    )
    return file.getvalue()


def as_libreoffice_pdf(pieces: list[Piece]) -> bytes:
    """A PDF that LibreOffice made of the Word document."""
    return _converted(as_word(pieces), "docx", "pdf")


def as_old_word(pieces: list[Piece]) -> bytes:
    """A .doc file that LibreOffice made of the Word document."""
    return _converted(as_word(pieces), "docx", "doc:MS Word 97")


def as_rich_text(pieces: list[Piece]) -> bytes:
    """A .rtf file that LibreOffice made of the Word document."""
    return _converted(as_word(pieces), "docx", "rtf:Rich Text Format")


def _converted(data: bytes, suffix: str, target: str) -> bytes:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / f"report.{suffix}"
        path.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        command = [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            folder,
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return path.with_suffix("." + target.partition(":")[0]).read_bytes()


# What the pages of sites add to the plain one.
STYLES = {
    "opacity": "body{opacity:.92}",
    "opacity of cells": "td{opacity:.85}",
    "a transform": "body{transform:scale(.94);transform-origin:0 0}",
    "a turn too small to be seen": "table{transform:rotate(.2deg)}",
    "vertical labels": "td[rowspan]{writing-mode:vertical-rl}",
    "letters set apart": "td,p{letter-spacing:2px}",
    "dashed rules": "td{border:1px dashed #000!important}",
    "dotted rules": "td{border:1px dotted #555!important}",
    "double rules": "td{border:3px double #000!important}",
    "white rules": "td{border:1px solid #fff!important;background:#eef}table{border:0}",
}

NO_RULES = "td{border:0!important}table{border:0!important}"  # what is left are lines of text; half-lines of a label stand between the rows


def as_chromium_pdf(pieces: list[Piece], *, style: str = "") -> bytes:
    """A PDF that Chromium printed of the plain page, with some style."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        page, target = Path(folder) / "report.html", Path(folder) / "report.pdf"
        page.write_bytes(as_plain_page(pieces).replace(b"</style>", style.encode() + b"</style>"))
        command = [
            find_chromium() or "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
            page.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target.read_bytes()


def find_chromium() -> str | None:
    """The program, ``None`` when it is not installed."""
    return next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


def as_pdftotext(pieces: list[Piece], *, layout: bool) -> bytes:
    """What ``pdftotext`` makes of the PDF by LibreOffice, with or without ``-layout``."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(as_libreoffice_pdf(pieces))
        command = ["pdftotext", *(["-layout"] if layout else []), "-enc", "UTF-8", str(path), "-"]
        return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout


def _has_pdftotext() -> bool:
    return shutil.which("pdftotext") is not None and shutil.which("soffice") is not None


def as_scan(pieces: list[Piece], *, dpi: int) -> bytes:
    """A TIFF of grey pages as a scanner makes them of the PDF by LibreOffice: a little askew, blurred, with grain."""
    import numpy as np
    import pypdfium2
    from PIL import Image, ImageFilter

    grain = np.random.default_rng(dpi)
    frames = []
    for page in pypdfium2.PdfDocument(as_libreoffice_pdf(pieces)):
        picture = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
        picture = picture.rotate(0.4, resample=Image.Resampling.BICUBIC, fillcolor=255)
        picture = picture.filter(ImageFilter.GaussianBlur(0.5 * dpi / 200))
        noisy = np.asarray(picture, float) + grain.normal(0, 6, (picture.height, picture.width))
        frames.append(Image.fromarray(noisy.clip(0, 255).astype(np.uint8)))
    file = io.BytesIO()
    frames[0].save(file, "TIFF", save_all=True, append_images=frames[1:], compression="tiff_lzw")
    return file.getvalue()


def _can_scan() -> bool:
    return can_read_scans() and shutil.which("soffice") is not None


# The formats: name, suffix, writer, and what must be installed for it.
FORMATS: tuple[tuple[str, str, Callable[[list[Piece]], bytes], Callable[[], bool]], ...] = (
    ("text, GB18030", ".txt", as_text, lambda: True),
    ("HTML, plain", ".html", as_plain_page, lambda: True),
    ("HTML by Word", ".htm", as_word_page, lambda: True),
    ("HTML of a site, GB18030", ".html", as_site_page, lambda: True),
    ("Word .docx", ".docx", as_word, lambda: True),
    ("Word .doc", ".doc", as_old_word, lambda: shutil.which("soffice") is not None),
    # .wps of Kingsoft is the format of .doc under another name.
    (".wps", ".wps", as_old_word, lambda: shutil.which("soffice") is not None),
    (".rtf", ".rtf", as_rich_text, lambda: shutil.which("soffice") is not None),
    ("PDF by reportlab", ".pdf", as_pdf, lambda: True),
    ("PDF by LibreOffice", ".pdf", as_libreoffice_pdf, lambda: shutil.which("soffice") is not None),
    *((f"OFD, {maker}", ".ofd", partial(as_ofd, maker=maker), lambda: True) for maker in MAKERS),
    ("scan, 150 dpi", ".tif", partial(as_scan, dpi=150), _can_scan),
    ("scan, 200 dpi", ".tif", partial(as_scan, dpi=200), _can_scan),
    ("PDF by Chromium", ".pdf", as_chromium_pdf, lambda: find_chromium() is not None),
    *(
        (
            f"PDF by Chromium, {name}",
            ".pdf",
            partial(as_chromium_pdf, style=STYLES[name]),
            lambda: find_chromium() is not None,
        )
        for name in ("opacity", "a transform", "white rules", "dotted rules")
    ),
    (
        "PDF by Chromium, no rules",
        ".pdf",
        partial(as_chromium_pdf, style=NO_RULES),
        lambda: find_chromium() is not None,
    ),
    ("text by pdftotext", ".txt", partial(as_pdftotext, layout=False), _has_pdftotext),
    ("text by pdftotext -layout", ".txt", partial(as_pdftotext, layout=True), _has_pdftotext),
)


def _letters(printed: str) -> str:
    """What is printed, without white space; a radical (⼯) looks like its character, so that no picture can tell them apart."""
    return "".join(fold(unicodedata.normalize("NFKC", printed)).split())


def facts(analysis: Analysis) -> dict[str, Counter[object]]:
    """What an analysis says, without the places; a comma of full or of half width is the same, which a scan cannot tell."""
    identity = analysis.identity
    return {
        "cells": Counter(
            (f.table, f.row, f.column, f.value, f.status) for f in analysis.figures if f.status != "absent"
        ),
        "identity": Counter(
            (n, getattr(identity, n))
            for n in ("title", "issuer", "year", "published_on", "period_start", "period_end", "edition")
        ),
        "sections": Counter((section.key, section.level) for section in analysis.sections),
        "contacts": Counter((contact.kind, contact.value) for contact in analysis.contacts),
        "counts": Counter((c.metric, c.quantity.value, c.quantity.unit) for c in analysis.counts)
        + Counter((c.channel, c.quantity.value, c.quantity.unit) for c in analysis.channel_counts),
        "statements": Counter(
            (s.section_key, s.role, _letters(s.span.of(analysis.source.text))) for s in analysis.statements
        ),
    }


@dataclass
class Comparison:
    """How many facts of a format agree with those of the report itself, of how many; and what does not."""

    agreeing: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    differing: list[str] = field(default_factory=list)

    def add(self, name: str, expected: dict[str, Counter[object]], found: dict[str, Counter[object]]) -> None:
        """Count the facts of one report."""
        for kind, facts_expected in expected.items():
            both = (facts_expected & found[kind]).total()
            self.agreeing[kind] += both
            self.all[kind] += max(facts_expected.total(), found[kind].total())
            for fact in (facts_expected - found[kind]).elements():
                self.differing.append(f"{name}: {kind} lost {fact}")
            for fact in (found[kind] - facts_expected).elements():
                self.differing.append(f"{name}: {kind} new {fact}")


def compare(writer: Callable[[list[Piece]], bytes], suffix: str, reports: list[Path]) -> tuple[Comparison, float, int]:
    """The agreement of a format over ``reports``, the seconds its reading took, and the characters read."""
    comparison, seconds, characters = Comparison(), 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        for report in reports:
            path = Path(folder) / (report.stem + suffix)
            path.write_bytes(writer(pieces_of(read_report(report))))
            expected = facts(nlp.analyse(report))
            if not characters and suffix != ".tif":
                read_report(path)  # the process that reads documents has started
            started = time.perf_counter()
            source = read_report(path)
            seconds += time.perf_counter() - started
            characters += len(source.text)
            comparison.add(report.stem, expected, facts(analyse_source(source)))
    return comparison, seconds, characters


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", help="the formats whose name holds this")
    parser.add_argument("--differences", type=int, default=0, help="how many differences to list for each format")
    options = parser.parse_args()
    reports = sorted(path for path in REPORTS.iterdir() if (REPORTS / "gold" / f"{path.stem}.json").is_file())
    kinds = ("cells", "identity", "sections", "contacts", "counts", "statements")
    print("| format | " + " | ".join(kinds) + " | ms a page of 800 characters |")
    print("|---" * (len(kinds) + 2) + "|")
    for name, suffix, writer, available in FORMATS:
        if options.only and options.only not in name:
            continue
        if not available():
            print(f"| {name} | not measured: the program that writes it is not installed |" + " |" * len(kinds))
            continue
        comparison, seconds, characters = compare(writer, suffix, reports)
        shares = [f"{100 * comparison.agreeing[kind] / max(1, comparison.all[kind]):.1f}%" for kind in kinds]
        print(f"| {name} | " + " | ".join(shares) + f" | {800_000 * seconds / characters:.1f} |")
        for line in comparison.differing[: options.differences]:
            print(f"    {line}", file=sys.stderr)


if __name__ == "__main__":
    main()
