"""The characters of a text object of OFD, each with its place on the page."""

from __future__ import annotations

import math
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from nlp.reading.ofd.document import numbers
from nlp.reading.packages import attribute, children
from nlp.reading.pages.page import (
    ASCENT,
    MAX_LEAN,
    MAX_SIZE_POINTS,
    MIN_SIZE_POINTS,
    Found,
    Matrix,
    is_on_page,
    times,
)

NARROW = 0.5  # of the size: what a Latin letter or a digit takes where the file does not say it
SPREAD = 1.5  # of the size: as far as a character may be from the next without a space between them
QUARTERS = {0: (1.0, 0.0), 1: (0.0, 1.0), 2: (-1.0, 0.0), 3: (0.0, -1.0)}  # where a line goes on, y downwards
MAX_TEXT = 100_000  # characters of one text code


def characters_of(node: Element, matrix: Matrix) -> Iterator[Found]:
    """The characters of a text object.

    Parameters
    ----------
    matrix : from the object's own space to the page, in points, y upwards
    """
    size, stretch = _number(node, "Size", 0.0), _number(node, "HScale", 1.0)
    turned, reads = _quarter(node, "CharDirection"), _quarter(node, "ReadDirection")
    x = y = 0.0
    for code in children(node, "TextCode"):
        x, y = _number(code, "X", x), _number(code, "Y", y)
        text = (code.text or "").strip("\r\n\t")[:MAX_TEXT]
        for character, at, room in _placed(code, text, (x, y), size * stretch, reads):
            found = _character(character, at, room, size, turned, matrix)
            if found is not None:
                yield found


def steps(printed: str | None, most: int) -> list[float]:
    """The distances from character to character, at most so many; ``g 3 5`` stands for 5 5 5.

    >>> steps("4 g 3 5 6", 9), steps("g 1000000000 5", 2), steps(None, 3)
    ([4.0, 5.0, 5.0, 5.0, 6.0], [5.0, 5.0], [])
    """
    found: list[float] = []
    pieces = iter((printed or "").split())
    for piece in pieces:
        if len(found) >= most:
            break
        try:
            if piece.lower() == "g":
                count, step = int(next(pieces)), float(next(pieces))
                found += [step] * min(max(0, count), most - len(found))
            else:
                found.append(float(piece))
        except (ValueError, StopIteration):
            break
    return found


def _placed(
    code: Element, text: str, at: tuple[float, float], em: float, reads: int
) -> Iterator[tuple[str, tuple[float, float], float]]:
    """Each character with its place on the base line, and the room that it takes along it."""
    x, y = at
    across, down = steps(attribute(code, "DeltaX"), len(text)), steps(attribute(code, "DeltaY"), len(text))
    onward = QUARTERS[reads]
    even = len(set(across or down)) == 1 and len(across or down) >= len(text) - 1
    for number, character in enumerate(text):
        room = em * (NARROW if character.isascii() else 1.0)
        if across or down:
            step = (across[number] if number < len(across) else 0.0, down[number] if number < len(down) else 0.0)
        else:
            step = onward[0] * room, onward[1] * room
        if number >= max(len(across), len(down)) > 0:  # the file says too little: as wide as such a character is
            step = onward[0] * room, onward[1] * room
        forward = step[0] * onward[0] + step[1] * onward[1]
        # Justified lines spread their characters, and some makers set all at one distance: no space is meant there. Between
        # two digits of which one is farther off, one may be.
        numeral = character.isascii() and text[number + 1 : number + 2].isascii()
        spread = SPREAD * em if (even or not numeral) else room
        yield character, (x, y), forward if 0 < forward <= spread else room
        x, y = x + step[0], y + step[1]


def _character(
    character: str, at: tuple[float, float], room: float, size: float, turned: int, matrix: Matrix
) -> Found | None:
    cosine, sine = QUARTERS[turned]
    own = times((cosine, sine, -sine, cosine, *at), matrix)
    a, b, c, d, x, y = own
    points = size * math.hypot(c, d)
    if not is_on_page(*own, points) or not MIN_SIZE_POINTS <= points <= MAX_SIZE_POINTS:
        return None
    quarters = math.atan2(b, a) / (math.pi / 2)
    if abs(quarters - round(quarters)) > MAX_LEAN or character < " ":
        return None
    corners = [
        (u * a + v * c + x, u * b + v * d + y) for u in (0.0, room) for v in (-ASCENT * size, size - ASCENT * size)
    ]
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return Found(character, (min(xs), min(ys), max(xs), max(ys)), (x, y), points, round(quarters) % 4)


def _number(node: Element, name: str, otherwise: float) -> float:
    found = numbers(attribute(node, name))
    return found[0] if found and math.isfinite(found[0]) else otherwise


def _quarter(node: Element, name: str) -> int:
    return round(_number(node, name, 0.0) / 90) % 4
