"""PDF made from text. The files are drawn by reportlab with a font that every PDF reader brings along."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from nlp.analyse import analyse_source
from nlp.reading import documents
from nlp.reading.documents import read_document
from nlp.reading.pages.lines import find_lines
from nlp.reading.pages.page import Character, Page, Rule
from nlp.reading.pages.tables import merge_rules
from nlp.reading.pdf.read import read_pages, read_pdf
from nlp.reading.rendering import Line
from nlp.records import ReportUnreadable

canvas_module = pytest.importorskip("reportlab.pdfgen.canvas", reason="reportlab draws the PDF files of these tests")
FONT = "STSong-Light"
SIZE = 10
LEFT, RIGHT, TOP = 60, 540, 780  # points
WIDTH = 48  # characters of a full line


def pdf(*pages: Callable[[object], None], **options: object) -> bytes:
    """A PDF of pages that the functions draw."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = io.BytesIO()
    canvas = canvas_module.Canvas(file, pagesize=(600, 840), **options)
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def prose(*lines: str, top: float = TOP, foot: str = "", head: str = "") -> Callable[[object], None]:
    """Lines from the left edge; "　　" in front of a line is its indent."""

    def draw(canvas: object) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(LEFT, top - 18 * number, line)
        canvas.drawCentredString(300, 30, foot)
        canvas.drawCentredString(300, 815, head)

    return draw


def grid(
    columns: list[float],
    rows: list[float],
    texts: list[tuple[int, int, str]],
    walls: list[tuple[float, float, float]] = (),
    floors: list[tuple[float, float, float]] = (),
    size: float = SIZE,
) -> Callable[[object], None]:
    """A table: its outer frame, all lines unless given (x, y0, y1) and (y, x0, x1), and texts by row and column."""

    def draw(canvas: object) -> None:
        canvas.setLineWidth(0.5)
        for x, y0, y1 in walls or [(x, rows[0], rows[-1]) for x in columns]:
            canvas.line(x, y0, x, y1)
        for y, x0, x1 in floors or [(y, columns[0], columns[-1]) for y in rows]:
            canvas.line(x0, y, x1, y)
        canvas.setFont(FONT, size)
        for row, column, text in texts:
            for number, line in enumerate(text.split("\n")):
                canvas.drawString(columns[column] + 3, rows[row] - 13 - 12 * number, line)

    return draw


def both(*draws: Callable[[object], None]) -> Callable[[object], None]:
    """Several things on one page."""

    def draw(canvas: object) -> None:
        for one in draws:
            canvas.setFont(FONT, SIZE)
            one(canvas)

    return draw


def shown(data: bytes) -> list[str]:
    return [line.text for line in read_pdf(data, "a.pdf") if not line.chrome]


FULL = "　　" + "公开" * ((WIDTH - 2) // 2)  # the first line of a paragraph, from edge to edge
NEXT = "信息" * (WIDTH // 2)
TEXT = "公开" * ((WIDTH - 2) // 2)


def test_paragraphs_are_rejoined_across_lines_and_pages():
    first = prose("　　一、总体情况", FULL, NEXT, "共12条。", FULL, foot="- 1 -")
    second = prose("接着写完。", "　　（一）主动公开", foot="- 2 -")
    lines = read_pdf(pdf(first, second), "a.pdf")
    assert [line.text for line in lines if not line.chrome] == [
        "一、总体情况", TEXT + NEXT + "共12条。", TEXT + "接着写完。", "（一）主动公开",
    ]  # fmt: skip
    assert [line.text for line in lines if line.chrome] == ["- 1 -", "- 2 -"]


def test_a_number_that_did_not_fit_is_joined_to_its_line():
    """A telephone number cannot be broken: the line before ends short, and no new paragraph begins."""
    short = "　　" + "公开" * 16 + "，电话："
    assert shown(pdf(prose(FULL[:-1] + "。", short, "0541-22301178-8026-0541-22301178；传真", FULL))) == [
        TEXT[:-1] + "。", "公开" * 16 + "，电话：0541-22301178-8026-0541-22301178；传真", TEXT,
    ]  # fmt: skip


def test_paragraphs_that_fill_their_last_line():
    """No short line shows the end, the indent and the full stop do; an item begins anew after a full stop."""
    stop = NEXT[:-1] + "。"
    assert shown(pdf(prose(FULL, stop, FULL, stop, "（二）" + NEXT[3:], "其余。"))) == [
        TEXT + stop, TEXT + stop, "（二）" + NEXT[3:] + "其余。",
    ]  # fmt: skip


def test_running_heads_and_bare_page_numbers():
    pages = [
        prose("　　" + "一二三"[n] * 46, "四五六"[n] * 48, "完。", foot=str(n + 1), head="云岭县2023年年报")
        for n in range(3)
    ]
    lines = read_pdf(pdf(*pages), "a.pdf")
    assert [line.text for line in lines if line.chrome] == [
        "云岭县2023年年报",
        "1",
        "云岭县2023年年报",
        "2",
        "云岭县2023年年报",
        "3",
    ]


def test_a_number_at_the_end_of_the_text_is_no_page_number():
    """The last cell of a table whose cells stand one a line: it follows the text at the usual distance."""
    page = [f"　　{text}" for text in ("规章", "0", "0", "行政许可", "42", "行政处罚", "行政强制")]
    lines = read_pdf(pdf(prose(*page, "1", top=200), prose(*page, "2", top=200)), "a.pdf")
    assert not any(line.chrome for line in lines)


def test_ruled_table_with_merged_cells():
    columns, rows = [60, 160, 260, 360], [700, 680, 660, 640]
    walls = [(60, 700, 640), (160, 700, 640), (260, 680, 640), (360, 700, 640)]  # the head reaches over two columns
    floors = [(700, 60, 360), (680, 160, 360), (660, 60, 360), (640, 60, 360)]  # the label over two rows
    texts = [
        (0, 0, "信息内容"),
        (0, 1, "申请人情况"),
        (1, 1, "自然人"),
        (1, 2, "总计"),
        (2, 0, "新收"),
        (2, 1, "12"),
        (2, 2, "1 204"),
    ]
    lines = read_pdf(
        pdf(both(prose("　　三、收到和处理申请情况的统计表格如下。"), grid(columns, rows, texts, walls, floors))),
        "a.pdf",
    )
    assert [line.text for line in lines] == [
        "三、收到和处理申请情况的统计表格如下。",
        "信息内容\t申请人情况\t\n\t自然人\t总计\n新收\t12\t1 204",
    ]
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in lines[1].grid.cells[:2]] == [
        ("信息内容", 0, 0, 2, 1), ("申请人情况", 0, 1, 1, 2),
    ]  # fmt: skip


def test_lines_drawn_as_thin_rectangles_and_in_pieces():
    """Word fills rectangles half a point thick, one for each cell; the shading of a head is no line."""

    def draw(canvas: object) -> None:
        canvas.setFillGray(0.9)
        canvas.rect(60, 680, 200, 20, stroke=0, fill=1)
        canvas.setFillGray(0)
        for x in (60, 160, 260):
            for y in (660, 680):
                canvas.rect(x, y, 0.5, 20, stroke=0, fill=1)
        for y in (660, 680, 700):
            for x in (60, 160):
                canvas.rect(x + 1, y, 98, 0.5, stroke=0, fill=1)
        canvas.setFont(FONT, SIZE)
        for x, y, text in (
            (65, 686, "规章的件数"),
            (165, 686, "本年制发件数"),
            (65, 666, "行政规范性文件的件数"),
            (165, 666, "3"),
        ):
            canvas.drawString(x, y, text)

    assert shown(pdf(draw)) == ["规章的件数\t本年制发件数\n行政规范性文件的件数\t3"]


def test_numbers_broken_by_a_narrow_cell():
    columns, rows = [60, 160, 190], [700, 670, 640]
    texts = [(0, 0, "行政许可处理决定数量"), (0, 1, "1234\n56"), (1, 0, "行政处罚处理决定数量"), (1, 1, "7\n8")]
    assert shown(pdf(grid(columns, rows, texts))) == ["行政许可处理决定数量\t123456\n行政处罚处理决定数量\t7 8"]


def test_table_across_pages_inside_a_merged_label():
    """The label 三、 reaches over the break: its rest on the second page is the same cell; the head that is printed anew is not."""
    columns = [60, 120, 300, 360]
    first = grid(
        columns, [120, 100, 80, 60], [(0, 0, "内容"), (0, 1, "分类"), (0, 2, "总计"), (1, 0, "三、办理结果"), (1, 1, "（一）予以公开"), (1, 2, "5"), (2, 1, "（二）部分公开"), (2, 2, "0")],
        floors=[(120, 60, 360), (100, 60, 360), (80, 120, 360), (60, 60, 360)],
    )  # fmt: skip
    second = grid(
        columns, [800, 780, 760, 740], [(0, 1, "（三）不予公开"), (0, 2, "3"), (1, 1, "（七）总计"), (1, 2, "8"), (2, 0, "四、结转"), (2, 2, "0")],
        floors=[(800, 60, 360), (780, 120, 360), (760, 60, 360), (740, 60, 360)],
    )  # fmt: skip
    foot = "- {} -"
    data = pdf(both(first, prose(foot=foot.format(1))), both(second, prose(foot=foot.format(2))))
    lines = read_pdf(data, "a.pdf")
    assert [line.text for line in lines if not line.chrome] == [
        "内容\t分类\t总计\n三、办理结果\t（一）予以公开\t5\n\t（二）部分公开\t0\n\t（三）不予公开\t3\n\t（七）总计\t8\n四、结转\t\t0"
    ]
    (label,) = [cell for cell in lines[0].grid.cells if cell.text == "三、办理结果"]
    assert (label.row, label.row_span) == (1, 4)


def test_repeated_head_of_a_table():
    head = [(0, 0, "信息内容"), (0, 1, "本年处理决定数量")]
    first = grid([60, 200, 400], [100, 80, 60], [*head, (1, 0, "行政许可"), (1, 1, "42")])
    second = grid([60, 200, 400], [800, 780, 760], [*head, (1, 0, "行政处罚"), (1, 1, "7")])
    lines = read_pdf(pdf(first, second), "a.pdf")
    assert [line.text for line in lines if not line.chrome] == ["信息内容\t本年处理决定数量\n行政许可\t42\n行政处罚\t7"]
    assert [line.text for line in lines if line.chrome] == ["信息内容 本年处理决定数量"]


def test_rows_that_a_page_cut():
    """A label goes on under the break; a row of its own does not become part of the one above it."""
    first = grid(
        [60, 160, 400], [100, 80, 60], [(0, 0, "信息内容"), (0, 1, "数量"), (1, 0, "2.其他法律行政法规"), (1, 1, "4")]
    )
    cut = grid([60, 160, 400], [800, 780, 760], [(0, 0, "禁止公开"), (1, 0, "行政处罚"), (1, 1, "7")])
    own = grid([60, 160, 400], [800, 780, 760], [(0, 0, "行政强制"), (1, 0, "行政处罚"), (1, 1, "7")])
    assert shown(pdf(first, cut)) == ["信息内容\t数量\n2.其他法律行政法规禁止公开\t4\n行政处罚\t7"]
    assert shown(pdf(first, own)) == ["信息内容\t数量\n2.其他法律行政法规\t4\n行政强制\t\n行政处罚\t7"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages(turn):
    """The same page turned by its /Rotate, and by its text."""
    upright = both(
        prose("　　三、收到和处理申请的情况", FULL, NEXT),
        grid([60, 200, 400], [700, 680, 660], [(0, 0, "信息内容"), (0, 1, "件数"), (1, 0, "规章"), (1, 1, "3")]),
    )
    expected = shown(pdf(upright))

    def by_rotate(canvas: object) -> None:
        canvas.setPageRotation(turn)
        upright(canvas)

    def by_text(canvas: object) -> None:
        canvas.translate(*{90: (840, 0), 180: (600, 840), 270: (0, 600)}[turn])
        canvas.rotate(turn)
        upright(canvas)

    assert expected == ["三、收到和处理申请的情况", TEXT + NEXT, "信息内容\t件数\n规章\t3"]
    assert shown(pdf(by_rotate)) == expected
    assert shown(pdf(by_text, pageCompression=0)) == expected


def test_framed_text_is_no_table():
    frame = grid([50, 550], [790, 700], [])
    assert shown(pdf(both(frame, prose(FULL, NEXT, "完。")))) == [TEXT + NEXT + "完。"]


def test_radicals_are_mapped_and_recorded():
    source = read_document(pdf(prose("　　云岭县⼈民政府2023年政府信息公开⼯作年度报告", FULL)), "a.pdf")
    radicals = {source.text[r.span.start]: r.replacement for r in source.repairs if r.kind == "radical"}
    assert radicals in ({"⼈": "人", "⼯": "工"}, {})  # this font prints the ideograph for some radicals
    assert "2023年政府信息公开" in source.text and source.media_type == "application/pdf"


LETTERS = "三、收到和处理⼯作的情况说明如下表所列⾃"


def by_hand(content: str, *, form: str = "") -> bytes:
    """A PDF of one page whose font means ``LETTERS`` by 1 to 20, in a page or in a form of it."""
    means = "".join(f"<{n:04x}> <{ord(letter):04x}>\n" for n, letter in enumerate(LETTERS, start=1))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n1 begincodespacerange <0000> <ffff> "
        f"endcodespacerange\n{len(LETTERS)} beginbfchar\n{means}endbfchar\nendcmap end end"
    )
    resources = "/Resources << /Font << /T 6 0 R >> /XObject << /F 5 0 R >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 840] /Contents 4 0 R {resources} >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /XObject /Subtype /Form /BBox [-9999 -9999 9999 9999] /Resources << /Font << /T 6 0 R >> >> "
        f"/Length {len(form)} >>\nstream\n{form}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 8 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        "/Supplement 0 >> /DW 1000 /FontDescriptor 9 0 R >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        "<< /Type /FontDescriptor /FontName /A /Flags 4 /FontBBox [0 -200 1000 900] /Ascent 880 /Descent -120 >>",
    ]
    body = "".join(f"{number} 0 obj\n{one}\nendobj\n" for number, one in enumerate(objects, start=1))
    return f"%PDF-1.4\n{body}trailer << /Root 1 0 R >>\n%%EOF".encode()


SAID = {"⼯": "工", "⾃": "自"}  # glyphs that look like radicals, and the characters they stand for


def with_actual_text(matrix: str, y: int) -> str:
    """The line of the font as browsers print it: a glyph at a time, the character beside it where the font tells another one."""
    shown = []
    for number, letter in enumerate(LETTERS, start=1):
        one = f"{matrix} {100 + 32 * number} {y} Tm <{number:04x}> Tj"
        if letter in SAID:
            one = f"/Span << /ActualText <FEFF{ord(SAID[letter]):04X}> >> BDC {one} EMC"
        shown.append(one)
    return " ".join(shown)


FORMS = [
    ("a scale", "0.5 0 0 0.5 0 0 cm", "2 0 0 2"),
    ("upside down, as browsers have it", "0.24 0 0 -0.24 33.6 761.28 cm", "3.125 0 0 -3.125"),
    ("moved", "1 0 0 1 40 -30 cm", "1 0 0 1"),
]


@pytest.mark.parametrize(("name", "outer", "size"), FORMS)
def test_radicals_inside_a_form_stand_where_they_are_printed(name, outer, size):
    """Browsers put what has opacity or a transform into a form; PDFium then gives another place to radicals alone."""
    line = f"BT /T 10 Tf {with_actual_text(size, 500)} {with_actual_text(size, 600)} ET"
    (page,) = read_pages(by_hand(f"q {outer} /F Do Q", form=line), "a.pdf")
    lines = ["".join(line.text.split()) for line in find_lines(page.characters)]
    assert lines == ["三、收到和处理工作的情况说明如下表所列自"] * 2


def test_dotted_and_dashed_rules():
    def ruled(*dash: float) -> Callable[[object], None]:
        def draw(canvas: object) -> None:
            canvas.setLineWidth(0.75)
            for x in (60, 200, 400):
                for y in range(660, 700, sum(map(int, dash))):
                    canvas.line(x, y, x, y + dash[0])
            for y in (660, 680, 700):
                for x in range(60, 400, sum(map(int, dash))):
                    canvas.line(x, y, x + dash[0], y)
            canvas.setLineWidth(0)

        return both(draw, cells)

    cells = grid([60, 200, 400], [700, 680, 660], FOUR, walls=[(900, 0, 1)], floors=[(900, 0, 1)])
    for dash in ((1, 2), (2, 2)):
        assert shown(pdf(both(prose(FULL, top=780), ruled(*dash)))) == [TEXT, "信息内容\t件数\n规章\t3"]


FOUR = [(0, 0, "信息内容"), (0, 1, "件数"), (1, 0, "规章"), (1, 1, "3")]


@pytest.mark.parametrize("others", [False, True])
def test_white_rules_part_cells_where_no_others_do(others):
    """White on white is seen by nobody, white on a coloured ground by all; beside black rules it only covers."""

    def white(canvas: object) -> None:
        canvas.setStrokeGray(1)
        grid([60, 200, 400], [700, 680, 660], FOUR)(canvas)
        canvas.setStrokeGray(0)

    black = grid([60, 200, 400], [600, 580, 560], FOUR)
    lines = shown(pdf(both(prose(FULL), white, *([black] if others else []))))
    assert ("信息内容\t件数\n规章\t3" in lines) and (lines.count("信息内容\t件数\n规章\t3") == 1)
    assert ("规章 3" in lines) == others


UNREADABLE = [
    ("scanned", lambda: pdf(lambda canvas: canvas.rect(10, 10, 300, 300))),
    ("too_many_pages", lambda: pdf(*[prose("公开")] * 301)),
    ("garbled", lambda: pdf(prose(FULL, "(cid:123)(cid:4567)(cid:89)公开信息"))),
    ("damaged", lambda: b"%PDF-1.7\n" + b"nothing of a PDF" * 40),
    ("encrypted", lambda: pdf(prose(FULL, NEXT), encrypt=_locked())),
]


def _locked() -> object:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return StandardEncryption("geheim", strength=128)


@pytest.mark.parametrize(("code", "make"), UNREADABLE)
def test_unreadable(code, make, monkeypatch):
    monkeypatch.setattr(documents, "can_read_scans", lambda: False)
    with pytest.raises(ReportUnreadable) as caught:
        read_document(make(), "年报.pdf")
    assert caught.value.code == code and "年报.pdf" in caught.value.message and caught.value.hint


def test_locked_for_changes_only_is_read():
    """Most locked files may be opened by anyone and only not be changed."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = pdf(prose(FULL, NEXT), encrypt=StandardEncryption("", ownerPassword="x", canModify=0, strength=128))
    assert shown(data) == [TEXT + NEXT]


def scanned(share: float) -> Callable[[object], None]:
    """A page that a grey picture covers to this share, and nothing else."""

    def draw(canvas: object) -> None:
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        width, height = canvas._pagesize
        canvas.drawImage(ImageReader(Image.new("L", (40, 40), 200)), 0, 0, width, height * share)

    return draw


def test_a_picture_with_a_date_and_an_address_at_its_edges_is_a_picture():
    """A browser draws a page with some styles as one picture, and prints its own lines above and below."""
    characters = [Character("字", 10.0 * n, y, 10.0 * n + 10, y + 10, 10) for n in range(30) for y in (5.0, 825.0)]
    page = Page(bottom=840, right=600, characters=characters, pictured=0.9)
    assert page.is_picture
    page.characters += [Character("字", 10.0 * n, 400, 10.0 * n + 10, 410, 10) for n in range(30)]
    assert not page.is_picture


def test_a_page_that_is_a_picture_is_not_lost_silently(monkeypatch):
    pytest.importorskip("PIL", reason="pillow draws the picture")
    monkeypatch.setattr(documents, "can_read_scans", lambda: False)
    source = read_document(pdf(prose(FULL, NEXT), scanned(0.9), prose("　　全年公开信息30条。")), "年报.pdf")
    assert source.text.split("\n") == [TEXT + NEXT, "〔第2页是图片，未能识别〕", "全年公开信息30条。"]
    (unread,) = [repair for repair in source.repairs if repair.kind == "unread"]
    assert unread.span.of(source.text) == "〔第2页是图片，未能识别〕" and unread.replacement == ""
    (issue,) = [issue for issue in analyse_source(source).issues if issue.code == "reading.page_unread"]
    assert issue.severity == "warning" and issue.message.startswith("第2页是图片") and issue.spans == (unread.span,)


def test_a_seal_or_an_empty_page_is_no_scan(monkeypatch):
    pytest.importorskip("PIL", reason="pillow draws the picture")
    monkeypatch.setattr(documents, "can_read_scans", lambda: False)
    source = read_document(pdf(prose(FULL, NEXT), scanned(0.1), lambda canvas: None), "年报.pdf")
    assert source.text == TEXT + NEXT


def test_merged_rules():
    rules = [Rule(10, 0, 50), Rule(10.8, 51, 99), Rule(20, 0, 10), Rule(20, 40, 60)]
    assert [(rule.start, rule.end) for rule in merge_rules(rules)] == [(0, 99), (0, 10), (40, 60)]


def test_lines_are_lines():
    assert all(isinstance(line, Line) for line in read_pdf(pdf(prose(FULL, NEXT)), "a.pdf"))


def test_equal_lines_in_a_font_that_the_file_lacks():
    """Without the box font PDFium takes the second of two equal lines for the first printed twice where no font is installed."""
    assert shown(pdf(prose("　　一、公开。", "　　一、公开。", "　　一、公开。", "　　" + "依申请公开" * 4))) == [
        "一、公开。", "一、公开。", "一、公开。", "依申请公开" * 4,
    ]  # fmt: skip
