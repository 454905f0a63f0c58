"""A web page as a source: its text as it is shown, one line a block, its tables as grids, its chrome as furniture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nlp.reading.grid import Grid, children_of, read_grid
from nlp.reading.isolated import read_isolated
from nlp.reading.markup import is_light, refuse_depth
from nlp.reading.rendering import Line, compose
from nlp.reading.struck import Strikes, mark, unmark
from nlp.records import Block, Repair, ReportUnreadable
from nlp.vocabulary.load import load

UNSEEN = frozenset(
    "script style noscript template head title svg iframe object embed select option button input textarea canvas audio video "
    "map link meta datalist".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul".split()
)
CHROME = frozenset({"nav", "footer", "aside"})
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BREAK_IN_CHINESE = re.compile(
    "(?<=[\u3000-\u9fff\ufdd0\ufdd1\uff00-\uffef])[ \t\r\f]*\n[ \t\r\n\f]*(?=[\u3000-\u9fff\ufdd0\ufdd1\uff00-\uffef])"
)
SPACES = re.compile(r"[ \t\r\n\f\v]+")
MIN_LINK_SHARE = 0.6  # of the characters of a line: a menu, a list of other reports
MAX_CHROME_CHARS = 200
MIN_TEXT_CHARS = 12


@dataclass(slots=True)
class _Page:
    """The lines of a page, as they are gathered."""

    lines: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    linked: int = 0

    def end_line(self, *, level: int, chrome: bool) -> None:
        """What was gathered becomes a line, if it shows anything."""
        if not self.pieces:
            return
        text, struck = unmark(shown("".join(self.pieces)))
        if text:
            dense = self.linked >= MIN_LINK_SHARE * len(text) and len(text) <= MAX_CHROME_CHARS and "。" not in text
            self.lines.append(Line(text, "heading" if level else "paragraph", level, chrome or dense, struck=struck))
        self.pieces.clear()
        self.linked = 0


def shown(printed: str) -> str:
    """``printed`` with its white space as a browser shows it; none for a line end between two Chinese characters."""
    return SPACES.sub(" ", BREAK_IN_CHINESE.sub("", printed)).strip()


def read_html(
    html: str, *, name: str, min_chars: int = MIN_TEXT_CHARS
) -> tuple[str, tuple[Block, ...], tuple[Repair, ...]]:
    """The rendered text of a page, its blocks and its repairs.

    Parameters
    ----------
    min_chars : a page that shows less has not been filled in

    Raises
    ------
    ReportUnreadable
        ``no_text`` for a page that its scripts fill in, ``too_deep`` for one that no browser would show, ``timeout`` or
        ``memory`` for one that would take more than any report
    """
    if is_light(html):
        lines = lines_of_page(html)
    else:
        lines = read_isolated("html", html.encode("utf-8", "surrogatepass"), name)
    if sum(len(line.text) for line in lines) < min_chars:
        raise ReportUnreadable(
            "no_text",
            f"{name}: the page shows no text; it is filled in by a script or is empty.",
            "Open it in a browser, wait until the report is shown, and save the page from there.",
        )
    return compose(lines)


def read_heavy(data: bytes, name: str) -> list[Line]:
    """The lines of a page that may be made to harm, in UTF-8; for the process that has limits.

    Raises
    ------
    ReportUnreadable
        ``too_deep``
    """
    html = data.decode("utf-8", "surrogatepass")
    refuse_depth(html, name)
    return lines_of_page(html)


def lines_of_page(html: str) -> list[Line]:
    """What a page shows, line by line; none for an empty one."""
    tree = LexborHTMLParser(html)
    page = _Page()
    _dates_of_head(tree, page)
    sheets = [node.text() for node in tree.css("style")] if "line-through" in html else []
    if tree.root is not None:
        _Walk(page, Strikes(sheets)).over(tree.root)
    return [line for line in page.lines if line.text]


def _dates_of_head(tree: LexborHTMLParser, page: _Page) -> None:
    """The publication date that government pages give in their head, for pages whose page line is made by a script."""
    for node in tree.css("meta[name]"):
        attributes = node.attributes
        if (attributes.get("name") or "").lower() == "pubdate" and (value := shown(attributes.get("content") or "")):
            page.lines.append(Line(f"PubDate: {value[:40]}", "furniture", 0, True))
            return


@cache
def _containers() -> re.Pattern[str]:
    return re.compile("|".join(load("furniture")["html"]["patterns"]), re.IGNORECASE)


def _is_chrome(tag: str, attributes: Mapping[str, str | None]) -> bool:
    if tag in CHROME:
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split() if attributes else ()
    return any(_containers().match(name) for name in names[:8])


class _Walk:
    """Every node of a page in order, on a stack of our own: pages with 5,000 nested tags exist and end a recursive walk.

    The numbers count the elements of a kind that the walk is inside of.
    """

    def __init__(self, page: _Page, strikes: Strikes) -> None:
        self._page, self._strikes = page, strikes
        self._level = self._links = self._chrome = self._preformatted = self._struck = 0

    def over(self, root: LexborNode) -> None:
        """Gather the lines of ``root`` into the page."""
        stack: list[tuple[LexborNode | None, str]] = [(root, "")]
        while stack:
            node, leaving = stack.pop()
            if node is None:
                self._leave(leaving)
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._add_text(node.text_content or "")
            elif not ((tag.startswith(("-", "!")) and tag != "-document") or tag in UNSEEN):
                attributes = node.attributes
                if attributes and ("hidden" in attributes or HIDDEN.search(attributes.get("style") or "")):
                    continue
                if self._enter(node, tag, attributes, stack):
                    stack.extend((child, "") for child in children_of(node))

    def _enter(
        self,
        node: LexborNode,
        tag: str,
        attributes: Mapping[str, str | None],
        stack: list[tuple[LexborNode | None, str]],
    ) -> bool:
        """Whether the children of an element are still to be walked."""
        if tag == "br":
            self._end_line()
            return False
        if tag in BLOCKS:
            self._end_line()
            struck = self._struck > 0 or self._strikes.holds(tag, attributes)
            if tag == "table" and (grid := read_grid(node, self._strikes, struck=struck)) is not None:
                _add_table(self._page, grid, self._chrome > 0)
                return False
            leaving = "block"
            if _is_chrome(tag, attributes):
                self._chrome, leaving = self._chrome + 1, "chrome"
            elif tag == "pre":
                self._preformatted, leaving = self._preformatted + 1, "pre"
            elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
                self._level, leaving = int(tag[1]), "heading"
            stack.append((None, leaving))
        elif tag == "a":
            self._links += 1
            stack.append((None, "a"))
        if self._strikes.holds(tag, attributes):
            self._struck += 1
            stack.append((None, "struck"))
        return True

    def _leave(self, leaving: str) -> None:
        if leaving == "a":
            self._links -= 1
        elif leaving == "struck":
            self._struck -= 1
        else:
            self._end_line()
            self._chrome -= leaving == "chrome"
            self._preformatted -= leaving == "pre"
            self._level = 0 if leaving == "heading" else self._level

    def _end_line(self) -> None:
        self._page.end_line(level=self._level, chrome=self._chrome > 0)

    def _add_text(self, text: str) -> None:
        pieces = text.split("\n") if self._preformatted else [text]
        for number, piece in enumerate(pieces):
            if number:
                self._end_line()
            self._page.pieces.append(mark(piece) if self._struck else piece)
            if self._links:
                self._page.linked += len(piece.strip())


def _add_table(page: _Page, grid: Grid, chrome: bool) -> None:
    if grid.caption:
        page.lines.append(Line(shown(grid.caption)))
    page.lines.append(
        Line("\n".join("\t".join(row) for row in grid.rows), "table", 0, chrome and len(grid.rows) < 3, grid)
    )
