"""Whether the characters of pages say anything: a scan has none, a damaged font gives them no meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.reading.pages.page import MIN_CHARACTERS, Page
from nlp.records import ReportUnreadable

MAX_LOST_SHARE = 0.01  # of characters without a meaning; the rest of such a page is guesswork too
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff\ufffd]")
CID = re.compile(r"\(cid:\d{1,6}\)")


def refuse_without_text(pages: Sequence[Page], name: str) -> None:
    """Raises ``ReportUnreadable`` (``scanned``, ``garbled``) for pages whose text cannot be had from the file."""
    printed = "".join(character.text for page in pages for character in page.characters if not character.text.isspace())
    if len(printed) < MIN_CHARACTERS:
        raise ReportUnreadable(
            "scanned",
            f"{name}: {len(pages)} pages with {len(printed)} characters of text; they are pictures.",
            "Turn the pages into text with a character recognition program, or ask for a file with text.",
        )
    lost = len(PRIVATE.findall(printed)) + sum(len(found) for found in CID.findall(printed))
    if lost > MAX_LOST_SHARE * len(printed):
        raise ReportUnreadable(
            "garbled",
            f"{name}: {lost} of {len(printed)} characters have no meaning; the file lacks the table that gives them one.",
            "Turn the pages into text with a character recognition program, or ask for the document it was made from.",
        )
