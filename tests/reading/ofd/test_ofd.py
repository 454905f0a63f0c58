"""OFD: what its pages show is what is read. Whole reports are written by ``tests/ofd.py``, single pages by hand."""

from __future__ import annotations

import io
import zipfile

import pytest

from nlp.analyse import analyse, analyse_source
from nlp.desk.pictures import page_heights
from nlp.reading import documents
from nlp.reading.documents import read_document
from nlp.reading.files import read_bytes, read_report
from nlp.reading.ofd.read import read_ofd
from nlp.reading.scans.read import can_read_scans
from nlp.records import Analysis, ReportUnreadable
from tests.formats import REPORTS, Comparison, facts, pieces_of
from tests.generated import reports
from tests.ofd import MAKERS, TEMPLATE, as_ofd, as_scanned_ofd, pack, picture

GRIDS = ("2024-hospital-jichuan.html", "2020-county-mochuan.html", "2018-bureau-qingxiu.txt")
SENTENCE = "一、全年主动公开政府信息126条，均已上网。"
SECOND = "二、依申请公开政府信息的情况见下表。"


def text(words: str, y: float, x: float = 30, size: float = 5, code: str = "", **attributes: str) -> str:
    """A text object of one line; ``code`` has the attributes of its text code beside X and Y."""
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<ofd:TextObject ID="{{id}}" Boundary="{x} {y - size} 150 {size}" Font="3" Size="{size}"{more}>'
        f'<ofd:TextCode X="0" Y="{size}" {code}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, attributes: str = "", inner: str = "") -> str:
    return (
        f'<ofd:PathObject ID="{{id}}" Boundary="0 0 210 297" {attributes}>{inner}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


BODY = text(SENTENCE, 40, code='DeltaX="g 12 5 g 3 2.5 g 6 5"')


def shown(*pages: str, **parts: object) -> list[str]:
    return [line.text for line in read_ofd(pack(pages, **parts), "a.ofd") if not line.chrome]


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("name", GRIDS)
def test_whole_reports(name, maker):
    """Every cell, contact, count and statement as the report itself has them, whoever made the file."""
    report = REPORTS / name
    source = read_bytes(as_ofd(pieces_of(read_report(report)), maker=maker), name="报告.pdf")
    compared = Comparison()
    compared.add(name, facts(analyse(report)), facts(analyse_source(source)))
    assert compared.differing == [] and compared.all["cells"] > 0
    assert (
        source.media_type == "application/ofd" and "公开样本" not in source.text
    )  # the watermark lies across the page


@pytest.mark.parametrize("maker", MAKERS)
def test_generated_reports(maker):
    """Reports whose values the generator knows: tables of any number of rows, over page breaks."""
    tried = 0
    for one in reports(40, seed=19):
        source = read_bytes(one.content, name=one.name)
        if sum(bool(block.cells) for block in source.blocks) < 3:
            continue
        analysis = analyse_source(read_bytes(as_ofd(pieces_of(source), maker=maker), name="a.ofd"))
        assert received(analysis) == one.received and analysis.identity.issuer == one.issuer
        compared = Comparison()
        compared.add(one.name, facts(analyse_source(source)), facts(analysis))
        assert compared.agreeing["cells"] == compared.all["cells"] > 100
        tried += 1
        if tried == 2:
            return
    pytest.fail("too few generated reports have tables with cells")


def received(analysis: Analysis) -> object:
    cells = {(figure.table, figure.row, figure.column): figure for figure in analysis.figures}
    for place in (("requests", "new_received", "total"), ("indicators", "applications_received", "value")):
        if place in cells and cells[place].status != "absent":
            return cells[place].value
    return None


def test_every_span_has_a_page_and_a_box():
    source = read_bytes(pack([text(SECOND, 40), BODY]), name="a.ofd")
    (box,) = source.boxes(next(block.span for block in source.blocks if SENTENCE in block.span.of(source.text)))
    # Its first character stands at 30 of 210 mm; 19 wide characters and three narrow ones follow.
    assert box.page == 2 and box.x0 == pytest.approx(30 / 210, abs=1e-4)
    assert box.x1 == pytest.approx((30 + 19 * 5 + 3 * 2.5) / 210, abs=1e-4)
    assert box.y0 == pytest.approx((40 - 0.88 * 5) / 297, abs=1e-3)


STEPS = [
    ("all", 'DeltaX="5 5 5 5 5 5 5 5 5 5 5 5 2.5 2.5 2.5 5 5 5 5 5 5"'),
    ("groups", 'DeltaX="g 12 5 g 3 2.5 g 6 5"'),
    ("none: as wide as the characters are", ""),
    ("too few", 'DeltaX="g 4 5"'),
    ("too many: all as far apart", 'DeltaX="g 9999 5"'),
    ("justified", 'DeltaX="g 12 6.5 g 3 2.9 g 6 6.5" DeltaY="g 21 0"'),
    ("a word among them", 'DeltaX="g 4 5 five 5"'),
]


@pytest.mark.parametrize(("name", "code"), STEPS)
def test_steps_between_characters(name, code):
    assert shown(text(SENTENCE, 40, code=code)) == [SENTENCE]


def test_numbers_that_one_text_code_holds_stay_apart():
    """Two cells in one object, the space between them told by a step only: never one number."""
    marks = text("1489", 60, size=4, code='DeltaX="2 2 4.5"') + BODY
    assert shown(marks)[1] == "148 9"


def test_a_text_code_without_a_place_goes_on_at_the_last_one():
    codes = f'<ofd:TextCode X="0" Y="5">{SENTENCE}</ofd:TextCode><ofd:TextCode Y="15">{SECOND}</ofd:TextCode>'
    marks = f'<ofd:TextObject ID="{{id}}" Boundary="30 30 150 20" Font="3" Size="5">{codes}</ofd:TextObject>'
    assert shown(marks) == [SENTENCE, SECOND]


@pytest.mark.parametrize(
    "matrix", ["0 -1 1 0 20 200", "0 1 -1 0 180 30", "-1 0 0 -1 180 250"], ids=["upwards", "downwards", "head down"]
)
def test_turned_pages(matrix):
    """Text and rules turned by a quarter or half: the page is read the way its text runs."""
    objects = [
        (text("信息内容", 60, 20, 3), 0), (text("件数", 60, 60, 3), 0), (text("行政许可", 70, 20, 3), 0),
        (text("42", 70, 60, 3), 0), (text("行政处罚决定和行政强制决定", 90, 20, 3), 0),
        *[(path(f"M {x} 55 L {x} 75"), 1) for x in (18, 58, 98)], *[(path(f"M 18 {y} L 98 {y}"), 1) for y in (55, 65, 75)],
    ]  # fmt: skip
    unit = "".join(mark for mark, _ in objects)
    composite = f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7" Width="210" Height="297"><ofd:Content>{unit}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>'
    placed = f'<ofd:CompositeObject ID="{{id}}" Boundary="0 0 210 297" CTM="{matrix}" ResourceID="7"/>'
    assert shown(placed, resources=composite) == ["信息内容\t件数\n行政许可\t42", "行政处罚决定和行政强制决定"]


def test_vertical_labels_stand_in_their_cells():
    """A label set downwards, once by steps and once by its direction of reading."""
    rules = [path(f"M {x} 40 L {x} 70") for x in (20, 30, 70, 100)]
    rules += [path("M 20 40 L 100 40"), path("M 30 55 L 100 55"), path("M 20 70 L 100 70")]
    rows = text("维持结果", 48, 32, 4) + text("1", 48, 75, 4) + text("纠正结果", 62, 32, 4) + text("2", 62, 75, 4)
    prose = text("三、行政复议和行政诉讼的情况如下所列", 90)
    for label in (
        text("行政复议", 46, 22, 4, 'DeltaX="g 3 0" DeltaY="g 3 5"'),
        text("行政复议", 46, 22, 4, 'DeltaY="5 5 5"', ReadDirection="90"),
        text("行政复议", 46, 22, 4, ReadDirection="90"),
    ):
        assert shown("".join(rules) + label + rows + prose)[0] == "行政复议\t维持结果\t1\n\t纠正结果\t2"


RULES = [
    ("stroked", path("M 20 40 L 100 40") + path("M 20 50 L 100 50"), True),
    ("white", "".join(path(f"M 20 {y} L 100 {y}", inner='<ofd:StrokeColor Value="255 255 255"/>') for y in (40, 50)), False),
    ("not drawn", path("M 20 40 L 100 40 M 20 50 L 100 50", 'Stroke="false"'), False),
    ("unseen", path("M 20 40 L 100 40 M 20 50 L 100 50", 'Visible="false"'), False),
    ("white by its parameters", path("M 20 40 L 100 40 M 20 50 L 100 50", 'DrawParam="9"'), False),
    ("thin boxes", path("M 20 40 L 100 40 L 100 40.2 L 20 40.2 C M 20 50 L 100 50 L 100 50.2 L 20 50.2 C", 'Stroke="false" Fill="true"'), True),
    ("a curve among them", path("M 20 40 L 100 40 M 20 50 L 100 50 M 0 0 B 1 1 2 2 9 9"), True),
    ("commands unknown", path("Z 7 M 20 40 L 100 40 ? M 20 50 L 100 50"), True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "across", "ruled"), RULES)
def test_rules(name, across, ruled):
    down = "".join(path(f"M {x} 40 L {x} 50") for x in (20, 60, 100)) if ruled else ""
    parameters = (
        '<ofd:DrawParams><ofd:DrawParam ID="8"><ofd:StrokeColor Value="255 255 255"/></ofd:DrawParam>'
        '<ofd:DrawParam ID="9" Relative="8"/></ofd:DrawParams>'
    )
    marks = across + down + text("行政许可", 47, 22, 4) + text("42", 47, 65, 4) + text(SENTENCE, 80)
    (first, *_) = shown(marks, resources=parameters)
    assert first == ("行政许可\t42" if ruled else "行政许可 42")


def test_white_rules_part_cells_where_no_others_do():
    """Some forms are set on coloured ground with white lines."""
    white = '<ofd:StrokeColor Value="255 255 255"/>'
    rules = "".join(path(f"M 20 {y} L 100 {y}", inner=white) for y in (40, 50, 60))
    rules += "".join(path(f"M {x} 40 L {x} 60", inner=white) for x in (20, 60, 100))
    cells = text("行政许可", 47, 22, 4) + text("42", 47, 65, 4) + text("行政处罚", 57, 22, 4) + text("7", 57, 65, 4)
    assert shown(rules + cells + text(SENTENCE, 80))[0] == "行政许可\t42\n行政处罚\t7"


def test_templates_annotations_and_what_is_unseen():
    note = '<ofd:PageAnnot xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Annot ID="1" Type="Stamp"><ofd:Appearance Boundary="0 0 210 297">{}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>'
    listed = '<ofd:Annotations xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Page PageID="100"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    files = {
        "Annots/Annotations.xml": listed.encode(),
        "Annots/Page_0/Annotation.xml": note.format(text("已阅，请核对第3条", 200)).encode(),
    }
    marks = BODY + text("这一行看不见", 60, Visible="false")
    data = pack([marks], files=files, extra="<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>")
    lines = read_ofd(data, "a.ofd")
    assert [(line.text, line.chrome) for line in lines] == [(SENTENCE, False), ("已阅，请核对第3条", True)]
    assert "公开样本" in TEMPLATE  # the template's watermark lies across the page and is left out


def test_the_text_of_a_template_is_read():
    """A form whose heads stand in the template, and its numbers on the page."""
    head = '<ofd:Layer ID="90">' + text(SECOND, 20) + "</ofd:Layer>"
    data = changed(pack([BODY]), "Doc_0/Tpls/Tpl_0/Content.xml", lambda xml: xml.replace(TEMPLATE, head))
    assert [line.text for line in read_ofd(data, "a.ofd")] == [SECOND, SENTENCE]


def changed(data: bytes, part: str, change, *, drop: bool = False) -> bytes:
    """An OFD file with one of its parts changed or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as copy:
        for name in archive.namelist():
            if name != part:
                copy.writestr(name, archive.read(name))
            elif not drop:
                copy.writestr(name, change(archive.read(name).decode()))
    return out.getvalue()


def with_part(data: bytes, part: str, xml: str) -> bytes:
    with zipfile.ZipFile(file := io.BytesIO(data), "a") as archive:
        archive.writestr(part, xml)
    return file.getvalue()


def test_several_documents_and_versions():
    """Every document of a file is read, each in the version that is in force."""
    data = pack([BODY, text(SECOND, 40)])
    body = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    assert [line.text for line in read_ofd(changed(data, "OFD.xml", lambda xml: xml.replace("</ofd:OFD>", body)), "a")] == [
        SENTENCE, SECOND, SENTENCE, SECOND,
    ]  # fmt: skip
    versions = (
        '</ofd:DocRoot><ofd:Versions><ofd:Version ID="1" Index="1" BaseLoc="/V1.xml"/>'
        '<ofd:Version ID="2" Index="2" Current="true" BaseLoc="/Doc_0/V2.xml"/></ofd:Versions>'
    )
    data = changed(
        data, "OFD.xml", lambda xml: xml.replace("Doc_0/Document.xml</ofd:DocRoot>", "Old/Document.xml" + versions)
    )
    data = with_part(data, "Doc_0/V2.xml", "<DocVersion><DocRoot>Document.xml</DocRoot></DocVersion>")
    assert len(read_ofd(data, "a")) == 2


UNREADABLE = [
    ("damaged", lambda: pack([BODY])[:-900]),
    ("damaged", lambda: changed(pack([BODY]), "Doc_0/Document.xml", None, drop=True)),
    ("damaged", lambda: changed(pack([BODY]), "Doc_0/Pages/Page_0/Content.xml", None, drop=True)),
    ("damaged", lambda: changed(pack([BODY]), "OFD.xml", lambda xml: "<OFD/>")),
    ("damaged", lambda: changed(pack([BODY]), "OFD.xml", lambda xml: xml[:-9])),
    ("encrypted", lambda: with_part(pack([BODY]), "Encryptions.xml", "<Encryptions/>")),
    ("scanned", lambda: pack([picture(1)])),
    ("garbled", lambda: pack([text("\ue123\ue124\ue125\ue126" * 8, 40)])),
    ("too_many_pages", lambda: pack([BODY] * 301)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "make"), UNREADABLE)
def test_unreadable(code, make, monkeypatch):
    monkeypatch.setattr(documents, "can_read_scans", lambda: False)
    with pytest.raises(ReportUnreadable) as caught:
        read_document(make(), "年报.ofd")
    assert caught.value.code == code and "年报.ofd" in caught.value.message and caught.value.hint


def test_an_archive_that_holds_ofd_files_is_none():
    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        archive.writestr("a/报告.ofd", pack([BODY]))
    assert read_document(file.getvalue(), "a.zip") is None


def test_the_desk_shows_its_text():
    """Its pages are not drawn beside the text, as those of a PDF are."""
    assert page_heights(pack([BODY]), "a.ofd") == ()


def test_a_page_that_is_a_picture_is_not_lost_silently(monkeypatch):
    monkeypatch.setattr(documents, "can_read_scans", lambda: False)
    source = read_document(pack([BODY, picture(1), text("完毕", 40)]), "年报.ofd")
    assert "〔第2页是图片，未能识别〕" in source.text
    assert [repair.kind for repair in source.repairs].count("unread") == 1


@pytest.mark.skipif(not can_read_scans(), reason="needs the extra ocr")
@pytest.mark.slow
def test_scanned_pages_are_recognised():
    """A page of text, and one whose picture is cut into two strips."""
    from tests.reading.scans.test_scan import FONT, page, saved

    if FONT is None:
        pytest.skip("needs fonts-noto-cjk")
    whole = page()
    width, height = whole.size
    cut = height * 2 // 5
    strips = [
        saved(whole.crop((0, 0, width, cut)), format="PNG"),
        saved(whole.crop((0, cut, width, height)), format="JPEG"),
    ]
    media = "".join(
        f'<ofd:MultiMedia ID="{500 + n}" Type="Image"><ofd:MediaFile>p{n}.img</ofd:MediaFile></ofd:MultiMedia>'
        for n in (0, 1)
    )
    at = 297 * cut / height
    data = pack(
        [
            BODY + text("一、收到和处理申请的情况", 60),
            picture(500, (0, 0, 210, at)) + picture(501, (0, at, 210, 297 - at)),
        ],
        resources=f"<ofd:MultiMedias>{media}</ofd:MultiMedias>",
        files={f"Res/p{n}.img": strip for n, strip in enumerate(strips)},
    )
    source = read_document(data, "a.ofd")
    assert SENTENCE in source.text and "信息内容\t本年件数\n行政许可\t0\n行政处罚\t" in source.text
    assert "信息内容\t本年件数" in read_document(as_scanned_ofd([saved(whole, format="PNG")]), "a.ofd").text
