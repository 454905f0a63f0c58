"""The sample reports of ``corpora/reports``, read whole and compared with what their writer meant.

The gold beside each report was computed from the undamaged figures and the marked-up narrative (see the README there).
Identity, sections, contacts and figures must be right report by report; channel counts, counts and statements have a
floor over all reports together.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import nlp
from nlp.records import Issue, Statement

REPORTS = Path(__file__).parents[1] / "corpora" / "reports"
GOLD = sorted((REPORTS / "gold").glob("*.json"))
STEMS = [path.stem for path in GOLD]
HEADING_TOLERANCE_CHARS = 3  # a number or a mark of Markdown in front of the heading belongs to it or not
SAME_STATEMENT = 0.7  # overlap (intersection over union) from which two spans are one statement

# Measured when the samples were written, rounded down. Raise a floor when the program gets better; never lower it.
FLOORS = {"channel_counts": 0.99, "counts": 0.98, "segments": 0.98, "roles": 0.94, "labels": 0.85}

# What the program does not read yet: (test, report) → why. Not strict, so that closing a gap does not break the suite.
# Reports without an error of arithmetic: another finding of severity "error" there is a false alarm.
WITHOUT_ERROR = [stem for stem in STEMS if stem != "2022-county-puchuan"]
# The tables of this one are pictures, which no one can read or copy: that they are missing is an error of the report.
ERRORS = {"2020-township-hewu": {"disclosure.absent", "requests.absent", "disputes.absent"}}


@functools.cache
def gold(stem: str) -> dict[str, Any]:
    return json.loads((REPORTS / "gold" / f"{stem}.json").read_text(encoding="utf-8"))


@functools.cache
def analysis(stem: str) -> nlp.Analysis:
    return nlp.analyse(REPORTS / gold(stem)["report"])


def is_html(stem: str) -> bool:
    return gold(stem).get("format") == "html"


def plain(value: object) -> str:
    """For comparison: widths and radicals unified, without spaces and quotation marks."""
    return re.sub(r"[\s“”\"《》]", "", unicodedata.normalize("NFKC", str(value))).lower()


def contact(kind: str, value: str) -> tuple[str, str]:
    """A mobile number and a supervision number are telephones; of numbers only the digits count."""
    kind = "phone" if kind in ("mobile", "supervision_phone") else kind
    return kind, re.sub(r"\D", "", value) if kind in ("phone", "fax", "postcode") else plain(value)


def channel(name: str) -> str:
    return "+".join(sorted(name.split("+")))


def differences(wanted: list[tuple[Any, bool]], found: list[Any]) -> tuple[Counter[Any], Counter[Any], int]:
    """Missed, extra, and the number of hits.

    ``wanted`` pairs an item with whether it is optional: neither asked for nor wrong.
    """
    must = Counter(item for item, optional in wanted if not optional)
    spare = Counter(item for item, optional in wanted if optional)
    have = Counter(found)
    have -= (have - must) & spare
    return must - have, have - must, (must & have).total()


def f1(hits: int, extra: int, missed: int) -> float:
    return 2 * hits / (2 * hits + extra + missed) if hits else 0.0


def optional(items: list[dict[str, Any]], key: Any) -> list[tuple[Any, bool]]:
    return [(key(item), item.get("optional", False)) for item in items]


# ---- report by report


@pytest.mark.parametrize("stem", STEMS)
def test_every_report_has_its_gold_and_text(stem: str) -> None:
    record = gold(stem)
    assert (REPORTS / record["report"]).exists()
    if not is_html(stem):  # offsets of the gold are good for this very text: BOM dropped, CRLF as LF
        assert hashlib.sha256(analysis(stem).source.text.encode()).hexdigest() == record["text_sha256"]


def test_no_report_without_gold() -> None:
    reports = {path.stem for path in REPORTS.iterdir() if path.is_file() and path.name != "README.md"}
    assert reports == set(STEMS)


@pytest.mark.parametrize("stem", STEMS)
def test_identity(stem: str) -> None:
    found = analysis(stem).identity
    wanted = gold(stem)["identity"]
    for name, value in wanted.items():
        if not name.endswith("_accept"):
            allowed = {plain(value), *map(plain, wanted.get(f"{name}_accept", []))}
            assert plain(getattr(found, name)) in allowed, f"{name}: {getattr(found, name)}, not {value}"


@pytest.mark.parametrize("stem", STEMS)
def test_sections(stem: str) -> None:
    """Every part with its beginning; for HTML, whose offsets the gold does not give, with its heading."""
    report, wanted = analysis(stem), []
    for part in gold(stem)["sections"]:
        places = [plain(part["raw"])] if is_html(stem) else [part["start"], *part.get("alt_start", [])]
        wanted.append((part, places))
    found = []
    for section in report.sections:
        heading = plain(report.source.text[section.title.start : section.title.end])
        near = [
            part
            for part, places in wanted
            if part["key"] == section.key
            and any(
                heading == p if isinstance(p, str) else abs(section.span.start - p) <= HEADING_TOLERANCE_CHARS
                for p in places
            )
        ]
        found.append((section.key, plain(near[0].get("title_raw") or near[0]["raw"]) if near else heading))
    key = lambda part: (part["key"], plain(part.get("title_raw") or part["raw"]))  # noqa: E731
    missed, extra, _ = differences(optional(gold(stem)["sections"], key), found)
    assert not missed and not extra


@pytest.mark.parametrize("stem", STEMS)
def test_contacts(stem: str) -> None:
    wanted = optional(gold(stem)["contacts"], lambda c: contact(c["kind"], c["value"]))
    missed, extra, _ = differences(wanted, [contact(c.kind, c.value) for c in analysis(stem).contacts])
    assert not missed and not extra


@pytest.mark.parametrize("stem", STEMS)
def test_figures(stem: str) -> None:
    """Every printed number in its cell or flagged; nothing wrong, nothing invented, no cell that the form has not."""
    report = analysis(stem)
    cells = {(f.table, f.row, f.column): f for f in report.figures}
    faults = []
    for wanted in gold(stem)["figures"]:
        place = wanted["table"], wanted["row"], wanted["column"]
        figure = cells.pop(place, None)
        status, value = (figure.status, figure.value) if figure else ("absent", None)
        expected = None if wanted["value"] is None else Decimal(str(wanted["value"]))
        right = {
            "given": status == "given" and value == expected,
            "inferred": (status, value) == ("ambiguous", None) or (status != "given" and value == expected),
            "ambiguous": (status, value) == ("ambiguous", None),
            "ambiguous_zero": status != "given" and value in (None, 0),
            "blank": value is None and status in ("blank", "ambiguous"),
            "not_applicable": value is None and status == "not_applicable",
            "absent": value is None and status == "absent",
        }[wanted["status"]]
        if right and status == "given" and figure is not None and figure.span is not None and not is_html(stem):
            printed = (figure.span.start, figure.span.end) == (wanted["start"], wanted["end"])
            right = printed or abs(figure.span.start - wanted["start"]) <= len(str(wanted["raw"]))  # with unit or not
        if not right:
            faults.append((*place, wanted["status"], wanted["value"], "found", status, value))
    faults += [(*place, "invented", f.value) for place, f in cells.items() if f.value is not None]
    assert not faults, f"{len(faults)} cells, first {faults[:5]}"


@pytest.mark.parametrize("stem", WITHOUT_ERROR)
def test_no_error_is_found_where_there_is_none(stem: str) -> None:
    assert {issue.code for issue in analysis(stem).issues if issue.severity == "error"} == ERRORS.get(stem, set())


PLANTED = {f"{f['table']}, {f['kind']}": (stem, f) for stem in STEMS for f in gold(stem).get("planted", [])}


@pytest.mark.parametrize("name", PLANTED)
def test_planted_errors_are_found(name: str) -> None:
    """An issue gives both numbers: the printed one and the one that it contradicts."""
    stem, fault = PLANTED[name]
    if "prose" in fault:
        numbers, table = (fault["prose"], fault["printed"]), ""
    else:
        numbers, table = (fault["right"], fault["printed"]), fault["table"]

    def names_both(issue: Issue) -> bool:
        said = f"{issue.expected} {issue.found} {issue.message}"
        return all(re.search(rf"(?<!\d){number}(?!\d)", said) for number in numbers)

    found = [issue for issue in analysis(stem).issues if issue.code.startswith(table) and names_both(issue)]
    assert any(issue.severity in ("error", "warning") for issue in found)


# ---- over all reports together


def test_channel_counts_reach_their_floor() -> None:
    total = Counter[str]()
    for stem in STEMS:
        wanted = optional(gold(stem)["channel_counts"], lambda c: (channel(c["channel"]), Decimal(str(c["value"]))))
        found = [(channel(c.channel), c.quantity.value) for c in analysis(stem).channel_counts]
        missed, extra, hits = differences(wanted, found)
        total.update(hits=hits, extra=extra.total(), missed=missed.total())
    assert f1(**total) >= FLOORS["channel_counts"], total


def test_counts_reach_their_floor() -> None:
    total = Counter[str]()
    for stem in STEMS:
        found = [(c.metric, c.quantity.value) for c in analysis(stem).counts]
        wanted = []
        for count in gold(stem)["counts"]:
            readings = [(m, Decimal(str(count["value"]))) for m in (count["metric"], *count.get("accept_metrics", []))]
            wanted.append((next((r for r in readings if r in found), readings[0]), count.get("optional", False)))
        missed, extra, hits = differences(wanted, found)
        total.update(hits=hits, extra=extra.total(), missed=missed.total())
    assert f1(**total) >= FLOORS["counts"], total


def same_statement(stem: str, wanted: dict[str, Any], statements: tuple[Statement, ...]) -> Statement | None:
    """The statement that covers the wanted text, if any; HTML is compared by its text."""
    text = analysis(stem).source.text

    def overlap(statement: Statement) -> float:
        if is_html(stem):
            mine, other = plain(text[statement.span.start : statement.span.end]), plain(wanted["raw"])
            return min(len(mine), len(other)) / max(len(mine), len(other)) if mine in other or other in mine else 0.0
        inner = min(statement.span.end, wanted["end"]) - max(statement.span.start, wanted["start"])
        outer = max(statement.span.end, wanted["end"]) - min(statement.span.start, wanted["start"])
        return max(0, inner) / outer

    best = max(statements, key=overlap, default=None)
    return best if best is not None and overlap(best) >= SAME_STATEMENT else None


def test_statements_reach_their_floors() -> None:
    """Cut, role and accepted labels of the problems part."""
    asked = cut = role = 0
    labels = Counter[str]()
    for stem in STEMS:
        for wanted in gold(stem)["statements"]:
            statement = same_statement(stem, wanted, analysis(stem).statements)
            asked += 1
            cut += statement is not None
            role += statement is not None and statement.role == wanted["role"]
            spare = set(wanted.get("optional_labels", []))
            mine = {x.key for x in statement.labels if x.accepted} - spare if statement is not None else set()
            hits = len(mine & set(wanted["labels"]))
            labels.update(hits=hits, extra=len(mine) - hits, missed=len(wanted["labels"]) - hits)
    assert cut / asked >= FLOORS["segments"], f"{cut} of {asked}"
    assert role / asked >= FLOORS["roles"], f"{role} of {asked}"
    assert f1(**labels) >= FLOORS["labels"], labels
