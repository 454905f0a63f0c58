"""The part of our font that a text needs, small enough to lie within a picture or a page: Chinese shows on any machine."""

from __future__ import annotations

import base64
import struct
import zlib
from functools import cache
from importlib import resources

FAMILY = "Gongkai Sans SC"
FOLDER = "fonts"
FILE = "GongkaiSansSC-Regular.ttf"
KEPT = (b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"OS/2", b"post")
LONG_OFFSETS = 1
WOFF = struct.Struct(">4s4sIHHIHHIIIII")
ENTRY = struct.Struct(">4sIIII")


def font_folder() -> str:
    """The folder of the font, for programs that read fonts from folders."""
    return str(resources.files("nlp.output").joinpath(FOLDER))


def font_face(text: str) -> str:
    """A CSS rule that brings the glyphs of ``text`` as the family ``FAMILY``; characters that the font lacks are left out.

    >>> font_face("公开").startswith("@font-face{font-family:'Gongkai Sans SC';src:url(data:font/woff;base64,")
    True
    """
    data = base64.b64encode(subset(text)).decode()
    return f"@font-face{{font-family:'{FAMILY}';src:url(data:font/woff;base64,{data}) format('woff')}}"


def subset(text: str) -> bytes:
    """The font as WOFF with the outlines of the characters of ``text`` alone; numbers of glyphs stay as they are."""
    tables = dict(_tables())
    glyphs = {0} | {_characters()[character] for character in text if character in _characters()}
    long = struct.unpack_from(">h", tables[b"head"], 50)[0] == LONG_OFFSETS
    count = struct.unpack_from(">H", tables[b"maxp"], 4)[0]
    offsets = struct.unpack(f">{count + 1}{'I' if long else 'H'}", tables[b"loca"][: (count + 1) * (4 if long else 2)])
    offsets = offsets if long else tuple(2 * offset for offset in offsets)
    outlines, places = bytearray(), [0]
    for glyph in range(count):
        if glyph in glyphs:
            outlines += tables[b"glyf"][offsets[glyph] : offsets[glyph + 1]]
            outlines += b"\0" * (-len(outlines) % 4)
        places.append(len(outlines))
    head = bytearray(tables[b"head"])
    struct.pack_into(">h", head, 50, LONG_OFFSETS)
    tables |= {b"glyf": bytes(outlines), b"loca": struct.pack(f">{count + 1}I", *places), b"head": bytes(head)}
    return _woff(tables)


@cache
def _tables() -> tuple[tuple[bytes, bytes], ...]:
    data = resources.files("nlp.output").joinpath(FOLDER, FILE).read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4sIII", data, 12 + 16 * at) for at in range(count))
    return tuple((tag, data[start : start + length]) for tag, _, start, length in entries if tag in KEPT)


@cache
def _characters() -> dict[str, int]:
    """The glyph of each character: the font has one table of them, of format 4."""
    table = dict(_tables())[b"cmap"]
    start = struct.unpack_from(">I", table, 8)[0]
    segments = struct.unpack_from(">H", table, start + 6)[0] // 2
    arrays = struct.unpack_from(f">{segments}H", table, start + 14)
    first = struct.unpack_from(f">{segments}H", table, start + 16 + 2 * segments)
    deltas = struct.unpack_from(f">{segments}h", table, start + 16 + 4 * segments)
    at = start + 16 + 6 * segments
    ranges = struct.unpack_from(f">{segments}H", table, at)
    found = {}
    for number, (low, high, delta, offset) in enumerate(zip(first, arrays, deltas, ranges, strict=True)):
        for code in range(low, high + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", table, at + 2 * number + offset + 2 * (code - low))[0]
            if code < 0xFFFF and (not offset or glyph):
                found[chr(code)] = (glyph + delta) & 0xFFFF
    return found


def _woff(tables: dict[bytes, bytes]) -> bytes:
    """The tables as WOFF 1.0: each compressed by itself."""
    at = WOFF.size + ENTRY.size * len(tables)
    entries, body, whole = b"", bytearray(), 12 + 16 * len(tables)
    for tag, data in sorted(tables.items()):
        packed = min(zlib.compress(data, 9), data, key=len)
        padded = data + b"\0" * (-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        entries += ENTRY.pack(tag, at + len(body), len(packed), len(data), checksum)
        body += packed + b"\0" * (-len(packed) % 4)
        whole += len(padded)
    size = at + len(body)
    return WOFF.pack(b"wOFF", b"\0\1\0\0", size, len(tables), 0, whole, 1, 0, 0, 0, 0, 0, 0) + entries + bytes(body)
