"""Scans. The pages are drawn with a font of the system; without the extra ``ocr`` the reader says what to install."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from nlp.analyse import analyse_source
from nlp.reading import documents
from nlp.reading.documents import read_document
from nlp.reading.files import read_bytes
from nlp.reading.isolated import read_isolated
from nlp.reading.rendering import Line, PlacedCell, compose, make_grid, table_line
from nlp.reading.scans.read import SCAN_MEMORY, can_read_scans, rendered
from nlp.records import ReportUnreadable, Source

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)
FONT = next((font for font in FONTS if Path(font).is_file()), None)
needs_ocr = pytest.mark.skipif(not can_read_scans() or FONT is None, reason="needs the extra ocr and fonts-noto-cjk")
TITLE = "云岭县2023年政府信息公开工作年度报告"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(60)


@pytest.mark.parametrize("data", [PNG, b"\xff\xd8\xff" + bytes(60), b"II*\x00" + bytes(60)])
def test_without_the_extra(data, monkeypatch):
    monkeypatch.setattr(documents, "can_read_scans", lambda: False)
    with pytest.raises(ReportUnreadable) as caught:
        read_document(data, "年报.doc")
    assert caught.value.code == "scanned" and "gongkai[ocr]" in caught.value.hint


def test_a_damaged_page_of_a_pdf_costs_that_file_alone():
    """Found by mutation: a page tree that names an object which is not there."""
    data = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[9 0 R]/Count 1>>endobj\n"
    with pytest.raises(ReportUnreadable) as caught:
        list(rendered(data + b"trailer<</Root 1 0 R>>\n%%EOF", "a.pdf"))
    assert caught.value.code == "damaged" and "a.pdf" in caught.value.message


def page(*, turn: int = 0, skew: float = 0.0):
    """A page with a title, a line of prose and a table with a blank cell, grey."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (1240, 1754), 255)
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(FONT, 32)
    draw.text((300, 120), TITLE, 0, font)
    draw.text((160, 220), "　　一、总体情况", 0, font)
    draw.text((160, 270), "　　全年主动公开政府信息126条，比上年多出的信息都在网站上发", 0, font)
    draw.text((160, 320), "布。", 0, font)
    for x in (160, 700, 1000):
        draw.line((x, 400, x, 640), 0, 2)
    for y in (400, 480, 560, 640):
        draw.line((160, y, 1000, y), 0, 2)
    for x, y, text in (
        (180, 420, "信息内容"),
        (720, 420, "本年件数"),
        (180, 500, "行政许可"),
        (720, 500, "0"),
        (180, 580, "行政处罚"),
    ):
        draw.text((x, y), text, 0, font)
    return picture.rotate(skew, fillcolor=255, resample=Image.Resampling.BICUBIC).rotate(turn, expand=True)


def saved(*pictures, format: str) -> bytes:
    """The pictures as one file."""
    file = io.BytesIO()
    pictures[0].save(file, format, **({"save_all": True, "append_images": pictures[1:]} if len(pictures) > 1 else {}))
    return file.getvalue()


@needs_ocr
@pytest.mark.parametrize(
    ("format", "turn", "skew"), [("PNG", 0, 0.0), ("JPEG", 90, 1.5), ("TIFF", 180, -1.0), ("PDF", 0, 0.0)]
)
def test_page_and_table(format, turn, skew):
    source = read_document(saved(page(turn=turn, skew=skew), format=format), "年报.bin")
    assert source.text.split("\n") == [
        TITLE, "一、总体情况", "全年主动公开政府信息126条，比上年多出的信息都在网站上发布。", "信息内容\t本年件数", "行政许可\t0", "行政处罚\t",
    ]  # fmt: skip


@needs_ocr
def test_a_scanned_page_among_pages_of_text():
    """A cover that was typed, and a page that was scanned: both are read, in their order."""
    canvas_module = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab draws the typed page")
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = canvas_module.Canvas(file, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(60, 780, "本页文字由云岭县人民政府办公室录入，后一页为扫描件。")
    canvas.showPage()
    canvas.drawImage(ImageReader(page()), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    source = read_document(file.getvalue(), "年报.pdf")
    assert source.text.split("\n") == [
        "本页文字由云岭县人民政府办公室录入，后一页为扫描件。", TITLE, "一、总体情况",
        "全年主动公开政府信息126条，比上年多出的信息都在网站上发布。", "信息内容\t本年件数", "行政许可\t0", "行政处罚\t",
    ]  # fmt: skip
    assert not [repair for repair in source.repairs if repair.kind == "unread"]


def grid(columns: list[list[str]], *, skew: float, grain: float = 0.0, size: int = 24):
    """A page that a table of narrow cells fills from edge to edge, its lines a point wide: no line of text is long."""
    import numpy as np
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (1240, 1754), 255)
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(FONT, size)
    width, height = 1000 // len(columns), 1500 // len(columns[0])
    for number in range(len(columns) + 1):
        draw.line((120 + number * width, 120, 120 + number * width, 120 + height * len(columns[0])), 0, 2)
    for number in range(len(columns[0]) + 1):
        draw.line((120, 120 + number * height, 120 + width * len(columns), 120 + number * height), 0, 2)
    for column, cells in enumerate(columns):
        for row, text in enumerate(cells):
            draw.text((140 + column * width, 140 + row * height), text, 0, font)
    turned = np.asarray(picture.rotate(skew, fillcolor=255, resample=Image.Resampling.BICUBIC), float)
    noise = np.random.default_rng(1).normal(0, grain, turned.shape)
    return Image.fromarray((turned + noise).clip(0, 255).astype(np.uint8))


GRID = [["行政许可", "行政处罚", "行政强制"], ["12", "/", ""], ["", "305", "1"], ["7", "0", ""]]


@needs_ocr
@pytest.mark.parametrize(("skew", "grain"), [(0.4, 0.0), (-0.5, 0.0), (0.0, 7.0), (0.4, 7.0)])
def test_a_table_that_fills_the_page(skew, grain):
    """Found at 150 dpi: lines askew over the whole page were no lines, grain was read as writing, and “/” as 1."""
    source = read_document(saved(grid(GRID, skew=skew, grain=grain), format="PNG"), "a.png")
    assert source.text.split("\n") == ["行政许可\t12\t\t7", "行政处罚\t/\t305\t0", "行政强制\t\t1\t"]


@needs_ocr
def test_numbers_set_apart_without_ruled_lines():
    """A row of a table that lost its lines: recognised whole, it was 本年新收申请6100007 and zeros that are alike were lost."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (1240, 600), 255)
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(FONT, 24)
    rows = (
        "0  0  0  0  0  0  0  0  0  0",
        "一、本年新收政府信息公开申请数量  6  1  0  0  0  12  19",
        "二、上年结转政府信息公开申请数量  0  0  0  0  0  0  0",
        "联系电话：0513-88812345，邮编：226000",
    )
    for number, row in enumerate(rows):
        draw.text((120, 120 + 44 * number), row, 0, font)
    lines = read_document(saved(picture, format="PNG"), "a.png").text.replace("：", ":").replace("，", ",").split("\n")
    assert lines == [
        "0 0 0 0 0 0 0 0 0 0",
        "一、本年新收政府信息公开申请数量 6 1 0 0 0 12 19",
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0",
        "联系电话:0513-88812345,邮编:226000",
    ]


@needs_ocr
@pytest.mark.parametrize(
    ("limits", "code"), [({"seconds": 0.3}, "timeout"), ({"memory": 2**29, "seconds": 120}, "memory")]
)
def test_recognition_has_limits_of_its_own(limits, code):
    """A page that takes too long or too much memory ends the process that reads it, and the next page is read."""
    data = saved(page(), format="PNG")
    with pytest.raises(ReportUnreadable) as caught:
        read_isolated("scan", data, "a.png", **limits)
    assert caught.value.code == code and "a.png" in caught.value.message
    assert read_isolated("scan", data, "a.png", seconds=60, memory=SCAN_MEMORY)[0].text == TITLE


@needs_ocr
def test_pages_in_order():
    data = saved(page(), page(), format="TIFF")
    assert read_document(data, "a.tif").text.count("126条") == 2


@needs_ocr
def test_limits():
    from PIL import Image

    for data, code in ((saved(Image.new("1", (9000, 9000)), format="PNG"), "too_large"), (PNG, "damaged")):
        with pytest.raises(ReportUnreadable) as caught:
            read_document(data, "a.png")
        assert caught.value.code == code
        assert (
            "0x" not in caught.value.message
        )  # an object in memory: other in every run, and results are the same bytes


def test_an_unclear_number_is_a_candidate():
    """A cell that was recognised with low confidence: its place is flagged, and its number not given."""
    labels = ("规章", "行政规范性文件")
    cells = [
        PlacedCell((text,), 0, n) for n, text in enumerate(("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"))
    ]
    for row, label in enumerate(labels, 1):
        cells += [
            PlacedCell((label,), row, 0),
            PlacedCell(("3",), row, 1, doubtful=row == 1),
            PlacedCell(("0",), row, 2),
            PlacedCell(("7",), row, 3),
        ]
    grid = make_grid(cells)
    assert grid is not None
    lines = [Line(TITLE), Line("二、主动公开政府信息情况"), Line("第二十条第（一）项"), table_line(grid)]
    text, blocks, repairs = compose(lines)
    (unclear,) = [repair for repair in repairs if repair.kind == "ocr"]
    assert unclear.span.of(text) == unclear.replacement == "3"
    analysis = analyse_source(Source("0" * 16, "a.png", "image/png", "binary", "0" * 64, text, blocks, repairs))
    of = {(f.row, f.column): f for f in analysis.figures if f.span is not None}
    doubted = [figure for figure in of.values() if figure.span == unclear.span]
    assert [(figure.status, figure.value, [int(c) for c in figure.candidates]) for figure in doubted] == [
        ("ambiguous", None, [3])
    ]
    assert [issue.spans for issue in analysis.issues if issue.code == "reading.low_confidence"] == [(unclear.span,)]


@needs_ocr
@pytest.mark.parametrize("size", [(900, 3), (1, 1), (4000, 20)])
def test_a_strip_has_no_text(size):
    """Found by mutation: a page of no height, which the recogniser could not make smaller."""
    from PIL import Image

    with pytest.raises(ReportUnreadable) as caught:
        read_document(saved(Image.new("L", size, 255), format="PNG"), "a.png")
    assert caught.value.code == "no_text"


@needs_ocr
def test_read_whole():
    assert read_bytes(saved(page(), format="PNG"), name="a.txt").media_type == "image/png"
