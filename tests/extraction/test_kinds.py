"""Kinds of numbers that were once read wrongly, in cases written for the project: what each gives, and nothing else."""

from __future__ import annotations

from collections import Counter

import pytest

import nlp

# text → facts that must be there
KINDS = {
    "本报告共分七个部分,含申请办理、行政复议、行政诉讼等内容。": "",
    "2023共受理信息公开申请7件,均按期答复。": "applications_received=7 applications_answered=7",
    "3个工作日内答复23件,4-10个工作日内答复20件。": "applications_answered=23 applications_answered=20",
    "收到申请1件,属于无法提供的情形。": "applications_received=1 applications_unavailable=1",
    "全年受理申请29件,其中网上25件,占86%,来信4件,占14%,全部按时办结。": (
        "applications_received=29 applications_online=25 rate=86 applications_letter=4 rate=14 applications_answered=29"
    ),
    "收到申请5件,无因信息公开产生的行政复议,提起行政诉讼情况发生。": "applications_received=5 reviews=0 litigations=0",
    "门户网站发布信息80条,其中图片新闻30条,头条新闻20条,政策法规30条。": (
        "gov_website=80 category_count=30 category_count=20 category_count=30"
    ),
    "2013年主动公开信息40条。概况类2条;动态类18条,总结类5条,其他15条。": (
        "disclosed_total=40 category_count=2 category_count=18 category_count=5 category_count=15"
    ),
    "继续办理2019年结转的申请3件;2020年新收到申请40件,答复41件,转入2021年办理2件。": (
        "applications_carried_in=3 applications_received=40 applications_answered=41 applications_carried_out=2"
    ),
    "全年编印舆情日报96期,供领导参阅。": "",
    "街道配备专职政务公开联络员2名。": "staff_fulltime=2",
    "网站访问量达1亿2000万次。": "views=120000000",
}


@pytest.mark.parametrize(("text", "facts"), KINDS.items())
def test_kind(text: str, facts: str) -> None:
    analysis = nlp.analyse_text(text)
    found = [f"{c.channel}={c.quantity.value}" for c in analysis.channel_counts]
    found += [f"{c.metric}={c.quantity.value}" for c in analysis.counts]
    assert Counter(found) == Counter(facts.split())


def test_a_share_says_of_what_it_is() -> None:
    counts = nlp.analyse_text("公开信息100条。其中网站60条,占总量的60%;公众号40条,占总量的40%。").counts
    assert [c.category for c in counts if c.metric == "rate"] == ["政府网站", "微信公众号"]
