"""Whom to ask: nobody at all, and telephones and postcodes of the wrong length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from nlp.checking.rule import Examined, Rule, check_for
from nlp.extraction.telephones import TELEPHONE
from nlp.reading.clean import CleanText
from nlp.records import Issue
from nlp.vocabulary.load import load

REACHABLE = frozenset({"phone", "phone_and_fax", "mobile", "fax", "email", "address", "supervision_phone", "website"})
TELEPHONES = ("phone", "phone_and_fax", "fax", "mobile", "supervision_phone")
MIN_CHARS = 800  # of a report; an excerpt may have left the contact out
# What stands behind a label: digits with what joins them; not the number of a document or a row of a table.
PRINTED = r"\s{0,3}[:为是]\s{0,3}(?P<number>[+(]?\d[\d\-—–~()（） +转]{1,40}\d)"
MASKED = re.compile(r"[*＊xX×]")
SHORT_NUMBERS = re.compile(r"(?:1[012]\d|12\d{3}|9[56]\d{3,6})")  # 119, 12345, 96114


@check_for(
    Rule(
        "contact.none", "info", "没有任何联系方式", "No way to ask is given", "",
        "全文没有电话、地址、邮箱",
    ),
    Rule(
        "contact.telephone", "warning", "电话号码位数不对", "A telephone number has too few or too many digits", "",
        "联系电话：0486-855501",
    ),
    Rule(
        "contact.postcode", "warning", "邮政编码不是6位", "A postcode has not six digits", "",
        "邮编：28010",
    ),
)  # fmt: skip
def check_contacts(report: Examined) -> Iterator[Issue]:
    """Warnings about telephones and postcodes that cannot be right; an info when a whole report names no way to ask."""
    analysis, clean = report.analysis, report.clean
    yield from _telephones(clean)
    yield from _postcodes(clean)
    whole = analysis.identity.title and analysis.sections and len(clean.text) >= MIN_CHARS
    if whole and not any(contact.kind in REACHABLE for contact in analysis.contacts):
        yield Issue(
            "contact.none",
            "info",
            "没有联系方式：电话、地址、邮箱都没有。 No telephone, address or e-mail is given.",
        )


@cache
def _labelled(kinds: tuple[str, ...]) -> re.Pattern[str]:
    labels = load("contacts")["labels"]
    return re.compile(f"(?:{'|'.join(p for kind in kinds for p in labels[kind]['patterns'])}){PRINTED}")


def _telephones(clean: CleanText) -> Iterator[Issue]:
    for found in _labelled(TELEPHONES).finditer(clean.text):
        number = found["number"].strip()
        start = found.start("number")
        if TELEPHONE.match(clean.text, start) or MASKED.match(clean.text, found.end()) or _is_short(number):
            continue
        yield Issue(
            "contact.telephone",
            "warning",
            f"电话“{number}”的位数不对。 The telephone number {number} has too few or too many digits.",
            found=number,
            spans=(clean.span(start, start + len(found["number"])),),
        )


def _is_short(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return bool(SHORT_NUMBERS.fullmatch(digits))


def _postcodes(clean: CleanText) -> Iterator[Issue]:
    for found in re.finditer(
        f"(?:{'|'.join(load('contacts')['labels']['postcode']['patterns'])})\\s{{0,3}}[:为是]?\\s{{0,3}}(\\d{{3,10}})(?!\\d)",
        clean.text,
    ):
        if len(found[1]) == 6:
            continue
        yield Issue(
            "contact.postcode",
            "warning",
            f"邮政编码“{found[1]}”不是6位。 The postcode {found[1]} has not six digits.",
            expected="6位",
            found=found[1],
            spans=(clean.span(*found.span(1)),),
        )
