"""The same facts in other writing: passages rewritten by their punctuation, verbs, order or lines, and what that changes.

A reader that goes by the matter and not by the letter finds the same facts in each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from nlp.records import ChannelCount
from training.facts.measure import Facts
from training.facts.notation import MarkedPassage

# Verbs that say the same of what was published, asked for and done with.
VERBS = {
    "发布": "推出", "收到": "接到", "办结": "办理完毕", "公布": "发布", "召开": "组织召开", "举办": "开办", "推送": "编发",
    "受理": "接收", "未收到": "未接到",
}  # fmt: skip
VERB = re.compile("|".join(sorted(VERBS, key=len, reverse=True)))
BETWEEN_NUMBERS = re.compile(r"(?<=[条件篇次份个项期场人名%])、(?=[^、,。;\d]{1,12}\d)")
GOES_ON = re.compile(
    r"其中|包括|分别|另|其余|均|全部|都|占|同比|比|较|一是|二是|[(（]?[一二三四五六七八九十][)）、]|\d"
)
LINE = re.compile(r".{1,26}(?:(?<![\d.,])|(?![\d.,]))")  # a column breaks no number


def with_semicolons(text: str) -> str:
    """A list of numbers with ; for 、.

    >>> with_semicolons("公开文件3条、公告5条,规章、规划2条")
    '公开文件3条;公告5条,规章、规划2条'
    """
    return BETWEEN_NUMBERS.sub(";", text)


def in_other_verbs(text: str) -> str:
    """The text with other verbs.

    >>> in_other_verbs("发布信息3条,未收到申请")
    '推出信息3条,未接到申请'
    """
    return VERB.sub(lambda found: VERBS[found[0]], text)


def in_other_order(text: str) -> str:
    """The text with its last sentence first, where that refers to nothing before it.

    >>> in_other_order("公开信息3条。召开会议2次。"), in_other_order("公开信息3条。其中文件2条。")
    ('召开会议2次。公开信息3条。', '公开信息3条。其中文件2条。')
    """
    sentences = re.findall(r"[^。\n]+。", text)
    if len(sentences) < 2 or "".join(sentences) != text or GOES_ON.match(sentences[-1].lstrip()):
        return text
    return "".join([sentences[-1], *sentences[:-1]])


def in_short_lines(text: str) -> str:
    """The text as a narrow column breaks it, also between a number and its measure word.

    >>> in_short_lines("通过县政府门户网站向社会公开各类政府信息二千三百余条,答复群众留言")
    '通过县政府门户网站向社会公开各类政府信息二千三百余条\\n,答复群众留言'
    """
    return "\n".join("\n".join(LINE.findall(line)) for line in text.split("\n"))


REWRITINGS: dict[str, Callable[[str], str]] = {
    "semicolons": with_semicolons,
    "verbs": in_other_verbs,
    "order": in_other_order,
    "lines": in_short_lines,
}


def changed_by(
    passages: Sequence[MarkedPassage], read: Callable[[str], Facts], rewrite: Callable[[str], str]
) -> tuple[int, int]:
    """How many passages give other facts once rewritten, of how many that the rewriting touches.

    A fact is its name and value; their order, scopes and categories are left aside.
    """
    changed = touched = 0
    for passage in passages:
        other = rewrite(passage.text)
        if other != passage.text:
            touched += 1
            changed += _facts(read(passage.text)) != _facts(read(other))
    return changed, touched


def _facts(found: Facts) -> Counter[tuple[str, object]]:
    return Counter(
        (fact.channel if isinstance(fact, ChannelCount) else fact.metric, fact.quantity.value)
        for group in found
        for fact in group
    )
