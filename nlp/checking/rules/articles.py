"""The article of the 条例 that a report gives as its ground, against the one of its year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.checking.rule import Examined, Rule, check_for
from nlp.checking.rules.period import FIRST_YEAR_OF_NEW_LAW
from nlp.quantities import read_numeral
from nlp.records import Issue
from nlp.vocabulary.load import load

ARTICLE = re.compile(r"第([一二三四五六七八九十百\d]{1,5})条")


def _number(printed: str) -> int | None:
    value = int(printed) if printed.isdecimal() else read_numeral(printed)
    return None if value is None else int(value)


@cache
def _cites() -> re.Pattern[str]:
    return re.compile("|".join(load("checking")["articles"]["cites"]["patterns"]))


@check_for(
    Rule(
        "law.article", "warning", "引用的条例条款不是年度报告的条款", "The article cited is not the one on annual reports", "《政府信息公开条例》第四十九条、第五十条（2019年修订前第三十一条、第三十二条）",
        "2023年度报告写“根据《条例》第三十二条编制”",
    ),
)  # fmt: skip
def check_articles(report: Examined) -> Iterator[Issue]:
    """A warning when the annual report is founded on articles none of which is on annual reports in the law in force.

    国务院令第711号 (from 2019-05-15): 第四十九条, 第五十条. 国务院令第492号 (before): 第三十一条, 第三十二条.
    """
    analysis, clean = report.analysis, report.clean
    year = analysis.identity.year
    if year is None:
        return
    entry = load("checking")["articles"]
    law = entry["of_2019" if year >= FIRST_YEAR_OF_NEW_LAW else "of_2007"]
    for found in _cites().finditer(clean.text):
        cited = {_number(number) for number in ARTICLE.findall(found["articles"])}
        if not cited or cited & {*law["articles"]}:
            continue
        start, end = found.span("articles")
        yield Issue(
            "law.article",
            "warning",
            f"年度报告的依据应为《政府信息公开条例》{law['zh']}，报告引用的是{found['articles']}。"
            f" Annual reports rest on article {' or '.join(map(str, law['articles']))} of the law in force;"
            f" {found['articles']} is cited.",
            expected=law["zh"],
            found=found["articles"],
            spans=(clean.span(start, end),),
        )
        return
