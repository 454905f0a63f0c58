"""What a page of OFD holds: its characters with their places, the lines drawn on it, and its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from nlp.reading.ofd.document import Area, Document, Resources, area_of, located, numbers, text_of
from nlp.reading.ofd.text import characters_of
from nlp.reading.packages import Package, attribute, child, children, local
from nlp.reading.pages.page import (
    IDENTITY,
    MAX_CHARACTERS,
    MAX_OBJECTS,
    MAX_SEGMENTS,
    WHITE,
    Edges,
    Found,
    Matrix,
    Page,
    drawn_lines,
    is_on_page,
    times,
    upright,
)
from nlp.records import ReportUnreadable

POINTS = 72 / 25.4  # a millimetre
MAX_INHERITED = 8  # drawing parameters that one goes back to
PATH = re.compile(r"[A-Za-z]|[-+]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][-+]?\d{1,3})?")
OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
CURVES = frozenset("QBA")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a page: its part of the file, and the matrix from the unit square (y downwards) to the page."""

    part: str
    matrix: Matrix


@dataclass(slots=True)
class Sheet:
    """A page before it is turned: its content in points, y upwards, and ``notes``, the annotations that show text."""

    bounds: Edges
    found: list[Found] = field(default_factory=list)
    notes: list[Found] = field(default_factory=list)
    segments: list[Edges] = field(default_factory=list)
    pale: list[Edges] = field(default_factory=list)  # lines drawn in white
    pictures: list[Picture] = field(default_factory=list)

    def page(self) -> Page:
        """The page as it is read."""
        pictured = sum(map(_covered, self.pictures))
        return upright(self.found, self.segments, self.bounds, pale=self.pale, pictured=pictured)


def read_sheet(package: Package, document: Document, number: int) -> Sheet:
    """The content of a page (from 0) of a document, with that of the templates it lies on.

    Raises
    ------
    ReportUnreadable
        ``damaged`` where its part is missing, and what ``Package`` raises
    """
    part = document.pages[number].part
    root = package.tree(part)
    if root is None:
        raise package.damaged(f"page {number + 1} is missing")
    area = area_of(child(root, "Area")) or _template_area(package, document, root) or document.area
    sheet = Sheet(_bounds(area))
    onto = (POINTS, 0.0, 0.0, -POINTS, 0.0, 0.0)
    for template in (*_templates(document, root), part):
        _add(sheet, package, document.resources, template, onto)
    for notes in document.pages[number].annotations:
        aside = Sheet(sheet.bounds)
        for note in children(package.tree(notes), "Annot"):
            appearance = child(note, "Appearance")
            if appearance is not None and attribute(note, "Visible") != "false":
                _draw(aside, package.name, document.resources, appearance, _within(appearance, onto))
        sheet.notes += aside.found
    return sheet


def _templates(document: Document, root: Element) -> Iterator[str]:
    for template in children(root, "Template"):
        part = document.templates.get(attribute(template, "TemplateID") or "")
        if part is not None:
            yield part


def _template_area(package: Package, document: Document, root: Element) -> Area | None:
    """A page without an area of its own has that of its template."""
    areas = (area_of(child(package.tree(part), "Area")) for part in _templates(document, root))
    return next((area for area in areas if area is not None), None)


def _bounds(area: Area) -> Edges:
    x, y, width, height = (edge * POINTS for edge in area)
    return (x, -(y + height), x + width, -y) if is_on_page(x, y, width, height) else (0.0, -842.0, 595.0, 0.0)


def _add(sheet: Sheet, package: Package, resources: Resources, part: str, onto: Matrix) -> None:
    """Draw the layers of a page or a template."""
    root = package.tree(part)
    if root is None:
        return
    for own in children(root, "PageRes"):
        resources = resources.with_part(package, located(package, part.rpartition("/")[0], text_of(own)))
    for layer in children(child(root, "Content"), "Layer"):
        _draw(sheet, package.name, resources, layer, onto)


def _draw(sheet: Sheet, name: str, resources: Resources, container: Element, onto: Matrix) -> None:
    """Add what the objects of a container show, on a stack of our own: blocks and composites hold one another."""
    opened: frozenset[str] = frozenset()
    stack = [(node, onto, attribute(container, "DrawParam"), opened) for node in reversed(list(container))]
    seen = 0
    while stack:
        node, outer, parameter, opened = stack.pop()
        seen += 1
        if seen > MAX_OBJECTS:
            raise ReportUnreadable(
                "bomb",
                f"{name}: a page shows more than {MAX_OBJECTS} objects.",
                "No report has that many; fetch the file again.",
            )
        if attribute(node, "Visible") == "false":
            continue
        kind = local(node)
        parameter = attribute(node, "DrawParam") or parameter
        inner: Element | None = None
        if kind == "TextObject":
            room = MAX_CHARACTERS - len(sheet.found)
            sheet.found += [
                found for _, found in zip(range(room), characters_of(node, _within(node, outer)), strict=False)
            ]
        elif kind == "PathObject" and len(sheet.segments) + len(sheet.pale) < MAX_SEGMENTS:
            _add_path(sheet, node, resources, parameter, _within(node, outer))
        elif kind == "ImageObject":
            part = resources.media.get(attribute(node, "ResourceID") or "", "")
            sheet.pictures.append(Picture(part, _within(node, outer, square=True)))
        elif kind == "CompositeObject":
            number = attribute(node, "ResourceID") or ""
            if number not in opened:  # one that holds itself would have no end
                inner, outer = child(resources.composites.get(number), "Content"), _within(node, outer)
                opened = opened | {number}
        elif kind in {"PageBlock", "Content", "Layer"}:
            inner = node
        if inner is not None:
            stack += [(one, outer, parameter, opened) for one in reversed(list(inner))]


def _within(node: Element, outer: Matrix, *, square: bool = False) -> Matrix:
    """From the space of an object to the page: its own matrix, then the corner of its boundary.

    A picture (``square``) without a matrix fills its boundary.
    """
    own, box = numbers(attribute(node, "CTM")), numbers(attribute(node, "Boundary"))
    matrix = IDENTITY
    if len(own) == 6:
        matrix = own[0], own[1], own[2], own[3], own[4], own[5]
    elif square and len(box) == 4:
        matrix = box[2], 0.0, 0.0, box[3], 0.0, 0.0
    corner = (1.0, 0.0, 0.0, 1.0, box[0], box[1]) if len(box) >= 2 else IDENTITY
    return times(times(matrix, corner), outer)


def _covered(picture: Picture) -> float:
    a, b, c, d, _, _ = picture.matrix
    return abs(a * d - b * c) if is_on_page(*picture.matrix) else 0.0


def _add_path(sheet: Sheet, node: Element, resources: Resources, parameter: str | None, matrix: Matrix) -> None:
    strokes, fills = attribute(node, "Stroke") != "false", attribute(node, "Fill") == "true"
    stroked = strokes and not _is_white(node, "StrokeColor", resources, parameter)
    filled = fills and not _is_white(node, "FillColor", resources, parameter)
    if not (strokes or fills):
        return
    seen = (stroked or filled) and attribute(node, "Alpha") != "0"
    a, b, c, d, e, f = matrix
    for part in parts_of_path(text_of(child(node, "AbbreviatedData"))):
        points = [(a * x + c * y + e, b * x + d * y + f) for x, y in part]
        (sheet.segments if seen else sheet.pale).extend(drawn_lines(points, stroked=stroked if seen else strokes))


def parts_of_path(printed: str) -> list[list[tuple[float, float]]]:
    """The corners of each part of a path; parts with curves are letters and pictures, and left out.

    >>> parts_of_path("M 0 0 L 10 0 L 10 5 C M 1 1 B 1 2 3 4 5 6")
    [[(0.0, 0.0), (10.0, 0.0), (10.0, 5.0), (0.0, 0.0)]]
    """
    parts: list[list[tuple[float, float]]] = []
    curved: set[int] = set()
    pieces = PATH.findall(printed)
    at = 0
    while at < len(pieces) and len(parts) < MAX_SEGMENTS:
        command = pieces[at]
        count = OPERANDS.get(command)
        operands = pieces[at + 1 : at + 1 + (count or 0)]
        if count is None or len(operands) < count or any(piece.isalpha() for piece in operands):
            at += 1  # what no command of the standard explains
            continue
        at += 1 + count
        if command == "C":
            if parts:
                parts[-1].append(parts[-1][0])
            continue
        point = (float(operands[-2]), float(operands[-1]))
        if command in "SM" or not parts:
            parts.append([point])
        else:
            parts[-1].append(point)
        if command in CURVES:
            curved.add(len(parts) - 1)
    return [part for number, part in enumerate(parts) if len(part) > 1 and number not in curved]


def _is_white(node: Element, name: str, resources: Resources, parameter: str | None) -> bool:
    """Whether a path is drawn in white or not at all; a colour that is not told is black."""
    colour = child(node, name)
    for _ in range(MAX_INHERITED):
        if colour is not None or parameter is None:
            break
        parameters = resources.parameters.get(parameter)
        colour = child(parameters, name)
        parameter = attribute(parameters, "Relative") if parameters is not None else None
    if colour is None:
        return False
    values = numbers(attribute(colour, "Value"))
    white = bool(values) and (max(values) <= 0 if len(values) == 4 else min(values) >= WHITE)
    return white or attribute(colour, "Alpha") == "0"
