"""Draw a sample of statements or reports with known probabilities, to be checked by hand."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from nlp.conclusions.design import Design, Drawn, DrawnReport, SampleUnusable, Stratum, Unit
from nlp.conclusions.frame import Frame, make_frame, roles_with_labels
from nlp.conclusions.tags import Tags
from nlp.version import __version__

LEAST_DRAWN = 2  # of a stratum: one unit shows no variance
ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a sample shall be.

    Parameters
    ----------
    n : how many units (statements, or reports) to draw
    by : columns of ``reports`` that make the strata
    equal : the same number from each stratum, in place of numbers in proportion to their units
    uncertain : more weight where the model is unsure
    roles : whose statements make the frame; unless given, those that bear labels in this run
    annotators, overlap : sheets for several persons, of whom all get the first ``overlap`` rows and each a part of the rest
    seed : the same tags, wishes and seed draw the same sample
    """

    n: int
    unit: Unit = "statement"
    by: tuple[str, ...] = ()
    equal: bool = False
    uncertain: bool = False
    roles: tuple[str, ...] = ()
    annotators: int = 1
    overlap: int = 0
    blind: bool = False
    seed: int = 0


def draw_sample(tags: Tags, wanted: Wanted) -> Design:
    """Draw; the design with all drawn rows in the order of the sheet comes back.

    Within a stratum units are drawn systematically from a random order of reports, so that a report gives its expected
    number of units, rounded up or down; each unit's probability is proportional to its size.

    Raises
    ------
    SampleUnusable : a wish that cannot be met, with what can be
    """
    _check(wanted)
    roles = wanted.roles or roles_with_labels(tags)
    if not roles:
        raise SampleUnusable(f"{tags.folder}: no statement bears a label in these tags. Name roles with --roles.")
    frame = make_frame(tags, unit=wanted.unit, roles=roles, by=wanted.by, uncertain=wanted.uncertain)
    numbers = _allocate(frame, wanted)
    factors = size_factors(tags, frame, numbers)
    dice = random.Random(f"{wanted.seed} start")
    drawn = list(draw(tags, frame, lambda unit, at, size: min(1.0, size * factors[at]), dice))
    taken = [sum(unit.stratum == at for unit in drawn) for at in range(len(frame.strata))]
    rows = statements_of(tags, roles, drawn) if wanted.unit == "report" else drawn
    return Design(
        gongkai=__version__,
        unit=wanted.unit,
        roles=tuple(roles),
        by=wanted.by,
        seed=wanted.seed,
        uncertain=wanted.uncertain,
        blind=wanted.blind,
        units=frame.units,
        reports=frame.reports,
        fingerprint=frame.fingerprint,
        strata=tuple(Stratum(*of) for of in zip(frame.strata, frame.counts, taken, factors, strict=True)),
        taxonomy=tags.labels,
        rows=_dealt(rows, wanted),
        drawn_reports=tuple(DrawnReport(d.report_id, d.stratum, d.probability) for d in drawn)
        if wanted.unit == "report"
        else (),
    )


def _check(wanted: Wanted) -> None:
    if wanted.n < LEAST_DRAWN:
        raise SampleUnusable(f"--n {wanted.n}: one unit shows no variance. Draw at least {LEAST_DRAWN}.")
    if wanted.annotators == 1 and wanted.overlap:
        raise SampleUnusable("--overlap: needs several annotators. Give --annotators 2, or leave --overlap out.")
    if wanted.overlap > wanted.n:
        raise SampleUnusable(f"--overlap {wanted.overlap}: more than --n {wanted.n}. Give at most {wanted.n}.")


def _allocate(frame: Frame, wanted: Wanted) -> list[int]:
    """How many units to draw from each stratum: at least two, all of a stratum that has no more."""
    least = [min(LEAST_DRAWN, units) for units in frame.counts]
    if wanted.n < sum(least):
        raise SampleUnusable(
            f"--n {wanted.n}: too few for {len(frame.strata)} strata by {', '.join(frame.by)}. "
            f"Draw at least {sum(least)}, or stratify by fewer columns."
        )
    total = min(wanted.n, frame.units)
    weights = [1.0 if wanted.equal else float(units) for units in frame.counts]
    # The real number of each stratum: proportional, within its bounds; then whole numbers by largest remainder.
    low, high = 0.0, float(total) / min(weights) + max(frame.counts)
    for _ in range(200):
        middle = (low + high) / 2
        shares = [
            min(units, max(some, middle * w)) for units, some, w in zip(frame.counts, least, weights, strict=True)
        ]
        low, high = (middle, high) if sum(shares) < total else (low, middle)
    numbers = [math.floor(share + 1e-9) for share in shares]
    order = sorted(range(len(shares)), key=lambda at: (numbers[at] - shares[at], at))
    for at in [at for at in order if numbers[at] < frame.counts[at]][: total - sum(numbers)]:
        numbers[at] += 1
    return numbers


def size_factors(tags: Tags, frame: Frame, numbers: Sequence[int]) -> list[float]:
    """For each stratum what sizes are multiplied with to give probabilities, cut at 1, that add up to its number."""
    keys = [_key(values) for values in frame.strata]
    factors = [number / units for number, units in zip(numbers, frame.counts, strict=True)]
    for _ in range(ROUNDS):
        tags.db.execute("CREATE OR REPLACE TABLE factors (stratum VARCHAR, factor DOUBLE)")
        tags.db.executemany("INSERT INTO factors VALUES (?, ?)", list(zip(keys, factors, strict=True)))
        sums = dict(
            (stratum, (certain, rest))
            for stratum, certain, rest in tags.rows("""
                SELECT stratum, count(*) FILTER (size * factor >= 1),
                       coalesce(sum(size) FILTER (size * factor < 1), 0)
                FROM frame JOIN factors USING (stratum) GROUP BY stratum
            """)
        )
        new = []
        for key, number, factor in zip(keys, numbers, factors, strict=True):
            certain, rest = sums[key]
            new.append((number - certain) / rest if rest > 1e-12 and number > certain else factor)
        if all(abs(a - b) <= 1e-12 * b for a, b in zip(new, factors, strict=True)):
            break
        factors = new
    return factors


def draw(
    tags: Tags, frame: Frame, chance: Callable[[tuple[str, int], int, float], float], dice: random.Random
) -> Iterator[Drawn]:
    """The drawn units. The frame passes by once, reports in random order, statements of a report together.

    ``chance`` is told report and statement (-1 in a frame of reports), stratum and size of a unit. In each stratum as
    many units are drawn as their chances add up to, rounded up or down.
    """
    places = {_key(values): at for at, values in enumerate(frame.strata)}
    passed = [dice.random() for _ in frame.strata]
    seed = dice.getrandbits(64)
    for report, statement, key, size in tags.stream(f"""
        SELECT report_id, coalesce(statement_id, -1), stratum, size FROM frame
        ORDER BY stratum, md5(concat('{seed}', report_id)), md5(concat('{seed}', report_id, ':', statement_id))
    """):
        at = places[key]
        here = chance((report, statement), at, size)
        before, passed[at] = passed[at], passed[at] + here
        # Chances that add up to a whole number do so but for rounding.
        if math.floor(passed[at] + 1e-9) > math.floor(before + 1e-9):
            yield Drawn("", report, statement, at, here)


def statements_of(tags: Tags, roles: Sequence[str], reports: Sequence[Drawn]) -> list[Drawn]:
    """All statements of these roles in the drawn reports."""
    of = {report.report_id: report for report in reports}
    wanted = ", ".join(f"'{role}'" for role in roles)
    tags.db.execute("CREATE OR REPLACE TABLE drawn (report_id VARCHAR)")
    tags.db.executemany("INSERT INTO drawn VALUES (?)", [[report] for report in of])
    rows = tags.rows(f"""
        SELECT report_id, statement_id FROM statements SEMI JOIN drawn USING (report_id)
        WHERE role IN ({wanted}) ORDER BY report_id, statement_id
    """)
    return [Drawn("", report, statement, of[report].stratum, of[report].probability) for report, statement in rows]


def _dealt(rows: Sequence[Drawn], wanted: Wanted) -> tuple[Drawn, ...]:
    """The rows dealt out to the annotators, in the order of the sheets."""
    everyone = tuple(range(wanted.annotators))
    dealt: list[Drawn] = []
    for number, unit in enumerate(shuffled(rows, wanted.unit, random.Random(f"{wanted.seed} order"))):
        sheets = everyone if number < wanted.overlap else (number % wanted.annotators,)
        dealt += [msgspec.structs.replace(row, sheets=sheets) for row in unit]
    return numbered(dealt)


def shuffled(rows: Sequence[Drawn], unit: Unit, dice: random.Random) -> list[list[Drawn]]:
    """The rows of each unit, units in random order, so that those an annotator has done when time runs out are a random part."""
    together: dict[object, list[Drawn]] = {}
    for row in rows:
        together.setdefault(row.report_id if unit == "report" else (row.report_id, row.statement_id), []).append(row)
    units = list(together.values())
    dice.shuffle(units)
    return units


def numbered(rows: Sequence[Drawn], first: int = 1) -> tuple[Drawn, ...]:
    """The rows with ids, counted from ``first``."""
    return tuple(msgspec.structs.replace(row, id=f"s{number:04}") for number, row in enumerate(rows, start=first))


def _key(values: Sequence[str | None]) -> str:
    """A stratum as the frame's table names it."""
    return msgspec.json.encode(list(values)).decode()
