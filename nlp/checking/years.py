"""What one year hands to the next: carry-overs, documents in force, changes that are stated, and text taken over."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nlp.checking.findings import Across
from nlp.checking.fingerprint import COLUMNS, DOCUMENT_NAMES, Fingerprint, Stated
from nlp.checking.likeness import long_enough, passages, shared
from nlp.checking.rule import CONTENT, FORM_OF_2021, INTEGRITY, Rule
from nlp.checking.rules.sums import fits_rounded
from nlp.claims.names import metric_name
from nlp.records import Issue

RULES = (
    Rule(
        "across.carried_in",
        "error",
        "上年结转与上年度报告的结转下年度不一致",
        "Carried in is other than what last year's report carried out",
        FORM_OF_2021,
        "本年“上年结转”3件，上年报告“结转下年度继续办理”5件",
    ),
    Rule(
        "across.change",
        "warning",
        "所称同比变化与上年度报告不符",
        "A stated change does not follow from last year's report",
        INTEGRITY,
        "称收到申请同比增长20%，按上年报告应为12.5%",
    ),
    Rule(
        "across.copied",
        "warning",
        "第五部分沿用上年度报告的文字",
        "Section five is copied from last year's report",
        CONTENT,
        "第五部分八成文字与上年报告相同",
    ),
    *(
        Rule(
            f"across.in_force.{document}",
            "warning",
            f"{name}现行有效件数与上年及增减不符",
            f"Documents in force: last year's, plus issued, less repealed, is another number ({document})",
            FORM_OF_2021,
            "上年现行有效12件，本年制发3件、废止1件，却填现行有效12件",
        )
        for document, name in DOCUMENT_NAMES.items()
    ),
    Rule(
        "across.previous_value",
        "warning",
        "所称上年数与上年度报告不符",
        "A value told of last year is other than in last year's report",
        INTEGRITY,
        "称上年收到申请8件，上年报告为10件",
    ),
)


def between_years(report: Fingerprint, before: Fingerprint) -> Iterator[Across]:
    """What a report says of last year's numbers, against the report of last year."""
    yield from _carried(report, before)
    yield from _in_force(report, before)
    for stated in report.stated:
        last = before.totals.get(stated.metric)
        if last is not None:
            yield from _changed(report, before, stated, last)


def _carried(report: Fingerprint, before: Fingerprint) -> Iterator[Across]:
    """国办公开办函〔2021〕30号: 上年结转 is what the report before carried over, in every column."""
    wrong = []
    for column in COLUMNS:
        now, then = report.value(("requests", "carried_in", column)), before.value(("requests", "carried_out", column))
        if now is not None and then is not None and now != then:
            wrong.append((column, now, then))
    if not wrong:
        return
    column, now, then = wrong[-1]
    spans = (report.span(("requests", "carried_in", c)) for c, _, _ in wrong)
    others = (before.span(("requests", "carried_out", c)) for c, _, _ in wrong)
    yield Across(
        report.name,
        before.name,
        Issue(
            "across.carried_in",
            "error" if column == "total" else "warning",
            f"上年结转{now}件，而{before.year}年度报告结转下年度{then}件（{len(wrong)}列不符）。"
            f" Carried in {now}, the report of {before.year} carried over {then}.",
            expected=str(then),
            found=str(now),
            spans=tuple(span for span in spans if span),
        ),
        tuple(span for span in others if span),
    )


def _in_force(report: Fingerprint, before: Fingerprint) -> Iterator[Across]:
    """现行有效(t) = 现行有效(t-1) + 制发(t) - 废止(t)."""
    for row, name in DOCUMENT_NAMES.items():
        cells = [("disclosure", row, column) for column in ("issued", "repealed", "in_force")]
        issued, repealed, now = (report.value(cell) for cell in cells)
        last = before.value(("disclosure", row, "in_force"))
        if issued is None or repealed is None or now is None or last is None or now == last + issued - repealed:
            continue
        other = before.span(("disclosure", row, "in_force"))
        yield Across(
            report.name,
            before.name,
            Issue(
                f"across.in_force.{row}",
                "warning",
                f"{name}现行有效{now}件，而上年{last}＋制发{issued}－废止{repealed}＝{last + issued - repealed}。"
                f" In force {now}; last year {last} + issued {issued} - repealed {repealed} ="
                f" {last + issued - repealed}.",
                expected=str(last + issued - repealed),
                found=str(now),
                spans=tuple(span for span in map(report.span, cells) if span),
            ),
            (other,) if other else (),
        )


def _changed(report: Fingerprint, before: Fingerprint, stated: Stated, last: Decimal) -> Iterator[Across]:
    name = metric_name(stated.metric)
    if stated.before is not None and stated.before != last:
        yield Across(
            report.name,
            before.name,
            Issue(
                "across.previous_value",
                "warning",
                f"称上年{name}为{stated.before}，{before.year}年度报告为{last}。"
                f" The text gives {stated.before} for last year's {stated.metric}, that report {last}.",
                expected=str(last),
                found=str(stated.before),
                spans=(stated.span,),
            ),
        )
    if (
        stated.rate is not None
        and last
        and not fits_rounded((stated.now - last) * 100 / last, stated.rate, stated.places)
    ):
        right = ((stated.now - last) * 100 / last).quantize(Decimal(1).scaleb(-max(stated.places, 1)))
        yield Across(
            report.name,
            before.name,
            Issue(
                "across.change",
                "warning",
                f"称{name}变化{stated.rate}%，按{before.year}年度报告（{last}）应为{right}%。"
                f" The text states a change of {stated.rate}%, from {last} it is {right}%.",
                expected=f"{right}%",
                found=f"{stated.rate}%",
                spans=(stated.span,),
            ),
        )


def copied(report: Fingerprint, before: Fingerprint, least: float) -> Iterator[Across]:
    """Section five that is last year's, numbers and years left out, from the share ``least`` on."""
    if not long_enough(report.clauses):
        return
    share = shared(report.clauses, before.clauses)
    if share < least:
        return
    same = passages(report.clauses, before.clauses)
    yield Across(
        report.name,
        before.name,
        Issue(
            "across.copied",
            "warning",
            f"第五部分有{share:.0%}的文字与{before.year}年度报告相同（不计数字和年份）。"
            f" {share:.0%} of section five is that of {before.year}, numbers and years left out.",
            expected=f"<{least:.0%}",
            found=f"{share:.0%}",
            spans=tuple(here for here, _ in same),
        ),
        tuple(there for _, there in same),
        same,
    )
