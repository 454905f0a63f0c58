"""Zeros that are said in words: 未收到政府信息公开申请, 没有发生行政复议和行政诉讼, 行政诉讼情况:无."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from nlp.extraction.cues import Cue
from nlp.extraction.grammar import reading
from nlp.extraction.passage import Passage
from nlp.extraction.readings import NOTHING, Candidate, Reading, Said, conjuncts

DENIES = re.compile(
    r"[尚暂均也并亦从仍且更]?(?:未|没有|没(?!收)|(?<![有毫若如])无|不存在|(?<![为一二三四五六七八九十百0-9])零)"
)
SCOPE_END = re.compile(r"[,。;:!?()\n]")
SENTENCE_END = re.compile(r"[。;!?\n]")
YEAR = re.compile(r"20\d\d年度?")  # 无2021年结转申请
MAX_DENIALS = 100  # in one paragraph; more are damage
MAX_SCOPE_CHARS = 80
MAX_COMMAS = 2  # one zero verb may cover its list over commas


class Denial(Struct, frozen=True, gc=False):
    """One thing that may be denied: its metric, the words that say so, and the signs of whether they do."""

    metric: str
    start: int
    end: int
    signs: tuple[str, ...]

    @property
    def candidates(self) -> list[Candidate]:
        """The two readings: that nothing is said, and that there was none of it."""
        return [Candidate(NOTHING, ["denial"]), Candidate(Reading((self.metric,), "denied"), ["denial"])]


def find_denials(passage: Passage) -> list[Denial]:
    """What a paragraph may say there was none of, in order: every zero verb with every noun of its reach.

    A verb reaches to the end of its clause, then, over commas, to coordinated nouns; without a noun behind it, the nouns
    before it are meant (行政诉讼未发生).
    """
    text = passage.text
    found: list[Denial] = []
    for verb in islice(DENIES.finditer(text), MAX_DENIALS):
        found += _of_verb(passage, verb.start(), verb.end(), verb[0])
    for said in reading("none_said").finditer(text):
        begin = _clause_start(text, said.start())
        found += _of_list(passage, begin, said.start("none"), (f"d:verb=:{said['none']}",), "before")
    return found


def _of_verb(passage: Passage, start: int, verb_end: int, verb: str) -> Iterator[Denial]:
    text = passage.text
    limit = min(len(text), verb_end + MAX_SCOPE_CHARS)
    known = reading("zero_verbs").match(text, start) or reading("zero_verbs").match(text, verb_end - 1)
    signs = (
        f"d:verb={verb}{text[verb_end : verb_end + 2]}", f"d:verb1={verb}{text[verb_end : verb_end + 1]}",
        f"d:verb={known[0] if known else 'unknown'}", f"d:before={text[max(0, start - 2) : start]}",
    )  # fmt: skip
    end, some = verb_end, False
    begin = start
    for order in range(MAX_COMMAS + 1):
        stop = SCOPE_END.search(text, end, limit)
        end = stop.start() if stop else limit
        for denial in _of_list(passage, begin, end, (*signs, f"d:comma={order}"), "behind"):
            some = True
            yield denial
        if stop is None or stop[0] != ",":
            break
        begin = end = end + 1
    if not some:
        yield from _of_list(passage, _clause_start(text, start), start, signs, "before")


def _of_list(passage: Passage, start: int, end: int, signs: tuple[str, ...], where: str) -> Iterator[Denial]:
    text = passage.text
    digits = bool(re.search(r"\d", YEAR.sub("", text[start:end])))
    pieces = conjuncts(text, start, end)
    behind = text[end : end + 3]
    for order, (piece_start, piece_end) in enumerate(pieces):
        cue, metric = _denied(passage, piece_start, piece_end, text[start:end])
        if cue is None:
            continue
        piece = text[piece_start:piece_end]
        admits = _admits(cue, metric, piece)
        rest = text[cue.end : piece_end]
        yield Denial(metric, piece_start, piece_end, (
            *signs, f"d:{where}", f"d:piece={min(order, 2)}", f"d:digits={digits}", f"d:admits={admits}",
            f"d:cue={text[cue.start : cue.end]}", f"d:rest={rest[:4]}", f"d:restlen={min(len(rest), 6)}",
            f"d:close={behind[:1]}", f"d:then={behind[1:]}", f"d:of={metric}",
            f"d:between={text[piece_start : cue.start][-2:]}", f"d:section={passage.paragraph.section_key}",
            f"d:{where}&{digits}&{admits}", f"d:{where}&{digits}&{min(len(rest), 2)}",
            "d:costs" if reading("costs_of").match(text, end) or "费" in rest else "d:no_costs",
            "d:business" if any(c.family == "business" for c in passage.cues.between(piece_start, piece_end)) else "d:ours",
        ))  # fmt: skip


def _denied(passage: Passage, start: int, end: int, whole: str) -> tuple[Cue | None, str]:
    """The last noun that may be denied and its metric; a verb alone (受理) only where there is none."""
    text, verb = passage.text, None
    issues = reading("issues").search(text, start, end)
    for cue in reversed(passage.cues.between(start, end)):
        for metric in cue.metrics:
            if not metric.zero:
                continue
            noun = bool(metric.family) or not metric.need_family
            if noun:
                overturned = metric.key in ("reviews", "litigations") and reading("overturned").search(text, start, end)
                return cue, f"{metric.key}_corrected" if overturned else metric.key
            verb = verb or (cue, metric.key)
    if verb is None and issues and "规范性文件" in whole:
        return Cue(issues.start(), issues.end(), (), ""), "normative_docs_issued"
    return verb or (None, "")


def _admits(cue: Cue, metric: str, piece: str) -> bool:
    return any(m.admits(piece) for m in cue.metrics if m.key == metric) or not cue.metrics


def _clause_start(text: str, end: int) -> int:
    begin = max(0, end - MAX_SCOPE_CHARS)
    return max((stop.end() for stop in SCOPE_END.finditer(text, begin, end)), default=begin)


def denial_signs(denial: Denial, said: Said) -> list[str]:
    """The signs of a denial with the matter spoken of."""
    return [*denial.signs, f"d:family={said.family}", "d:"]
