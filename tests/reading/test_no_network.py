"""Nothing is fetched: every socket is refused while files that name pictures, styles and entities elsewhere are read."""

from __future__ import annotations

import io
import socket
import zipfile

import pytest

from nlp.reading.files import read_bytes
from nlp.records import ReportUnreadable

TEXT = "云岭县2023年政府信息公开工作年度报告"
HTML = f"""<html><head><link rel=stylesheet href="http://example.invalid/a.css"><base href="http://example.invalid/">
<script src="http://example.invalid/a.js"></script><meta http-equiv=refresh content="0;url=http://example.invalid/"></head>
<body><p>{TEXT}</p><img src="http://example.invalid/a.png"><iframe src="http://example.invalid/f.html"></iframe></body></html>"""
XHTML = f"""<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "http://example.invalid/x">]><html><body><p>{TEXT}&x;</p></body></html>"""
MHTML = 'MIME-Version: 1.0\nContent-Type: message/external-body; access-type=URL; URL="http://example.invalid/"\n\n'


def docx() -> bytes:
    """A Word document that links to a picture and to a template elsewhere."""
    file = io.BytesIO()
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f"<w:document {space}><w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p></w:body></w:document>",
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships><Relationship Id="r1" Type="x/image" Target="http://example.invalid/a.png" TargetMode="External"/></Relationships>',
        )
    return file.getvalue()


@pytest.mark.parametrize("data", [HTML.encode(), XHTML.encode(), MHTML.encode() + HTML.encode(), docx()])
def test_no_socket_is_opened(data, monkeypatch):
    opened = []

    def refuse(*arguments: object, **options: object) -> None:
        opened.append(arguments)
        raise PermissionError("no network in this test")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    try:
        assert TEXT in read_bytes(data, name="a.html").text
    except ReportUnreadable as failure:
        assert failure.code != "crashed"  # the process that reads documents refuses sockets by itself
    assert not opened
