"""Counts as public reports of 2015–2025 state them: sentences of our own, worked out by hand, each for one phenomenon."""

from collections.abc import Callable

import pytest

# fmt: off
EXAMPLES = {
    "办理完成 is answered": (
        "收到公开申请12件,办理完成11件,结转下年1件。",
        "", "", "applications_received=12 applications_answered=11 applications_carried_out=1"),
    "all of them 办理完成": (
        "本局收到8条政府信息公开的申请,并已办理完成。",
        "", "", "applications_received=8 applications_answered=8"),
    "other forms of applying": (
        "全年受理申请3件,传真申请0件,网上申请2件,其他形式申请1件。",
        "", "", "applications_received=3 applications_fax=0 applications_online=2 applications_other_form=1"),
    "one number for a list with interpretations in it": (
        "通过门户网站公开政策解读、财政资金、重大项目等群众关心的信息共计64条。",
        "", "gov_website=64条/year", ""),
    "a list of what the site published": (
        "依托门户网站公开机构设置、年度预算、工作动态等政府信息106条。",
        "", "gov_website=106条/year", ""),
    "buildings and inspections that were published": (
        "通过区政府网站公开重大项目建设、食品抽查等信息38条。办理答复留言4条。",
        "", "gov_website=38条/subset", "mailbox_replies=4"),
    "everything else that the channel published": (
        "累计主动公开政府信息812条,通过区门户网站公布规范性文件3件,各类政府信息150余条。",
        "", "gov_website=3件/subset gov_website=150条/year", "disclosed_total=812"),
    "received anew within all that was handled": (
        "受理政府信息公开申请41件。其中,2022年新收政府信息公开申请40件,上年结转1件。",
        "", "", "applications_received=41 applications_received=40 applications_carried_in=1"),
    "a kind of applications within them is no metric": (
        "受理政府信息公开申请41件。其中,征地类申请12件,上年结转1件。",
        "", "", "applications_received=41 applications_carried_in=1"),
    "a number behind a heading with a colon": (
        "主动公开政府信息的情况:26条,内容涉及预算、低保。",
        "", "", "disclosed_total=26"),
    "none, behind a colon": (
        "依申请公开情况:无。因政府信息公开申请行政复议、提起行政诉讼的情况:无。收费情况:无。",
        "", "", "applications_received=0 reviews=0 litigations=0 fees_charged=0"),
    "none, behind headings in a line": (
        "(一)主动公开政府信息情况:公开信息35条。(二)依申请公开情况:无。(三)行政复议和行政诉讼情况:无。",
        "", "", "disclosed_total=35 applications_received=0 reviews=0 litigations=0"),
    "none to provide is no zero": (
        "依申请公开情况:无法提供的已告知。",
        "", "", ""),
    "the name of an account stands behind": (
        "目前主抓微信公众号“青溪发布”和微博号“魅力青溪”。",
        "wechat_account=青溪发布 weibo_account=魅力青溪", "", ""),
    "carried over from a year in figures": (
        "2023年收到申请26件。办结申请27件(含2022年结转的3件),其中,予以公开24件,结转2件。",
        "", "", "applications_received=26 applications_answered=27 applications_carried_in=3 applications_granted=24 applications_carried_out=2"),
    "policies in a column, up to now": (
        "本局网站设置专栏,目前已公开120多条政策。",
        "", "gov_website=120条", ""),
    "all columns together": (
        "工作推进栏目45条,政策解读栏目7条,各栏目总计公开207条。",
        "", "", "?category_count=45 policy_interpretations=7 disclosed_total=207"),
    "no normative document published": (
        "全年未发布规范性文件。",
        "", "", "normative_docs_issued=0"),
    "applications that were completed": (
        "受理政府信息公开申请5件,已完成依申请公开申请4件。",
        "", "", "applications_received=5 applications_answered=4"),
    "columns on accounts are no accounts": (
        "在微信、微博等平台开设“乡村振兴”等6个专栏。",
        "", "", "columns=6"),
    "documents in force among what a column published": (
        "政务公开栏目共计发布信息376条,其中发布政策解读7条,梳理现行有效规范性文件74条。",
        "", "disclosure_platform=376条", "policy_interpretations=7 normative_docs_valid=74"),
    "new followers are not published": (
        "全年累计发布微信公众号信息136条,新增关注78个,总访问量9874人次。",
        "", "wechat=136条", "views=9874"),
    "classes after documents": (
        "公开区级政策文件22件,常务会议信息26条,发布意见征集信息18条。",
        "", "", "documents_published=22 category_count=26 opinions_solicited=18"),
    "over the years, and in this one": (
        "截至2010年底,本局主动公开政府信息历年累计52条,其中2010年新增主动公开政府信息14条。",
        "", "", "disclosed_cumulative=52 disclosed_total=14"),
    "a word printed twice": (
        "累计主动公开信息政府信息数59条。",
        "", "", "disclosed_total=59"),
    "a list that goes on after commas": (
        "全年发布决策执行情况17条,财政信息4条,人事任免2条。",
        "", "", "category_count=17 category_count=4 category_count=2"),
    "no answer of the applicant is no zero": (
        "收到申请6件,其中5件按时答复,1件未收到申请人补正材料。",
        "", "", "applications_received=6 applications_answered=5 ?applications_other_result=1"),
    "complaints handled are no applications": (
        "本年度未发生政府信息公开咨询和投诉情况受理事项。",
        "", "", "consultations=0 complaints=0"),
    "carried over to the year after": (
        "收到申请276件,上年结转7件,公开答复274件,转下一年办理9件。",
        "", "", "applications_received=276 applications_carried_in=7 applications_answered=274 applications_carried_out=9"),
    "neither proposals nor motions": (
        "本局2023年度无人大代表建议和政协提案。",
        "", "", "suggestions_handled=0"),
    "withdrawn by the applicant": (
        "全年处理政府信息公开申请61件,答复49件,申请人主动撤销申请12件。",
        "", "", "applications_received=61 applications_answered=49 applications_withdrawn=12"),
    "what a site published, in other order": (
        "本局网站信息发布318条,其中政务动态66条。",
        "", "gov_website=318条/year", "category_count=66"),
    "from last year's number to this year's": (
        "2014年,信息发布量由2013年的1128条增加到2014年的1887条。粉丝由上年的2.1万增至2.8万。",
        "", "", "disclosed_total=1128@previous_year disclosed_total=1887 followers=21000@previous_year followers=28000"),
    "this year's, in a column": (
        "本局官网预算公开专栏,本年度共公开60条预决算信息。",
        "", "gov_website=60条/subset", ""),
    "by post and through the platform": (
        "全年共收到依申请公开12条,其中:收到邮递依申请公开1条,信息公开平台依申请公开11条。",
        "", "", "applications_received=12 applications_letter=1 applications_online=11"),
    "work on systems after a list": (
        "全年公开政府信息95条,其中部门动态91条,目录信息4条;完成规范性文件库建设和20项数据同源问题优化调整。",
        "", "", "disclosed_total=95 category_count=91 category_count=4"),
    "calls after a list": (
        "网站共发布信息148条,其中要闻68条,通知公告33条,12333接听咨询热线共受理来电4790起。",
        "", "gov_website=148条", "category_count=68 category_count=33 hotline_orders=4790"),
    "an account, its followers, what it published": (
        "“青溪应急”微信公众号开通至今,粉丝累计5693人,累计发布508条图文信息。",
        "wechat_account=青溪应急", "wechat=508条/*", "followers=5693"),
    "letters of application": (
        "共收到3份依申请公开信件(其中2份为网络申请,1份为邮寄申请),均已办结。",
        "", "", "applications_received=3 applications_online=2 applications_letter=1 ?applications_answered=3"),
    "applications without a review are no reviews": (
        "这3起依申请公开事项均未发生申请人申请行政复议、提起行政诉讼的情况。",
        "", "", "?applications_received=3 reviews=0 litigations=0"),
    "an aside in a list": (
        "通过门户网站公开1945条信息,其中规范性文件(含国家、省市的政策法规)7条,通知公告240条,政务动态1287条。",
        "", "gov_website=1945条", "category_count=7 category_count=240 category_count=1287"),
    "thirteen of twenty-seven": (
        "收到依申请公开件27封,其中,14封申请人主动撤销申请,13封(含2封转下年度办结)均在规定时限内答复办结。",
        "", "", "applications_received=27 applications_withdrawn=14 applications_carried_out=2 ?applications_answered=13"),
    "matters of service are no columns": (
        "前期进驻公安政务服务专区的服务事项299项。",
        "", "", ""),
    "granted in whole and in part": (
        "受理依申请公开9件,其中,予以公开与部分公开4宗,无法提供5宗。",
        "", "", "applications_received=9 applications_granted=4 applications_unavailable=5"),
    "classes in quotes with their volume": (
        "全年信息更新468条,其中“政策法规”发布量22条,“人事信息”发布量23条。",
        "", "", "disclosed_total=468 category_count=22 category_count=23"),
    "interpretations among others": (
        "“海湾商务”微信公众号发布政策解读、民生信息等600条。",
        "wechat_account=海湾商务", "wechat=600条/*", ""),
    "a bracket between channels": (
        "通过乡政府门户网站、政务服务中心、村(社区)公示栏、微信公众号等渠道,主动公开各类信息62条。",
        "", "gov_website+service_hall+bulletin_board+wechat=62条", "?disclosed_total=62"),
    "documents among others": (
        "依法主动公开我局制定的规范性文件、对人大建议和政协提案的答复等政府信息19件。",
        "", "", "disclosed_total=19"),
    "staff named for each unit are no total": (
        "各科室(站所)均明确1名专职信息员,每个村指定一名信息联络员,局办公室确定一名专职人员负责审核。",
        "", "", "staff_fulltime=1"),
    "interpretations in several forms": (
        "发布文字解读、视频解读等政策解读12篇。",
        "", "", "policy_interpretations=12"),
}
# fmt: on


@pytest.mark.parametrize(("text", "contacts", "channels", "counts"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(differences: Callable[..., list[str]], text: str, contacts: str, channels: str, counts: str) -> None:
    assert differences(text, contacts=contacts, channels=channels, counts=counts) == []
