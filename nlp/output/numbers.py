"""Numbers as they are printed; apart from the tables, whose library is large to load."""

from __future__ import annotations

from typing import Any


def plain(value: Any) -> str | None:
    """A decimal without the zeros that its fixed scale adds.

    >>> from decimal import Decimal
    >>> plain(Decimal("42.000000")), plain(Decimal("1.190000")), plain(Decimal("100"))
    ('42', '1.19', '100')
    """
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
