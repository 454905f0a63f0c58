"""The article that an annual report rests on, against the law in force."""

from __future__ import annotations

import pytest

import nlp

LAW = "《中华人民共和国政府信息公开条例》"
CASES = [
    (2023, f"根据{LAW}第三十二条规定,编制本报告。", "第三十二条"),
    (
        2023,
        f"按照{LAW}(以下简称《条例》)第三十一条、第三十二条要求,现将2023年度报告公布如下。",
        "第三十一条、第三十二条",
    ),
    (2023, "依据《条例》第52条,编制2023年年度报告。", "第52条"),
    (2023, f"根据{LAW}第五十条规定,编制本报告。", None),
    (2023, "根据《条例》第四十九条、第五十条,编制年度报告。", None),
    (2016, f"根据{LAW}第三十二条规定,编制本报告。", None),
    (2016, f"根据{LAW}第五十条规定,编制本报告。", "第五十条"),
    (2023, "根据《条例》第三十二条的规定,征求第三方意见3件。", None),  # of 2019: third parties
    (2023, "根据《云溪省政府信息公开规定》第十二条,编制年度报告。", None),
]


@pytest.mark.parametrize(("year", "sentence", "found"), CASES)
def test_articles(year, sentence, found):
    issues = nlp.analyse_text(
        f"云溪县财政局{year}年政府信息公开工作年度报告\n{sentence}\n一、总体情况\n公开100条。"
    ).issues
    assert [issue.found for issue in issues if issue.code == "law.article"] == ([found] if found else [])
