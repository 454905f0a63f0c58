"""A web page as a source: its text as it is shown, one line a block, its tables as grids, its chrome as furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from nlp.reading.grid import Grid, children_of, read_grid
from nlp.reading.isolated import read_isolated
from nlp.reading.markup import is_light, refuse_depth
from nlp.reading.rendering import Line, compose
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
    "(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r\f]*\n[ \t\r\n\f]*(?=[\u3000-\u9fff\uff00-\uffef])"
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
        text = shown("".join(self.pieces))
        if text:
            dense = self.linked >= MIN_LINK_SHARE * len(text) and len(text) <= MAX_CHROME_CHARS and "。" not in text
            self.lines.append(Line(text, "heading" if level else "paragraph", level, chrome or dense))
        self.pieces.clear()
        self.linked = 0


def shown(printed: str) -> str:
    """``printed`` with its white space as a browser shows it; none for a line end between two Chinese characters."""
    return SPACES.sub(" ", BREAK_IN_CHINESE.sub("", printed)).strip()


def read_html(html: str, *, name: str) -> tuple[str, tuple[Block, ...], tuple[Repair, ...]]:
    """The rendered text of a page, its blocks and its repairs.

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
    if sum(len(line.text) for line in lines) < MIN_TEXT_CHARS:
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
    if tree.root is not None:
        _walk(tree.root, page)
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


def _walk(root: LexborNode, page: _Page) -> None:
    """Every node in order, on a stack of our own: pages with 5,000 nested tags exist and end a recursive walk."""
    level = links = chrome = preformatted = 0
    stack: list[tuple[LexborNode | None, str]] = [(root, "")]
    while stack:
        node, leaving = stack.pop()
        if node is None:
            if leaving == "a":
                links -= 1
            elif leaving == "chrome":
                page.end_line(level=level, chrome=True)
                chrome -= 1
            elif leaving == "pre":
                page.end_line(level=level, chrome=chrome > 0)
                preformatted -= 1
            else:
                page.end_line(level=level, chrome=chrome > 0)
                if leaving == "heading":
                    level = 0
            continue
        tag = node.tag or ""
        if tag == "-text":
            _add_text(page, node.text_content or "", links > 0, preformatted > 0, level, chrome > 0)
            continue
        if (tag.startswith(("-", "!")) and tag != "-document") or tag in UNSEEN:
            continue
        attributes = node.attributes
        if attributes and ("hidden" in attributes or HIDDEN.search(attributes.get("style") or "")):
            continue
        if tag == "br":
            page.end_line(level=level, chrome=chrome > 0)
            continue
        if tag in BLOCKS:
            page.end_line(level=level, chrome=chrome > 0)
            if tag == "table" and (grid := read_grid(node)) is not None:
                _add_table(page, grid, chrome > 0)
                continue
            leaving = "block"
            if tag in CHROME or (attributes and _is_chrome(attributes)):
                chrome, leaving = chrome + 1, "chrome"
            elif tag == "pre":
                preformatted, leaving = preformatted + 1, "pre"
            elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
                level, leaving = int(tag[1]), "heading"
            stack.append((None, leaving))
        elif tag == "a":
            links += 1
            stack.append((None, "a"))
        stack.extend((child, "") for child in children_of(node))


def _is_chrome(attributes: dict[str, str | None]) -> bool:
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split()
    return any(_containers().match(name) for name in names[:8])


def _add_text(page: _Page, text: str, linked: bool, preformatted: bool, level: int, chrome: bool) -> None:
    if preformatted and "\n" in text:
        for piece in text.split("\n"):
            page.pieces.append(piece)
            page.end_line(level=level, chrome=chrome)
        return
    page.pieces.append(text)
    if linked:
        page.linked += len(text.strip())


def _add_table(page: _Page, grid: Grid, chrome: bool) -> None:
    if grid.caption:
        page.lines.append(Line(shown(grid.caption)))
    page.lines.append(
        Line("\n".join("\t".join(row) for row in grid.rows), "table", 0, chrome and len(grid.rows) < 3, grid)
    )
