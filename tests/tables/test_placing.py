"""The placing solver against trying everything, on tables small enough for that."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest

from nlp.tables.placing import MAX_STEPS, Balance, TooMany, placings, solve, summarise

BALANCE = Balance(parts=("a", "b", "c"), whole="results", left=("new", "before"), right=("results", "after"))
ROWS = ("new", "before", "a", "b", "c", "results", "after")
WIDTH = 4


def adds_up(vector):
    return sum(vector[:-1]) == vector[-1]


def every_solution(printed):
    """All tables that the printed numbers allow, by trying all placings of all rows."""
    choices = []
    for row in ROWS:
        numbers = printed[row]
        vectors = set()
        if len(numbers) <= WIDTH:
            for columns in combinations(range(WIDTH), len(numbers)):
                vector = [0] * WIDTH
                for column, number in zip(columns, numbers, strict=True):
                    vector[column] = number
                vectors.add(tuple(vector))
        else:
            vectors = {tuple(numbers[i] for i in kept) for kept in combinations(range(len(numbers)), WIDTH)}
        choices.append(sorted(vector for vector in vectors if adds_up(vector)))
    for table in product(*choices):
        m = dict(zip(ROWS, table, strict=True))
        if all(
            m["new"][c] + m["before"][c] == m["results"][c] + m["after"][c]
            and m["results"][c] == m["a"][c] + m["b"][c] + m["c"][c]
            for c in range(WIDTH)
        ):
            yield m


def random_table(rng):
    """A correct table whose rows have lost zeros or gained a number."""
    parts = {row: [rng.choice([0, 0, 0, 1, 2]) for _ in range(WIDTH - 1)] for row in "abc"}
    results = [sum(parts[row][c] for row in "abc") for c in range(WIDTH - 1)]
    after = [rng.choice([0, 0, 1]) for _ in range(WIDTH - 1)]
    before = [rng.choice([0, 0, 1]) if r + a else 0 for r, a in zip(results, after, strict=True)]
    new = [r + a - b for r, a, b in zip(results, after, before, strict=True)]
    table = {"new": new, "before": before, **parts, "results": results, "after": after}
    printed = {}
    for row, values in table.items():
        whole = [*values, sum(values)]
        if rng.random() < 0.5:
            whole = [value for value in whole if value or rng.random() < 0.5]
        elif rng.random() < 0.1:
            whole.insert(rng.randrange(WIDTH), rng.choice([0, 1]))
        printed[row] = whole
    return printed


@pytest.mark.parametrize("seed", range(60))
def test_same_as_trying_everything(seed):
    printed = random_table(random.Random(seed))
    domains = {row: placings(printed[row], WIDTH, adds_up) for row in ROWS}
    tables = list(every_solution(printed))
    solution = solve(domains, BALANCE, WIDTH)
    if not tables:
        assert solution is None
        return
    for row in ROWS:
        assert set(solution[row]) == {table[row] for table in tables}, row


def test_contradiction_gives_no_solution():
    # Results of 3 from outcomes of 2: nothing may be proven from such a table.
    domains = {row: placings([0, 0, 0, 0], WIDTH, adds_up) for row in ROWS}
    domains |= {"a": placings([2, 2], WIDTH, adds_up), "results": placings([3, 3], WIDTH, adds_up)}
    domains |= {"new": placings([3, 3], WIDTH, adds_up)}
    assert solve(domains, BALANCE, WIDTH) is None


def test_wrong_sum_among_complete_rows_does_not_hide_the_others():
    # Column 2 contradicts itself in complete rows (an error of the report); the short row a is proven by column 1.
    domains = {row: {(0, 0, 0, 0): []} for row in ROWS}
    domains |= {"a": placings([5, 5], WIDTH, adds_up), "results": {(5, 0, 0, 5): []}, "new": {(5, 1, 0, 6): []}}
    solution = solve(domains, BALANCE, WIDTH)
    assert solution is not None and solution["a"] == [(5, 0, 0, 5)]


def test_row_that_may_be_anything_leaves_room():
    # Row b is missing: what a holds stays below the results, so 5 may stand wherever the results have room for it.
    domains = {row: {(0, 0, 0, 0): []} for row in ROWS}
    domains |= {
        "a": placings([5, 5], WIDTH, adds_up),
        "b": None,
        "results": {(7, 5, 0, 12): []},
        "new": {(7, 5, 0, 12): []},
    }
    solution = solve(domains, BALANCE, WIDTH)
    assert solution is not None and set(solution["a"]) == {(5, 0, 0, 5), (0, 5, 0, 5)}


def test_places_of_one_row():
    # 1 0 1 in four columns: 1 first, its sum last, the zero in either place between.
    domain = placings([1, 0, 1], WIDTH, adds_up)
    places = summarise(domain, [(1, 0, 0, 1)], WIDTH)
    assert [set(place.values) for place in places] == [{1}, {0}, {0}, {1}]
    assert [set(place.printed) for place in places] == [{0}, {1, None}, {1, None}, {2}]


def test_search_is_bounded():
    parts = tuple(f"p{i}" for i in range(40))
    balance = Balance(parts, "results", ("new", "before"), ("results", "after"))
    domains = {
        part: {tuple(int(c == i) * (1 << n) for c in range(7)): [] for i in range(7)} for n, part in enumerate(parts)
    }
    domains |= {row: {(10**9,) * 7: [], (3,) * 7: []} for row in ("new", "before", "results", "after")}
    with pytest.raises(TooMany):
        solve(domains, balance, 7)
    assert MAX_STEPS <= 100_000
