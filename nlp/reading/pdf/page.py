"""What a page of a PDF holds: its characters with their places, and the ruled lines drawn on it."""

from __future__ import annotations

import ctypes
import itertools
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

MIN_CHARACTERS = 20  # below them a page, or a file, is no text
MIN_PICTURED = 0.3  # of a page; a seal or a photograph covers less
MAX_FORM_DEPTH = 6
MAX_OBJECTS = 200_000
MAX_SEGMENTS = 200_000
MAX_CHARACTERS = 100_000  # of a page; the fullest real one has 4,000
MAX_RULE_POINTS = 3.5  # a filled rectangle thinner than this is a line
MIN_RULE_POINTS = 3.0  # shorter ones are dots of a dash or parts of a letter
SKEW_POINTS = 1.2
WHITE = 250
DOUBTFUL = 0.8  # confidence of what a scan shows, below which its numbers are not taken as they are
MIN_SIZE_POINTS, MAX_SIZE_POINTS = 1.0, 300.0
ASCENT = 0.88  # of the size, above the base line; the fonts' own boxes hold a comma or a bracket only, not its place on the line


@dataclass(frozen=True, slots=True)
class Character:
    """A printed character; ``x`` grows to the right, ``y`` downwards, in points, the text running to the right."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    confidence: float = 1.0  # of its recognition in a scan


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: where it lies (x of a vertical one), and from where to where it reaches."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """The content of a page.

    ``lost`` counts characters whose meaning the file does not say; ``pictured`` is the share of the page that pictures cover.
    """

    top: float = 0.0
    bottom: float = 0.0
    left: float = 0.0
    right: float = 0.0
    characters: list[Character] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    lost: int = 0
    pictured: float = 0.0

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box on the page (left, top, right, bottom) in shares (0–1) of its width and height."""
        width, height = max(1.0, self.right - self.left), max(1.0, self.bottom - self.top)
        shares = (x0 - self.left) / width, (y0 - self.top) / height, (x1 - self.left) / width, (y1 - self.top) / height
        left, top, right, bottom = (round(min(1.0, max(0.0, share)), 5) for share in shares)
        return left, top, right, bottom

    @property
    def is_picture(self) -> bool:
        """Whether the page is a scan: a large picture, and hardly any text."""
        printed = sum(not character.text.isspace() for character in self.characters)
        return printed < MIN_CHARACTERS and self.pictured >= MIN_PICTURED


Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_page(page: pdfium.FPDF_PAGE) -> Page:
    """The content of a loaded page, turned so that its text runs to the right, whichever way the page is turned."""
    content = Page()
    found = _read_characters(page, content)
    quarter = _quarters(page, found)
    for text, box, (x, y), size, _ in found:
        x0, _, x1, _ = _turned(box, quarter)
        _, base, _, _ = _turned((x, y, x, y), quarter)
        content.characters.append(Character(text, x0, base - ASCENT * size, x1, base + (1 - ASCENT) * size, size))
    segments: list[tuple[float, float, float, float]] = []
    _read_objects(page, content, segments)
    for segment in segments:
        x0, y0, x1, y1 = _turned(segment, quarter)
        if y1 - y0 <= MAX_RULE_POINTS < MIN_RULE_POINTS + x1 - x0:
            content.across.append(Rule((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= MAX_RULE_POINTS:
            content.down.append(Rule((x0 + x1) / 2, y0, y1))
    bounds = _bounds(page)
    content.pictured /= max(1.0, (bounds[2] - bounds[0]) * (bounds[3] - bounds[1]))
    content.left, content.top, content.right, content.bottom = _turned(bounds, quarter)
    return content


def quarters_of(page: pdfium.FPDF_PAGE) -> int:
    """How many quarters to the left of right the text of a page runs, in the page's own coordinates."""
    return _quarters(page, _read_characters(page, Page()))


def _quarters(page: pdfium.FPDF_PAGE, found: Sequence[_Found]) -> int:
    # The direction of the text tells how the page is read: /Rotate and turned text matrices come to the same.
    angles = Counter(angle for *_, angle in found)
    return angles.most_common(1)[0][0] if angles else _quarters_of_page(page)


def _bounds(page: pdfium.FPDF_PAGE) -> tuple[float, float, float, float]:
    """The part of the page that is shown, in its own coordinates."""
    box = pdfium.FS_RECTF()
    if pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        return float(box.left), float(box.bottom), float(box.right), float(box.top)
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if pdfium.FPDFPage_GetRotation(page) % 2:
        width, height = height, width
    return 0.0, 0.0, float(width), float(height)


def _quarters_of_page(page: pdfium.FPDF_PAGE) -> int:
    return int(-pdfium.FPDFPage_GetRotation(page)) % 4


def _turned(box: tuple[float, float, float, float], quarter: int) -> tuple[float, float, float, float]:
    """A box of the page (y upwards) as it is read (y downwards), the text running ``quarter`` quarters to the left of right."""
    x0, y0, x1, y1 = box
    if quarter == 0:
        corners = (x0, -y0), (x1, -y1)
    elif quarter == 1:  # the text runs upwards
        corners = (y0, x0), (y1, x1)
    elif quarter == 2:
        corners = (-x0, y0), (-x1, y1)
    else:
        corners = (-y0, -x0), (-y1, -x1)
    (ax, ay), (bx, by) = corners
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


_Found = tuple[str, tuple[float, float, float, float], tuple[float, float], float, int]


def _read_characters(page: pdfium.FPDF_PAGE, content: Page) -> list[_Found]:
    """Each character with its box, the place on its base line, its size and its direction in quarters."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return []
    found: list[_Found] = []
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    try:
        for number in range(min(pdfium.FPDFText_CountChars(text_page), MAX_CHARACTERS)):
            if pdfium.FPDFText_IsGenerated(text_page, number) == 1:  # spaces and line ends that the reader thinks up
                continue
            code = pdfium.FPDFText_GetUnicode(text_page, number)
            if pdfium.FPDFText_HasUnicodeMapError(text_page, number) == 1 or code == 0 or 0xD800 <= code < 0xE000:
                content.lost += 1
                code = 0xFFFD
            if code < 0x20 or code > 0x10FFFF or code in (0xFFFE, 0xFFFF):
                continue
            if not pdfium.FPDFText_GetLooseCharBox(text_page, number, ctypes.byref(box)):
                continue
            turns = -pdfium.FPDFText_GetCharAngle(text_page, number) / (math.pi / 2)  # PDFium counts clockwise
            if abs(turns - round(turns)) > 0.1:
                continue  # a watermark or stamp across the page
            place = (float(box.left), float(box.bottom), float(box.right), float(box.top))
            pdfium.FPDFText_GetCharOrigin(text_page, number, ctypes.byref(x), ctypes.byref(y))
            if not all(math.isfinite(edge) and abs(edge) < 1e5 for edge in (*place, x.value, y.value)):
                continue
            size = float(pdfium.FPDFText_GetFontSize(text_page, number))
            if pdfium.FPDFText_GetMatrix(text_page, number, ctypes.byref(matrix)):
                size *= math.hypot(matrix.c, matrix.d)
            if not MIN_SIZE_POINTS <= size <= MAX_SIZE_POINTS:
                continue
            found.append((chr(code), place, (x.value, y.value), size, round(turns) % 4))
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return found


def _read_objects(page: pdfium.FPDF_PAGE, content: Page, segments: list[tuple[float, float, float, float]]) -> None:
    """Lines of the page's paths, those inside its forms too."""
    stack = [
        (pdfium.FPDFPage_GetObject(page, n), IDENTITY, 0)
        for n in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS))
    ]
    seen = 0
    while stack and seen < MAX_OBJECTS and len(segments) < MAX_SEGMENTS:
        handle, outer, depth = stack.pop()
        seen += 1
        if not handle:
            continue
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, _, _ = _times(_matrix(handle), outer)  # of the unit square that a picture is drawn in
            content.pictured += abs(a * d - b * c)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _read_path(handle, _times(_matrix(handle), outer), segments)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            inner = _times(_matrix(handle), outer)
            for number in range(min(pdfium.FPDFFormObj_CountObjects(handle), MAX_OBJECTS)):
                stack.append((pdfium.FPDFFormObj_GetObject(handle, number), inner, depth + 1))


def _matrix(handle: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, ctypes.byref(matrix)):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _read_path(
    handle: pdfium.FPDF_PAGEOBJECT, matrix: Matrix, segments: list[tuple[float, float, float, float]]
) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(handle, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    filled = fill.value != 0 and not _is_white(handle, pdfium.FPDFPageObj_GetFillColor)
    stroked = bool(stroke.value) and not _is_white(handle, pdfium.FPDFPageObj_GetStrokeColor)
    if not filled and not stroked:
        return
    for points in _subpaths(handle, matrix):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if not all(math.isfinite(edge) and abs(edge) < 1e5 for edge in box):
            continue
        if min(box[2] - box[0], box[3] - box[1]) <= MAX_RULE_POINTS:  # a line, or a rectangle as thin as one
            if max(box[2] - box[0], box[3] - box[1]) >= MIN_RULE_POINTS:
                segments.append(box)
            continue
        if not stroked:
            continue  # the ground of a cell
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            if min(abs(ax - bx), abs(ay - by)) <= SKEW_POINTS and max(abs(ax - bx), abs(ay - by)) >= MIN_RULE_POINTS:
                segments.append((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))


def _subpaths(handle: pdfium.FPDF_PAGEOBJECT, matrix: Matrix) -> list[list[tuple[float, float]]]:
    """The corners of each part of a path; parts with curves are letters and pictures, and left out."""
    a, b, c, d, e, f = matrix
    parts: list[list[tuple[float, float]]] = []
    curved: set[int] = set()
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(pdfium.FPDFPath_CountSegments(handle), MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(handle, number)
        if not segment or not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        kind = pdfium.FPDFPathSegment_GetType(segment)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([point])
        else:
            parts[-1].append(point)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            curved.add(len(parts) - 1)
        if pdfium.FPDFPathSegment_GetClose(segment):
            parts[-1].append(parts[-1][0])
    return [part for number, part in enumerate(parts) if len(part) > 1 and number not in curved]


def _is_white(handle: pdfium.FPDF_PAGEOBJECT, colour_of: object) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    references = [ctypes.byref(part) for part in (red, green, blue, alpha)]
    if not colour_of(handle, *references):  # type: ignore[operator]
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) >= WHITE
