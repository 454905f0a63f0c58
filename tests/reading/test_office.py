"""Old Word documents and RTF: through LibreOffice where it is installed, else a failure that says what to install."""

from __future__ import annotations

import shutil
import sys

import pytest

from nlp.reading import office
from nlp.reading.documents import read_document
from nlp.records import ReportUnreadable


def rtf(*lines: str) -> bytes:
    """An RTF file; Chinese as \\uN with a question mark for programs that do not know it."""
    text = "\\par ".join(
        "".join(c if c.isascii() else f"\\u{ord(c) - 65536 * (ord(c) > 32767)}?" for c in line) for line in lines
    )
    cells = "\\trowd\\cellx2000\\cellx4000\\intbl \\u35268?\\u31456?\\cell 3\\cell\\row"
    return f"{{\\rtf1\\ansi {text}\\par {cells} \\pard end}}".encode()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
REPORT = ("云岭县2023年政府信息公开工作年度报告", "全年公开信息12条。")


def test_without_libreoffice(monkeypatch):
    monkeypatch.setattr(office, "PROGRAMS", ("no-such-office",))
    with pytest.raises(ReportUnreadable) as caught:
        read_document(rtf(*REPORT), "a.rtf")
    assert caught.value.code == "needs_libreoffice" and "LibreOffice" in caught.value.hint


OTHERS = [("EncryptedPackage", "encrypted"), ("Workbook", "unsupported_format"), ("Nothing", "unsupported_format")]


@pytest.mark.parametrize(("stream", "code"), OTHERS)
def test_other_documents_in_the_same_wrapping(stream, code):
    with pytest.raises(ReportUnreadable) as caught:
        read_document(OLE + stream.encode("utf-16-le"), "a.doc")
    assert caught.value.code == code


def test_a_program_that_hangs_or_makes_nothing(monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    for script, code in (("sleep 60", "timeout"), ("exit 1", "damaged")):
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setattr(office, "find_libreoffice", lambda: str(program))
        with pytest.raises(ReportUnreadable) as caught:
            office.convert_to_word(rtf(*REPORT), "a.rtf", seconds=0.5)
        assert caught.value.code == code


@pytest.mark.skipif(sys.platform != "linux", reason="no other system limits the memory of a process so")
def test_a_program_that_swells_does_not_take_the_memory_of_the_machine(monkeypatch, tmp_path):
    # What it starts is limited too: LibreOffice is a script that starts a program that starts another.
    program, grown = tmp_path / "soffice", tmp_path / "grown"
    grow = f"import pathlib; room = b'x' * (3 * 2**29); pathlib.Path({str(grown)!r}).touch()"
    program.write_text(f'#!/bin/sh\n{sys.executable} -c "{grow}"\n')
    program.chmod(0o755)
    monkeypatch.setattr(office, "find_libreoffice", lambda: str(program))
    with pytest.raises(ReportUnreadable) as caught:
        office.convert_to_word(rtf(*REPORT), "a.rtf")
    assert caught.value.code == "damaged" and not grown.exists()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_rtf_through_libreoffice():
    source = read_document(rtf(*REPORT), "年报.doc")  # RTF is often named .doc
    assert source.text.startswith("\n".join(REPORT)) and source.media_type == "application/rtf"
    assert "规章" in source.text
