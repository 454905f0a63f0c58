"""The parts of a document that is a zip file of XML (Word, OFD), and the elements in them by their local names."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from nlp.records import ReportUnreadable

# Word's own files reach 60 to 1, the XML of a form of empty cells 150 to 1; a bomb has 1,000 to 1.
MAX_PART_BYTES = 64 * 2**20
MAX_RATIO = 400
RATIO_IS_READ_FROM = 8 * 2**20


def local(node: Element) -> str:
    """The name of an element without its namespace; the two editions of the standard differ in nothing else."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: Element, name: str) -> str | None:
    """The attribute ``name`` of any namespace."""
    for key, printed in node.attrib.items():
        if key == name or key.endswith("}" + name):
            return printed
    return None


def children(node: Element | None, name: str) -> Iterator[Element]:
    """The children called ``name``; none of no node."""
    return (inner for inner in (node if node is not None else ()) if local(inner) == name)


def child(node: Element | None, name: str) -> Element | None:
    """The first child called ``name``; ``None`` when there is none, or no node."""
    return next(children(node, name), None)


def value(node: Element | None) -> str | None:
    """The attribute ``val``; ``None`` when the element or its value is missing."""
    return None if node is None else attribute(node, "val")


def is_on(node: Element | None) -> bool:
    """Whether a switch such as ``<w:vanish/>`` is there and on."""
    return node is not None and value(node) not in {"0", "false", "off"}


class Package:
    """The parts of a document in memory. ``program`` is what its users open it with.

    Raises
    ------
    ReportUnreadable
        ``damaged`` when it is no whole archive, ``bomb`` for a part that unpacks to more than any document has
    """

    def __init__(self, data: bytes, name: str, *, program: str = "Word") -> None:
        self.name, self._program = name, program
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, zlib.error) as error:
            raise self.damaged(str(error)) from None
        self._parts = {info.filename.lstrip("/").lower(): info for info in self._archive.infolist()}

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._parts

    def names(self) -> list[str]:
        """The parts, in lower case."""
        return list(self._parts)

    def read(self, part: str) -> bytes:
        """The bytes of ``part``; empty when it is missing."""
        info = self._parts.get(part.lower())
        if info is None:
            return b""
        if info.flag_bits & 1:
            raise ReportUnreadable(
                "encrypted", f"{self.name}: is locked with a password.", "Save a copy without a password."
            )
        try:
            with self._archive.open(info) as file:
                data = file.read(MAX_PART_BYTES + 1)
        except (
            zipfile.BadZipFile,
            ValueError,
            OSError,
            EOFError,
            NotImplementedError,
            zlib.error,
            RuntimeError,
        ) as error:
            raise self.damaged(str(error)) from None
        ratio = len(data) / max(1, info.compress_size)
        if len(data) > MAX_PART_BYTES or (len(data) > RATIO_IS_READ_FROM and ratio > MAX_RATIO):
            raise ReportUnreadable(
                "bomb",
                f"{self.name}: {part} unpacks to more than {min(len(data), MAX_PART_BYTES) // 2**20} MB.",
                "No report is that large; fetch the file again.",
            )
        return data

    def tree(self, part: str) -> Element | None:
        """The root of an XML part; ``None`` when it is missing. A document type is refused, as the standard demands."""
        data = self.read(part)
        if not data:
            return None
        letters = data.replace(b"\0", b"")  # also where they are of two or four bytes
        if b"<!DOCTYPE" in letters[:4096] or b"<!ENTITY" in letters:
            raise ReportUnreadable(
                "bomb",
                f"{self.name}: {part} defines entities of its own.",
                f"Save the document anew in {self._program}.",
            )
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise self.damaged(f"{part}: {error}") from None

    def damaged(self, cause: str) -> ReportUnreadable:
        """The error that says so, to be raised."""
        return ReportUnreadable(
            "damaged",
            f"{self.name}: the document is damaged ({cause}).",
            f"Fetch it again, or open it in {self._program} and save it anew.",
        )
