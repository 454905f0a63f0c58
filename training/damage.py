"""Damage of real copies, done to training texts by code: the noise catalogue of the labelling guide, section 10.

Only what reaches the classifier is worth training on: radicals, full-width forms and traditional script are repaired by
reading before any label is decided, so they are not among the kinds here.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

STOPS = re.compile(r"[,，。;；、]")
SPAM = ("亚博体育", "澳门银河", "棋牌官网", "彩票平台,彩票app")
COMMON = ("其他", "有关", "相关", "政府信息", "部门")


def _lose_stop(text: str, chance: random.Random) -> str:
    """A comma or full stop goes missing, as where a page joined two lines."""
    places = [m.start() for m in STOPS.finditer(text)]
    return _without(text, chance.choice(places)) if places else text


def _lose_character(text: str, chance: random.Random) -> str:
    """One character is missing, as clerks and scanners lose them."""
    return _without(text, chance.randrange(len(text)))


def _double(text: str, chance: random.Random) -> str:
    """A word of two characters stands twice: 公开公开."""
    at = chance.randrange(max(1, len(text) - 2))
    return text[: at + 2] + text[at:]


def _mask(text: str, chance: random.Random) -> str:
    """Two characters masked by a filter of forbidden words."""
    at = chance.randrange(max(1, len(text) - 2))
    return text[:at] + "***" + text[at + 2 :]


def _spam(text: str, chance: random.Random) -> str:
    """A common word replaced by spam, as on hijacked pages."""
    there = [word for word in COMMON if word in text]
    return text.replace(chance.choice(there), chance.choice(SPAM), 1) if there else text


def _wrap(text: str, chance: random.Random) -> str:
    """A line break or a space inside the text, as in flip-books."""
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(" \n") + text[at:]


def _cut(text: str, chance: random.Random) -> str:
    """The end is missing."""
    return text[: max(8, len(text) - chance.randrange(1, 6))]


KINDS: tuple[Callable[[str, random.Random], str], ...] = (
    _lose_stop, _lose_character, _double, _mask, _spam, _wrap, _cut,
)  # fmt: skip


def damage(texts: Sequence[str], *, share: float, seed: int) -> list[str]:
    """The texts with a ``share`` of them damaged in one to three ways; the same seed damages the same way.

    >>> damage(["公开内容不够全面。"] * 4, share=0, seed=1) == ["公开内容不够全面。"] * 4
    True
    """
    chance = random.Random(seed)
    result = []
    for text in texts:
        if text and chance.random() < share:
            for kind in chance.sample(KINDS, chance.randint(1, 3)):
                text = kind(text, chance) or text
        result.append(text)
    return result


def _without(text: str, at: int) -> str:
    return text[:at] + text[at + 1 :]
