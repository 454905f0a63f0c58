"""Comments in Word documents: at their places, with nothing else of the document changed."""

import io
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree

import pytest

from nlp.output.comments import AUTHOR, with_comments
from nlp.reading.files import read_bytes
from nlp.records import ReportUnreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
)
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
COMMENTS = '<?xml version="1.0"?><w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="7" w:author="科长"><w:p><w:r><w:t>已阅</w:t></w:r></w:p></w:comment></w:comments>'


@dataclass
class Note:
    text: str
    spans: tuple[tuple[int, int], ...]


def run(text, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs):
    return "<w:p>" + "".join(runs) + "</w:p>"


def table(*rows):
    cells = "".join("<w:tr>" + "".join(f"<w:tc>{paragraph(run(c))}</w:tc>" for c in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{cells}</w:tbl>"


def docx(body, **parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", DOCUMENT.format(body))
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def note(data, text, *words):
    source = read_bytes(data, name="a.docx")
    return Note(text, tuple((source.text.index(word), source.text.index(word) + len(word)) for word in words))


def commented(data):
    """The text of each comment with what stands between its marks, as any reader of the format finds it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
        comments = ElementTree.fromstring(archive.read("word/comments.xml"))
    texts = {c.get(f"{W}id"): "\n".join("".join(p.itertext()) for p in c.iter(f"{W}p")) for c in comments}
    between: dict[str, str] = {}
    referred = set()
    for node in body.iter():
        if node.tag == f"{W}commentRangeStart":
            between[node.get(f"{W}id")] = ""
        elif node.tag == f"{W}commentRangeEnd":
            between[node.get(f"{W}id")] += "|"
        elif node.tag == f"{W}commentReference":
            referred.add(node.get(f"{W}id"))
        elif node.tag == f"{W}t":
            for key, words in between.items():
                if not words.endswith("|"):
                    between[key] += node.text or ""
    assert referred == between.keys()
    return {texts[key]: words.removesuffix("|") for key, words in between.items()}


TITLE = paragraph(run("青溪镇人民政府2023年政府信息公开工作年度报告"))


def test_a_run_is_cut_where_the_words_stand_and_keeps_its_looks():
    bold = "<w:rPr><w:b/></w:rPr>"
    data = docx(TITLE + paragraph(run("全年收到申请12件，办结11件。", bold)))
    out = with_comments(data, "a.docx", [note(data, "应为13件", "12件")])
    assert commented(out) == {"应为13件": "12件"}
    xml = zipfile.ZipFile(io.BytesIO(out)).read("word/document.xml").decode()
    assert xml.count(bold) == 3  # before, marked, behind
    assert read_bytes(out, name="a.docx").text == read_bytes(data, name="a.docx").text


def test_words_that_are_a_whole_run_are_not_cut():
    data = docx(TITLE + paragraph(run("收到申请"), run("12件"), run("。")))
    out = with_comments(data, "a.docx", [note(data, "应为13件", "12件")])
    assert commented(out) == {"应为13件": "12件"}
    before, after = (zipfile.ZipFile(io.BytesIO(d)).read("word/document.xml").count(b"<w:t ") for d in (data, out))
    assert before == after


def test_cells_entities_and_words_over_several_runs():
    rows = ("项目", "自然人", "总计"), ("新收", "3", "4"), ("上年结转", "3", "3")
    data = docx(TITLE + table(*rows) + paragraph(run("A&amp;B公司申请"), run("3"), run("件，公开8件。")))
    source = read_bytes(data, name="a.docx")
    second = source.text.index("上年结转")
    cells = Note("行", ((second + 5, second + 6),))
    out = with_comments(data, "a.docx", [cells, note(data, "名", "A&B公司"), note(data, "数", "3件")])
    assert commented(out) == {"行": "3", "名": "A&B公司", "数": "3件"}
    body = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(out)).read("word/document.xml"))
    marked = [tr for tr in body.iter(f"{W}tr") if tr.find(f".//{W}commentRangeStart") is not None]
    assert len(marked) == 1 and "".join(marked[0].itertext()).startswith("上年结转")


def test_comments_that_are_there_stay_and_new_ones_have_other_ids():
    mark = '<w:commentRangeStart w:id="7"/>{}<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
    data = docx(TITLE + paragraph(mark.format(run("收到申请12件"))), comments=COMMENTS)
    out = with_comments(data, "a.docx", [note(data, "应为13件", "12件")])
    assert commented(out) == {"已阅": "收到申请12件", "应为13件": "12件"}


def test_a_finding_without_a_place_stands_at_the_beginning_and_one_of_many_places_refers_back():
    data = docx(TITLE + paragraph(run("收到申请1件、2件、3件、4件、5件。")))
    many = note(data, "不平", "1件", "2件", "3件", "4件", "5件")
    out = with_comments(data, "a.docx", [Note("缺少第五部分", ()), many])
    shown = commented(out)
    assert shown["缺少第五部分"] == "青" and shown["不平"] == "1件" and len(shown) == 3


def test_the_other_parts_are_copied_byte_for_byte_and_the_new_part_is_declared():
    data = docx(TITLE + paragraph(run("收到申请12件")), settings="<settings/>")
    out = with_comments(data, "a.docx", [note(data, "应为13件", "12件")])
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(out)) as new:
        assert new.read("word/settings.xml") == old.read("word/settings.xml") and new.testzip() is None
        assert b'PartName="/word/comments.xml"' in new.read("[Content_Types].xml")
        assert b'Target="comments.xml"' in new.read("word/_rels/document.xml.rels")
        assert AUTHOR in new.read("word/comments.xml").decode()
        for name in new.namelist():
            ElementTree.fromstring(new.read(name))


@pytest.mark.parametrize("prefix", ["x", "w"])
def test_any_prefix_of_the_namespace(prefix):
    body = (TITLE + paragraph(run("收到申请12件。"))).replace("w:", f"{prefix}:")
    data = docx("")
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = DOCUMENT.format(body).replace("<w:", f"<{prefix}:").replace("</w:", f"</{prefix}:")
                content = content.replace("xmlns:w=", f"xmlns:{prefix}=")
            new.writestr(name, content)
    data = file.getvalue()
    assert commented(with_comments(data, "a.docx", [note(data, "数", "12件")])) == {"数": "12件"}


def test_hostile_words_of_a_report_do_not_become_markup():
    data = docx(TITLE + paragraph(run("收到申请12件")))
    out = with_comments(data, "a.docx", [note(data, '</w:t><script>"&\x07', "12件")])
    assert list(commented(out)) == ['</w:t><script>"&\ufffd']


def test_what_is_no_document_is_refused():
    with pytest.raises(ReportUnreadable):
        with_comments(b"PK\x03\x04 nothing", "a.docx", [])
    with pytest.raises(ReportUnreadable):
        with_comments(docx("<w:p/>"), "a.docx", [])


def test_prose_of_the_real_form_is_found_again():
    """Every line of a document made by Word itself has its letters."""
    from pathlib import Path

    from nlp.output.word_runs import align, find_letters

    form = Path(__file__).parents[2] / ".." / "shared" / "reports" / "blank_form_2021.docx"
    if not form.is_file():
        pytest.skip("the blank form is not here")
    data = form.read_bytes()
    source = read_bytes(data, name="a.docx")
    letters = find_letters(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    aligned = align(source, letters)
    shown = [n for n, character in enumerate(source.text) if character.strip()]
    assert len(aligned) >= 0.98 * len(shown)
    assert all(letters[letter].character == source.text[place] for place, letter in aligned.items())
