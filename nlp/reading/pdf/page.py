"""What a page of a PDF holds: its characters with their places, and the ruled lines drawn on it."""

from __future__ import annotations

import ctypes
import math

import pypdfium2.raw as pdfium

from nlp.reading.pages.page import (
    IDENTITY,
    MAX_CHARACTERS,
    MAX_LEAN,
    MAX_OBJECTS,
    MAX_SEGMENTS,
    MAX_SIZE_POINTS,
    MIN_RULE_POINTS,
    MIN_SIZE_POINTS,
    WHITE,
    Edges,
    Found,
    Matrix,
    Page,
    drawn_lines,
    is_on_page,
    quarter_of,
    times,
    upright,
)
from nlp.reading.pdf.forms import has_forms, lacking, matrix_of, moved

MAX_FORM_DEPTH = 6


def read_page(page: pdfium.FPDF_PAGE) -> Page:
    """The content of a loaded page, turned so that its text runs to the right, whichever way the page is turned."""
    found, lost = _read_characters(page)
    segments: list[Edges] = []
    pale: list[Edges] = []
    pictured = _read_objects(page, segments, pale)
    content = upright(found, segments, _bounds(page), pale=pale, pictured=pictured, otherwise=_quarters_of_page(page))
    content.lost = lost
    return content


def quarters_of(page: pdfium.FPDF_PAGE) -> int:
    """How many quarters to the left of right the text of a page runs, in the page's own coordinates."""
    return quarter_of(_read_characters(page)[0], _quarters_of_page(page))


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


def _read_characters(page: pdfium.FPDF_PAGE) -> tuple[list[Found], int]:
    """The characters, and how many of them have no meaning that the file tells."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return [], 0
    found: list[Found] = []
    lost = 0
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    forms = has_forms(page)
    try:
        for number in range(min(pdfium.FPDFText_CountChars(text_page), MAX_CHARACTERS)):
            if pdfium.FPDFText_IsGenerated(text_page, number) == 1:  # spaces and line ends that the reader thinks up
                continue
            code = pdfium.FPDFText_GetUnicode(text_page, number)
            if pdfium.FPDFText_HasUnicodeMapError(text_page, number) == 1 or code == 0 or 0xD800 <= code < 0xE000:
                lost += 1
                code = 0xFFFD
            if code < 0x20 or code > 0x10FFFF or code in (0xFFFE, 0xFFFF):
                continue
            if not pdfium.FPDFText_GetLooseCharBox(text_page, number, ctypes.byref(box)):
                continue
            turns = -pdfium.FPDFText_GetCharAngle(text_page, number) / (math.pi / 2)  # PDFium counts clockwise
            if abs(turns - round(turns)) > MAX_LEAN:
                continue
            edges = (float(box.left), float(box.bottom), float(box.right), float(box.top))
            pdfium.FPDFText_GetCharOrigin(text_page, number, ctypes.byref(x), ctypes.byref(y))
            origin = x.value, y.value
            size = float(pdfium.FPDFText_GetFontSize(text_page, number))
            if pdfium.FPDFText_GetMatrix(text_page, number, ctypes.byref(matrix)):
                size *= math.hypot(matrix.c, matrix.d)
                whole = matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f
                if forms and (outer := lacking(text_page, number, whole, origin)) is not None:
                    edges, origin = moved(edges, outer), moved((*origin, *origin), outer)[:2]
            if not is_on_page(*edges, *origin):
                continue
            if not MIN_SIZE_POINTS <= size <= MAX_SIZE_POINTS:
                continue
            found.append(Found(chr(code), edges, origin, size, round(turns) % 4))
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return found, lost


def _read_objects(page: pdfium.FPDF_PAGE, segments: list[Edges], pale: list[Edges]) -> float:
    """Adds the lines of the page's paths, those inside its forms too; how many square points its pictures cover."""
    pictured = 0.0
    stack = [
        (pdfium.FPDFPage_GetObject(page, n), IDENTITY, 0)
        for n in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS))
    ]
    seen = 0
    while stack and seen < MAX_OBJECTS and len(segments) + len(pale) < MAX_SEGMENTS:
        handle, outer, depth = stack.pop()
        seen += 1
        if not handle:
            continue
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, _, _ = times(matrix_of(handle), outer)  # of the unit square that a picture is drawn in
            pictured += abs(a * d - b * c)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _read_path(handle, outer, segments, pale)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            inner = times(matrix_of(handle), outer)
            for number in range(min(pdfium.FPDFFormObj_CountObjects(handle), MAX_OBJECTS)):
                stack.append((pdfium.FPDFFormObj_GetObject(handle, number), inner, depth + 1))
    return pictured


def _read_path(handle: pdfium.FPDF_PAGEOBJECT, outer: Matrix, segments: list[Edges], pale: list[Edges]) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(handle, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    filled = fill.value != 0 and not _is_white(handle, pdfium.FPDFPageObj_GetFillColor)
    stroked = bool(stroke.value) and not _is_white(handle, pdfium.FPDFPageObj_GetStrokeColor)
    seen = filled or stroked
    if not (seen or fill.value or stroke.value):
        return
    drawn = segments if seen else pale
    if (dot := _dot(handle, outer)) is not None:
        drawn.append(dot)
        return
    for points in _subpaths(handle, times(matrix_of(handle), outer)):
        drawn.extend(drawn_lines(points, stroked=stroked if seen else bool(stroke.value)))


def _dot(handle: pdfium.FPDF_PAGEOBJECT, outer: Matrix) -> Edges | None:
    """The box of a path that is a dot; dotted rules have thousands, whose corners would take a second a page to ask for."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    references = [ctypes.byref(edge) for edge in (left, bottom, right, top)]
    if not pdfium.FPDFPageObj_GetBounds(handle, *references):
        return None
    box = moved((left.value, bottom.value, right.value, top.value), outer)
    return box if is_on_page(*box) and max(box[2] - box[0], box[3] - box[1]) < MIN_RULE_POINTS else None


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
