"""One fault each for a correct report, with the codes of the findings that should tell of it.

A fault may not fit a report (no organisations to miscount): then ``plant`` gives ``None`` and another report is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from nlp.records import Edition
from training.generated.numbers import value
from training.generated.spec import Spec

Change = Callable[[Spec], Spec | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """``codes`` of which one must be found; ``cell`` is the one that its evidence must hold, ``None`` in prose faults.

    ``told`` names the number of the narrative that was changed: the finding must name it as expected or found.
    """

    name: str
    edition: Edition
    codes: tuple[str, ...]
    plant: Change
    cell: tuple[str, str, str] | None = None
    told: str | None = None


def _cell(*cell: str, by: int = 3) -> Change:
    """One cell is larger than it was."""
    return lambda spec: spec.put(*cell, number=value(spec.cells, *cell) + by)


def _cells(row: str, by: int = 2) -> Change:
    """A row of section three is larger in the first column and in the total, so that only the columns fail."""

    def change(spec: Spec) -> Spec:
        for column in ("natural_person", "total"):
            spec = spec.put("requests", row, column, number=value(spec.cells, "requests", row, column) + by)
        return spec

    return change


def _told(key: str, *switches: str, by: int = 5, needs: str | None = None) -> Change:
    """One number of the narrative is larger than in the table."""

    def change(spec: Spec) -> Spec | None:
        if not spec.told[needs or key] or not spec.told["received"]:
            return None
        for name in switches:
            spec = spec.switch(name)
        return spec.tell(**{key: spec.told[key] + by})

    return change


def _switch(*names: str, needs: Callable[[Spec], bool] = lambda spec: True) -> Change:
    """One thing is done otherwise."""

    def change(spec: Spec) -> Spec | None:
        if not needs(spec):
            return None
        for name in names:
            spec = spec.switch(name)
        return spec

    return change


def _handles(spec: Spec) -> bool:
    return bool(spec.told["received"])


def _fault(name: str, codes: str, plant: Change, edition: Edition = "tables_2021", **more: object) -> Fault:
    return Fault(name, edition, tuple(codes.split()), plant, **more)  # type: ignore[arg-type]


TABLE_FAULTS = (
    _fault("total of a row", "requests.row_total", _cell("requests", "new_received", "total"), cell=("requests", "new_received", "total")),
    _fault("total of an outcome", "requests.row_total", _cell("requests", "una_not_held", "total"), cell=("requests", "una_not_held", "total")),
    _fault("part of a row", "requests.row_total", _cell("requests", "granted", "business"), cell=("requests", "granted", "business")),
    _fault("balance, carried over", "requests.balance", _cells("carried_out"), cell=("requests", "carried_out", "total")),
    _fault("balance, received", "requests.balance", _cells("new_received"), cell=("requests", "new_received", "total")),
    _fault("an outcome too many", "requests.results_total", _cells("np_duplicate"), cell=("requests", "np_duplicate", "total")),
    _fault("total of results", "requests.results_total", _cells("results_total"), cell=("requests", "results_total", "total")),
    _fault("outcome of the form of 2019", "requests.results_total", _cells("other_processing"), "tables_2019", cell=("requests", "other_processing", "total")),
    _fault("total of reviews", "disputes.row_total", _cell("disputes", "review", "total"), cell=("disputes", "review", "total")),
    _fault("direct litigation", "disputes.row_total", _cell("disputes", "direct_litigation", "upheld"), cell=("disputes", "direct_litigation", "upheld")),
    _fault("litigation after review", "disputes.row_total", _cell("disputes", "post_review_litigation", "pending"), cell=("disputes", "post_review_litigation", "pending")),
    _fault("more issued than in force", "disclosure.normative_docs_in_force", _cell("disclosure", "normative_docs", "issued", by=900), cell=("disclosure", "normative_docs", "issued")),
    _fault("sum of 2014, received", "indicators.applications_received", _cell("indicators", "applications_fax", "value"), "indicators_2014", cell=("indicators", "applications_fax", "value")),
    _fault("sum of 2014, answered", "indicators.applications_answered", _cell("indicators", "ans_amend", "value"), "indicators_2014", cell=("indicators", "ans_amend", "value")),
    _fault("sum of 2014, reviews", "indicators.reviews", _cell("indicators", "reviews_other", "value"), "indicators_2014", cell=("indicators", "reviews_other", "value")),
    _fault("sum of 2014, staff", "indicators.staff_total", _cell("indicators", "staff_total", "value"), "indicators_2014", cell=("indicators", "staff_total", "value")),
    _fault("2014, chief at conferences", "indicators.press_conferences", _cell("indicators", "press_conferences_chief", "value", by=40), "indicators_2014", cell=("indicators", "press_conferences_chief", "value")),
    _fault("2014, documents above total", "indicators.normative_docs", _cell("indicators", "normative_docs_disclosed", "value", by=9000), "indicators_2014", cell=("indicators", "normative_docs_disclosed", "value")),
    _fault("2014, website above total", "indicators.website_too_many", _cell("indicators", "ch_gov_website", "value", by=9000), "indicators_2014", cell=("indicators", "ch_gov_website", "value")),
)  # fmt: skip
PROSE_FAULTS = (
    _fault("prose: received", "prose.applications_received", _told("received", "by_balance"), told="received"),
    _fault("prose: carried in", "prose.applications_carried_in", _told("carried_in", "by_balance", needs="received"), told="carried_in"),
    _fault("prose: answered", "prose.applications_answered", _told("answered", "by_outcomes"), told="answered"),
    _fault("prose: carried out", "prose.applications_carried_out", _told("carried_out", "by_balance", needs="received"), told="carried_out"),
    _fault("prose: natural persons", "prose.applications_by_applicant sum.applicants", _told("natural", "by_applicants", needs="received")),
    _fault("prose: organisations", "prose.applications_by_applicant sum.applicants", _told("organisations", "by_applicants", needs="received")),
    _fault("prose: granted", "prose.applications_granted", _told("granted", "by_outcomes"), told="granted"),
    _fault("prose: partly granted", "prose.applications_partial", _told("partial", "by_outcomes"), told="partial"),
    _fault("prose: refused", "prose.applications_refused", _told("refused", "by_outcomes"), told="refused"),
    _fault("prose: unavailable", "prose.applications_unavailable", _told("unavailable", "by_outcomes"), told="unavailable"),
    _fault("prose: not processed", "prose.applications_not_processed", _told("not_processed", "by_outcomes"), told="not_processed"),
    _fault("prose: reviews", "prose.reviews", _told("review_total"), told="review_total"),
    _fault("prose: reviews upheld", "prose.reviews_upheld", _told("review_upheld", "review_parts", needs="review_total"), told="review_upheld"),
    _fault("prose: litigation", "prose.litigations", _told("litigations"), told="litigations"),
    _fault("prose: direct litigation", "prose.litigations", _told("direct", needs="litigations"), told="direct"),
    _fault("prose: documents issued", "prose.normative_docs_issued", _told("issued", "documents", needs="received"), told="issued"),
    _fault("prose: documents in force", "prose.normative_docs_valid", _told("in_force", "documents", needs="received"), told="in_force"),
    _fault("prose of 2014: received", "prose.applications_received", _told("received", "by_forms"), "indicators_2014", told="received"),
    _fault("prose of 2014: granted", "prose.applications_granted", _told("granted", "by_forms"), "indicators_2014", told="granted"),
    _fault("none received, says the prose", "prose.applications_received", _switch("none_received", needs=_handles)),
    _fault("no disputes, says the prose", "prose.reviews prose.litigations", lambda spec: _no_disputes(spec)),
    _fault("received told twice", "prose.conflict.applications_received", _switch("told_twice", "by_balance", needs=_handles)),
    _fault("a fee and no fee", "prose.conflict.fees_charged", _switch("fee_told", needs=lambda spec: not spec.told["fee"])),
    _fault("balance of an old narrative", "prose.balance", _told("answered", "by_balance"), "free_form"),
    _fault("applicants of an old narrative", "sum.applicants", _told("organisations", "by_applicants", needs="received"), "free_form"),
    _fault("parts of a total", "sum.parts", lambda spec: spec.switch("parts").tell(part_3=spec.told["part_3"] + max(4, spec.told["disclosed"] // 20)), "tables_2021"),
    _fault("a part above its whole", "sum.part_exceeds", lambda spec: spec.switch("parts").tell(part_0=spec.told["disclosed"] + 60)),
    _fault("a wrong share", "share.wrong", _switch("parts", "shares", "wrong_share")),
    _fault("a wrong change", "change.wrong", _switch("against_last_year", "wrong_change", needs=_handles)),
    _fault("as last year, and is not", "change.wrong", _switch("against_last_year", "wrong_level", needs=_handles)),
    _fault("all closed and some carried over", "contradiction.all_closed", _switch("all_closed", needs=lambda spec: bool(spec.told["received"]) and bool(spec.told["carried_out"]))),
    _fault("a fee not reported", "fees.not_in_section_six", _switch("fee_told", "fee_untold")),
)  # fmt: skip
FORM_FAULTS = (
    _fault("a part missing", "sections.problems_missing", _switch("without_problems")),
    _fault("a part doubled", "sections.doubled", _switch("doubled")),
    _fault("a wrong number", "sections.number", _switch("misnumbered")),
    _fault("parts in the wrong order", "sections.order", _switch("swapped")),
    _fault("a heading alone", "sections.empty", _switch("heading_only_other")),
    _fault("problems: a heading alone", "sections.empty", _switch("heading_only_problems")),
    _fault("nothing but 无", "sections.only_none", _switch("none_other")),
    _fault("last year's words", "leftover.year", _switch("old_year")),
    _fault("another kind of body", "leftover.body", _switch("other_self", needs=lambda spec: spec.kind != "county")),
    _fault("another body's name", "leftover.name", _switch("other_name", needs=lambda spec: spec.kind == "town")),
    _fault("last year's period", "period.year", _switch("old_period")),
    _fault("a short period", "period.calendar", _switch("short_period")),
    _fault("a department published late", "period.late", lambda spec: _late(spec, "bureau", (3, 4))),
    _fault("a government published late", "period.late", lambda spec: _late(spec, "county", (4, 20))),
)  # fmt: skip
FAULTS = TABLE_FAULTS + PROSE_FAULTS + FORM_FAULTS


def _no_disputes(spec: Spec) -> Spec | None:
    return spec.switch("no_disputes") if spec.told["review_total"] and spec.told["litigations"] else None


def _late(spec: Spec, kind: str, day: tuple[int, int]) -> Spec | None:
    return replace(spec, published=date(spec.year + 1, *day)) if spec.kind == kind else None
