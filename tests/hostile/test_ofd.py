"""OFD files made to harm: each is refused with a reason or read within its limits, and costs itself alone."""

from __future__ import annotations

import io
import zipfile

import pytest

from nlp.reading.documents import read_document
from nlp.reading.ofd.read import read_ofd
from nlp.records import ReportUnreadable
from tests.ofd import pack

WORDS = "一、全年主动公开政府信息126条，均已上网。"
LINE = '<ofd:TextObject ID="{{id}}" Boundary="30 30 150 6" Font="3" Size="5"><ofd:TextCode X="0" Y="5" {}>{}</ofd:TextCode></ofd:TextObject>'
BODY = LINE.format("", WORDS)
ENTITIES = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "{}"><!ENTITY b "&a;&a;&a;">]><OFD><DocBody><DocRoot>&b;</DocRoot></DocBody></OFD>'


def replaced(part: str, data: bytes) -> bytes:
    """A good file, one of whose parts is other bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(pack([BODY]))) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in archive.namelist():
            copy.writestr(name, data if name == part else archive.read(name))
    return out.getvalue()


BOMBS = [
    ("entities", "bomb", lambda: replaced("OFD.xml", ENTITIES.format("x" * 1000).encode())),
    ("entities in two bytes a letter", "bomb", lambda: replaced("OFD.xml", ENTITIES.format("x").encode("utf-16"))),
    ("an outer file", "bomb", lambda: replaced("OFD.xml", b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><OFD>&a;</OFD>')),
    ("a page that unpacks to a thousand times its size", "bomb", lambda: replaced("Doc_0/Pages/Page_0/Content.xml", b" " * 10 * 2**20)),
    ("a picture list that does", "bomb", lambda: replaced("Doc_0/DocumentRes.xml", b"<Res>" + b" " * 10 * 2**20)),
    ("depth", "damaged", lambda: replaced("OFD.xml", b"<OFD>" * 100_000)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code", "make"), BOMBS)
def test_refused(name, code, make):
    with pytest.raises(ReportUnreadable) as caught:
        read_document(make(), "年报.ofd")
    assert caught.value.code == code and "年报.ofd" in caught.value.message and caught.value.hint
    assert "root:" not in caught.value.message


def test_composites_that_hold_themselves():
    unit = "".join('<ofd:CompositeObject ID="{id}" Boundary="0 0 210 297" ResourceID="7"/>' for _ in range(40))
    resources = f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7" Width="9" Height="9"><ofd:Content>{unit}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>'
    data = pack(['<ofd:CompositeObject ID="{id}" Boundary="0 0 210 297" ResourceID="7"/>' + BODY], resources=resources)
    assert WORDS in [line.text for line in read_ofd(data, "a.ofd")]


def test_composites_that_double_each_other():
    """Forty levels of two each: a million million objects."""
    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{n}" Width="9" Height="9"><ofd:Content>'
        + f'<ofd:CompositeObject ID="1" Boundary="0 0 9 9" ResourceID="{n + 1}"/>' * 2
        + "</ofd:Content></ofd:CompositeGraphicUnit>"
        for n in range(100, 140)
    )
    resources = f"<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>"
    data = pack([BODY + '<ofd:CompositeObject ID="{id}" Boundary="0 0 9 9" ResourceID="100"/>'], resources=resources)
    with pytest.raises(ReportUnreadable) as caught:
        read_document(data, "a.ofd")
    assert caught.value.code == "bomb"


def test_parameters_that_inherit_from_one_another():
    resources = (
        '<ofd:DrawParams><ofd:DrawParam ID="8" Relative="9"/><ofd:DrawParam ID="9" Relative="8"/></ofd:DrawParams>'
    )
    rule = '<ofd:PathObject ID="{id}" Boundary="0 0 210 297" DrawParam="8"><ofd:AbbreviatedData>M 1 1 L 9 1</ofd:AbbreviatedData></ofd:PathObject>'
    assert [line.text for line in read_ofd(pack([BODY + rule], resources=resources), "a.ofd")] == [WORDS]


STRANGE = [
    'DeltaX="g 99999999999 5"', 'DeltaX="g -5 5 5"', 'DeltaX="nan inf 1e999"', 'DeltaX="g"', 'DeltaX="g 3"', 'DeltaY="1e308 1e308"',
]  # fmt: skip


@pytest.mark.parametrize("code", STRANGE)
def test_strange_numbers(code):
    """What no place can be made of is left out; the next line is read."""
    texts = [
        line.text for line in read_ofd(pack([BODY + LINE.format(code, "公开") + BODY.replace("30 30", "30 60")]), "a")
    ]
    assert any("126条" in text for text in texts)


@pytest.mark.parametrize("box", ["nan nan nan nan", "0 0 1e999 1", "0 0 -5 -5", "x", "0 0 0 0", "1"])
def test_strange_pages(box):
    area = f"<ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>"
    page = f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016">{area}<ofd:Content><ofd:Layer>{BODY}</ofd:Layer></ofd:Content></ofd:Page>'
    source = read_document(replaced("Doc_0/Pages/Page_0/Content.xml", page.encode()), "a.ofd")
    assert source.text == WORDS
    assert all(
        0 <= edge <= 1 for printed in source.printed for edge in (printed.x0, printed.y0, printed.x1, printed.y1)
    )


@pytest.mark.parametrize(
    "place", ["../../../../etc/passwd", "/etc/passwd", "..\\..\\a.xml", "http://example.org/a.xml", ""]
)
def test_places_outside_the_file(place):
    data = replaced("OFD.xml", f"<OFD><DocBody><DocRoot>{place}</DocRoot></DocBody></OFD>".encode())
    with pytest.raises(ReportUnreadable) as caught:
        read_document(data, "a.ofd")
    assert caught.value.code == "damaged"


def test_it_costs_itself_alone(folder, gongkai):
    (folder / "bomb.ofd").write_bytes(replaced("Doc_0/Document.xml", b" " * 10 * 2**20))
    (folder / "good.pdf").write_bytes(pack([BODY, BODY]))  # its bytes tell what it is
    done = gongkai("tag", folder, "--out", "tags", "--format", "jsonl", cwd=folder.parent)
    assert done.returncode == 1
    lines = (folder.parent / "tags" / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    failures = (folder.parent / "tags" / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 4 and len(failures) == 1 and "bomb.ofd" in failures[0]
