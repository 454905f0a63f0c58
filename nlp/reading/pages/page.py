"""What a page holds, whatever format brought it: its characters with their places, and the ruled lines drawn on it."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from nlp.reading.pages.dots import dotted_lines

MAX_PAGES = 300
MIN_CHARACTERS = 20  # below them a page, or a file, is no text
MIN_PICTURED = 0.3  # of a page; a seal or a photograph covers less
EDGE_SHARE = 0.05  # of the page's height, where browsers print the date and the address
MAX_OBJECTS = 200_000  # of a page
MAX_SEGMENTS = 200_000
MAX_CHARACTERS = 100_000  # of a page; the fullest real one has 4,000
MAX_RULE_POINTS = 3.5  # a filled rectangle thinner than this is a line
MIN_RULE_POINTS = 3.0  # shorter ones are dots of a dash or parts of a letter
SKEW_POINTS = 1.2
WHITE = 250  # of 255, each of red, green and blue
DOUBTFUL = 0.8  # confidence of what a scan shows, below which its numbers are not taken as they are
MIN_SIZE_POINTS, MAX_SIZE_POINTS = 1.0, 300.0
MAX_POINTS = 1e5  # from the corner of a page; what lies farther away is no place
MAX_LEAN = 0.1  # quarters; what leans more is a watermark or stamp across the page
ASCENT = 0.88  # of the size, above the base line; the fonts' own boxes hold a comma or a bracket only, not its place on the line

Edges = tuple[float, float, float, float]  # left, bottom, right, top in points, y upwards
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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

    ``pale`` rules are drawn in white: they part cells where no others do. ``lost`` counts characters whose meaning the file does not say; ``pictured`` is the share of the page that pictures cover.
    """

    top: float = 0.0
    bottom: float = 0.0
    left: float = 0.0
    right: float = 0.0
    characters: list[Character] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pale_across: list[Rule] = field(default_factory=list)
    pale_down: list[Rule] = field(default_factory=list)
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
        if self.pictured < MIN_PICTURED:
            return False
        # What a browser or a scanner's program prints along the edges is no text of the page.
        edge = EDGE_SHARE * (self.bottom - self.top)
        top, bottom = self.top + edge, self.bottom - edge
        return sum(not c.text.isspace() and top <= c.y0 and c.y1 <= bottom for c in self.characters) < MIN_CHARACTERS


class Found(NamedTuple):
    """A character as a file places it, before its page is turned: ``origin`` is its place on the base line."""

    text: str
    edges: Edges
    origin: tuple[float, float]
    size: float
    quarter: int  # how many quarters to the left of right its line runs


def upright(
    found: Sequence[Found],
    segments: Sequence[Edges],
    bounds: Edges,
    *,
    pale: Sequence[Edges] = (),
    pictured: float = 0.0,
    otherwise: int = 0,
) -> Page:
    """The page that these characters and drawn lines make, turned so that its text runs to the right.

    Parameters
    ----------
    pale : lines that are drawn in white
    bounds : the part of the page that is shown
    pictured : square points that pictures cover
    otherwise : the direction of the text, in quarters, where there is none
    """
    quarter = quarter_of(found, otherwise)
    page = Page(pictured=pictured / max(1.0, (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])))
    for text, edges, (x, y), size, _ in found:
        x0, _, x1, _ = _turned(edges, quarter)
        _, base, _, _ = _turned((x, y, x, y), quarter)
        page.characters.append(Character(text, x0, base - ASCENT * size, x1, base + (1 - ASCENT) * size, size))
    page.across, page.down = _rules([_turned(segment, quarter) for segment in segments])
    page.pale_across, page.pale_down = _rules([_turned(segment, quarter) for segment in pale])
    page.left, page.top, page.right, page.bottom = _turned(bounds, quarter)
    return page


def _rules(segments: Sequence[Edges]) -> tuple[list[Rule], list[Rule]]:
    """The rules across and down that segments make."""
    across, down = dotted_lines(box for box in segments if _length(box) < MIN_RULE_POINTS)
    for box in segments:
        x0, y0, x1, y1 = box
        if _length(box) < MIN_RULE_POINTS:
            continue
        if y1 - y0 <= MAX_RULE_POINTS < MIN_RULE_POINTS + x1 - x0:
            across.append(box)
        elif x1 - x0 <= MAX_RULE_POINTS:
            down.append(box)
    return (
        [Rule((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in across],
        [Rule((x0 + x1) / 2, y0, y1) for x0, y0, x1, y1 in down],
    )


def _length(box: Edges) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def quarter_of(found: Sequence[Found], otherwise: int = 0) -> int:
    """How many quarters to the left of right the text of a page runs, in the page's own coordinates."""
    # The direction of the text tells how the page is read: a turned page and turned text come to the same.
    quarters = Counter(character.quarter for character in found)
    return quarters.most_common(1)[0][0] if quarters else otherwise


def _turned(box: Edges, quarter: int) -> Edges:
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


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies ``inner`` and then ``outer``.

    >>> times((2, 0, 0, 2, 1, 0), (1, 0, 0, 1, 5, 5))
    (2, 0, 0, 2, 6, 5)
    """
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def is_on_page(*coordinates: float) -> bool:
    """Whether all are numbers that a place on a page may have."""
    return all(math.isfinite(coordinate) and abs(coordinate) < MAX_POINTS for coordinate in coordinates)


def drawn_lines(points: Sequence[tuple[float, float]], *, stroked: bool) -> Iterator[Edges]:
    """The straight lines of a part of a path: its thin whole (a dot too), or the sides of a box that is drawn around."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    if not is_on_page(*box):
        return
    if min(box[2] - box[0], box[3] - box[1]) <= MAX_RULE_POINTS:  # a line, or a rectangle as thin as one
        yield box
        return
    if not stroked:
        return  # the ground of a cell
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        if min(abs(ax - bx), abs(ay - by)) <= SKEW_POINTS and max(abs(ax - bx), abs(ay - by)) >= MIN_RULE_POINTS:
            yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)
