"""Fifth set: what long reports of recent years say in passing.

Each example: the text, its contacts, its channel counts and its counts (see ``differences`` in conftest.py); ``?`` marks what may be
found or not.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

# fmt: off
EXAMPLES = {
    "carried over from 去年": (
        "去年结转申请4件,本年新收申请26件,答复28件,结转下年2件。",
        "", "", "applications_carried_in=4 applications_received=26 applications_answered=28 applications_carried_out=2"),
    "carried on, after what was answered": (
        "共收到政府信息公开申请9件,办结8件,结转1件。",
        "", "", "applications_received=9 applications_answered=8 applications_carried_out=1"),
    "what was asked for is no number of applications": (
        "从申请内容看,主要集中在土地征收(17件)、房屋登记(9件)等领域。",
        "", "", ""),
    "matters of a catalogue are no applications": (
        "年内梳理主动公开事项318项,依申请公开事项21项,不予公开事项6项。",
        "", "", "?category_count=318 ?category_count=21 ?category_count=6"),
    "orders of the hotline, answered": (
        "12345便民服务热线受理群众诉求1.6万件,办结1.58万件。",
        "", "", "hotline_orders=16000 ?hotline_orders=15800"),
    "calls of enquiry": (
        "窗口全年收到咨询电话1.3万个。",
        "", "", "consultations=13000"),
    "what an account reposts": (
        "政务微博“槐溪发布”粉丝量8.6万,全年发布微博1420条,转载省级权威信息318条。",
        "weibo_account=槐溪发布", "weibo=1420条 ?weibo=318条/*", "followers=86000"),
    "how much was published, after the followers": (
        "政务微信订阅数3.4万个,信息发布量618条。",
        "", "wechat=618条", "followers=34000"),
    "posts after the followers, a threshold of views": (
        "微信公众号累计粉丝4.1万人,推文938篇,其中阅读10万+文章2篇。",
        "", "wechat=938篇", "followers=41000 ?category_count=2"),
    "a duty names the channel of what follows": (
        "各村大喇叭每天广播2次,全年播放政策信息460条。",
        "", "village_broadcast=460条", ""),
    "sum of two kinds of account": (
        "“两微一端”平台全年发布信息3900条,其中微信1700条、微博1400条、客户端800条。",
        "", "new_media=3900条 wechat=1700条/subset weibo=1400条/subset mobile_app=800条/subset", ""),
    "a list after the colon of a channel": (
        "全年在微信公众号发布信息:工作动态96条、通知公告41条。",
        "", "?wechat=96条/subset ?wechat=41条/subset", "category_count=96 category_count=41"),
    "an information centre": (
        "全年向区政府信息中心报送信息140条。",
        "", "", ""),
    "visitors of a site": (
        "网站独立用户访问总量9.7万个,网站总访问量218万次,留言办结数量164条。",
        "", "", "views=97000 views=2180000 mailbox_replies=164"),
    "another edition of the site": (
        "市政府门户网站发布信息3.1万条,英文版发布信息1260条。",
        "", "gov_website=31000条 ?gov_website=1260条/*", ""),
    "last year's value as a sentence": (
        "2021年度我局共主动公开政府信息312条,同比上升20.9%;2020年公开258条。",
        "", "", "disclosed_total=312 yoy_change=20.9 disclosed_total=258"),
    "sites inspected": (
        "全年抽查政府网站118家次。",
        "", "", "?inspections=118"),
    "matters for inspection are no inspections": (
        "公布随机抽查事项37项。",
        "", "", "?category_count=37"),
    "full-time and part-time staff": (
        "配备全职工作人员2名、兼职工作人员6名。",
        "", "", "staff_fulltime=2 staff_parttime=6"),
    "regulations made, changed, repealed": (
        "公布市政府规章9件(其中新制定4件,修改3件,废止2件)。",
        "", "", "regulations_issued=9 regulations_issued=4 category_count=3 normative_docs_repealed=2"),
    "a category whose name is quoted": (
        "公开“三公”经费信息4条。",
        "", "", "category_count=4"),
    "a policy whose name holds a number": (
        "落实“惠企28条”和\"稳就业16条\",公开政策清单2份。",
        "", "", "?category_count=2"),
    "spending is no fee": (
        "信息公开相关费用支出2.4万元,未向申请人收取费用。",
        "", "", "fees_charged=0 ?funds=24000"),
    "policies opened before they are made": (
        "开展政策预公开14件,征集公众意见203条。",
        "", "", "opinions_solicited=14 opinions_received=203"),
    "applications for something else": (
        "受理行政许可申请722件,办结23件。受理不动产登记申请299件,不予受理7件。",
        "", "", ""),
    "applications for something else, then for information": (
        "全年收到救助申请56件,审核通过50件。收到公开申请3件,办结2件。",
        "", "", "applications_received=3 applications_answered=2"),
    "letters answered are no applications answered": (
        "全年收到政府信息公开申请5件。收到群众来信37件,均已答复。",
        "", "", "applications_received=5 mailbox_replies=37"),
    "citizens, legal persons and other organisations are everybody": (
        "新收公民、法人和其他组织政府信息公开申请0件,全部办理0件。",
        "", "", "applications_received=0 applications_answered=0"),
    "totals of customs": (
        "全关主动公开政府信息1120条。",
        "", "", "disclosed_total=1120"),
}
# fmt: on


@pytest.mark.parametrize(("text", "contacts", "channels", "counts"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(differences: Callable[..., list[str]], text: str, contacts: str, channels: str, counts: str) -> None:
    assert differences(text, contacts=contacts, channels=channels, counts=counts) == []
