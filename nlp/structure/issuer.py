"""The body whose report it is, named in full."""

from __future__ import annotations

import re
from functools import cache

from nlp.reading.clean import CleanText, fold
from nlp.records import Source, Span
from nlp.structure.dates import YEAR
from nlp.structure.places import read_places
from nlp.vocabulary.load import load

PREAMBLE_CHARS = 1_500
FIRST_SENTENCE_CHARS = 150
HAN = re.compile("[\u4e00-\u9fff]")
YEAR_IN_TITLE = re.compile(
    rf"20\d\d ?[-—–至] ?20\d\d ?学?年度?|{YEAR} ?年?度?|20(?:\d?年|[\dXx×*]{{1,2}}年?)度?|(?:本|上)年度"
)
# 某部办公厅关于2017年某部…的公告; 某交通局关于2016年度…的报告; 某部(2024年第2号):某部2023年…
BEFORE_NAME = re.compile("关于|:")
NO_NAME = re.compile(r"[^\u4e00-\u9fff\w()·、\-—]|_")
IN_BRACKETS = re.compile(r"\((?P<inner>[^()]{3,24})\)$")
NUMBER = re.compile(r"\(20\d\d年第\d{1,4}号\)")
TOPIC = re.compile(
    "(?:政府|政务)?信息?公开|政务公开(?!办|领导|科)|政府信息|年度|工作报告|(?:推进)?法治政府|依法行政|政府(?:门户)?网站|政务新媒体"
)
SIGNATURE_LINES = 12
HEAD_CHARS = 3_000
MAX_PLACE_CHARS = 14
HAS_PLACE = re.compile("[\u4e00-\u9fff]{2,8}?(?:[省县区州盟旗镇]|(?<!城)[市乡]|街道)")  # 住房和城乡建设局 has none
PLACE = re.compile("[\u4e00-\u9fff]+")


def find_issuer(source: Source, clean: CleanText, title: Span | None, preamble_end: int) -> tuple[str, Span] | None:
    """The name and where it stands; ``None`` when no body is named.

    A name without its place (县财政局) is taken from where the page or the first lines give it with a known place.

    Parameters
    ----------
    title : in the clean text
    preamble_end : where the first part begins, in the clean text
    """
    named = _find_named(source, clean, title, preamble_end)
    return (_with_its_place(source.text, named[0]) or named) if named is not None else None


def _with_its_place(text: str, name: str) -> tuple[str, Span] | None:
    if HAS_PLACE.match(name) or read_places(name) is not None:
        return None
    head = text[:HEAD_CHARS]
    for found in re.finditer(re.escape(name), head):
        at, end = found.span()
        if _another("behind").match(head, end):
            continue
        for start in range(max(0, at - MAX_PLACE_CHARS), at - 1):
            if PLACE.fullmatch(head, start, at) and not _another("before").search(head, max(0, start - 6), start):
                place = read_places(head[start:end])
                if place is not None and len(place.text) >= at - start:
                    return head[start:end], Span(start, end)
    return None


@cache
def _another(side: str) -> re.Pattern[str]:
    """What stands around a body whose orders are followed, and which is not the one that reports."""
    return re.compile("|".join(load("identity")["another"][side]["patterns"]))


def _find_named(source: Source, clean: CleanText, title: Span | None, preamble_end: int) -> tuple[str, Span] | None:
    """The name as the title, the first lines, the page or the signature give it.

    The title gives the name; the preamble gives it in full (某镇 in the title, 本报告由某县某镇人民政府编制 below).
    An office within the body (党政办公室) writes the report but is not its issuer.
    """
    text = clean.text
    start = title.end if title else 0
    preamble = text[start : min(preamble_end, start + PREAMBLE_CHARS)]
    named = _body_of_title(text, title)
    made = _first_body("made_by", preamble)
    by_maker = (made[0], Span(start + made[1], start + made[1] + len(made[0]))) if made else None
    chosen = _choose(text, named, by_maker)
    if chosen is not None:
        return chosen[0], clean.span(chosen[1].start, chosen[1].end)
    contact = _from_contact(clean, preamble, start)
    if title is None:
        # A passage need not be a report; its first part, or the words 公布…年度报告, say that it is one.
        announced = _from_announcement(clean, 0, contact)
        if announced is not None or preamble_end >= len(text):
            return announced
        return contact or _from_first_sentence(clean, 0) or _from_first_sentence(clean, preamble_end)
    return (
        # The source that a page names may be the portal of the county: 公布《某县教育局2025年…年度报告》 goes before it.
        _from_announcement(clean, start, contact)
        or _from_page(source)
        or _from_signature(clean)
        or contact
        or _from_first_sentence(clean, preamble_end)
    )


def _from_announcement(clean: CleanText, start: int, contact: tuple[str, Span] | None) -> tuple[str, Span] | None:
    """The body whose report the first lines from ``start`` on say they publish, in full where the contact has it so."""
    announced = _first_body("announced", clean.text[start : start + PREAMBLE_CHARS])
    if announced is None:
        return None
    if contact is not None and _within(_core(announced[0]), contact[0]) and not _is_office(contact[0], announced[0]):
        return contact
    at = start + announced[1]
    named = _choose(clean.text, (announced[0], Span(at, at + len(announced[0]))), None)
    return (named[0], clean.span(named[1].start, named[1].end)) if named else None


def _choose(text: str, named: tuple[str, Span] | None, made: tuple[str, Span] | None) -> tuple[str, Span] | None:
    if named is None:
        return (_without_office(*made)) if made else None
    core = _core(named[0])
    if made is not None and _within(core, made[0]) and not _is_office(made[0], named[0]):
        return made if len(made[0]) >= len(named[0]) else named
    if named[0] == core:  # a bare place: 某县 → 某县人民政府
        for government in load("identity")["body"]["governments"]:
            if core.endswith("街道") == (government in {"街道办事处", "人民政府"}):
                continue
            at = text.find(core + government)
            if at >= 0:
                return core + government, Span(at, at + len(core + government))
    return named


def _core(body: str) -> str:
    """The name without what makes a government of a place: 某镇人民政府 → 某镇."""
    for government in load("identity")["body"]["governments"]:
        if body.endswith(government) and len(body) > len(government) + 1:
            core = body.removesuffix(government)
            return core + "街道" if government == "街道办事处" else core
    return body


def _within(core: str, body: str) -> bool:
    """Whether the characters of ``core`` stand in ``body`` in their order (甲丙街道 in 甲乙丙街道办事处)."""
    rest = iter(body)
    return all(character in rest for character in core)


def _is_office(made: str, named: str) -> bool:
    """Whether ``made`` is an office inside ``named`` rather than its full name."""
    if made.endswith(named):
        return False
    return made.endswith(_offices())


@cache
def _offices() -> tuple[str, ...]:
    return tuple(load("identity")["body"]["inner"])


def _without_office(name: str, span: Span) -> tuple[str, Span]:
    for office in sorted(_offices(), key=len, reverse=True):
        rest = name.removesuffix(office)
        # The office of a government is an issuer of its own, the office for disclosure within it is not.
        if rest != name and is_body(rest) and (not rest.endswith("政府") or len(office) > 3):
            return rest, Span(span.start, span.start + len(rest))
    return name, span


@cache
def _not_in_a_body() -> re.Pattern[str]:
    return re.compile("|".join(load("identity")["not_in_a_body"]["patterns"]))


@cache
def _ends() -> tuple[str, ...]:
    return tuple(load("identity")["body"]["ends"])


def is_body(name: str) -> bool:
    """Whether ``name`` can be the name of a body.

    >>> is_body("某县财政局"), is_body("我局"), is_body("有关统计数据")
    (True, False, False)
    """
    if not 3 <= len(name) <= 40 or name[0].isdecimal() or name in load("identity")["body"]["innocent"]:
        return False
    return name.endswith(_ends()) and _not_in_a_body().search(name) is None


def _body_of_title(text: str, title: Span | None) -> tuple[str, Span] | None:
    if title is None:
        return None
    printed = text[title.start : title.end]
    places = [place for place, character in enumerate(printed) if not character.isspace()]
    compact = "".join(printed[place] for place in places)
    about = BEFORE_NAME.search(compact)
    named = _named_within(compact, about.end() if about else 0)
    if named is None and (last := IN_BRACKETS.search(compact)) and is_body(last["inner"]):
        named = last.start("inner"), last["inner"]  # …年度报告(某县财政局)
    if named is None and about and is_body(first := NUMBER.sub("", compact[: about.start()])):
        named = 0, first
    if named is None:
        return None
    begin, name = named
    return name, Span(title.start + places[begin], title.start + places[begin + len(name) - 1] + 1)


def _named_within(compact: str, begin: int) -> tuple[int, str] | None:
    """The body in a title without white space, from ``begin`` on, and where it stands."""
    year = YEAR_IN_TITLE.search(compact, begin)
    if year is not None and year.start() <= begin + 1:  # 2021年某局政府信息公开…
        begin = year.end()
        year = None
    end = year.start() if year is not None else len(compact)
    topic = TOPIC.search(compact, begin)
    if topic is not None and topic.start() < end:
        end = topic.start()
        if compact[begin:end].endswith("人民") and compact.startswith("政府", end):
            end += 2
    # What stands before the last sign that no name has is the page's, or an advertisement put in front.
    begin += max((found.end() for found in NO_NAME.finditer(compact[begin:end])), default=0)
    name = compact[begin:end]
    for tail in load("identity")["body"]["after_name"]:
        name = name.removesuffix(tail)
    second = IN_BRACKETS.search(name)  # 某市人力资源和社会保障局(某市公务员局), not 某高新区(某区)
    if (
        second
        and is_body(name[: second.start()])
        and second["inner"].endswith(tuple(load("identity")["body"]["bureaus"]))
    ):
        name = name[: second.start()]
    if len(name) < 2 or not HAN.search(name) or not (name.endswith(_ends()) or len(name) <= 16):
        return None
    if name.startswith(("年", "关于", "本", *load("identity")["body"]["verbs"])) or _not_in_a_body().search(name):
        return None
    return begin, name


@cache
def _patterns(entry: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in load("identity")[entry]["patterns"])


def _first_body(entry: str, text: str) -> tuple[str, int] | None:
    for pattern in _patterns(entry):
        for found in pattern.finditer(text):
            name = found["body"]
            if name.endswith(("科", "股")):  # 某市人民政府办公室文电科
                name = next((name[:-cut] for cut in (3, 4, 5) if is_body(name[:-cut])), name)
            if is_body(name):
                return name, found.start("body")
    return None


def _from_page(source: Source) -> tuple[str, Span] | None:
    for block in source.blocks:
        if block.kind == "furniture":
            found = _first_body("page_body", fold(source.text[block.span.start : block.span.end]))
            if found is not None:
                return found[0], Span(block.span.start + found[1], block.span.start + found[1] + len(found[0]))
    return None


def _from_signature(clean: CleanText) -> tuple[str, Span] | None:
    lines = list(re.finditer(r"[^\n]+", clean.text[-600:]))[-SIGNATURE_LINES:]
    for line in reversed(lines):
        name = line[0].strip()
        if is_body(name) and len(name) >= 4:
            start = max(0, len(clean.text) - 600) + line.start() + line[0].find(name)
            return name, clean.span(start, start + len(name))
    return None


def _from_first_sentence(clean: CleanText, start: int) -> tuple[str, Span] | None:
    """The body that the first sentence of the first part says did the work (2020年,某县财政局认真…)."""
    found = _first_body("first_sentence", clean.text[start : start + FIRST_SENTENCE_CHARS])
    if found is None:
        return None
    return found[0], clean.span(start + found[1], start + found[1] + len(found[0]))


def _from_contact(clean: CleanText, preamble: str, start: int) -> tuple[str, Span] | None:
    found = _first_body("contact_body", preamble)
    if found is None:
        return None
    name, span = _without_office(found[0], Span(start + found[1], start + found[1] + len(found[0])))
    return name, clean.span(span.start, span.end)
