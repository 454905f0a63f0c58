"""Which form a corpus has, by its content; the suffix decides only between sheets and lists of JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from training.columns import Columns
from training.encoding import find_encoding
from training.formats import docbin, doccano, excel, label_studio, passages, prodigy, table
from training.records import Example, Findings

Reader = Callable[[Path, str, Columns, Findings], Iterator[Example]]
READERS: dict[str, Reader] = {
    "passages": passages.read,
    "doccano": doccano.read,
    "prodigy": prodigy.read,
    "label-studio": label_studio.read,
    "table": table.read,
    "excel": excel.read,
    "docbin": docbin.read,
}
MAX_PEEKED_CHARS = 1 << 20
SUFFIXES = frozenset({".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".spacy"})


def find_format(path: Path, findings: Findings) -> tuple[str, str]:
    """Name of the format (a key of ``READERS``) and encoding ("" for formats that have none)."""
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        findings.fatal("empty", "the file is empty. Name another corpus.")
    if start.startswith(b"PK\x03\x04"):
        return "excel", ""
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        findings.fatal("excel", "a workbook of Excel 97–2003. Open it in Excel and save it as .xlsx or CSV.")
    if path.suffix == ".spacy" or start[:2] in (b"\x78\x9c", b"\x78\xda", b"\x78\x01", b"\x78\x5e"):
        return "docbin", ""
    if b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        findings.fatal(
            "binary", "neither text, workbook nor DocBin. Name a CSV, TSV, Excel, JSON, JSONL or .spacy file."
        )
    encoding = find_encoding(path, findings)
    with path.open(encoding=encoding) as text:
        line = text.readline(MAX_PEEKED_CHARS)
        while line and not line.strip():
            line = text.readline(MAX_PEEKED_CHARS)
        line = line.strip()
    if path.suffix in (".csv", ".tsv") or not line.startswith(("{", "[")):
        return "table", encoding
    if line.startswith("["):
        return "label-studio", encoding
    try:
        first = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError):
        # An object over several lines is one task; otherwise the reader of lines says what is wrong with the first.
        return ("label-studio" if path.suffix == ".json" else "doccano"), encoding
    if "statements" in first and "text" in first:
        return "passages", encoding
    if isinstance(first.get("annotations"), list) and "data" in first:
        return "label-studio", encoding
    if any(key in first for key in ("answer", "accept", "cats", "_input_hash")):
        return "prodigy", encoding
    return "doccano", encoding
