"""Reports whose headings are damaged or worded otherwise, with the sections that they have all the same.

A skeleton is a list of parts and sub-headings in the words of a form; a kind changes some of their headings. Kinds of
``MADE_ON`` were there while the reader was made; those of ``SEEN_LATER`` and then of ``HELD_OUT`` were written after it.
When first measured their F1 was .965 and .987, that of the rules before .907 and .955; what they showed has been mended
since. The same seed gives the same reports.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

NUMERALS = "一二三四五六七八九十"
FORMAL = "壹贰叁肆伍陆柒捌玖拾"
PLACES = ("云岭县", "白河镇", "青岚乡", "松阳街道", "岭溪市")
BODIES = ("财政局", "水务局", "民政局", "教育局", "应急管理局")
FILLING = (
    "全年围绕群众关心的事项开展工作,各项任务按时完成。",
    "领导小组每季度听取一次汇报,研究解决难点。",
    "明确专人负责,定期检查更新情况。",
    "相关内容已在门户网站公布,方便群众查阅。",
    "通过门户网站发布信息26条,公众号推送12条。",
    "本年度未发生此类情况。",
)
PROBLEM_ITEMS = ("公开意识不强", "更新不够及时", "解读形式单一", "人员变动频繁", "平台建设有待加强", "主动公开内容不全")


@dataclass(frozen=True, slots=True)
class Line:
    """One heading: ``key`` is ``None`` for one that has none; ``sep`` stands between it and the text below."""

    level: int
    key: str | None
    words: str
    number: str
    sep: str = "\n"


Skeleton = tuple[tuple[int, str | None, str], ...]
FORM: Skeleton = (
    (1, "overview", "总体情况"),
    (2, "proactive", "主动公开"),
    (2, "on_request", "依申请公开"),
    (2, "management", "政府信息管理"),
    (2, "platform", "政府信息公开平台建设"),
    (2, "supervision", "监督保障"),
    (1, "disclosure", "主动公开政府信息情况"),
    (1, "requests", "收到和处理政府信息公开申请情况"),
    (1, "disputes", "政府信息公开行政复议、行政诉讼情况"),
    (1, "problems", "存在的主要问题及改进情况"),
    (1, "other", "其他需要报告的事项"),
)
FORM_WITH_LISTS: Skeleton = (
    (1, "overview", "总体情况"),
    (2, None, "组织领导情况"),
    (2, "proactive", "主动公开情况"),
    (2, "on_request", "依申请公开情况"),
    (1, "disclosure", "主动公开政府信息情况"),
    (1, "requests", "收到和处理政府信息公开申请情况"),
    (1, "disputes", "政府信息公开行政复议、行政诉讼情况"),
    (1, "problems", "存在的主要问题及改进情况"),
    (2, "problem_list", "存在的主要问题"),
    (2, "measure_list", "改进措施"),
    (1, "other", "其他需要报告的事项"),
)
FREE: Skeleton = (
    (1, "overview", "概述"),
    (1, "disclosure", "主动公开政府信息情况"),
    (1, "requests", "依申请公开政府信息情况"),
    (1, "fees", "政府信息公开的收费及减免情况"),
    (1, "disputes", "因政府信息公开申请行政复议、提起行政诉讼的情况"),
    (1, "problems", "存在的主要问题"),
    (1, "measure_list", "下一步工作打算"),
)
WORK: Skeleton = (
    (1, "overview", "工作概述"),
    (1, "work", "2016年政府信息公开工作情况"),
    (2, "disclosure", "主动公开政府信息情况"),
    (2, "interpretation", "回应解读情况"),
    (2, "requests", "依申请公开政府信息情况"),
    (2, "training", "政府信息公开会议和培训情况"),
    (1, "problems", "存在的问题和今后努力方向"),
    (1, "other", "需要说明的其他事项"),
)
SKELETONS = (FORM, FORM_WITH_LISTS, FREE, WORK)

Change = Callable[[random.Random, list[Line]], list[Line]]


def report(kind: str, seed: int) -> tuple[str, list[tuple[str, int]]]:
    """A report with headings of a kind, and the keys and levels of its sections in order, without the preamble."""
    dice = random.Random(f"{kind}-{seed}")
    skeleton = dice.choice(SKELETONS)
    lines = (DEVELOPMENT | HELD_OUT)[kind](dice, _numbered(skeleton))
    body = dice.choice(PLACES) + dice.choice(BODIES)
    year = dice.randint(2010, 2023)
    text = [f"{body}{year}年政府信息公开工作年度报告", f"本报告由{body}根据《条例》编制。"]
    for line in lines:
        text.append(f"{line.number}{line.words}{line.sep}{_below(dice, line)}")
    return "\n".join(text), [(line.key, line.level) for line in lines if line.key is not None]


def reports(kind: str, count: int) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """``count`` reports of a kind."""
    return (report(kind, seed) for seed in range(count))


def _numbered(skeleton: Skeleton) -> list[Line]:
    lines, above, below = [], 0, 0
    for level, key, words in skeleton:
        if level == 1:
            above, below = above + 1, 0
            number = f"{NUMERALS[above - 1]}、"
        else:
            below += 1
            number = f"({NUMERALS[below - 1]})"
        lines.append(Line(level, key, words, number))
    return lines


def _below(dice: random.Random, line: Line) -> str:
    if line.key in {"problems", "problem_list"} and dice.random() < 0.6:
        style = dice.choice(("一是{}。", "1.{}。", "({}){}。") if line.level == 1 else ("一是{}。", "1.{}。"))
        items = dice.sample(PROBLEM_ITEMS, 3)
        if style == "({}){}。":
            return "\n".join(style.format(NUMERALS[at], item) for at, item in enumerate(items))
        marks = ("一是", "二是", "三是") if style.startswith("一是") else ("1.", "2.", "3.")
        return "\n".join(f"{mark}{item}。" for mark, item in zip(marks, items, strict=True))
    return dice.choice(FILLING)


def _each(change: Callable[[random.Random, Line], Line], *, level: int | None = None, share: float = 1.0) -> Change:
    """The change made to a share of the headings of a level."""

    def changed(dice: random.Random, lines: list[Line]) -> list[Line]:
        return [change(dice, line) if level in {None, line.level} and dice.random() < share else line for line in lines]

    return changed


def _one(change: Callable[[random.Random, Line], Line], *, level: int, first: int = 0) -> Change:
    """The change made to one heading of a level."""

    def changed(dice: random.Random, lines: list[Line]) -> list[Line]:
        places = [at for at, line in enumerate(lines) if line.level == level][first:]
        if not places:
            return lines
        at = dice.choice(places)
        return [*lines[:at], change(dice, lines[at]), *lines[at + 1 :]]

    return changed


def _number(pattern: str, numerals: str = NUMERALS) -> Callable[[random.Random, Line], Line]:
    return lambda dice, line: replace(line, number=pattern.format(numerals[_value(line) - 1]))


def _value(line: Line) -> int:
    return NUMERALS.index(line.number.strip("()、")[0]) + 1


def _words_around(before: tuple[str, ...], behind: tuple[str, ...]) -> Callable[[random.Random, Line], Line]:
    def changed(dice: random.Random, line: Line) -> Line:
        words = line.words.removesuffix("情况") if line.level == 2 else line.words
        end = dice.choice(behind) if line.level == 2 else ""
        return replace(line, words=dice.choice(before) + words + end)

    return changed


def _run_in(dice: random.Random, line: Line) -> Line:
    return replace(line, sep=dice.choice(("。", "。", ":")))


def _misspelt(dice: random.Random, line: Line) -> Line:
    wrong = {
        "情况": "情兄",
        "信息": "信自",
        "问题": "间题",
        "公开": "公升",
        "申请": "申清",
        "总体": "总休",
        "概述": "慨述",
    }
    found = [right for right in wrong if right in line.words]
    if not found or len(line.words) < 4:
        return line
    right = dice.choice(found)
    return replace(line, words=line.words.replace(right, wrong[right], 1))


def _letter_within(dice: random.Random, line: Line) -> Line:
    if len(line.words) < 4:
        return line
    at = dice.randrange(1, len(line.words))
    return replace(line, words=line.words[:at] + dice.choice("lIoab") + line.words[at:])


def _wrong_number(dice: random.Random, line: Line) -> Line:
    value = _value(line) + dice.choice((-1, 1))
    return replace(line, number=f"{NUMERALS[max(0, value - 1)]}、")


def _spaced(dice: random.Random, line: Line) -> Line:
    at = dice.randrange(1, len(line.words))
    return replace(line, words=line.words[:at] + " " + line.words[at:])


def _twice(dice: random.Random, lines: list[Line]) -> list[Line]:
    return [
        replace(line, number=f"{line.number}{line.words}\n{line.number}") if line.level == 1 else line for line in lines
    ]


def _contents(dice: random.Random, lines: list[Line]) -> list[Line]:
    listed = "\n".join(f"{line.number}{line.words}" for line in lines if line.level == 1)
    return [replace(lines[0], number=f"目录\n{listed}\n{lines[0].number}"), *lines[1:]]


def _items(dice: random.Random, lines: list[Line]) -> list[Line]:
    """一是主动公开方面。 in place of the sub-headings."""
    return [
        replace(line, number=f"{line.number.strip('()')}是", words=line.words.removesuffix("情况") + "方面", sep="。")
        if line.level == 2 and line.key not in {"problem_list", "measure_list"}
        else line
        for line in lines
    ]


def _fact(dice: random.Random, line: Line) -> Line:
    if line.key not in {"proactive", "on_request"}:
        return line
    return replace(
        line, words=line.words.removesuffix("情况"), sep=dice.choice(("30条。", ":5件。", "共12件,均已办结。"))
    )


def _then(*changes: Change) -> Change:
    def changed(dice: random.Random, lines: list[Line]) -> list[Line]:
        for change in changes:
            lines = change(dice, lines)
        return lines

    return changed


MADE_ON: dict[str, Change] = {
    "as the form has it": lambda dice, lines: lines,
    "a dash for 一": _each(lambda dice, line: replace(line, number=line.number.replace("一", dice.choice("—–ー")))),
    "a letter before the number": _each(
        lambda dice, line: replace(line, number=dice.choice("aol.") + line.number), share=0.4
    ),
    "a letter among the words": _each(_letter_within, level=1, share=0.3),
    "one wrong number": _one(_wrong_number, level=1, first=1),
    "text behind a stop": _each(_run_in, level=2),
    "a mistake in the words": _each(_misspelt, level=1, share=0.5),
    "words before and behind a core": _each(
        _words_around(("本单位", "我局", "关于", "进一步做好"), ("工作情况", "方面", "推进落实情况")),
        level=2,
        share=0.7,
    ),
    "spaces among the words": _each(_spaced, share=0.5),
    "each part printed twice": _twice,
    "a table of contents": _contents,
    "items for sub-headings": _items,
    "facts on the heading": _each(_fact, level=2),
    "marks of Markdown": _each(
        lambda dice, line: replace(line, number=("## " if line.level == 1 else "### ") + line.number)
    ),
    "half a bracket": _each(
        lambda dice, line: replace(line, number=dice.choice((line.number[:-1], line.number[1:]))), level=2, share=0.5
    ),
    "a chapter before the first part": lambda d, lines: [
        replace(lines[0], number="第一篇 " + lines[0].number),
        *lines[1:],
    ],
    "two numbers": _each(lambda dice, line: replace(line, number=line.number + line.number), share=0.3),
}


def _without_a_part(dice: random.Random, lines: list[Line]) -> list[Line]:
    """A part left out, the numbers of the others as they were."""
    at = dice.choice([at for at, line in enumerate(lines) if line.level == 1][1:-1])
    until = next(n for n in range(at + 1, len(lines) + 1) if n == len(lines) or lines[n].level == 1)
    return [*lines[:at], *lines[until:]]


def _swapped(dice: random.Random, lines: list[Line]) -> list[Line]:
    """Two parts without sub-headings, each in the place of the other and numbered for it."""
    alone = [at for at in range(1, len(lines) - 1) if lines[at].level == lines[at + 1].level == 1]
    alone = [at for at in alone if at + 2 == len(lines) or lines[at + 2].level == 1]
    if not alone:
        return lines
    at = dice.choice(alone)
    first, second = lines[at], lines[at + 1]
    pair = [replace(second, number=first.number), replace(first, number=second.number)]
    return [*lines[:at], *pair, *lines[at + 2 :]]


def _in_one_line(dice: random.Random, lines: list[Line]) -> list[Line]:
    """A space for every line break: what converters of tables leave."""
    return [replace(line, number=(" " if at else "") + line.number, sep=" ") for at, line in enumerate(lines)]


def _subs_in_a_paragraph(dice: random.Random, lines: list[Line]) -> list[Line]:
    return [replace(line, sep="。") if line.level == 2 else line for line in lines]


def _own_words(dice: random.Random, line: Line) -> Line:
    if line.level == 1:
        return (
            replace(line, words=dice.choice(("我单位", "本年度", "我镇2020年")) + line.words)
            if "20" not in line.words
            else line
        )
    return replace(line, words=dice.choice(("机关", "全系统", "各科室")) + line.words.removesuffix("情况") + "开展情况")


def _fact_of_a_part(dice: random.Random, line: Line) -> Line:
    if line.key not in {"requests", "disputes", "fees"}:
        return line
    return replace(line, sep=dice.choice((":无。", ":0件。", "。无。")))


SEEN_LATER: dict[str, Change] = {
    "formal numerals": _each(_number("{}、", FORMAL), level=1),
    "enclosed numerals": _each(_number("{}", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"), level=2),
    "第一部分 above 一、": _then(_each(_number("第{}部分 "), level=1), _each(_number("{}、"), level=2)),
    "parts in digits": _then(_each(_number("{}.", "123456789"), level=1), _each(_number("({})", "123456789"), level=2)),
    "square brackets": _each(_number("[{}]"), level=2),
    "numbers of the parts lost": _each(lambda dice, line: replace(line, number=""), level=1),
    "numbers of the sub-headings lost": _each(lambda dice, line: replace(line, number=""), level=2),
    "everything on one line": _in_one_line,
    "own words around both": _each(_own_words, share=0.6),
    "two wrong numbers": _then(_one(_wrong_number, level=1, first=1), _one(_wrong_number, level=1, first=1)),
    "a part left out": _without_a_part,
    "parts swapped": _swapped,
    "letters and mistakes": _then(
        _each(_misspelt, level=1, share=0.4),
        _each(lambda dice, line: replace(line, number="a" + line.number), share=0.3),
    ),
    "colons for marks": _each(lambda dice, line: replace(line, number=line.number.replace("、", ":")), level=1),
    "sub-headings run in": _subs_in_a_paragraph,
    "a comma behind the sub-heading": _each(
        lambda dice, line: replace(line, words=line.words.removesuffix("情况") + "方面", sep=","), level=2
    ),
    "a part's fact on its line": _each(_fact_of_a_part, level=1),
    "spaces and a mark at the end": _each(
        lambda dice, line: replace(line, number="\u3000\u3000" + line.number, sep="。\n")
    ),
    "第一, for sub-headings": _each(
        lambda dice, line: replace(
            line, number=f"第{NUMERALS[_value(line) - 1]},", words=line.words.removesuffix("情况") + "方面", sep="。"
        ),
        level=2,
    ),
}


def _slogan_before(dice: random.Random, line: Line) -> Line:
    return replace(
        line, words=dice.choice(("聚焦民生关切,", "强化责任落实,", "坚持问题导向,")) + line.words.removesuffix("情况")
    )


def _slogan_behind(dice: random.Random, line: Line) -> Line:
    return replace(
        line, words=line.words.removesuffix("情况") + dice.choice(("稳步推进", "扎实有力", "全面加强", "更加规范"))
    )


def _broken(dice: random.Random, line: Line) -> Line:
    """A heading over two lines, as a narrow column prints it."""
    if len(line.words) < 12:
        return line
    at = dice.randrange(5, len(line.words) - 4)
    return replace(line, words=line.words[:at] + "\n" + line.words[at:])


def _run_on(dice: random.Random, line: Line) -> Line:
    return replace(line, sep="")


def _official(dice: random.Random, line: Line) -> Line:
    """行政机关, 我县, the year in brackets: what offices add to the words of the form."""
    if line.level == 2:
        return line
    return replace(
        line, words=dice.choice(("", "行政机关", "我县")) + line.words + dice.choice(("", "(2020年度)", "说明"))
    )


HELD_OUT: dict[str, Change] = {
    "Roman numerals": _each(_number("{}、", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"), level=1),
    "parts in brackets, sub-headings in digits": _then(
        _each(_number("({})"), level=1), _each(_number("{}.", "123456789"), level=2)
    ),
    "a colon behind every part": _each(lambda dice, line: replace(line, sep=":\n"), level=1),
    "a slogan before the sub-heading": _each(_slogan_before, level=2, share=0.7),
    "a slogan behind the sub-heading": _each(_slogan_behind, level=2, share=0.7),
    "full-width digits": _each(_number("{}．", "１２３４５６７８９"), level=2),
    "bold in Markdown": _each(lambda dice, line: replace(line, number="**" + line.number, words=line.words + "**")),
    "cells of a table": _each(lambda dice, line: replace(line, number="| " + line.number, sep=" |\n")),
    "broken over two lines": _each(_broken, level=1, share=0.5),
    "the text runs on behind a part": _each(_run_on, level=1, share=0.5),
    "what offices add": _each(_official, share=0.5),
    "spaces in the number": _each(lambda dice, line: replace(line, number=" ".join(line.number) + " ")),
    "a wrong number, a letter and a mistake": _then(
        _one(_wrong_number, level=1, first=1),
        _each(_letter_within, level=1, share=0.15),
        _each(_misspelt, level=1, share=0.15),
    ),
    "numbers in circles": _each(_number("{}", "①②③④⑤⑥⑦⑧⑨⑩"), level=2),
    "sub-headings numbered on through the report": lambda dice, lines: _on(lines),
}


def _on(lines: list[Line]) -> list[Line]:
    count, changed = 0, []
    for line in lines:
        if line.level == 2:
            count += 1
            line = replace(line, number=f"{count}.")
        changed.append(line)
    return changed


DEVELOPMENT = MADE_ON | SEEN_LATER
