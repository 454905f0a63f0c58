"""The encoding of a text file, decided by all of its bytes, one line in memory at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from training.records import Findings

HAN = re.compile("[\u4e00-\u9fff]")
MAX_LINE_BYTES = 1 << 20
SEPARATORS = (b" ", b'"', b",", b"\n")  # below 0x30, so never the second half of a character in GB18030
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def find_encoding(path: Path, findings: Findings) -> str:
    """utf-8, utf-8-sig, utf-16 or gb18030. Ends the reading when lines of two encodings are mixed, or none fits.

    A line counts as UTF-8 when it decodes to Chinese characters: bytes of GB18030 that happen to be UTF-8 give Greek,
    Latin or Arabic ones (联通).
    """
    with path.open("rb") as file:
        start = file.read(3)
        for bom, name in BOMS.items():
            if start.startswith(bom):
                if name == "utf-16":
                    return name
                break
        else:
            name = ""
        file.seek(0)
        chinese_utf8 = other = 0
        first_other = first_utf8 = 0
        for number, line in _lines(file):
            if line.isascii():
                continue
            try:
                if HAN.search(line.decode("utf-8")):
                    chinese_utf8 += 1
                    first_utf8 = first_utf8 or number
            except UnicodeDecodeError:
                other += 1
                first_other = first_other or number
                try:
                    line.decode("gb18030")
                except UnicodeDecodeError as error:
                    message = (
                        f"byte {error.start + 1} of the line is neither UTF-8 nor GB18030. Save the file as UTF-8."
                    )
                    findings.fatal("encoding", message, row=number)
    if not first_other:
        return name or "utf-8"
    if chinese_utf8 or name:
        few_other = other <= chinese_utf8
        odd, rest = ("GB18030", "UTF-8") if few_other else ("UTF-8", "GB18030")
        findings.fatal(
            "mixed_encodings",
            f"this line is {odd}, others are {rest} ({other} lines GB18030, {chinese_utf8} UTF-8). "
            "Save all parts as UTF-8, then join them.",
            row=first_other if few_other else first_utf8,
        )
    return "gb18030"


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each line; a very long one (a list of JSON) comes in parts that split no character."""
    number, rest = 1, b""
    while part := file.readline(MAX_LINE_BYTES):
        part, rest = rest + part, b""
        if not part.endswith(b"\n"):
            cut = max(part.rfind(mark) for mark in SEPARATORS) + 1 or len(part)
            part, rest = part[:cut], part[cut:]
        yield number, part
        number += part.endswith(b"\n")
    if rest:
        yield number, rest
