"""Lines that are drawn as rows of dots or short dashes, each of them a path of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Box = tuple[float, float, float, float]

MAX_GAP_POINTS = 4.0  # between two dots of a line
MIN_DOTS = 5
MIN_LINE_POINTS = 12.0
SAME_LINE = 2  # dots whose middles lie within half a point of each other


def dotted_lines(dots: Iterable[Box]) -> tuple[list[Box], list[Box]]:
    """The lines across and the lines down that dots make.

    >>> dotted_lines([(x, 7, x + 1, 8) for x in range(0, 40, 3)])
    ([(0, 7, 40, 8)], [])
    """
    dots = list(dots)
    across = [(start, low, end, high) for start, end, low, high in _runs((x0, x1, y0, y1) for x0, y0, x1, y1 in dots)]
    down = [(low, start, high, end) for start, end, low, high in _runs((y0, y1, x0, x1) for x0, y0, x1, y1 in dots)]
    return across, down


def _runs(dots: Iterable[Box]) -> Iterator[Box]:
    """Dots (from, to, low, high) that follow one another at the same height, as one."""
    rows: dict[int, list[Box]] = {}
    for dot in dots:
        rows.setdefault(round((dot[2] + dot[3]) / 2 * SAME_LINE), []).append(dot)
    for row in rows.values():
        if len(row) < MIN_DOTS:
            continue
        row.sort()
        ends = [number for number, dot in enumerate(row[1:], start=1) if dot[0] - row[number - 1][1] > MAX_GAP_POINTS]
        for first, last in zip([0, *ends], [*ends, len(row)], strict=True):
            run = row[first:last]
            start, end = run[0][0], max(dot[1] for dot in run)
            if len(run) >= MIN_DOTS and end - start >= MIN_LINE_POINTS:
                yield start, end, min(dot[2] for dot in run), max(dot[3] for dot in run)
