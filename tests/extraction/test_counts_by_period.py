"""Passages in the manner of each generation of reports, 2008 to 2025: invented bodies, answers worked out by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

# fmt: off
EXAMPLES = {
    "2010 narrative with shares": (
        "本局2010年主动公开政府信息125条,全文电子化率为98%。在主动公开的信息中,政策法规类的信息25条,占总体的比例为20%;规划计划类的信息5条,占4%;业务类的信息95条,占76%。",
        "", "disclosed_total=125 rate=98 category_count=25 rate=20 category_count=5 rate=4 category_count=95 rate=76"),
    "2011 applications by form": (
        "2011年度共受理政府信息公开申请10件。其中,当面申请4件,占总数的40%;以网上提交表单形式申请3件,占30%;以信函形式申请3件,占30%。",
        "", "applications_received=10 applications_in_person=4 rate=40 applications_online=3 rate=30 applications_letter=3 rate=30"),
    "2011 outcomes in quotation marks": (
        "在已经答复的10件申请中,“同意公开”的5件,“部分公开”的1件,“非本机关政府信息”的2件,“信息不存在”的2件。",
        "", "applications_answered=10 applications_granted=5 applications_partial=1 applications_unavailable=2 applications_unavailable=2"),
    "2009 enquiries": (
        "2009年共接受市民咨询220人次,其中现场咨询30人次,占14%;电话咨询150人次,占68%;网上咨询40人次,占18%。政府信息公开专栏访问量5820人次。",
        "", "consultations=220 consultations=30 rate=14 consultations=150 rate=68 consultations=40 rate=18 views=5820"),
    "2012 disputes and staff": (
        "发生针对本机关政府信息公开事务的行政复议案0件,行政诉讼案1件,有关的申诉案0件。从事政府信息公开工作的全职人员1人,兼职人员3人。",
        "", "reviews=0 litigations=1 complaints=0 staff_fulltime=1 staff_parttime=3"),
    "2008 first year": (
        "截至2008年12月底,我镇共公开政府信息34条,其中政务动态20条,政策文件14条。未发生收费情况。",
        "", "disclosed_total=34 category_count=20 category_count=14 fees_charged=0"),
    "2013 places": (
        "在档案馆、图书馆设立查阅场所2处,接待查阅群众65人次。",
        "", "reading_points=2 reading_visits=65"),
    "2015 indicators in prose, by channel": (
        "通过不同渠道和方式公开政府信息的情况:政府公报公开6条,政府网站公开212条,政务微博公开30条,政务微信公开48条,其他方式公开9条。",
        "gov_gazette=6 gov_website=212 weibo=30 wechat=48 other=9", ""),
    "2016 responses": (
        "全年回应公众关注热点或重大舆情数3次,参加或举办新闻发布会总次数2次,政府网站在线访谈次数1次,发布政策解读稿件数15篇。",
        "", "hotspot_responses=3 press_conferences=2 interviews_online=1 policy_interpretations=15"),
    "2017 applications": (
        "2017年收到政府信息公开申请18件,按时办结数18件,属于已主动公开范围5件,同意公开8件,不同意公开1件,不属于本行政机关公开4件。",
        "", "applications_received=18 applications_answered=18 applications_other_result=5 applications_granted=8 applications_refused=1 applications_unavailable=4"),
    "2014 resources": (
        "全区政府信息公开工作专门机构数1个,设置政府信息公开查阅点14个,从事政府信息公开工作人员30人,其中专职人员4人、兼职人员26人。开政府信息公开工作会议5次,办各类培训班2次,接受培训160人次。",
        "", "reading_points=14 staff_total=30 staff_fulltime=4 staff_parttime=26 meetings_held=5 trainings_held=2 trainees=160"),
    "2018 two sites of one name": (
        "2018年,“中国·南屏”网站公开我局信息72条,局门户网站公开信息310条。",
        "gov_website=72 gov_website=310", ""),
    "2019 account on several platforms": (
        "“南屏教育”微信公众号发布信息210篇,头条号发布信息180篇,人民号发布信息45篇,总阅读量超过120万次。",
        "wechat=210 toutiao=180 other_media_account=45", "views=1200000"),
    "2019 legacy identity": (
        "全年新收申请120件,上年结转8件,共办结123件,结转下年度5件。",
        "", "applications_received=120 applications_carried_in=8 applications_answered=123 applications_carried_out=5"),
    "2020 two partitions of one total": (
        "2020年共收到信息公开申请30件,包括自然人26件、法人或其他组织4件。从答复情况看,予以公开14件,部分公开2件,无法提供10件,不予处理4件。",
        "", "applications_received=30 applications_by_applicant=26 applications_by_applicant=4 applications_granted=14 applications_partial=2 applications_unavailable=10 applications_not_processed=4"),
    "2021 heading and text in one line": (
        "(二)依申请公开。全年共收到3件,均已按时答复,未发生行政复议、行政诉讼情况。",
        "", "applications_received=3 applications_answered=3 reviews=0 litigations=0"),
    "2021 parts of a whole, channels": (
        "2021年,我局共发布政府信息551条,其中门户网站发布233条,“平川住建”微信公众号发布318条。",
        "gov_website=233 wechat=318", "disclosed_total=551"),
    "2022 normative documents and interpretation": (
        "2022年制定出台行政规范性文件5件,对应发布解读材料9篇,解读率100%。",
        "", "normative_docs_issued=5 policy_interpretations=9 rate=100"),
    "2022 site, accounts, update": (
        "全年县政府门户网站更新信息6200条,其中政务动态2100条,政府文件85件;“平川发布”微信公众号推送信息1860条,微博发布信息940条,抖音发布短视频122个。",
        "gov_website=6200 wechat=1860 weibo=940 douyin=122", "category_count=2100 category_count=85"),
    "2023 proposals, letters": (
        "全文公开人大代表建议办理结果12件、政协提案办理结果9件。办理“我为政府网站找错”留言4条,办理县长信箱邮件63件。",
        "", "suggestions_handled=12 suggestions_handled=9 mailbox_replies=4 mailbox_replies=63"),
    "2023 open day, live, media": (
        "开展“政府开放日”活动6次,参与群众200余人。召开新闻发布会12场,在省级以上媒体刊发稿件45篇。",
        "news_media=45", "publicity_events=6 press_conferences=12"),
    "2024 township": (
        "2024年,我镇通过政务公开栏公示信息46条,微信群推送信息120余条,广播宣传30次。",
        "bulletin_board=46 im_group=120 broadcast_tv=30", ""),
    "2024 zero, listed twice": (
        "2024年度我街道未收到政府信息公开申请;未产生行政复议和行政诉讼;未收取信息处理费。",
        "", "applications_received=0 reviews=0 litigations=0 fees_charged=0"),
    "2024 county government, long sentence": (
        "2024年,全县各级行政机关主动公开政府信息2.3万余条,县政府网站访问量达312.5万人次,政务新媒体累计推送信息1.2万条。",
        "new_media=12000", "disclosed_total=23000 views=3125000"),
    "2025 fees and bulk": (
        "本年度共产生政府信息公开信息处理费1200元,实际收取900元。",
        "", "fees_charged=1200 fees_charged=900"),
    "2025 conversion to enquiries": (
        "收到政府信息公开申请75件,较上年的92件减少18.5%,其中转为咨询3件。",
        "", "applications_received=75 applications_received=92@previous_year yoy_change=-18.5 consultations=3"),
    "2025 complaints about services are none of ours": (
        "受理消费投诉260件,处理12315平台投诉举报420件。",
        "", ""),
    "2022 complaints about disclosure": (
        "未接到有关政府信息公开的举报和投诉。",
        "", "complaints=0"),
    "2020 nothing else": (
        "本年度无其他需要报告的事项。",
        "", ""),
    "2021 inspection and assessment": (
        "对全县42个单位开展政务公开检查2次,印发检查通报2份。",
        "", "inspections=2 inspections=2"),
    "2020 channel with the number in front": (
        "在县电视台播出专题节目24期,《南屏日报》刊发信息56篇。",
        "broadcast_tv=24/subset newspaper=56", ""),
    "2019 interviews, questions": (
        "开展在线访谈4期,网上调查6期,收集意见98条。",
        "", "interviews_online=4 opinions_solicited=6 opinions_received=98"),
    "2023 training elsewhere": (
        "组织全县政务公开业务骨干开展培训5次,累计培训320人次。",
        "", "trainings_held=5 trainees=320"),
    "2016 shared and named carriers": (
        "通过区政府信息公开网和《南屏区人民政府公报》公开文件48件。",
        "disclosure_platform+gov_gazette=48/shared", ""),
    "2012 unit dropped before a comma": (
        "区政府网站公开信息820,部门子站公开信息1415条。",
        "gov_website=820 gov_website=1415", ""),
}
# fmt: on


@pytest.mark.parametrize(("text", "channels", "metrics"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(
    read_counts: Callable[[str], tuple[Counter[str], Counter[str]]], text: str, channels: str, metrics: str
) -> None:
    assert read_counts(text) == (Counter(channels.split()), Counter(metrics.split()))
