"""Another body's name left in a report, as in one that was copied: a town in the report of a town, a county in a county's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.checking.rule import INTEGRITY, Examined, Rule, check_for
from nlp.checking.rules.leftovers import MAX_CHARS, kind_of_body, start_of_body
from nlp.narrative.tokenizer import cut
from nlp.records import Issue
from nlp.structure.places import read_places
from nlp.vocabulary.load import load

NAME = r"(?P<name>[\u4e00-\u9fff]{2,12}?(?:镇人民政府|乡人民政府|街道办事处|镇|乡|街道|局|委员会|厅))"
NO_NAME = re.compile(r"(?:各|全|乡|本|我|有关|相关|其他|部门|以及|上级|所属|下属|直属|邮政|公安机关)")
# What a name of the kind ends in.
ENDINGS = {"township": "(?:镇|乡(?!镇|村))", "street": "街道", "county": "(?:县|旗|区(?=人民政府|政府|委))"}
OFFICE = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})[省市县区旗](?!.{0,40}[省市县区旗])[\u4e00-\u9fff]{2,12}(?:局|委员会|委|厅)$"
)
MIN_NAME_CHARS, MAX_NAME_CHARS = 2, 4
MAX_WORD_CHARS = 12
AROUND_CHARS = 24
HAN_BEFORE = re.compile(rf"[\u4e00-\u9fff]{{1,{MAX_WORD_CHARS}}}$")


@check_for(
    Rule(
        "leftover.name", "warning", "出现其他机关的名称", "Another body of the same kind is named", INTEGRITY,
        "青溪镇的报告里写“白石镇高度重视”",
    ),
)  # fmt: skip
def check_other_bodies(report: Examined) -> Iterator[Issue]:
    """A warning for the first name of another body of the issuer's kind that the report does not name rightly.

    Rightly are visits, joint work, lists, addresses and bodies of the past. Offices of one government name each other, so of
    a bureau only the same office of another place counts, and another one only where it speaks of itself.
    """
    analysis, clean = report.analysis, report.clean
    issuer, title = analysis.identity.issuer, analysis.identity.title or ""
    if not issuer:
        return
    body = clean.text[:MAX_CHARS]
    start = start_of_body(analysis, clean)
    found = _mentioned(body, start, issuer, title) or _calls_itself(body, start, issuer, title)
    if found is None:
        return
    name = body[slice(*found)]
    yield Issue(
        "leftover.name",
        "warning",
        f"{issuer}的报告中出现“{name}”，可能抄自其他单位。 The report of {issuer} names {name}.",
        expected=issuer,
        found=name,
        spans=(clean.span(*found),),
    )


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("|".join(load("checking")["other_bodies"][key]["patterns"]))


def _ending_of(issuer: str) -> re.Pattern[str] | None:
    """What stands behind the place in the names of bodies of the issuer's kind: 镇, or 县财政局; ``None`` for other kinds."""
    kind = kind_of_body(issuer)
    if kind in ENDINGS:
        return re.compile(ENDINGS[kind])
    office = OFFICE.search(issuer) if kind in ("bureau", "committee", "department") else None
    return re.compile(re.escape(office[0])) if office else None


def _mentioned(body: str, start: int, issuer: str, title: str) -> tuple[int, int] | None:
    """Where a town, a street or a county is named that is not the issuer, in whatever words."""
    ending = _ending_of(issuer)
    for found in ending.finditer(body, start) if ending else ():
        bare = _name_before(body, found.start())
        if not bare or bare[-2:] in issuer or bare[-2:] in title:
            continue
        begin = found.start() - len(bare)
        before, behind = body[max(0, begin - AROUND_CHARS) : begin], body[found.end() : found.end() + AROUND_CHARS]
        if not _pattern("beside").search(before) and not _pattern("behind").search(behind):
            return begin, found.end()
    return None


def _name_before(body: str, end: int) -> str:
    """The name of a place that ends there, without the words before it: no word of the language is in it; "" for none.

    推进|城乡 and 成立|镇 have no name before 乡 and 镇, 柳河湾镇 has.
    """
    words = HAN_BEFORE.search(body[max(0, end - MAX_WORD_CHARS) : end])
    name = ""
    for word in reversed(cut(words[0])) if words else ():
        if len(word) > 1 and read_places(word) is None and not _pattern("landform").search(word):
            break
        if _pattern("no_name").fullmatch(word):
            break
        name = word + name
        if len(name) >= MAX_NAME_CHARS:
            break
    return name if len(name) >= MIN_NAME_CHARS else ""


def _calls_itself(body: str, start: int, issuer: str, title: str) -> tuple[int, int] | None:
    """Where another body's name stands in place of the report's own: 编制 … 年度报告, or as the one whose year is told."""
    kind = kind_of_body(issuer)
    for found in _self_named().finditer(body, start):
        name = found["name"]
        if not NO_NAME.search(name) and kind_of_body(name) == kind and not _same_body(name, issuer, title):
            return found.span("name")
    return None


@cache
def _self_named() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=[。\n;])\s{{0,4}}(?:20\d\d年(?:度)?,?)?|(?:现将|现公布|20\d\d年,)){NAME}"
        r"(?=20\d\d年度?(?:政府)?信息公开|(?:认真|深入|严格|积极|坚持|全面|切实|高度)(?:贯彻|落实|执行|按照|重视|推进)"
        r"|(?:共|全年)?(?:主动公开|收到|新收)(?:政府)?信息)"
    )


def _same_body(name: str, issuer: str, title: str) -> bool:
    """Whether the name may be the issuer's: in its name or title, or with the same two characters before its kind."""
    core = re.sub(r"(?:人民政府|办事处|政府)$", "", name)
    if core in issuer or core in title or issuer in name:
        return True
    bare = re.sub(r"(?:镇|乡|街道|局|委员会|厅)$", "", core)
    return len(bare) < 2 or bare[-2:] in issuer or bare[:2] in issuer or bare in title
