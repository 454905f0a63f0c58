"""Personal data that a published report may not show: ID card numbers, private mobiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from nlp.checking.rule import Examined, Rule, check_for
from nlp.reading.clean import CleanText
from nlp.records import Analysis, Issue

# GB 11643-1999: place, birthday, serial number, check digit.
ID_CARD = re.compile(
    r"(?<![\dA-Za-z])[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
MOBILE = re.compile(r"(?<![\d.\-—A-Za-z])1[3-9]\d{9}(?![\d.\-—])")
MAX_FOUND = 5
SHOWN_CHARS = 3


@check_for(
    Rule(
        "privacy.id_card", "error", "出现身份证号码", "An ID card number is printed", "《政府信息公开条例》第十五条",
        "附表列出申请人18位身份证号码",
    ),
    Rule(
        "privacy.mobile", "info", "联系方式是个人手机号码", "A private mobile is given as contact", "《政府信息公开条例》第十五条",
        "联系人张某，手机11位号码",
    ),
    Rule(
        "privacy.mobile_in_text", "warning", "正文出现手机号码", "A mobile number is printed in the text", "《政府信息公开条例》第十五条",
        "案例中写出申请人的手机号码",
    ),
)  # fmt: skip
def check_privacy(report: Examined) -> Iterator[Issue]:
    """An error for each ID card number (its check digit must be right), an info for private mobiles given as contacts, a
    warning for other ones.

    The message does not repeat the number.
    """
    analysis, clean = report.analysis, report.clean
    cards = (found for found in ID_CARD.finditer(clean.text) if _is_valid(found[0]))
    for found in islice(cards, MAX_FOUND):
        masked = masked_number(found[0])
        yield Issue(
            "privacy.id_card",
            "error",
            f"正文出现身份证号码“{masked}”，公开前应当删去。 An ID card number ({masked}) is printed; take it out.",
            found=masked,
            spans=(clean.span(*found.span()),),
        )
    yield from _mobiles(analysis, clean)


def _mobiles(analysis: Analysis, clean: CleanText) -> Iterator[Issue]:
    """Those of contacts, which offices give where they have nothing else, and those that stand elsewhere in the text."""
    mobiles = [contact for contact in analysis.contacts if contact.kind == "mobile" and contact.personal]
    if mobiles:
        masked = masked_number(mobiles[0].value)
        yield Issue(
            "privacy.mobile",
            "info",
            f"联系方式是个人手机号码“{masked}”，宜改为办公电话。"
            f" A private mobile ({masked}) is given as contact; an office telephone is better.",
            found=masked,
            spans=tuple(contact.span for contact in mobiles[:MAX_FOUND]),
        )

    printed = [contact.span for contact in analysis.contacts]
    spans = (clean.span(*found.span()) for found in MOBILE.finditer(clean.text))
    elsewhere = [span for span in spans if not any(span.start < p.end and p.start < span.end for p in printed)]
    for span in elsewhere[:MAX_FOUND]:
        masked = masked_number(span.of(analysis.source.text))
        yield Issue(
            "privacy.mobile_in_text",
            "warning",
            f"正文出现手机号码“{masked}”，如属个人信息应当删去。"
            f" A mobile number ({masked}) is printed in the text; take it out if it is a person's.",
            found=masked,
            spans=(span,),
        )


def _is_valid(number: str) -> bool:
    """Whether the last digit checks the others.

    >>> _is_valid("11010519491231002X"), _is_valid("110105194912310021")
    (True, False)
    """
    return CHECK_DIGITS[sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=False)) % 11] == number[-1].upper()


def masked_number(number: str) -> str:
    """The number with its middle hidden.

    >>> masked_number("13900000000")
    '139*****000'
    """
    return number[:SHOWN_CHARS] + "*" * (len(number) - 2 * SHOWN_CHARS) + number[-SHOWN_CHARS:]
