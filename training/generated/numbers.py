"""The numbers of a made-up report: every cell of its form, such that all identities hold."""

from __future__ import annotations

import random

from nlp.records import Edition
from nlp.tables.forms import form

Cell = tuple[str, str, str]
Cells = dict[Cell, str]
KINDS = ("natural_person", "business", "research", "ngo", "legal_service", "other_org")
BALANCE = ("new_received", "carried_in", "results_total", "carried_out")


def make_cells(rng: random.Random, edition: Edition, *, blanks: float = 0.0) -> Cells:
    """A string for every cell, "" for a blank one. ``blanks`` is the share of the zeros of section three that is blank.

    Nothing for ``free_form``.
    """
    if edition == "indicators_2014":
        return _indicators(rng)
    if edition == "free_form":
        return {}
    cells = {**_disclosure(rng, edition), **_requests(rng, edition), **_disputes(rng)}
    if blanks:
        for cell, value in cells.items():
            if value == "0" and cell[0] == "requests" and rng.random() < blanks:
                cells[cell] = ""
    return cells


def value(cells: Cells, table: str, row: str, column: str) -> int:
    """The number in a cell; a blank is 0."""
    printed = cells.get((table, row, column), "")
    return int(float(printed)) if printed else 0


def add(cells: Cells, table: str, rows: tuple[str, ...], column: str) -> int:
    """The sum of cells of one column."""
    return sum(value(cells, table, row, column) for row in rows)


def _number(rng: random.Random, busy: float) -> int:
    return rng.choice([1, 1, 1, 2, 2, 3, 5, 8, 14, 31]) if rng.random() < busy else 0


def _requests(rng: random.Random, edition: Edition) -> Cells:
    rows = list(form(edition).cells["requests"])
    busy = rng.choice([0.0, 0.03, 0.1, 0.3])
    outcomes = [row for row in rows if row not in BALANCE]
    table: dict[str, list[int]] = {row: [_number(rng, busy) for _ in KINDS] for row in outcomes}
    if busy:
        table["granted"][0] += rng.randint(1, 40)
    table["results_total"] = [sum(table[row][k] for row in outcomes) for k in range(len(KINDS))]
    table["carried_out"] = [_number(rng, busy) for _ in KINDS]
    handled = [a + b for a, b in zip(table["results_total"], table["carried_out"], strict=True)]
    table["carried_in"] = [rng.randint(0, n) if rng.random() < busy else 0 for n in handled]
    table["new_received"] = [a - b for a, b in zip(handled, table["carried_in"], strict=True)]
    cells: Cells = {}
    for row in rows:
        for kind, number in zip((*KINDS, "total"), (*table[row], sum(table[row])), strict=True):
            cells["requests", row, kind] = str(number)
    return cells


def _disputes(rng: random.Random) -> Cells:
    busy = rng.choice([0.0, 0.2, 0.6])
    cells: Cells = {}
    for row in ("review", "direct_litigation", "post_review_litigation"):
        numbers = [_number(rng, busy) for _ in range(4)]
        for column, number in zip(("upheld", "corrected", "other", "pending"), numbers, strict=True):
            cells["disputes", row, column] = str(number)
        cells["disputes", row, "total"] = str(sum(numbers))
    return cells


def _disclosure(rng: random.Random, edition: Edition) -> Cells:
    cells: Cells = {}
    for row, columns in form(edition).cells["disclosure"].items():
        for column in columns:
            cells["disclosure", row, column] = str(rng.choice([0, 0, 3, 17, 204, 2048]))
            if column == "change":
                cells["disclosure", row, column] = rng.choice(["0", "+3", "-2", "+15"])
            if column == "amount":
                cells["disclosure", row, column] = rng.choice(["0", "12.5", "318.14", "8040"])
    if edition == "tables_2021":
        for row in ("regulations", "normative_docs"):
            issued, repealed = rng.choice([0, 0, 2, 7]), rng.choice([0, 0, 1, 4])
            cells["disclosure", row, "issued"], cells["disclosure", row, "repealed"] = str(issued), str(repealed)
            cells["disclosure", row, "in_force"] = str(issued + rng.choice([0, 5, 46]))
    return cells


def _indicators(rng: random.Random) -> Cells:
    """The form of 2014: sums and inequalities (国办发〔2014〕32号, 附件)."""
    rows = {row: rng.choice([0, 0, 1, 2, 5, 12]) for row in form("indicators_2014").cells["indicators"]}
    channels = [rng.randint(0, 40), rng.randint(100, 400), rng.randint(0, 90), rng.randint(0, 90), rng.randint(0, 60)]
    for row, number in zip(("gov_gazette", "gov_website", "weibo", "wechat", "other"), channels, strict=True):
        rows[f"ch_{row}"] = number
    rows["disclosed_total"] = rng.randint(max(channels), sum(channels))
    rows["normative_docs_disclosed"] = min(rows["normative_docs_disclosed"], rows["disclosed_total"])
    rows["press_conferences_chief"] = min(rows["press_conferences_chief"], rows["press_conferences"])
    rows["interviews_online_chief"] = min(rows["interviews_online_chief"], rows["interviews_online"])

    def total(whole: str, *parts: str) -> None:
        rows[whole] = sum(rows[part] for part in parts)

    total("ans_refused", "ref_state_secret", "ref_trade_secret", "ref_privacy", "ref_three_security", "ref_not_govinfo", "ref_other_law")  # fmt: skip
    total("applications_answered", "ans_already_public", "ans_granted", "ans_partial", "ans_refused", "ans_not_ours", "ans_not_exist", "ans_amend", "ans_other_route")  # fmt: skip
    rows["closed_on_time"] = rng.randint(0, rows["applications_answered"])
    rows["closed_extended"] = rows["applications_answered"] - rows["closed_on_time"]
    total("applications_closed", "closed_on_time", "closed_extended")
    left = rows["applications_answered"]
    for row in ("applications_in_person", "applications_fax", "applications_letter"):
        rows[row] = rng.randint(0, min(left, 4))
        left -= rows[row]
    rows["applications_online"] = left
    rows["applications_received"] = rows["applications_answered"]
    total("reviews", "reviews_upheld", "reviews_corrected", "reviews_other")
    total("litigations", "litigations_upheld", "litigations_corrected", "litigations_other")
    total("staff_total", "staff_fulltime", "staff_parttime")
    rows["fees_charged"] = 0
    return {("indicators", row, "value"): str(number) for row, number in rows.items()}
