"""Words of a text: nothing lost, the words of the field whole, both engines alike."""

import random
from importlib.util import find_spec

import pytest

from nlp.narrative.tokenizer import cut, default_engine, domain_words

TEXTS = [
    "本镇依申请公开办理流程不规范,政务新媒体运维无人负责。",
    "全年公开信息1,208条(含微信公众号56条),较上年增长3.5%。",
    "  一、总体情况\n\n\t表格 0 0 0  ",
    "Excel附件、PDF及www.example.cn链接",
    "",
]


@pytest.mark.parametrize("text", TEXTS)
def test_joined_words_are_the_text(text):
    assert "".join(cut(text)) == text


@pytest.mark.parametrize(
    "text, word",
    [
        ("加强依申请公开管理", "依申请公开"),  # jieba alone cuts 依 申请 公开
        ("严格三审三校制度", "三审三校"),
        ("用好两微一端", "两微一端"),
        ("做好政务新媒体运维", "运维"),  # found only by the hidden Markov model otherwise
    ],
)
def test_words_of_the_field_stay_whole(text, word):
    assert word in cut(text)


# Lone surrogates cannot be handed to rjieba; they must come back as they were.
@pytest.mark.parametrize("text", ["公开\ud800内容", "\udfff", "政务公开\ud83d专区", "\x00公开\ufffd"])
def test_damaged_characters_survive(text):
    assert "".join(cut(text)) == text


def test_one_character_repeated_is_cut_fast():
    text = "公" * 200_000
    assert "".join(cut(text)) == text


@pytest.mark.skipif(find_spec("rjieba") is None or find_spec("jieba") is None, reason="needs rjieba and jieba")
def test_both_engines_cut_alike():
    # The fast engine may stand in for the other only while it gives the same words, user words included.
    draw = random.Random(4)
    characters = "".join(TEXTS) + "".join(word for word, _ in domain_words()[:40])
    for _ in range(300):
        text = "".join(draw.choice(characters) for _ in range(draw.randint(0, 30)))
        assert cut(text, engine="rjieba") == cut(text, engine="jieba")


def test_default_engine_is_installed():
    assert find_spec(default_engine()) is not None
