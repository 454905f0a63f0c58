"""Web pages saved as one file."""

from __future__ import annotations

import base64
import quopri

import pytest

from nlp.reading.documents import read_document
from nlp.reading.files import read_report
from nlp.records import ReportUnreadable

PAGE = "<html><head><meta charset='{}'></head><body><h1>云岭县2023年政府信息公开工作年度报告</h1><p>全年公开信息12条。</p></body></html>"
HEAD = 'From: <Saved by Blink>\r\nSubject: report\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n'


def mhtml(*parts: tuple[str, str, bytes]) -> bytes:
    """A file of parts: content type, transfer encoding, bytes already encoded so."""
    body = b"".join(
        f"------b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + data + b"\r\n"
        for kind, encoding, data in parts
    )
    return HEAD.encode() + body + b"------b--\r\n"


UTF8, GBK = PAGE.format("utf-8").encode(), PAGE.format("gb2312").encode("gb18030")
CASES = [
    ("quoted-printable", mhtml(("text/html", "quoted-printable", quopri.encodestring(UTF8))), "utf-8"),
    ("base64 in GBK", mhtml(("text/html; charset=gb2312", "base64", base64.encodebytes(GBK))), "gb18030"),
    ("8bit, with a picture", mhtml(("image/png", "base64", b"iVBORw0KGgo="), ("text/html", "8bit", UTF8)), "utf-8"),
    (
        "frames",
        mhtml(("text/html", "8bit", b"<html><frameset></frameset></html>"), ("text/html", "8bit", UTF8)),
        "utf-8",
    ),
]


@pytest.mark.parametrize(("name", "data", "encoding"), CASES)
def test_saved_pages(name, data, encoding):
    source = read_document(data, "a.mht")
    assert source.text == "云岭县2023年政府信息公开工作年度报告\n全年公开信息12条。", name
    assert (source.media_type, source.encoding) == ("multipart/related", encoding)


def test_through_read_report(tmp_path):
    (tmp_path / "a.html").write_bytes(CASES[0][1])  # the suffix lies
    assert "12条" in read_report(tmp_path / "a.html").text


def test_no_page_in_it():
    with pytest.raises(ReportUnreadable) as caught:
        read_document(mhtml(("image/png", "base64", b"iVBORw0KGgo=")), "a.mht")
    assert caught.value.code == "no_text"


PAGE_PART = b"Content-Type: text/html\r\n\r\n" + UTF8


def nested(kind: str, levels: int) -> bytes:
    """A file whose page lies in parts inside parts."""
    if kind == "message":
        return HEAD.encode() + b"------b\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * levels + PAGE_PART
    opened = "".join(f"--{n}\r\nContent-Type:\r\n multipart/mixed; boundary={n + 1}\r\n\r\n" for n in range(levels))
    head = HEAD.replace('"----b"', "0")
    return (head + opened + f"--{levels}\r\n").encode() + PAGE_PART


@pytest.mark.parametrize("kind", ["message", "multipart"])
def test_parts_inside_parts_are_refused_where_no_page_has_so_many(kind):
    assert "12条" in read_document(nested(kind, 20), "a.mht").text
    for levels in (150, 1_000, 20_000):
        with pytest.raises(ReportUnreadable) as caught:
            read_document(nested(kind, levels), "a.mht")
        assert caught.value.code == "too_deep"


def test_text_with_a_colon_is_no_saved_page():
    assert read_document("Title: 云岭县2023年政府信息公开工作年度报告\n\n全年公开信息12条。".encode(), "a.txt") is None
