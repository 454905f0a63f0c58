"""What a share says it is a share of."""

from __future__ import annotations

import nlp


def test_a_share_says_of_what_it_is() -> None:
    counts = nlp.analyse_text("公开信息100条。其中网站60条,占总量的60%;公众号40条,占总量的40%。").counts
    assert [c.category for c in counts if c.metric == "rate"] == ["政府网站", "微信公众号"]
