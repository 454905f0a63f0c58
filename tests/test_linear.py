"""Every regular expression of the package takes time in proportion to the text, also on text made to be bad for it.

A report may hold 20 MB of one character. Each pattern, from the vocabulary and as the modules compile them, searches
text made of its own characters, of what its repetitions read, and of what reports are made of, at 100 kB and at ten
times that.
"""

import re
import time

import pytest

import nlp
from tests.ambiguity import repetitions
from tests.patterns import compiled_patterns, vocabulary_patterns

FIRST, GUARD, SMALL, LARGE = 33, 3_300, 33_000, 330_000  # characters; 33,000 Chinese ones are 100 kB
FIRST_SECONDS = 0.05  # what grows exponentially is not even begun with more
GUARD_SECONDS = 0.25  # 75 µs a character: no linear pattern is near it
# Ten times the text may take thirty times as long (caches, a busy machine); a quadratic pattern takes a hundred times.
MOST_GROWTH, BELOW_NOISE, WORTH_A_LOOK = 30, 0.08, 0.005
UNBOUNDED = re.compile(r"[*+]|\{\d*,\}")
FOREIGN = "\x00"  # read by hardly any pattern: a repetition must give up here
TEXTS = ("公开", "1", " ", "\t0", "一、", "(", ",", "信息公开申请", "。\n", "a.", "2021年", "第(一)项")


def own_characters(pattern):
    """What the pattern itself is looking for, as far as its literal characters tell."""
    literal = re.sub(r"\\[a-zA-Z]|\{[\d,]*\}|\(\?[:=!<PiLmsux][^)]{0,3}|[\[\]()|?*+^$.\\]", " ", pattern)
    words = [word for word in literal.split() if word]
    longest = max(words, key=len, default="")
    return [longest, longest[:1], longest[:-1], "".join(words)[:40]]


def attacks(pattern):
    """Beginnings and units of texts that a pattern may read badly: what its repetitions read again and again comes first."""
    yield from (found for found in repetitions(pattern.pattern, pattern.flags) if found[1])
    yield from (("", unit) for unit in dict.fromkeys((*TEXTS, *filter(None, own_characters(pattern.pattern)))))


def seconds(pattern, lead, unit, size):
    text = lead + unit * (size // len(unit)) + FOREIGN
    started = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - started


def is_bounded(pattern):
    """Whether nothing in a pattern repeats without limit: such a pattern cannot take more than so long a character."""
    return UNBOUNDED.search(re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "x", pattern)) is None


def grows_badly(pattern):
    """The text on which the pattern grows badly, with its times, or ``None``."""
    for lead, unit in attacks(pattern):
        if (first := seconds(pattern, lead, unit, FIRST)) > FIRST_SECONDS:
            return lead, unit, first
        if (guard := seconds(pattern, lead, unit, GUARD)) > GUARD_SECONDS:
            return lead, unit, guard
        if is_bounded(pattern.pattern):
            continue  # its growth is bounded; its time a character is what the guard tells
        small = seconds(pattern, lead, unit, SMALL)
        if small > BELOW_NOISE and small > MOST_GROWTH * max(guard, BELOW_NOISE / MOST_GROWTH):
            return lead, unit, guard, small
        if small < WORTH_A_LOOK and small < MOST_GROWTH * max(guard, WORTH_A_LOOK / MOST_GROWTH):
            continue  # a quadratic pattern needs a second here, and at a hundred kilobytes most take none
        large = seconds(pattern, lead, unit, LARGE)
        if large > BELOW_NOISE and large > MOST_GROWTH * max(small, BELOW_NOISE / MOST_GROWTH):
            return lead, unit, small, large
    return None


# Texts on which patterns of this package once took the square, the cube, or twice the time for every character more.
ATTACKS = [
    ">" * 100 + " a b",
    "通过网站公开信息" + "共计" * 30 + "的5条。",
    "微博粉丝3万人," + "共" * 40 + "的5条。",
    "全年微信公众号" + "其中共计" * 40 + "的5条。",
    "|\n|" + "-" * 3000 + "x|\n",
    "打印保存" * 40 + "x",
    "联系我们" + "|" * 80 + "x",
    "开通了" + "乡镇区" * 40 + "一微信公众号。",
    "必威体育投注APP官网" * 40 + "a",
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack[:6].strip())
def test_attacks_are_read(attack):
    text = f"岭溪县2023年政府信息公开工作年度报告\n{attack}\n一、总体情况\n全年公开信息12条。\n"
    assert nlp.analyse_text(text).identity.year == 2023


def test_a_bad_pattern_is_found_out():
    assert grows_badly(re.compile("公开[^。]*?条"))
    assert grows_badly(re.compile("公开[^。]{0,40}?条")) is None


def test_what_is_bounded():
    assert is_bounded(r"公开[^。+*]{0,40}\+条?") and not is_bounded("公开[^。]*条") and not is_bounded("a{2,}")


@pytest.mark.slow
@pytest.mark.parametrize("collect", [vocabulary_patterns, compiled_patterns])
def test_patterns_are_linear(collect):
    patterns = {(pattern, flags): file for pattern, flags, file in collect()}
    assert len(patterns) > 50
    bad = []
    for (pattern, flags), file in patterns.items():
        if found := grows_badly(re.compile(pattern, flags)):
            bad.append(f"{file}: {pattern[:120]!r} on {found}")
    assert not bad, "\n".join(bad)
