"""Fourth set: one sentence each, after the rules of the first three; and what reports found on the web showed.

Each example: the text, its contacts, its channel counts and its counts (see ``differences`` in conftest.py); ``?`` marks what may be
found or not.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

# fmt: off
EXAMPLES = {
    "a registry as a platform": (
        "2023年,枫榆新区市场监管局通过区政府门户网站公开信息412条(政策法规26条、执法信息288条、工作动态98条),通过“枫榆市场监管”微信公众号发布信息635条,依托国家企业信用信息公示系统公示行政处罚信息174条。",
        "wechat_account=枫榆市场监管", "gov_website=412条 wechat=635条 ?disclosure_platform=174条/subset", "category_count=26 category_count=288 category_count=98 ?category_count=174"),
    "ways and outcomes of an old form": (
        "全年办理依申请公开件38件,其中网上申请29件、现场申请4件、信件申请5件。办理结果为:同意公开20件,不予公开3件,信息不存在9件,非本机关职责6件。",
        "", "", "applications_received=38 applications_online=29 applications_in_person=4 applications_letter=5 applications_granted=20 applications_refused=3 applications_unavailable=9 applications_unavailable=6"),
    "village columns, an unnamed platform": (
        "本镇全年通过镇村两级公开栏公开信息480条次,通过“智慧青榆”平台公开信息162条,召开村民大会22场次,发放政策宣传单8600余张。",
        "", "bulletin_board=480条次 ?disclosure_platform=162条", "materials_distributed=8600 ?meetings_held=22"),
    "ways of publishing by edition of 2014": (
        "2015年主动公开政府信息2.46万条,其中规范性文件138件。不同渠道公开情况:政府公报89条、政府网站2.1万条、政务微博1560条、政务微信980条、其他方式971条。",
        "", "gov_gazette=89条 gov_website=21000条 weibo=1560条 wechat=980条 other=971条", "disclosed_total=24600 category_count=138"),
    "numbers without verbs": (
        "信息公开申请收到数13件,同比减少23.5%;办结数13件,其中按时办结13件,延期办结0件;予以公开率46.2%。",
        "", "", "applications_received=13 yoy_change=-23.5 applications_answered=13 ?applications_answered=13 ?applications_answered=0 rate=46.2"),
    "one each, upheld": (
        "行政复议、行政诉讼各1件,结果均为维持。",
        "", "", "reviews=1 litigations=1 reviews_upheld=1 litigations_upheld=1"),
    "a county's media": (
        "县融媒体中心播发政务新闻1260条,县电视台《政策面对面》播出24期,《今日青榆》刊登公告56则。",
        "", "?news_media=1260条/* broadcast_tv=24期/* ?newspaper=56则/subset", ""),
    "trainings and inspections": (
        "共组织政务公开培训6场次,受训人员452人次,到镇街督导检查3轮,发出督办通知11份。",
        "", "", "trainings_held=6 trainees=452 inspections=3 ?inspections=11"),
    "orders and letters": (
        "12345政务服务热线转办工单3860件,按期办结率99.8%;局长信箱收信142封,全部回复。",
        "", "", "hotline_orders=3860 rate=99.8 mailbox_replies=142 ?mailbox_replies=142"),
    "interpretation by form": (
        "制发政策文件24份,解读24份,做到同步解读;其中“一图读懂”16份,短视频解读8份。",
        "", "", "policy_interpretations=24 policy_interpretations=16 policy_interpretations=8 ?documents_published=24 ?category_count=24"),
    "home page and section of the portal": (
        "门户网站首页全年更新1260条,政务公开专栏更新386条,累计访问46.7万人次,较去年翻一番。",
        "", "gov_website=1260条 disclosure_platform=386条", "views=467000"),
    "a school's site and paper": (
        "校长信箱回复来信86封,信息公开网访问量5.2万次,招生网发布信息210条,校报刊发稿件164篇。",
        "", "gov_website=210条 newspaper=164篇", "mailbox_replies=86 views=52000"),
    "three zeros": (
        "未接到公民、法人政府信息公开申请;未产生信息公开相关费用;未因信息公开引发举报、复议和诉讼。",
        "", "", "applications_received=0 fees_charged=0 complaints=0 reviews=0 litigations=0"),
    "reading points in several places": (
        "在全市3个政务服务大厅、12个图书馆和档案馆设立政府信息查阅点15个,接待群众查阅2300人次。",
        "", "", "reading_points=15 reading_visits=2300"),
    "meetings and leaders": (
        "全年共召开局党组会专题研究政务公开工作3次,局长带队督导2次,制定制度4项。",
        "", "", "meetings_held=3 inspections=2"),
    "growth from … to …": (
        "今年以来,微信公众号推文总阅读数达86万,单篇最高阅读量3.2万,粉丝数由上年的2.1万增至2.8万。",
        "", "", "views=860000 views=32000 ?followers=21000 followers=28000"),
    "kinds of messages": (
        "共受理群众网上留言1123件,其中咨询类632件、建议类201件、投诉类290件,办结率100%。",
        "", "", "mailbox_replies=1123 ?mailbox_replies=632 ?mailbox_replies=201 ?mailbox_replies=290 ?consultations=632 rate=100"),
    "three kinds of information": (
        "全年公开重大建设项目信息36条、公共资源配置信息112条、社会公益事业信息208条。",
        "", "", "category_count=36 category_count=112 category_count=208"),
    "a cumulative channel": (
        "截止2010年底,本局在网站上累计公开政府信息1230条,其中2010年度公开316条,全部实现电子化。",
        "", "gov_website=1230条/cumulative ?gov_website=316条/*", "?disclosed_total=316"),
    "contacts: bracket before 联系": (
        "如有疑问,请与枫榆新区管委会办公室(电话:0753-2250011,地址:枫榆新区广梅路88号,邮编:514000)联系。",
        "contact_unit=枫榆新区管委会办公室 phone=0753-2250011 address=枫榆新区广梅路88号 postcode=514000", "", ""),
    "contacts: web address with path": (
        "本报告电子版可在枫榆新区门户网站(网址:https://www.fengyu.gov.cn/zwgk/)查阅和下载;联系人:李文静,联系电话:2250012,传真:2250013,E-mail:fyxq_bgs@gd.gov.cn。",
        "website=https://www.fengyu.gov.cn/zwgk/ contact_person=李文静 phone=2250012 fax=2250013 email=fyxq_bgs@gd.gov.cn", "", ""),
    "contacts: hours after the number": (
        "咨询服务电话：0753-2250110（工作日8：30-12：00，14：30-17：30）。",
        "phone=0753-2250110", "", ""),
    "nothing: market supervision": (
        "全年新增市场主体8600户,办理食品经营许可2130件,检定计量器具5600台件。",
        "", "", "?admin_licences=2130"),
    "nothing: own inspection": (
        "对照26个领域标准目录,逐项自查整改问题32个,优化流程14项。",
        "", "", "?inspections=32"),
    "nothing: proposal": (
        "建议每年至少开展2次业务培训,每名信息员每月上报信息4条。",
        "", "", ""),
    "nothing: next year's work": (
        "2026年,我局将重点做好3方面工作:一是全年举办培训不少于2期;二是新增专栏1个。",
        "", "", ""),
    "nothing: weak points": (
        "全市共有2个部门未公开2022年部门决算,5个单位答复文书不规范。",
        "", "", ""),
    "enquiries by way": (
        "共解答群众政策咨询1.1万人次,其中窗口咨询8200人次,电话咨询2800人次。",
        "", "", "consultations=11000 consultations=8200 consultations=2800"),
    "press conferences of others": (
        "由省政府办公厅主办的政策例行吹风会全年举办52场,发布新闻稿件312篇,16位厅长走进直播间。",
        "", "", "press_conferences=52 ?media_reports=312 ?category_count=312"),
    "charges in several payments": (
        "收取政府信息公开处理费2笔,共计1300元;减免0元。",
        "", "", "fees_charged=1300 ?fees_charged=0"),
    "followers between counts, reposts": (
        "2024年,沧榆区城管局累计更新门户网站信息268条,“沧榆城管”公众号推送原创文章143篇、转载186篇,微博粉丝2.4万,全年发博512条。",
        "wechat_account=沧榆城管", "gov_website=268条 wechat=143篇 wechat=186篇 weibo=512条", "followers=24000"),
    "one carried out, named by its year": (
        "全年收到依申请公开件27件,办结26件,1件结转2025年办理。其中,准予公开11件,部分公开4件,不予公开3件,本机关不掌握6件,重复申请1件,撤回1件。",
        "", "", "applications_received=27 applications_answered=26 applications_carried_out=1 applications_granted=11 applications_partial=4 applications_refused=3 applications_unavailable=6 applications_not_processed=1 applications_withdrawn=1"),
    "a review withdrawn": (
        "行政复议案件3件(维持2件、撤回1件),行政诉讼案件1件(驳回诉讼请求)。",
        "", "", "reviews=3 reviews_upheld=2 litigations=1 ?litigations_upheld=1"),
    "documents by attribute": (
        "局机关印发公文126件,其中主动公开41件、依申请公开52件、不予公开33件。",
        "", "", "category_count=126 ?documents_published=126 ?category_count=41 ?disclosed_total=41 category_count=52 category_count=33"),
    "interpretation in series": (
        "围绕惠企政策制作“一图读懂”23期,政策问答12期,邀请专家解读4次,企业知晓率96%。",
        "", "", "policy_interpretations=23 ?policy_interpretations=12 ?category_count=12 policy_interpretations=4 rate=96"),
    "a reading room": (
        "设政务公开专区1处,配置查询机2台、宣传架3个,全年接待群众查询咨询560人次。",
        "", "", "reading_points=1 ?consultations=560 ?reading_visits=560"),
    "classic and new media": (
        "通过电视、广播、报纸等传统媒体公开信息86条,通过政府网站、微博、微信等新媒体公开信息1620条。",
        "", "broadcast_tv+newspaper=86条 gov_website+weibo+wechat=1620条", ""),
    "gazette and where it lies": (
        "全年共发布政府公报6期,印发1.8万份,免费投放至乡镇、社区、图书馆等36个赠阅点。",
        "", "", "gazette_issues=6 gazette_copies=18000"),
    "training, then people": (
        "县政府办全年组织2次政务公开业务培训会,累计参训320人次;开展季度测评4次,通报问题67个。",
        "", "", "trainings_held=2 trainees=320 inspections=4 ?inspections=67"),
    "registered users": (
        "网站共有注册用户3.2万人,年访问量突破500万人次,“我要咨询”答复群众留言987条。",
        "", "", "followers=32000 views=5000000 mailbox_replies=987"),
    "no fee, no dispute": (
        "2017年度,我委未收取与政府信息公开相关的任何费用,也无行政复议、诉讼案件发生。",
        "", "", "fees_charged=0 reviews=0 litigations=0"),
    "results are information": (
        "公开部门预决算、“三公”经费等信息5条;公开行政许可结果1260件、双随机抽查结果36条。",
        "", "", "category_count=5 category_count=1260 category_count=36"),
    "proposals and texts": (
        "承办县人大代表建议18件、县政协委员提案24件,办复率100%,满意率98%,公开答复文本30件。",
        "", "", "suggestions_handled=18 suggestions_handled=24 rate=100 rate=98 ?suggestions_handled=30 ?category_count=30"),
    "more staff": (
        "专职工作人员由2人增至3人,全年投入公开工作经费12万元。",
        "", "", "?staff_fulltime=2 staff_fulltime=3 funds=120000"),
    "sites inspected": (
        "在省政府网站考核中抽查我市网站5家,合格率100%;整改错敏字23处。",
        "", "", "rate=100 ?inspections=5 ?sites=5"),
    "contacts: fax the same": (
        "如需了解详情,可与沧榆区档案局联系,地址:沧榆区书院街60号,邮编:215002,电话:0512—65220011(传真同)。",
        "contact_unit=沧榆区档案局 address=沧榆区书院街60号 postcode=215002 phone=0512-65220011 ?fax=0512-65220011", "", ""),
    "nothing: law enforcement": (
        "全局执法人员86名,办理案件312件,罚没款56万元,办结群众投诉2130件。",
        "", "", "?complaints=2130"),
    "nothing: expected": (
        "预计2025年底前完成3个专题改版,全年信息发布量达到3000条。",
        "", "", ""),
    "nothing: the place": (
        "截至2023年末,全区常住人口48.6万人,下辖8个街道、72个社区。",
        "", "", ""),
    "a printed newsletter": (
        "2014年1至12月,镇政府通过网络公开信息156条,通过电子触摸屏公开信息48条,编印《村务公开简报》4期800份。",
        "", "gov_website=156条 led_screen=48条 ?brochure=4期/*", "?materials_distributed=800"),
    "answered, named as 答复; carried in within": (
        "共完成依申请公开答复214件,其中包括上年结转的申请12件。按结果分,予以公开答复130件,占60.7%;部分公开9,占4.2%。",
        "", "", "applications_answered=214 applications_carried_in=12 applications_granted=130 rate=60.7 applications_partial=9 rate=4.2"),
    "results belong to the reviews, there being no litigation": (
        "被申请行政复议4宗,行政诉讼0宗,其中复议机关维持原答复3宗,结果纠正1宗。",
        "", "", "reviews=4 litigations=0 reviews_upheld=3 reviews_corrected=1"),
    "a class in brackets is no channel": (
        "全年通过《云山日报》、云山电视台等市县主流媒体(含新媒体)刊播新闻信息318条。",
        "", "news_media=318条", ""),
    "a subtotal at the end of a list": (
        "主动公开信息60条,其中机构职能12条、公告公示28条,共公开40条。",
        "", "", "disclosed_total=60 category_count=12 category_count=28"),
    "the account's number after a class word": (
        "“云山教育”抖音公众号发布稿件65条。",
        "", "douyin=65条", ""),
    "interpretation named among other things": (
        "通过镇网站主动公开预算、招聘、政策解读等群众关心的信息共计42条。",
        "", "gov_website=42条/*", ""),
    "documents so far, and over the years": (
        "全年主动公开文件16件,历年累计288条。",
        "", "", "documents_published=16 disclosed_cumulative=288"),
    "full- and part-time together": (
        "全系统从事信息公开的专、兼职人员共230人。",
        "", "", "staff_total=230"),
    "on another's platform": (
        "微博发布信息90条,在省级救助管理平台发布民政信息350条。",
        "", "weibo=90条", ""),
    "a year left open": (
        "201x年度未受理公开申请。20XX年我局未发生行政复议和行政诉讼,全年公开信息17条。",
        "", "", "applications_received=0 reviews=0 litigations=0 disclosed_total=17"),
    "what was denied does not count what follows": (
        "2019年我局未发生行政复议和行政诉讼,全年公开信息17条。",
        "", "", "reviews=0 litigations=0 disclosed_total=17"),
    "all upheld, of those whose result was not said": (
        "因信息公开被申请行政复议6件,其中维持4件、纠正2件;被提起行政诉讼3件,均判决驳回原告诉讼请求。",
        "", "", "reviews=6 reviews_upheld=4 reviews_corrected=2 litigations=3 litigations_upheld=3"),
    "last year as the subject": (
        "上年度我局受理公开申请6件,今年受理9件,同比增长50%。",
        "", "", "applications_received=6 applications_received=9 yoy_change=50"),
    "carried on, after outcomes": (
        "共受理公开申请21件,上年结转2件,予以公开14件,信息不存在5件,结转4件。",
        "", "", "applications_received=21 applications_carried_in=2 applications_granted=14 applications_unavailable=5 applications_carried_out=4"),
    "two kinds of dispute without a mark between": (
        "全年未发生因信息公开引起的行政复议诉讼。",
        "", "", "reviews=0 litigations=0"),
    "media among which one has a channel of its own": (
        "在新华社、云泊观察、每日头条等媒体上发布信息64条。",
        "", "news_media=64条", ""),
    "a total after its parts": (
        "今年发布信息:工作动态75条、政策法规14条、财务公开8条,共计97条。",
        "", "", "category_count=75 category_count=14 category_count=8 disclosed_total=97"),
    "two lists of licences and penalties": (
        "政务微博信息发布量312条,电子屏滚动播放180条次,双公示信息2200条。",
        "", "weibo=312条 led_screen=180条次 ?*=2200条", "?category_count=2200"),
    "what was made, and what of it was published": (
        "2017年全局共制作政府信息940条,其中主动公开信息615条,依申请公开信息205条,不予公开信息120条。",
        "", "", "disclosed_total=615 category_count=205 category_count=120 ?category_count=940"),
    "a class of information is no refused application": (
        "本年度主动公开信息的有8条;不予公开信息有11条,主要涉及内部管理。",
        "", "", "disclosed_total=8 ?category_count=11"),
    "no refusal": (
        "本年度我局无不予公开政府信息情况。",
        "", "", "applications_refused=0"),
    "since the beginning, with a share between": (
        "到年底,全区历年累计公开政府信息7310条,全文电子化率为96.4%,其中,本年度新增主动公开政府信息1850条。",
        "", "", "disclosed_cumulative=7310 rate=96.4 disclosed_total=1850"),
    "full- and part-time after the number": (
        "全镇配备了14名专、兼职工作人员。",
        "", "", "staff_total=14"),
}
# fmt: on


@pytest.mark.parametrize(("text", "contacts", "channels", "counts"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(differences: Callable[..., list[str]], text: str, contacts: str, channels: str, counts: str) -> None:
    assert differences(text, contacts=contacts, channels=channels, counts=counts) == []
