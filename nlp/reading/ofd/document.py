"""The documents of an OFD file (GB/T 33190-2016): which parts hold their pages, and what the pages name by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element

from nlp.reading.packages import Package, attribute, child, children, local
from nlp.records import ReportUnreadable

ROOT = "OFD.xml"
ENCRYPTED = "Encryptions.xml"  # GM/T 0099-2020
A4 = (0.0, 0.0, 210.0, 297.0)  # millimetres
MAX_RESOURCES = 100_000

Area = tuple[float, float, float, float]  # left, top, width, height in millimetres


@dataclass(slots=True)
class Resources:
    """What objects of a page name by number: drawing parameters, files of pictures, and composites."""

    parameters: dict[str, Element] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)
    composites: dict[str, Element] = field(default_factory=dict)

    def with_part(self, package: Package, part: str) -> Resources:
        """These and those of a part; a number that both have means the part's."""
        found = Resources(dict(self.parameters), dict(self.media), dict(self.composites))
        root = package.tree(part)
        if root is None:
            return found
        folder = join(dirname(part), (attribute(root, "BaseLoc") or "").replace("\\", "/"))
        for group in root:
            for node in list(group)[:MAX_RESOURCES]:
                number = attribute(node, "ID") or ""
                if local(node) == "DrawParam":
                    found.parameters[number] = node
                elif local(node) == "MultiMedia":
                    found.media[number] = located(package, folder, text_of(child(node, "MediaFile")))
                elif local(node) == "CompositeGraphicUnit":
                    found.composites[number] = node
        return found


@dataclass(frozen=True, slots=True)
class PagePart:
    """A page: its number within the document, its part, and the parts of its annotations."""

    number: str
    part: str
    annotations: tuple[str, ...] = ()


@dataclass(slots=True)
class Document:
    """One document: its pages in order, the templates they may lie on (part by number), its area and resources."""

    pages: list[PagePart]
    templates: dict[str, str]
    area: Area
    resources: Resources


def is_ofd(data: bytes) -> bool:
    """Whether the bytes of a zip file are an OFD document, by its parts."""
    try:
        return ROOT in Package(data, "")
    except ReportUnreadable:
        return ROOT.encode() in data and b"Document.xml" in data  # a cut document, not a cut archive of files


def open_package(data: bytes, name: str) -> Package:
    """The parts of an OFD file. Raises ``ReportUnreadable`` (``damaged``, ``encrypted``)."""
    package = Package(data, name, program="an OFD reader")
    if ENCRYPTED in package:
        raise ReportUnreadable("encrypted", f"{name}: is locked with a password.", "Save a copy without a password.")
    return package


def find_documents(package: Package) -> Iterator[Document]:
    """The documents of a file, one after the other; each in the version that is in force.

    Raises
    ------
    ReportUnreadable
        ``damaged`` where a part that the standard demands is missing, and what ``Package`` raises
    """
    root = package.tree(ROOT)
    bodies = list(children(root, "DocBody")) if root is not None else []
    if not bodies:
        raise package.damaged(f"{ROOT} names no document")
    for body in bodies:
        part = _root_of(package, body)
        document = package.tree(part)
        if document is None:
            raise package.damaged(f"{part or 'the root of a document'} is missing")
        yield _document(package, part, document)


def located(package: Package, folder: str, place: str) -> str:
    """The part that a place names, seen from a folder; some makers write places from the root without saying so."""
    place = place.strip().replace("\\", "/")
    seen = normpath(place if place.startswith("/") else join("/", folder, place)).lstrip("/")
    return seen if seen in package or place.lstrip("/") not in package else place.lstrip("/")


def text_of(node: Element | None) -> str:
    """The text of an element; "" where there is none."""
    return (node.text or "") if node is not None else ""


def numbers(printed: str | None) -> list[float]:
    """The numbers of an array, up to the first that is none.

    >>> numbers("0 0 210 297"), numbers(None), numbers("1 x 2")
    ([0.0, 0.0, 210.0, 297.0], [], [1.0])
    """
    found = []
    for piece in (printed or "").split():
        try:
            found.append(float(piece))
        except ValueError:
            break
    return found


def area_of(node: Element | None) -> Area | None:
    """The page that an area of the standard describes; ``None`` where it describes none."""
    if node is None:
        return None
    box = numbers(text_of(child(node, "PhysicalBox")))
    return (box[0], box[1], box[2], box[3]) if len(box) >= 4 and box[2] > 0 and box[3] > 0 else None


def _root_of(package: Package, body: Element) -> str:
    """The part of a document: that of the version in force, if it has several."""
    for version in children(child(body, "Versions"), "Version"):
        if attribute(version, "Current") == "true":
            part = located(package, "", attribute(version, "BaseLoc") or "")
            named = text_of(child(package.tree(part), "DocRoot"))
            if named.strip():
                return located(package, dirname(part), named)
    return located(package, "", text_of(child(body, "DocRoot")))


def _document(package: Package, part: str, root: Element) -> Document:
    folder = dirname(part)
    common = child(root, "CommonData")
    resources, templates = Resources(), {}
    for node in common if common is not None else ():
        if local(node) in {"PublicRes", "DocumentRes"}:
            resources = resources.with_part(package, located(package, folder, text_of(node)))
        elif local(node) == "TemplatePage":
            templates[attribute(node, "ID") or ""] = located(package, folder, attribute(node, "BaseLoc") or "")
    annotations = _annotations(package, folder, text_of(child(root, "Annotations")))
    pages = []
    for page in children(child(root, "Pages"), "Page"):
        number = attribute(page, "ID") or ""
        place = located(package, folder, attribute(page, "BaseLoc") or "")
        pages.append(PagePart(number, place, tuple(annotations.get(number, ()))))
    return Document(pages, templates, area_of(child(common, "PageArea")) or A4, resources)


def _annotations(package: Package, folder: str, place: str) -> dict[str, list[str]]:
    """The parts that hold the annotations of each page, by its number."""
    found: dict[str, list[str]] = {}
    if not place.strip():
        return found
    part = located(package, folder, place)
    for page in children(package.tree(part), "Page"):
        parts = found.setdefault(attribute(page, "PageID") or "", [])
        parts += [located(package, dirname(part), text_of(file)) for file in children(page, "FileLoc")]
    return found
