"""Where the numbers of a damaged row belong: every placing that the identities of the form allow, exactly.

A row that lost cells keeps the printed order of those left, and what it lost was blank, which counts as nothing; a
row that gained cells holds the true ones among others. Of all ways to place the numbers of all damaged rows only
those remain in which every row adds up to its total, received + carried in = results + carried out, and the outcomes
add up to the results. A cell that is the same in all of them is proven; any other stays open.

The identities join the rows as a star (the outcomes around the results) with one more edge (the balance), so
the placings are not multiplied out: partial sums are carried forward and backward, pruned by what is still reachable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from operator import add

Vector = tuple[int, ...]
Placing = tuple[int | None, ...]
# Each vector a row may be, with the ways to reach it: for each column the index of the printed number, or None.
Domain = dict[Vector, list[Placing]]

ZERO = 0
MAX_PRINTED = 13
# Steps of the search, some 2 µs each; beyond it a table counts as open.
MAX_STEPS = 60_000


class TooMany(Exception):
    """The search would take too long."""


@dataclass(frozen=True, slots=True)
class Place:
    """What one cell of a damaged row may be: its values, and which printed numbers (by index) may stand there."""

    values: frozenset[int]
    printed: frozenset[int | None]


def placings(numbers: Sequence[int], width: int, fits: Callable[[Vector], bool]) -> Domain:
    """Every way to place ``numbers`` in ``width`` columns in printed order such that ``fits`` holds.

    >>> sorted(placings([8, 8], 3, lambda v: v[0] + v[1] == v[2]))
    [(0, 8, 8), (8, 0, 8)]
    """
    domain: Domain = {}
    count = len(numbers)
    if count <= width:
        for columns in combinations(range(width), count):
            placing: list[int | None] = [None] * width
            vector = [ZERO] * width
            for index, column in enumerate(columns):
                placing[column] = index
                vector[column] = numbers[index]
            if fits(tuple(vector)):
                domain.setdefault(tuple(vector), []).append(tuple(placing))
    elif count <= MAX_PRINTED:
        for kept in combinations(range(count), width):
            whole = tuple(numbers[index] for index in kept)
            if fits(whole):
                domain.setdefault(whole, []).append(kept)
    return domain


def summarise(domain: Mapping[Vector, Sequence[Placing]], vectors: Sequence[Vector], width: int) -> list[Place]:
    """What each cell may be over the given vectors of a domain."""
    values: list[set[int]] = [set() for _ in range(width)]
    printed: list[set[int | None]] = [set() for _ in range(width)]
    for vector in vectors:
        for column in range(width):
            values[column].add(vector[column])
        for placing in domain[vector]:
            for column in range(width):
                printed[column].add(placing[column])
    return [Place(frozenset(values[column]), frozenset(printed[column])) for column in range(width)]


@dataclass(frozen=True, slots=True)
class Balance:
    """The identities between rows: ``left`` rows = ``right`` rows; ``parts`` of ``whole``. Row names of one table."""

    parts: tuple[str, ...]
    whole: str
    left: tuple[str, ...]
    right: tuple[str, ...]


def solve(domains: Mapping[str, Domain | None], balance: Balance, width: int) -> dict[str, list[Vector]] | None:
    """For each row the vectors that occur in some solution of the whole table.

    Parameters
    ----------
    domains : each row's possible vectors; ``None`` for a row that may be anything
    balance : the identities between the rows
    width : number of columns

    Returns ``None`` when nothing satisfies all identities. Raises ``TooMany`` beyond ``MAX_STEPS``.
    """
    open_rows = {row for row, domain in domains.items() if domain is None}
    result = {row: list(domain) for row, domain in domains.items() if domain is not None}
    others = [row for row in (*balance.left, *balance.right) if row != balance.whole]
    balanced = not open_rows & set(others)
    columns = _active_columns(domains, balance, width)

    targets: set[Vector] | None = None
    if balanced:
        targets = {
            tuple(
                sum((vector[column] for vector, side in zip(chosen, sides, strict=True) if side), ZERO)
                - sum((vector[column] for vector, side in zip(chosen, sides, strict=True) if not side), ZERO)
                for column in columns[0]
            )
            for sides in [[row in balance.left for row in others]]
            for chosen in _product([result[row] for row in others])
        }
        if balance.whole in result:
            result[balance.whole] = [v for v in result[balance.whole] if _at(v, columns[0]) in targets]
            if not result[balance.whole]:
                return None

    if balance.whole in result or (balanced and columns[0] == columns[1]):
        wholes = {_at(v, columns[1]) for v in result[balance.whole]} if balance.whole in result else targets or set()
        parts = [row for row in balance.parts if row not in open_rows]
        spare = any(row in open_rows for row in balance.parts)
        reached, supported = _support([result[row] for row in parts], wholes, columns[1], spare=spare)
        if not reached:
            return None
        for row, vectors in zip(parts, supported, strict=True):
            result[row] = vectors
        if balance.whole in result:
            result[balance.whole] = [v for v in result[balance.whole] if _at(v, columns[1]) in reached]
        elif targets is not None:
            targets &= reached
    if balanced:
        wanted = {_at(v, columns[0]) for v in result[balance.whole]} if balance.whole in result else targets or set()
        if balance.whole in result or columns[0] == columns[1]:
            taking_part: list[set[Vector]] = [set() for _ in others]
            for chosen in _product([result[row] for row in others]):
                difference = tuple(
                    sum((v[c] if row in balance.left else -v[c] for row, v in zip(others, chosen, strict=True)), ZERO)
                    for c in columns[0]
                )
                if difference in wanted:
                    for place, vector in enumerate(chosen):
                        taking_part[place].add(vector)
            for row, vectors_left in zip(others, taking_part, strict=True):
                result[row] = [v for v in result[row] if v in vectors_left]
    return result if all(result.values()) else None


def _product(choices: Sequence[Sequence[Vector]]) -> product[tuple[Vector, ...]]:
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > MAX_STEPS // 4:
        raise TooMany
    return product(*choices)


def _at(vector: Vector, columns: Sequence[int]) -> Vector:
    return tuple(vector[column] for column in columns)


def _active_columns(
    domains: Mapping[str, Domain | None], balance: Balance, width: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Columns in which the balance, and the sum of the parts, tell anything.

    Where the printed numbers of complete rows contradict each other, the report itself is wrong; that column says
    nothing about the others. Where a damaged row is among them, it may be that which is read wrong.
    """

    def active(plus: Sequence[str], minus: Sequence[str]) -> tuple[int, ...]:
        kept = []
        for column in range(width):
            total, constant = ZERO, True
            for row in (*plus, *minus):
                domain = domains[row]
                if domain is None:
                    constant = False
                    break
                seen = {vector[column] for vector in domain}
                if len(seen) != 1 or any(domain.values()):
                    constant = False
                    break
                total += next(iter(seen)) * (1 if row in plus else -1)
            if not constant or total == 0:
                kept.append(column)
        return tuple(kept)

    return active(balance.left, balance.right), active(balance.parts, (balance.whole,))


def _support(
    rows: Sequence[Sequence[Vector]], targets: set[Vector], columns: tuple[int, ...], *, spare: bool
) -> tuple[set[Vector], list[list[Vector]]]:
    """The targets that sums of one vector from each row reach, and for each row the vectors that take part in one.

    ``spare`` says that a row is missing: then a sum only has to stay below the target.
    """
    projected = [sorted({_at(vector, columns) for vector in row}) for row in rows]
    fixed = [ZERO] * len(columns)
    loose: list[int] = []
    for place, vectors in enumerate(projected):
        if len(vectors) == 1:
            fixed = [a + b for a, b in zip(fixed, vectors[0], strict=True)]
        else:
            loose.append(place)
    base = tuple(fixed)
    if spare:
        reached, kept = _support_below([projected[place] for place in loose], base, targets)
    else:
        reached, kept = _support_exactly([projected[place] for place in loose], base, targets)
    if not reached:
        return set(), []
    allowed = {place: vectors for place, vectors in zip(loose, kept, strict=True)}
    return reached, [
        [v for v in row if place not in allowed or _at(v, columns) in allowed[place]] for place, row in enumerate(rows)
    ]


def _support_below(
    rows: Sequence[Sequence[Vector]], base: Vector, targets: set[Vector]
) -> tuple[set[Vector], list[set[Vector]]]:
    """As ``_support``, where a missing row may hold the rest.

    A vector is kept unless it and the least of the others exceed every target.
    """
    least = [tuple(map(min, zip(*vectors, strict=True))) for vectors in rows]
    floor = tuple(base[c] + sum((low[c] for low in least), ZERO) for c in range(len(base)))
    reached = {target for target in targets if all(f <= t for f, t in zip(floor, target, strict=True))}
    kept = [
        {
            vector
            for vector in vectors
            if any(
                all(f - own + v <= t for f, own, v, t in zip(floor, low, vector, target, strict=True))
                for target in reached
            )
        }
        for vectors, low in zip(rows, least, strict=True)
    ]
    return reached, kept


def _support_exactly(
    rows: Sequence[Sequence[Vector]], base: Vector, targets: set[Vector]
) -> tuple[set[Vector], list[set[Vector]]]:
    """As ``_support``: partial sums forward, pruned by what the rows to come can add, then backward."""
    count, width = len(rows), len(base)
    if not targets:
        return set(), []
    order = sorted(range(count), key=lambda place: len(rows[place]))
    low, high = [base], [base]  # least and greatest of what the rows from the end on can add
    for place in reversed(order):
        low.append(tuple(low[-1][c] + min(v[c] for v in rows[place]) for c in range(width)))
        high.append(tuple(high[-1][c] + max(v[c] for v in rows[place]) for c in range(width)))
    bottom = tuple(min(t[c] for t in targets) for c in range(width))
    top = tuple(max(t[c] for t in targets) for c in range(width))
    steps = 0
    layers: list[set[Vector]] = [{(ZERO,) * width}]
    for done, place in enumerate(order):
        least, most = low[count - done - 1], high[count - done - 1]
        layer: set[Vector] = set()
        steps += len(layers[-1]) * len(rows[place])
        if steps > MAX_STEPS:
            raise TooMany
        for state in layers[-1]:
            for vector in rows[place]:
                new = tuple(map(add, state, vector))
                if all(n + a <= t and n + b >= s for n, a, b, s, t in zip(new, least, most, bottom, top, strict=True)):
                    layer.add(new)
        layers.append(layer)
    goals = {tuple(t - b for t, b in zip(target, base, strict=True)): target for target in targets}
    alive = {state for state in layers[-1] if state in goals}
    reached = {goals[state] for state in alive}
    kept: list[set[Vector]] = [set() for _ in rows]
    for done in range(count - 1, -1, -1):
        place = order[done]
        earlier: set[Vector] = set()
        for state in layers[done]:
            for vector in rows[place]:
                if tuple(map(add, state, vector)) in alive:
                    earlier.add(state)
                    kept[place].add(vector)
        alive = earlier
    return reached, kept
