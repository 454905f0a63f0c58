"""Parts that the form prescribes: missing, doubled, out of order, or without content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from nlp.checking.rule import CONTENT, FORM_OF_2021, Examined, Rule, check_for
from nlp.reading.clean import CleanText
from nlp.records import Analysis, Issue, Section, Span
from nlp.vocabulary.editions import newest
from nlp.vocabulary.editions import parts as parts_of
from nlp.vocabulary.load import load

# The parts of the form in force; those of the one before have the same keys.
PARTS = parts_of(newest())
TOLD = ("overview", "problems", "other")  # parts of words; the others hold tables
MAX_BODY_CHARS = 200
MIN_PART_CHARS = 40  # a heading printed twice has less between its copies
MAX_COPIES = 20
MIN_CONTENTS = 3  # as many doubled headings are a table of contents
DATE_LINE = re.compile(r"(?m)^[^,。;\n]{0,40}\d{1,4}年\d{1,2}月\d{1,2}日[^\n]{0,10}$")
NUMBER = re.compile(r"^[一二三四五六七八九十]、")
WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")


def _missing() -> Iterator[Rule]:
    for key, (title, _) in PARTS.items():
        name = NUMBER.sub("", title)
        yield Rule(
            f"sections.{key}_missing",
            "warning",
            f"缺少“{name}”部分",
            f"The part {key} is missing",
            CONTENT,
            f"报告中没有“{name}”",
        )


@check_for(
    Rule(
        "sections.none",
        "warning",
        "没有规定部分的标题",
        "None of the six prescribed headings was found",
        CONTENT,
        "全文没有六个部分的标题",
    ),
    Rule(
        "sections.doubled",
        "warning",
        "规定部分重复出现",
        "A prescribed part occurs twice",
        CONTENT,
        "“五、存在的主要问题及改进情况”出现两次",
    ),
    Rule(
        "sections.order",
        "warning",
        "规定部分次序不对",
        "A prescribed part stands out of order",
        FORM_OF_2021,
        "“四、行政复议、行政诉讼”排在“三、”之前",
    ),
    Rule(
        "sections.empty",
        "warning",
        "规定部分没有内容",
        "A prescribed part has a heading and no text",
        CONTENT,
        "“六、其他需要报告的事项”下没有文字",
    ),
    Rule(
        "sections.only_none",
        "warning",
        "规定部分只写无",
        "A prescribed part says nothing but 无",
        CONTENT,
        "“六、其他需要报告的事项”只写“无”",
    ),
    _missing,
)
def check_sections(report: Examined) -> Iterator[Issue]:
    """Warnings about the six prescribed parts; nothing for the free forms."""
    analysis, clean = report.analysis, report.clean
    if not parts_of(analysis.identity.edition):
        return
    parts = [section for section in analysis.sections if section.level == 1 and section.key in PARTS]
    keys = {section.key for section in parts}
    if not keys:
        yield Issue(
            "sections.none",
            "warning",
            "未找到六个规定部分的标题。 None of the six prescribed headings was found.",
            expected=str(len(PARTS)),
            found="0",
        )
        return
    for key, (zh, en) in PARTS.items():
        if key not in keys:
            yield Issue(f"sections.{key}_missing", "warning", f"缺少“{zh}”部分。 The part on {en} is missing.")
    yield from _doubled(clean, parts)
    yield from _order(parts)
    yield from _empty(analysis, clean, parts)


def _doubled(clean: CleanText, parts: Sequence[Section]) -> Iterator[Issue]:
    """A part that comes twice; not a heading printed twice in a row, and not a table of contents."""
    places: dict[str, list[Span]] = {}
    for section in parts:
        spans = places.setdefault(section.key, [])
        spans.append(section.title)
        for place in islice(_lines_like(clean, section.title), MAX_COPIES):
            if all(abs(place.start - other.start) > MIN_PART_CHARS for other in spans):
                spans.append(place)
    doubled = {key: spans for key, spans in places.items() if len(spans) > 1}
    if len(doubled) >= MIN_CONTENTS:
        return
    for key, spans in doubled.items():
        zh, en = PARTS[key]
        yield Issue(
            "sections.doubled",
            "warning",
            f"“{zh}”部分出现{len(spans)}次。 The part on {en} occurs {len(spans)} times.",
            expected="1",
            found=str(len(spans)),
            spans=tuple(spans),
        )


def _lines_like(clean: CleanText, title: Span) -> Iterator[Span]:
    """Other lines that say what a heading says."""
    start, end = clean.position(title.start), clean.position(title.end)
    words = clean.text[start:end].strip()
    if not 4 <= len(words) <= 40:
        return
    at = clean.text.find(words)
    while at >= 0:
        before, behind = clean.text[max(0, at - 1) : at], clean.text[at + len(words) : at + len(words) + 1]
        if at != start and before in ("", "\n") and behind in ("", "\n"):
            yield clean.span(at, at + len(words))
        at = clean.text.find(words, at + len(words))


def _order(parts: Sequence[Section]) -> Iterator[Issue]:
    order = list(PARTS)
    seen = [section for n, section in enumerate(parts) if section.key not in {s.key for s in parts[:n]}]
    places = [order.index(section.key) for section in seen]
    if places != sorted(places):
        late = next(n for n in range(1, len(places)) if places[n] < places[n - 1])
        yield Issue(
            "sections.order",
            "warning",
            f"“{PARTS[seen[late].key][0]}”部分排在“{PARTS[seen[late - 1].key][0]}”部分之后。"
            f" The part on {PARTS[seen[late].key][1]} stands behind the one on {PARTS[seen[late - 1].key][1]}.",
            spans=(seen[late - 1].title, seen[late].title),
        )


@cache
def _none(part: str) -> re.Pattern[str]:
    """What says nothing; of the problems also that there are none."""
    entry = load("checking")["empty"]
    kinds = ("none", "no_problem") if part == "problems" else ("none",)
    return re.compile("|".join(p for kind in kinds for p in entry[kind]["patterns"]))


def _empty(analysis: Analysis, clean: CleanText, parts: Sequence[Section]) -> Iterator[Issue]:
    for section in parts:
        if section.key not in TOLD or not len(section.span):
            continue
        start, end = clean.position(section.title.end), clean.position(section.span.end)
        if end - start > MAX_BODY_CHARS:
            continue
        body = clean.text[start:end]
        for sub in analysis.sections:
            if sub.level == 2 and section.span.start <= sub.title.start < section.span.end:
                words = clean.text[clean.position(sub.title.start) : clean.position(sub.title.end)]
                body = body.replace(words, "", 1)
        body = DATE_LINE.sub("", body)
        if analysis.identity.issuer:
            body = body.replace(analysis.identity.issuer, "")
        said = body.strip(" \n\t:。.#*|")
        zh, en = PARTS[section.key]
        if not WORD.search(said):
            yield Issue(
                "sections.empty",
                "warning",
                f"“{zh}”部分只有标题，没有内容。 The part on {en} has a heading and no text.",
                spans=(section.title,),
            )
        elif _none(section.key).search(said):
            yield Issue(
                "sections.only_none",
                "warning",
                f"“{zh}”部分只写“{said}”。 The part on {en} says nothing but “{said}”.",
                found=said,
                spans=(section.title, clean.span(start, max(start + 1, end))),
            )
