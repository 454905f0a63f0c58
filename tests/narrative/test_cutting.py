"""The weighing of openings: by hand-made weights, and by the packaged ones on the kinds that no rule could tell apart."""

from itertools import pairwise

import pytest

from nlp.narrative.cutting import Begun, Stretch, cut, packaged_cutting, signs
from nlp.narrative.linear import Linear
from nlp.structure.paragraphs import Paragraph


def stretch(text):
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph("problems", "", at, at + len(line)))
        at += len(line) + 1
    return Stretch(text, paragraphs)


def pieces(text, model):
    begins = [*cut(stretch(text), model), len(text)]
    return [text[a:b].strip() for a, b in pairwise(begins)]


def test_a_statement_begins_where_the_signs_outweigh_the_bias():
    assert pieces("渠道窄,更新慢。人手少。", Linear({"stop=。": 2.0}, -1.0)) == ["渠道窄,更新慢。", "人手少。"]
    assert pieces("渠道窄,更新慢。人手少。", Linear({}, -1.0)) == ["渠道窄,更新慢。人手少。"]


def test_inside_an_item_a_sentence_must_speak_more_clearly():
    model = Linear({"stop=。": 2.0}, -1.0)
    assert pieces("一是渠道窄。只有网站。二是更新慢。", model) == ["一是渠道窄。只有网站。", "二是更新慢。"]
    # unless it turns to something else
    assert pieces("一是渠道窄。此外,人手少。", model) == ["一是渠道窄。", "此外,人手少。"]


def test_signs_tell_both_sides():
    here = stretch("一是渠道不宽,下一步将增设电子屏。")
    found = signs(here, here.openings[1], Begun(0, "counted"))
    assert {
        "stop=,",
        "in=counted|,",
        "n.turn|,",
        "n.begins=下一步",
        "p.deficit|,",
        "n.future|,",
        "clause=deficit>turn",
    } <= set(found)


def test_modality_is_looked_up_between_two_places():
    here = stretch("更新不及时,下一步将改进。")
    assert "deficit" in here.modality(0, 5) and "future" not in here.modality(0, 5)
    assert "future" in here.modality(6, 12) and "deficit" not in here.modality(6, 12)


@pytest.mark.parametrize(
    "marked",
    [
        # 将 for 把, 将 behind a condition, and 将 of a measure
        "一是审读走过场。有的乡将旧稿换个日期再发,群众看不出新意。",
        "(一)管好账号。对无人管理、久不更新的,将予以关停。",
        "一是专栏偏少,|今后将增设两个专栏;|二是答复慢,|下一步将限期答复。",
        # a sentence behind the last item
        "其一,检索不便。|其二,附件打不开。|另外,还有单位用错公章。",
        # a lone item with its explanation
        "一是口径不一。同一数据前后三种说法,解释又各不相同。",
        # kinds that count themselves
        "第一类是长期不更新。有的停在两年前;有的只有标题。|第二类是错字多。个别账号一篇数错。",
        # a lead-in that names no shortcoming, and a head with its explanation below it
        "主要表现在以下方面:|公开面窄;|更新慢。",
    ],
)
def test_the_packaged_weights_cut_as_the_guide_does(marked):
    assert pieces(marked.replace("|", ""), packaged_cutting()) == marked.split("|")
