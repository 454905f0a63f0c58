"""Counts as public reports of 2019–2025 state them: sentences of our own, worked out by hand, each for one phenomenon."""

from collections.abc import Callable

import pytest

import nlp

# fmt: off
EXAMPLES = {
    "the name of a hotline before letters is no number": (
        "全年街道收到12345群众来信47件。",
        "", "", "hotline_orders=47"),
    "letters and applications with one number": (
        "本局收到12345群众来信、政府信息公开申请等52件,其中政府信息公开申请6件,均按时答复。",
        "", "", "applications_received=6 applications_answered=6"),
    "decisions on reviews that were published": (
        "以县政府网站为平台,主动公开政府信息73条、行政复议决定书21份。",
        "", "gov_website=73条 gov_website=21份/subset", ""),
    "no application for a licence is no zero": (
        "本年度未收到行政许可申请,未收到政府信息公开申请。",
        "", "", "applications_received=0"),
    "no application for a licence alone": (
        "本年度未收到行政许可申请。",
        "", "", ""),
    "subscribers of an account": (
        "“松坪发布”微信公众号发布信息415条,订阅1860个。",
        "wechat_account=松坪发布", "wechat=415条", "followers=1860"),
    "a change in items behind a comma": (
        "全年主动公开信息170条,其中网站发布120条,报刊公开50条,相比上年,共增加24条。",
        "", "gov_website=120条 newspaper=50条", "disclosed_total=170"),
    "the rest was answered": (
        "全年收到依申请公开14件,其中5件申请人撤回,其余均已答复。",
        "", "", "applications_received=14 applications_withdrawn=5 ?applications_answered=9"),
    "interpretations are the form of what was published": (
        "依托微信公众号、视频号等平台,采用图文解读、动漫等形式,全年发布各类政务信息70余条。",
        "", "wechat+wechat_channels=70条", ""),
    "so many were reviewed": (
        "全年收到23宗政府信息公开申请,未被行政诉讼,4宗被行政复议结果维持。",
        "", "", "applications_received=23 litigations=0 reviews=4 reviews_upheld=4"),
    "an outcome before the word answer": (
        "全年办理依申请公开11件,本机关不掌握政府信息答复5件。",
        "", "", "applications_received=11 applications_unavailable=5"),
    "public already, as an outcome": (
        "全年办理申请13件,予以公开6件,已通过网站对外公开4件,不予公开3件。",
        "", "", "applications_received=13 applications_granted=6 applications_other_result=4 applications_refused=3"),
    "laws that were reposted": (
        "及时转载法律法规规章共计26部。",
        "", "", ""),
    "documents in force that were published": (
        "集中发布现行有效的区政府规范性文件9件。",
        "", "", "normative_docs_valid=9"),
    "press conferences in a list that ends with interviews": (
        "本厅举办新闻发布会和参加省政府新闻发布会、集中采访共7次。",
        "", "", "press_conferences=7"),
    "powers of a body are no decisions": (
        "经梳理,本局保留行政权力事项205项,其中行政许可24项、行政处罚160项、行政强制12项、行政检查9项。",
        "", "", ""),
    "powers that were exercised": (
        "全年办理行政权力事项205件,其中行政许可24件、行政处罚160件。",
        "", "", "admin_licences=24 admin_penalties=160"),
    "denied defeats deny no disputes": (
        "没有因信息公开引起行政复议纠错和行政诉讼败诉的情形。",
        "", "", "reviews_corrected=0 litigations_corrected=0"),
    "denied corrections in a coordination": (
        "未发生行政复议及行政诉讼被纠错的情况。",
        "", "", "reviews_corrected=0 litigations_corrected=0"),
    "news conferences are no verb of publishing": (
        "全年公开政府信息95条,公开新闻发布信息6条,召开新闻发布会2次。",
        "", "", "disclosed_total=95 category_count=6 press_conferences=2"),
    "applications of last year that were passed on": (
        "今年收到公开申请9件、转办上一年度申请4件。",
        "", "", "applications_received=9 applications_carried_in=4"),
    "opinions asked for": (
        "主动向社会公开征集意见8次。",
        "", "", "opinions_solicited=8"),
    "opinions asked for, with feedback": (
        "推动网站公开征求意见建议并反馈意见采纳情况的事项31项。",
        "", "", "opinions_solicited=31"),
    "a Weibo account called 公众号": (
        "全县政务微信公众号发布信息640条,政务微博公众号发布信息510条。",
        "", "wechat=640条 weibo=510条", ""),
    "statistical communiqués are no gazette": (
        "全年发布统计分析14篇、统计公报3篇。",
        "", "", "category_count=14 category_count=3"),
    "metrics of their own within a list": (
        "区政府门户网站共发布信息420条,其中动态信息150条,开展征集5期,公开政府公报6期。",
        "", "gov_website=420条", "category_count=150 opinions_solicited=5 gazette_issues=6"),
    "applications handled are another matter": (
        "主动公开政务信息130条,其中规范性文件4件;处理信息公开申请18件。",
        "", "", "disclosed_total=130 category_count=4 applications_received=18"),
    "published bulletins are no inspections": (
        "公开水产品质量监测通报等9条。",
        "", "", "?category_count=9"),
    "all that was disclosed in several fields": (
        "全年主动公开低保救助、殡葬管理、养老服务等方面政府信息260条。",
        "", "", "disclosed_total=260"),
    "columns as subjects": (
        "“街道要闻”栏目发布86条,“图片墙”栏目31条。",
        "", "", "category_count=86 category_count=31"),
    "columns of a site are no total": (
        "“财务收支”栏目发布16条信息。“规划计划”栏目发布11条信息。",
        "", "", "category_count=16 category_count=11"),
    "a column of the site named before it": (
        "区局网站“发展规划”栏目发布14条信息。",
        "", "gov_website=14条/subset", ""),
    "topics just opened": (
        "全年公开信息260条。开设“营商环境”等2个专题,动态发布各类信息80余条。",
        "", "", "disclosed_total=260 columns=2"),
    "what was published on one field of work": (
        "全年公开信息260条,聚焦养老、托育等工作发布相关信息47条。",
        "", "", "disclosed_total=260 ?category_count=47"),
    "what was entered into another platform": (
        "主动公开各类信息210条。在信用信息平台录入公开信息530条,其中督导检查410条。",
        "", "", "disclosed_total=210"),
    "all platforms together": (
        "全平台发布各类政务信息合计90条,其中网站60条,微博30条。",
        "", "gov_website=60条 weibo=30条", "disclosed_total=90"),
    "titles as examples": (
        "发布《保障房选房公示》等21条公共资源信息。",
        "", "", "category_count=21"),
    "the rest of a name": (
        "在各类新闻媒体平台发稿215条。",
        "", "news_media=215条", ""),
    "a second verb of publishing": (
        "通过局网站,主动公开政府信息按时发布63条(其中概况信息4条,部门决算5条)。",
        "", "gov_website=63条", "category_count=4 category_count=5"),
    "涉及 opens a list of classes": (
        "通过县门户网站发布信息510条,涉及概况类信息9条,政务动态类信息430条。",
        "", "gov_website=510条", "category_count=9 category_count=430"),
    "columns of the site are no notice boards": (
        "局网站通知公告栏发布信息88条。",
        "", "gov_website=88条/subset", ""),
    "a sub-site of the service platform": (
        "通过云岭政务服务网松坪子站公布政务服务事项17条。",
        "", "disclosure_platform=17条/subset", ""),
    "the rest of another list": (
        "通过区门户网站发布信息540条,今日头条转载各类信息20条,其他类信息130条。",
        "", "gov_website=540条 toutiao=20条 ?gov_website=130条/subset", ""),
    "platforms without a name are not the one before": (
        "通过政府信息公开目录系统主动公开政府信息42条,在各类平台发布宣传稿件51条,其中国家级平台3条、市级平台48条。",
        "", "disclosure_platform=42条", "?category_count=51"),
    "all sorts of platforms": (
        "本局通过各种公开平台载体累计公开政府信息140余条,其中通过县政府网站公开120条。",
        "", "gov_website=120条", "disclosed_total=140"),
    "kinds of calls to a hotline of service": (
        "运输服务热线全年共服务社会3400人次,信息咨询类2600件,投诉举报类700件。",
        "", "", "hotline_orders=3400"),
    "kinds of business": (
        "窗口全年办理公共法律服务事项860件,其中公证类90件、电话咨询类410件。",
        "", "", ""),
    "applications that came by letter": (
        "全年收到申请16件,其中通过网络收到申请12件,通过来信收到申请4件。",
        "", "", "applications_received=16 applications_online=12 applications_letter=4"),
    "applicants who came": (
        "全年收到申请21件,其中网络收件11件、邮寄收件8件、来访2件。",
        "", "", "applications_received=21 applications_online=11 applications_letter=8 applications_in_person=2"),
    "callers who came are no applications": (
        "全年收到申请21件。接待群众来访14件。",
        "", "", "applications_received=21 consultations=14"),
    "applications through a system and a mailbox": (
        "全年共收到信息公开申请9件,其中通过依申请公开系统收到7件,局长信箱收到2件;予以公开4件,部分公开3件,其他处理2件。",
        "", "", "applications_received=9 applications_online=7 ?applications_other_form=2 applications_granted=4 applications_partial=3 applications_other_result=2"),
    "applications handled online": (
        "共收到政府信息公开申请24件,其中线上办理19件,线下办理5件。",
        "", "", "applications_received=24 applications_online=19"),
    "decisions that were published": (
        "全年公示行政许可95件、行政处罚22件。",
        "", "", "admin_licences=95 admin_penalties=22"),
    "decisions by their form": (
        "全年主动公开行政许可处理事项31件、行政处罚处理事项64件。",
        "", "", "admin_licences=31 admin_penalties=64"),
    "decisions that a site published": (
        "局网站公示行政许可95件。",
        "", "gov_website=95件/subset", ""),
    "decisions published are information within a total": (
        "主动公开信息340条,其中行政许可95件、行政处罚22件。",
        "", "", "disclosed_total=340 category_count=95 category_count=22"),
    "accepted and finished": (
        "全年依申请公开受理和办结8件。",
        "", "", "applications_received=8 applications_answered=8"),
    "finished already": (
        "全年依申请公开均办结8件。",
        "", "", "applications_answered=8"),
    "handled and answered": (
        "全年共办理答复政府信息公开申请7件。",
        "", "", "applications_received=7 applications_answered=7"),
    "years side by side": (
        "2023年共发布信息54件。从历年情况看,2020年办理政府信息公开申请5件,2021年办理8件,2022年办理6件,2023年办理7件。",
        "", "", "disclosed_total=54 applications_received=6@previous_year applications_received=7"),
    "years side by side that are not told apart": (
        "2023年共发布信息54件。2020年至2023年分别收到申请5件、8件、6件、7件。",
        "", "", "disclosed_total=54 ?applications_received=7"),
    "a list after a colon behind kinds": (
        "本局公开的主要类别:机构职能5条,干部任免9条,会议纪要7条。",
        "", "", "category_count=5 category_count=9 category_count=7"),
    "a list that goes on after a bracket": (
        "公开区政府工作报告4条(含往年2条)、干部任免信息7条、财政预决算信息5条。",
        "", "", "category_count=4 ?category_count=2 category_count=7 category_count=5"),
    "two people, in words": (
        "现有两名信息公开工作人员,明确一名同志专职负责政府信息公开工作。",
        "", "", "staff_total=2 staff_fulltime=1"),
    "two rules, in words": (
        "制定印发了《停车场管理办法》《犬只管理办法》两部政府规章。",
        "", "", "regulations_issued=2"),
    "two events, in words": (
        "举办两场“政策公开讲”活动,开展送政策上门活动20余场。",
        "", "", "publicity_events=2 publicity_events=20"),
    "nothing carried in or out": (
        "收到政府信息公开申请5件,无2022年结转申请和结转2024年继续办理事项。",
        "", "", "applications_received=5 applications_carried_in=0 applications_carried_out=0"),
    "carried out after the number": (
        "新接收依申请公开17件,办结15件,另有2件转2024年继续办理。",
        "", "", "applications_received=17 applications_answered=15 applications_carried_out=2"),
    "no documents issued or repealed": (
        "全年本局未制发、废止、修改行政规范性文件。",
        "", "", "normative_docs_issued=0 normative_docs_repealed=0"),
    "a zero verb over a comma": (
        "本局未受理政府信息公开申请,行政复议和行政诉讼。",
        "", "", "applications_received=0 reviews=0 litigations=0"),
    "all of them granted in part": (
        "答复政府信息公开申请5件,均为部分公开。",
        "", "", "applications_answered=5 applications_partial=5"),
    "a lawsuit that is pending": (
        "全年收到申请12件;答复后被行政复议4件,全部维持;诉讼2件,尚未审结。",
        "", "", "applications_received=12 reviews=4 reviews_upheld=4 litigations=2 litigations_pending=2"),
    "subjects of posts on one account": (
        "通过“松坪司法”微信公众号,发布技能推文22篇,就业推文9篇,政策及法规解读13篇,廉政推文8篇。",
        "wechat_account=松坪司法", "wechat=22篇/subset wechat=9篇/subset wechat=13篇/subset wechat=8篇/subset", "policy_interpretations=13"),
    "a platform that was improved": (
        "持续完善规范性文件统一公开平台,以县政府名义发布政府规章4部、行政规范性文件9件。",
        "", "", "regulations_issued=4 normative_docs_issued=9"),
    "a platform through which": (
        "依托政府信息公开平台,发布信息90条。",
        "", "disclosure_platform=90条", ""),
    "two columns of one site": (
        "区局网站“发展规划”栏目发布14条信息,“财政信息”栏目发布35条。",
        "", "gov_website=14条/subset gov_website=35条/subset", ""),
    "money paid out is what was published": (
        "全年公开信息175条,全年累计公开惠农补贴发放相关信息52条。",
        "", "", "disclosed_total=175 category_count=52"),
    "letters answered after the ways of applying": (
        "受理申请10件,其中网上6件,当面4件;来信回复25件,来访接待12批次。",
        "", "", "applications_received=10 applications_online=6 applications_in_person=4 mailbox_replies=25 consultations=12"),
    "matters of licence in a list of what was published": (
        "公开权责清单5份、行政许可事项38项。",
        "", "", "category_count=5"),
    "a change whose year is named": (
        "与2022年相比,2023年申请减少4件,2023年收到申请11件。",
        "", "", "applications_received=11"),
    "opinions asked for and received": (
        "开展征集意见3次,收到意见17条。",
        "", "", "opinions_solicited=3 opinions_received=17"),
    "newspapers subscribed to": (
        "全年订阅报纸6份。",
        "", "", ""),
    "a leader and two of the staff": (
        "确定一名分管领导和两名工作人员负责信息公开工作。",
        "", "", "?staff_total=2"),
    "totals of years side by side": (
        "2021年发布信息26条,2022年发布信息37条,2023年发布信息45条。",
        "", "", "disclosed_total=37@previous_year disclosed_total=45"),
    "each of two publications": (
        "主动公开重点领域信息16条,其中统计信息6条,统计公报、统计年鉴各2条。",
        "", "", "category_count=16 category_count=6 category_count=2 category_count=2"),
    "each of what is not told": (
        "公开区政府工作报告2条(中英文各1条)、干部任免信息7条。",
        "", "", "category_count=2 category_count=7"),
    "a change in applications": (
        "全年收到申请11件,比上年共增加申请3件。",
        "", "", "applications_received=11"),
    "powers and what was done with them": (
        "本局共有行政职权85项,实施行政检查110次。",
        "", "", "inspections=110"),
    "a column of an account is no account": (
        "微信公众号“助企纾困”专栏发布信息19条。",
        "", "wechat=19条/subset", ""),
    "people in words behind what they are": (
        "现有工作人员两名,其中专职一名。",
        "", "", "staff_total=2 staff_fulltime=1"),
    "libraries of rules": (
        "上传国家规章库规章16部,规范性文件库收录文件44件。",
        "", "", "?category_count=44"),
    "an answer put off into next year": (
        "收到申请19件,办结18件,1件因征求第三方意见延期至2024年2月答复。",
        "", "", "applications_received=19 applications_answered=18"),
    "applications passed on": (
        "收到申请19件,转办申请4件至其他单位。",
        "", "", "applications_received=19 applications_other_result=4"),
    "a lawsuit that is pending, in brackets": (
        "行政复议3件(维持2件、其他结果1件),行政诉讼2件(尚未审结)。",
        "", "", "reviews=3 reviews_upheld=2 litigations=2 litigations_pending=2"),
    "comments are no posts": (
        "政务微博发布微博180条,评论45条。",
        "", "weibo=180条", ""),
    "news releases of a conference": (
        "召开新闻发布会3场,发布新闻稿16篇。",
        "", "", "press_conferences=3 category_count=16"),
    "other matters that were asked for": (
        "收到申请9件,其中涉及土地征收6件,财政资金2件,其他1件。",
        "", "", "applications_received=9"),
    "other outcomes": (
        "收到申请9件,其中予以公开6件,部分公开2件,其他1件。",
        "", "", "applications_received=9 applications_granted=6 applications_partial=2 applications_other_result=1"),
    "who asked": (
        "申请人主要为公民,共8件,法人3件。",
        "", "", "applications_by_applicant=8 applications_by_applicant=3"),
    "a report that begins": (
        "现将工作情况报告如下。全年公开信息185条,收到申请4件。",
        "", "", "disclosed_total=185 applications_received=4"),
    "a report that begins, with a list of its own": (
        "现将有关情况公布如下:全年公开信息185条,其中政策类16条。",
        "", "", "disclosed_total=185 category_count=16"),
    "a list of classes that begins": (
        "公开情况如下:机构信息6条,人事任免4条。",
        "", "", "category_count=6 category_count=4"),
    "a total after applications": (
        "收到申请4件。主动公开情况如下:全年公开信息185条。",
        "", "", "applications_received=4 disclosed_total=185"),
    "rules of the house are no government rules": (
        "全年修订完善制度6项,新制定制度3项。",
        "", "", ""),
    "an account whose platform is not told": (
        "“松坪发布”发布信息340条。",
        "", "", ""),
    "work that begins with a total": (
        "全年主要工作包括:公开政府信息155条,收到申请3件。",
        "", "", "disclosed_total=155 applications_received=3"),
    "work that begins with meetings": (
        "重点工作主要为:召开会议3次,公开信息155条,收到申请3件。",
        "", "", "meetings_held=3 disclosed_total=155 applications_received=3"),
    "classes without a total": (
        "主要包括:部门文件7条、工作动态9条。",
        "", "", "category_count=7 category_count=9"),
}
# fmt: on


@pytest.mark.parametrize(("text", "contacts", "channels", "counts"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(differences: Callable[..., list[str]], text: str, contacts: str, channels: str, counts: str) -> None:
    assert differences(text, contacts=contacts, channels=channels, counts=counts) == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("“街道要闻”栏目发布86条。", "街道要闻"),
        ("发布《保障房选房公示》等21条公共资源信息。", "公共资源信息"),
        (
            "全年公开财政预决算、政府债务、城乡低保救助资金、老旧小区改造制度、水环境治理、土地交易等重点领域信息75条。",
            "水环境治理、土地交易等重点领域信息",
        ),
    ],
)
def test_category(text: str, category: str) -> None:
    assert [count.category for count in nlp.analyse_text(text).counts] == [category]
