"""Where the text of a PDF stands on its pages."""

import io
import zlib

import numpy as np
import pytest

from nlp.analyse import analyse_source
from nlp.desk.pictures import draw_page, page_heights
from nlp.reading.files import read_bytes, read_report, read_text
from nlp.records import Analysis, Printed, Source, Span
from tests.formats import REPORTS, as_pdf, pieces_of

pytest.importorskip("reportlab", reason="reportlab draws the PDF files of these tests")

A4 = 595.2756, 841.8898


def source(text, printed):
    return Source("0" * 16, "a.pdf", "application/pdf", "binary", "0" * 64, text, (), (), printed)


LINES = (
    Printed(Span(0, 4), 1, 0.1, 0.1, 0.5, 0.12),
    Printed(Span(4, 6), 1, 0.1, 0.13, 0.2, 0.15),
    Printed(Span(7, 9), 2, 0.1, 0.1, 0.3, 0.2, 2),
)


@pytest.mark.parametrize(
    ("span", "boxes"),
    [
        (Span(0, 4), [(1, 0.1, 0.5)]),
        # 公开12: two wide characters and two half as wide on 0.4 of the page.
        (Span(2, 4), [(1, 0.1 + 0.4 * 2 / 3, 0.5)]),
        (Span(3, 5), [(1, 0.1 + 0.4 * 2.5 / 3, 0.5), (1, 0.1, 0.15)]),
        # Of a box with two lines a part is the whole.
        (Span(8, 9), [(2, 0.1, 0.3)]),
        (Span(6, 7), []),
        (Span(4, 4), []),
    ],
)
def test_a_part_of_a_line_has_its_share_of_the_box(span, boxes):
    found = source("公开12条。\n总计", LINES).boxes(span)
    assert [(box.page, round(box.x0, 6), round(box.x1, 6)) for box in found] == [
        (page, round(x0, 6), round(x1, 6)) for page, x0, x1 in boxes
    ]


def test_a_text_has_no_pages():
    assert read_text("公开12条。", name="a.txt").boxes(Span(0, 3)) == ()


def canvas_pdf(draw, *, rotate=0, crop=None):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFont("STSong-Light", 10)
    canvas.setPageRotation(rotate)
    if crop:
        canvas.setCropBox(crop)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def sentence(canvas):
    """A line whose base is 100 points below the upper edge, from 72 points on, 10 points a character."""
    canvas.drawString(72, A4[1] - 100, "青溪镇2023年政府信息公开工作年度报告全文公开")


def test_a_line_stands_where_it_was_printed():
    read = read_bytes(canvas_pdf(sentence), name="a.pdf")
    at = read.text.index("2023")
    (box,) = read.boxes(Span(at, at + 4))
    # Three characters of 10 points stand before the year, whose digits are 5 points wide.
    assert box.page == 1
    assert box.x0 * A4[0] == pytest.approx(102, abs=1.5) and box.x1 * A4[0] == pytest.approx(122, abs=1.5)
    assert box.y0 * A4[1] < 95 < 99 < box.y1 * A4[1] and (box.y1 - box.y0) * A4[1] == pytest.approx(10, abs=1)


def test_a_page_that_is_shown_in_part_counts_from_its_corner():
    whole = read_bytes(canvas_pdf(sentence), name="a.pdf")
    cut = read_bytes(canvas_pdf(sentence, crop=(50, 400, 550, 800)), name="a.pdf")
    (one,), (two,) = whole.boxes(Span(0, 1)), cut.boxes(Span(0, 1))
    assert two.x0 * 500 == pytest.approx(one.x0 * A4[0] - 50, abs=0.5)
    assert two.y0 * 400 == pytest.approx(one.y0 * A4[1] - (A4[1] - 800), abs=0.5)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_ink_stands_in_the_boxes_on_the_picture_of_the_page(rotate):
    """A page that is shown turned is drawn so that its text runs to the right, and the boxes fit that picture."""
    # A page that is to be turned by a quarter is written lying.
    shape = (A4[0] / A4[1]) if rotate % 180 else (A4[1] / A4[0])
    data = canvas_pdf(
        lambda canvas: canvas.drawString(72, 300, "青溪镇2023年政府信息公开工作年度报告全文公开"), rotate=rotate
    )
    read = read_bytes(data, name="a.pdf")
    picture = draw_page(data, "a.pdf", 1)
    width, height = (int.from_bytes(picture[at : at + 4]) for at in (16, 20))
    assert height / width == pytest.approx(shape, abs=0.01)
    assert page_heights(data, "a.pdf") == pytest.approx((shape,), abs=0.01)
    start = picture.index(b"IDAT") + 4
    rows = np.frombuffer(zlib.decompress(picture[start:]), np.uint8).reshape(height, -1)[:, 1:]
    ink = rows.reshape(height, width, 3).min(axis=2) < 128
    (box,) = read.boxes(Span(0, len(read.text.rstrip())))
    inside = ink[round(box.y0 * height) : round(box.y1 * height), round(box.x0 * width) : round(box.x1 * width)]
    assert inside.sum() > 0.9 * ink.sum() > 0


def test_every_number_of_the_tables_has_a_box_of_its_own_size():
    """A report set in type over several pages: each printed cell has one box, none larger than a cell may be."""
    data = as_pdf(pieces_of(read_report(REPORTS / "2022-county-puchuan.md")))
    analysis = analyse_source(read_bytes(data, name="a.pdf"))
    given = [figure for figure in analysis.figures if figure.status == "given"]
    assert len(given) > 150
    for figure in given:
        boxes = analysis.source.boxes(figure.span)
        assert len(boxes) == 1, figure
        assert 0 < boxes[0].x1 - boxes[0].x0 < 0.12 and 0 < boxes[0].y1 - boxes[0].y0 < 0.03, figure
    assert len({boxes.page for figure in given for boxes in analysis.source.boxes(figure.span)}) > 1
    assert Analysis.from_dict(analysis.to_dict()) == analysis
