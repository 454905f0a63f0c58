"""What the project's corpus holds, as Markdown tables. Run as ``python -m training.census [FILE]``.

``--update README`` writes the tables, and those of the second labelling, between their marks in a text file instead:
``<!-- census -->`` … ``<!-- /census -->`` and ``<!-- agreement -->`` … ``<!-- /agreement -->``.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from nlp.labelling.aspects import aspects
from nlp.records import Role
from training.agreement import SECOND_LABELLING, agreement, agreement_tables, read_second_labelling
from training.corpus import CORPUS, Passage, fingerprint, read_passages, statements_of
from training.lint import counts, diversity

ROLES: tuple[Role, ...] = ("problem", "measure", "achievement", "boilerplate")
LEVELS = ("township", "county", "prefecture", "province", "other")
ERAS = {0: "before 2014", 2014: "2014–2018", 2019: "2019–2021", 2022: "from 2022"}
MOST_LABELS = 4


def census_tables(passages: Sequence[Passage]) -> str:
    """The counts of a corpus as Markdown tables, one after another with a line that names each."""
    statements = list(statements_of(list(passages)))
    total = len(statements)
    roles = Counter(s.role for _, s in statements)
    sizes = [len(p.statements) for p in passages]
    lengths = {r: [s.end - s.start for _, s in statements if s.role == r] for r in ROLES}
    parts = [
        _table(
            "Size and variety (shares of 0 to 1, as `python -m training.lint` explains them)",
            ("", "n"),
            [
                *((name, f"{number:,}") for name, number in counts(passages).items() if name not in ROLES),
                ("statements a passage, median (least–most)", f"{np.median(sizes):.0f} ({min(sizes)}–{max(sizes)})"),
                ("problems answered by a measure", _answered(passages)),
                *((name, f"{number}") for name, number in diversity(passages).items()),
            ],
        ),
        _table(
            "Roles",
            ("role", "statements", "share", "characters: median", "10th–90th percentile"),
            [(r, f"{roles[r]:,}", _share(roles[r], total), *_spread(lengths[r])) for r in ROLES],
        ),
        _table(
            "Labels a statement",
            ("role", *(str(n) for n in range(1, MOST_LABELS + 1)), "mean"),
            [(r, *_label_numbers([len(s.labels) for _, s in statements if s.role == r])) for r in ROLES[:2]],
        ),
        _labels(passages, roles),
        _groups("Theme", passages, list(dict.fromkeys(map(_theme, passages))), _theme),
        _groups("Level", passages, LEVELS, lambda p: p.level),
        _groups("Years", passages, list(ERAS.values()), lambda p: ERAS[max(y for y in ERAS if y <= p.year)]),
        _groups("Type", passages, ("annual_report", "sibling"), lambda p: p.type),
    ]
    return "\n\n".join(parts)


def updated(text: str, name: str, tables: str) -> str:
    """The text with ``tables`` between the marks of this name. Raises ``ValueError`` when the marks are missing.

    >>> updated("a <!-- census --> old <!-- /census --> b", "census", "new")
    'a <!-- census -->\\nnew\\n<!-- /census --> b'
    """
    marks = re.compile(rf"(<!-- {name} -->).*?(<!-- /{name} -->)", re.DOTALL)
    if not marks.search(text):
        raise ValueError(f"no place for the tables. Put <!-- {name} --> and <!-- /{name} --> where they shall stand.")
    return marks.sub(lambda found: f"{found[1]}\n{tables}\n{found[2]}", text, count=1)


def _groups(title: str, passages: Sequence[Passage], names: Sequence[str], name_of: Callable[[Passage], str]) -> str:
    sizes: dict[str, list[int]] = {name: [] for name in names}
    for passage in passages:
        sizes[name_of(passage)].append(len(passage.statements))
    rows = [(name, f"{len(found):,}", f"{sum(found):,}") for name, found in sizes.items() if found]
    return _table(title, (title.lower(), "passages", "statements"), rows)


def _theme(passage: Passage) -> str:
    return passage.family.rsplit("-", 1)[0]


def _answered(passages: Iterable[Passage]) -> str:
    strongly = weakly = total = 0
    for passage in passages:
        total += sum(s.role == "problem" for s in passage.statements)
        well = {at for s in passage.statements for at in s.answers}
        strongly += len(well)
        weakly += len({at for s in passage.statements for at in s.answers_weakly} - well)
    return f"{_share(strongly, total)}, only weakly {_share(weakly, total)}"


def _labels(passages: Sequence[Passage], roles: Counter[Role]) -> str:
    bearers: Counter[tuple[Role, str]] = Counter()
    families: dict[tuple[Role, str], set[str]] = defaultdict(set)
    for passage, statement in statements_of(list(passages)):
        for label in statement.labels:
            bearers[statement.role, label] += 1
            families[statement.role, label].add(passage.family)
    rows = []
    for aspect in aspects().values():
        row: list[str] = []
        keys: tuple[tuple[Role, str], ...] = (("problem", aspect.problem), ("measure", aspect.measure))
        for key in keys:
            row += [key[1], f"{bearers[key]:,}", _share(bearers[key], roles[key[0]]), str(len(families[key]))]
        rows.append(row)
    heads = ("problem label", "n", "of problems", "families", "measure label", "n", "of measures", "families")
    return _table("Labels", heads, rows)


def _label_numbers(numbers: Sequence[int]) -> list[str]:
    found = Counter(numbers)
    each = [f"{found[n]:,}" for n in range(1, MOST_LABELS + 1)]
    return [*each, f"{np.mean(numbers):.2f}" if numbers else "–"]


def _spread(lengths: Sequence[int]) -> tuple[str, str]:
    if not lengths:
        return "–", "–"
    low, middle, high = np.percentile(lengths, [10, 50, 90])
    return f"{middle:.0f}", f"{low:.0f}–{high:.0f}"


def _share(number: int, total: int) -> str:
    return f"{number / total:.1%}" if total else "–"


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"**{title}**", "", f"| {' | '.join(heads)} |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables, or write them into a file; the exit status comes back: 2 for a file that does not fit."""
    parser = argparse.ArgumentParser(
        prog="python -m training.census", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("corpus", type=Path, nargs="?", default=CORPUS, metavar="FILE", help="corpus of passages")
    parser.add_argument("--second", type=Path, default=SECOND_LABELLING, metavar="FILE", help="the second labelling")
    parser.add_argument("--update", type=Path, metavar="README", help="write the tables into this file")
    given = parser.parse_args(arguments)
    try:
        tables = f"Corpus `{fingerprint(given.corpus)}`.\n\n{census_tables(read_passages(given.corpus))}"
        if given.update is None:
            print(tables)
            return 0
        text = updated(given.update.read_text(encoding="utf-8"), "census", tables)
        text = updated(text, "agreement", agreement_tables(agreement(read_second_labelling(given.second))))
        given.update.write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
