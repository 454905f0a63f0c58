"""Sixth set: lists with their sums, forms of applications, brackets behind a channel.

Each example: the text, its contacts, its channel counts and its counts (see ``differences`` in conftest.py); ``?`` marks what may be
found or not.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

# fmt: off
EXAMPLES = {
    "a bracket behind a channel is no account": (
        "微信(含转载)推送85条,微博(其中原创)发布20条。",
        "", "?wechat=85条 ?weibo=20条 ?wechat=85条/* ?weibo=20条/*", ""),
    "a list and its sum is all that was published": (
        "本年发布灌溉调度、水价水费、河道采砂等信息共计52条。",
        "", "", "disclosed_total=52"),
    "information of every kind": (
        "全年主动公开防汛通知、工程招标等各类信息252条。",
        "", "", "disclosed_total=252"),
    "of every kind on a platform": (
        "我局在信息公开平台共发布机构职能、办事指南等各类信息48条。",
        "", "disclosure_platform=48条", "?disclosed_total=48"),
    "information and news": (
        "主动公开政府信息、动态75条。",
        "", "", "disclosed_total=75"),
    "what villages publish is no total": (
        "审核发布村务信息98条,财务信息52条,议事公开信息36条。",
        "", "", "category_count=98 category_count=52 category_count=36"),
    "applications through the site": (
        "收到申请46件,其中通过门户网站提交申请的40件,通过信函提交的4件,当面提交2件。",
        "", "", "applications_received=46 applications_online=40 applications_letter=4 applications_in_person=2"),
    "who handed in applications": (
        "公民提出申请30件,企业提出申请6件。",
        "", "", "applications_by_applicant=30 applications_by_applicant=6"),
    "applications carried over by the name of the year": (
        "2023年,收到申请9件,2022年结转政府信息公开申请2件,结转下年度政府信息公开申请1件。",
        "", "", "applications_received=9 applications_carried_in=2 applications_carried_out=1"),
    "the annual report in a list of the site": (
        "在政府网站公开领导信息3条、政府信息公开年度报告1条、其他文件2条。",
        "", "gov_website=3条/* gov_website=1条/* gov_website=2条/*", ""),
    "notices are a noun": (
        "主动公开信息60条,其中规划5条,其他公示公告通知等信息55条。",
        "", "", "disclosed_total=60 category_count=5 category_count=55"),
    "media are a form of interpretation": (
        "文字解读62篇,图表、媒体、专家等形式的解读58篇。",
        "", "", "policy_interpretations=62 policy_interpretations=58"),
    "letters of reply are no information": (
        "制发补正通知书3件、政府信息公开告知书40件。",
        "", "", "?applications_other_result=3"),
    "how many accounts, in brackets": (
        "微信公众账号(1个)发布信息49条;微博账号(1个)发布信息39条。",
        "", "wechat=49条 weibo=39条", "?new_media_accounts=1 ?new_media_accounts=1"),
    "another channel's 累计 is no more than the year's": (
        "2022年在政府信息公开平台新增主动公开政府信息39条,在微信公众号累计发布信息56条。",
        "", "disclosure_platform=39条 wechat=56条/year", ""),
    "another channel named anew is no part of the site": (
        "通过政务网站主动公开政府信息92条,包含水情、雨情等群众关注信息;通过公众号公开信息58条。",
        "", "gov_website=92条/year wechat=58条/year", "?disclosed_total=92"),
    "no documents in force, no proposals": (
        "镇政府无现行有效的规范性文件。未收到政协委员提案及人大代表建议。",
        "", "", "normative_docs_valid=0 suggestions_handled=0"),
    "applications after ; are another matter": (
        "主动公开信息88条,其中,政策法规7条,其他信息81条;收到申请65件,其中,予以公开或部分公开48件,不予公开17件。",
        "", "", "disclosed_total=88 category_count=7 category_count=81 applications_received=65 applications_granted=48 applications_refused=17"),
    "answered in time and late": (
        "收到申请25件。按时办结数17件,延期办结8件。其中属于已经主动公开的2件,同意公开答复20件,不同意公开答复的3件。",
        "", "", "applications_received=25 applications_answered=17 applications_answered=8 applications_other_result=2 applications_granted=20 applications_refused=3"),
    "an account's name is no app": (
        "微信公众号“水乡交通”公开信息67条,客户端“江通”公开8条。",
        "wechat_account=水乡交通", "wechat=67条 mobile_app=8条", ""),
    "a rate after 其中": (
        "全年公开信息659条,其中全文电子化率为98%。",
        "", "", "disclosed_total=659 rate=98"),
}
# fmt: on


@pytest.mark.parametrize(("text", "contacts", "channels", "counts"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(differences: Callable[..., list[str]], text: str, contacts: str, channels: str, counts: str) -> None:
    assert differences(text, contacts=contacts, channels=channels, counts=counts) == []
