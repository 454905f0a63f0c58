"""Near-duplicates are found, and only they."""

import numpy as np
import pytest

from training.near import Pair, find_near_duplicates, join_groups

PAIRS = [
    # a sentence with another marker and other punctuation
    ("一是部分栏目的内容更新还不够及时。", "（二）部分栏目的内容，更新还不够及时", True),
    # one word of a long sentence exchanged
    (
        "个别科室对主动公开重视不够，报送的信息数量偏少，影响了整体进度",
        "个别股室对主动公开重视不够，报送的信息数量偏少，影响了整体进度",
        True,
    ),
    # a sentence inside a longer one
    ("公开内容不够丰富，更新不够及时", "公开内容不够丰富，更新不够及时，群众关心的村务信息尤其如此，需要补上", True),
    # another sentence on the same thing
    ("部分栏目的内容更新还不够及时，需要加快", "有的专栏好几个月没有新内容，时效性有待提高", False),
    # too short to be called a copy
    ("公开不够及时", "公开不够及时", False),
]


@pytest.mark.parametrize(("one", "two", "near"), PAIRS)
def test_pairs(one, two, near):
    assert bool(find_near_duplicates([one, "与此无关的另外一句话，说的是别的事情", two])) == near


def test_nothing_in_nothing():
    assert find_near_duplicates([]) == find_near_duplicates(["", "无"]) == []


def test_a_lone_surrogate_is_a_character_like_others():
    assert find_near_duplicates(["栏目更新\ud800不够及时需要继续加强"] * 2) == [Pair(0, 1, 1.0, 1.0)]


def test_all_copies_are_found_among_many_texts():
    draw = np.random.default_rng(0)
    texts = ["".join(map(chr, draw.integers(0x4E00, 0x9000, 30))) for _ in range(3000)]
    assert [(p.first, p.second) for p in find_near_duplicates([*texts, texts[17]])] == [(17, 3000)]


def test_groups_of_copies_become_one():
    pairs = [Pair(0, 1, 1, 1), Pair(3, 1, 1, 1)]
    assert join_groups(["a", "b", "c", "d"], pairs) == ["d", "d", "c", "d"]
