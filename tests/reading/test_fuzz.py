"""Damaged files of every format: each is read or refused with a code, never anything else.

The inputs are reports written for these tests, cut, spliced and with bytes changed, and parts of their XML changed inside an
archive that stays whole. ``GONGKAI_FUZZ=20000`` tries so many of each format, however long it takes; else the test marked slow tries 2,000, or what
10 seconds allow, and the quick one 60. Continuous integration tries 2,000.
"""

from __future__ import annotations

import importlib.util
import io
import os
import random
import re
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from nlp.inputs.archives import Budget, read_archive
from nlp.inputs.tabular import read_rows
from nlp.reading import documents
from nlp.reading.documents import read_document
from nlp.reading.files import read_bytes
from nlp.reading.scans.read import MAX_PIXELS, opened
from nlp.records import ReportUnreadable, Source
from tests.ofd import MAKERS, as_ofd

REPORTS = Path(__file__).parents[2] / "corpora" / "reports"
QUICK, SLOW = 60, 2_000
SLOW_SECONDS = 10  # a format; all eight together stay near a minute, also on a busy machine
# What has broken other readers: markup, entities, lengths, object numbers, encodings.
SPLICES = (
    b"<", b">", b"&", b"\x00", b"\xff\xfe", b"</w:tbl>", b"<w:tbl><w:tr><w:tc>", b'w:val="99999999999"', b'w:val="-1"', b"&#xD800;", b"&lol;",
    b'rowspan="0"', b'colspan="999999999"', b"<table><tr><td>" * 50, b"<!--", b"]]>", b"<![CDATA[", b"obj", b"endstream", b"/Length 999999999",
    b"/Kids [1 0 R]", b"/Rotate 45", b"0 0 0 0 0 0 cm", b"1e309 0 0 1e309 0 0 Tm", b"Content-Type:", b"\r\n\r\n", b"--", b"\t" * 300, b"PK\x03\x04", b"\\u-1?", b"{{{{",
)  # fmt: skip

VALUES = (
    b"",
    b"-1",
    b"0",
    b"nan",
    b"1e309",
    b"99999999999",
    b"g 99999999 9",
    b"g",
    b"0 0 0 0 0 0",
    b"false",
    b"../../a",
)


def mutate(data: bytes, chance: random.Random) -> bytes:
    """``data`` with one to six changes."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) + 1)
        kind = chance.randrange(6)
        if kind == 0 and changed:
            changed[min(at, len(changed) - 1)] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + chance.choice((1, 3, 40, 1_000))]
        elif kind == 2:
            changed[at:at] = chance.choice(SPLICES)
        elif kind == 3:
            end = at + chance.choice((4, 60, 800))
            changed[at:at] = changed[at:end] * chance.randint(1, 4)
        elif kind == 4 and chance.random() < 0.3:
            del changed[at:]
        elif changed:
            other = chance.randrange(len(changed))
            changed[at : at + 30] = changed[other : other + 30]
    return bytes(changed)


def mutate_values(data: bytes, chance: random.Random) -> bytes:
    """XML with other values in one to six of its attributes: it stays well-formed, and what reads it has to look twice."""
    places = [found.span(1) for found in re.finditer(rb'="([^"<>&]*)"', data)]
    for start, end in sorted(chance.sample(places, min(len(places), chance.randint(1, 6))), reverse=True):
        other = data[slice(*chance.choice(places))]
        data = data[:start] + chance.choice((*VALUES, other)) + data[end:]
    return data


def mutate_part(data: bytes, chance: random.Random) -> bytes:
    """An archive with one of its parts changed: the damage gets behind the check sums."""
    if chance.random() < 0.25:
        return mutate(data, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as copy:
        victim = chance.choice(
            [name for name in archive.namelist() if name.startswith(("word/", "Doc_0/"))] or archive.namelist()
        )
        for name in archive.namelist():
            part = archive.read(name)
            change = chance.choice((mutate, mutate_values))
            copy.writestr(name, change(part, chance) if name == victim else part)
    return out.getvalue()


@pytest.fixture(scope="module")
def written():
    """The writers of ``tests/formats.py`` and the pieces of a small report."""
    path = Path(__file__).parents[1] / "formats.py"
    spec = importlib.util.spec_from_file_location("formats_for_fuzzing", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    # Short: two thousand of each format are read in a minute.
    whole = module.pieces_of(module.read_report(REPORTS / "2024-hospital-jichuan.html"))
    tables = [piece for piece in whole if piece.cells]
    pieces = [*[piece for piece in whole if not piece.cells][:12], *tables[:2]]
    return module, pieces


def read_any(data: bytes) -> Source | None:
    return read_bytes(data, name="a.bin")


def read_pdf(data: bytes) -> Source:
    """A PDF by its text: what has none left is refused, not recognised, which takes seconds."""
    with patch.object(documents, "can_read_scans", return_value=False):
        return read_document(data, "a.pdf")


def read_picture(data: bytes) -> None:
    """What is done with a picture before its characters are recognised, which takes seconds."""
    for page in opened(data, "a.png"):
        assert page.ndim == 2 and page.size <= MAX_PIXELS


def picture(format: str) -> bytes:
    """A small page, two of them in a TIFF."""
    from PIL import Image, ImageDraw

    pages = [Image.new("RGB" if format == "JPEG" else "L", (120, 90), "white") for _ in range(2)]
    for page in pages:
        ImageDraw.Draw(page).rectangle((10, 10, 80, 50), outline=0)
    out = io.BytesIO()
    if format == "TIFF":
        pages[0].save(out, format, save_all=True, append_images=pages[1:])
    else:
        pages[0].save(out, format)
    return out.getvalue()


def read_zip(data: bytes) -> None:
    for _ in read_archive(io.BytesIO(data), "a.zip", Budget(len(data))):
        pass


def seeds(written, kind: str) -> list[bytes]:
    """Whole files of a format."""
    module, pieces = written
    if kind == "html":
        return [module.as_plain_page(pieces), module.as_word_page(pieces), module.as_site_page(pieces)]
    if kind == "text":
        return [module.as_text(pieces), "\n".join(piece.text for piece in pieces).encode()]
    if kind == "docx":
        return [module.as_word(pieces)]
    if kind == "ofd":
        return [as_ofd([*pieces[:5], pieces[-1]], maker=maker) for maker in MAKERS]
    if kind == "pdf":
        pytest.importorskip("reportlab", reason="reportlab writes the PDF that is damaged")
        return [module.as_pdf([*pieces[:5], pieces[-1]])]
    if kind == "picture":
        pytest.importorskip("PIL", reason="the extra ocr opens pictures")
        return [picture(format) for format in ("PNG", "JPEG", "TIFF")]
    if kind == "mhtml":
        page = module.as_plain_page(pieces)
        head = b'From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n'
        return [head + page + b"\r\n--b--\r\n"]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", module.as_text(pieces))
        archive.writestr("b/c.html", module.as_plain_page(pieces))
    return [out.getvalue()]


KINDS: dict[str, tuple[Callable[[bytes, random.Random], bytes], Callable[[bytes], object]]] = {
    "text": (mutate, read_any),
    "html": (mutate, read_any),
    "docx": (mutate_part, lambda data: read_document(data, "a.docx")),
    "ofd": (mutate_part, lambda data: read_document(data, "a.ofd")),
    "pdf": (mutate, read_pdf),
    "mhtml": (mutate, read_any),
    "zip": (mutate, read_zip),
    "picture": (mutate, read_picture),
}


def attack(written, kind: str, count: int, seed: int, seconds: float) -> int:
    """Try ``count`` damaged files, or as many as ``seconds`` allow; how many were read comes back."""
    ends = time.monotonic() + seconds
    change, read = KINDS[kind]
    wholes, chance, good = seeds(written, kind), random.Random(seed), 0
    for _ in range(count):
        if time.monotonic() > ends:
            break
        data = change(chance.choice(wholes), chance)
        try:
            source = read(data)
            good += 1
        except ReportUnreadable as failure:
            assert failure.code not in {"crashed", "timeout", "memory"} and failure.hint, failure
            continue
        if isinstance(source, Source):
            for block in source.blocks:
                assert 0 <= block.span.start <= block.span.end <= len(source.text)
                assert all(0 <= cell.span.start <= cell.span.end <= len(source.text) for cell in block.cells)
            assert all(0 <= repair.span.start <= repair.span.end <= len(source.text) for repair in source.repairs)
    return good


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("kind", KINDS)
def test_damaged_files(written, kind):
    assert attack(written, kind, QUICK, 1, seconds=20) > 0


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("kind", KINDS)
def test_many_damaged_files(written, kind):
    wanted = os.environ.get("GONGKAI_FUZZ")
    attack(written, kind, int(wanted or SLOW), 2, seconds=86_400 if wanted else SLOW_SECONDS)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".tsv"])
def test_damaged_tables(tmp_path, suffix):
    chance = random.Random(3)
    whole = (
        'id,text\n1,"全年公开,12条"\n2,"收到\n3件"\n'.encode()
        if suffix != ".jsonl"
        else '{"id": 1, "text": "全年公开12条"}\n{"id": 2, "text": "3件"}\n'.encode()
    )
    path = tmp_path / f"a{suffix}"
    for _ in range(300):
        path.write_bytes(mutate(whole, chance))
        try:
            list(read_rows(path))
        except ReportUnreadable as failure:
            assert failure.hint
