"""Characters replaced one for one in a long text: as ``str.translate`` does it."""

import pytest

from nlp.reading.characters import Folding
from nlp.reading.clean import FOLD, LONG_CHARS, fold


@pytest.mark.parametrize(
    "odd", ["", "\U00020000（", "\ud800：", "\udfff\ud800", "\ud800" + "\udc00", "\uffff\x00", "＂～"]
)
def test_a_long_text_is_folded_as_a_short_one(odd):
    text = odd + "全年公开信息（含转载）：１２条，\u3000其中网站８条；" * LONG_CHARS + odd
    assert fold(text) == text.translate(FOLD)
    assert len(fold(text)) == len(text)


def test_an_empty_text_stays_empty():
    assert Folding({ord("（"): "("}).apply("") == ""
