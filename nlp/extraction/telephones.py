"""Telephone numbers as printed, and in one form: area code, hyphen, number, x and extension."""

from __future__ import annotations

import re

# 0086-571-85123456, (86)571-85123456, +86 (0571) 85123456; 86123456 alone is a local number.
COUNTRY = (
    r"(?:\(?(?:\+\s?|00)86\)?[-\s]{0,2}|\(?86\)[-\s]{0,2}|0?86-|0?86 ?(?=\(?0[1-9]\d{1,2}\)?[-\s]{0,2}[2-9]\d{6}))"
)
# 0851-35726066, 085135726066, 010 – 63547242, 0478- 7960207, 68551170, 23111111转6950, 13800000000, 400-700-1234
TELEPHONE = re.compile(
    rf"(?<![\d@.A-Za-z])(?:{COUNTRY}\(?0?[1-9]\d{{1,2}}\)?[-\s]{{0,2}}[2-9]\d{{6,7}}(?!\d)|(?:{COUNTRY})?"
    r"(?:\(?0\d{2,3}\)?\s{0,2}[-—–―‐‑－~_/]{0,3}\s{0,2}[2-9]\d{2,3}[\s.-]?\d{4}(?!\d)"
    r"|1[3-9]\d{9}(?!\d)"
    r"|1[3-9]\d-\d{4}-\d{4}(?!\d)|1[3-9]\d \d{4} \d{4}(?!\d)"
    r"|[48]00-?\d{3}-?\d{4}(?!\d)"
    r"|[2-9]\d{6,7}(?!\d)|[2-9]\d{3}[-. ]\d{4}(?![\d万亿余多件次人条个家年])"
    r"|12[0-9]{3}(?!\d)))"
    r"(?:\s?(?:转|-|—|–|\*|分机)\s?\d{1,5}(?!\d))?"
)
ABROAD = re.compile(COUNTRY)
MOBILE = re.compile(r"1[3-9]\d{9}$")
SHORT_AREA = re.compile(r"0(?:10|2\d)")  # three digits: Beijing and 020–029; all others have four


def normalise_telephone(printed: str) -> str:
    """The number with a hyphen after the area code and ``x`` before an extension; no area code is added.

    >>> normalise_telephone("085135726066"), normalise_telephone("0478- 7960207"), normalise_telephone("23111111转6950")
    ('0851-35726066', '0478-7960207', '23111111x6950')
    >>> normalise_telephone("0086-571-85123456"), normalise_telephone("(86)10-65551234")
    ('0571-85123456', '010-65551234')
    >>> normalise_telephone("86000529")
    '86000529'
    """
    abroad = ABROAD.match(printed)
    main, _, extension = re.sub(r"转|分机|\*", "x", printed[abroad.end() :] if abroad else printed).partition("x")
    extension = re.sub(r"\D", "", extension)
    if not extension:
        tail = re.match(r"(.*?\d{7,8})\s?[-—–]\s?(\d{1,5})$", main)
        if tail and not re.match(r"\(?0\d{2,3}\)?\D*$", tail[1]):
            main, extension = tail[1], tail[2]
    digits = re.sub(r"\D", "", main)
    if abroad and not (digits.startswith("0") or MOBILE.match(digits)):
        digits = f"0{digits}"  # the 0 of the area code is left out behind 86
    if digits.startswith("0"):
        area = 3 if SHORT_AREA.match(digits) else 4
        digits = f"{digits[:area]}-{digits[area:]}"
    return f"{digits}x{extension}" if extension else digits


def is_mobile(printed: str) -> bool:
    """Whether the number is that of a mobile telephone: eleven digits beginning with 1.

    >>> is_mobile("13800000000"), is_mobile("0571-87000000")
    (True, False)
    """
    abroad = ABROAD.match(printed)
    return bool(MOBILE.fullmatch(re.sub(r"[\s-]", "", printed[abroad.end() :] if abroad else printed)))
