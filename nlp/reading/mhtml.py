"""A web page saved as one file (MHTML): the page among its parts."""

from __future__ import annotations

import email
import email.errors
import email.policy

from nlp.reading.decode import decode
from nlp.reading.html import read_html
from nlp.records import Block, Repair, ReportUnreadable

MAX_PARTS = 5_000


def read_mhtml(data: bytes, name: str) -> tuple[str, tuple[Block, ...], tuple[Repair, ...], str]:
    """The rendered text of the page, its blocks, its repairs and its encoding.

    The longest HTML part is the report: a page with frames has its text in one of them.

    Raises
    ------
    ReportUnreadable
        ``no_text`` when no part is a web page
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pages = []
    for number, part in enumerate(message.walk()):
        if number >= MAX_PARTS:
            break
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                pages.append(content)
    if not pages:
        raise ReportUnreadable(
            "no_text", f"{name}: the saved page has no HTML part.", "Save it from the browser again."
        )
    html, encoding = decode(max(pages, key=len), declares=True)
    html = html.removeprefix("\ufeff").replace("\r\n", "\n")
    return *read_html(html, name=name), encoding
