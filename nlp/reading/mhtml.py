"""A web page saved as one file (MHTML): the page among its parts."""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from itertools import islice

from nlp.reading.decode import decode
from nlp.reading.html import read_html
from nlp.records import Block, Repair, ReportUnreadable

MAX_PARTS = 5_000
MAX_HOLDERS = 100  # parts that hold others; a page with frames saved by a browser has 1
HOLDER = re.compile(rb"^content-type:\s{0,20}(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)


def read_mhtml(data: bytes, name: str) -> tuple[str, tuple[Block, ...], tuple[Repair, ...], str]:
    """The rendered text of the page, its blocks, its repairs and its encoding.

    The longest HTML part is the report: a page with frames has its text in one of them.

    Raises
    ------
    ReportUnreadable
        ``no_text`` when no part is a web page, ``too_deep`` for parts inside one another beyond what any page has
    """
    try:
        pages = _pages(data) if len(HOLDER.findall(data)) <= MAX_HOLDERS else None
    except RecursionError:  # the parser of the standard library calls itself for each part in another
        pages = None
    if pages is None:
        raise ReportUnreadable(
            "too_deep", f"{name}: the saved page holds parts inside parts.", "Save it from the browser again."
        )
    if not pages:
        raise ReportUnreadable(
            "no_text", f"{name}: the saved page has no HTML part.", "Save it from the browser again."
        )
    html, encoding = decode(max(pages, key=len), declares=True)
    html = html.removeprefix("\ufeff").replace("\r\n", "\n")
    return *read_html(html, name=name), encoding


def _pages(data: bytes) -> list[bytes]:
    """The parts that are web pages and not empty."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pages = []
    for part in islice(message.walk(), MAX_PARTS):
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                pages.append(content)
    return pages
