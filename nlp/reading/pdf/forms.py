"""Characters inside the forms of a page, where a browser puts all that has opacity or a transform.

Browsers say beside a glyph that looks like a radical (⾃) which character it stands for (its actual text). PDFium gives the
place of such a character in the coordinates of the form; all other places, and all matrices, in those of the page.
"""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

from nlp.reading.pages.page import IDENTITY, MAX_OBJECTS, Edges, Matrix, times

FLAT = 1e-9  # a matrix that lays everything on one line has no way back
NEAR = 0.01  # of the size: as exact as places are


def has_forms(page: pdfium.FPDF_PAGE) -> bool:
    """Whether a page has forms at all: most have none."""
    return any(
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, number)) == pdfium.FPDF_PAGEOBJ_FORM
        for number in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS))
    )


def matrix_of(handle: pdfium.FPDF_PAGEOBJECT) -> Matrix:
    """The matrix of an object, in the coordinates of what holds it."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(handle, ctypes.byref(matrix)):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def lacking(text_page: pdfium.FPDF_TEXTPAGE, number: int, whole: Matrix, place: tuple[float, float]) -> Matrix | None:
    """The matrix from the form to the page where the place of a character lacks it; ``None`` where it does not.

    Parameters
    ----------
    whole : the matrix of the character, from its text object to the page
    place : where it stands on its base line
    """
    handle = pdfium.FPDFText_GetTextObject(text_page, number)
    own = matrix_of(handle) if handle else whole
    back, back_on_page = inverse(own), inverse(whole)
    if back is None or back_on_page is None:
        return None
    outer = times(back, whole)
    if all(abs(part - same) < FLAT for part, same in zip(outer, IDENTITY, strict=True)):
        return None
    # A character stands on the base line of its object, and not before its beginning.
    if _off(place, back) + NEAR < _off(place, back_on_page):
        return outer
    return None


def moved(edges: Edges, matrix: Matrix) -> Edges:
    """A box (left, bottom, right, top) after a matrix."""
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in edges[::2] for y in edges[1::2]]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def inverse(matrix: Matrix) -> Matrix | None:
    """The way back; ``None`` where there is none.

    >>> inverse((2, 0, 0, -2, 10, 4))
    (0.5, 0.0, 0.0, -0.5, -5.0, 2.0)
    """
    a, b, c, d, e, f = matrix
    size = a * d - b * c
    if abs(size) < FLAT:
        return None
    a, b, c, d = d / size, -b / size + 0.0, -c / size + 0.0, a / size
    return a, b, c, d, -(a * e + c * f), -(b * e + d * f)


def _off(place: tuple[float, float], back: Matrix) -> float:
    """How far a place is off the base line, or before the beginning, of the object whose way back this is."""
    a, b, c, d, e, f = back
    x, y = place
    return abs(b * x + d * y + f) + max(0.0, -(a * x + c * y + e))
