"""One font for all that a PDF names and does not bring along, so that its text does not depend on the machine that reads it.

PDFium measures such text with the fonts that are installed. Where none has the characters, their boxes are empty, and
PDFium leaves out the text it takes for printed twice or for nothing: equal lines, and turned ones. Here every character
is the same narrow box of full height, on every machine; how wide it is set the file says itself.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache

import pypdfium2.raw as pdfium

EM = 1000  # units of the size of a character
BOX = 100  # narrower than any character is set: its place ends with its width, or with its box if that is wider
ASCENT, DESCENT = 880, -120
VERSION = 1  # of the interface: fonts are asked for by name


@cache
def use_own_font() -> None:
    """Make PDFium take the boxes for every font that a file does not hold; for the rest of the process."""
    font = box_font()
    handle = 1

    def map_font(*_: object) -> int:
        return handle

    def font_data(_: object, __: object, table: int, buffer: int | None, size: int) -> int:
        if table:
            return 0  # one table alone is asked for in order to tell collections of fonts
        if buffer and size >= len(font):
            ctypes.memmove(buffer, font, len(font))
        return len(font)

    def face_name(_: object, __: object, buffer: int | None, size: int) -> int:
        name = b"Boxes\0"
        if buffer and size >= len(name):
            ctypes.memmove(buffer, name, len(name))
        return len(name)

    answers = {
        "Release": lambda _: None,
        "EnumFonts": lambda *_: None,
        "MapFont": map_font,
        "GetFont": lambda *_: handle,
        "GetFontData": font_data,
        "GetFaceName": face_name,
        "GetFontCharset": lambda *_: pdfium.FXFONT_DEFAULT_CHARSET,
        "DeleteFont": lambda *_: None,
    }
    kinds = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    source = pdfium.FPDF_SYSFONTINFO(version=VERSION, **{name: kinds[name](answer) for name, answer in answers.items()})
    _kept.append(source)
    pdfium.FPDF_SetSystemFontInfo(ctypes.byref(source))


_kept: list[object] = []  # PDFium calls these functions as long as the process lives


def box_font() -> bytes:
    """A TrueType font in which every character is a narrow box as high as the size of the type."""
    box = struct.pack(">5h", 1, 0, DESCENT, BOX, ASCENT)  # one outline, and the box around it
    box += struct.pack(">HH4B", 3, 0, 1, 1, 1, 1)  # its last point, no instructions, four points that lie on it
    box += struct.pack(">8h", 0, 0, BOX, 0, DESCENT, EM, 0, -EM)  # the steps from point to point, across and upwards
    box += bytes(-len(box) % 4)
    tables = {
        # Format 13 gives one glyph to a whole range of characters.
        b"cmap": struct.pack(">4HI 2H6I", 0, 1, 3, 10, 12, 13, 0, 28, 0, 1, 0x20, 0x10FFFF, 1),
        b"glyf": box + box,
        b"head": struct.pack(
            ">4I2H2q4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, EM, 0, 0, 0, DESCENT, BOX, ASCENT, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">I3hH3h3h8xhH", 0x10000, ASCENT, DESCENT, 0, EM, 0, 0, BOX, 1, 0, 0, 0, 2),
        b"hmtx": struct.pack(">HhHh", EM, 0, EM, 0),
        b"loca": struct.pack(">3I", 0, len(box), 2 * len(box)),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, *[0] * 8),
    }
    return _sfnt(tables)


def _sfnt(tables: dict[bytes, bytes]) -> bytes:
    """The tables as the file of a font. Its check sums are 0: those who read it do not look at them."""
    at = 12 + 16 * len(tables)
    head, body = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64), b""
    for tag, table in sorted(tables.items()):
        head += struct.pack(">4sIII", tag, 0, at + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return head + body
